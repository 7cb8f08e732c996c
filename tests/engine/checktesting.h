// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "enginetesting.h"
#include "invoking.h"

#include <algorithm>

namespace Tocsin {

inline WebhookInput checkInput(const Webhook &webhook)
{
    return {.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}};
}

inline WebhookCheckResult checked(Engine &engine, const Webhook &webhook)
{
    return awaitSignal(engine.check(checkInput(webhook)), &WebhookCheckJob::finished);
}

inline QList<CheckLine> linesOf(const WebhookCheckResult &result, CheckSubject subject)
{
    QList<CheckLine> lines;
    std::copy_if(result.lines.begin(), result.lines.end(), std::back_inserter(lines),
                 [subject](const CheckLine &line) { return line.subject == subject; });
    return lines;
}

/// "document ok, name failed …": what was looked at, and how it is.
inline QString outline(const WebhookCheckResult &result)
{
    QStringList parts;
    for (const auto &line : result.lines) {
        parts.append(toString(line.subject) + QLatin1Char(' ') + toString(line.state));
    }
    return parts.join(QStringLiteral(", "));
}

/// All that it says, for a failed comparison.
inline QString told(const WebhookCheckResult &result)
{
    QStringList parts;
    for (const auto &line : result.lines) {
        parts.append(toString(line.subject) + QStringLiteral(": ") + line.found.text() + QLatin1Char(' ')
                     + line.hint.text() + QLatin1Char(' ') + line.field);
    }
    return parts.join(QLatin1Char('\n'));
}

} // namespace Tocsin
