// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QByteArray>
#include <QString>

QByteArray bytes = QString();
