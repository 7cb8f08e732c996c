// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>

class Thing : public QObject
{
signals:
    void happened();
};
