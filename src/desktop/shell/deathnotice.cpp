// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deathnotice.h"

#include <QLocale>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {
constexpr int webhooksNamed = 3;
} // namespace

DeathNotice::DeathNotice(std::chrono::milliseconds first, std::chrono::milliseconds later, QObject *parent)
    : QObject(parent)
    , m_first(first)
    , m_later(later)
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &DeathNotice::tell);
}

void DeathNotice::note(const Delivery &dead)
{
    m_lastText = tr("%1, %2: %3").arg(dead.integrationName, toString(dead.status), dead.lastReason);
    add(dead.webhookId, dead.webhookName, 1, dead.lastReason);
}

void DeathNotice::note(const CondemnedDeliveries &dead)
{
    m_lastText = dead.reason;
    add(dead.webhookId, dead.webhookName, dead.count, dead.reason);
}

void DeathNotice::add(const QString &webhookId, const QString &webhookName, int count, const QString &reason)
{
    auto &deaths = m_webhooks[webhookId];
    deaths.name = webhookName;
    deaths.count += count;
    m_count += count;
    m_lastReason = reason;
    m_isUntold = true;
    if (!m_wait.isActive()) {
        m_wait.start(m_first);
    }
}

QString DeathNotice::webhookId() const
{
    return m_webhooks.size() == 1 ? m_webhooks.firstKey() : QString();
}

void DeathNotice::seen()
{
    m_webhooks.clear();
    m_count = 0;
    m_isUntold = false;
}

void DeathNotice::tell()
{
    if (!std::exchange(m_isUntold, false)) {
        return;
    }
    m_wait.start(m_later);
    if (m_webhooks.size() == 1) {
        const QString &name = m_webhooks.first().name;
        if (m_count == 1) {
            Q_EMIT due(tr("A delivery to %1 is dead").arg(name), m_lastText);
        } else {
            Q_EMIT due(tr("%Ln deliveries to %1 are dead", nullptr, m_count).arg(name), m_lastReason);
        }
        return;
    }
    const QLocale locale;
    QStringList lines;
    for (auto one = m_webhooks.cbegin(); one != m_webhooks.cend() && lines.size() < webhooksNamed; ++one) {
        lines.append(tr("%1: %2").arg(one->name, locale.toString(one->count)));
    }
    if (m_webhooks.size() > webhooksNamed) {
        lines.append(tr("and %n more webhook(s)", nullptr, static_cast<int>(m_webhooks.size()) - webhooksNamed));
    }
    Q_EMIT due(tr("%Ln deliveries are dead", nullptr, m_count), lines.join(u'\n'));
}

} // namespace Tocsin

#include "moc_deathnotice.cpp"
