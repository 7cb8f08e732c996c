// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoking.h"
#include "nginxserver.h"
#include "packing.h"

#include <QTcpServer>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// Against a real server over TLS.
class TestNginx : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki{};
    std::unique_ptr<NginxServer> m_server;
    std::unique_ptr<NginxServer> m_strict; ///< wants a client certificate

    InvocationRequest get(const QUrl &url) const
    {
        auto request = requestTo(url, m_pki);
        request.webhook.method = HttpMethod::Get;
        return request;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<NginxServer>(m_pki.server, R"(
            error_page 405 =200 $uri;
            keepalive_timeout 60s;
            location /ok { add_header X-Answer yes; return 200 '{"ok": true, "id": 9007199254740993, "list": [1, 2]}'; }
            location /created { return 201 'ok'; }
            location /refused { return 401 '{"error": "no"}'; }
            location /broken { return 503 'later'; }
            location /moved { return 302 https://elsewhere.example.test/new; }
            location /cookie { add_header Set-Cookie "session=1"; return 200 '{}'; }
            location /packed { add_header Content-Encoding gzip; }
            location /deflated { add_header Content-Encoding deflate; }
            location /closing { keepalive_timeout 0; return 200 '{}'; })");
        m_server->addFile(u"packed.json"_s, packed("{\"packed\": true}"));
        m_server->addFile(u"packed-bomb.json"_s, packed(QByteArray(64 * 1024 * 1024, 'x')));
        m_server->addFile(u"packed-twice.json"_s, packed("{\"a\": ") + packed("1}"));
        m_server->addFile(u"deflated-zlib.json"_s, packed("{\"packed\": true}", MAX_WBITS));
        m_server->addFile(u"deflated-raw.json"_s, packed("{\"packed\": true}", -MAX_WBITS));
        m_server->addFile(u"exact.txt"_s, QByteArray(1024 * 1024, 'y'));
        m_server->addFile(u"large.txt"_s, QByteArray(1024 * 1024 + 1, 'y'));
        m_server->addFile(u"huge.txt"_s, QByteArray(50 * 1024 * 1024, 'y'));
        QVERIFY(m_server->start());
        m_strict = std::make_unique<NginxServer>(m_pki.server, R"(
            ssl_client_certificate client-ca.pem;
            ssl_verify_client on;
            location / { return 200 '{"subject": "$ssl_client_s_dn"}'; })");
        m_strict->addConfiguration(u"client-ca.pem"_s, m_pki.authority.certificate());
        QVERIFY(m_strict->start());
    }

    void aSuccessShowsEverything()
    {
        Dispatcher dispatcher;
        auto request = requestTo(m_server->url(u"/ok"_s), m_pki);
        request.webhook.id = u"the-id"_s;
        request.webhook.responseValidators = {{u"$.data.ok"_s, {u"true"_s}},
                                              {u"$.data.id"_s, {u"9007199254740993"_s}},
                                              {u"$.data.list[*]"_s, {u"1"_s, u"2"_s}},
                                              {u"$.status"_s, {u"200"_s}},
                                              {u"$.headers['x-answer']"_s, {u"yes"_s}}};
        const auto before = QDateTime::currentDateTimeUtc();
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(invocation.webhookId, u"the-id"_s);
        QCOMPARE(invocation.verdict, Verdict::Successful);
        QCOMPARE(errorWord(invocation), QString());
        QVERIFY(invocation.reason.text().contains(u"200 OK"_s));
        QVERIFY(invocation.startedAt >= before && invocation.startedAt <= QDateTime::currentDateTimeUtc());
        QCOMPARE(invocation.response->status, 200);
        QCOMPARE(invocation.response->reasonPhrase, u"OK"_s);
        QCOMPARE(invocation.response->httpVersion, u"1.1"_s);
        QCOMPARE(invocation.validators.size(), 5);
        const auto &timings = invocation.timings;
        QVERIFY(timings.queued && timings.lookup && timings.connect && timings.send && timings.wait && timings.receive);
        const auto sum =
            *timings.queued + *timings.lookup + *timings.connect + *timings.send + *timings.wait + *timings.receive;
        QVERIFY2(sum <= *timings.total, qPrintable(u"%1 %2"_s.arg(sum.count()).arg(timings.total->count())));
        QCOMPARE(invocation.tls->protocol, u"TLSv1.3"_s);
        QVERIFY(invocation.tls->cipher.startsWith(u"TLS_"_s));
        QCOMPARE(invocation.tls->chain.first().subject, u"CN=localhost"_s);
        QCOMPARE(invocation.tls->chain.first().issuer, u"CN=Test authority"_s);
        QCOMPARE(invocation.tls->chain.first().publicKey, u"EC 256"_s);
        QVERIFY(invocation.tls->chain.first().alternativeNames.contains(u"localhost"_s));
        QVERIFY(invocation.tls->errors.isEmpty());
        QCOMPARE(invocation.proxy, QString());
    }

    void aConnectionIsKept()
    {
        Dispatcher dispatcher;
        invoke(dispatcher, requestTo(m_server->url(u"/ok?kept-alive"_s), m_pki));
        const auto second = invoke(dispatcher, requestTo(m_server->url(u"/ok?kept-alive"_s), m_pki));
        QCOMPARE(second.verdict, Verdict::Successful);
        QVERIFY(!second.timings.lookup);
        QVERIFY(!second.timings.connect);
        QVERIFY(second.timings.wait);
        QVERIFY(second.tls);
        QCOMPARE(second.tls->chain.first().subject, u"CN=localhost"_s);
        QTRY_COMPARE(m_server->logged("/ok?kept-alive").size(), 2);
        const auto log = m_server->logged("/ok?kept-alive");
        QCOMPARE(log.last().split(' ').last(), log.first().split(' ').last());
    }

    void aConnectionThatTheServerClosesIsMadeAnew()
    {
        Dispatcher dispatcher;
        for (int i = 0; i < 3; ++i) {
            const auto invocation = invoke(dispatcher, requestTo(m_server->url(u"/closing"_s), m_pki));
            QCOMPARE(invocation.verdict, Verdict::Successful);
            QCOMPARE(invocation.sent, 1);
            QVERIFY(invocation.timings.connect);
        }
    }

    void statuses_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("inMessage");
        QTest::newRow("200") << u"/ok"_s << 200 << QString() << u"200"_s;
        QTest::newRow("201") << u"/created"_s << 201 << QString() << u"201"_s;
        QTest::newRow("302") << u"/moved"_s << 302 << u"http"_s << u"https://elsewhere.example.test/new"_s;
        QTest::newRow("401") << u"/refused"_s << 401 << u"http"_s << u"401"_s;
        QTest::newRow("404") << u"/nothing-here"_s << 404 << u"http"_s << u"404 Not Found"_s;
        QTest::newRow("503") << u"/broken"_s << 503 << u"http"_s << u"503"_s;
    }

    void statuses()
    {
        QFETCH(const QString, target);
        QFETCH(const int, status);
        QFETCH(const QString, error);
        QFETCH(const QString, inMessage);
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, get(m_server->url(target + u"?status"_s)));
        QCOMPARE(invocation.response->status, status);
        QCOMPARE(errorWord(invocation), error);
        QCOMPARE(invocation.verdict, error.isEmpty() ? Verdict::Successful : Verdict::Failed);
        QVERIFY2(invocation.reason.text().contains(inMessage), qPrintable(invocation.reason));
        QVERIFY(!invocation.response->body.isEmpty());
        QTRY_COMPARE(m_server->logged(target.toLatin1() + "?status").size(), 1);
    }

    void aValidatorThatFails()
    {
        Dispatcher dispatcher;
        auto request = requestTo(m_server->url(u"/ok"_s), m_pki);
        request.webhook.responseValidators = {{u"$.data.ok"_s, {u"true"_s}}, {u"$.data.id"_s, {u"5"_s, u"6"_s}}};
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(invocation.verdict, Verdict::Failed);
        QCOMPARE(errorWord(invocation), u"validator"_s);
        QCOMPARE(invocation.error->field, u"response_validators[1]"_s);
        QVERIFY(invocation.validators.first().passed);
        QVERIFY(!invocation.validators.last().passed);
        QCOMPARE(invocation.validators.last().actual, u"9007199254740993"_s);
    }

    void undoesContentCodings_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("gzip") << u"/packed.json"_s << "{\"packed\": true}"_ba;
        QTest::newRow("gzip, two members") << u"/packed-twice.json"_s << "{\"a\": 1}"_ba;
        QTest::newRow("deflate") << u"/deflated-zlib.json"_s << "{\"packed\": true}"_ba;
        QTest::newRow("deflate without its frame") << u"/deflated-raw.json"_s << "{\"packed\": true}"_ba;
    }

    void undoesContentCodings()
    {
        QFETCH(const QString, target);
        QFETCH(const QByteArray, body);
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, get(m_server->url(target)));
        QCOMPARE(invocation.response->body, body);
        QVERIFY(!invocation.response->truncated);
    }

    void cutsAtOneMebibyte_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("isCut");
        QTest::newRow("exactly") << u"/exact.txt"_s << false;
        QTest::newRow("one more") << u"/large.txt"_s << true;
        QTest::newRow("many more") << u"/huge.txt"_s << true;
        QTest::newRow("a small one that grows to 64") << u"/packed-bomb.json"_s << true;
    }

    void cutsAtOneMebibyte()
    {
        QFETCH(const QString, target);
        QFETCH(const bool, isCut);
        Dispatcher dispatcher;
        auto request = get(m_server->url(target));
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(invocation.response->body.size(), 1024 * 1024);
        QCOMPARE(invocation.response->truncated, isCut);
        QCOMPARE(invocation.verdict, Verdict::Successful);
        request.webhook.responseValidators = {{u"$.status"_s, {u"200"_s}}, {u"$.data"_s, {u"y"_s}}};
        const auto judged = invoke(dispatcher, request);
        QVERIFY(judged.validators.first().passed);
        QVERIFY(!judged.validators.last().passed);
        QCOMPARE(judged.validators.last().message.text().contains(u"1 MiB"_s), isCut);
    }

    void badCertificates_data()
    {
        QTest::addColumn<IssuedCertificate>("certificate");
        QTest::addColumn<QStringList>("inMessage");
        const auto other = CertificateAuthority::create(u"Foreign authority"_s);
        QTest::newRow("expired") << m_pki.authority
                                        .issueServer({u"localhost"_s},
                                                     {.commonName = u"old server"_s,
                                                      .notBefore = QDateTime({2020, 1, 1}, {0, 0}, Qt::UTC),
                                                      .notAfter = QDateTime({2020, 2, 3}, {4, 5}, Qt::UTC)})
                                        .value()
                                 << QStringList{u"old server"_s, u"Test authority"_s,
                                                u"expired on Monday, 3 February 2020 04:05 UTC"_s};
        QTest::newRow("not yet valid") << m_pki.authority
                                              .issueServer({u"localhost"_s},
                                                           {.commonName = u"new server"_s,
                                                            .notBefore = QDateTime::currentDateTimeUtc().addDays(2)})
                                              .value()
                                       << QStringList{u"new server"_s, u"valid only from"_s};
        QTest::newRow("wrong host") << m_pki.authority.issueServer({u"one.test"_s, u"two.test"_s}).value()
                                    << QStringList{u"one.test, two.test"_s, u"not for localhost"_s};
        QTest::newRow("untrusted") << other->issueServer({u"localhost"_s}).value()
                                   << QStringList{u"Foreign authority"_s, u"not trusted"_s};
    }

    void badCertificates()
    {
        QFETCH(const IssuedCertificate, certificate);
        QFETCH(const QStringList, inMessage);
        NginxServer server(certificate, "location / { return 200 '{}'; }");
        QVERIFY(server.start());
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        QCOMPARE(errorWord(invocation), u"tls"_s);
        for (const auto &text : inMessage) {
            QVERIFY2(invocation.error->message.text().contains(text), qPrintable(invocation.error->message));
        }
        QVERIFY(!invocation.error->hint.isEmpty());
        QCOMPARE(invocation.sent, 0);
        QVERIFY(!invocation.response);
        QVERIFY(invocation.tls);
        QVERIFY(!invocation.tls->errors.isEmpty());
        QVERIFY(!invocation.tls->chain.isEmpty());
        QVERIFY(invocation.timings.connect);
        QVERIFY(!invocation.timings.send);
        QCOMPARE(server.log(), QByteArrayList());
    }

    void presentsAClientCertificate_data()
    {
        QTest::addColumn<CertificateOptions::KeyType>("type");
        QTest::newRow("EC") << CertificateOptions::KeyType::EcP256;
        QTest::newRow("RSA") << CertificateOptions::KeyType::Rsa2048;
    }

    void presentsAClientCertificate()
    {
        QFETCH(const CertificateOptions::KeyType, type);
        const auto client = m_pki.authority.issueClient(u"tocsin"_s, {.keyType = type});
        Dispatcher dispatcher;
        auto request = requestTo(m_strict->url(), m_pki);
        request.webhook.clientCertificate = QString::fromLatin1(client->certificate);
        request.webhook.clientKey = u"${secret:key}"_s;
        request.secrets.insert(u"key"_s, QString::fromLatin1(client->key));
        request.webhook.responseValidators = {{u"$.data.subject"_s, {u"CN=tocsin"_s}}};
        const auto invocation = invoke(dispatcher, request);
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
    }

    void identitiesShareNothing()
    {
        const auto client = m_pki.authority.issueClient(u"tocsin"_s);
        Dispatcher dispatcher;
        auto known = requestTo(m_strict->url(), m_pki);
        known.webhook.clientCertificate = QString::fromLatin1(client->certificate);
        known.webhook.clientKey = QString::fromLatin1(client->key);
        QCOMPARE(invoke(dispatcher, known).verdict, Verdict::Successful);

        const auto nobody = invoke(dispatcher, requestTo(m_strict->url(), m_pki));
        QCOMPARE(nobody.verdict, Verdict::Failed);
        QVERIFY(nobody.timings.connect);

        auto doubtful = known;
        doubtful.webhook.caCertificates =
            QString::fromLatin1(CertificateAuthority::create(u"Foreign authority"_s)->certificate());
        QCOMPARE(errorWord(invoke(dispatcher, doubtful)), u"tls"_s);

        QCOMPARE(invoke(dispatcher, known).verdict, Verdict::Successful);
    }

    void fiftyAtOnce()
    {
        Dispatcher dispatcher;
        int successful = 0;
        int ended = 0;
        for (int i = 0; i < 50; ++i) {
            auto request = requestTo(m_server->url(u"/ok?n=%1"_s.arg(i)), m_pki);
            request.webhook.timeout = std::chrono::seconds(60);
            connect(dispatcher.invoke(request), &InvocationJob::finished, this, [&](const Invocation &invocation) {
                ++ended;
                successful += invocation.verdict == Verdict::Successful && invocation.sent == 1;
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(ended, 50, 60000);
        QCOMPARE(successful, 50);
        QTRY_COMPARE(m_server->logged("/ok?n=").size(), 50);
    }

    void nothingListens()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const auto port = closed.serverPort();
        closed.close();
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(QUrl(u"https://127.0.0.1:%1/"_s.arg(port)), m_pki));
        QCOMPARE(errorWord(invocation), u"refused"_s);
        QVERIFY(invocation.error->message.text().contains(u"127.0.0.1:%1"_s.arg(port)));
        QCOMPARE(invocation.sent, 0);
        QVERIFY(!invocation.timings.lookup);
        QVERIFY(!invocation.timings.send);
    }

    void aNameThatCannotBe()
    {
        // One character longer than a name can be, so that no name server is asked.
        const auto label = QString(63, u'a');
        const QString host = label % u'.' % label % u'.' % label % u'.' % label.first(62);
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(QUrl("https://"_L1 % host % u'/'), m_pki));
        QCOMPARE(errorWord(invocation), u"dns"_s);
        QVERIFY(invocation.error->message.text().contains(host));
        QVERIFY(invocation.timings.lookup);
        QVERIFY(!invocation.timings.connect);
        QCOMPARE(invocation.sent, 0);
    }

    void aPortThatSpeaksNoTls()
    {
        QTcpServer plain;
        QVERIFY(plain.listen(QHostAddress::LocalHost));
        connect(&plain, &QTcpServer::newConnection, this, [&plain] {
            auto *socket = plain.nextPendingConnection();
            socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
        Dispatcher dispatcher;
        const auto invocation =
            invoke(dispatcher, requestTo(QUrl(u"https://localhost:%1/"_s.arg(plain.serverPort())), m_pki));
        QCOMPARE(errorWord(invocation), u"tls"_s);
        QCOMPARE(invocation.sent, 0);
    }
};

QTEST_GUILESS_MAIN(TestNginx)
#include "tst_nginx.moc"
