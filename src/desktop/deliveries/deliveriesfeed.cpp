// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliveriesfeed.h"

#include "deliveriesmodel.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace Tocsin {

namespace {

constexpr auto restAtLeast = 250ms; // between two refreshes
constexpr int restForWork = 2; // and as many times what the last one took
constexpr int rowsAround = 20; // rows read anew beyond what is seen
constexpr int rowsKept = 1000; // rows before and after what is seen that are not forgotten
constexpr int mostIds = 1'000'000; // rows at once; older ones come as one scrolls
constexpr qint64 minute = 60'000; // ms

QDateTime utcMoment(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC);
}

} // namespace

std::optional<QDateTime> startOf(TimeSpan span, const QDateTime &now)
{
    switch (span) {
    case TimeSpan::Hour:
        return now.addSecs(-3600);
    case TimeSpan::Day:
        return now.addDays(-1);
    case TimeSpan::Week:
        return now.addDays(-7);
    case TimeSpan::All:
        break;
    }
    return {};
}

std::chrono::minutes bucketFor(std::chrono::minutes span)
{
    constexpr int mostBars = 60;
    static constexpr std::array<int, 14> widths{1,   2,   5,   10,      15,       30,        60,
                                                180, 360, 720, 24 * 60, 7 * 1440, 30 * 1440, 365 * 1440};
    const auto *const found =
        std::find_if(widths.begin(), widths.end(), [span](int width) { return span.count() / width < mostBars; });
    return std::chrono::minutes(found == widths.end() ? widths.back() : *found);
}

DeliveriesFeed::DeliveriesFeed(DeliveriesModel &model, QObject *parent)
    : QObject(parent)
    , m_model(model)
{
    m_next.setSingleShot(true);
    m_clock.setInterval(30s); // the spans move on though nothing happens
    connect(&m_next, &QTimer::timeout, this, &DeliveriesFeed::refresh);
    connect(&m_clock, &QTimer::timeout, this, &DeliveriesFeed::refreshSoon);
    connect(&m_model, &DeliveriesModel::olderWanted, this, &DeliveriesFeed::loadOlder);
}

void DeliveriesFeed::setOutbox(Outbox &outbox)
{
    if (m_outbox != &outbox) {
        m_outbox = &outbox;
        connect(&outbox, &Outbox::changed, this, &DeliveriesFeed::refreshSoon);
    }
    refreshSoon();
}

void DeliveriesFeed::setQuery(const DeliveriesQuery &query)
{
    if (m_query != query) {
        m_query = query;
        ++m_generation;
        m_loaded = false;
        m_refreshing = false;
        m_loadingSeen = false;
        m_firstSeen = 0;
        m_stale = true;
        m_idsStale = true;
        if (m_live) {
            refresh();
        }
    }
}

void DeliveriesFeed::setLive(bool live)
{
    m_live = live;
    if (!live) {
        m_clock.stop();
        return;
    }
    m_clock.start();
    if (m_stale) {
        refresh();
    }
}

void DeliveriesFeed::setSeen(int first, int last)
{
    const bool hasMoved = first != m_firstSeen;
    m_firstSeen = first;
    m_lastSeen = last;
    if (hasMoved) {
        refreshSoon();
    }
    loadSeen();
}

bool DeliveriesFeed::isSeenRead() const
{
    const int last = std::min(m_lastSeen, m_model.rowCount() - 1);
    for (int row = std::max(0, m_firstSeen); row <= last; ++row) {
        if (!m_model.at(row)) {
            return false;
        }
    }
    return true;
}

void DeliveriesFeed::loadSeen()
{
    if (!m_outbox || !m_loaded || m_loadingSeen || isSeenRead()) {
        return;
    }
    m_loadingSeen = true;
    const QString first = m_model.idAt(std::max(0, m_firstSeen - rowsAround));
    auto seen = filter();
    seen.before = QString::number(first.toLongLong() + 1);
    seen.limit = m_lastSeen - m_firstSeen + 2 * rowsAround;
    m_outbox->list(
        seen, this,
        [this, first, limit = seen.limit, generation = m_generation](const Result<QList<Delivery>> &deliveries) {
            if (generation != m_generation) {
                return;
            }
            m_loadingSeen = false;
            if (!deliveries) {
                Q_EMIT failed(deliveries.error().message);
                return;
            }
            Q_EMIT aboutToMerge();
            m_model.mergeFrom(first, *deliveries, deliveries->size() < limit);
            Q_EMIT merged();
            loadSeen();
        });
}

