// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"
#include "delivery.h"
#include "focusloan.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace Tocsin {

struct DeliveryDetails;
class RoleLabel;

/// The strip over a delivery: its state, and in one line what the target said, which attempt it was and when.
class DeliveryBanner : public QWidget
{
    Q_OBJECT

public:
    explicit DeliveryBanner(QWidget *parent = nullptr);

    /// `attemptsInAll`: as many as the webhook's schedule has; 0: not known.
    void setDelivery(const DeliveryDetails &details, int attemptsInAll);
    /// "401 Unauthorized · attempt 10 of 10 · 03:12:44"
    static QString summary(const DeliveryDetails &details, int attemptsInAll);

Q_SIGNALS:
    void replayRequested();
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyRole();

    DeliveryState m_state = DeliveryState::Pending;
    QLabel *m_mark;
    RoleLabel *m_title;
    QLabel *m_summary;
    QPushButton *m_replay;
    QToolButton *m_close;
    FocusLoan m_focusLoan;
};

} // namespace Tocsin
