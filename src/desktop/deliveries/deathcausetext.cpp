// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deathcausetext.h"

#include "deliverytext.h"
#include "fieldlabel.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct DeathCauseText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::DeathCauseText)
};

/// The phrase of RFC 9110 §15, which is the same in all languages; empty: not one of the common ones.
QString statusPhrase(int status)
{
    static constexpr std::array<std::pair<int, const char *>, 18> phrases{{{301, "Moved Permanently"},
                                                                           {302, "Found"},
                                                                           {400, "Bad Request"},
                                                                           {401, "Unauthorized"},
                                                                           {403, "Forbidden"},
                                                                           {404, "Not Found"},
                                                                           {405, "Method Not Allowed"},
                                                                           {408, "Request Timeout"},
                                                                           {409, "Conflict"},
                                                                           {410, "Gone"},
                                                                           {413, "Content Too Large"},
                                                                           {415, "Unsupported Media Type"},
                                                                           {422, "Unprocessable Content"},
                                                                           {429, "Too Many Requests"},
                                                                           {500, "Internal Server Error"},
                                                                           {502, "Bad Gateway"},
                                                                           {503, "Service Unavailable"},
                                                                           {504, "Gateway Timeout"}}};
    const auto *const found =
        std::find_if(phrases.begin(), phrases.end(), [status](const auto &one) { return one.first == status; });
    return found == phrases.end() ? QString() : QString::fromLatin1(found->second);
}

QString kindInWords(const DeathCause &cause)
{
    if (cause.befellWebhook) {
        return DeathCauseText::tr("webhook deactivated or removed");
    }
    switch (cause.kind.value_or(ErrorKind::Cancelled)) {
    case ErrorKind::Dns:
        return DeathCauseText::tr("host not found");
    case ErrorKind::Refused:
        return DeathCauseText::tr("connection refused");
    case ErrorKind::Tls:
        return DeathCauseText::tr("no trusted connection");
    case ErrorKind::Timeout:
        return DeathCauseText::tr("no answer in time");
    case ErrorKind::Reset:
        return DeathCauseText::tr("connection cut off");
    case ErrorKind::Protocol:
        return DeathCauseText::tr("broken HTTP");
    case ErrorKind::Egress:
        return DeathCauseText::tr("address not allowed");
    case ErrorKind::TooLarge:
        return DeathCauseText::tr("too large");
    case ErrorKind::Validator:
        return DeathCauseText::tr("answer not accepted by a validator");
    case ErrorKind::Template:
        return DeathCauseText::tr("body template failed");
    case ErrorKind::Secret:
        return DeathCauseText::tr("secret missing");
    case ErrorKind::OAuth:
        return DeathCauseText::tr("no access token");
    case ErrorKind::Http:
    case ErrorKind::Cancelled:
        break;
    }
    return DeathCauseText::tr("failed");
}

} // namespace

QString causeTitle(const DeathCause &cause)
{
    const QString count = QLocale().toString(cause.count);
    if (cause.kind == ErrorKind::Http && cause.httpStatus > 0) {
        const QString phrase = statusPhrase(cause.httpStatus);
        const QString status = QString::number(cause.httpStatus);
        return DeathCauseText::tr("%1 × %2 from %3", "how many, an HTTP status, a webhook")
            .arg(count, phrase.isEmpty() ? status : status % u' ' % phrase, cause.webhookName);
    }
    return DeathCauseText::tr("%1 × %2 · %3", "how many, what happened, a webhook")
        .arg(count, kindInWords(cause), cause.webhookName);
}

QString causeDetail(const DeathCause &cause, const QDateTime &now)
{
    const QString from = shortTime(cause.first, now);
    const QString to = shortTime(cause.last, now);
    const QString times = from == to ? to : DeathCauseText::tr("%1 – %2", "a span of time").arg(from, to);
    return cause.reason.isEmpty() ? times : times % u" · "_s % cause.reason.text();
}

QString mendWords(const DeathCause &cause)
{
    const QString field = fieldLabel(cause.field);
    return DeathCauseText::tr("Edit %1", "a field of the form, or a webhook")
        .arg(field.isEmpty() ? cause.webhookName : field);
}

} // namespace Tocsin
