// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocationreport.h"

#include "connectiontext.h"
#include "json.h"
#include "responsetext.h"
#include "session.h"
#include "timelinetext.h"
#include "tokenexchangetext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class Report
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::InvocationReport)

public:
    void heading(const QString &text) { m_text += (m_text.isEmpty() ? QString() : u"\n"_s) + text + u'\n'; }
    void line(const QString &text) { m_text += "  "_L1 + onOneLine(text) + u'\n'; }

    void headers(const QList<Header> &headers)
    {
        for (const Header &header : headers) {
            line(header.name + ": "_L1 + header.value);
        }
    }

    void body(const QByteArray &bytes, const QList<Header> &headers, bool isCut)
    {
        if (bytes.isEmpty()) {
            return;
        }
        const auto json = parseJson(bytes);
        const QString text = json ? QString::fromStdString(writeJson(*json, JsonFormat::Indented))
                                  : responseText(bytes, headerValue(headers, u"Content-Type"), isCut).text;
        m_text += u'\n';
        const auto lines = forTerminal(text).split(u'\n');
        for (const QString &each : lines) {
            m_text += "  "_L1 + each + u'\n';
        }
    }

    void request(const SentRequest &request)
    {
        heading(onOneLine(request.method + u' ' + request.url));
        headers(request.headers);
        body(request.body, request.headers, false);
    }

    /// `notes`: what else is to be said of its body.
    void response(const ReceivedResponse &response, const QStringList &notes)
    {
        for (const InterimResponse &interim : response.interim) {
            status(response.httpVersion, interim.status, interim.reasonPhrase);
            headers(interim.headers);
        }
        status(response.httpVersion, response.status, response.reasonPhrase);
        headers(response.headers);
        body(response.body, response.headers, response.truncated);
        if (response.truncated) {
            line(tr("(The rest of the body was cut: only 1 MiB is read.)"));
        }
        for (const QString &note : notes) {
            line(u'(' + note + u')');
        }
        if (!response.trailers.isEmpty()) {
            heading(tr("Trailers"));
            headers(response.trailers);
        }
    }

    static QStringList oddities(const ReceivedResponse &response)
    {
        return response.loneSurrogates == 0
            ? QStringList()
            : QStringList(tr("Validators saw U+FFFD in place of %n escape(s) of half a character, a lone surrogate.",
                             nullptr, response.loneSurrogates));
    }

    void validators(const QList<ValidatorResult> &results)
    {
        heading(tr("Response validators"));
        for (const ValidatorResult &result : results) {
            line((result.passed ? tr("passed  %1") : tr("FAILED  %1")).arg(result.jsonPath));
            line(tr("        expected %1").arg(result.expectedValues.join(tr(" or "))));
            const QString more = result.omitted > 0 ? tr(", and %L1 more").arg(result.omitted) : QString();
            const QString actual = result.actualIsCut ? QString(result.actual + u'…') : result.actual;
            line(tr("        actual   %1").arg(actual.isEmpty() ? tr("(nothing)") : QString(actual + more)));
            if (!result.message.isEmpty()) {
                line("        "_L1 + result.message.text());
            }
        }
    }

    void timings(const Invocation &invocation)
    {
        const QStringList lines =
            invocation.timeline.isEmpty() ? measured(invocation.timings) : inOrder(invocation.timeline);
        if (!lines.isEmpty()) {
            heading(tr("Timings"));
            for (const QString &each : lines) {
                line(each);
            }
            line(invocation.sent == 0       ? tr("nothing was sent")
                     : invocation.sent == 1 ? tr("sent once")
                                            : tr("sent %n times", nullptr, invocation.sent));
        }
    }

    void connection(const Invocation &invocation)
    {
        QStringList lines = handshakeTexts(invocation.tls, invocation.connectionReused);
        if (!invocation.proxy.isEmpty()) {
            lines << tr("through the proxy %1").arg(invocation.proxy) << proxyLookupText();
        }
        if (!lines.isEmpty()) {
            heading(tr("Connection"));
        }
        for (const QString &each : lines) {
            line(each);
        }
    }

    void tls(const TlsInfo &tls)
    {
        heading(tr("TLS"));
        line(u"%1, %2"_s.arg(tls.protocol, tls.cipher));
        for (const CertificateInfo &certificate : tls.chain) {
            line(tr("%1, issued by %2, valid until %3")
                     .arg(certificate.subject, certificate.issuer, Sentence::ofMoment(certificate.notAfter).text()));
        }
        for (const QString &error : tls.errors) {
            line(error);
        }
        if (const QString asked = clientCertificateText(tls); !asked.isEmpty()) {
            line(asked);
        }
    }

    void troubleshoot(const InvocationError &error)
    {
        heading(tr("Troubleshoot"));
        line(error.message);
        if (!error.detail.isEmpty()) {
            line(error.detail);
        }
        for (const auto &cause : error.causes) {
            line("- "_L1 + cause.text());
        }
        if (!error.hint.isEmpty()) {
            line(error.hint);
        }
        if (!error.field.isEmpty()) {
            line(tr("The field to change: %1").arg(error.field));
        }
    }

    QString text() const { return m_text; }

