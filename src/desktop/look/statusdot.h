// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"

#include <QWidget>

namespace Tocsin {

/// A small mark in a role's colour and shape, with the words that say the same to a screen reader and in a tooltip.
class StatusDot : public QWidget
{
    Q_OBJECT

public:
    explicit StatusDot(QWidget *parent = nullptr);

    /// Success is a filled dot, Inactive a hollow one, the others their role's icon.
    void setStatus(ColorRole role, const QString &words);
    ColorRole role() const { return m_role; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ColorRole m_role = ColorRole::Inactive;
};

} // namespace Tocsin
