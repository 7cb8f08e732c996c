// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"

#include <QList>
#include <QString>

namespace Tocsin {

/// One place in which two states of a webhook's document differ.
struct FieldDifference
{
    QString field; ///< in the form's words: "Headers › DD-API-KEY"
    QString elsewhere; ///< the value's text there; empty: it is not there
    QString here;

    bool operator==(const FieldDifference &) const = default;
};

/// Where the form (`here`) and the stored webhook differ, in the document's order. A secret that stands literally in
/// the form is shown as dots.
QList<FieldDifference> compareWebhooks(const Webhook &elsewhere, const WebhookInput &here);

} // namespace Tocsin
