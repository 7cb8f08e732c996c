// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"

#include <QPointer>
#include <QTimer>

namespace Tocsin {

/// How many deliveries there are, by state and webhook, kept up to date while somebody looks, at a pace that costs
/// nothing.
class DeliveryCountsWatch : public QObject
{
    Q_OBJECT

public:
    explicit DeliveryCountsWatch(QObject *parent = nullptr);

    void setOutbox(Outbox &outbox);
    void setLive(bool live);
    const DeliveryCounts &counts() const { return m_counts; }

Q_SIGNALS:
    void countsChanged(const Tocsin::DeliveryCounts &counts);

private:
    void askSoon();
    void ask();

    QPointer<Outbox> m_outbox;
    DeliveryCounts m_counts;
    QTimer m_next;
    bool m_asking = false;
    bool m_stale = true;
    bool m_live = false;
};

} // namespace Tocsin
