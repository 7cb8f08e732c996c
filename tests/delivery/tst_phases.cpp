// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// What took how long: one axis without a gap, whatever becomes of the request. invoke() checks that the parts are the
/// whole and stand in order; here is which they are.
class TestPhases : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;

    static constexpr auto fresh = "lookup connect tls send wait receive"_L1;

    /// Without what may have taken no time at all on a quick machine.
    static QString phases(const Invocation &invocation)
    {
        QStringList words;
        static const QStringList fleeting{u"render"_s, u"queued"_s, u"token"_s, u"wait"_s, u"judge"_s};
        for (const auto &word : timelineText(invocation.timeline).split(u' ')) {
            if (!fleeting.contains(word.section(u':', -1))) {
                words.append(word);
            }
        }
        return words.join(u' ');
    }

    static QString measured(const Invocation &invocation)
    {
        const auto &timings = invocation.timings;
        QStringList words;
        const std::pair<const char *, std::optional<Milliseconds>> all[] = {
            {"lookup", timings.lookup}, {"connect", timings.connect}, {"tls", timings.tls},
            {"send", timings.send},     {"wait", timings.wait},       {"receive", timings.receive}};
        for (const auto &[word, time] : all) {
            if (time) {
                words.append(QString::fromLatin1(word));
            }
        }
        return words.join(u' ');
    }

private Q_SLOTS:
    void aFreshConnectionAndAKeptOne()
    {
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        const auto first = invoke(dispatcher, requestTo(server.url(), m_pki));
        QCOMPARE(phases(first), u"lookup connect tls send receive"_s);
        QCOMPARE(measured(first), QString(fresh));
        const auto second = invoke(dispatcher, requestTo(server.url(), m_pki));
        QCOMPARE(phases(second), u"send receive"_s);
        QCOMPARE(measured(second), u"send wait receive"_s);
        QVERIFY(second.connectionReused);
    }

    void anAddressIsNotLookedUp()
    {
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.url = u"https://127.0.0.1:%1/"_s.arg(server.serverPort());
        QCOMPARE(measured(invoke(dispatcher, request)), u"connect tls send wait receive"_s);
    }

    void whereItFails_data()
    {
        QTest::addColumn<QString>("failure");
        QTest::addColumn<QString>("phases");
        const auto row = [](const char *name, const QString &phases) {
            QTest::newRow(name) << QString::fromLatin1(name) << phases;
        };
        row("refused", u"lookup connect"_s);
        row("silent before TLS", u"lookup connect tls"_s);
        row("certificate", u"lookup connect tls"_s);
        row("closed", u"lookup connect tls send wait"_s);
        row("silent", u"lookup connect tls send wait"_s);
        row("half an answer", u"lookup connect tls send wait receive"_s);
        row("no HTTP", u"lookup connect tls send wait"_s); // none of it was a head
    }

    void whereItFails()
    {
        QFETCH(const QString, failure);
        QFETCH(const QString, phases);
        FakeServer server(m_pki.server, FakeServer::hangUp());
        auto request = requestTo(server.url(), m_pki);
        request.webhook.timeout = std::chrono::seconds(failure.startsWith(u"silent"_s) ? 1 : 60);
        if (failure == "refused"_L1) {
            server.close();
        } else if (failure == "silent before TLS"_L1) {
            server.setSpeaksTls(false);
        } else if (failure == "certificate"_L1) {
            request.webhook.caCertificates.clear();
        } else if (failure == "silent"_L1) {
            server.setAnswer(FakeServer::silence());
        } else if (failure == "half an answer"_L1) {
            server.setAnswer([](QSslSocket &socket, const QByteArray &) {
                socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                socket.disconnectFromHost();
            });
        } else if (failure == "no HTTP"_L1) {
            server.setAnswer(FakeServer::sending("220 mail.example.test ESMTP\r\n"));
        }
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(invocation.verdict, Verdict::Failed);
        QCOMPARE(measured(invocation), phases);
        QCOMPARE(this->phases(invocation), QString(phases).remove(u" wait"_s));
    }

    void aTokenThatIsRenewed()
    {
        int given = 0;
        FakeServer server(m_pki.server, [&given](QSslSocket &socket, const QByteArray &request) {
            if (request.startsWith("POST /token ")) {
                socket.write(FakeServer::response(
                    200, "{\"access_token\": \"token-" + QByteArray::number(++given) + "\", \"expires_in\": 3600}",
                    {"Content-Type: application/json"}));
            } else {
                socket.write(FakeServer::response(request.contains("Bearer token-2") ? 200 : 401, "{}"));
            }
        });
        Dispatcher dispatcher;
        auto request = requestTo(server.url(u"/hook"_s), m_pki);
        request.webhook.oauth = OAuthClientCredentials{.clientId = u"client"_s,
                                                       .clientSecret = u"s3cret"_s,
                                                       .tokenEndpointUrl = server.url(u"/token"_s).toString(),
                                                       .scopes = {}};
        const auto invocation = invoke(dispatcher, request);
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.sent, 2);
        QVERIFY(invocation.tokenExchange->renewed);
        const auto words = phases(invocation).split(u' ');
        QStringList numbered;
        for (const auto &word : words) {
            if (word.contains(u':')) {
                numbered.append(word);
            }
        }
        QCOMPARE(numbered,
                 (QStringList{u"1:lookup"_s, u"1:connect"_s, u"1:tls"_s, u"1:send"_s, u"1:receive"_s, u"2:send"_s,
                              u"2:receive"_s}));
        // The request's own: to the same host, so on the same connection, twice.
        QCOMPARE(words.count(u"send"_s), 2);
        QCOMPARE(words.count(u"receive"_s), 2);
        QVERIFY(words.indexOf(u"send"_s) > words.indexOf(u"1:receive"_s));
        QVERIFY(words.indexOf(u"2:send"_s) > words.indexOf(u"receive"_s));
        QVERIFY(words.lastIndexOf(u"send"_s) > words.indexOf(u"2:receive"_s));
    }
};

QTEST_GUILESS_MAIN(TestPhases)
#include "tst_phases.moc"
