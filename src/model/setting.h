// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <QList>
#include <QMap>
#include <QString>

#include <variant>

namespace Tocsin {

/// What a profile is told once and for all who work on it: window, command line and services. Each starts as it is
/// here.
struct Settings
{
    bool isLinkLocalAllowed = false; ///< whether requests may go there, and to the metadata services of clouds

    bool operator==(const Settings &) const = default;
};

/// How one of the settings is called, kept and explained. A new one is a member of Settings and a line in
/// knownSettings().
struct Setting
{
    using Member = std::variant<bool Settings::*>;

    QString key; ///< as people type it
    Member member;
    QString description; ///< one sentence

    Json value(const Settings &settings) const;
    QString text(const Settings &settings) const; ///< as it is typed and stored
    /// Takes the value that `text` says; else one sentence on what the setting takes.
    Result<void> read(const QString &text, Settings &settings) const;
};

inline const QString allowLinkLocalKey = QStringLiteral("egress.allow_link_local");

/// All of them, by key.
QList<Setting> knownSettings();

/// The setting of that key; else one sentence, which names the nearest known key.
Result<Setting> findSetting(const QString &key);

/// The settings that these texts say, by key. What cannot be read (a later version may have written it) is left as
/// usual.
Settings settingsFrom(const QMap<QString, QString> &texts);

} // namespace Tocsin
