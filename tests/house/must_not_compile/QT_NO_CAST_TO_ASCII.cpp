// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QByteArray>
#include <QStringBuilder>

void append(QByteArray &bytes, const QString &text)
{
    bytes += text % QLatin1Char('x');
}
