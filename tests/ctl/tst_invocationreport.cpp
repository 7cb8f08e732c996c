// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocationreport.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestInvocationReport : public QObject
{
    Q_OBJECT

private:
    static Invocation invocation()
    {
        Invocation invocation;
        invocation.verdict = Verdict::Successful;
        invocation.sent = 1;
        invocation.request =
            SentRequest{.method = u"POST"_s, .url = u"https://target.example/"_s, .headers = {}, .body = "{}"};
        invocation.response = ReceivedResponse{.status = 200,
                                               .reasonPhrase = u"OK"_s,
                                               .httpVersion = u"1.1"_s,
                                               .headers = {{u"Content-Type"_s, u"text/plain; charset=iso-8859-1"_s}},
                                               .body = "f\xfcr",
                                               .truncated = false};
        invocation.tls =
            TlsInfo{.protocol = u"TLSv1.3"_s, .cipher = u"TLS_AES_256_GCM_SHA384"_s, .chain = {}, .errors = {}};
        return invocation;
    }

    /// The lines under a heading.
    static QStringList section(const QString &report, const QString &heading)
    {
        const auto lines = report.split(u'\n');
        const auto start = lines.indexOf(heading);
        const auto end = start < 0 ? start : lines.indexOf(QString(), start);
        return start < 0 ? QStringList() : lines.mid(start + 1, end - start - 1);
    }

private Q_SLOTS:
    void listsTheTimelineInOrder()
    {
        auto sample = invocation();
        using Phase = InvocationPhase;
        sample.timeline = {{.phase = Phase::Secrets, .tokenExchange = 0, .duration = Milliseconds(0.25)},
                           {.phase = Phase::Connect, .tokenExchange = 1, .duration = Milliseconds(2)},
                           {.phase = Phase::Connect, .tokenExchange = 0, .duration = Milliseconds(11)},
                           {.phase = Phase::Tls, .tokenExchange = 0, .duration = Milliseconds(23.5)},
                           {.phase = Phase::Judge, .tokenExchange = 0, .duration = Milliseconds(0.004)}};
        sample.timings.total = Milliseconds(99);
        QCOMPARE(section(invocationReport(sample), u"Timings"_s),
                 (QStringList{u"  reading secrets   0.250 ms"_s, u"  token: connect    2.000 ms"_s,
                              u"  connect          11.000 ms"_s, u"  TLS              23.500 ms"_s,
                              u"  judging           0.004 ms"_s, u"  total            36.754 ms"_s, u"  sent once"_s}));
        sample.timeline[1].tokenExchange = 2;
        QVERIFY(invocationReport(sample).contains(u"  token 2: connect "_s));
    }

    void namesEachTokenExchange()
    {
        auto sample = invocation();
        TokenExchange exchange;
        exchange.request =
            SentRequest{.method = u"POST"_s, .url = u"https://auth.example/token"_s, .headers = {}, .body = "a"};
        exchange.clientAuthentication = ClientAuthentication::Basic;
        sample.earlierTokenExchanges = {exchange};
        exchange.clientAuthentication = ClientAuthentication::Body;
        sample.tokenExchange = exchange;
        const auto report = invocationReport(sample);
        const auto first = report.indexOf(u"Token exchange (client by Basic)\n"_s);
        const auto second = report.indexOf(u"Token exchange (client in the body)\n"_s);
        QVERIFY2(first >= 0 && second > first, qPrintable(report));
        sample.earlierTokenExchanges.clear();
        sample.tokenExchange->clientAuthentication.reset(); // an old record
        QVERIFY(invocationReport(sample).contains(u"Token exchange\n"_s));
    }

    void saysWhatWasOddAboutAToken()
    {
        auto sample = invocation();
        sample.tokenExchange = TokenExchange();
        sample.tokenExchange->response = ReceivedResponse();
        sample.tokenExchange->response->loneSurrogates = 2;
        sample.tokenExchange->isOverAtOnce = true;
        const auto report = invocationReport(sample);
        QVERIFY2(report.contains(u"(The server says that the token was over when it came"_s), qPrintable(report));
        QVERIFY2(report.contains(u"(The answer has 2 escape(s) of half a character"_s), qPrintable(report));
        QVERIFY2(!report.contains(u"Validators saw"_s), qPrintable(report));
    }

    void readsOldRecords()
    {
        auto sample = invocation();
        sample.timings.connect = Milliseconds(11);
        sample.timings.total = Milliseconds(12);
        QCOMPARE(section(invocationReport(sample), u"Timings"_s),
                 (QStringList{u"  connect with TLS 11.0 ms, total 12.0 ms"_s, u"  sent once"_s}));
    }

    void saysWhatTheWireTold()
    {
        auto sample = invocation();
        sample.connectionReused = true;
        sample.tls->sessionResumed = true;
        sample.tls->clientCertificateAsked = true;
        sample.tls->clientCertificate = u"CN=sender"_s;
        sample.proxy = u"proxy.example:3128"_s;
        sample.response->interim = {
            {.status = 103, .reasonPhrase = u"Early Hints"_s, .headers = {{u"Link"_s, u"</a>"_s}}}};
        sample.response->trailers = {{u"Server-Timing"_s, u"db;dur=1"_s}};
        sample.error = InvocationError{.kind = ErrorKind::Protocol,
                                       .message = Sentence(u"It is no HTTP."_s),
                                       .hint = {},
                                       .field = {},
                                       .causes = {},
                                       .position = {},
                                       .detail = u"error 56\x1b[0m"_s};
        const auto report = invocationReport(sample);
        QCOMPARE(section(report, u"HTTP/1.1 103 Early Hints"_s), QStringList{u"  Link: </a>"_s});
        QVERIFY(report.indexOf(u"HTTP/1.1 103"_s) < report.indexOf(u"HTTP/1.1 200 OK"_s));
        QCOMPARE(section(report, u"Trailers"_s), QStringList{u"  Server-Timing: db;dur=1"_s});
        for (const auto &words :
             {u"Connection reused"_s, u"TLS session resumed"_s,
              u"through the proxy proxy.example:3128\n  The proxy looks"_s,
              u"client certificate; “CN=sender” was sent."_s, u"It is no HTTP.\n  error 56"_s, u"\n  für\n"_s}) {
            QVERIFY2(report.contains(words), qPrintable(report));
        }
        QVERIFY(!report.contains(QChar(0x1b)));
    }
};

QTEST_GUILESS_MAIN(TestInvocationReport)
#include "tst_invocationreport.moc"
