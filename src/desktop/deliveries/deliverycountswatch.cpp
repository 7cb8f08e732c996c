// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverycountswatch.h"

#include <chrono>

using namespace std::chrono_literals;

namespace Tocsin {

DeliveryCountsWatch::DeliveryCountsWatch(QObject *parent)
    : QObject(parent)
{
    m_next.setSingleShot(true);
    m_next.setInterval(300ms);
    connect(&m_next, &QTimer::timeout, this, &DeliveryCountsWatch::ask);
}

void DeliveryCountsWatch::setOutbox(Outbox &outbox)
{
    m_outbox = &outbox;
    connect(&outbox, &Outbox::changed, this, &DeliveryCountsWatch::askSoon);
    askSoon();
}

void DeliveryCountsWatch::setLive(bool live)
{
    m_live = live;
    if (live && m_stale) {
        ask();
    }
}

void DeliveryCountsWatch::askSoon()
{
    m_stale = true;
    if (m_live && !m_asking && !m_next.isActive()) {
        m_next.start();
    }
}

void DeliveryCountsWatch::ask()
{
    if (!m_outbox || m_asking) {
        return;
    }
    m_asking = true;
    m_stale = false;
    m_outbox->counts(this, [this](const Result<DeliveryCounts> &counts) {
        m_asking = false;
        if (counts) {
            m_counts = *counts;
            Q_EMIT countsChanged(m_counts);
        }
        if (m_stale) {
            askSoon();
        }
    });
}

} // namespace Tocsin

#include "moc_deliverycountswatch.cpp"