private:
    void status(const QString &httpVersion, int status, const QString &reasonPhrase)
    {
        heading(onOneLine(u"HTTP/%1 %2 %3"_s.arg(httpVersion, QString::number(status), reasonPhrase)).trimmed());
    }

    /// A line a phase, in columns; to the microsecond, so that they add up to the total.
    static QStringList inOrder(const QList<TimelineSpan> &timeline)
    {
        const bool isNumbered = hasTwoTokenExchanges(timeline);
        QList<std::pair<QString, QString>> phases;
        const auto add = [&phases](const QString &phase, Milliseconds duration) {
            phases.append({phase, tr("%1 ms").arg(QLocale::c().toString(duration.count(), 'f', 3))});
        };
        for (const TimelineSpan &span : timeline) {
            add(phaseLabel({phaseText(span.phase)}, span.tokenExchange, isNumbered), span.duration);
        }
        add(tr("total"), totalOf(timeline));
        qsizetype widestPhase = 0;
        qsizetype widestDuration = 0;
        for (const auto &[phase, duration] : std::as_const(phases)) {
            widestPhase = std::max(widestPhase, phase.size());
            widestDuration = std::max(widestDuration, duration.size());
        }
        QStringList lines;
        for (const auto &[phase, duration] : std::as_const(phases)) {
            lines.append(phase.leftJustified(widestPhase + 2) + duration.rightJustified(widestDuration));
        }
        return lines;
    }

    /// What records had before they had a timeline; TLS was measured together with connect.
    static QStringList measured(const Timings &timings)
    {
        const std::pair<QString, std::optional<Milliseconds>> phases[] = {
            {tr("queued"), timings.queued},
            {tr("name lookup"), timings.lookup},
            {timings.tls ? tr("connect") : tr("connect with TLS"), timings.connect},
            {tr("TLS"), timings.tls},
            {tr("send"), timings.send},
            {tr("wait"), timings.wait},
            {tr("receive"), timings.receive},
            {tr("total"), timings.total},
        };
        QStringList texts;
        for (const auto &[phase, duration] : phases) {
            if (duration) {
                texts.append(tr("%1 %2 ms").arg(phase, QLocale::c().toString(duration->count(), 'f', 1)));
            }
        }
        return texts.isEmpty() ? QStringList() : QStringList(texts.join(", "_L1));
    }

    QString m_text;
};

} // namespace

QString invocationReport(const Invocation &invocation, const QString &what)
{
    Report report;
    for (const TokenExchange &exchange : tokenExchanges(invocation)) {
        report.heading(tokenExchangeTitle(exchange));
        report.request(exchange.request);
        if (exchange.response) {
            report.response(*exchange.response, tokenExchangeOddities(exchange));
        }
    }
    if (invocation.request) {
        report.request(*invocation.request);
    }
    if (invocation.response) {
        report.response(*invocation.response, Report::oddities(*invocation.response));
    }
    if (!invocation.validators.isEmpty()) {
        report.validators(invocation.validators);
    }
    report.timings(invocation);
    report.connection(invocation);
    if (invocation.tls) {
        report.tls(*invocation.tls);
    }
    if (invocation.error) {
        report.troubleshoot(*invocation.error);
    }
    // The verdict's words are for scripts too: in every language the same.
    report.heading(invocation.verdict == Verdict::Successful
                       ? what + " successful"_L1
                       : u"%1 failed: %2"_s.arg(what, onOneLine(invocation.reason)));
    return report.text();
}

} // namespace Tocsin
