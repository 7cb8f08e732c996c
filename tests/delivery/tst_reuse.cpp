// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"
#include "nginxserver.h"

#include <QTest>

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

Q_DECLARE_METATYPE(Tocsin::HttpMethod)

/// Connections and TLS sessions that are used again, and what becomes of a request on one that is dead.
class TestReuse : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;

    /// Under TLS, without its farewell.
    static void reset(QSslSocket &socket)
    {
        const linger atOnce{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        socket.abort();
    }

    /// Bytes that the other side's system has not taken yet.
    static qint64 underWay(const QSslSocket &socket)
    {
        int unacknowledged = -1;
        ::ioctl(static_cast<int>(socket.socketDescriptor()), SIOCOUTQ, &unacknowledged);
        return socket.bytesToWrite() + socket.encryptedBytesToWrite() + unacknowledged;
    }

private Q_SLOTS:
    void aRequestOnADeadConnectionIsSentOnce_data()
    {
        QTest::addColumn<HttpMethod>("method");
        QTest::addColumn<QString>("end");
        for (const auto method : allHttpMethods()) {
            for (const auto &end : {u"close"_s, u"FIN"_s, u"RST"_s}) {
                QTest::addRow("%s, %s", qPrintable(toString(method)), qPrintable(end)) << method << end;
            }
        }
    }

    void aRequestOnADeadConnectionIsSentOnce()
    {
        QFETCH(const HttpMethod, method);
        QFETCH(const QString, end);
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.method = method;
        QVERIFY(!invoke(dispatcher, request).connectionReused);
        server.setAnswer([&end](QSslSocket &socket, const QByteArray &) {
            if (end == "close"_L1) {
                socket.disconnectFromHost();
            } else if (end == "FIN"_L1) {
                socket.abort();
            } else {
                reset(socket);
            }
        });
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"reset"_s);
        QCOMPARE(server.requests().size(), 2);
        QCOMPARE(server.connections(), 1);
        QCOMPARE(invocation.sent, 1);
        QVERIFY(invocation.connectionReused);
        QVERIFY(!invocation.response);
        QVERIFY2(invocation.reason.text().contains(u"kept from an earlier request"_s), qPrintable(invocation.reason));
        QVERIFY2(invocation.error->hint.text().contains(u"Test again"_s), qPrintable(invocation.error->hint));
        const auto &timings = invocation.timings;
        QVERIFY(!timings.lookup && !timings.connect && !timings.tls && !timings.receive);
        QVERIFY(timings.send && timings.wait && timings.total);

        server.setAnswer(FakeServer::sending(FakeServer::response(200, "{}")));
        const auto next = invoke(dispatcher, request);
        QCOMPARE(next.verdict, Verdict::Successful);
        QVERIFY(!next.connectionReused);
        QCOMPARE(server.requests().size(), 3);
    }

    void aLargeBodyOnADeadConnectionIsSentOnce()
    {
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        QCOMPARE(invoke(dispatcher, request).verdict, Verdict::Successful);
        server.setAnswer(FakeServer::hangUp());
        request.webhook.bodyTemplate = "\""_L1 % QString(500'000, u'x') % '"'_L1;
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"reset"_s);
        QCOMPARE(server.requests().size(), 2);
        QCOMPARE(server.connections(), 1);
        QCOMPARE(invocation.sent, 1);
        QVERIFY(invocation.connectionReused);
    }

    /// It is seen before the next request, which goes out elsewhere.
    void aConnectionThatWasClosedMeanwhileIsNotUsed_data()
    {
        QTest::addColumn<QString>("end");
        for (const auto *end : {"close", "FIN", "RST"}) {
            QTest::newRow(end) << QString::fromLatin1(end);
        }
    }

    void aConnectionThatWasClosedMeanwhileIsNotUsed()
    {
        QFETCH(const QString, end);
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        for (const auto method : {HttpMethod::Get, HttpMethod::Post}) {
            request.webhook.method = method;
            const auto invocation = invoke(dispatcher, request);
            QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
            QVERIFY(!invocation.connectionReused);
            QCOMPARE(invocation.sent, 1);
            auto *socket = server.findChildren<QSslSocket *>(QString(), Qt::FindDirectChildrenOnly).first();
            if (end == "close"_L1) {
                socket->disconnectFromHost();
            } else if (end == "FIN"_L1) {
                socket->abort();
            } else {
                reset(*socket);
            }
            QTRY_COMPARE(server.openConnections(), 0);
        }
        QCOMPARE(server.connections(), 2);
        QCOMPARE(server.requests().size(), 2);
    }

    /// What a server says unasked, as some do before they close, answers nothing that is sent later.
    void whatCameUnaskedIsNoAnswer()
    {
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        QCOMPARE(invoke(dispatcher, requestTo(server.url(), m_pki)).verdict, Verdict::Successful);
        auto *socket = server.findChildren<QSslSocket *>(QString(), Qt::FindDirectChildrenOnly).first();
        socket->write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
        QTRY_COMPARE(underWay(*socket), 0);
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QVERIFY(!invocation.connectionReused);
        QCOMPARE(invocation.sent, 1);
        QCOMPARE(server.connections(), 2);
        QCOMPARE(server.requests().size(), 2);
    }

    void aFreshConnectionThatIsClosedSaysNothingOfAnotherRequest()
    {
        FakeServer server(m_pki.server, FakeServer::hangUp());
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        QCOMPARE(errorWord(invocation), u"reset"_s);
        QVERIFY(!invocation.connectionReused);
        QVERIFY2(!invocation.reason.text().contains(u"earlier"_s), qPrintable(invocation.reason));
    }

    void aFreshConnectionCanBeAskedFor()
    {
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        invoke(dispatcher, request);
        request.wantsFreshConnection = true;
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(invocation.verdict, Verdict::Successful);
        QVERIFY(!invocation.connectionReused);
        QCOMPARE(server.connections(), 2);
    }

    void tlsSessionsAreResumed()
    {
        NginxServer server(m_pki.server, R"(
            location /kept { return 200 '{}'; }
            location / { keepalive_timeout 0; return 200 '{"resumed": "$ssl_session_reused"}'; })");
        QVERIFY(server.start());
        Dispatcher dispatcher(nullptr, 1);
        auto request = requestTo(server.url(u"/"_s), m_pki);
        for (const bool isResumed : {false, true, true}) {
            request.webhook.responseValidators = {{u"$.data.resumed"_s, {isResumed ? u"r"_s : u"."_s}}};
            const auto invocation = invoke(dispatcher, request);
            QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
            QCOMPARE(invocation.tls->sessionResumed, isResumed);
            QVERIFY(!invocation.connectionReused);
            QVERIFY(invocation.timings.tls);
            // Who the target is stays known.
            QCOMPARE(invocation.tls->chain.first().subject, u"CN=localhost"_s);
        }
        auto kept = requestTo(server.url(u"/kept"_s), m_pki);
        for (const bool isReused : {false, true}) {
            const auto invocation = invoke(dispatcher, kept);
            QCOMPARE(invocation.verdict, Verdict::Successful);
            QCOMPARE(invocation.connectionReused, isReused);
            QCOMPARE(invocation.tls->chain.first().subject, u"CN=localhost"_s);
        }
    }

    /// A session that one identity has earned is not another's: it was made without its certificate or its trust.
    void identitiesShareNoSessions()
    {
        NginxServer server(m_pki.server, "keepalive_timeout 0; location / { return 200 '{}'; }");
        QVERIFY(server.start());
        Dispatcher dispatcher(nullptr, 1);
        auto request = requestTo(server.url(), m_pki);
        for (const bool isResumed : {false, true}) {
            QCOMPARE(invoke(dispatcher, request).tls->sessionResumed, isResumed);
        }
        const auto client = m_pki.authority.issueClient(u"tocsin"_s).value();
        request.webhook.clientCertificate = QString::fromLatin1(client.certificate);
        request.webhook.clientKey = QString::fromLatin1(client.key);
        QVERIFY(!invoke(dispatcher, request).tls->sessionResumed);
        auto distrustful = requestTo(server.url(), m_pki);
        distrustful.webhook.caCertificates.clear();
        QCOMPARE(errorWord(invoke(dispatcher, distrustful)), u"tls"_s);
    }

    void moreIdentitiesThanAreKept()
    {
        constexpr int identities = 70;
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher(nullptr, 1);
        int successful = 0;
        for (int i = 0; i < identities; ++i) {
            auto request = requestTo(server.url(), m_pki);
            request.webhook.caCertificates += QString(i, u'\n'); // as good as another
            connect(dispatcher.invoke(request), &InvocationJob::finished, this, [&successful](const Invocation &made) {
                successful += made.verdict == Verdict::Successful && !made.connectionReused;
            });
        }
        QTRY_COMPARE(successful, identities);
        QCOMPARE(server.connections(), identities);
    }
};

QTEST_GUILESS_MAIN(TestReuse)
#include "tst_reuse.moc"
