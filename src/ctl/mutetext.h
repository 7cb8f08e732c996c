// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "mute.h"

#include <QList>

namespace Tocsin {

class Session;

/// "muted until 2026-01-31 08:00:00", "muted until it is unmuted".
QString muteInWords(const Mute &mute);
/// `since` and `until`; null where there is none.
Json muteDocument(const std::optional<Mute> &mute);

/// Those that hold; complains where they cannot be read. The profile's deliveries are open afterwards.
std::optional<QList<Mute>> readMutes(Session &session);
std::optional<Mute> findMute(const QList<Mute> &mutes, const MuteSubject &subject);

/// What a command mutes or unmutes.
struct NamedSubject
{
    MuteSubject subject;
    QString name;
};

/// By a webhook's name or an integration's id; complains, naming the nearest one, where there is none.
std::optional<NamedSubject> findSubject(Session &session, MuteSubject::Kind kind, const QString &typed);

} // namespace Tocsin
