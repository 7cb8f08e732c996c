// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction.h"

#include <QStringDecoder>
#include <QStringEncoder>
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

    void knowsASecretOfAUrlAsItIsHandedOn_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QByteArray>("echo");
        const auto secret = u"a%2fb%7Ec+d%2Be%20f"_s;
        QTest::newRow("as sent") << secret << "a%2fb%7Ec+d%2Be%20f"_ba;
        QTest::newRow("capitals, unreserved ones plain") << secret << "a%2Fb~c+d%2Be%20f"_ba;
        QTest::newRow("as a path") << secret << "a/b~c+d+e f"_ba;
        QTest::newRow("as a form") << secret << "a/b~c d+e f"_ba;
        QTest::newRow("as a form, in JSON of .NET") << secret << "a\\/b~c d\\u002Be f"_ba;
        QTest::newRow("encoded again") << secret << "a%252fb%257Ec%2Bd%252Be%2520f"_ba;
        QTest::newRow("encoded twice, decoded once") << u"a%252Fb%2520c%25"_s << "a%2Fb%20c%"_ba;
        QTest::newRow("UUID in capitals")
            << u"0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f"_s << "0A1B2C3D-0000-4000-8000-0A1B2C3D4E5F"_ba;
        QTest::newRow("digest in small letters") << u"DEADBEEF0042"_s << "deadbeef0042"_ba;
    }

    void knowsASecretOfAUrlAsItIsHandedOn()
    {
        QFETCH(const QString, secret);
        QFETCH(const QByteArray, echo);
        Redaction redaction;
        redaction.add(secret);
        QCOMPARE(redaction.redact("before " + echo + " after"), "before •••••• after"_ba);
    }

    void knowsTheLongPiecesOfASecret()
    {
        Redaction redaction;
        redaction.addWithPieces(u"T00000000/B00000000/XXXXXXXX1XXXXXXXXXXXXXXX"_s);
        redaction.addWithPieces(u"invoke?sp=%2Ftriggers%2Fmanual%2Frun&sig=abcdefghijklmnop0123"_s);
        QCOMPARE(redaction.redact(u"no hook XXXXXXXX1XXXXXXXXXXXXXXX of B00000000 by /triggers/manual/run"_s),
                 u"no hook •••••• of B00000000 by /triggers/manual/run"_s);
        QCOMPARE(redaction.redact("{\"sig\":\"abcdefghijklmnop0123\"}"_ba), "{\"sig\":\"••••••\"}"_ba);
    }

    void blanksAndByteZeroHideNothing()
    {
        Redaction redaction;
        redaction.add(u"s3cr3t-token"_s);
        redaction.add(u"correct horse battery"_s);
        QCOMPARE(redaction.redact("a s3cr3t-\r\n  token b"_ba), "a •••••• b"_ba);
        QCOMPARE(redaction.redact("\"s3cr\\n3t-token\""_ba), "\"••••••\""_ba);
        const auto wide = u"as3cr3t-tokenb"_s;
        QCOMPARE(redaction.redact(QByteArray(reinterpret_cast<const char *>(wide.utf16()), 2 * wide.size())),
                 QByteArray::fromRawData("a\0••••••\0b\0", 23));
        QCOMPARE(redaction.redact("correct+horse%20battery correct horse\tbattery"_ba),
                 "•••••• correct horse\tbattery"_ba);
        QCOMPARE(redaction.redact(u"not s3cr3t- token"_s), u"not s3cr3t- token"_s);
    }

    void aSurrogateThatIsAloneStays()
    {
        Redaction redaction;
        redaction.add(u"s3cr3t-tökén"_s);
        const QString broken = QString(QChar(0xd83d)) + u"ü"_s;
        QCOMPARE(redaction.redact(QString(broken + u"s3cr3t-tökén"_s + broken)),
                 QString(broken + u"••••••"_s + broken));
    }

    void redactsABodyInItsEncoding_data()
    {
        QTest::addColumn<QString>("contentType");
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<bool>("hasMark");
        QTest::newRow("UTF-8") << u"text/plain"_s << "UTF-8"_ba << false;
        QTest::newRow("UTF-16, little-endian") << u"text/plain; charset=utf-16le"_s << "UTF-16LE"_ba << false;
        QTest::newRow("UTF-16, big-endian") << u"text/plain; charset=utf-16be"_s << "UTF-16BE"_ba << false;
        QTest::newRow("UTF-16 by its mark") << u"text/plain"_s << "UTF-16"_ba << true;
        QTest::newRow("UTF-32") << u"text/plain; charset=utf-32"_s << "UTF-32BE"_ba << false;
        QTest::newRow("Latin-1") << u"text/plain; charset=iso-8859-1"_s << "ISO-8859-1"_ba << false;
        QTest::newRow("unsaid Latin-1") << u"text/plain"_s << "ISO-8859-1"_ba << false;
    }

    void redactsABodyInItsEncoding()
    {
        QFETCH(const QString, contentType);
        QFETCH(const QByteArray, encoding);
        QFETCH(const bool, hasMark);
        Redaction redaction;
        redaction.add(u"s3cr3t-tökén"_s);
        const auto written = [&encoding, hasMark](const QString &text) {
            QStringEncoder encoder(encoding.constData(),
                                   hasMark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
            return QByteArray(encoder.encode(text));
        };
        ReceivedResponse response;
        response.headers = {{u"Content-Type"_s, contentType}};
        response.body = written(u"über s3cr3t-tökén, s3cr3t-t\\u00f6k%C3%A9n, czNjcjN0LXTDtmvDqW4="_s);
        redaction.redact(response);
        const bool isNarrow = encoding == "ISO-8859-1";
        const auto mark = isNarrow ? u"******"_s : u"••••••"_s;
        QCOMPARE(response.body, written(u"über %1, %1, %1="_s.arg(mark)));
    }

    void redactsABodyInAnEncodingThatQtAloneKnows()
    {
        QStringEncoder encoder("Shift-JIS");
        if (!encoder.isValid()) {
            QSKIP("This Qt does not know Shift-JIS.");
        }
        Redaction redaction;
        redaction.add(u"秘密の言葉です"_s);
        ReceivedResponse response;
        response.headers = {{u"Content-Type"_s, u"text/plain; charset=shift_jis"_s}};
        response.body = encoder.encode(u"はい 秘密の言葉です 終"_s);
        redaction.redact(response);
        QVERIFY(!QString(QStringDecoder("Shift-JIS")(response.body)).contains(u"秘密"_s));
        QVERIFY(QString(QStringDecoder("Shift-JIS")(response.body)).startsWith(u"はい "_s));
    }

    void redactsNamesAndFoldedValuesOfFields()
    {
        Redaction redaction;
        redaction.add(u"s3cr3t-token"_s);
        ReceivedResponse response;
        response.headers = {{u"x-s3cr3t-token"_s, u"a s3cr3t-to ken b"_s}};
        response.interim = {
            {.status = 103, .reasonPhrase = u"s3cr3t-token"_s, .headers = {{u"a"_s, u"s3cr3t%2dtoken"_s}}}};
        response.trailers = {{u"checksum"_s, u"czNjcjN0LXRva2Vu"_s}};
        redaction.redact(response);
        QCOMPARE(response.headers, (QList<Header>{{u"x-••••••"_s, u"a •••••• b"_s}}));
        QCOMPARE(response.interim.first().reasonPhrase, u"••••••"_s);
        QCOMPARE(response.interim.first().headers.first().value, u"••••••"_s);
        QCOMPARE(response.trailers.first().value, u"••••••"_s);
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
        invocation.reason = Sentence(secret);
        invocation.error = InvocationError{.kind = ErrorKind::Http,
                                           .message = Sentence(secret),
                                           .hint = Sentence(secret),
                                           .field = u"body_template"_s,
                                           .causes = {Sentence(secret)},
                                           .position = {}};
        const SentRequest request{.method = u"POST"_s,
                                  .url = "https://a.test/"_L1 % secret,
                                  .headers = {{u"X"_s, secret}},
                                  .body = secret.toUtf8()};
        const ReceivedResponse response{
            .status = 200,
            .reasonPhrase = secret,
            .httpVersion = u"1.1"_s,
            .headers = {{secret, secret}},
            .body = secret.toUtf8(),
            .truncated = false,
            .interim = {{.status = 103, .reasonPhrase = secret, .headers = {{secret, secret}}}},
            .trailers = {{secret, secret}}};
        const TlsInfo tls{.protocol = u"TLSv1.3"_s,
                          .cipher = {},
                          .chain = {{.subject = secret,
                                     .issuer = secret,
                                     .alternativeNames = {secret},
                                     .notBefore = {},
                                     .notAfter = {},
                                     .serialNumber = secret,
                                     .sha256Fingerprint = {},
                                     .publicKey = {},
                                     .pem = "-----BEGIN CERTIFICATE-----\n"_L1
                                         % QString::fromLatin1(QByteArray("0 " + secret.toUtf8()).toBase64())
                                         % "\n-----END CERTIFICATE-----\n"_L1}},
                          .errors = {secret},
                          .clientCertificate = secret};
        invocation.tls = tls;
        invocation.request = request;
        invocation.response = response;
        invocation.validators = {{.jsonPath = secret,
                                  .expectedValues = {secret},
                                  .actual = u'"' % secret % u'"',
                                  .passed = false,
                                  .message = Sentence(secret)}};
        invocation.tokenExchange = TokenExchange{};
        invocation.tokenExchange->request = request;
        invocation.tokenExchange->response = response;
        invocation.tokenExchange->tls = tls;
        invocation.earlierTokenExchanges = {*invocation.tokenExchange};
        QVERIFY(writeJson(toJson(invocation)).find(secret.toStdString()) != std::string::npos);
        Redaction redaction;
        redaction.add(secret);
        redaction.redact(invocation);
        const auto written = writeJson(toJson(invocation));
        QVERIFY2(written.find(secret.toStdString()) == std::string::npos, written.c_str());
        QVERIFY(!invocation.tls->chain.first().pem.contains(u"MCBzM2NyM3QtdG9rZW4"_s));
    }
};

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
