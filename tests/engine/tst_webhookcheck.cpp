// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checktesting.h"
#include "fakeserver.h"
#include "memorysecretstore.h"
#include "nginxserver.h"
#include "payloadschema.h"
#include "strictserver.h"
#include "templatecheck.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto answering = R"(location / { return 200 '{}'; })"_ba;

QDateTime inDays(int days)
{
    return QDateTime::currentDateTimeUtc().addDays(days).addSecs(600);
}

QDateTime ago(int days)
{
    return QDateTime::currentDateTimeUtc().addDays(-days);
}

} // namespace

/// Everything of a webhook but the request, against real targets: none of them is ever sent one.
class TestWebhookCheck : public QObject
{
    Q_OBJECT

private:
    const CertificateAuthority m_authority =
        std::move(CertificateAuthority::create(u"Test authority"_s, {.notAfter = inDays(400)})).value();
    const IssuedCertificate m_server = issued({u"localhost"_s, u"127.0.0.1"_s}, inDays(100));
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<SecretShelf> m_shelf;
    std::unique_ptr<Engine> m_engine;

    IssuedCertificate issued(const QStringList &names, const QDateTime &end, const QDateTime &begin = {}) const
    {
        return m_authority.issueServer(names, {.notBefore = begin, .notAfter = end}).value();
    }

    Webhook webhookTo(const QUrl &url) const
    {
        auto webhook = sampleWebhook(u"checked"_s);
        webhook.url = url.toString();
        webhook.caCertificates = QString::fromLatin1(m_authority.certificate());
        webhook.timeout = std::chrono::seconds(5);
        return webhook;
    }

