// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict.h"

#include <QStringEncoder>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestVerdict : public QObject
{
    Q_OBJECT

private:
    static ReceivedResponse response(const QByteArray &body, int status = 200)
    {
        return {.status = status,
                .reasonPhrase = u"Reason"_s,
                .httpVersion = u"1.1"_s,
                .headers = {{u"Content-Type"_s, u"text/plain"_s}, {u"X-Two"_s, u"1"_s}, {u"x-two"_s, u"2"_s}},
                .body = body,
                .truncated = false};
    }

private Q_SLOTS:
    void values_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QStringList>("expected");
        QTest::addColumn<bool>("passes");
        const auto row = [](const char *name, const QByteArray &body, const QString &path, const QStringList &expected,
                            bool passes) {
            QTest::newRow(name) << body << path << expected << passes;
        };
        row("true", R"({"ok": true})", u"$.data.ok"_s, {u"true"_s}, true);
        row("true as text", R"({"ok": "true"})", u"$.data.ok"_s, {u"true"_s}, true);
        row("false", R"({"ok": false})", u"$.data.ok"_s, {u"true"_s}, false);
        row("null", R"({"ok": null})", u"$.data.ok"_s, {u"null"_s}, true);
        row("null as text", R"({"ok": "null"})", u"$.data.ok"_s, {u"null"_s}, true);
        row("number", R"({"n": 200})", u"$.data.n"_s, {u"200"_s}, true);
        row("number as text", R"({"n": "200"})", u"$.data.n"_s, {u"200"_s}, true);
        row("number written otherwise", R"({"n": 2e2})", u"$.data.n"_s, {u"200.0"_s}, true);
        row("text that is not that number's", R"({"n": "200.0"})", u"$.data.n"_s, {u"200"_s}, false);
        row("large integers", R"({"n": 9007199254740993})", u"$.data.n"_s, {u"9007199254740992"_s}, false);
        row("more digits than a double has", R"({"n": 12345678901234567890123})", u"$.data.n"_s,
            {u"12345678901234567890124"_s}, false);
        row("as many digits", R"({"n": 12345678901234567890123.0})", u"$.data.n"_s, {u"12345678901234567890123"_s},
            true);
        row("larger than a double", R"({"n": 1e400})", u"$.data.n"_s, {u"10e399"_s}, true);
        row("beside a number larger than a double", R"({"n": 1e400, "ok": true})", u"$.data.ok"_s, {u"true"_s}, true);
        row("zeros at the end", R"({"n": 0.10})", u"$.data.n"_s, {u"0.1"_s}, true);
        row("beside a lone surrogate", R"({"n": "\ud800", "ok": true})", u"$.data.ok"_s, {u"true"_s}, true);
        row("a lone surrogate", R"({"n": "a\udc00"})", u"$.data.n"_s, {u"a\uFFFD"_s}, true);
        row("line end of a text", "ok\n", u"$.data"_s, {u"ok"_s}, true);
        row("DOS line end of a text", "ok\r\n", u"$.data"_s, {u"ok"_s}, true);
        row("the last line end only", "ok\n\n", u"$.data"_s, {u"ok"_s}, false);
        row("the last line end only, rest", "ok\n\n", u"$.data"_s, {u"ok\n"_s}, true);
        row("line end alone", "\n", u"$.data"_s, {QString()}, true);
        row("line end before a text", "\nok", u"$.data"_s, {u"ok"_s}, false);
        row("line end within a JSON string", R"("ok\n")", u"$.data"_s, {u"ok"_s}, false);
        row("second of two", R"({"s": "b"})", u"$.data.s"_s, {u"a"_s, u"b"_s}, true);
        row("letters count", R"({"s": "B"})", u"$.data.s"_s, {u"b"_s}, false);
        row("quotes are text", R"({"s": "b"})", u"$.data.s"_s, {u"\"b\""_s}, false);
        row("object", R"({"o": {"a": 1, "b": [true]}})", u"$.data.o"_s, {u"{\"b\": [true], \"a\": 1.0}"_s}, true);
        row("another object", R"({"o": {"a": 1}})", u"$.data.o"_s, {u"{\"a\": 1, \"b\": 2}"_s}, false);
        row("array", R"({"o": [1, 2]})", u"$.data.o"_s, {u"[1,2]"_s}, true);
        row("array in another order", R"({"o": [1, 2]})", u"$.data.o"_s, {u"[2,1]"_s}, false);
        row("all nodes", R"([{"s": "a"}, {"s": "b"}])", u"$.data[*].s"_s, {u"a"_s, u"b"_s}, true);
        row("one node is wrong", R"([{"s": "a"}, {"s": "c"}])", u"$.data[*].s"_s, {u"a"_s, u"b"_s}, false);
        row("no node", R"([])", u"$.data[*].s"_s, {u"a"_s}, false);
        row("missing", R"({})", u"$.data.s"_s, {u"null"_s}, false);
        row("status", "", u"$.status"_s, {u"200"_s}, true);
        row("header", "", u"$.headers['content-type']"_s, {u"text/plain"_s}, true);
        row("header as it was sent", "", u"$.headers['Content-Type']"_s, {u"text/plain"_s}, false);
        row("repeated header", "", u"$.headers['x-two']"_s, {u"1, 2"_s}, true);
        row("plain text", "ok", u"$.data"_s, {u"ok"_s}, true);
        row("plain text, other", "no_service", u"$.data"_s, {u"ok"_s}, false);
        row("empty body", "", u"$.data"_s, {QString()}, true);
        row("JSON string", R"("ok")", u"$.data"_s, {u"ok"_s}, true);
    }

    void values()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, path);
        QFETCH(const QStringList, expected);
        QFETCH(const bool, passes);
        const auto results = runValidators({{path, expected}}, response(body));
        QCOMPARE(results.size(), 1);
        QVERIFY2(results.first().passed == passes, qPrintable(results.first().message));
        QCOMPARE(results.first().message.isEmpty(), passes);
        QCOMPARE(results.first().jsonPath, path);
        QCOMPARE(results.first().expectedValues, expected);
    }

    void actualIsJsonText()
    {
        const auto results =
            runValidators({{u"$.data[0]"_s, {u"x"_s}}, {u"$.data[*]"_s, {u"x"_s}}, {u"$.data.a"_s, {u"x"_s}}},
                          response(R"(["a b", 18446744073709551615])"));
        QCOMPARE(results[0].actual, u"\"a b\""_s);
        QCOMPARE(results[1].actual, u"[\"a b\",18446744073709551615]"_s);
        QCOMPARE(results[2].actual, QString());
    }

    void theFirstTenThatFailAreKept()
    {
        QByteArray body = "[";
        for (int i = 0; i < 1000; ++i) {
            body += (i > 0 ? "," : "") + QByteArray(i == 2 ? "\"ok\"" : QByteArray::number(i));
        }
        const auto result = runValidators({{u"$.data[*]"_s, {u"ok"_s}}}, response(body + ']')).first();
        QVERIFY(!result.passed);
        QCOMPARE(result.actual, u"[0,1,3,4,5,6,7,8,9,10]"_s);
        QCOMPARE(result.omitted, 989);
        QVERIFY(!result.actualIsCut);
        QCOMPARE(result.message, u"At $.data[*], 999 of 1,000 values fail: the first, $['data'][0], is 0, not ok."_s);
    }

    void theFirstTenOfWhatPassesAreKept()
    {
        const QByteArray body = '[' + QByteArray("true,").repeated(11) + "true]";
        const auto result = runValidators({{u"$.data[*]"_s, {u"true"_s}}}, response(body)).first();
        QVERIFY(result.passed);
        QCOMPARE(result.actual, u'[' + u"true,"_s.repeated(9) + u"true]"_s);
        QCOMPARE(result.omitted, 2);
    }

    void aShownValueIsNotCutWithinACharacter()
    {
        for (const auto &before : {QByteArray(), QByteArray("x")}) { // a bell is two units of UTF-16
            const QByteArray value = '"' + before + QByteArray("\xF0\x9F\x94\x94").repeated(60) + '"';
            const auto result = runValidators({{u"$.data"_s, {u"y"_s}}}, response(value)).first();
            QVERIFY(!result.passed);
            QVERIFY2(result.message.text().isValidUtf16(), qPrintable(result.message));
            QVERIFY(result.message.text().contains(u'…'));
        }
    }

    void actualIsKeptTo4KiB()
    {
        const QByteArray large = '"' + QByteArray("\xC3\xA4").repeated(3000) + '"';
        const QList<ResponseValidator> validators = {
            {u"$.data[0]"_s, {u"x"_s}}, {u"$.data[*]"_s, {u"x"_s}}, {u"$.data[1,0]"_s, {u"x"_s}}};
        const auto results = runValidators(validators, response('[' + large + ",1]"));
        QVERIFY(results[0].actualIsCut);
        QCOMPARE(results[0].actual, u'"' + u"ä"_s.repeated(2047));
        QCOMPARE(results[0].omitted, 0);
        QVERIFY(results[1].actualIsCut);
        QCOMPARE(results[1].actual, u"[\""_s + u"ä"_s.repeated(2046)); // the closing bracket would need room, too
        QCOMPARE(results[1].omitted, 1);
        // Whole values where there are some.
        QVERIFY(!results[2].actualIsCut);
        QCOMPARE(results[2].actual, u"[1]"_s);
        QCOMPARE(results[2].omitted, 1);
    }

    void aCutValueShowsNoPartOfASecret()
    {
        Redaction redaction;
        redaction.add(u"s3cr3t-token-of-many-characters"_s);
        const QByteArray body =
            '"' + QByteArray(4080, 'x') + "s3cr3t-token-of-many-characters" + QByteArray(99, 'y') + '"';
        const auto result = runValidators({{u"$.data"_s, {u"x"_s}}}, response(body), redaction).first();
        QVERIFY(result.actualIsCut);
        QVERIFY2(!result.actual.contains(u"s3cr3t"_s), qPrintable(result.actual.right(60)));
    }

    void everyShapeIsJudgedInBoundedSteps_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("isThrough");
        constexpr int size = 1000 * 1000;
        const auto filled = [](const QByteArray &item) -> QByteArray {
            return '[' + item.repeated(size / item.size()) + "0]";
        };
        const auto nested = [](const QByteArray &open, const QByteArray &close, int depth) -> QByteArray {
            return open.repeated(depth) + '0' + close.repeated(depth);
        };
        const QByteArray deepObjects = nested(R"({"status":)", "}", 500);
        const QByteArray deepArrays = nested("[", "]", 500);
        QTest::newRow("nested objects") << filled(deepObjects + ',') << u"$.data..status"_s << true;
        QTest::newRow("nested arrays") << filled(deepArrays + ',') << u"$..*"_s << true;
        QTest::newRow("short values") << filled("0,") << u"$..*"_s << true;
        QTest::newRow("members") << QByteArray('{' + QByteArray(R"("a":0,)").repeated(size / 6) + R"("b":1})")
                                 << u"$.data[?@ == $.data.b]"_s << true;
        QTest::newRow("each twice") << filled(deepArrays + ',') << u"$..*..*"_s << false;
        QTest::newRow("each thrice") << filled(deepArrays + ',') << u"$..*..*..*"_s << false;
        QTest::newRow("a query for each")
            << filled("{\"a\":0},") << u"$.data[?count($.data[?@.a == 1]) == 0]"_s << true;
        QTest::newRow("a query below each") << filled(deepObjects + ',') << u"$..[?@..[?@..x]]"_s << false;
        QTest::newRow("each against all of it") << filled(deepArrays + ',') << u"$..[?@ == $.data[0]]"_s << false;
        QTest::newRow("each with each") << filled("0,") << u"$.data[?count($.data[?@ == 0]) > count(@..*)]"_s << true;
        QTest::newRow("a search from each") << filled("0,") << u"$.data[?$.data[?@ == 1]]"_s << true;
        QTest::newRow("each searches all") << filled("[0],") << u"$.data[?@[?$.data[?@[?@ == 1]]]]"_s << true;
        QTest::newRow("texts") << QByteArray("{\"t\":\"" + QByteArray(size / 2, 'a') + "\",\"u\":["
                                             + QByteArray("0,").repeated(size / 4) + "0]}")
                               << u"$.data.u[?length($.data.t) == 1]"_s << false;
        QTest::newRow("a regular expression that backtracks elsewhere")
            << QByteArray('"' + QByteArray(size, 'a') + '"') << u"$[?search(@, '(a?){1000}a{1000}b')]"_s << false;
        QTest::newRow("a regular expression")
            << QByteArray('"' + QByteArray(size, 'a') + '"') << u"$[?search(@, 'b+c')]"_s << true;
    }

    void everyShapeIsJudgedInBoundedSteps()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, path);
        QFETCH(const bool, isThrough);
        const auto result = runValidators({{path, {u"no such value"_s}}}, response(body)).first();
        QVERIFY(!result.passed);
        const QString steps =
            u"Judging "_s + path + u" takes more steps than the 10,000,000 that there are for one response."_s;
        QVERIFY2((result.message == steps) != isThrough, qPrintable(result.message));
        QVERIFY2(result.actual.size() <= 4096 + 1, qPrintable(QString::number(result.actual.size())));
    }

    void oneBudgetIsForAllValidatorsOfAResponse()
    {
        const QByteArray body =
            '[' + QByteArray(QByteArray("[").repeated(500) + QByteArray("]").repeated(500) + ',').repeated(1000) + "0]";
        const auto results = runValidators(QList<ResponseValidator>(64, {u"$..*"_s, {u"x"_s}})
                                               << ResponseValidator{u"$.status"_s, {u"200"_s}},
                                           response(body));
        QVERIFY(results.first().message.text().startsWith(u"At $..*"_s));
        QVERIFY(results[63].message.text().startsWith(u"Judging $..* takes more steps"_s));
        QVERIFY(!results.last().passed);
    }

    void aLoneSurrogateIsTold()
    {
        Invocation invocation;
        invocation.response = response(R"({"a": "\ud83d", "b": "\ud83d\ude00\\\\ud800", "c": "\udE00\ud83dx"})");
        Webhook webhook;
        webhook.responseValidators = {{u"$.data.b"_s, {u"😀\\\\ud800"_s}}, {u"$.data.c"_s, {u"\uFFFD\uFFFDx"_s}}};
        judge(invocation, webhook);
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.response->loneSurrogates, 3);
    }

    void whatIsNotJsonIsShown()
    {
        const auto results = runValidators({{u"$.data.id"_s, {u"x"_s}}}, response("<html><body>Login</body></html>"));
        QVERIFY(!results.first().passed);
        QVERIFY2(results.first().message.text().contains(u"not JSON"_s), qPrintable(results.first().message));
        QVERIFY2(results.first().message.text().contains(u"<html><body>Login"_s), qPrintable(results.first().message));
    }

    void theTextIsReadByItsCharset()
    {
        auto latin1 = response("f\xfcr");
        latin1.headers = {{u"content-type"_s, u"text/plain; charset=\"iso-8859-1\""_s}};
        QVERIFY(runValidators({{u"$.data"_s, {u"für"_s}}}, latin1).first().passed);
        const auto results = runValidators({{u"$.data.id"_s, {u"x"_s}}}, latin1);
        QCOMPARE(results.first().message, u"The response is not JSON: it starts with “für”."_s);
    }

    void jsonIsUtf8_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("named"); // empty: it is JSON
        const auto json = u"{\"ok\": \"für\"}"_s;
        const auto inUtf16 = [&json](QStringEncoder::Encoding encoding, bool hasMark) -> QByteArray {
            return QStringEncoder(encoding,
                                  hasMark ? QStringEncoder::Flag::WriteBom : QStringEncoder::Flag::Default)(json);
        };
        const auto type = u"application/json"_s;
        QTest::newRow("UTF-8") << json.toUtf8() << type << QString();
        QTest::newRow("UTF-8, Latin-1 said") << json.toUtf8() << u"application/json; charset=iso-8859-1"_s << QString();
        QTest::newRow("ASCII, Latin-1 said")
            << "{\"ok\": \"f\\u00fcr\"}"_ba << u"text/plain; charset=iso-8859-1"_s << QString();
        QTest::newRow("UTF-16 with a mark") << inUtf16(QStringEncoder::Utf16LE, true) << type << u"JSON in UTF-16"_s;
        QTest::newRow("UTF-16 without") << inUtf16(QStringEncoder::Utf16LE, false) << type << u"JSON in UTF-16"_s;
        QTest::newRow("UTF-16, big-endian") << inUtf16(QStringEncoder::Utf16BE, false) << type << u"JSON in UTF-16"_s;
        QTest::newRow("UTF-16 said") << inUtf16(QStringEncoder::Utf16BE, false) << u"application/json; charset=utf-16"_s
                                     << u"JSON in UTF-16"_s;
        QTest::newRow("UTF-32") << inUtf16(QStringEncoder::Utf32BE, false) << type << u"JSON in UTF-32"_s;
        QTest::newRow("Latin-1 said") << json.toLatin1() << u"application/json; charset=ISO-8859-1"_s
                                      << u"JSON in ISO-8859-1"_s;
        QTest::newRow("Latin-1") << json.toLatin1() << type << u"JSON that is not UTF-8"_s;
        QTest::newRow("Latin-1, UTF-8 said")
            << json.toLatin1() << u"application/json; charset=utf-8"_s << u"JSON that is not UTF-8"_s;
    }

    void jsonIsUtf8()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, type);
        QFETCH(const QString, named);
        auto answer = response(body);
        answer.headers = {{u"Content-Type"_s, type}};
        const auto results = runValidators({{u"$.data.ok"_s, {u"für"_s}}, {u"$.data"_s, {u"x"_s}}}, answer);
        QCOMPARE(results[0].passed, named.isEmpty());
        QVERIFY(!results[1].passed);
        if (named.isEmpty()) {
            QVERIFY(results[0].message.isEmpty());
            QVERIFY(!results[1].message.text().contains(u"RFC 8259"_s));
        } else {
            QCOMPARE(results[0].message,
                     u"The response is "_s + named + u", and JSON must be UTF-8 (RFC 8259 §8.1)."_s);
            QCOMPARE(results[1].message, results[0].message);
        }
    }

    void aShortenedValueShowsNoPartOfASecret_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("path");
        const QByteArray echo = QByteArray(70, 'x') + " s3cr3t-token-of-many-characters";
        QTest::newRow("text") << echo << u"$.data.id"_s;
        QTest::newRow("text, cut in the secret") << QByteArray(388, ' ') + echo.mid(71) << u"$.data.id"_s;
        QTest::newRow("JSON") << QByteArray('"' + echo + '"') << u"$.data"_s;
    }

    void aShortenedValueShowsNoPartOfASecret()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, path);
        Redaction redaction;
        redaction.add(u"s3cr3t-token-of-many-characters"_s);
        const auto results = runValidators({{path, {u"x"_s}}}, response(body), redaction);
        QVERIFY2(!results.first().message.text().contains(u"s3cr3t"_s), qPrintable(results.first().message));
        QVERIFY2(results.first().message.text().contains(u"••"_s), qPrintable(results.first().message));
    }

    void quotesThatBelongToAnExpectedValueAreTold()
    {
        const auto results = runValidators({{u"$.data"_s, {u"\"ok\""_s}}}, response("ok"));
        QCOMPARE(results.first().message, u"$.data is \"ok\", not \"\\\"ok\\\"\"."_s);
    }

    void aCutBodyIsNotJudged()
    {
        auto cut = response("{\"a\": 1}");
        cut.truncated = true;
        const auto results = runValidators({{u"$.data.a"_s, {u"1"_s}}, {u"$.status"_s, {u"200"_s}}}, cut);
        QVERIFY(!results.first().passed);
        QVERIFY(results.first().message.text().contains(u"1 MiB"_s));
        QVERIFY(results.last().passed);
    }

    void statusComesBeforeValidators()
    {
        Invocation invocation;
        invocation.response = response("{}", 500);
        Webhook webhook;
        webhook.responseValidators = {{u"$.data.a"_s, {u"1"_s}}};
        judge(invocation, webhook);
        QCOMPARE(invocation.verdict, Verdict::Failed);
        QCOMPARE(toString(invocation.error->kind), u"http"_s);
        QCOMPARE(invocation.reason, invocation.error->message);
        QCOMPARE(invocation.validators.size(), 1);
    }

    void everyStatusHasItsSentence_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {300, 304, 307, 400, 401, 403, 404, 405, 410, 413, 415, 422, 429, 500, 502, 504, 599}) {
            QTest::addRow("%d", status) << status;
        }
    }

    void everyStatusHasItsSentence()
    {
        QFETCH(const int, status);
        Invocation invocation;
        invocation.response = response("{}", status);
        judge(invocation, {});
        QCOMPARE(invocation.verdict, Verdict::Failed);
        QVERIFY(invocation.error->message.text().contains(QString::number(status)));
        QVERIFY(invocation.error->message.text().endsWith(u'.'));
        QVERIFY(!invocation.error->field.isEmpty());
    }

    void aTokenThatIsRefusedIsNoMatterOfHeaders()
    {
        for (const int status : {401, 403}) {
            Invocation invocation;
            invocation.response = response("{}", status);
            Webhook webhook;
            judge(invocation, webhook);
            QCOMPARE(invocation.error->field, u"type.http_request.headers"_s);
            webhook.oauth = OAuthClientCredentials{};
            judge(invocation, webhook);
            QCOMPARE(invocation.error->field, u"authentication_config.oauth.scopes"_s);
        }
    }

    void aWebhooksOwnMessageIsShown()
    {
        Invocation invocation;
        invocation.response = response("{\"a\": 2}");
        Webhook webhook;
        webhook.responseValidators = {{u"$.data.a"_s, {u"1"_s}}};
        webhook.customValidationErrorMessage = u"The ticket was not opened."_s;
        judge(invocation, webhook);
        QCOMPARE(invocation.reason, u"The ticket was not opened."_s);
        QVERIFY(invocation.error->hint.text().contains(u"$.data.a"_s));
        QCOMPARE(invocation.error->field, u"response_validators[0]"_s);
    }

    void allRangesOf2xxSucceed()
    {
        for (const int status : {200, 201, 202, 204, 299}) {
            Invocation invocation;
            invocation.response = response("", status);
            judge(invocation, {});
            QCOMPARE(invocation.verdict, Verdict::Successful);
            QVERIFY(!invocation.error);
        }
    }
};

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
