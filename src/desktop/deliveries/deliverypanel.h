// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mendplace.h"
#include "outbox.h"

#include <QWidget>

class QStackedWidget;
class QVBoxLayout;

namespace Tocsin {

class AttemptsBar;
class BodyView;
class DeliveryBanner;
class FactGrid;
class InvocationPanel;
class OwnTarget;

/// One delivery beside the table: its state, its attempts, and the Invocation Data of the chosen one; without an
/// attempt its event. Follows the delivery as it changes.
class DeliveryPanel : public QWidget
{
    Q_OBJECT

public:
    explicit DeliveryPanel(QWidget *parent = nullptr);

    /// Another delivery opens on its last attempt; the same one stays where it is, unless that was the last.
    void setDelivery(const DeliveryDetails &details, int attemptsInAll);
    void setOwnTarget(OwnTarget *target);
    const Delivery &delivery() const { return m_details.delivery; }

Q_SIGNALS:
    void replayRequested(const QString &deliveryId);
    /// As of InvocationPanel, with the webhook and the delivery.
    void mendRequested(const Tocsin::MendPlace &place);
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void choose(int attempt);
    void showIds();

    DeliveryDetails m_details;
    DeliveryBanner *m_banner;
    AttemptsBar *m_attempts;
    QStackedWidget *m_pages;
    InvocationPanel *m_invocation;
    QWidget *m_eventPage;
    QVBoxLayout *m_eventLayout;
    FactGrid *m_ids = nullptr; ///< of the delivery and its event
    BodyView *m_event;
    std::optional<Invocation> m_shown;
};

} // namespace Tocsin
