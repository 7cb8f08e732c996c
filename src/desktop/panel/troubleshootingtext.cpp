// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "troubleshootingtext.h"

#include "bodytext.h"
#include "connectiontext.h"
#include "format.h"
#include "messageview.h"

#include <QCoreApplication>

namespace Tocsin {

namespace {

constexpr qsizetype longestQuote = 400;

struct TroubleshootingWords
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Troubleshooting)
};

QString quoteOf(const ReceivedResponse &response)
{
    if (response.body.isEmpty()) {
        return {};
    }
    const BodyText text = bodyText(response.body.left(longestQuote), headerValue(response.headers, u"content-type"),
                                   response.truncated || response.body.size() > longestQuote);
    if (text.kind == BodyText::Kind::Binary) {
        return {};
    }
    return response.body.size() > longestQuote ? text.raw + QChar(0x2026) : text.raw;
}

void addResponse(Troubleshooting &result, const ReceivedResponse &response, std::optional<Milliseconds> total)
{
    const QString status = statusLine(response);
    result.evidence
        << (total ? TroubleshootingWords::tr("The target answered %1 after %2.").arg(status, formatDuration(*total))
                  : TroubleshootingWords::tr("The target answered %1.").arg(status));
    const QString location = headerValue(response.headers, u"location");
    if (response.status / 100 == 3 && !location.isEmpty()) {
        result.evidence << TroubleshootingWords::tr("It pointed to %1; redirects are not followed.").arg(location);
    }
    const QString retryAfter = headerValue(response.headers, u"retry-after");
    if (!retryAfter.isEmpty()) {
        result.evidence
            << TroubleshootingWords::tr("It asked to be tried again later (Retry-After: %1).").arg(retryAfter);
    }
    const QString challenge = headerValue(response.headers, u"www-authenticate");
    if (!challenge.isEmpty()) {
        result.evidence
            << TroubleshootingWords::tr("It asked for authentication (WWW-Authenticate: %1).").arg(challenge);
    }
    if (response.truncated) {
        result.evidence << TroubleshootingWords::tr("Its body was cut after %1.").arg(formatSize(response.body.size()));
    }
    result.quote = quoteOf(response);
}

/// With its path, where its message does not name that.
QString validatorText(const ValidatorResult &validator)
{
    const auto message = validator.message.text();
    if (message.isEmpty()) {
        return TroubleshootingWords::tr("%1 did not pass.").arg(validator.jsonPath);
    }
    return message.contains(validator.jsonPath) ? message
                                                : TroubleshootingWords::tr("%1: %2").arg(validator.jsonPath, message);
}

void addSilence(Troubleshooting &result, const Invocation &invocation)
{
    if (invocation.sent > 0) {
        result.evidence << (invocation.sent == 1
                                ? TroubleshootingWords::tr("The request went out once, and no whole answer came back.")
                                : TroubleshootingWords::tr(
                                    "The request went out %Ln times, and no whole answer came back.", nullptr,
                                    invocation.sent));
    } else {
        result.evidence << TroubleshootingWords::tr("The request was not sent.");
    }
    if (const auto total = totalTime(invocation).value_or(Milliseconds(0)); total > Milliseconds(0)) {
        result.evidence << TroubleshootingWords::tr("It ended after %1.").arg(formatDuration(total));
    }
}

void addTokenExchange(Troubleshooting &result, const Invocation &invocation)
{
    if (invocation.usedCachedToken) {
        result.evidence << TroubleshootingWords::tr("The token came from an earlier exchange.");
    }
    if (!invocation.tokenExchange) {
        return;
    }
    const auto &response = invocation.tokenExchange->response;
    if (!response) {
        result.evidence << TroubleshootingWords::tr("The token endpoint did not answer.");
    } else if (response->status / 100 == 2 && !(invocation.error && invocation.error->kind == ErrorKind::OAuth)) {
        result.evidence << TroubleshootingWords::tr("The token exchange succeeded.");
    } else {
        result.evidence << TroubleshootingWords::tr("The token endpoint answered %1.").arg(statusLine(*response));
        result.quote = quoteOf(*response);
    }
}

void addCertificates(Troubleshooting &result, const Invocation &invocation)
{
    const auto &tls = invocation.tls;
    if (!tls) {
        return;
    }
    result.evidence << tls->errors << clientCertificateText(*tls);
    if (!tls->errors.isEmpty() && !tls->chain.isEmpty()) {
        const CertificateInfo &leaf = tls->chain.first();
        const bool isOver = leaf.notAfter.isValid() && leaf.notAfter < invocation.startedAt;
        result.evidence << (isOver ? TroubleshootingWords::tr("The certificate of %1 was issued by %2 and was valid "
                                                              "from %3 to %4: it has expired.")
                                   : TroubleshootingWords::tr(
                                       "The certificate of %1 was issued by %2 and is valid from %3 to %4."))
                               .arg(leaf.subject, leaf.issuer, formatDay(leaf.notBefore), formatDay(leaf.notAfter));
    }
}

} // namespace

Troubleshooting troubleshoot(const Invocation &invocation)
{
    Troubleshooting result;
    result.what = invocation.reason;
    if (const auto &error = invocation.error) {
        result.what = error->message;
        result.hint = error->hint;
        result.causes = textsOf(error->causes);
        result.field = error->field;
        result.position = error->position;
        result.detail = error->detail;
        if (error->position.isValid()) {
            result.evidence << TroubleshootingWords::tr("It is in line %1, column %2 of the body template.")
                                   .arg(error->position.line)
                                   .arg(error->position.column);
        }
    }
    if (invocation.response) {
        addResponse(result, *invocation.response, totalTime(invocation));
    } else {
        addSilence(result, invocation);
    }
    for (const ValidatorResult &validator : invocation.validators) {
        if (!validator.passed) {
            result.evidence << validatorText(validator);
        }
    }
    addTokenExchange(result, invocation);
    addCertificates(result, invocation);
    if (!invocation.proxy.isEmpty()) {
        result.evidence
            << TroubleshootingWords::tr("The connection went through the system's proxy %1.").arg(invocation.proxy)
            << proxyLookupText();
    }
    result.evidence.removeAll(QString());
    result.evidence.removeAll(result.what);
    result.evidence.removeAll(result.detail); // it stands apart
    result.evidence.removeDuplicates();
    return result;
}

} // namespace Tocsin
