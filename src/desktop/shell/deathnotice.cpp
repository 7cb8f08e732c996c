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
    ++m_webhooks[dead.webhookName];
    ++m_count;
    m_last = dead;
    m_isUntold = true;
    if (!m_wait.isActive()) {
        m_wait.start(m_first);
    }
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
    if (m_count == 1) {
        Q_EMIT due(tr("A delivery to %1 is dead").arg(m_last.webhookName),
                   tr("%1, %2: %3").arg(m_last.integrationName, toString(m_last.status), m_last.lastReason));
        return;
    }
    const QLocale locale;
    QStringList lines;
    for (auto one = m_webhooks.cbegin(); one != m_webhooks.cend() && lines.size() < webhooksNamed; ++one) {
        lines.append(tr("%1: %2").arg(one.key(), locale.toString(one.value())));
    }
    if (m_webhooks.size() > webhooksNamed) {
        lines.append(tr("and %n more webhook(s)", nullptr, static_cast<int>(m_webhooks.size()) - webhooksNamed));
    }
    Q_EMIT due(tr("%n delivery(s) are dead", nullptr, m_count), lines.join(u'\n'));
}

} // namespace Tocsin
