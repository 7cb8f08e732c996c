// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mutetext.h"

#include "deliverytext.h"

#include <QCoreApplication>

namespace Tocsin {

namespace {

struct MuteText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::MuteText)
};

} // namespace

QString muteInWords(const Mute &mute, const QDateTime &now)
{
    return mute.until ? MuteText::tr("Muted until %1").arg(shortTime(*mute.until, now))
                      : MuteText::tr("Muted until unmuted");
}

QString longestMuteInWords()
{
    const QDateTime nextYear(QDate(QDate::currentDate().year() + 1, 12, 28), QTime(20, 58));
    return muteInWords({.subject = {}, .since = {}, .until = nextYear});
}

QString muteSentence(const Mute &mute, const QDateTime &now)
{
    return mute.until ? MuteText::tr("Nothing is sent while it is muted, until %1.").arg(shortTime(*mute.until, now))
                      : MuteText::tr("Nothing is sent until it is unmuted.");
}

std::optional<QDateTime> endOf(const MuteSpan &span, const QDateTime &now)
{
    return span.duration ? now.addSecs(span.duration->count()) : span.until;
}

} // namespace Tocsin
