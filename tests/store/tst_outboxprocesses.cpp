// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Started with arguments, this program is its own other process:
//   --deliver FOLDER OWNER   claims and finishes until nothing is left, and prints the id of each delivery it finished
//   --hold FOLDER OWNER      claims, prints the ids, and waits to be killed
//   --accept FOLDER          accepts events with the same ids as the others that do, and prints those that were new
//   --fill FOLDER            accepts events until the disk is full, and again when it is not; prints what was accepted
#include "outboxasking.h"

#include <QFileInfo>
#include <QProcess>
#include <QSet>
#include <QTextStream>

#include <array>
#include <csignal>
#include <vector>

#include <sys/resource.h>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Status = IntegrationStatus;

namespace {

int deliver(const AskedOutbox &ask, const QString &owner, QTextStream &out)
{
    while (true) {
        const auto claimed = ask.claim({.owner = owner, .maximum = 32});
        if (!claimed) {
            return 1;
        }
        QList<FinishedAttempt> attempts;
        for (const auto &one : *claimed) {
            attempts.append({.deliveryId = one.delivery.id,
                             .owner = owner,
                             .attempt = one.attempt,
                             .outcome = AttemptOutcome::Delivered,
                             .invocation = invocationOf(Verdict::Successful, 200)});
        }
        const auto finished = ask.finish(attempts);
        if (!finished || *finished != attempts.size()) {
            qWarning().noquote() << (finished ? u"not its own any more"_s : finished.error().message);
            return 2;
        }
        for (const auto &attempt : attempts) {
            out << attempt.deliveryId << Qt::endl;
        }
        if (attempts.isEmpty() && ask.counts()->unfinished() == 0) {
            return 0;
        }
    }
}

int hold(const AskedOutbox &ask, const QString &owner)
{
    QTextStream(stdout) << ask.claimIds(owner).join(u' ') << Qt::endl;
    QEventLoop().exec();
    return 0;
}

/// From now on no file may grow beyond `size` bytes, which is how a full disk looks to a process.
bool limitFiles(rlim_t size)
{
    return ::setrlimit(RLIMIT_FSIZE, std::array{rlimit{size, RLIM_INFINITY}}.data()) == 0;
}

int fill(const AskedOutbox &ask, const QString &folder)
{
    std::signal(SIGXFSZ, SIG_IGN);
    const QFileInfo log(folder + u"/tocsin.db-wal"_s);
    if (!limitFiles(static_cast<rlim_t>(log.size()) + 400'000)) {
        return 1;
    }
    QStringList ids;
    int number = 0;
    const auto acceptOne = [&] {
        const auto accepted = ask.accept({eventOf(u"i%1"_s.arg(number++), Status::Error, QString(3000, u'x'))});
        if (accepted) {
            ids.append(accepted->first().eventId);
        }
        return accepted;
    };
    constexpr int more = 10'000;
    QString message;
    while (message.isEmpty() && number < more) {
        const auto accepted = acceptOne();
        message = accepted ? QString() : accepted.error().message;
    }
    const bool refusesTheNext = !acceptOne().isOk();
    const bool reads = ask.counts().isOk();
    limitFiles(RLIM_INFINITY);
    const bool goesOn = acceptOne().isOk();
    QTextStream(stdout) << message << Qt::endl
                        << refusesTheNext << ' ' << reads << ' ' << goesOn << Qt::endl
                        << ids.join(u' ') << Qt::endl;
    return 0;
}

int acceptWithIds(const AskedOutbox &ask)
{
    QTextStream out(stdout);
    out << "ready" << Qt::endl;
    QTextStream(stdin).readLine();
    constexpr int count = 400;
    for (int i = 0; i < count; ++i) {
        auto event = eventOf(u"i%1"_s.arg(i), Status::Error);
        event.ownId = QString::number(i);
        const auto accepted = answerOf<EventAcceptance>([&](QObject *context, auto reply) {
            ask.outbox.accept({event}, EventTaking{.door = EventDoor::ingest()}, context, reply);
        });
        if (!accepted || accepted->accepted.size() != 1) {
            return 1;
        }
        if (!accepted->accepted.constFirst().isDuplicate) {
            out << event.ownId << Qt::endl;
        }
    }
    return 0;
}

int child(const QStringList &arguments)
{
    Outbox outbox(arguments[2]);
    const AskedOutbox ask{outbox};
    if (!ask.open()) {
        return 3;
    }
    if (arguments[1] == "--deliver"_L1) {
        QTextStream out(stdout);
        return deliver(ask, arguments[3], out);
    }
    if (arguments[1] == "--accept"_L1) {
        return acceptWithIds(ask);
    }
    return arguments[1] == "--hold"_L1 ? hold(ask, arguments[3]) : fill(ask, arguments[2]);
}

QStringList words(const QByteArray &text)
{
    return QString::fromUtf8(text).simplified().split(u' ', Qt::SkipEmptyParts);
}

} // namespace

class TestOutboxProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
        m_profile->addWebhook(u"w"_s, [](Webhook &w) { w.concurrency = 32; });
    }

    void twoDeliverFromOneProfile()
    {
        constexpr int count = 2000;
        accept(count, 100);
        const auto one = start({u"--deliver"_s, m_profile->folder.path(), u"one"_s});
        const auto two = start({u"--deliver"_s, m_profile->folder.path(), u"two"_s});
        QStringList finished;
        for (const auto &process : {one.get(), two.get()}) {
            QVERIFY(process->waitForFinished(100'000));
            QCOMPARE(process->exitCode(), 0);
            finished += words(process->readAllStandardOutput());
        }
        QCOMPARE(finished.size(), count);
        QCOMPARE(QSet<QString>(finished.begin(), finished.end()).size(), count);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Delivered), count);
        verifyOrder();
    }

    void aKilledOnesWorkGoesOn()
    {
        constexpr int count = 600;
        accept(count, 50);
        const auto process = start({u"--deliver"_s, m_profile->folder.path(), u"one"_s});
        QByteArray output;
        while (output.count('\n') < 40) {
            QVERIFY(process->waitForReadyRead(60'000));
            output += process->readAllStandardOutput();
        }
        process->kill();
        QVERIFY(process->waitForFinished(60'000));
        // What it had said to be finished is; what it held comes back when its lease ends.
        output += process->readAllStandardOutput();
        for (const auto &id : words(output.left(output.lastIndexOf('\n')))) {
            QVERIFY((*ask().delivery(id))->delivery.state == DeliveryState::Delivered);
        }
        m_profile->clock.advance(10'001);
        QString text;
        QTextStream out(&text);
        QCOMPARE(deliver(ask(), u"two"_s, out), 0);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Delivered), count);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Sending), 0);
        verifyOrder();
    }

    void nobodyTakesWhatIsHeld()
    {
        accept(60, 60);
        const auto process = start({u"--hold"_s, m_profile->folder.path(), u"one"_s});
        QVERIFY(process->waitForReadyRead(60'000));
        const auto held = words(process->readLine());
        QCOMPARE(held.size(), 32);
        process->kill();
        QVERIFY(process->waitForFinished(60'000));
        QCOMPARE(ask().claimIds(u"two"_s), QStringList());
        m_profile->clock.advance(10'001);
        QCOMPARE(ask().claimIds(u"two"_s), held);
    }

    void twoTakeAnIdOnce()
    {
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int i = 0; i < 2; ++i) {
            processes.push_back(start({u"--accept"_s, m_profile->folder.path()}));
            QVERIFY(processes.back()->waitForReadyRead(60'000));
            QCOMPARE(processes.back()->readLine().trimmed(), "ready"_ba);
        }
        for (const auto &process : processes) {
            process->write("go\n");
        }
        QStringList taken;
        for (const auto &process : processes) {
            QVERIFY(process->waitForFinished(100'000));
            QCOMPARE(process->exitCode(), 0);
            taken += words(process->readAllStandardOutput());
        }
        QCOMPARE(taken.size(), 400);
        QCOMPARE(QSet<QString>(taken.begin(), taken.end()).size(), 400);
        QCOMPARE(ask().list({.limit = 10'000})->size(), 400);
    }

    void losesNothingWhenTheDiskFills()
    {
        accept(1, 1);
        const auto process = start({u"--fill"_s, m_profile->folder.path()});
        QVERIFY(process->waitForFinished(100'000));
        QCOMPARE(process->exitCode(), 0);
        const QString message = QString::fromUtf8(process->readLine()).trimmed();
        QVERIFY2(message.contains(u"full"_s), qPrintable(message));
        QVERIFY(isSentenceAbout(message, m_profile->folder.filePath(u"tocsin.db"_s)));
        QCOMPARE(process->readLine().trimmed(), "1 1 1"_ba);
        const auto accepted = words(process->readAllStandardOutput());
        QVERIFY(accepted.size() > 1);
        const auto listed = ask().list({.limit = 100'000});
        QSet<QString> stored;
        for (const auto &delivery : *listed) {
            stored.insert(delivery.eventId);
        }
        for (const auto &id : accepted) {
            QVERIFY(stored.contains(id));
        }
        QCOMPARE(stored.size(), accepted.size() + 1);
    }

private:
    AskedOutbox ask() const { return m_profile->ask; }

    void accept(int count, int integrations)
    {
        QList<IntegrationEvent> events;
        for (int i = 0; i < count; ++i) {
            const bool even = i / integrations % 2 == 0;
            events.append(eventOf(u"p%1"_s.arg(i % integrations), even ? Status::Error : Status::Warning));
        }
        QCOMPARE(ask().accept(events)->size(), count);
    }

    std::unique_ptr<QProcess> start(const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QCoreApplication::applicationFilePath(), arguments);
        return process;
    }

    /// Each integration's deliveries ended in the order in which they were accepted.
    void verifyOrder()
    {
        QHash<QString, QDateTime> last;
        const auto listed = ask().list({.limit = 100'000});
        for (auto delivery = listed->crbegin(); delivery != listed->crend(); ++delivery) {
            auto &before = last[delivery->integrationId];
            QVERIFY(!before.isValid() || before <= *delivery->finishedAt);
            before = *delivery->finishedAt;
        }
    }

    std::unique_ptr<TestProfile> m_profile;
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1).startsWith("--"_L1)) {
        return child(application.arguments());
    }
    TestOutboxProcesses test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_outboxprocesses.moc"