    /// What has arrived once a real request has: nginx writes its log in order.
    QByteArrayList arrivedAfterTest(const NginxServer &server, const Webhook &webhook)
    {
        awaitSignal(m_engine->test(checkInput(webhook)), &InvocationJob::finished);
        static_cast<void>(QTest::qWaitFor([&server] { return !server.log().isEmpty(); }));
        return server.log();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_shelf = std::make_shared<SecretShelf>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecretStore>(m_shelf));
        QVERIFY(openProfile(*m_engine).isOk());
    }

    void cleanup() { m_engine.reset(); }

    void allInOrder()
    {
        NginxServer server(m_server, answering);
        QVERIFY(server.start());
        const auto webhook = webhookTo(server.url());
        const auto result = checked(*m_engine, webhook);
        QCOMPARE(outline(result),
                 u"document ok, template ok, name ok, connection ok, tls ok, certificate ok, certificate ok"_s);
        QVERIFY(result.state() == CheckState::Ok);
        QCOMPARE(result.version, 0);
        const auto certificates = linesOf(result, CheckSubject::Certificate);
        QVERIFY2(certificates[0].found.text().contains("100 day(s) left"_L1), qUtf8Printable(told(result)));
        QVERIFY2(certificates[1].found.text().contains("Test authority"_L1), qUtf8Printable(told(result)));
        QCOMPARE(daysLeft(certificates[1].ends, result.checkedAt), 400);
        const auto arrived = arrivedAfterTest(server, webhook);
        QCOMPARE(arrived.size(), 1);
        QVERIFY(arrived[0].startsWith("POST "));
    }

    /// An earlier session would show no certificate, and verify none.
    void aKeptSessionOrConnectionDoesNotCount()
    {
        NginxServer server(m_server, answering);
        QVERIFY(server.start());
        const auto webhook = webhookTo(server.url());
        QCOMPARE(arrivedAfterTest(server, webhook).size(), 1);
        for (int i = 0; i < 2; ++i) {
            const auto result = checked(*m_engine, webhook);
            QCOMPARE(linesOf(result, CheckSubject::Certificate).size(), 2);
            QVERIFY(result.state() == CheckState::Ok);
        }
        const auto invocation = awaitSignal(m_engine->test(checkInput(webhook)), &InvocationJob::finished);
        QVERIFY(invocation.connectionReused); // the check took it from nobody
        QTRY_COMPARE(server.log().size(), 2);
    }

    void certificates_data()
    {
        QTest::addColumn<IssuedCertificate>("certificate");
        QTest::addColumn<QString>("how");
        QTest::addColumn<QString>("says");
        const QStringList names{u"localhost"_s};
        const auto other = std::move(CertificateAuthority::create(u"Another authority"_s)).value();
        QTest::newRow("ten days left") << issued(names, inDays(10)) << u"tls ok, certificate warning, certificate ok"_s
                                       << u"10 day(s) left"_s;
        QTest::newRow("less than a day left") << issued(names, inDays(0), ago(100))
                                              << u"tls ok, certificate warning, certificate ok"_s << u"0 day(s) left"_s;
        QTest::newRow("made for a week") << issued(names, inDays(6), ago(1))
                                         << u"tls ok, certificate ok, certificate ok"_s << u"6 day(s) left"_s;
        QTest::newRow("made for a week, and not renewed")
            << issued(names, inDays(1), ago(6)) << u"tls ok, certificate warning, certificate ok"_s
            << u"1 day(s) left"_s;
        QTest::newRow("fifteen days left")
            << issued(names, inDays(15)) << u"tls ok, certificate ok, certificate ok"_s << u"15 day(s) left"_s;
        QTest::newRow("expired") << issued(names, ago(1), ago(3)) << u"tls failed"_s << u"expired on"_s;
        QTest::newRow("of another name") << issued({u"other.test"_s}, inDays(100)) << u"tls failed"_s
                                         << u"is for other.test, not for localhost"_s;
        QTest::newRow("of an unknown authority")
            << other.issueServer(names).value() << u"tls failed"_s << u"which is not trusted"_s;
    }

    void certificates()
    {
        QFETCH(const IssuedCertificate, certificate);
        QFETCH(const QString, how);
        QFETCH(const QString, says);
        NginxServer server(certificate, answering);
        QVERIFY(server.start());
        const auto result = checked(*m_engine, webhookTo(server.url()));
        QCOMPARE(outline(result), "document ok, template ok, name ok, connection ok, "_L1 + how);
        QVERIFY2(told(result).contains(says), qUtf8Printable(told(result)));
        const bool isFailed = how.endsWith("failed"_L1);
        QVERIFY((result.state() == CheckState::Failed) == isFailed);
        for (const auto &line : result.lines) {
            QCOMPARE(line.hint.isEmpty(), line.state == CheckState::Ok);
            QCOMPARE(line.field.isEmpty(), line.state == CheckState::Ok);
        }
        QCOMPARE(server.log(), QByteArrayList());
    }

    void whatCannotBeReached_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("how");
        QTest::addColumn<QString>("says");
        QTest::newRow("no such name") << u"https://nosuch.invalid/hook"_s
                                      << u"name failed, connection skipped, tls skipped"_s << u"nosuch.invalid"_s;
        QTest::newRow("nobody listens") << u"https://localhost:1/hook"_s << u"name ok, connection failed, tls skipped"_s
                                        << u"refused"_s;
        QTest::newRow("an address") << u"https://127.0.0.1:1/hook"_s << u"connection failed, tls skipped"_s
                                    << u"refused"_s;
        QTest::newRow("the metadata service of a cloud")
            << u"https://169.254.169.254/hook"_s << u"connection failed, tls skipped"_s << u"metadata service"_s;
    }

    void whatCannotBeReached()
    {
        QFETCH(const QString, url);
        QFETCH(const QString, how);
        QFETCH(const QString, says);
        const auto result = checked(*m_engine, webhookTo(QUrl(url)));
        QCOMPARE(outline(result), "document ok, template ok, "_L1 + how);
        QVERIFY2(told(result).contains(says), qUtf8Printable(told(result)));
    }

    void whoNeverSpeaksTlsMeetsTheDeadline()
    {
        FakeServer server(m_server, FakeServer::silence());
        server.setSpeaksTls(false);
        auto webhook = webhookTo(server.url());
        webhook.timeout = std::chrono::seconds(1);
        const auto result = checked(*m_engine, webhook);
        QCOMPARE(outline(result), u"document ok, template ok, name ok, connection ok, tls failed"_s);
        QVERIFY2(told(result).contains("took longer than 1 second"_L1), qUtf8Printable(told(result)));
    }

    void aClientCertificate()
    {
        NginxServer server(m_server, "ssl_client_certificate ca.pem; ssl_verify_client on; " + answering);
        server.addConfiguration(u"ca.pem"_s, m_authority.certificate());
        QVERIFY(server.start());
        auto webhook = webhookTo(server.url());
        const auto without = checked(*m_engine, webhook);
        QVERIFY(linesOf(without, CheckSubject::Tls)[0].state == CheckState::Warning);
        QVERIFY2(told(without).contains("asks for a client certificate"_L1), qUtf8Printable(told(without)));

        const auto client = m_authority.issueClient(u"tocsin"_s, {.notAfter = inDays(10)}).value();
        const auto other = m_authority.issueClient(u"other"_s, {.notAfter = inDays(100)}).value();
        m_shelf->values.insert(u"team/key"_s, QString::fromLatin1(client.key));
        webhook.clientCertificate = QString::fromLatin1(client.certificate);
        webhook.clientKey = u"${secret:team/key}"_s;
        const auto with = checked(*m_engine, webhook);
        QVERIFY(linesOf(with, CheckSubject::Tls)[0].state == CheckState::Ok);
        const auto lines = linesOf(with, CheckSubject::ClientCertificate);
        QCOMPARE(lines.size(), 1);
        QVERIFY(lines[0].state == CheckState::Warning);
        QVERIFY2(lines[0].found.text().contains("10 day(s) left"_L1), qUtf8Printable(told(with)));

        m_shelf->values.insert(u"team/key"_s, QString::fromLatin1(other.key));
        const auto mixed = checked(*m_engine, webhook);
        QCOMPARE(outline(mixed),
                 u"document ok, template ok, secrets ok, connection skipped, client_certificate failed"_s);
        QVERIFY2(told(mixed).contains("does not belong to the client certificate"_L1), qUtf8Printable(told(mixed)));
        QCOMPARE(server.log(), QByteArrayList());
    }

    void aToken()
    {
        QByteArray given = R"({"access_token": "token-1234", "token_type": "bearer", "expires_in": 3600})";
        int status = 200;
        FakeServer server(m_server, [&](QSslSocket &socket, const QByteArray &) {
            socket.write(FakeServer::response(status, given, {"Content-Type: application/json"}));
        });
        auto webhook = webhookTo(server.url(u"/hook"_s));
        webhook.oauth = OAuthClientCredentials{.clientId = u"the client"_s,
                                               .clientSecret = u"${secret:team/oauth}"_s,
                                               .tokenEndpointUrl = server.url(u"/token"_s).toString(),
                                               .scopes = {}};
        const auto without = checked(*m_engine, webhook);
        QVERIFY(linesOf(without, CheckSubject::Token)[0].state == CheckState::Skipped);
        QCOMPARE(server.requests(), QByteArrayList());

        m_shelf->values.insert(u"team/oauth"_s, u"the s3cret"_s);
        for (int i = 1; i <= 2; ++i) {
            const auto result = checked(*m_engine, webhook);
            const auto lines = linesOf(result, CheckSubject::Token);
            QCOMPARE(lines.size(), 1);
            QVERIFY(lines[0].state == CheckState::Ok);
            QVERIFY2(lines[0].found.text().contains("3600 second"_L1), qUtf8Printable(told(result)));
            const auto certificates = linesOf(result, CheckSubject::Certificate);
            QCOMPARE(certificates.size(), 3);
            QVERIFY(certificates[2].found.text().startsWith(u"“localhost” of the token endpoint is valid until"_s));
            QCOMPARE(server.requests().size(), i);
        }
        for (const auto &request : server.requests()) {
            QVERIFY2(request.startsWith("POST /token "), request.constData());
        }
        given = R"({"error": "invalid_client"})";
        status = 401;
        webhook.oauth->clientAuthentication = ClientAuthentication::Basic;
        const auto refused = checked(*m_engine, webhook);
        QVERIFY(linesOf(refused, CheckSubject::Token)[0].state == CheckState::Failed);
        QVERIFY(!told(refused).contains("s3cret"_L1));
        QCOMPARE(server.requests().size(), 3);
    }

    /// `openssl s_server` refuses whom it does not know in the handshake; with TLS 1.3 the client hears of it
    /// afterwards.
    void aClientCertificateThatIsRefusedInTheHandshake_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<bool>("hasCertificate");
        QTest::addColumn<QString>("says");
        for (const auto *version : {"-tls1_2", "-tls1_3"}) {
            QTest::addRow("%s, none", version)
                << QString::fromLatin1(version) << false << u"wants a client certificate"_s;
            QTest::addRow("%s, another", version)
                << QString::fromLatin1(version) << true << u"does not accept the client certificate “stranger”"_s;
        }
    }

    void aClientCertificateThatIsRefusedInTheHandshake()
    {
        QFETCH(const QString, version);
        QFETCH(const bool, hasCertificate);
        QFETCH(const QString, says);
        StrictServer server(m_server, m_authority.certificate(), {version});
        const auto port = server.port();
        QVERIFY(port > 0);
        auto webhook = webhookTo(QUrl(u"https://localhost:%1/"_s.arg(port)));
        const auto other = std::move(CertificateAuthority::create(u"Another authority"_s)).value();
        const auto stranger = other.issueClient(u"stranger"_s, {.notAfter = inDays(100)}).value();
        if (hasCertificate) {
            webhook.clientCertificate = QString::fromLatin1(stranger.certificate);
            webhook.clientKey = QString::fromLatin1(stranger.key);
        }
        const auto refused = checked(*m_engine, webhook);
        QVERIFY2(linesOf(refused, CheckSubject::Tls)[0].state == CheckState::Failed, qUtf8Printable(told(refused)));
        QVERIFY2(told(refused).contains(says), qUtf8Printable(told(refused)));

        const auto known = m_authority.issueClient(u"tocsin"_s, {.notAfter = inDays(100)}).value();
        webhook.clientCertificate = QString::fromLatin1(known.certificate);
        webhook.clientKey = QString::fromLatin1(known.key);
        const auto taken = checked(*m_engine, webhook);
        QVERIFY2(linesOf(taken, CheckSubject::Tls)[0].state == CheckState::Ok, qUtf8Printable(told(taken)));
    }

    void secrets()
    {
        auto webhook = webhookTo(QUrl(u"https://localhost:1/"_s));
        webhook.headers = {{u"X-Key"_s, u"${secret:team/key}"_s}, {u"X-Other"_s, u"${secret:team/other}"_s}};
        webhook.signingSecret = u"${secret:team/signing}"_s;
        m_shelf->values = {{u"team/key"_s, u"key-5f0e12345"_s}, {u"team/signing"_s, u"no base64, surely 77"_s}};
        const auto result = checked(*m_engine, webhook);
        const auto lines = linesOf(result, CheckSubject::Secrets);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0].field, u"type.http_request.headers.X-Other"_s);
        QVERIFY2(lines[0].found.text().contains("team/other"_L1), qUtf8Printable(told(result)));
        QCOMPARE(lines[1].field, u"signing.secret"_s);
        QVERIFY(!told(result).contains("key-5f0e12345"_L1) && !told(result).contains("surely"_L1));
        QVERIFY(linesOf(result, CheckSubject::Template)[0].state == CheckState::Ok);

        m_shelf->values.insert(u"team/other"_s, u"a line\nand another"_s);
        m_shelf->values.insert(u"team/signing"_s, u"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_s);
        const auto broken = checked(*m_engine, webhook);
        QVERIFY2(told(broken).contains("holds a line break"_L1), qUtf8Printable(told(broken)));
        QVERIFY(linesOf(broken, CheckSubject::Secrets)[0].state == CheckState::Ok);
        QVERIFY(linesOf(broken, CheckSubject::Secrets)[1].state == CheckState::Failed);
    }

    void aSecretThatIsATokenSaysWhenItEnds_data()
    {
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QString>("how");
        QTest::addColumn<QString>("says");
        const auto ending = [](const QDateTime &end) {
            return QByteArray(R"({"exp": )" + QByteArray::number(end.toSecsSinceEpoch()) + '}');
        };
        QTest::newRow("soon") << ending(inDays(10)) << u"warning"_s << u"10 day(s) left"_s;
        QTest::newRow("not yet") << ending(inDays(100)) << u"ok"_s << u"100 day(s) left"_s;
        QTest::newRow("over") << ending(ago(1)) << u"failed"_s << u"expired on"_s;
        QTest::newRow("never") << R"({"iat": 1})"_ba << QString() << QString();
        QTest::newRow("no number") << R"({"exp": "soon"})"_ba << QString() << QString();
        QTest::newRow("beyond all years") << R"({"exp": 1e300})"_ba << QString() << QString();
        QTest::newRow("no token") << "no claims"_ba << QString() << QString();
    }

    void aSecretThatIsATokenSaysWhenItEnds()
    {
        QFETCH(const QByteArray, claims);
        QFETCH(const QString, how);
        QFETCH(const QString, says);
        const auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
        const auto token = QByteArray("eyJhbGciOiJub25lIn0." + claims.toBase64(options) + ".c2lnbmF0dXJl");
        m_shelf->values.insert(u"team/token"_s, QString::fromLatin1(token));
        auto webhook = webhookTo(QUrl(u"https://localhost:1/"_s));
        webhook.headers = {{u"Authorization"_s, u"Bearer ${secret:team/token}"_s}};
        const auto result = checked(*m_engine, webhook);
        const auto lines = linesOf(result, CheckSubject::Secrets);
        QCOMPARE(lines.size(), how.isEmpty() ? 1 : 2);
        if (!how.isEmpty()) {
            QCOMPARE(toString(lines[0].state), how);
            QVERIFY2(lines[0].found.text().contains(says), qUtf8Printable(told(result)));
            QVERIFY(lines[0].ends.isValid());
        }
        QVERIFY(!told(result).contains(QString::fromLatin1(token)));
    }

    void aTemplateIsRenderedForWhatItsFiltersLetThrough()
    {
        const auto statusesOf = [](const Filters &filters) {
            QStringList statuses;
            const auto cases = checkCases(filters);
            for (const auto &one : cases) {
                const auto event = integrationEventFromJson(one.event);
                if (!event || event->status != one.status) {
                    return QStringList(u"not an event of its status"_s);
                }
                statuses.append(toString(one.status));
            }
            return statuses;
        };
        QCOMPARE(statusesOf({}),
                 QStringList({u"Warning"_s, u"Warning"_s, u"Warning"_s, u"Error"_s, u"Error"_s, u"Error"_s}));
        QCOMPARE(statusesOf({.integrations = {}, .types = {}, .statuses = {IntegrationStatus::Active}}),
                 QStringList({u"Active"_s, u"Active"_s, u"Active"_s}));

        auto webhook = webhookTo(QUrl(u"https://localhost:1/"_s));
        webhook.bodyTemplate = u"{\"m\": }"_s;
        const auto broken = checked(*m_engine, webhook);
        QVERIFY2(outline(broken).startsWith("document ok, template failed, name"_L1), qUtf8Printable(told(broken)));
        QCOMPARE(linesOf(broken, CheckSubject::Template)[0].position.column, 7);
    }

    void aTemplateThatSendsNothingForAStatusSaysWhich_data()
    {
        QTest::addColumn<QString>("bodyTemplate");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("says");
        const auto body = u"{\"s\": \"{{data.status}}\"}"_s;
        const auto url = u"https://localhost:1/hook"_s;
        QTest::newRow("the path of the URL")
            << body << u"https://localhost:1/{{map data.status Active=\"\" else=\"x\"}}"_s << u"type.http_request.url"_s
            << u"For the status Active: "_s;
        QTest::newRow("the body") << u"{{#if (eq data.status \"Active\")}}oops{{else}}{\"a\": 1}{{/if}}"_s << url
                                  << u"body_template"_s << u"when data.status is “Active”"_s;
        QTest::newRow("nothing wrong") << body << url << QString() << QString();
    }

    void aTemplateThatSendsNothingForAStatusSaysWhich()
    {
        QFETCH(const QString, bodyTemplate);
        QFETCH(const QString, url);
        QFETCH(const QString, field);
        QFETCH(const QString, says);
        auto webhook = webhookTo(QUrl());
        webhook.url = url;
        webhook.bodyTemplate = bodyTemplate;
        webhook.filters.statuses = {IntegrationStatus::Error, IntegrationStatus::Active};
        const auto result = checked(*m_engine, webhook);
        const auto lines = linesOf(result, CheckSubject::Template);
        QCOMPARE(lines.size(), 1);
        QVERIFY2((lines[0].state == CheckState::Failed) == !field.isEmpty(), qUtf8Printable(told(result)));
        QCOMPARE(lines[0].field, field);
        QVERIFY2(lines[0].found.text().contains(says), qUtf8Printable(told(result)));
        QVERIFY2(outline(result).contains("connection failed"_L1), qUtf8Printable(told(result)));
    }

    void aTemplateSaysForWhichEventsItFails_data()
    {
        using Fails = std::function<bool(const CheckCase &)>;
        QTest::addColumn<Fails>("fails");
        QTest::addColumn<bool>("isWarning");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const Fails &fails, bool isWarning, const QString &says) {
            QTest::newRow(name) << fails << isWarning << says;
        };
        row(
            "one status", [](const CheckCase &one) { return one.status == IntegrationStatus::Active; }, false,
            u"For the status Active: It is wrong."_s);
        row(
            "both", [](const CheckCase &) { return true; }, false, u"For the statuses Error, Active: It is wrong."_s);
        row(
            "one event", [](const CheckCase &one) { return one.sample == "Recovery"_L1; }, false,
            u"For the statuses Error, Active, with the event “Recovery”: It is wrong."_s);
        row(
            "one event of one status",
            [](const CheckCase &one) {
                return one.status == IntegrationStatus::Error && one.sample != "Mock event"_L1;
            },
            false, u"For the status Error, with the event “Recovery”, “Hostile values”: It is wrong."_s);
        row(
            "what hardly occurs", [](const CheckCase &one) { return one.isHostile; }, true,
            u"For the statuses Error, Active, with the event “Hostile values”: It is wrong."_s);
    }

    void aTemplateSaysForWhichEventsItFails()
    {
        QFETCH(const std::function<bool(const CheckCase &)>, fails);
        QFETCH(const bool, isWarning);
        QFETCH(const QString, says);
        auto cases = checkCases(
            {.integrations = {}, .types = {}, .statuses = {IntegrationStatus::Error, IntegrationStatus::Active}});
        for (auto &one : cases) {
            if (fails(one)) {
                one.error = InvocationError{.kind = ErrorKind::Template,
                                            .message = Sentence(u"It is wrong."_s),
                                            .hint = Sentence(u"Mend it."_s),
                                            .field = u"body_template"_s,
                                            .causes = {},
                                            .position = {.line = 3, .column = 4, .offset = 20}};
            }
        }
        const auto lines = templateLines(cases, {});
        QCOMPARE(lines.size(), 1);
        QVERIFY(lines[0].state == (isWarning ? CheckState::Warning : CheckState::Failed));
        QCOMPARE(lines[0].found.text(), says);
        QCOMPARE(lines[0].position.line, 3);
        QVERIFY(templateLines(cases, {u"body_template"_s}).isEmpty());
    }

    void aRequestThatCannotBeMadeOfAnEventSaysWhy()
    {
        auto webhook = webhookTo(QUrl(u"https://localhost:1/"_s));
        webhook.headers = {{u"X-Key"_s, u"${secret:team/key}"_s}};
        webhook.bodyTemplate = u"{{#with data}}{\"id\": \"{{id}}\"}{{/with}}"_s;
        const auto request = templateRequest(webhook, {});
        QVERIFY(!templateError(request, PayloadSchema::instance().mockEvent()));
        const auto error = templateError(request, Json::object());
        QVERIFY(error);
        QCOMPARE(toString(error->kind), u"template"_s);
        QVERIFY(error->position.isValid());
    }

    void aFaultyDocumentIsNotSentAnywhere()
    {
        auto webhook = webhookTo(QUrl());
        webhook.url = u"http://localhost:1/"_s;
        webhook.timeout = std::chrono::seconds(0);
        const auto result = checked(*m_engine, webhook);
        QCOMPARE(outline(result), u"document failed, document failed, connection skipped"_s);
    }

    void aLockedKeychainIsLeftAloneWhenNobodyWaits()
    {
        auto webhook = webhookTo(QUrl(u"https://localhost:1/"_s));
        webhook.headers = {{u"X-Key"_s, u"${secret:team/key}"_s}, {u"X-Other"_s, u"${secret:team/other}"_s}};
        m_shelf->isLocked = true;
        const auto result =
            awaitSignal(m_engine->check(checkInput(webhook), CheckManner::Unasked), &WebhookCheckJob::finished);
        const auto lines = linesOf(result, CheckSubject::Secrets);
        QCOMPARE(lines.size(), 1);
        QVERIFY(lines[0].isKeychains);
        QVERIFY(lines[0].state == CheckState::Skipped);
        QCOMPARE(m_shelf->log, QStringList());
        QVERIFY(!linesOf(result, CheckSubject::Connection).isEmpty());
    }

    void canBeCancelledWhileTheKeychainAsks()
    {
        auto webhook = webhookTo(QUrl(u"https://localhost:1/"_s));
        webhook.headers = {{u"X-Key"_s, u"${secret:team/key}"_s}};
        m_shelf->hangs = true;
        auto *job = m_engine->check(checkInput(webhook));
        QSignalSpy asks(job, &WebhookCheckJob::waitingForKeychain);
        QSignalSpy ended(job, &WebhookCheckJob::finished);
        QTRY_COMPARE(asks.size(), 1);
        job->cancel();
        QCOMPARE(ended.size(), 1);
        const auto result = ended[0][0].value<WebhookCheckResult>();
        QVERIFY(result.isCancelled);
        QCOMPARE(outline(result), u"document ok"_s);
    }

    void canBeCancelledOnTheWay()
    {
        FakeServer server(m_server, FakeServer::silence());
        server.setSpeaksTls(false);
        auto *job = m_engine->check(checkInput(webhookTo(server.url())));
        QSignalSpy ended(job, &WebhookCheckJob::finished);
        QTRY_COMPARE(server.connections(), 1);
        job->cancel();
        QCOMPARE(ended.size(), 1);
        QVERIFY(ended[0][0].value<WebhookCheckResult>().isCancelled);
        QTRY_COMPARE(server.openConnections(), 0);
    }
};

Q_DECLARE_METATYPE(Tocsin::IssuedCertificate)
Q_DECLARE_METATYPE(std::function<bool(const Tocsin::CheckCase &)>)

QTEST_GUILESS_MAIN(TestWebhookCheck)
#include "tst_webhookcheck.moc"
