// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace Tocsin {

/// What can be muted: nothing goes out to the webhook, or about the integration.
struct MuteSubject
{
    enum class Kind { Webhook, Integration };

    Kind kind = Kind::Webhook;
    QString id;

    bool operator==(const MuteSubject &) const = default;
};

/// How long a mute lasts: neither, until it is ended.
struct MuteSpan
{
    std::optional<QDateTime> until{}; ///< by the wall clock
    std::optional<std::chrono::seconds> duration{}; ///< however the wall clock is set meanwhile
};

/// One that holds.
struct Mute
{
    MuteSubject subject;
    QDateTime since;
    std::optional<QDateTime> until{}; ///< none: until it is ended

    bool operator==(const Mute &) const = default;
};

} // namespace Tocsin
