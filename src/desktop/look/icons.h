// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"

#include <QIcon>

namespace Tocsin {

/// The symbolic icons, drawn on a 16 px grid (resources/icons; a symbol's file has its name in lower case).
enum class Symbol {
    Active,
    Add,
    Back,
    Certificate,
    Clock,
    Close,
    Command,
    Conceal,
    Copy,
    Delete,
    Deliveries,
    Down,
    Duplicate,
    Edit,
    Error,
    Export,
    Forward,
    Help,
    Import,
    Inactive,
    Information,
    Insert,
    Integrations,
    Key,
    Lock,
    More,
    Mute,
    Panel,
    Pause,
    Power,
    Preview,
    Receiver,
    Refresh,
    Replay,
    Reveal,
    Schema,
    Search,
    Settings,
    Shield,
    Stop,
    Success,
    Superseded,
    Test,
    Undo,
    Unlock,
    Warning,
    Webhooks
};

/// An icon in the palette's ButtonText as it is when painted (its disabled and highlighted colours too).
QIcon icon(Symbol symbol);
/// An icon in a role's colour.
QIcon icon(Symbol symbol, ColorRole role);
/// The icon that goes with a role: a check, a triangle, a cross, a hollow dot.
QIcon icon(ColorRole role);
Symbol symbolOf(ColorRole role);
/// One picture in one colour, `size` logical pixels square.
QPixmap pixmap(Symbol symbol, const QColor &color, int size, qreal devicePixelRatio);

/// The program's own icon.
QIcon applicationIcon();

} // namespace Tocsin
