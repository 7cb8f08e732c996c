// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverypanel.h"

#include "attemptsbar.h"
#include "bodyview.h"
#include "colorroles.h"
#include "deliverybanner.h"
#include "factgrid.h"
#include "invocationpanel.h"
#include "metrics.h"

#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

DeliveryPanel::DeliveryPanel(QWidget *parent)
    : QWidget(parent)
    , m_banner(new DeliveryBanner(this))
    , m_attempts(new AttemptsBar(this))
    , m_pages(new QStackedWidget(this))
    , m_invocation(new InvocationPanel(this))
    , m_eventPage(new QWidget(this))
    , m_eventLayout(new QVBoxLayout(m_eventPage))
    , m_event(new BodyView(this))
{
    setAccessibleName(tr("Delivery"));
    m_event->setTitle(tr("Event"));
    m_invocation->setKind(InvocationPanel::Kind::Attempt);
    m_eventLayout->setContentsMargins(Metrics::large, Metrics::small, Metrics::large, Metrics::medium);
    m_eventLayout->setSpacing(Metrics::small);
    m_eventLayout->addWidget(m_event);
    m_eventLayout->addStretch();
    m_pages->addWidget(m_invocation);
    m_pages->addWidget(m_eventPage);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 1, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_attempts);
    layout->addWidget(m_pages, 1);

    connect(m_banner, &DeliveryBanner::replayRequested, this,
            [this] { Q_EMIT replayRequested(m_details.delivery.id); });
    connect(m_banner, &DeliveryBanner::closeRequested, this, &DeliveryPanel::closeRequested);
    connect(m_attempts, &AttemptsBar::attemptChosen, this, &DeliveryPanel::choose);
    connect(m_invocation, &InvocationPanel::closeRequested, this, &DeliveryPanel::closeRequested);
    connect(m_invocation, &InvocationPanel::mendRequested, this, [this](MendPlace place) {
        place.webhookId = m_details.delivery.webhookId;
        place.deliveryId = m_details.delivery.id;
        Q_EMIT mendRequested(place);
    });
}

void DeliveryPanel::setOwnTarget(OwnTarget *target)
{
    m_invocation->setOwnTarget(target);
}

void DeliveryPanel::setDelivery(const DeliveryDetails &details, int attemptsInAll)
{
    const bool isAnother = details.delivery.id != m_details.delivery.id;
    const auto hadAttempts = static_cast<int>(m_details.attempts.size());
    const bool followsLast = isAnother || m_attempts->chosen() == hadAttempts;
    const bool hasOtherEvent = isAnother || details.event != m_details.event;
    m_details = details;
    m_banner->setDelivery(details, attemptsInAll);
    if (isAnother) {
        showIds();
    }
    if (hasOtherEvent) {
        m_event->setBody(QByteArray::fromStdString(writeJson(details.event)), u"application/json"_s, false);
    }
    choose(followsLast ? static_cast<int>(details.attempts.size()) : m_attempts->chosen());
}

void DeliveryPanel::showIds()
{
    delete m_ids;
    m_ids = new FactGrid(m_eventPage);
    const Delivery &delivery = m_details.delivery;
    m_ids->addFact(tr("Own id"), delivery.eventOwnId, FactGrid::Face::Fixed,
                   tr("The event's own, as its sender gave it"));
    m_ids->addFact(tr("Event id"), delivery.eventId, FactGrid::Face::Fixed);
    m_ids->addFact(tr("webhook-id"), delivery.messageId, FactGrid::Face::Fixed,
                   tr("The delivery's id, the same on every attempt"));
    m_eventLayout->insertWidget(0, m_ids);
}

void DeliveryPanel::choose(int attempt)
{
    const auto count = static_cast<int>(m_details.attempts.size());
    const int chosen = std::clamp(attempt, 0, count);
    m_attempts->setAttempts(count, chosen);
    if (chosen == AttemptsBar::eventItself) {
        m_pages->setCurrentWidget(m_eventPage);
        return;
    }
    const Invocation &invocation = m_details.attempts.at(chosen - 1);
    if (m_shown != invocation) {
        m_shown = invocation;
        m_invocation->setInvocation(invocation);
    }
    m_pages->setCurrentWidget(m_invocation);
}

void DeliveryPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.setPen(hairline(palette()));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace Tocsin

#include "moc_deliverypanel.cpp"
