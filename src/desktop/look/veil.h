// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Tocsin {

/// Dims the whole of the widget that it is made for, while shown: what stands there counts no longer, and can still be
/// read and used.
class Veil : public QWidget
{
public:
    explicit Veil(QWidget *covered); ///< hidden at first

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
};

} // namespace Tocsin
