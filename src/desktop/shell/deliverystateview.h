// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace Tocsin {

class DeliveryWords;
class StatusDot;

/// The engine's state at the foot of the navigation: a dot and two lines, or the dot alone. Its actions are its context
/// menu.
class DeliveryStateView : public QWidget
{
    Q_OBJECT

public:
    explicit DeliveryStateView(QWidget *parent = nullptr);

    void setWords(const DeliveryWords &words);
    void setCollapsed(bool collapsed);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintQuietly();

    StatusDot *m_dot;
    QLabel *m_state;
    QLabel *m_figures;
    bool m_isCollapsed = false;
};

} // namespace Tocsin
