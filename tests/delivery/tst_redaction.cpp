// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction.h"

#include <QTest>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hidesEveryForm_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QByteArray>("form");
        const auto awkward = u"pa\"ss\\wörd/+ &<1>"_s;
        const auto json = [](const QByteArray &text) {
            const auto quoted = QByteArray::fromStdString(writeJson(Json(text.toStdString())));
            return quoted.sliced(1, quoted.size() - 2);
        };
        const auto once = json(awkward.toUtf8());
        QTest::newRow("as it is") << u"s3cr3t-token"_s << "s3cr3t-token"_ba;
        QTest::newRow("awkward") << awkward << awkward.toUtf8();
        QTest::newRow("latin 1") << awkward << awkward.toLatin1();
        QTest::newRow("JSON") << awkward << once;
        QTest::newRow("JSON, ASCII only") << awkward << "pa\\\"ss\\\\w\\u00f6rd/+ &<1>"_ba;
        QTest::newRow("JSON, ASCII only, capitals") << awkward << "pa\\\"ss\\\\w\\u00F6rd/+ &<1>"_ba;
        QTest::newRow("JSON, slashes escaped") << awkward << "pa\\\"ss\\\\wörd\\/+ &<1>"_ba;
        QTest::newRow("JSON in JSON") << awkward << json(once);
        QTest::newRow("JSON in JSON, ASCII only") << awkward << "pa\\\\\\\"ss\\\\\\\\w\\\\u00f6rd/+ &<1>"_ba;
        QTest::newRow("JSON in JSON, echoed") << awkward << json(json(once));
        QTest::newRow("JSON in JSON, echoed, ASCII only") << awkward << "pa\\\\\\\"ss\\\\\\\\w\\u00f6rd/+ &<1>"_ba;
        QTest::newRow("JSON in JSON in JSON, echoed") << awkward << json(json(json(once)));
        QTest::newRow("percent-encoded") << awkward << QUrl::toPercentEncoding(awkward);
        QTest::newRow("percent-encoded, small letters") << awkward << "pa%22ss%5cw%c3%b6rd%2f%2b%20%26%3c1%3e"_ba;
        QTest::newRow("form") << awkward << "pa%22ss%5Cw%C3%B6rd%2F%2B+%26%3C1%3E"_ba;
        QTest::newRow("in a path") << u"T00/B00/x y"_s << "T00/B00/x%20y"_ba;
        QTest::newRow("base64") << awkward << awkward.toUtf8().toBase64();
        QTest::newRow("base64 for URLs") << u"~~~>>>~~~"_s << "~~~>>>~~~"_ba.toBase64(QByteArray::Base64UrlEncoding);
        QTest::newRow("HTML") << awkward << "pa&quot;ss\\wörd/+ &amp;&lt;1&gt;"_ba;
        QTest::newRow("with a line break at its end") << u"s3cr3t-token\n"_s << "s3cr3t-token"_ba;
    }

    void hidesEveryForm()
    {
        QFETCH(const QString, secret);
        QFETCH(const QByteArray, form);
        Redaction redaction;
        redaction.add(secret);
        QCOMPARE(redaction.redact("before " + form + " after"), "before •••••• after"_ba);
    }

    void leavesShortValuesAlone()
    {
        Redaction redaction;
        redaction.add(u"12345"_s);
        redaction.add(u"     12345     "_s.trimmed());
        QCOMPARE(redaction.redact("a 12345 b"_ba), "a 12345 b"_ba);
        redaction.add(u"123456"_s);
        QCOMPARE(redaction.redact(u"a 123456 b"_s), u"a •••••• b"_s);
    }

    void doesNotTakeWhatLooksLikeReplacedCharacters()
    {
        Redaction redaction;
        redaction.add(u"日本語日本語"_s);
        QCOMPARE(redaction.redact("what???????"_ba), "what???????"_ba);
        QCOMPARE(redaction.redact("日本語日本語"_ba), "••••••"_ba);
    }

    void overlappingSecretsBecomeOneMark()
    {
        Redaction redaction;
        redaction.add(u"abcdefgh"_s);
        redaction.add(u"efghijkl"_s);
        redaction.add(u"abcdef"_s);
        QCOMPARE(redaction.redact("-abcdefghijkl-abcdef-"_ba), "-••••••-••••••-"_ba);
    }

    void aCutBodyHidesTheBeginningOfASecret()
    {
        Redaction redaction;
        redaction.add(u"s3cr3t-token"_s);
        QCOMPARE(redaction.redactCut("body s3cr3t-to"_ba), "body ••••••"_ba);
        QCOMPARE(redaction.redactCut("body s3cr"_ba), "body s3cr"_ba);
    }

    void knowsThePasswordInBasicCredentials()
    {
        Redaction redaction;
        redaction.addBasicCredentials("user:pass:word"_ba.toBase64());
        QCOMPARE(redaction.redact("user said pass:word, "_ba + "user:pass:word"_ba.toBase64()),
                 "user said ••••••, ••••••"_ba);
    }

    void coversAllOfAnInvocation()
    {
        const auto secret = u"s3cr3t-token"_s;
        Invocation invocation;
        invocation.reason = secret;
        invocation.error = InvocationError{.kind = ErrorKind::Http,
                                           .message = secret,
                                           .hint = secret,
                                           .field = u"body_template"_s,
                                           .causes = {secret},
                                           .position = {}};
        const SentRequest request{.method = u"POST"_s,
                                  .url = "https://a.test/"_L1 % secret,
                                  .headers = {{u"X"_s, secret}},
                                  .body = secret.toUtf8()};
        const ReceivedResponse response{.status = 200,
                                        .reasonPhrase = secret,
                                        .httpVersion = u"1.1"_s,
                                        .headers = {{secret, secret}},
                                        .body = secret.toUtf8(),
                                        .truncated = false};
        invocation.request = request;
        invocation.response = response;
        invocation.validators = {{.jsonPath = u"$.data"_s,
                                  .expectedValues = {secret},
                                  .actual = u'"' % secret % u'"',
                                  .passed = false,
                                  .message = secret}};
        invocation.tokenExchange = TokenExchange{};
        invocation.tokenExchange->request = request;
        invocation.tokenExchange->response = response;
        QVERIFY(writeJson(toJson(invocation)).find(secret.toStdString()) != std::string::npos);
        Redaction redaction;
        redaction.add(secret);
        redaction.redact(invocation);
        const auto written = writeJson(toJson(invocation));
        QVERIFY2(written.find(secret.toStdString()) == std::string::npos, written.c_str());
    }
};

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
