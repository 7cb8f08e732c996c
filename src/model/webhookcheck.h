// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "result.h"
#include "sentence.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>

namespace Tocsin {

/// What a check looks at, in the order in which it is told.
enum class CheckSubject {
    Document, ///< the rules of Webhook
    Template, ///< what is made of events, for each status that the filters let through
    Secrets, ///< each is there, can be read and used
    Name, ///< the lookup of the target's host
    Connection, ///< TCP, and the way through a proxy
    Tls, ///< the handshake, and who the peer is
    Certificate, ///< until when those are good that the peer is known by
    ClientCertificate, ///< with its key
    Token, ///< the OAuth exchange
};
/// The word in documents (`client_certificate`); not translated.
QString toString(CheckSubject subject);
/// What a person calls it ("Client certificate").
QString checkSubjectText(CheckSubject subject);

enum class CheckState {
    Ok,
    Warning, ///< nothing is broken yet
    Failed,
    Skipped, ///< what comes before it failed
};
/// The word in documents (`warning`); not translated.
QString toString(CheckState state);
QString checkStateText(CheckState state);

/// What ends sooner than this is a warning.
inline constexpr std::chrono::days checkedAhead{14};
/// What is made for so short a time is renewed by a machine, and a warning only when that has not happened.
inline constexpr std::chrono::days shortLived{8};
inline constexpr std::chrono::days checkedAheadOfShortLived{2};

/// One thing that was looked at. Never holds a secret.
struct CheckLine
{
    CheckSubject subject = CheckSubject::Document;
    CheckState state = CheckState::Ok;
    Sentence found; ///< one
    Sentence hint{}; ///< what to do; may be empty
    QString field{}; ///< the webhook's field to change (as in Problem::field); may be empty
    TextPosition position{}; ///< into the field's text
    QDateTime ends{}; ///< UTC: of a certificate, of a token that says so; else not valid
    bool isKeychains = false; ///< the keychain's fault: the same for every webhook that needs it

    bool operator==(const CheckLine &) const = default;
};

/// Everything of a webhook but the request.
struct WebhookCheckResult
{
    QString webhookId; ///< empty for one that is not saved
    QString webhookName;
    qint64 version = 0; ///< of the stored document that was checked; 0: it is not as it is stored
    QDateTime checkedAt; ///< UTC
    QList<CheckLine> lines; ///< by subject
    bool isCancelled = false; ///< then lines are missing

    /// The worst of its lines: Failed, Warning or Ok.
    CheckState state() const;
    bool operator==(const WebhookCheckResult &) const = default;
};

/// How many whole days are left at `now`; negative once it is over.
qint64 daysLeft(const QDateTime &ends, const QDateTime &now);

/// How what ends then is at `now`; `begins` where it is known.
CheckState stateOfEnd(const QDateTime &begins, const QDateTime &ends, const QDateTime &now);

/// One object for each line: `webhook`, `check`, `state`, `found`, `to_do`, `field`, `line`, `column`, `ends`,
/// `days_left`; null where there is nothing to say.
QList<Json> toJson(const WebhookCheckResult &result);

} // namespace Tocsin
