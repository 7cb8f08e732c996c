// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocationreport.h"

#include "json.h"
#include "session.h"

#include <QCoreApplication>
#include <QLocale>

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

    void body(const QByteArray &bytes)
    {
        if (bytes.isEmpty()) {
            return;
        }
        const auto json = parseJson(bytes);
        const QString text =
            json ? QString::fromStdString(writeJson(*json, JsonFormat::Indented)) : QString::fromUtf8(bytes);
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
        body(request.body);
    }

    void response(const ReceivedResponse &response)
    {
        heading(onOneLine(
            u"HTTP/%1 %2 %3"_s.arg(response.httpVersion, QString::number(response.status), response.reasonPhrase)));
        headers(response.headers);
        body(response.body);
        if (response.truncated) {
            line(tr("(The rest of the body was cut: only 1 MiB is read.)"));
        }
    }

    void validators(const QList<ValidatorResult> &results)
    {
        heading(tr("Response validators"));
        for (const ValidatorResult &result : results) {
            line((result.passed ? tr("passed  %1") : tr("FAILED  %1")).arg(result.jsonPath));
            line(tr("        expected %1").arg(result.expectedValues.join(tr(" or "))));
            line(tr("        actual   %1").arg(result.actual.isEmpty() ? tr("(nothing)") : result.actual));
            if (!result.message.isEmpty()) {
                line("        "_L1 + result.message);
            }
        }
    }

    void timings(const Timings &timings, int sent, const QString &proxy)
    {
        const std::pair<QString, std::optional<Milliseconds>> phases[] = {
            {tr("queued"), timings.queued},
            {tr("name lookup"), timings.lookup},
            {tr("connect with TLS"), timings.connect},
            {tr("send"), timings.send},
            {tr("wait"), timings.wait},
            {tr("receive"), timings.receive},
            {tr("total"), timings.total},
        };
        QStringList measured;
        for (const auto &[phase, duration] : phases) {
            if (duration) {
                measured.append(tr("%1 %2 ms").arg(phase, QLocale::c().toString(duration->count(), 'f', 1)));
            }
        }
        if (!measured.isEmpty()) {
            heading(tr("Timings"));
            line(measured.join(", "_L1));
            line(sent == 0 ? tr("nothing was sent") : sent == 1 ? tr("sent once") : tr("sent %1 times").arg(sent));
        }
        if (!proxy.isEmpty()) {
            line(tr("through the proxy %1").arg(proxy));
        }
    }

    void tls(const TlsInfo &tls)
    {
        heading(tr("TLS"));
        line(u"%1, %2"_s.arg(tls.protocol, tls.cipher));
        for (const CertificateInfo &certificate : tls.chain) {
            line(tr("%1, issued by %2, valid until %3")
                     .arg(certificate.subject, certificate.issuer, certificate.notAfter.toUTC().toString(Qt::ISODate)));
        }
        for (const QString &error : tls.errors) {
            line(error);
        }
    }

    void troubleshoot(const InvocationError &error)
    {
        heading(tr("Troubleshoot"));
        line(error.message);
        for (const QString &cause : error.causes) {
            line("- "_L1 + cause);
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
    QString m_text;
};

} // namespace

QString invocationReport(const Invocation &invocation, const QString &what)
{
    Report report;
    if (invocation.tokenExchange) {
        report.heading(Report::tr("Token exchange"));
        report.request(invocation.tokenExchange->request);
        if (invocation.tokenExchange->response) {
            report.response(*invocation.tokenExchange->response);
        }
    }
    if (invocation.request) {
        report.request(*invocation.request);
    }
    if (invocation.response) {
        report.response(*invocation.response);
    }
    if (!invocation.validators.isEmpty()) {
        report.validators(invocation.validators);
    }
    report.timings(invocation.timings, invocation.sent, invocation.proxy);
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
