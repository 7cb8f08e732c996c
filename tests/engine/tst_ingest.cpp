// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "certificateauthority.h"
#include "deliverymetrics.h"
#include "enginetesting.h"
#include "ingest.h"
#include "memorysecretstore.h"

#include <QDir>
#include <QFloat16> // QCOMPARE of a Json asks whether it converts
#include <QProcess>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTimer>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto token = "tok-4a6f0d2c77-very-secret"_ba;

QByteArray eventText(const QByteArray &id, const QByteArray &status = "Error")
{
    return R"({"event_type":"IntegrationStatusChanged","event_time":1696263265.8,"data":{"id":")" + id
        + R"(","name":"n","type":"mysql","status":")" + status + R"(","issues":[]}})";
}

struct Answer
{
    int status = 0;
    QByteArray body;

    Json json() const
    {
        const auto value = parseJson(body);
        return value ? *value : Json();
    }
};

} // namespace

/// The ingest over a real outbox, spoken to by curl and by sockets that behave badly.
class TestIngest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}});
        QVERIFY(await<Result<void>>([this](QObject *context, auto reply) { m_engine->store().open(context, reply); }));
        QVERIFY(await<Result<void>>([this](QObject *context, auto reply) { m_engine->openOutbox(context, reply); }));
        m_ingest = std::make_unique<Ingest>(m_engine->outbox());
    }

    void cleanup()
    {
        m_ingest.reset();
        m_engine.reset();
    }

    void accepts_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("count");
        QTest::newRow("one") << eventText("a") << 1;
        QTest::newRow("array") << QByteArray('[' + eventText("a") + ',' + eventText("b") + ']') << 2;
        QTest::newRow("rows") << QByteArray(eventText("a") + '\n' + eventText("b") + '\n' + eventText("c")) << 3;
    }

    void accepts()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const int, count);
        listen();
        QSignalSpy accepted(m_ingest.get(), &Ingest::accepted);
        const auto answer = post(body);
        QCOMPARE(answer.status, 202);
        QCOMPARE(int(answer.json()["events"].size()), count);
        QVERIFY(answer.json()["events"][0]["event_id"].get<std::string>().starts_with("evt_"));
        QCOMPARE(accepted.size(), 1);
        QCOMPARE(integrations(), count);
    }

    void suppressesUnlessForced()
    {
        listen();
        QCOMPARE(post(eventText("a")).json()["events"][0]["suppressed"], false);
        QCOMPARE(post(eventText("a")).json()["events"][0]["suppressed"], true);
        QCOMPARE(post(eventText("a"), u"/v1/events?force=true"_s).json()["events"][0]["suppressed"], false);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const QStringList withToken{u"-H"_s, u"Authorization: Bearer "_s + QString::fromLatin1(token)};
        const QByteArray good = eventText("a");
        QTest::newRow("no token") << u"/v1/events"_s << QStringList() << good << 401;
        QTest::newRow("wrong token") << u"/v1/events"_s << QStringList{u"-H"_s, u"Authorization: Bearer x"_s} << good
                                     << 401;
        QTest::newRow("half a token")
            << u"/v1/events"_s
            << QStringList{u"-H"_s, u"Authorization: Bearer "_s + QString::fromLatin1(token.chopped(1))} << good << 401;
        QTest::newRow("another scheme") << u"/v1/events"_s
                                        << QStringList{u"-H"_s, u"Authorization: Basic "_s + QString::fromLatin1(token)}
                                        << good << 401;
        QTest::newRow("no JSON") << u"/v1/events"_s << withToken << "hello"_ba << 400;
        QTest::newRow("nothing") << u"/v1/events"_s << withToken << ""_ba << 400;
        QTest::newRow("unknown path") << u"/v1/other"_s << withToken << good << 404;
        QTest::newRow("PUT") << u"/v1/events"_s << (withToken + QStringList{u"-X"_s, u"PUT"_s}) << good << 405;
        QTest::newRow("GET") << u"/v1/events"_s << (withToken + QStringList{u"-X"_s, u"GET"_s}) << ""_ba << 405;
        QTest::newRow("POST to metrics") << u"/metrics"_s << withToken << good << 405;
        const QByteArray large(Ingest::maximumBody + 1, ' ');
        QTest::newRow("too large") << u"/v1/events"_s << withToken << large << 413;
        QTest::newRow("too large, in chunks")
            << u"/v1/events"_s << (withToken + QStringList{u"-H"_s, u"Transfer-Encoding: chunked"_s}) << large << 413;
    }

    void refuses()
    {
        QFETCH(const QString, path);
        QFETCH(const QStringList, options);
        QFETCH(const QByteArray, body);
        QFETCH(const int, status);
        listen();
        const auto answer = curl(path, options, body);
        QCOMPARE(answer.status, status);
        QVERIFY2(answer.json().contains("error"), answer.body.constData());
        QVERIFY(!answer.body.contains(token));
        QCOMPARE(integrations(), 0);
    }

    void takesTheLargestBody()
    {
        listen();
        const QByteArray event = eventText("a");
        QCOMPARE(post(event + QByteArray(Ingest::maximumBody - event.size(), ' ')).status, 202);
    }

    void takesAnArrayWholeOrNotAtAll()
    {
        listen();
        const auto answer =
            post('[' + eventText("a") + ",\n" + eventText("b", "Odd") + ",\n" + eventText("c", "Odd") + ']');
        QCOMPARE(answer.status, 400);
        const Json faults = answer.json()["faults"];
        QCOMPARE(faults.size(), 2U);
        QCOMPARE(faults[0]["path"], "$[1].data.status");
        QCOMPARE(faults[1]["path"], "$[2].data.status");
        QCOMPARE(faults[1]["line"], 3);
        QCOMPARE(integrations(), 0);
    }

    void namesTheLineOfABadRow()
    {
        listen();
        const auto answer = post(eventText("a") + "\n{\"x\": \n" + eventText("c", "Odd") + '\n');
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.json()["faults"][0]["line"], 2);
        QCOMPARE(answer.json()["faults"][1]["line"], 3);
        QCOMPARE(integrations(), 0);
    }

    void followsAChangedToken_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("length") << QStringList{u"-H"_s, u"Expect:"_s};
        QTest::newRow("chunks") << QStringList{u"-H"_s, u"Transfer-Encoding: chunked"_s};
        QTest::newRow("expecting a word first") << QStringList{u"-H"_s, u"Expect: 100-continue"_s};
    }

    void followsAChangedToken()
    {
        QFETCH(const QStringList, options);
        const auto shelf = std::make_shared<SecretShelf>();
        shelf->values.insert(u"ingest/token"_s, QString::fromLatin1(token));
        MemorySecretStore secrets(shelf);
        m_ingest->followToken(secrets, u"ingest/token"_s);
        listen({.tokenKept = 200ms, .tokenLooked = 50ms});
        const auto status = [&](const QString &bearerToken, const QByteArray &body) {
            return curl(u"/v1/events"_s, options + QStringList{u"-H"_s, u"Authorization: Bearer "_s + bearerToken},
                        body)
                .status;
        };
        const auto statusThatComes = [&](const QString &bearerToken, int before) { // the token is not read all the time
            int found = before;
            [&] {
                QTRY_VERIFY_WITH_TIMEOUT((found = status(bearerToken, eventText("a"))) != before, 60'000);
            }();
            return found;
        };
        shelf->values.insert(u"ingest/token"_s, u"another"_s);
        QCOMPARE(statusThatComes(u"another"_s, 401), 202);
        QCOMPARE(status(QString::fromLatin1(token), eventText("b")), 401);
        shelf->values.insert(u"ingest/token"_s, u"third"_s);
        QCOMPARE(statusThatComes(u"another"_s, 202), 401);
        QCOMPARE(status(u"third"_s, eventText("c") + QByteArray(Ingest::maximumBody / 2, ' ')), 202);
        shelf->values.clear();
        QCOMPARE(statusThatComes(u"third"_s, 202), 401);
    }

    void refusesBeforeTheBodyWhoWaitsForAWord_data()
    {
        QTest::addColumn<bool>("looksAgain");
        QTest::newRow("by the token it knows") << false;
        QTest::newRow("after a look at the token") << true;
    }

    void refusesBeforeTheBodyWhoWaitsForAWord()
    {
        QFETCH(const bool, looksAgain);
        const auto shelf = std::make_shared<SecretShelf>();
        shelf->values.insert(u"ingest/token"_s, QString::fromLatin1(token));
        MemorySecretStore secrets(shelf);
        m_ingest->followToken(secrets, u"ingest/token"_s);
        listen({.tokenLooked = looksAgain ? 0ms : 1h});
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(m_ingest->url().port()));
        socket.write("POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer wrong\r\nExpect: 100-continue\r\n"
                     "Content-Length: 100\r\n\r\n");
        QTRY_VERIFY_WITH_TIMEOUT(socket.bytesAvailable() > 15, 60'000);
        const QByteArray answer = socket.readAll();
        QVERIFY2(answer.startsWith("HTTP/1.1 401 "), answer.constData());
    }

    void tellsItsHealthAndMetrics()
    {
        DeliveryMetrics metrics;
        m_ingest->setMetrics([&metrics](const DeliveryCounts &counts) { return metrics.text(counts, 0); });
        connect(m_ingest.get(), &Ingest::accepted, this,
                [&metrics](const QList<AcceptedEvent> &events) { metrics.noteAccepted(events); });
        listen();
        QCOMPARE(post(eventText("a")).status, 202);
        QCOMPARE(post(eventText("a")).status, 202);
        const QByteArray withId = QByteArray(eventText("b")).replace("{\"event_type", "{\"id\":\"x\",\"event_type");
        QCOMPARE(post(withId).status, 202);
        QCOMPARE(post(withId).status, 202);
        FinishedAttempt attempt;
        metrics.noteAttempt(attempt, 7ms);
        metrics.noteAttempt(attempt, 2h);
        QCOMPARE(curl(u"/healthz"_s, {}).json()["status"], "ok");
        const auto answer = curl(u"/metrics"_s, {});
        QCOMPARE(answer.status, 200);
        for (const QByteArray line :
             {"tocsin_events_accepted_total 3", "tocsin_events_suppressed_total 1", "tocsin_events_duplicate_total 1",
              "tocsin_deliveries_delivered_total 2", "tocsin_queue_depth{state=\"pending\"} 0",
              "tocsin_queue_oldest_age_seconds 0", "tocsin_delivery_latency_seconds_bucket{le=\"0.005\"} 0",
              "tocsin_delivery_latency_seconds_bucket{le=\"0.01\"} 1",
              "tocsin_delivery_latency_seconds_bucket{le=\"3600\"} 1",
              "tocsin_delivery_latency_seconds_bucket{le=\"+Inf\"} 2", "tocsin_delivery_latency_seconds_count 2"}) {
            QVERIFY2(answer.body.contains(QByteArray('\n' + line + '\n')), line.constData());
        }
    }

    void measuresLongTimesToTheLastDigit()
    {
        DeliveryMetrics metrics;
        FinishedAttempt attempt;
        for (int i = 0; i < 40'000; ++i) {
            metrics.noteAttempt(attempt, 1h);
        }
        metrics.noteAttempt(attempt, 250ms);
        metrics.noteAttempt(attempt, -1h); // the clock was set back meanwhile
        DeliveryCounts counts;
        counts.oldestUnfinished = QDateTime::currentDateTimeUtc().addDays(-100);
        const QByteArray text = metrics.text(counts, 0);
        QVERIFY2(text.contains("\ntocsin_delivery_latency_seconds_sum 144000000.25\n"), text.constData());
        QVERIFY2(text.contains("\ntocsin_delivery_latency_seconds_count 40002\n"), text.constData());
        QVERIFY2(text.contains("\ntocsin_queue_oldest_age_seconds 86400"), text.constData());
    }

    void cutsOffSlowSenders_data()
    {
        QTest::addColumn<IngestOptions>("options");
        QTest::addColumn<QByteArray>("beginning"); // what comes after it comes drop by drop
        QTest::addColumn<bool>("drips");
        const QByteArray line = "POST /v1/events HTTP/1.1\r\nHost: x\r\n";
        const QByteArray head = line + "Content-Length: 10000\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        QTest::newRow("nothing") << IngestOptions{.idleSeconds = 1} << ""_ba << false;
        QTest::newRow("silent in the body") << IngestOptions{.idleSeconds = 1} << QByteArray(head + '{') << false;
        QTest::newRow("slow in the first line") << IngestOptions{.requestSeconds = 1} << "POST /v1/events?"_ba << true;
        QTest::newRow("slow in the head")
            << IngestOptions{.requestSeconds = 1} << QByteArray(line + "X-Slow: ") << true;
        QTest::newRow("slow in the body") << IngestOptions{.requestSeconds = 1} << head << true;
        QTest::newRow("slow in a second head")
            << IngestOptions{.requestSeconds = 1}
            << QByteArray("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" + line + "X-Slow: ") << true;
    }

    void cutsOffSlowSenders()
    {
        QFETCH(const IngestOptions, options);
        QFETCH(const QByteArray, beginning);
        QFETCH(const bool, drips);
        listen(options);
        QTcpSocket slow;
        slow.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(m_ingest->url().port()));
        slow.write(beginning);
        QTimer drops;
        connect(&drops, &QTimer::timeout, &slow, [&slow] { slow.write("a"); });
        QTRY_COMPARE(slow.state(), QAbstractSocket::ConnectedState);
        if (drips) {
            drops.start(100ms);
        }
        QTRY_COMPARE_WITH_TIMEOUT(slow.state(), QAbstractSocket::UnconnectedState, 60'000);
        QCOMPARE(post(eventText("a")).status, 202);
    }

    void letsAConnectionLiveOnThatIsInUse()
    {
        listen({.requestSeconds = 1});
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(m_ingest->url().port()));
        QElapsedTimer time;
        time.start();
        int answers = 0;
        while (!time.hasExpired(2500)) {
            socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            ++answers;
            QTRY_COMPARE_WITH_TIMEOUT(socket.peek(1'000'000).count("\"ok\""), answers, 60'000);
        }
        QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
    }

    void servesOthersBeyondItsLimit()
    {
        listen({.connections = 8, .connectionsPerAddress = 4});
        std::vector<std::unique_ptr<QTcpSocket>> greedy;
        for (int i = 0; i < 6; ++i) {
            greedy.push_back(std::make_unique<QTcpSocket>());
            greedy.back()->connectToHost(QHostAddress(QHostAddress::LocalHost),
                                         static_cast<quint16>(m_ingest->url().port()));
        }
        const auto open = [&greedy] {
            return std::count_if(greedy.begin(), greedy.end(),
                                 [](const auto &socket) { return socket->state() == QAbstractSocket::ConnectedState; });
        };
        QTRY_COMPARE(open(), 4);
        // Another address of the same machine is another sender.
        QCOMPARE(curl(u"/healthz"_s, {u"--interface"_s, u"127.0.0.2"_s}).status, 200);
    }

    void needsTlsBeyondLoopback()
    {
        const auto plain = m_ingest->listen({.address = QHostAddress(QHostAddress::AnyIPv4), .token = token});
        QVERIFY(!plain);
        QVERIFY2(plain.error().message.contains("needs a certificate"_L1), qPrintable(plain.error().message));
        const auto authority = CertificateAuthority::create(u"Test authority"_s).value();
        const auto issued = authority.issueServer({u"localhost"_s}).value();
        const auto secure = m_ingest->listen({.address = QHostAddress(QHostAddress::AnyIPv4),
                                              .certificate = issued.certificate,
                                              .key = issued.key,
                                              .token = token});
        QVERIFY2(secure, secure ? "" : qPrintable(secure.error().message));
        QCOMPARE(m_ingest->url().scheme(), u"https"_s);
        const QString ca = m_folder->filePath(u"ca.pem"_s);
        QFile file(ca);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(authority.certificate());
        file.close();
        QCOMPARE(curl(u"/healthz"_s, {u"--cacert"_s, ca}).status, 200);
    }

    void refusesATakenPort()
    {
        listen();
        Ingest other(m_engine->outbox());
        const auto refused = other.listen({.port = static_cast<quint16>(m_ingest->url().port()), .token = token});
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains("the port is taken"_L1));
    }

    void closesWithRequestsUnderWay()
    {
        listen();
        QList<QProcess *> senders;
        for (int i = 0; i < 8; ++i) {
            senders.append(startCurl(u"/v1/events"_s, bearer(), eventText(QByteArray::number(i))));
        }
        QSignalSpy accepted(m_ingest.get(), &Ingest::accepted);
        QTRY_VERIFY(!accepted.isEmpty());
        m_ingest->close();
        for (QProcess *sender : senders) {
            QTRY_COMPARE(sender->state(), QProcess::NotRunning);
        }
        qDeleteAll(senders);
        QVERIFY(integrations() >= accepted.size());
    }

