// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxsearch.h"

#include "outboxreading.h"
#include "outboxtimes.h"

#include <algorithm>

namespace Tocsin {

namespace {

struct MatchingAttempt
{
    qint64 id = 0;
    DeliveryState ending = DeliveryState::Waiting; ///< Delivered, Dead, or to be followed by another attempt
};

Result<QList<MatchingAttempt>> selectMatching(Database &database, const QString &words, const AttemptRange &attempts,
                                              const DeliveryFilter &filter)
{
    QList<MatchingAttempt> matching;
    const auto read = forEach(
        database, OutboxStatement::SelectMatching,
        matchingValues(words, attempts) + QVariantList{sqlText(filter.webhookId), sqlText(filter.integrationId)},
        [&matching](const Rows &rows) {
            MatchingAttempt attempt{.id = rows.value(0).toLongLong()};
            if (const auto document = rows.value(2).toByteArray(); document.isEmpty()) {
                attempt.ending = deliveryStateFromString(rows.value(1).toString()).value_or(attempt.ending);
            } else if (const auto invocation = readAttempt(document, {});
                       invocation && invocation->verdict == Verdict::Successful) {
                attempt.ending = DeliveryState::Delivered; // and was replayed afterwards
            }
            matching.append(attempt);
        });
    return read ? Result<QList<MatchingAttempt>>(matching) : read.error();
}

void count(DeliveryOutcomes &span, DeliveryState ending)
{
    if (ending == DeliveryState::Delivered) {
        ++span.delivered;
    } else if (ending == DeliveryState::Dead) {
        ++span.dead;
    } else {
        ++span.failed;
    }
}

/// Puts attempts, in their order, into spans of `width` milliseconds.
Result<QList<DeliveryOutcomes>> spansOf(Database &database, const QList<MatchingAttempt> &attempts, qint64 width)
{
    QList<DeliveryOutcomes> spans;
    qint64 beyond = 0; // the first attempt after the last span
    for (const auto &attempt : attempts) {
        if (attempt.id >= beyond) {
            const auto ended = endOfAttempt(database, attempt.id);
            if (!ended) {
                return ended.error();
            }
            const qint64 start = *ended / width * width;
            const auto next = firstAttemptSince(database, start + width);
            if (!next) {
                return next.error();
            }
            beyond = *next;
            if (spans.isEmpty() || spans.constLast().start < utcMoment(start)) {
                spans.append({.start = utcMoment(start)});
            }
        }
        count(spans.last(), attempt.ending);
    }
    return spans;
}

} // namespace

Result<AttemptRange> attemptsOf(Database &database, const DeliveryFilter &filter)
{
    AttemptRange range;
    const auto start = filter.ended ? std::optional<QDateTime>(filter.ended->start) : filter.since;
    if (start) {
        const auto first = firstAttemptSince(database, start->toMSecsSinceEpoch());
        if (!first) {
            return first.error();
        }
        range.first = *first;
    }
    if (filter.ended) {
        const auto beyond = firstAttemptSince(database, filter.ended->end.toMSecsSinceEpoch());
        if (!beyond) {
            return beyond.error();
        }
        range.beyond = *beyond;
    }
    return range;
}

QVariantList matchingValues(const QString &words, const AttemptRange &range)
{
    return {words, range.first, range.beyond, Outbox::searchedMatches};
}

Result<bool> isSearchedThrough(Database &database, const QString &words, const AttemptRange &attempts)
{
    const auto next = selectNumber(database, OutboxStatement::SelectOlderMatching, matchingValues(words, attempts));
    return next ? Result<bool>(!*next) : next.error();
}

Result<MatchingOutcomes> selectMatchingTimeline(Database &database, const DeliveryFilter &asked,
                                                std::chrono::minutes bucket)
{
    const QString words = searchExpression(asked.text);
    const QDateTime since = asked.since.value_or(utcMoment(0));
    if (words.isEmpty()) {
        const auto spans = asked.integrationId.isEmpty() ? selectTimeline(database, since, bucket, asked.webhookId)
                                                         : selectIntegrationTimeline(database, asked, bucket);
        return spans ? Result<MatchingOutcomes>({.spans = *spans}) : spans.error();
    }
    const qint64 width = std::max<qint64>(1, bucket.count()) * minuteLength;
    DeliveryFilter filter;
    filter.since = utcMoment(since.toMSecsSinceEpoch() / width * width);
    const auto attempts = attemptsOf(database, filter);
    if (!attempts) {
        return attempts.error();
    }
    const auto isAll = isSearchedThrough(database, words, *attempts);
    const auto matching = selectMatching(database, words, *attempts, asked);
    if (!isAll || !matching) {
        return isAll ? matching.error() : isAll.error();
    }
    const auto spans = spansOf(database, *matching, width);
    return spans ? Result<MatchingOutcomes>({.spans = *spans, .isAll = *isAll}) : spans.error();
}

} // namespace Tocsin
