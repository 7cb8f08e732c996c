// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Tocsin {

/// A program's arguments without those that Qt itself takes (`-style fusion`, `-platform=offscreen`, `-reverse` …: see
/// QGuiApplication and QApplication), so that the others can be read before there is an application. The program's name
/// stays; what follows `--` stays, too.
QStringList withoutQtOptions(const QStringList &arguments);

} // namespace Tocsin
