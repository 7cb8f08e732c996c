// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxclock.h"

#include <QDateTime>
#include <QSysInfo>

#include <chrono>

namespace Tocsin {

OutboxClock OutboxClock::system()
{
    return {.wall = [] { return QDateTime::currentMSecsSinceEpoch(); },
            .steady =
                [] {
                    using namespace std::chrono;
                    return qint64(duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count());
                },
            .sinceBoot = millisecondsSinceBoot,
            .boot = QString::fromLatin1(QSysInfo::bootUniqueId())};
}

} // namespace Tocsin
