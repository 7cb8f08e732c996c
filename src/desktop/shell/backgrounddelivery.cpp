// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "backgrounddelivery.h"

#include <QDateTime>
#include <QNetworkInformation>
#include <QUrl>

#include <utility>

namespace Tocsin {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr auto refreshPause = 250ms; // between looks at an outbox that keeps changing
constexpr auto today = 15min; // time zones begin their days at quarters of an hour

bool isNetworkGone()
{
    return QNetworkInformation::loadDefaultBackend() && QNetworkInformation::instance()
        && QNetworkInformation::instance()->reachability() == QNetworkInformation::Reachability::Disconnected;
}

} // namespace

BackgroundDelivery::BackgroundDelivery(Engine &engine, const DelivererOptions &options, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_options(options)
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshPause);
    m_troubleLapses.setSingleShot(true);
    m_troubleLapses.setInterval(options.secretRetry * 3 / 2); // by then it would have been said again
    m_minutes.setInterval(1min); // the day ends
    connect(&m_refresh, &QTimer::timeout, this, &BackgroundDelivery::refresh);
    connect(&m_minutes, &QTimer::timeout, this, &BackgroundDelivery::refreshSoon);
    connect(&m_minutes, &QTimer::timeout, this, &BackgroundDelivery::prune);
    connect(&m_troubleLapses, &QTimer::timeout, this, [this] { noteTrouble({}); });
    connect(&m_engine, &Engine::webhooksChanged, this, &BackgroundDelivery::forgetSecrets);
}

BackgroundDelivery::~BackgroundDelivery() = default;

void BackgroundDelivery::open()
{
    if (std::exchange(m_isOpening, true)) {
        return;
    }
    m_engine.openOutbox(this, [this](const Result<void> &result) {
        if (!result) {
            m_trouble = result.error().message;
            Q_EMIT stateChanged();
            return;
        }
        m_isOpen = true;
        connect(&m_engine.outbox(), &Outbox::changed, this, &BackgroundDelivery::refreshSoon);
        connect(&m_engine.outbox(), &Outbox::condemned, this, &BackgroundDelivery::condemned);
        m_minutes.start();
        apply();
        prune();
        refresh();
        Q_EMIT opened();
        Q_EMIT stateChanged();
    });
}

void BackgroundDelivery::setEnabled(bool enabled)
{
    if (enabled != std::exchange(m_isEnabled, enabled)) {
        apply();
        Q_EMIT stateChanged();
    }
}

void BackgroundDelivery::pause()
{
    if (!std::exchange(m_isPaused, true)) {
        apply();
        Q_EMIT stateChanged();
    }
}

void BackgroundDelivery::resume()
{
    if (std::exchange(m_isPaused, false)) {
        apply();
        Q_EMIT stateChanged();
    }
}

void BackgroundDelivery::apply()
{
    if (!m_isOpen || m_isStopping) {
        return;
    }
    if (!isDelivering()) {
        m_trouble.clear();
        m_unresolvedHosts.clear();
        if (m_deliverer) {
            m_deliverer->pause();
        }
    } else if (m_deliverer) {
        m_deliverer->resume();
    } else {
        start();
    }
}

void BackgroundDelivery::start()
{
    m_deliverer = m_engine.makeDeliverer(m_options);
    connect(m_deliverer.get(), &Deliverer::attempted, this, &BackgroundDelivery::note);
    connect(m_deliverer.get(), &Deliverer::died, this, &BackgroundDelivery::died);
    connect(m_deliverer.get(), &Deliverer::underWayChanged, this, &BackgroundDelivery::underWayChanged);
    connect(m_deliverer.get(), &Deliverer::troubled, this, &BackgroundDelivery::noteTrouble);
    connect(m_deliverer.get(), &Deliverer::stopped, this, &BackgroundDelivery::finish, Qt::QueuedConnection);
    m_deliverer->start();
}

void BackgroundDelivery::forgetSecrets()
{
    if (m_deliverer) {
        m_deliverer->forgetSecrets();
        noteTrouble({});
    }
}

