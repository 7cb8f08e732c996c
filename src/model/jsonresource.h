// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <QByteArray>
#include <QString>

namespace Tocsin {

/// Reads a JSON document that is part of the program; the program ends where it is not there or not JSON.
Json readJsonResource(const QString &path);

/// The same of a text, UTF-8 as it is stored.
QByteArray readTextResource(const QString &path);

} // namespace Tocsin
