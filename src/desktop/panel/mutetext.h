// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mute.h"

namespace Tocsin {

// How the window speaks of mutes.

/// "Muted until 14:00", "Muted until unmuted".
QString muteInWords(const Mute &mute, const QDateTime &now = QDateTime::currentDateTime());
/// As long as a mute is in words, to measure by.
QString longestMuteInWords();
/// For a form: "Nothing is sent while it is muted, until 14:00."
QString muteSentence(const Mute &mute, const QDateTime &now = QDateTime::currentDateTime());
/// When a span that begins now is over; none: not by itself.
std::optional<QDateTime> endOf(const MuteSpan &span, const QDateTime &now = QDateTime::currentDateTimeUtc());

} // namespace Tocsin
