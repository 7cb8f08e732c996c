// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Started with arguments, this program is its own other process: `--write FOLDER PREFIX COUNT` saves that many webhooks
// and prints how many it sees then.
#include "asking.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTextStream>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

int writer(const QStringList &arguments)
{
    Store store(arguments[2]);
    if (const auto opened = openStore(store); !opened) {
        qWarning().noquote() << opened.error().message;
        return 1;
    }
    const int count = arguments[4].toInt();
    int failures = 0;
    int answers = 0;
    for (int i = 0; i < count; ++i) {
        store.saveWebhook(webhookNamed(u"%1 %2"_s.arg(arguments[3]).arg(i)), &store, [&](const Result<Webhook> &saved) {
            ++answers;
            if (!saved) {
                ++failures;
                qWarning().noquote() << saved.error().message;
            }
        });
    }
    if (!QTest::qWaitFor([&] { return answers == count; }, 120'000) || failures > 0) {
        return 1;
    }
    QTextStream(stdout) << webhooksOf(store)->size() << Qt::endl;
    return 0;
}

std::unique_ptr<QProcess> startWriter(const QString &folder, const QString &prefix, int count)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationFilePath(), {u"--write"_s, folder, prefix, QString::number(count)});
    return process;
}

} // namespace

class TestStoreProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void twoWriteAtOnce()
    {
        constexpr int count = 200;
        Store store(m_folder->path());
        QVERIFY(openStore(store).isOk());
        const auto other = startWriter(m_folder->path(), u"theirs"_s, count);
        int answers = 0;
        int failures = 0;
        for (int i = 0; i < count; ++i) {
            store.saveWebhook(webhookNamed(u"ours %1"_s.arg(i)), this, [&](const Result<Webhook> &saved) {
                ++answers;
                failures += saved ? 0 : 1;
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(other->state(), QProcess::NotRunning, 120'000);
        QCOMPARE(other->exitCode(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(answers, count, 120'000);
        QCOMPARE(failures, 0);
        QCOMPARE(webhooksOf(store)->size(), 2 * count);
    }

    void aChangeMadeByOneShowsInTheOther()
    {
        Store store(m_folder->path());
        QVERIFY(openStore(store).isOk());
        QSignalSpy changed(&store, &Store::changed);
        const auto other = startWriter(m_folder->path(), u"theirs"_s, 1);
        QTRY_COMPARE_WITH_TIMEOUT(other->state(), QProcess::NotRunning, 60'000);
        QCOMPARE(other->readAllStandardOutput().trimmed(), "1"_ba);
        QTRY_VERIFY(changed.size() >= 1);
        QCOMPARE(webhooksOf(store)->size(), 1);

        // and the other way round
        QVERIFY(save(store, webhookNamed(u"ours"_s)).isOk());
        const auto second = startWriter(m_folder->path(), u"again"_s, 1);
        QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 60'000);
        QCOMPARE(second->readAllStandardOutput().trimmed(), "3"_ba);
    }

    void severalMakeANewProfileAtOnce()
    {
        constexpr int writers = 4;
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int i = 0; i < writers; ++i) {
            processes.push_back(startWriter(m_folder->filePath(u"new/profile"_s), QString::number(i), 5));
        }
        for (const auto &process : processes) {
            QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 120'000);
            QCOMPARE(process->exitCode(), 0);
        }
        Store store(m_folder->filePath(u"new/profile"_s));
        QVERIFY(openStore(store).isOk());
        QCOMPARE(webhooksOf(store)->size(), writers * 5);
    }

    void aKilledProcessLeavesAWholeProfile()
    {
        Store store(m_folder->path());
        QVERIFY(openStore(store).isOk());
        QSignalSpy changed(&store, &Store::changed);
        const auto other = startWriter(m_folder->path(), u"theirs"_s, 100'000);
        QTRY_VERIFY_WITH_TIMEOUT(changed.size() >= 2, 60'000);
        other->kill();
        QTRY_COMPARE_WITH_TIMEOUT(other->state(), QProcess::NotRunning, 60'000);
        QVERIFY(save(store, webhookNamed(u"ours"_s)).isOk());
        const auto seen = webhooksOf(store)->size();
        QVERIFY(seen >= 2);
        Store again(m_folder->path());
        QVERIFY(openStore(again).isOk()); // which checks that it is whole
        QCOMPARE(webhooksOf(again)->size(), seen);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--write"_s) {
        return writer(application.arguments());
    }
    TestStoreProcesses test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storeprocesses.moc"
