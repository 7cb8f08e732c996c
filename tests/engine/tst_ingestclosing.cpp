// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "functionthread.h"
#include "ingesttesting.h"
#include "memorysecretstore.h"

#include <QRandomGenerator>
#include <QTimer>

#include <atomic>
#include <numeric>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int senderCount = 6;

/// Sends requests without a pause, each on a connection of its own, until it is told to end.
class Sender
{
public:
    Sender(const std::atomic<quint16> &port, QByteArray request)
        : m_thread([this, &port, request] {
            while (!m_isEnding) {
                QTcpSocket socket;
                socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
                if (!socket.waitForConnected(100)) {
                    continue;
                }
                socket.write(request);
                socket.waitForReadyRead(5000);
                m_answers += socket.readAll().startsWith("HTTP/1.1 ") ? 1 : 0;
            }
        })
    {
        m_thread.start();
    }
    ~Sender()
    {
        m_isEnding = true;
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(Sender)

    int answers() const { return m_answers; }

private:
    std::atomic<bool> m_isEnding = false;
    std::atomic<int> m_answers = 0;
    FunctionThread m_thread;
};

} // namespace

/// The ingest is closed, and destroyed, at any moment of the requests that are under way: what was asked for in their
/// names and comes later finds nothing of them. Under sanitizers it tells the most.
class TestIngestClosing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closesAtAnyMoment_data()
    {
        QTest::addColumn<bool>("answers");
        QTest::addColumn<bool>("destroys");
        QTest::addColumn<int>("rounds");
        QTest::newRow("and listens again") << true << false << 60;
        QTest::newRow("and is destroyed") << true << true << 60;
        // The first connections come while it is being closed: this once ended the process, one time in a thousand.
        QTest::newRow("before it has answered") << false << false << 1000;
    }

    void closesAtAnyMoment()
    {
        QFETCH(const bool, answers);
        QFETCH(const bool, destroys);
        QFETCH(const int, rounds);
        TestIngestPlace place;
        QVERIFY(place.open());
        const auto shelf = std::make_shared<SecretShelf>();
        shelf->values.insert(u"ingest/token"_s, QString::fromLatin1(ingestToken));
        MemorySecretStore secrets(shelf);
        QByteArrayList events;
        const QByteArray pad = R"(,"pad":"x")"_ba.replace('x', QByteArray(200, 'x'));
        for (int i = 0; i < 300; ++i) {
            events.append(ingestEvent(QByteArray::number(i), pad));
        }
        const QList<QByteArray> requests{
            ingestRequest("GET /healthz", {}),
            ingestRequest("GET /metrics", {}),
            ingestRequest("POST /v1/events", ingestBearer, ingestEvent("a")),
            ingestRequest("POST /v1/events?force=true", ingestBearer, ingestEvent("b")),
            ingestRequest("POST /v1/events", ingestBearer, events.join('\n')),
            ingestRequest("POST /v1/events", "Authorization: Bearer another\r\n", ingestEvent("c")),
        };
        std::atomic<quint16> port = 0;
        std::vector<std::unique_ptr<Sender>> senders;
        const auto answered = [&senders] {
            return std::accumulate(senders.begin(), senders.end(), 0,
                                   [](int sum, const auto &sender) { return sum + sender->answers(); });
        };
        const auto seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        qInfo() << "seed" << seed;
        for (int round = 0; round < rounds; ++round) {
            if (!place.ingest) {
                place.ingest = std::make_unique<Ingest>(place.engine->outbox());
                place.ingest->followToken(secrets, u"ingest/token"_s);
                place.ingest->setMetrics([](const DeliveryCounts &) { return QByteArray("x 1\n"); });
            }
            QVERIFY(place.listen({.tokenKept = 1ms, .tokenLooked = 0ms}));
            port = place.port();
            while (senders.size() < senderCount) {
                senders.push_back(std::make_unique<Sender>(port, requests[static_cast<qsizetype>(senders.size())]));
            }
            const int before = answered();
            if (answers) {
                QTRY_VERIFY_WITH_TIMEOUT(answered() > before, 60000);
            }
            QEventLoop loop; // what it does meanwhile is cut short at any place
            QTimer::singleShot(std::chrono::milliseconds(random.bounded(answers ? 12 : 3)), Qt::PreciseTimer, &loop,
                               &QEventLoop::quit);
            loop.exec();
            place.ingest->close();
            if (destroys) {
                place.ingest.reset();
            }
            QCoreApplication::processEvents(); // what was asked for in the requests' names
        }
        senders.clear();
        QVERIFY(place.integrations() > 0);
    }
};

QTEST_GUILESS_MAIN(TestIngestClosing)
#include "tst_ingestclosing.moc"
