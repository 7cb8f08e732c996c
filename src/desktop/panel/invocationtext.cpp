// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocationtext.h"

#include "bodytext.h"
#include "format.h"
#include "messageview.h"
#include "verdictstrip.h"
#include "waterfallview.h"

#include <QCoreApplication>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::InvocationText)
};

void addMessage(QStringList &lines, const QString &firstLine, const QList<Header> &headers, const QByteArray &body,
                bool isCut)
{
    lines << firstLine;
    for (const Header &header : headers) {
        lines << header.name + u": "_s + header.value;
    }
    if (!body.isEmpty()) {
        const BodyText text = bodyText(body, headerValue(headers, u"content-type"), isCut);
        lines << QString() << (text.kind == BodyText::Kind::Binary ? text.raw : QString::fromUtf8(body));
    }
    if (isCut) {
        lines << Words::tr("(cut after %1)").arg(formatSize(body.size()));
    }
    lines << QString();
}

void addExchange(QStringList &lines, const std::optional<SentRequest> &request,
                 const std::optional<ReceivedResponse> &response)
{
    if (request) {
        addMessage(lines, request->method + u' ' + request->url, request->headers, request->body, false);
    }
    if (response) {
        addMessage(lines, u"HTTP/"_s + response->httpVersion + u' ' + statusLine(*response), response->headers,
                   response->body, response->truncated);
    }
}

} // namespace

QString invocationText(const Invocation &invocation)
{
    QStringList lines;
    lines << (invocation.verdict == Verdict::Successful ? Words::tr("Test successful") : Words::tr("Test failed"));
    lines << VerdictStrip::summary(invocation);
    if (!invocation.reason.isEmpty()) {
        lines << invocation.reason;
    }
    lines << invocation.startedAt.toUTC().toString(Qt::ISODateWithMs) << QString();
    if (invocation.tokenExchange) {
        lines << Words::tr("Token exchange");
        addExchange(lines, invocation.tokenExchange->request, invocation.tokenExchange->response);
    }
    addExchange(lines, invocation.request, invocation.response);
    for (const ValidatorResult &result : invocation.validators) {
        lines << (result.passed ? Words::tr("Passed") : Words::tr("Failed")) + u' ' + result.jsonPath;
        lines << u"  "_s + Words::tr("Expected Values") + u": "_s + result.expectedValues.join(u", "_s);
        lines << u"  "_s + Words::tr("Actual") + u": "_s + result.actual;
        if (!result.message.isEmpty()) {
            lines << u"  "_s + result.message;
        }
    }
    lines << WaterfallView::text(waterfallBars(invocation));
    if (invocation.tls) {
        lines << invocation.tls->protocol + u' ' + invocation.tls->cipher << invocation.tls->errors;
        for (const CertificateInfo &certificate : invocation.tls->chain) {
            lines << certificate.subject + u" ("_s + certificate.sha256Fingerprint + u')';
        }
    }
    return lines.join(u'\n').trimmed() + u'\n';
}

} // namespace Tocsin
