// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fieldlabel.h"
#include "sampleinvocations.h"
#include "troubleshootingtext.h"

#include <QTest>

using namespace Tocsin;

class TestTroubleshooting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void evidence_data();
    void evidence();
    void fieldLabels_data();
    void fieldLabels();
};

void TestTroubleshooting::evidence_data()
{
    QTest::addColumn<Invocation>("invocation");
    QTest::addColumn<QStringList>("sentences");

    Invocation redirect = failedInvocation(ErrorKind::Http, u"It redirects."_s);
    redirect.response->status = 302;
    redirect.response->reasonPhrase = u"Found"_s;
    redirect.response->headers.append({u"Location"_s, u"https://elsewhere.example/"_s});
    QTest::newRow("redirect") << redirect
                              << QStringList{
                                     u"The target answered 302 Found after 84 ms."_s,
                                     u"It pointed to https://elsewhere.example/; redirects are not followed."_s};

    Invocation refused = failedInvocation(ErrorKind::Refused, u"Refused."_s);
    refused.response.reset();
    refused.sent = 0;
    refused.proxy = u"proxy.example:3128"_s;
    QTest::newRow("not sent, through a proxy")
        << refused
        << QStringList{u"The request was not sent."_s, u"It ended after 84 ms."_s,
                       u"The connection went through the system's proxy proxy.example:3128."_s};

    Invocation faulty = failedInvocation(ErrorKind::Template, u"The template is not JSON."_s);
    faulty.error->position = {.line = 3, .column = 5, .offset = 20};
    faulty.response.reset();
    QTest::newRow("template") << faulty << QStringList{u"It is in line 3, column 5 of the body template."_s};

    Invocation validator = failedInvocation(ErrorKind::Validator, u"A validator failed."_s);
    validator.validators.first().passed = false;
    validator.validators.first().message = Sentence(u"It is \"no\"."_s);
    QTest::newRow("validator") << validator << QStringList{u"$.data.status: It is \"no\"."_s};

    Invocation oauth = failedInvocation(ErrorKind::OAuth, u"No token."_s);
    oauth.response.reset();
    oauth.sent = 0;
    oauth.tokenExchange = sampleTokenExchange();
    oauth.tokenExchange->response->status = 401;
    oauth.tokenExchange->response->reasonPhrase = u"Unauthorized"_s;
    QTest::newRow("token endpoint") << oauth << QStringList{u"The token endpoint answered 401 Unauthorized."_s};

    Invocation tokenless = oauth;
    tokenless.tokenExchange->response->status = 200;
    tokenless.tokenExchange->response->reasonPhrase = u"OK"_s;
    QTest::newRow("no token in it") << tokenless << QStringList{u"The token endpoint answered 200 OK."_s};

    Invocation refusedToken = failedInvocation(ErrorKind::Http, u"The target answered 401."_s);
    refusedToken.tokenExchange = sampleTokenExchange();
    QTest::newRow("a token, refused") << refusedToken << QStringList{u"The token exchange succeeded."_s};

    Invocation tls = failedInvocation(ErrorKind::Tls, u"Not trusted."_s);
    tls.response.reset();
    tls.sent = 0;
    tls.tls->errors = {u"The issuer is unknown"_s};
    tls.error->detail = u"error:0A000086:SSL routines::certificate verify failed"_s;
    QTest::newRow("certificate") << tls
                                 << QStringList{u"The issuer is unknown"_s,
                                                u"The certificate of CN=target.example was issued by CN=Example Root "
                                                "and is valid from 1 March 2026 to 1 March 2027."_s};
    Invocation expired = tls;
    expired.startedAt = QDateTime(QDate(2027, 3, 2), QTime(0, 0), Qt::UTC);
    QTest::newRow("certificate, expired, too")
        << expired
        << QStringList{u"The certificate of CN=target.example was issued by CN=Example Root and was valid from "
                       "1 March 2026 to 1 March 2027: it has expired."_s};
    tls.error->detail = tls.tls->errors.first();
    QTest::newRow("certificate, in the same words") << tls << QStringList{};
}

void TestTroubleshooting::evidence()
{
    QFETCH(Invocation, invocation);
    QFETCH(QStringList, sentences);
    const Troubleshooting found = troubleshoot(invocation);
    QCOMPARE(found.what, invocation.error->message);
    QCOMPARE(found.detail, invocation.error->detail);
    QVERIFY(!found.evidence.contains(found.detail));
    for (const QString &sentence : sentences) {
        QVERIFY2(found.evidence.contains(sentence), qPrintable(found.evidence.join(u'\n')));
    }
}

void TestTroubleshooting::fieldLabels_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("label");
    QTest::newRow("url") << u"type.http_request.url"_s << u"URL"_s;
    QTest::newRow("header") << u"type.http_request.headers.X-Key"_s << u"Headers"_s;
    QTest::newRow("validator") << u"response_validators[1].json_path"_s << u"Response Validators"_s;
    QTest::newRow("secret") << u"authentication_config.oauth.client_secret"_s << u"Client Secret"_s;
    QTest::newRow("timeout") << u"timeout_in_sec"_s << u"Timeout in seconds"_s;
    QTest::newRow("settle") << u"delivery.settle_in_sec"_s << u"Settle time"_s;
    QTest::newRow("age") << u"delivery.maximum_age_in_sec"_s << u"Maximum age"_s;
    QTest::newRow("rate") << u"delivery.rate_per_minute"_s << u"Rate"_s;
    QTest::newRow("keep") << u"delivery.keep"_s << u"Only the newest status"_s;
    QTest::newRow("only alike") << u"names"_s << QString();
    QTest::newRow("none") << QString() << QString();
}

void TestTroubleshooting::fieldLabels()
{
    QFETCH(QString, field);
    QFETCH(QString, label);
    QCOMPARE(fieldLabel(field), label);
}

QTEST_MAIN(TestTroubleshooting)
#include "tst_troubleshooting.moc"
