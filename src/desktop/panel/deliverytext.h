// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"
#include "delivery.h"
#include "icons.h"

namespace Tocsin {

// How the window speaks of deliveries.

QString stateWord(DeliveryState state);
/// The same, with when the next attempt is to be, "Waiting, next 03:17", or what holds it: "Muted until 14:00".
QString stateInWords(const Delivery &delivery, const QDateTime &now = QDateTime::currentDateTime());
/// Why it waits and until when, in a sentence's words: "Waiting for its status to last, 14:03"; as stateInWords()
/// where nothing holds it.
QString holdingInWords(const Delivery &delivery, const QDateTime &now = QDateTime::currentDateTime());
ColorRole roleOf(DeliveryState state);
Symbol symbolOf(DeliveryState state);

/// "401", an empty text where nothing was tried yet, a dash where no answer came.
QString httpInWords(const Delivery &delivery);

/// The time of day as short as it can be said: "03:17" today, else with the date, and in another year with that.
QString shortTime(const QDateTime &moment, const QDateTime &now = QDateTime::currentDateTime());
/// A span from `start` to before `end`: "03:00 – 03:30", with the date where it is not today.
QString spanInWords(const QDateTime &start, const QDateTime &end, const QDateTime &now = QDateTime::currentDateTime());

} // namespace Tocsin