void BackgroundDelivery::note(const FinishedAttempt &attempt)
{
    const auto before = state();
    if (attempt.invocation.response) {
        m_unresolvedHosts.clear();
    } else if (attempt.invocation.request && attempt.invocation.error
               && attempt.invocation.error->kind == ErrorKind::Dns) {
        m_unresolvedHosts.insert(QUrl(attempt.invocation.request->url).host());
        m_unresolvedReason = attempt.invocation.reason;
    }
    if (state() != before) {
        Q_EMIT stateChanged();
    }
}

void BackgroundDelivery::noteTrouble(const QString &message)
{
    if (message.isEmpty()) {
        m_troubleLapses.stop();
    } else {
        m_troubleLapses.start();
    }
    if (std::exchange(m_trouble, message) != message) {
        Q_EMIT stateChanged();
    }
}

BackgroundDelivery::State BackgroundDelivery::state() const
{
    if (!m_isOpen) {
        return m_trouble.isEmpty() ? State::Opening : State::Unavailable;
    }
    if (!m_isEnabled) {
        return State::Off;
    }
    if (m_isPaused) {
        return State::Paused;
    }
    // One name that nobody knows may be misspelt.
    const bool isOffline = m_unresolvedHosts.size() > 1 || (m_unresolvedHosts.size() == 1 && isNetworkGone());
    return isOffline ? State::Offline : State::Delivering;
}

QString BackgroundDelivery::trouble() const
{
    return m_trouble.isEmpty() && state() == State::Offline ? m_unresolvedReason : m_trouble;
}

/// Who delivers forgets, too: by what a service was told for this profile, else as usual.
void BackgroundDelivery::prune()
{
    if (!isDelivering()) {
        return;
    }
    m_engine.outbox().prune(this, [this](const Result<int> &pruned) {
        if (!pruned) {
            noteTrouble(pruned.error().message);
        }
    });
}

void BackgroundDelivery::refreshSoon()
{
    if (!m_refresh.isActive()) {
        m_refresh.start();
    }
}

void BackgroundDelivery::refresh()
{
    if (std::exchange(m_isRefreshing, true)) {
        m_refreshesAgain = true;
        return;
    }
    m_engine.outbox().counts(this, [this](const Result<DeliveryCounts> &counts) {
        if (counts) {
            refreshToday(*counts);
        } else {
            m_isRefreshing = false;
        }
    });
}

void BackgroundDelivery::refreshToday(const DeliveryCounts &counts)
{
    const QDateTime midnight = QDate::currentDate().startOfDay();
    m_engine.outbox().timeline(midnight, today, {}, this,
                               [this, counts](const Result<QList<DeliveryOutcomes>> &outcomes) {
                                   m_isRefreshing = false;
                                   if (outcomes) {
                                       DeliveryFigures figures{.waiting = counts.unfinished(),
                                                               .deliveredToday = 0,
                                                               .dead = counts.states.value(DeliveryState::Dead)};
                                       for (const auto &span : *outcomes) {
                                           figures.deliveredToday += span.delivered;
                                       }
                                       show(figures);
                                   }
                                   if (std::exchange(m_refreshesAgain, false)) {
                                       refreshSoon();
                                   }
                               });
}

void BackgroundDelivery::show(const DeliveryFigures &figures)
{
    if (figures.waiting == 0) { // nothing is left that a trouble could keep
        m_unresolvedHosts.clear();
        noteTrouble({});
    }
    if (figures != std::exchange(m_figures, figures)) {
        Q_EMIT stateChanged();
    }
}

void BackgroundDelivery::stop(milliseconds grace)
{
    if (std::exchange(m_isStopping, true)) {
        return;
    }
    if (m_deliverer) {
        m_deliverer->stop(grace);
    } else {
        QMetaObject::invokeMethod(this, &BackgroundDelivery::finish, Qt::QueuedConnection);
    }
    Q_EMIT stateChanged();
}

void BackgroundDelivery::stopNow()
{
    m_isStopping = true;
    finish();
}

void BackgroundDelivery::finish()
{
    if (!std::exchange(m_isStopped, true)) {
        m_deliverer.reset();
        Q_EMIT stopped();
    }
}

} // namespace Tocsin

#include "moc_backgrounddelivery.cpp"
