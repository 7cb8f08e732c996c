// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhookcheck.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct CheckWords
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookCheck)
};

Json textOrNull(const QString &text)
{
    return text.isEmpty() ? Json(nullptr) : Tocsin::toJson(text);
}

} // namespace

QString toString(CheckSubject subject)
{
    switch (subject) {
    case CheckSubject::Document:
        return u"document"_s;
    case CheckSubject::Template:
        return u"template"_s;
    case CheckSubject::Secrets:
        return u"secrets"_s;
    case CheckSubject::Name:
        return u"name"_s;
    case CheckSubject::Connection:
        return u"connection"_s;
    case CheckSubject::Tls:
        return u"tls"_s;
    case CheckSubject::Certificate:
        return u"certificate"_s;
    case CheckSubject::ClientCertificate:
        return u"client_certificate"_s;
    case CheckSubject::Token:
        break;
    }
    return u"token"_s;
}

QString checkSubjectText(CheckSubject subject)
{
    switch (subject) {
    case CheckSubject::Document:
        return CheckWords::tr("Document");
    case CheckSubject::Template:
        return CheckWords::tr("Template");
    case CheckSubject::Secrets:
        return CheckWords::tr("Secrets");
    case CheckSubject::Name:
        return CheckWords::tr("Name");
    case CheckSubject::Connection:
        return CheckWords::tr("Connection");
    case CheckSubject::Tls:
        return CheckWords::tr("TLS");
    case CheckSubject::Certificate:
        return CheckWords::tr("Certificate");
    case CheckSubject::ClientCertificate:
        return CheckWords::tr("Client certificate");
    case CheckSubject::Token:
        break;
    }
    return CheckWords::tr("Token");
}

QString toString(CheckState state)
{
    switch (state) {
    case CheckState::Ok:
        return u"ok"_s;
    case CheckState::Warning:
        return u"warning"_s;
    case CheckState::Failed:
        return u"failed"_s;
    case CheckState::Skipped:
        break;
    }
    return u"skipped"_s;
}

QString checkStateText(CheckState state)
{
    switch (state) {
    case CheckState::Ok:
        return CheckWords::tr("OK");
    case CheckState::Warning:
        return CheckWords::tr("Warning");
    case CheckState::Failed:
        return CheckWords::tr("Failed");
    case CheckState::Skipped:
        break;
    }
    return CheckWords::tr("Not checked");
}

CheckState WebhookCheckResult::state() const
{
    const auto has = [this](CheckState state) {
        return std::any_of(lines.begin(), lines.end(), [state](const CheckLine &line) { return line.state == state; });
    };
    for (const auto state : {CheckState::Failed, CheckState::Warning}) {
        if (has(state)) {
            return state;
        }
    }
    return CheckState::Ok;
}

qint64 daysLeft(const QDateTime &ends, const QDateTime &now)
{
    constexpr qint64 secondsOfDay = 24 * 60 * 60;
    const auto seconds = now.secsTo(ends);
    return seconds < 0 ? (seconds - secondsOfDay + 1) / secondsOfDay : seconds / secondsOfDay;
}

CheckState stateOfEnd(const QDateTime &begins, const QDateTime &ends, const QDateTime &now)
{
    const bool isShort = begins.isValid() && begins.addDays(shortLived.count()) >= ends;
    const auto ahead = isShort ? checkedAheadOfShortLived : checkedAhead;
    if (ends < now) {
        return CheckState::Failed;
    }
    return ends < now.addDays(ahead.count()) ? CheckState::Warning : CheckState::Ok;
}

QList<Json> toJson(const WebhookCheckResult &result)
{
    QList<Json> objects;
    for (const auto &line : result.lines) {
        const bool hasPlace = line.position.isValid();
        objects.append(Json{
            {"webhook", toJson(result.webhookName)},
            {"check", toJson(toString(line.subject))},
            {"state", toJson(toString(line.state))},
            {"found", toJson(line.found.text())},
            {"to_do", textOrNull(line.hint.text())},
            {"field", textOrNull(line.field)},
            {"line", hasPlace ? Json(line.position.line) : Json(nullptr)},
            {"column", hasPlace ? Json(line.position.column) : Json(nullptr)},
            {"ends", textOrNull(line.ends.toString(Qt::ISODate))},
            {"days_left", line.ends.isValid() ? Json(daysLeft(line.ends, result.checkedAt)) : Json(nullptr)},
        });
    }
    return objects;
}

} // namespace Tocsin
