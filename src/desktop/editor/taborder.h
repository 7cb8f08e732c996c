// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace Tocsin {

/// Makes Tab go through `stops` in this order, beginning where the first one stands.
inline void chainTabOrder(const QList<QWidget *> &stops)
{
    for (qsizetype i = 1; i < stops.size(); ++i) {
        QWidget::setTabOrder(stops.at(i - 1), stops.at(i));
    }
}

} // namespace Tocsin
