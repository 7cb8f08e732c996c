// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearerchallenge.h"

#include "tokenmessages.h"
#include "verdict.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestBearerChallenge : public QObject
{
    Q_OBJECT

private:
    static ReceivedResponse refusing(const QStringList &fields, int status = 403)
    {
        ReceivedResponse response{
            .status = status, .reasonPhrase = u"Forbidden"_s, .httpVersion = u"1.1"_s, .headers = {}, .body = {}};
        for (const auto &field : fields) {
            response.headers.append({.name = u"www-authenticate"_s, .value = field});
        }
        return response;
    }

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QStringList>("fields");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QStringList>("scopes");
        const auto row = [](const char *name, const QStringList &fields, const QString &error,
                            const QStringList &scopes) {
            QTest::newRow(name) << fields << error << scopes;
        };
        const auto lacking = u"insufficient_scope"_s;
        row("as RFC 6750 has it", {u"Bearer realm=\"example\", error=\"insufficient_scope\", scope=\"a b\""_s}, lacking,
            {u"a"_s, u"b"_s});
        row("without quotes", {u"bearer error=insufficient_scope,scope=a"_s}, lacking, {u"a"_s});
        row("with spaces around", {u"Bearer error = \"insufficient_scope\" , scope =\"a\""_s}, lacking, {u"a"_s});
        row("another scheme before", {u"Basic realm=\"x, error=\\\"y\\\"\", Bearer error=\"invalid_token\""_s},
            u"invalid_token"_s, {});
        row("another scheme behind", {u"Bearer error=\"insufficient_scope\", scope=\"a\", Basic scope=\"b\""_s},
            lacking, {u"a"_s});
        row("in another field", {u"Negotiate dG9rZW4=="_s, u"Bearer error=\"insufficient_scope\""_s}, lacking, {});
        row("escaped", {u"Bearer scope=\"a\\b c\", error=\"insufficient_scope\""_s}, lacking, {u"ab"_s, u"c"_s});
        row("no error", {u"Bearer realm=\"x\""_s}, {}, {});
        row("another scheme's error", {u"DPoP error=\"insufficient_scope\""_s}, {}, {});
        row("nothing", {QString()}, {}, {});
        row("no end of the quotes", {u"Bearer error=\"insufficient_scope"_s}, lacking, {});
        row("signs alone", {u",,=\"=\\"_s}, {}, {});
    }

    void reads()
    {
        QFETCH(QStringList, fields);
        QFETCH(QString, error);
        QFETCH(QStringList, scopes);
        const auto challenge = bearerChallenge(refusing(fields));
        QCOMPARE(challenge.has_value(), !error.isEmpty());
        if (challenge) {
            QCOMPARE(*challenge, (BearerChallenge{.error = error, .scopes = scopes}));
        }
    }

    void theTargetsMissingScopeLeadsToScopes()
    {
        Webhook webhook;
        webhook.oauth = OAuthClientCredentials{
            .clientId = {}, .clientSecret = {}, .tokenEndpointUrl = {}, .scopes = {u"events.read"_s}};
        Invocation invocation;
        invocation.response = refusing({u"Bearer error=\"insufficient_scope\", scope=\"events.read events.write\""_s});
        judge(invocation, webhook);
        QVERIFY(invocation.error->kind == ErrorKind::Http);
        QCOMPARE(invocation.error->field, u"authentication_config.oauth.scopes"_s);
        QVERIFY2(invocation.reason.text().contains(u"“events.write”"_s), qPrintable(invocation.reason));
        QVERIFY(!invocation.reason.text().contains(u"events.read"_s));
        QVERIFY(invocation.error->hint.text().contains(u"“events.write”"_s));

        invocation.response = refusing({u"Bearer error=\"insufficient_scope\", scope=\"a b\""_s});
        judge(invocation, webhook);
        QCOMPARE(invocation.reason.text(),
                 u"The target answered 403 Forbidden: the token lacks the scopes “a”, “b”."_s);

        invocation.response = refusing({u"Bearer error=\"insufficient_scope\""_s});
        judge(invocation, webhook);
        QCOMPARE(invocation.error->field, u"authentication_config.oauth.scopes"_s);

        invocation.response = refusing({u"Bearer error=\"invalid_token\""_s});
        judge(invocation, webhook);
        QCOMPARE(invocation.error->field, u"authentication_config.oauth.scopes"_s); // what the token was asked for
        QVERIFY(!invocation.reason.text().contains(u"lacks"_s));

        webhook.oauth.reset(); // a token that a person has put into a header
        invocation.response = refusing({u"Bearer error=\"insufficient_scope\", scope=\"a\""_s});
        judge(invocation, webhook);
        QCOMPARE(invocation.error->field, u"type.http_request.headers"_s);
    }

    void theTokenEndpointsScopesLeadThere()
    {
        auto response = refusing({u"Bearer error=\"insufficient_scope\", scope=\"a b\""_s});
        auto answer = TokenMessages::read(response, {}, {u"a"_s});
        QVERIFY(answer.error->kind == ErrorKind::OAuth);
        QCOMPARE(answer.error->field, u"authentication_config.oauth.scopes"_s);
        QVERIFY(answer.error->message.text().contains(u"“b”"_s));

        response = refusing({}, 400);
        response.body = R"({"error": "invalid_scope"})";
        answer = TokenMessages::read(response, {}, {u"events.wirte"_s});
        QCOMPARE(answer.error->field, u"authentication_config.oauth.scopes"_s);
        QVERIFY2(answer.error->message.text().contains(u"“events.wirte”"_s), qPrintable(answer.error->message));
    }

    void showsNoMoreThanAPersonReads()
    {
        QStringList many;
        for (int i = 0; i < 100; ++i) {
            many.append(u"scope%1"_s.arg(i));
        }
        const QString field =
            "Bearer error=insufficient_scope, scope=\""_L1 % many.join(u' ') % u' ' % QString(10'000, u'x') % u'"';
        const auto missing = missingScopes(refusing({field}), {u"scope0"_s});
        QVERIFY(missing);
        QCOMPARE(missing->size(), 20);
        QCOMPARE(missing->first(), u"scope1"_s);
        QCOMPARE(missingScopes(refusing({u"Bearer error=insufficient_scope, scope=a"_s}), {u"a"_s}),
                 QStringList{u"a"_s});
    }
};

QTEST_GUILESS_MAIN(TestBearerChallenge)
#include "tst_bearerchallenge.moc"
