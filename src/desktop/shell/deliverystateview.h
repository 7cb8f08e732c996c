// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace Tocsin {

class DeliveryWords;
class StatusDot;

/// The engine's state at the foot of the navigation: a dot and two lines (three for large numbers), or the dot alone.
/// Its actions are its context menu.
class DeliveryStateView : public QWidget
{
    Q_OBJECT

public:
    explicit DeliveryStateView(QWidget *parent = nullptr);

    void setWords(const DeliveryWords &words);
    void setCollapsed(bool collapsed);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void paintQuietly();
    void showFigures();

    StatusDot *m_dot;
    QLabel *m_state;
    QLabel *m_figures;
    QString m_figuresText; ///< the figures, in one line
    bool m_isCollapsed = false;
};

} // namespace Tocsin
