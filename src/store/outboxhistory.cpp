// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxownids.h"
#include "outboxqueries.h"
#include "outboxtimes.h"
#include "outboxtransaction.h"

#include <limits>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int prunedAtOnce = 200; // deliveries
constexpr int idsForgottenAtOnce = 500;

struct Finished
{
    qint64 id = 0;
    qint64 event = 0;
    qint64 target = 0;
    DeliveryState state = DeliveryState::Delivered;
    qint64 bytes = 0;
};

Result<qint64> lastIndexed(Database &database)
{
    const auto last = selectNumber(database, OutboxStatement::SelectIndexed, {});
    return last ? Result<qint64>(last->value_or(0)) : last.error();
}

/// The words of an attempt; one that cannot be read has none.
AttemptText textOf(const QByteArray &document)
{
    const auto invocation = readAttempt(document, {});
    return invocation ? attemptText(*invocation) : AttemptText();
}

Result<void> dropAttempts(Database &database, qint64 delivery, qint64 indexed)
{
    QList<std::pair<qint64, QByteArray>> attempts;
    auto done = forEach(database, OutboxStatement::SelectAttempts, {delivery}, [&](const Rows &rows) {
        attempts.append({rows.value(0).toLongLong(), rows.value(1).toByteArray()});
    });
    if (!done) {
        return done;
    }
    for (const auto &[id, document] : attempts) {
        if (id <= indexed) {
            const auto text = textOf(document);
            const auto deleted =
                change(database, OutboxStatement::DeleteText, {id, sqlText(text.request), sqlText(text.response)});
            if (!deleted) {
                return deleted.error();
            }
        }
        const auto deleted = change(database, OutboxStatement::DeleteAttempt, {id});
        if (!deleted) {
            return deleted.error();
        }
    }
    return {};
}

Result<void> drop(OutboxTransaction &transaction, const Finished &delivery, qint64 indexed)
{
    if (auto dropped = dropAttempts(transaction.database, delivery.id, indexed); !dropped) {
        return dropped;
    }
    const auto deleted = change(transaction.database, OutboxStatement::DeleteDelivery, {delivery.id});
    if (!deleted) {
        return deleted.error();
    }
    for (const auto statement : {OutboxStatement::LetGoOfEvent, OutboxStatement::DeleteUnneededEvent}) {
        const auto letGo = change(transaction.database, statement, {delivery.event});
        if (!letGo) {
            return letGo.error();
        }
    }
    transaction.count(delivery.target, delivery.state, {});
    transaction.countForgettable(delivery.state == DeliveryState::Dead ? 0 : -delivery.bytes);
    return {};
}

/// One step of forgetting.
class Pruning
{
public:
    Pruning(OutboxTransaction &transaction, const Retention &retention)
        : m_transaction(transaction)
        , m_oldest(retention.maximumAge.count() > 0
                       ? transaction.now - qint64(std::chrono::milliseconds(retention.maximumAge).count())
                       : 0)
        , m_mostBytes(retention.maximumBytes)
    {
    }

    /// Dead ones go for their age alone: somebody may still want to see them, and replay them.
    Result<OutboxStep> run()
    {
        const auto indexed = lastIndexed(m_transaction.database);
        const auto counted = selectNumber(m_transaction.database, OutboxStatement::SelectForgettable, {});
        if (!indexed || !counted) {
            return indexed ? counted.error() : indexed.error();
        }
        m_indexed = *indexed;
        m_counted = counted->value_or(0);
        auto done = dropDeliveries(DeliveryState::Dead, Cause::Age);
        for (const auto cause : {Cause::Age, Cause::Size}) {
            done = done ? dropEvents(cause) : done;
            done = done ? dropDeliveries(DeliveryState::Superseded, cause) : done;
            done = done ? dropDeliveries(DeliveryState::Delivered, cause) : done;
        }
        done = done ? forgetIds() : done;
        if (!done) {
            return done.error();
        }
        const auto outcomes =
            change(m_transaction.database, OutboxStatement::DeleteOutcomes, {m_oldest / minuteLength});
        if (!outcomes) {
            return outcomes.error();
        }
        return OutboxStep{.done = m_dropped, .isLast = !m_mayBeMore, .position = 0};
    }

private:
    enum class Cause { Age, Size };

    bool isEnough(Cause cause) const
    {
        const bool isTooMuch = m_mostBytes > 0 && m_counted + m_transaction.forgettable() > m_mostBytes;
        return cause == Cause::Size && !isTooMuch;
    }

    /// What finished, or was accepted, later than that stays.
    qint64 bound(Cause cause) const { return cause == Cause::Age ? m_oldest : std::numeric_limits<qint64>::max(); }

