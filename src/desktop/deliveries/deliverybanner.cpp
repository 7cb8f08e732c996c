// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverybanner.h"

#include "deliverytext.h"
#include "format.h"
#include "headinglabel.h"
#include "messageview.h"
#include "metrics.h"
#include "outbox.h"
#include "rolelabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

/// A reason as one of several facts: without its stop.
QString asFact(QString reason)
{
    if (reason.endsWith(u'.')) {
        reason.chop(1);
    }
    return reason;
}

} // namespace

DeliveryBanner::DeliveryBanner(QWidget *parent)
    : QWidget(parent)
    , m_mark(new QLabel(this))
    , m_title(new RoleLabel(this))
    , m_summary(new QLabel(this))
    , m_replay(new QPushButton(tr("Replay"), this))
    , m_close(new QToolButton(this))
{
    m_title->setFont(semiboldFont());
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_replay->setToolTip(tr("Send this delivery again, with the same webhook-id"));
    m_close->setIcon(icon(Symbol::Close));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close panel"));
    m_close->setToolTip(tr("Close panel (%1)").arg(QKeySequence(Qt::Key_Escape).toString(QKeySequence::NativeText)));

    auto *words = new QVBoxLayout;
    words->setSpacing(Metrics::tight);
    words->addWidget(m_title);
    words->addWidget(m_summary);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::large, Metrics::medium, Metrics::small, Metrics::medium);
    layout->setSpacing(Metrics::small);
    layout->addWidget(m_mark);
    layout->addLayout(words, 1);
    layout->addWidget(m_replay);
    layout->addWidget(m_close, 0, Qt::AlignTop);

    connect(m_replay, &QPushButton::clicked, this, &DeliveryBanner::replayRequested);
    connect(m_close, &QToolButton::clicked, this, &DeliveryBanner::closeRequested);
}

void DeliveryBanner::setDelivery(const DeliveryDetails &details, int attemptsInAll)
{
    m_state = details.delivery.state;
    m_title->setText(m_state == DeliveryState::Dead ? tr("Delivery dead") : holdingInWords(details.delivery));
    m_summary->setText(summary(details, attemptsInAll));
    m_summary->setToolTip(details.delivery.lastReason);
    if (isFinished(m_state)) {
        m_replay->show();
        m_focusLoan.giveBack(m_close);
    } else {
        m_focusLoan.lend({m_replay}, m_close);
        m_replay->hide();
    }
    applyRole();
}

QString DeliveryBanner::summary(const DeliveryDetails &details, int attemptsInAll)
{
    const auto &delivery = details.delivery;
    QStringList facts;
    const auto addExpiry = [&facts, &delivery] {
        if (delivery.expiresAt) {
            facts << tr("expires %1").arg(shortTime(*delivery.expiresAt));
        }
    };
    if (details.attempts.isEmpty()) {
        if (!delivery.lastReason.isEmpty()) {
            facts << asFact(delivery.lastReason);
        }
        facts << (isFinished(delivery.state) ? tr("never tried") : tr("no attempt yet"))
              << formatMoment(delivery.createdAt);
        addExpiry();
        return facts.join(u" · "_s);
    }
    if (delivery.state == DeliveryState::Superseded && !delivery.lastReason.isEmpty()) {
        facts << asFact(delivery.lastReason);
    }
    const Invocation &last = details.attempts.constLast();
    facts << (last.response ? statusLine(*last.response) : tr("no response"));
    const auto attempts = static_cast<int>(details.attempts.size());
    const bool isOver = delivery.state == DeliveryState::Delivered || delivery.state == DeliveryState::Superseded;
    const bool mayGoOn = !isOver && attempts <= attemptsInAll;
    facts << (mayGoOn ? tr("attempt %1 of %2").arg(attempts).arg(attemptsInAll) : tr("attempt %1").arg(attempts));
    facts << formatMoment(last.startedAt);
    addExpiry();
    return facts.join(u" · "_s);
}

void DeliveryBanner::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), tint(roleOf(m_state), palette()));
}

void DeliveryBanner::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyRole();
    }
}

void DeliveryBanner::applyRole()
{
    const ColorRole role = roleOf(m_state);
    m_title->setRole(role);
    m_mark->setPixmap(pixmap(symbolOf(m_state), color(role, palette()), Metrics::icon, devicePixelRatioF()));
    update();
}

} // namespace Tocsin

#include "moc_deliverybanner.cpp"
