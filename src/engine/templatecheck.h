// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatcher.h"
#include "webhookcheck.h"

#include <QSet>

#include <optional>

namespace Tocsin {

/// An event that a webhook's filters may let through: one of the samples, with a status that they let through.
struct CheckCase
{
    IntegrationStatus status = IntegrationStatus::Error;
    QString sample; ///< its name, translated
    bool isHostile = false; ///< its values are such as hardly occur
    Json event;
    std::optional<InvocationError> error{}; ///< why no request can be made of it
};

QList<CheckCase> checkCases(const Filters &filters);

/// The webhook without what is the same for every event; `secrets` has a value for each key that it refers to, a made
/// up one where there is none.
InvocationRequest templateRequest(const Webhook &webhook, QHash<QString, QString> secrets);

/// Makes the request, and nothing of it. Any thread; takes as long as the template does.
std::optional<InvocationError> templateError(InvocationRequest request, const Json &event);

/// What the cases came to. Faults of the fields in `known` have been told.
QList<CheckLine> templateLines(const QList<CheckCase> &cases, const QSet<QString> &known);

} // namespace Tocsin
