// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxqueries.h"
#include "outboxtimes.h"
#include "outboxtransaction.h"

#include <limits>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int prunedAtOnce = 200; // deliveries

struct Finished
{
    qint64 id = 0;
    qint64 event = 0;
    qint64 target = 0;
    DeliveryState state = DeliveryState::Delivered;
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
    const auto letGo = change(transaction.database, OutboxStatement::LetGoOfEvent, {delivery.event});
    if (!letGo) {
        return letGo.error();
    }
    transaction.count(delivery.target, delivery.state, {});
    return {};
}

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
    auto &database = transaction.database;
    const auto used = database.usedBytes();
    const auto indexed = lastIndexed(database);
    if (!used || !indexed) {
        return used ? indexed.error() : used.error();
    }
    const qint64 age = std::chrono::milliseconds(retention.maximumAge).count();
    const qint64 oldest = age > 0 ? transaction.now - age : 0;
    const bool isTooLarge = retention.maximumBytes > 0 && *used > retention.maximumBytes;
    const qint64 before = isTooLarge ? std::numeric_limits<qint64>::max() : oldest;

    QList<Finished> finished;
    const auto read =
        forEach(database, OutboxStatement::SelectFinished, {before, prunedAtOnce}, [&finished](const Rows &rows) {
            finished.append({.id = rows.value(0).toLongLong(),
                             .event = rows.value(1).toLongLong(),
                             .target = rows.value(2).toLongLong(),
                             .state = deliveryStateFromString(rows.value(3).toString()).value_or(DeliveryState::Dead)});
        });
    if (!read) {
        return read.error();
    }
    for (const auto &delivery : finished) {
        if (const auto dropped = drop(transaction, delivery, *indexed); !dropped) {
            return dropped.error();
        }
    }
    const auto events = change(database, OutboxStatement::DeleteEvents, {before, prunedAtOnce});
    if (!events) {
        return events.error();
    }
    const auto outcomes = change(database, OutboxStatement::DeleteOutcomes, {oldest / minuteLength});
    if (!outcomes) {
        return outcomes.error();
    }
    const int done = static_cast<int>(finished.size());
    const bool mayBeMore = isTooLarge ? done + *events > 0 : done == prunedAtOnce || *events == prunedAtOnce;
    return OutboxStep{.done = done, .isLast = !mayBeMore, .position = 0};
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
