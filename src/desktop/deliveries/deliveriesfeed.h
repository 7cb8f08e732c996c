// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <functional>

namespace Tocsin {

class DeliveriesModel;

enum class TimeSpan { Hour, Day, Week, All };

/// What the page is asked to show.
struct DeliveriesQuery
{
    QList<DeliveryState> states = {}; ///< empty: all
    QString webhookId = {};
    TimeSpan span = TimeSpan::Day;
    QString text = {};
    QString integrationId = {}; ///< empty: all
    std::optional<TimeRange> ended = {}; ///< a bar of the chart; stands in place of `span`
    bool groupsDead = false; ///< whether it is asked what the dead ones died of
    QString causeWebhook = {}; ///< the webhook of `cause`, in place of `webhookId`
    std::optional<QString> cause = {}; ///< DeathCause::key: the rows of those alone

    bool operator==(const DeliveriesQuery &) const = default;
};

/// What ended over the query's span, for the chart.
struct DeliveryTimeline
{
    QDateTime start; ///< of the first span
    std::chrono::minutes bucket{1};
    QList<DeliveryOutcomes> spans; ///< without gaps, up to now
    bool isAll = true; ///< false: of the newest attempts with the words only, Outbox::searchedMatches of them

    bool operator==(const DeliveryTimeline &) const = default;
};

/// Keeps a model, the counts and the timeline of a query as the outbox has them, while they are looked at. Asks for one
/// thing after the other, and no faster than they are answered.
class DeliveriesFeed : public QObject
{
    Q_OBJECT

public:
    static constexpr int pageSize = 200;

    explicit DeliveriesFeed(DeliveriesModel &model, QObject *parent = nullptr);

    void setOutbox(Outbox &outbox);
    void setQuery(const DeliveriesQuery &query);
    const DeliveriesQuery &query() const { return m_query; }
    DeliveryFilter filter() const; ///< of the rows, as of now
    /// Whether anybody looks.
    void setLive(bool live);
    /// The rows that are on the screen.
    void setSeen(int first, int last);
    /// Hands over the deliveries with these ids, the newest first; those that have not been read are read before.
    void read(const QStringList &ids, QObject *context, const std::function<void(const QList<Delivery> &)> &take);

Q_SIGNALS:
    void aboutToMerge();
    void merged();
    /// The first page of the query is there.
    void loaded();
    void matchingChanged(const Tocsin::MatchingDeliveries &matching);
    /// `filter` is what was asked for.
    void causesChanged(const QList<Tocsin::DeathCause> &causes, const Tocsin::DeliveryFilter &filter);
    void timelineChanged(const Tocsin::DeliveryTimeline &timeline);
    void failed(const QString &sentence);

private:
    void refreshSoon();
    void refresh();
    void refreshSeen();
    void refreshCounts();
    void refreshIds();
    void refreshCauses();
    void refreshTimeline();
    void askTimeline(const QDateTime &start, std::chrono::minutes bucket);
    void takeTimeline(const QDateTime &start, std::chrono::minutes bucket, const MatchingOutcomes &outcomes);
    void finishRefresh();
    void loadOlder();
    /// Reads what is seen and has not been read yet, at once.
    void loadSeen();
    bool isSeenRead() const;
    DeliveryFilter allCauses() const; ///< filter() whatever the cause
    /// Asks, and hands the answer on unless the query has changed since.
    template <typename T, typename Ask>
    void ask(Ask call, std::function<void(const T &)> take);

    DeliveriesModel &m_model;
    QPointer<Outbox> m_outbox;
    DeliveriesQuery m_query;
    int m_generation = 0;
    int m_firstSeen = 0;
    int m_lastSeen = 0;
    bool m_live = false;
    bool m_loaded = false;
    bool m_refreshing = false;
    bool m_stale = true;
    bool m_idsStale = true; ///< rows may be missing, or be too many
    bool m_loadingSeen = false;
    QElapsedTimer m_took;
    QTimer m_next;
    QTimer m_clock;
};

/// Since when the query shows; none: since ever.
std::optional<QDateTime> startOf(TimeSpan span, const QDateTime &now);
/// A bucket of whole minutes with which `span` makes at most 60 bars.
std::chrono::minutes bucketFor(std::chrono::minutes span);

} // namespace Tocsin
