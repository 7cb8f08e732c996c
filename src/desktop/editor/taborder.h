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
        QWidget *stop = stops.at(i);
        QWidget::setTabOrder(stops.at(i - 1), stop);
        // What leads to its part by focus proxy takes Tab, too: left where it was, it would lead back from there. To
        // set the proxy again places it before its first part.
        for (auto *whole = stop->parentWidget(); whole && whole->focusProxy() == stop; whole = whole->parentWidget()) {
            whole->setFocusProxy(stop);
        }
    }
}

} // namespace Tocsin