void DeliveriesFeed::read(const QStringList &ids, QObject *context,
                          const std::function<void(const QList<Delivery> &)> &take)
{
    QList<Delivery> known;
    for (const QString &id : ids) {
        if (const auto *delivery = m_model.find(id)) {
            known.append(*delivery);
        }
    }
    if (known.size() == ids.size() || !m_outbox) {
        take(known);
        return;
    }
    auto wanted = filter();
    wanted.before = QString::number(ids.constFirst().toLongLong() + 1);
    wanted.limit = m_model.indexOf(ids.constLast()).row() - m_model.indexOf(ids.constFirst()).row() + 1;
    m_outbox->list(wanted, context,
                   [chosen = QSet<QString>(ids.begin(), ids.end()), take](const Result<QList<Delivery>> &deliveries) {
                       QList<Delivery> read = deliveries ? *deliveries : QList<Delivery>();
                       read.removeIf([&chosen](const Delivery &delivery) { return !chosen.contains(delivery.id); });
                       take(read);
                   });
}

void DeliveriesFeed::refreshSoon()
{
    m_stale = true;
    if (m_live && !m_refreshing && !m_next.isActive()) {
        m_next.start(m_loaded ? restAtLeast : 0ms);
    }
}

template <typename T, typename Ask>
void DeliveriesFeed::ask(Ask call, std::function<void(const T &)> take)
{
    call(Reply<Result<T>>([this, generation = m_generation, take = std::move(take)](const Result<T> &answer) {
        if (generation != m_generation) {
            return;
        }
        if (answer) {
            take(*answer);
        } else {
            Q_EMIT failed(answer.error().message);
            finishRefresh();
        }
    }));
}

void DeliveriesFeed::refresh()
{
    if (!m_outbox || !m_live || m_refreshing) {
        return;
    }
    m_next.stop();
    m_refreshing = true;
    m_stale = false;
    m_took.start();
    auto newest = filter();
    newest.limit = pageSize;
    ask<QList<Delivery>>([&](auto reply) { m_outbox->list(newest, this, std::move(reply)); },
                         [this](const QList<Delivery> &deliveries) {
                             const bool isAll = deliveries.size() < pageSize;
                             Q_EMIT aboutToMerge();
                             if (!std::exchange(m_loaded, true)) {
                                 m_model.show(deliveries, isAll);
                                 Q_EMIT loaded();
                             } else if (!m_model.mergeNewest(deliveries, isAll)) {
                                 m_idsStale = true;
                             }
                             Q_EMIT merged();
                             refreshSeen();
                         });
}

void DeliveriesFeed::refreshSeen()
{
    const QString first = m_model.idAt(std::max(0, m_firstSeen - rowsAround));
    if (first.isEmpty() || m_lastSeen < pageSize) {
        refreshCounts();
        return;
    }
    auto seen = filter();
    seen.before = QString::number(first.toLongLong() + 1);
    seen.limit = m_lastSeen - m_firstSeen + 2 * rowsAround;
    ask<QList<Delivery>>([&](auto reply) { m_outbox->list(seen, this, std::move(reply)); },
                         [this, first, limit = seen.limit](const QList<Delivery> &deliveries) {
                             Q_EMIT aboutToMerge();
                             m_model.mergeFrom(first, deliveries, deliveries.size() < limit);
                             m_model.forgetBeyond(m_firstSeen - rowsKept, m_lastSeen + rowsKept);
                             Q_EMIT merged();
                             refreshCounts();
                         });
}

void DeliveriesFeed::refreshCounts()
{
    auto counted = allCauses();
    counted.states.clear();
    ask<MatchingDeliveries>([&](auto reply) { m_outbox->countMatching(counted, this, std::move(reply)); },
                            [this](const MatchingDeliveries &matching) {
                                Q_EMIT matchingChanged(matching);
                                qint64 rows = 0;
                                bool isCut = m_query.cause.has_value();
                                for (const auto state :
                                     m_query.states.isEmpty() ? allDeliveryStates() : m_query.states) {
                                    rows += matching.states.value(state);
                                    isCut = isCut || matching.cut.contains(state);
                                }
                                const bool isAllRead = m_model.isAll() && m_model.rowCount() < pageSize;
                                m_idsStale = !isAllRead && (m_idsStale || isCut || rows != m_model.rowCount());
                                if (m_idsStale) {
                                    refreshIds();
                                } else {
                                    refreshCauses();
                                }
                            });
}

