// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace Tocsin {

/// Flat buttons side by side, with symbol and words where there is room for all of them, else with their symbols alone;
/// their tool tips say the rest.
class ToolButtonRow : public QWidget
{
    Q_OBJECT

public:
    explicit ToolButtonRow(QWidget *parent = nullptr);

    /// A button with an action of its own, which has a symbol.
    void add(QToolButton *button);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void measure();
    void fit();
    void setShown(Qt::ToolButtonStyle style);

    QHBoxLayout *m_layout;
    QList<QToolButton *> m_buttons;
    QSize m_whole; ///< with words
    QSize m_least; ///< without
};

} // namespace Tocsin
