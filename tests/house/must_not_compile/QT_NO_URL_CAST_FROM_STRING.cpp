// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QString>
#include <QUrl>

QUrl url = QString();
