// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <QByteArray>

/// A JSON value as QCOMPARE can compare and print it.
inline QByteArray shown(const Tocsin::Json &value)
{
    return QByteArray::fromStdString(Tocsin::writeJson(value));
}