void DeliveriesFeed::refreshIds()
{
    auto all = filter();
    all.limit = mostIds;
    ask<QList<qint64>>([&](auto reply) { m_outbox->listIds(all, this, std::move(reply)); },
                       [this](const QList<qint64> &ids) {
                           m_idsStale = false;
                           Q_EMIT aboutToMerge();
                           m_model.setIds(ids, ids.size() < mostIds);
                           Q_EMIT merged();
                           loadSeen();
                           refreshCauses();
                       });
}

void DeliveriesFeed::refreshCauses()
{
    if (!m_query.groupsDead) {
        refreshTimeline();
        return;
    }
    ask<QList<DeathCause>>([&](auto reply) { m_outbox->deathCauses(allCauses(), this, std::move(reply)); },
                           [this, filter = allCauses()](const QList<DeathCause> &causes) {
                               Q_EMIT causesChanged(causes, filter);
                               refreshTimeline();
                           });
}

void DeliveriesFeed::refreshTimeline()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (const auto start = startOf(m_query.span, now)) {
        askTimeline(*start, bucketFor(std::chrono::minutes(start->secsTo(now) / 60)));
        return;
    }
    constexpr std::chrono::minutes day{24 * 60};
    ask<QList<DeliveryOutcomes>>(
        [&](auto reply) { m_outbox->timeline(utcMoment(0), day, m_query.webhookId, this, std::move(reply)); },
        [this, now](const QList<DeliveryOutcomes> &days) {
            const QDateTime first = days.isEmpty() ? now : std::min(days.constFirst().start, now);
            askTimeline(first, bucketFor(std::chrono::minutes(first.secsTo(now) / 60)));
        });
}

void DeliveriesFeed::askTimeline(const QDateTime &start, std::chrono::minutes bucket)
{
    auto shown = allCauses();
    shown.since = start;
    ask<MatchingOutcomes>(
        [&](auto reply) { m_outbox->matchingTimeline(shown, bucket, this, std::move(reply)); },
        [this, start, bucket](const MatchingOutcomes &outcomes) { takeTimeline(start, bucket, outcomes); });
}

void DeliveriesFeed::takeTimeline(const QDateTime &start, std::chrono::minutes bucket, const MatchingOutcomes &outcomes)
{
    const qint64 width = bucket.count() * minute;
    const qint64 first = start.toMSecsSinceEpoch() / width * width;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto &spans = outcomes.spans;
    DeliveryTimeline timeline{.start = utcMoment(first), .bucket = bucket, .spans = {}, .isAll = outcomes.isAll};
    qsizetype next = 0;
    for (qint64 time = first; time <= now || next < spans.size(); time += width) {
        const bool isThere = next < spans.size() && spans.at(next).start.toMSecsSinceEpoch() <= time;
        timeline.spans.append(isThere ? spans.at(next++) : DeliveryOutcomes{.start = utcMoment(time)});
    }
    Q_EMIT timelineChanged(timeline);
    finishRefresh();
}

void DeliveriesFeed::finishRefresh()
{
    m_refreshing = false;
    if (m_stale && m_live) {
        m_next.start(std::max<std::chrono::milliseconds>(restAtLeast,
                                                         std::chrono::milliseconds(restForWork * m_took.elapsed())));
    }
}

void DeliveriesFeed::loadOlder()
{
    if (!m_outbox) {
        return;
    }
    auto older = filter();
    older.before = m_model.lastId();
    older.limit = mostIds;
    m_outbox->listIds(older, this,
                      [this, before = older.before, generation = m_generation](const Result<QList<qint64>> &ids) {
                          if (generation != m_generation) {
                              return;
                          }
                          if (!ids) {
                              Q_EMIT failed(ids.error().message);
                          } else if (before == m_model.lastId()) {
                              m_model.append(*ids, ids->size() < mostIds);
                          } else {
                              m_model.append({}, false); // the rows before have changed: to be asked for anew
                          }
                      });
}

DeliveryFilter DeliveriesFeed::filter() const
{
    DeliveryFilter filter = allCauses();
    if (m_query.cause) {
        filter.webhookId = m_query.causeWebhook;
        filter.cause = m_query.cause;
    }
    return filter;
}

DeliveryFilter DeliveriesFeed::allCauses() const
{
    DeliveryFilter filter;
    filter.states = m_query.states;
    filter.webhookId = m_query.webhookId;
    filter.integrationId = m_query.integrationId;
    filter.text = m_query.text;
    if (m_query.ended) {
        filter.ended = m_query.ended;
    } else {
        filter.since = startOf(m_query.span, QDateTime::currentDateTimeUtc());
    }
    return filter;
}

} // namespace Tocsin

#include "moc_deliveriesfeed.cpp"
