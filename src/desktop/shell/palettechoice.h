// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "preferences.h"

#include <QObject>

namespace Tocsin {

/// Keeps the application's palette as Settings › Appearance says. System is what the platform gives; where it gives no
/// palette, the desktop is asked over its portal whether it prefers dark (at start, and when
/// the application is turned to again).
class PaletteChoice : public QObject
{
    Q_OBJECT

public:
    explicit PaletteChoice(Preferences &preferences, QObject *parent = nullptr);

private:
    void apply();
    void askPortal();

    Preferences &m_preferences;
    bool m_platformHasPalette = false;
    bool m_desktopPrefersDark = false;
};

} // namespace Tocsin