private:
    void listen(IngestOptions options = {})
    {
        options.token = token;
        const auto listening = m_ingest->listen(options);
        QVERIFY2(listening, listening ? "" : qPrintable(listening.error().message));
    }

    static QStringList bearer() { return {u"-H"_s, u"Authorization: Bearer "_s + QString::fromLatin1(token)}; }

    QProcess *startCurl(const QString &path, const QStringList &options, const QByteArray &body)
    {
        auto *process = new QProcess;
        QStringList arguments{u"-sS"_s, u"--max-time"_s, u"30"_s, u"-w"_s, u"\n%{http_code}"_s};
        if (!body.isNull()) {
            arguments += QStringList{u"--data-binary"_s, u"@-"_s};
        }
        process->start(u"curl"_s, arguments + options + QStringList{m_ingest->url().toString().chopped(1) + path});
        process->write(body);
        process->closeWriteChannel();
        return process;
    }

    Answer curl(const QString &path, const QStringList &options, const QByteArray &body = {})
    {
        const std::unique_ptr<QProcess> process(startCurl(path, options, body));
        [&] {
            QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 40'000);
        }();
        const QByteArray out = process->readAllStandardOutput();
        const qsizetype end = out.lastIndexOf('\n');
        return {.status = out.mid(end + 1).toInt(), .body = out.left(end)};
    }

    Answer post(const QByteArray &body, const QString &path = u"/v1/events"_s) { return curl(path, bearer(), body); }

    /// How many integrations are known: one for each event's id.
    int integrations()
    {
        const auto known = await<Result<QList<IntegrationState>>>(
            [this](QObject *context, auto reply) { m_engine->outbox().integrations(context, reply); });
        return known ? static_cast<int>(known->size()) : -1;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Ingest> m_ingest;
};

QTEST_GUILESS_MAIN(TestIngest)
#include "tst_ingest.moc"
