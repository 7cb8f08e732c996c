// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"

#include <QSet>
#include <QString>

namespace Tocsin {

/// Writes checks for a terminal or a log: a line for each thing, in columns: how it is, which webhook, what was looked
/// at; then what was found and what to do about it. What is the keychain's fault is written once.
class CheckLines
{
public:
    explicit CheckLines(const QList<WebhookInput> &webhooks);

    QString text(const WebhookCheckResult &result);

private:
    qsizetype m_widestName = 0;
    QSet<QString> m_told;
};

/// One line for a log; empty where there is nothing to say: what failed and what is a warning of a webhook.
QString checkSummary(const WebhookCheckResult &result);

} // namespace Tocsin
