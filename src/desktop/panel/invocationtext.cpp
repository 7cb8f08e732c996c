// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocationtext.h"

#include "bodytext.h"
#include "connectiontext.h"
#include "format.h"
#include "isolates.h"
#include "messageview.h"
#include "responsetext.h"
#include "tokenexchangetext.h"
#include "validatortext.h"
#include "verdictstrip.h"
#include "waterfallview.h"

#include <QCoreApplication>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct InvocationWords
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::InvocationText)
};

void addHeaders(QStringList &lines, const QList<Header> &headers)
{
    for (const Header &header : headers) {
        lines << header.name + u": "_s + header.value;
    }
}

void addBody(QStringList &lines, const QByteArray &body, const QList<Header> &headers, bool isCut)
{
    if (!body.isEmpty()) {
        const QString type = headerValue(headers, u"content-type");
        const BodyText text = bodyText(body, type, isCut);
        const bool isJson = text.kind == BodyText::Kind::JsonText;
        lines << QString()
              << (text.kind == BodyText::Kind::Binary ? text.raw
                                                      : responseText(body, isJson ? QString() : type, isCut).text);
    }
    if (isCut) {
        lines << InvocationWords::tr("(cut after %1)").arg(formatSize(body.size()));
    }
    lines << QString();
}

void addRequest(QStringList &lines, const SentRequest &request)
{
    lines << request.method + u' ' + request.url;
    addHeaders(lines, request.headers);
    addBody(lines, request.body, request.headers, false);
}

void addResponse(QStringList &lines, const ReceivedResponse &response)
{
    for (const InterimResponse &interim : response.interim) {
        lines << u"HTTP/"_s + response.httpVersion + u' ' + statusLine(interim);
        addHeaders(lines, interim.headers);
        lines << QString();
    }
    lines << fullStatusLine(response);
    addHeaders(lines, response.headers);
    addBody(lines, response.body, response.headers, response.truncated);
    if (!response.trailers.isEmpty()) {
        lines << InvocationWords::tr("Trailers");
        addHeaders(lines, response.trailers);
        lines << QString();
    }
}

void addExchange(QStringList &lines, const std::optional<SentRequest> &request,
                 const std::optional<ReceivedResponse> &response)
{
    if (request) {
        addRequest(lines, *request);
    }
    if (response) {
        addResponse(lines, *response);
    }
}

void addTls(QStringList &lines, const TlsInfo &tls)
{
    lines << tls.protocol + u' ' + tls.cipher << tls.errors;
    if (const QString asked = clientCertificateText(tls); !asked.isEmpty()) {
        lines << asked;
    }
    for (const CertificateInfo &certificate : tls.chain) {
        lines << certificate.subject + u" ("_s + certificate.sha256Fingerprint + u')';
    }
}

} // namespace

QString invocationText(const Invocation &invocation)
{
    QStringList lines;
    lines << (invocation.verdict == Verdict::Successful ? InvocationWords::tr("Test successful")
                                                        : InvocationWords::tr("Test failed"));
    lines << withoutIsolates(VerdictStrip::summary(invocation));
    if (!invocation.reason.isEmpty()) {
        lines << invocation.reason.text();
    }
    if (invocation.error && !invocation.error->detail.isEmpty()) {
        lines << invocation.error->detail;
    }
    lines << invocation.startedAt.toUTC().toString(Qt::ISODateWithMs) << QString();
    for (const TokenExchange &exchange : tokenExchanges(invocation)) {
        lines << tokenExchangeTitle(exchange);
        addExchange(lines, exchange.request, exchange.response);
    }
    addExchange(lines, invocation.request, invocation.response);
    if (invocation.response) {
        if (const QString otherwise = judgedOtherwiseText(*invocation.response); !otherwise.isEmpty()) {
            lines << otherwise;
        }
    }
    for (const ValidatorResult &result : invocation.validators) {
        lines << (result.passed ? InvocationWords::tr("Passed") : InvocationWords::tr("Failed")) + u' '
                + result.jsonPath;
        lines << u"  "_s + InvocationWords::tr("Expected Values") + u": "_s + result.expectedValues.join(u", "_s);
        lines << u"  "_s + InvocationWords::tr("Actual") + u": "_s + actualText(result);
        if (!result.message.isEmpty()) {
            lines << u"  "_s + result.message.text();
        }
    }
    lines << WaterfallView::text(invocation) << handshakeTexts(invocation.tls, invocation.connectionReused);
    if (!invocation.proxy.isEmpty()) {
        lines << InvocationWords::tr("It went through the system's proxy %1.").arg(invocation.proxy)
              << proxyLookupText();
    }
    if (invocation.tls) {
        addTls(lines, *invocation.tls);
    }
    return lines.join(u'\n').trimmed() + u'\n';
}

} // namespace Tocsin
