// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace Tocsin {

/// The statuses an integration can have.
enum class IntegrationStatus { Initializing, Refreshing, Active, Warning, Error, Disabled };

/// All six, in the order in which they are offered.
QList<IntegrationStatus> allIntegrationStatuses();
/// The word in documents and events ("Warning"); not translated.
QString toString(IntegrationStatus status);
std::optional<IntegrationStatus> integrationStatusFromString(const QString &text);

/// One status change of one integration. `document` is the whole event as it came, with members the schema does not
/// know; the other fields are read off it. `ownId` is its member `id`, or what its sender gave it beside the document.
struct IntegrationEvent
{
    QString integrationId;
    QString integrationName;
    QString integrationType;
    IntegrationStatus status = IntegrationStatus::Active;
    Json document;
    QString ownId{}; ///< empty: none

    bool operator==(const IntegrationEvent &) const = default;
};

/// The moment that a text means (RFC 3339 §5.6), in UTC, to the millisecond; a leap second is the second before it. The
/// error says what is wrong with it, beginning in the middle of a sentence.
Result<QDateTime> timeFromRfc3339(const QString &text);

/// Reads an event; the error's `where` is the JSON path of the first fault.
Result<IntegrationEvent> integrationEventFromJson(const Json &document);

} // namespace Tocsin
