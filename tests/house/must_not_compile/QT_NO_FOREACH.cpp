// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QList>

int sum(const QList<int> &numbers)
{
    int result = 0;
    foreach (int number, numbers)
        result += number;
    return result;
}