    Result<void> dropDeliveries(DeliveryState state, Cause cause)
    {
        if (isEnough(cause)) {
            return {};
        }
        QList<Finished> finished;
        const auto read = forEach(m_transaction.database, OutboxStatement::SelectFinished,
                                  {toString(state), bound(cause), prunedAtOnce}, [&](const Rows &rows) {
                                      finished.append({.id = rows.value(0).toLongLong(),
                                                       .event = rows.value(1).toLongLong(),
                                                       .target = rows.value(2).toLongLong(),
                                                       .state = state,
                                                       .bytes = rows.value(3).toLongLong()});
                                  });
        if (!read) {
            return read;
        }
        for (qsizetype i = 0; i < finished.size() && !isEnough(cause); ++i) {
            if (const auto dropped = drop(m_transaction, finished[i], m_indexed); !dropped) {
                return dropped;
            }
            ++m_dropped;
        }
        m_mayBeMore = m_mayBeMore || (finished.size() == prunedAtOnce && !isEnough(cause));
        return {};
    }

    /// Those that caused nothing.
    Result<void> dropEvents(Cause cause)
    {
        if (isEnough(cause)) {
            return {};
        }
        QList<std::pair<qint64, qint64>> events;
        const auto read = forEach(m_transaction.database, OutboxStatement::SelectUnneededEvents,
                                  {bound(cause), prunedAtOnce}, [&events](const Rows &rows) {
                                      events.append({rows.value(0).toLongLong(), rows.value(1).toLongLong()});
                                  });
        if (!read) {
            return read;
        }
        for (qsizetype i = 0; i < events.size() && !isEnough(cause); ++i) {
            const auto deleted =
                change(m_transaction.database, OutboxStatement::DeleteUnneededEvent, {events[i].first});
            if (!deleted) {
                return deleted.error();
            }
            m_transaction.countForgettable(-events[i].second);
        }
        m_mayBeMore = m_mayBeMore || (events.size() == prunedAtOnce && !isEnough(cause));
        return {};
    }

    /// Of events, by which they are not taken again: their own time, whatever is kept for how long.
    Result<void> forgetIds()
    {
        const auto forgotten = forgetOwnIds(m_transaction, idsForgottenAtOnce);
        if (!forgotten) {
            return forgotten.error();
        }
        m_mayBeMore = m_mayBeMore || *forgotten == idsForgottenAtOnce;
        return {};
    }

    OutboxTransaction &m_transaction;
    const qint64 m_oldest; ///< 0: age does not matter
    const qint64 m_mostBytes; ///< 0: size does not
    qint64 m_indexed = 0;
    qint64 m_counted = 0; ///< bytes that may be forgotten, before this transaction
    int m_dropped = 0;
    bool m_mayBeMore = false;
};

} // namespace

Result<std::optional<Retention>> rememberedRetention(OutboxTransaction &transaction)
{
    std::optional<Retention> remembered;
    const auto read =
        forEach(transaction.database, OutboxStatement::SelectRetention, {}, [&remembered](const Rows &rows) {
            remembered = Retention{.maximumAge = std::chrono::seconds(rows.value(0).toLongLong()),
                                   .maximumBytes = rows.value(1).toLongLong()};
        });
    return read ? Result<std::optional<Retention>>(remembered) : read.error();
}

Result<void> rememberRetention(OutboxTransaction &transaction, const Retention &retention)
{
    const auto remembered = rememberedRetention(transaction);
    if (!remembered || *remembered == retention) {
        return remembered ? Result<void>() : remembered.error();
    }
    const auto written = change(transaction.database, OutboxStatement::UpsertRetention,
                                {qint64(retention.maximumAge.count()), retention.maximumBytes});
    return written ? Result<void>() : written.error();
}

Result<OutboxStep> pruneFinished(OutboxTransaction &transaction, const Retention &retention)
{
    return Pruning(transaction, retention).run();
}

Result<OutboxStep> indexAttempts(OutboxTransaction &transaction, int maximum)
{
    auto &database = transaction.database;
    const auto indexed = lastIndexed(database);
    if (!indexed) {
        return indexed.error();
    }
    QList<std::pair<qint64, AttemptText>> texts;
    const auto read =
        forEach(database, OutboxStatement::SelectUnindexed, {*indexed, maximum}, [&texts](const Rows &rows) {
            texts.append({rows.value(0).toLongLong(), textOf(rows.value(1).toByteArray())});
        });
    if (!read) {
        return read.error();
    }
    for (const auto &[id, text] : texts) {
        const auto inserted =
            change(database, OutboxStatement::InsertText, {id, sqlText(text.request), sqlText(text.response)});
        if (!inserted) {
            return inserted.error();
        }
    }
    const int done = static_cast<int>(texts.size());
    return OutboxStep{.done = done, .isLast = done < maximum, .position = 0};
}

} // namespace Tocsin
