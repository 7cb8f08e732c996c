// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "humantime.h"

#include <QCoreApplication>
#include <QLocale>

namespace Tocsin {

namespace {

struct HumanTime
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::HumanTime)
};

} // namespace

QString relativeTime(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid()) {
        return {};
    }
    const qint64 seconds = time.secsTo(now);
    if (seconds < 60) {
        return HumanTime::tr("just now");
    }
    if (seconds < 3600) {
        return HumanTime::tr("%n minute(s) ago", nullptr, static_cast<int>(seconds / 60));
    }
    const QDateTime local = time.toLocalTime();
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    if (days == 0) {
        return HumanTime::tr("%n hour(s) ago", nullptr, static_cast<int>(seconds / 3600));
    }
    const QLocale locale;
    if (days == 1) {
        return HumanTime::tr("yesterday, %1").arg(locale.toString(local.time(), QLocale::ShortFormat));
    }
    return locale.toString(local.date(), QLocale::ShortFormat);
}

} // namespace Tocsin
