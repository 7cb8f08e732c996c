// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace Tocsin {

/// A page's heading: 1.5 times the application's font, semibold, and a heading to a screen reader. Beside a page's
/// actions, it is what gives way: it shortens, unless it wraps.
class HeadingLabel : public QLabel
{
    Q_OBJECT

public:
    explicit HeadingLabel(QWidget *parent = nullptr);
    explicit HeadingLabel(const QString &text, QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyFont();
};

/// The font of a section's title: semibold, at the application's size.
QFont semiboldFont();

} // namespace Tocsin
