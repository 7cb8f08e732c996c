// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

Q_DECLARE_METATYPE(Tocsin::HttpMethod)
Q_DECLARE_METATYPE(Tocsin::InvocationJob::Phase)

/// What goes over the wire, byte for byte, and what happens when the other side misbehaves.
class TestWire : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki{};

    static void addMethods()
    {
        QTest::addColumn<HttpMethod>("method");
        for (const auto method : allHttpMethods()) {
            QTest::newRow(qPrintable(toString(method))) << method;
        }
    }

    /// The request line and the header lines, as `request` says they went out.
    static QByteArray asOnTheWire(const SentRequest &request)
    {
        constexpr qsizetype authority = 8; // behind https://
        const auto url = request.url.toUtf8();
        QByteArray text = request.method.toUtf8() + ' ' + url.mid(url.indexOf('/', authority)) + " HTTP/1.1\r\n";
        for (const auto &header : request.headers) {
            text += header.name.toUtf8() + (header.value.isEmpty() ? ":" : ": ") + header.value.toUtf8() + "\r\n";
        }
        return text + "\r\n" + request.body;
    }

private Q_SLOTS:
    void showsEveryByteThatGoesOut_data() { addMethods(); }

    void showsEveryByteThatGoesOut()
    {
        QFETCH(const HttpMethod, method);
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.url += u"a/./b/../ä%2fc//%7E?x=%20y z&z=~\"{|}"_s;
        request.webhook.method = method;
        request.webhook.headers = {{u"x-Custom"_s, u"  grün  "_s},
                                   {u"X-Language"_s, u"a,b"_s},
                                   {u"accept"_s, u"text/plain"_s},
                                   {u"X-Empty"_s, QString()},
                                   {u"User-Agent"_s, QString()}};
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(invocation.verdict, Verdict::Successful);
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(server.requests().first(), asOnTheWire(*invocation.request));
        QCOMPARE(invocation.sent, 1);
        QCOMPARE(headerValue(invocation.request->headers, u"x-custom"_s), u"grün"_s);
        QCOMPARE(headerValue(invocation.request->headers, u"User-Agent"_s), QString());
        QCOMPARE(invocation.request->body.isEmpty(), method == HttpMethod::Get);
        QCOMPARE(invocation.request->url,
                 server.url().toString() + u"a/./b/../%C3%A4%2fc//%7E?x=%20y%20z&z=~%22%7B%7C%7D"_s);
    }

    void sendsACookieThatIsSetByHand()
    {
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.headers = {{u"Cookie"_s, u"a=b; c=d"_s}};
        invoke(dispatcher, request);
        QCOMPARE(server.requests().size(), 1);
        QVERIFY(server.requests().first().contains("\r\nCookie: a=b; c=d\r\n"));
    }

    void asksForNoLanguageOfThisMachine()
    {
        qputenv("LANG", "de_DE.UTF-8");
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        invoke(dispatcher, requestTo(server.url(), m_pki));
        QCOMPARE(server.requests().size(), 1);
        QVERIFY(!server.requests().first().contains("Accept-Language"));
        QVERIFY(!server.requests().first().contains("Mozilla"));
    }

    void sendsOnceWhenTheServerHangsUp_data() { addMethods(); }

    void sendsOnceWhenTheServerHangsUp()
    {
        QFETCH(const HttpMethod, method);
        FakeServer server(m_pki.server, FakeServer::hangUp());
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.method = method;
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"reset"_s);
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(invocation.sent, 1);
        QVERIFY(!invocation.response);
    }

    void sendsOnceOnAConnectionThatIsClosedUnderneath_data() { addMethods(); }

    void sendsOnceOnAConnectionThatIsClosedUnderneath()
    {
        QFETCH(const HttpMethod, method);
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.method = method;
        QCOMPARE(invoke(dispatcher, request).verdict, Verdict::Successful);
        server.setAnswer(FakeServer::hangUp());
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"reset"_s);
        QCOMPARE(server.connections(), 1);
        QCOMPARE(server.requests().size(), 2);
        QCOMPARE(invocation.sent, 1);
        QVERIFY(!invocation.timings.connect);
        QVERIFY(!invocation.timings.lookup);
    }

    void showsAnAnswerThatAsksToSendAgain_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("words");
        QTest::newRow("307") << 307 << "Location: /there"_ba << u"pointed to /there"_s;
        QTest::newRow("308") << 308 << "Location: https://elsewhere.test/"_ba << u"https://elsewhere.test/"_s;
        QTest::newRow("307 to nowhere") << 307 << "X-A: b"_ba << u"307"_s;
        QTest::newRow("407") << 407 << "Proxy-Authenticate: Basic realm=\"x\""_ba << u"407"_s;
    }

    void showsAnAnswerThatAsksToSendAgain()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, header);
        QFETCH(const QString, words);
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(status, "{}", {header})));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        QCOMPARE(errorWord(invocation), u"http"_s);
        QVERIFY2(invocation.reason.text().contains(words), qPrintable(invocation.reason));
        QVERIFY(invocation.response);
        QCOMPARE(invocation.response->status, status);
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(invocation.sent, 1);
    }

    void sendsOnceWhenChallenged_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        for (const auto *scheme : {"Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"abc\"", "Negotiate", "NTLM"}) {
            QTest::newRow(scheme) << QByteArray(scheme);
        }
    }

    void sendsOnceWhenChallenged()
    {
        QFETCH(const QByteArray, challenge);
        FakeServer server(m_pki.server,
                          FakeServer::sending(FakeServer::response(401, "no", {"WWW-Authenticate: " + challenge})));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        QCOMPARE(errorWord(invocation), u"http"_s);
        QVERIFY(invocation.response);
        QCOMPARE(invocation.response->status, 401);
        QCOMPARE(invocation.response->body, "no"_ba);
        QCOMPARE(server.requests().size(), 1);
    }

    void failsInTheMiddleOfAResponse_data()
    {
        QTest::addColumn<QByteArray>("response");
        QTest::newRow("length") << "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"_ba;
        QTest::newRow("chunked") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"_ba;
        QTest::newRow("headers") << "HTTP/1.1 200 OK\r\nContent-Le"_ba;
    }

    void failsInTheMiddleOfAResponse()
    {
        QFETCH(const QByteArray, response);
        FakeServer server(m_pki.server, [&response](QSslSocket &socket, const QByteArray &) {
            socket.write(response);
            socket.disconnectFromHost();
        });
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        QCOMPARE(errorWord(invocation), u"reset"_s);
        QCOMPARE(invocation.sent, 1);
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(invocation.response.has_value(), response.contains("half"));
        if (invocation.response) {
            QCOMPARE(invocation.response->body, "half"_ba);
        }
    }

    void saysWhatIsNotHttp()
    {
        FakeServer server(m_pki.server, [](QSslSocket &socket, const QByteArray &) {
            socket.write("220 mail.example.test ESMTP\r\n\r\n");
            socket.disconnectFromHost();
        });
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        QVERIFY(invocation.error);
        QCOMPARE(errorWord(invocation), u"protocol"_s);
        QCOMPARE(server.requests().size(), 1);
    }

    void aClientCertificateThatIsMissing()
    {
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        server.setClientAuthority(m_pki.authority.certificate());
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        // This server closes after the handshake without the alert that says why (RFC 8446 §4.4.2.4).
        QCOMPARE(errorWord(invocation), u"reset"_s);
        QVERIFY(invocation.error->causes.first().text().contains(u"client certificate"_s));
        QVERIFY(invocation.tls->clientCertificateAsked);
        QVERIFY(invocation.tls->clientCertificate.isEmpty());
        QVERIFY(textsOf(invocation.error->causes).join(u' ').contains(u"client certificate"_s));
        QVERIFY(server.requests().isEmpty());
    }

    void timesOut_data()
    {
        QTest::addColumn<bool>("speaksTls");
        QTest::addColumn<QByteArray>("begun");
        QTest::addColumn<QString>("phase");
        QTest::addColumn<int>("sent");
        QTest::newRow("connect") << false << ""_ba << u"while the connection was made"_s << 0;
        QTest::newRow("wait") << true << ""_ba << u"while the response was awaited"_s << 1;
        QTest::newRow("receive") << true << "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"_ba
                                 << u"while the response arrived"_s << 1;
    }

    void timesOut()
    {
        QFETCH(const bool, speaksTls);
        QFETCH(const QByteArray, begun);
        QFETCH(const QString, phase);
        QFETCH(const int, sent);
        FakeServer server(m_pki.server, FakeServer::sending(begun));
        server.setSpeaksTls(speaksTls);
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.timeout = std::chrono::seconds(1);
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"timeout"_s);
        QVERIFY2(invocation.error->message.text().contains(phase), qPrintable(invocation.error->message));
        QVERIFY2(invocation.error->message.text().contains(u"1 second"_s), qPrintable(invocation.error->message));
        QCOMPARE(invocation.sent, sent);
        QVERIFY(invocation.timings.total->count() >= 1000);
        QVERIFY(invocation.timings.connect);
        QCOMPARE(invocation.timings.wait.has_value(), speaksTls);
        QCOMPARE(invocation.timings.receive.has_value(), !begun.isEmpty());
    }

    void theDeadlineCountsFromTheFirstByteToTheLast()
    {
        // Never idle for long, yet too slow as a whole.
        FakeServer server(m_pki.server, [](QSslSocket &socket, const QByteArray &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            auto *drip = new QTimer(&socket);
            connect(drip, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
            drip->start(50);
        });
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.timeout = std::chrono::seconds(3);
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"timeout"_s);
        QVERIFY(invocation.timings.total->count() < 25'000);
        QVERIFY(invocation.response);
        QVERIFY(invocation.response->body.startsWith("xxx"));
    }

    void cancelsInEveryPhase_data()
    {
        QTest::addColumn<bool>("speaksTls");
        QTest::addColumn<QByteArray>("begun");
        QTest::addColumn<InvocationJob::Phase>("phase");
        QTest::newRow("lookup") << true << ""_ba << InvocationJob::Phase::Lookup;
        QTest::newRow("connect") << false << ""_ba << InvocationJob::Phase::Connect;
        QTest::newRow("send") << true << ""_ba << InvocationJob::Phase::Send;
        QTest::newRow("wait") << true << ""_ba << InvocationJob::Phase::Wait;
        QTest::newRow("receive") << true << "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"_ba
                                 << InvocationJob::Phase::Receive;
    }

    void cancelsInEveryPhase()
    {
        QFETCH(const bool, speaksTls);
        QFETCH(const QByteArray, begun);
        QFETCH(const InvocationJob::Phase, phase);
        FakeServer server(m_pki.server, FakeServer::sending(begun));
        server.setSpeaksTls(speaksTls);
        Dispatcher dispatcher;
        auto *job = dispatcher.invoke(requestTo(server.url(), m_pki));
        QSignalSpy finished(job, &InvocationJob::finished);
        QSignalSpy destroyed(job, &QObject::destroyed);
        connect(job, &InvocationJob::phaseChanged, job, [job, phase](InvocationJob::Phase entered) {
            if (entered == phase) {
                job->cancel();
            }
        });
        QTRY_COMPARE(finished.count(), 1);
        const auto invocation = finished.first().first().value<Invocation>();
        QCOMPARE(errorWord(invocation), u"cancelled"_s);
        QCOMPARE(invocation.verdict, Verdict::Failed);
        QVERIFY(invocation.request);
        QTRY_COMPARE(destroyed.count(), 1);
        QCOMPARE(finished.count(), 1);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void aCancelledJobStaysCancelled()
    {
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto *job = dispatcher.invoke(requestTo(server.url(), m_pki));
        QSignalSpy finished(job, &InvocationJob::finished);
        job->cancel();
        job->cancel();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(errorWord(finished.first().first().value<Invocation>()), u"cancelled"_s);
    }

    void destroyingTheDispatcherEndsItsJobs()
    {
        FakeServer server(m_pki.server, FakeServer::silence());
        auto dispatcher = std::make_unique<Dispatcher>();
        QStringList ends;
        for (int i = 0; i < 10; ++i) {
            connect(dispatcher->invoke(requestTo(server.url(), m_pki)), &InvocationJob::finished, this,
                    [&ends](const Invocation &invocation) { ends.append(errorWord(invocation)); });
        }
        QTRY_COMPARE(server.requests().size(), 6); // the others wait for their turn
        QVERIFY(ends.isEmpty());
        dispatcher.reset();
        QCOMPARE(ends, QStringList(10, u"cancelled"_s));
    }

    void severalThreadsServeTheirWebhooks()
    {
        FakeServer server(m_pki.server, [](QSslSocket &socket, const QByteArray &request) {
            if (!request.startsWith("POST /silent")) {
                socket.write(FakeServer::response(200, "{}"));
            }
        });
        constexpr int threads = 3;
        constexpr int webhooks = 7;
        auto dispatcher = std::make_unique<Dispatcher>(nullptr, threads);
        const auto invokeAs = [&](int webhook, const QString &path) {
            auto request = requestTo(server.url(path), m_pki);
            request.webhook.id = QString::number(webhook);
            return dispatcher->invoke(request);
        };
        int successful = 0;
        for (int i = 0; i < 2 * webhooks; ++i) {
            connect(invokeAs(i % webhooks, u"/answered"_s), &InvocationJob::finished, this,
                    [&successful](const Invocation &invocation) {
                        successful += invocation.verdict == Verdict::Successful ? 1 : 0;
                    });
        }
        QTRY_COMPARE_WITH_TIMEOUT(successful, 2 * webhooks, 60'000);

        QStringList ends;
        QList<InvocationJob *> jobs;
        for (int i = 0; i < webhooks; ++i) {
            jobs.append(invokeAs(i, u"/silent"_s));
            connect(jobs.last(), &InvocationJob::finished, this,
                    [&ends](const Invocation &invocation) { ends.append(errorWord(invocation)); });
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 3 * webhooks, 60'000);
        jobs.first()->cancel();
        QTRY_COMPARE_WITH_TIMEOUT(ends.size(), 1, 60'000);
        dispatcher.reset();
        QCOMPARE(ends, QStringList(webhooks, u"cancelled"_s));
    }

    void whoHearsOfTheEndMayDestroyTheDispatcher()
    {
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        auto dispatcher = std::make_unique<Dispatcher>();
        int ends = 0;
        for (int i = 0; i < 2; ++i) {
            connect(dispatcher->invoke(requestTo(server.url(), m_pki)), &InvocationJob::finished, this,
                    [&dispatcher, &ends] {
                        ++ends;
                        dispatcher.reset();
                    });
        }
        QTRY_COMPARE(ends, 2);
    }

    void aDestroyedJobStopsItsRequest()
    {
        FakeServer server(m_pki.server, FakeServer::silence());
        Dispatcher dispatcher;
        auto *job = dispatcher.invoke(requestTo(server.url(), m_pki));
        QTRY_COMPARE(server.requests().size(), 1);
        delete job;
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void takesNoCookies()
    {
        FakeServer server(m_pki.server,
                          FakeServer::sending(FakeServer::response(
                              200, "{}", {"Set-Cookie: a=1; Path=/", "Set-Cookie: b=2, 3", "X-Two: 1", "X-Two: 2"})));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        const auto &headers = invocation.response->headers;
        QCOMPARE(headers.count(Header{u"Set-Cookie"_s, u"a=1; Path=/"_s}), 1);
        QCOMPARE(headers.count(Header{u"Set-Cookie"_s, u"b=2, 3"_s}), 1);
        QCOMPARE(headers.count(Header{u"X-Two"_s, u"1"_s}), 1);
        QCOMPARE(headers.count(Header{u"X-Two"_s, u"2"_s}), 1);
        invoke(dispatcher, requestTo(server.url(), m_pki));
        QCOMPARE(server.requests().size(), 2);
        QVERIFY(!server.requests().last().toLower().contains("cookie"));
    }

    void waitsForAnAnswerAfter100Continue()
    {
        FakeServer server(
            m_pki.server,
            FakeServer::sending("HTTP/1.1 100 Continue\r\n\r\n" + FakeServer::response(201, "{\"a\":1}")));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        QCOMPARE(invocation.verdict, Verdict::Successful);
        QCOMPARE(invocation.response->status, 201);
        QCOMPARE(invocation.response->body, "{\"a\":1}"_ba);
    }

    void runsAsManyAtOnceAsTheWebhookAllows_data()
    {
        QTest::addColumn<int>("concurrency");
        QTest::newRow("one") << 1;
        QTest::newRow("more than one manager opens") << 15;
    }

    void runsAsManyAtOnceAsTheWebhookAllows()
    {
        QFETCH(const int, concurrency);
        QList<QSslSocket *> waiting;
        FakeServer server(m_pki.server,
                          [&waiting](QSslSocket &socket, const QByteArray &) { waiting.append(&socket); });
        Dispatcher dispatcher;
        int done = 0;
        for (int i = 0; i < 20; ++i) {
            auto request = requestTo(server.url(), m_pki);
            request.webhook.id = u"some-id"_s;
            request.webhook.concurrency = concurrency;
            connect(dispatcher.invoke(request), &InvocationJob::finished, this,
                    [&done](const Invocation &invocation) { done += invocation.verdict == Verdict::Successful; });
        }
        int answered = 0;
        while (answered < 20) {
            const int expected = std::min(concurrency, 20 - answered);
            QTRY_COMPARE(waiting.size(), expected);
            for (auto *socket : std::exchange(waiting, {})) {
                socket->write(FakeServer::response(200, "{}"));
                ++answered;
            }
        }
        QTRY_COMPARE(done, 20);
        QCOMPARE(server.requests().size(), 20);
    }
};

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
