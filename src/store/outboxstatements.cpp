// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxstatements.h"

#include "outbox.h"

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

// The order in which readDelivery() takes them. What is in the outbox's time is told in the wall's.
const QString deliveryColumns =
    u"d.id, d.nonce, d.state, d.attempts, d.created_at, "
    "d.due_at + (SELECT shift FROM clock WHERE id = 1), d.finished_at, d.last_http_status, "
    "d.last_reason, d.last_total_ms, e.id, e.nonce, e.integration_id, e.integration_name, "
    "e.integration_type, e.status, d.rule, d.expires_at + (SELECT shift FROM clock WHERE id = 1)"_s;
// A document that is long is not looked at before there is room for it.
const QString claimedColumns = deliveryColumns
    % u", d.tries, CASE WHEN length(e.document) <= %1 THEN e.document END, d.next, length(e.document), d.lane"_s.arg(
        Outbox::largeEvent);
const QString claimedFrom = u" FROM delivery d JOIN event e ON e.id = d.event "_s;
const QString mutedColumns =
    u"SELECT d.id, d.target, d.lane, l.integration_id FROM delivery d JOIN lane l ON l.id = d.lane WHERE "_s;
const QString lanes = u"SELECT l.id, d.id FROM lane l LEFT JOIN delivery d ON d.id = l.last_delivery "
                      "AND d.finished_at IS NULL "_s;
const QString shownColumns = deliveryColumns % u", t.webhook_id, t.webhook_name, o.own_id"_s;
const QString ownIds = u" LEFT JOIN event_own_id o ON o.event = e.id "_s;
const QString shownFrom =
    u" FROM delivery d JOIN event e ON e.id = d.event JOIN target t ON t.id = d.target "_s % ownIds;
const QString matchingAttempts = u"SELECT rowid FROM attempt_text WHERE attempt_text MATCH ? AND rowid >= ? "
                                 "AND rowid < ? ORDER BY rowid DESC "_s;
const QString sumOfOutcomes = u"SELECT minute - minute % ?, sum(delivered), sum(failed), sum(dead) FROM outcome "_s;

QString text(OutboxStatement statement)
{
    switch (statement) {
    case OutboxStatement::SelectClock:
        return u"SELECT boot, boot_offset, shift, latest FROM clock WHERE id = 1"_s;
    case OutboxStatement::UpdateClock:
        return u"UPDATE clock SET boot = ?, boot_offset = ?, shift = ?, latest = ? WHERE id = 1"_s;
    case OutboxStatement::SelectTargets:
        return u"SELECT id, webhook_id, webhook_name, failures, epoch, epoch_reason, removed, settle, maximum_age, "
               "health FROM target"_s;
    case OutboxStatement::SelectWebhookVersions:
        return u"SELECT id, version FROM webhook"_s;
    case OutboxStatement::SelectWebhookDocument:
        return u"SELECT document FROM webhook WHERE id = ?"_s;
    case OutboxStatement::CountWebhookVersion:
        return u"UPDATE counter SET value = value + 1 WHERE name = 'webhook_version'"_s;
    case OutboxStatement::DeactivateWebhook:
        return u"UPDATE webhook SET active = 0, document = ?, changed_at = ?, "
               "version = (SELECT value FROM counter WHERE name = 'webhook_version') WHERE id = ?"_s;
    case OutboxStatement::SelectWebhookVersion:
        return u"SELECT version FROM webhook WHERE id = ?"_s;
    case OutboxStatement::InsertTarget:
        return u"INSERT INTO target (webhook_id, webhook_name, health) VALUES (?, ?, ?)"_s;
    case OutboxStatement::UpdateTargetName:
        return u"UPDATE target SET webhook_name = ? WHERE id = ?"_s;
    case OutboxStatement::UpdateTargetFailures:
        return u"UPDATE target SET failures = ? WHERE id = ?"_s;
    case OutboxStatement::UpdateTargetEpoch:
        return u"UPDATE target SET epoch = ?, epoch_reason = ?, removed = ? WHERE id = ?"_s;
    case OutboxStatement::UpdateTargetRules:
        return u"UPDATE target SET settle = ?, maximum_age = ? WHERE id = ?"_s;
    case OutboxStatement::UpdateTargetHealth:
        return u"UPDATE target SET health = ? WHERE id = ?"_s;
    case OutboxStatement::SelectHealth:
        return u"SELECT target, reason, detail FROM health"_s;
    case OutboxStatement::InsertHealth:
        return u"INSERT INTO health (target, reason, detail) VALUES (?, ?, ?)"_s;
    case OutboxStatement::DeleteHealth:
        return u"DELETE FROM health WHERE target = ? AND reason = ?"_s;
    case OutboxStatement::DateSettling:
        return u"UPDATE delivery SET due_at = counted_from + ? WHERE rule <> '' AND rule = 'settle' AND target = ?"_s;
    case OutboxStatement::DateExpiring:
        return u"UPDATE delivery SET expires_at = CASE WHEN ? > 0 THEN counted_from + ? END "
               "WHERE finished_at IS NULL AND target = ?"_s;
    case OutboxStatement::SelectIntegrationStatus:
        return u"SELECT status, turned_at FROM integration WHERE id = ?"_s;
    case OutboxStatement::UpsertIntegrationStatus:
        return u"INSERT INTO integration (id, name, name_folded, type, status, since, last_event_at, issues, "
               u"turned_at) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
               "name_folded = excluded.name_folded, type = excluded.type, status = excluded.status, "
               "since = CASE WHEN integration.status = excluded.status THEN integration.since ELSE excluded.since END, "
               "turned_at = CASE WHEN integration.status = excluded.status THEN integration.turned_at "
               "ELSE excluded.turned_at END, "
               "last_event_at = excluded.last_event_at, issues = excluded.issues"_s;
    case OutboxStatement::UpdateLastEvent:
        return u"UPDATE integration SET last_event = ? WHERE id = ?"_s;
    case OutboxStatement::InsertEvent:
        return u"INSERT INTO event (nonce, integration_id, integration_name, integration_type, status, accepted_at, "
               "suppressed, deliveries, bytes, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s;
    case OutboxStatement::InsertOwnId:
        return u"INSERT INTO event_own_id (event, own_id) VALUES (?, ?)"_s;
    case OutboxStatement::SelectTakenIds:
        return u"SELECT digests, taken_at, answer FROM taken_id WHERE hash = ? AND taken_at > ? ORDER BY id DESC"_s;
    case OutboxStatement::InsertTakenId:
        return u"INSERT INTO taken_id (hash, digests, taken_at, answer) VALUES (?, ?, ?, ?)"_s;
    case OutboxStatement::SelectLanesOfIntegration:
        return u"SELECT l.id, coalesce(d.id, 0), l.target, l.settled_status FROM lane l LEFT JOIN delivery d "
               "ON d.id = l.last_delivery AND d.finished_at IS NULL WHERE l.integration_id = ?"_s;
    case OutboxStatement::SelectSettledStatus:
        return u"SELECT settled_status, settled_at, delivered_status FROM lane WHERE id = ?"_s;
    case OutboxStatement::UpdateSettledStatus:
        return u"UPDATE lane SET settled_status = ?, settled_at = ? WHERE id = ?"_s;
    case OutboxStatement::ForgetSettledStatus:
        return u"UPDATE lane SET settled_status = delivered_status, settled_at = 0 WHERE id = ? AND settled_at = ?"_s;
    case OutboxStatement::DoubtDelivered:
        return u"UPDATE lane SET delivered_status = 'unknown' WHERE id = ? AND delivered_status <> 'unknown'"_s;
    case OutboxStatement::UpdateDeliveredStatus:
        return u"UPDATE lane SET delivered_status = ?, settled_status = ?, settled_at = 0 WHERE id = ? "
               "AND (delivered_status <> ? OR settled_status <> ? OR settled_at <> 0)"_s;
    case OutboxStatement::SelectLane:
        return lanes % u"WHERE l.target = ? AND l.integration_id = ?"_s;
    case OutboxStatement::SelectLaneWithId:
        return lanes % u"WHERE l.id = ?"_s;
    case OutboxStatement::InsertLane:
        return u"INSERT INTO lane (target, integration_id) VALUES (?, ?)"_s;
    case OutboxStatement::UpdateLane:
        return u"UPDATE lane SET last_delivery = ? WHERE id = ?"_s;
    case OutboxStatement::UpdateNext:
        return u"UPDATE delivery SET next = ? WHERE id = ?"_s;
    case OutboxStatement::UpdatePrevious:
        return u"UPDATE delivery SET previous = ?, head = 0 WHERE id = ?"_s;
    case OutboxStatement::MoveBehind:
        return u"UPDATE delivery SET previous = ?, next = 0, head = 0 WHERE id = ?"_s;
    case OutboxStatement::SelectLaneRow:
        return u"SELECT previous, next, state, head, asked, overtaken, rule, due_at, bytes, counted_from FROM delivery "
               "WHERE id = ?"_s;
    case OutboxStatement::SelectEventOf:
        return u"SELECT event FROM delivery WHERE id = ?"_s;
    case OutboxStatement::InsertDelivery:
        return u"INSERT INTO delivery (nonce, event, target, epoch, created_at, due_at, scheduled_at, lane, "
               "head, bytes, previous, next, state, rule, asked, counted_from, expires_at, attempts, tries, owner, "
               "last_http_status, last_reason) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '', 0, '')"_s;
    case OutboxStatement::MarkOvertaken:
        return u"UPDATE delivery SET overtaken = 1 WHERE id = ?"_s;
    case OutboxStatement::SupersedeDelivery:
        return u"UPDATE delivery SET state = 'superseded', head = 0, rule = '', finished_at = ?, last_reason = ? "
               "WHERE id = ?"_s;
    case OutboxStatement::HoldDelivery:
        return u"UPDATE delivery SET state = 'waiting', rule = ?, due_at = ?, scheduled_at = ? WHERE id = ?"_s;
    case OutboxStatement::FreeDelivery:
        return u"UPDATE delivery SET state = 'pending', rule = '', due_at = ?, scheduled_at = ? WHERE id = ?"_s;
    case OutboxStatement::SelectExpired:
        return u"SELECT id, target, lane FROM delivery WHERE expires_at IS NOT NULL AND finished_at IS NULL "
               "AND expires_at <= ? AND state <> 'sending' ORDER BY expires_at LIMIT ?"_s;
    case OutboxStatement::SelectNextExpiry:
        return u"SELECT expires_at FROM delivery WHERE expires_at IS NOT NULL AND finished_at IS NULL "
               "AND state <> 'sending' ORDER BY expires_at LIMIT 1"_s;
    case OutboxStatement::SelectKept:
        return u"SELECT e.integration_id, e.integration_name, e.integration_type, e.status, l.delivered_status, "
               "d.counted_from FROM delivery d JOIN event e ON e.id = d.event JOIN lane l ON l.id = d.lane "
               "WHERE d.id = ?"_s;
    case OutboxStatement::SelectUnmutedHeads:
        return mutedColumns
            % u"d.id IN (SELECT id FROM delivery INDEXED BY delivery_pending "
              "WHERE head = 1 AND state = 'pending' AND target = ? AND asked = 0 "
              "UNION ALL SELECT id FROM delivery INDEXED BY delivery_waiting "
              "WHERE head = 1 AND state = 'waiting' AND target = ? AND asked = 0 AND rule <> 'mute' LIMIT ?)"_s;
    case OutboxStatement::SelectSendingHeads:
        return mutedColumns % u"d.state = 'sending' AND d.target = ? AND d.next <> 0"_s;
    case OutboxStatement::SelectHeldByMute:
        return mutedColumns % u"d.rule <> '' AND d.rule = 'mute' AND d.target = ? AND d.id > ? ORDER BY d.id LIMIT ?"_s;
    case OutboxStatement::SelectLastOfLanes:
        return u"SELECT d.id, d.target, l.id, l.integration_id FROM lane l JOIN delivery d ON d.id = l.last_delivery "
               "AND d.finished_at IS NULL WHERE l.integration_id = ?"_s;
    case OutboxStatement::SelectMutes:
        return u"SELECT kind, subject, until, is_wall, set_at, applied FROM mute"_s;
    case OutboxStatement::UpsertMute:
        return u"INSERT INTO mute (kind, subject, until, is_wall, set_at, applied) VALUES (?, ?, ?, ?, ?, ?) "
               "ON CONFLICT (kind, subject) DO UPDATE SET until = excluded.until, is_wall = excluded.is_wall, "
               "set_at = excluded.set_at, applied = excluded.applied"_s;
    case OutboxStatement::DeleteMute:
        return u"DELETE FROM mute WHERE kind = ? AND subject = ?"_s;
    case OutboxStatement::SelectIntegrationRow:
        return u"SELECT 1 FROM integration WHERE id = ?"_s;
    case OutboxStatement::TakeFromRate:
        return u"UPDATE rate SET attempts = attempts - 1 WHERE target = ? AND second = ? AND attempts > 0"_s;
    case OutboxStatement::SelectRate:
        return u"SELECT second, attempts FROM rate WHERE target = ? AND second > ? ORDER BY second"_s;
    case OutboxStatement::AddToRate:
        return u"INSERT INTO rate (target, second, attempts) VALUES (?, ?, ?) ON CONFLICT (target, second) "
               "DO UPDATE SET attempts = rate.attempts + excluded.attempts"_s;
    case OutboxStatement::DeleteRate:
        return u"DELETE FROM rate WHERE target = ? AND second <= ?"_s;
    case OutboxStatement::SelectSyncable:
        return u"SELECT id, name, type, status FROM integration WHERE status <> '' ORDER BY name_folded, id"_s;
    case OutboxStatement::SelectLastEvent:
        return u"SELECT e.id, e.bytes, i.issues, i.since FROM integration i LEFT JOIN event e "
               "ON e.id = i.last_event WHERE i.id = ?"_s;
    case OutboxStatement::SelectTargetDocument:
        return u"SELECT t.id, w.document FROM target t JOIN webhook w ON w.id = t.webhook_id WHERE t.webhook_id = ?"_s;
    case OutboxStatement::SelectHead:
        return u"SELECT head FROM delivery WHERE id = ?"_s;
    case OutboxStatement::TakeEvent:
        return u"UPDATE event SET deliveries = deliveries + 1, bytes = 0 WHERE id = ?"_s;
    case OutboxStatement::SelectLeases:
        return u"SELECT owner, boot, expires_at, length FROM lease"_s;
    case OutboxStatement::UpsertLease:
        return u"INSERT INTO lease (owner, boot, expires_at, length) VALUES (?, ?, ?, ?) ON CONFLICT (owner) "
               "DO UPDATE SET boot = excluded.boot, expires_at = excluded.expires_at, length = excluded.length"_s;
    case OutboxStatement::DeleteLease:
        return u"DELETE FROM lease WHERE owner = ?"_s;
    case OutboxStatement::SelectSending:
        return u"SELECT target, count(*) FROM delivery WHERE state = 'sending' GROUP BY target"_s;
    case OutboxStatement::SelectHeld:
        return u"SELECT id, target, epoch, lane, scheduled_at FROM delivery INDEXED BY delivery_sending "
               "WHERE state = 'sending' AND owner = ?"_s;
    case OutboxStatement::ReleaseDelivery:
        return u"UPDATE delivery SET state = 'pending', owner = '' WHERE id = ? AND state = 'sending' AND owner = ?"_s;
    case OutboxStatement::TellWhyHeld:
        return u"UPDATE delivery SET last_reason = ? WHERE id = ? AND state = 'sending' AND owner = ?"_s;
    case OutboxStatement::MendSchedule:
        return u"UPDATE delivery SET due_at = ? + due_at - scheduled_at, scheduled_at = ? "
               "WHERE head = 1 AND state = 'waiting' AND scheduled_at > ?"_s;
    case OutboxStatement::SelectPending:
        return u"SELECT "_s % claimedColumns % claimedFrom
            % u"WHERE d.head = 1 AND d.state = 'pending' AND d.target = ? AND d.epoch = ? "
              "AND (d.expires_at IS NULL OR d.expires_at > ?) ORDER BY d.due_at, d.id LIMIT ?"_s;
    case OutboxStatement::SelectDue:
        return u"SELECT "_s % claimedColumns % claimedFrom
            % u"WHERE d.head = 1 AND d.state = 'waiting' AND d.target = ? AND d.due_at <= ? AND d.epoch = ? "
              "AND (d.expires_at IS NULL OR d.expires_at > ?) ORDER BY d.due_at, d.id LIMIT ?"_s;
    case OutboxStatement::SelectEventDocument:
        return u"SELECT e.document FROM delivery d JOIN event e ON e.id = d.event WHERE d.id = ?"_s;
    case OutboxStatement::ClaimDelivery:
        return u"UPDATE delivery SET state = 'sending', owner = ?, webhook_version = ?, scheduled_at = ?, rule = '' "
               "WHERE id = ?"_s;
    case OutboxStatement::SelectNextDue:
        return u"SELECT due_at FROM delivery WHERE head = 1 AND state = 'waiting' AND target = ? "
               "ORDER BY due_at LIMIT 1"_s;
    case OutboxStatement::SelectClaimed:
        return u"SELECT d.target, d.next, d.epoch, d.webhook_version, d.bytes, d.lane, d.event, d.asked, d.overtaken, "
               "d.expires_at, e.integration_id, e.status, d.counted_from FROM delivery d JOIN event e ON e.id = "
               "d.event "
               "WHERE d.id = ? AND d.state = 'sending' AND d.owner = ? AND d.attempts = ?"_s;
    case OutboxStatement::InsertAttempt:
        return u"INSERT INTO attempt (delivery, number, certificate_chain, document) VALUES (?, ?, ?, ?)"_s;
    case OutboxStatement::SelectChain:
        return u"SELECT id FROM certificate_chain WHERE fingerprints = ?"_s;
    case OutboxStatement::InsertChain:
        return u"INSERT INTO certificate_chain (fingerprints, document) VALUES (?, ?)"_s;
    case OutboxStatement::EndAttempt:
        return u"UPDATE delivery SET state = ?, head = ?, due_at = ?, scheduled_at = ?, finished_at = ?, "
               "last_http_status = ?, last_reason = ?, last_total_ms = ?, cause = ?, attempts = attempts + 1, tries = "
               "tries + ?, "
               "bytes = bytes + ?, rule = ?, owner = '' WHERE id = ?"_s;
    case OutboxStatement::PromoteNext:
        return u"UPDATE delivery SET head = 1 WHERE id = ?"_s;
    case OutboxStatement::AddToTally:
        return u"INSERT INTO tally (target, state, deliveries) VALUES (?, ?, ?) ON CONFLICT (target, state) "
               "DO UPDATE SET deliveries = tally.deliveries + excluded.deliveries"_s;
    case OutboxStatement::AddOutcomes:
        return u"INSERT INTO outcome (minute, target, delivered, failed, dead) VALUES (?, ?, ?, ?, ?) "
               "ON CONFLICT (minute, target) DO UPDATE SET delivered = outcome.delivered + excluded.delivered, "
               "failed = outcome.failed + excluded.failed, dead = outcome.dead + excluded.dead"_s;
    case OutboxStatement::SelectCondemnedPending:
        return u"SELECT id, next, state FROM delivery WHERE head = 1 AND state = 'pending' AND target = ? "
               "AND epoch < ? ORDER BY due_at LIMIT ?"_s;
    case OutboxStatement::SelectCondemnedWaiting:
        return u"SELECT id, next, state FROM delivery WHERE head = 1 AND state = 'waiting' AND target = ? "
               "AND epoch < ? ORDER BY due_at LIMIT ?"_s;
    case OutboxStatement::CondemnDelivery:
        return u"UPDATE delivery SET state = 'dead', head = 0, rule = '', finished_at = ?, last_reason = ?, cause = ? "
               "WHERE id = ?"_s;
    case OutboxStatement::SelectReplayed:
        return u"SELECT target, lane, state, bytes FROM delivery WHERE id = ?"_s;
    case OutboxStatement::ReplayDelivery:
        return u"UPDATE delivery SET state = 'pending', head = ?, previous = ?, next = ?, epoch = ?, due_at = ?, "
               "scheduled_at = ?, counted_from = ?, expires_at = ?, tries = 0, asked = 1, overtaken = 0, "
               "finished_at = NULL WHERE id = ?"_s;
    case OutboxStatement::SelectDead:
        return u"SELECT id FROM delivery WHERE state = 'dead' AND +target = ? AND id > ? ORDER BY id LIMIT ?"_s;
    case OutboxStatement::SelectLastFinish:
        return u"SELECT max(finished_at) FROM delivery WHERE state = ? AND finished_at IS NOT NULL"_s;
    case OutboxStatement::SelectRetention:
        return u"SELECT maximum_age, maximum_bytes FROM retention WHERE id = 1"_s;
    case OutboxStatement::UpsertRetention:
        return u"INSERT INTO retention (id, maximum_age, maximum_bytes) VALUES (1, ?, ?) ON CONFLICT (id) "
               "DO UPDATE SET maximum_age = excluded.maximum_age, maximum_bytes = excluded.maximum_bytes"_s;
    case OutboxStatement::SelectForgettable:
        return u"SELECT value FROM counter WHERE name = 'forgettable_bytes'"_s;
    case OutboxStatement::AddForgettable:
        return u"UPDATE counter SET value = value + ? WHERE name = 'forgettable_bytes'"_s;
    case OutboxStatement::SelectFinished:
        return u"SELECT id, event, target, bytes FROM delivery WHERE state = ? AND finished_at < ? "
               "ORDER BY finished_at LIMIT ?"_s;
    case OutboxStatement::SelectAttempts:
        return u"SELECT a.id, a.document, c.document FROM attempt a LEFT JOIN certificate_chain c "
               "ON c.id = a.certificate_chain WHERE a.delivery = ? ORDER BY a.number"_s;
    case OutboxStatement::DeleteAttempt:
        return u"DELETE FROM attempt WHERE id = ?"_s;
    case OutboxStatement::DeleteDelivery:
        return u"DELETE FROM delivery WHERE id = ?"_s;
    case OutboxStatement::LetGoOfEvent:
        return u"UPDATE event SET deliveries = deliveries - 1 WHERE id = ?"_s;
    case OutboxStatement::SelectUnneededEvents:
        return u"SELECT id, bytes FROM event WHERE deliveries = 0 AND accepted_at < ? ORDER BY accepted_at LIMIT ?"_s;
    case OutboxStatement::DeleteUnneededEvent:
        return u"DELETE FROM event WHERE id = ? AND deliveries = 0"_s;
    case OutboxStatement::DeleteOutcomes:
        return u"DELETE FROM outcome WHERE minute < ?"_s;
    case OutboxStatement::DeleteTakenIds:
        return u"DELETE FROM taken_id WHERE id IN (SELECT id FROM taken_id WHERE taken_at <= ? "
               "ORDER BY taken_at LIMIT ?)"_s;
    case OutboxStatement::SelectIndexed:
        return u"SELECT rowid FROM attempt_text ORDER BY rowid DESC LIMIT 1"_s;
    case OutboxStatement::SelectUnindexed:
        return u"SELECT id, document FROM attempt WHERE id > ? ORDER BY id LIMIT ?"_s;
    case OutboxStatement::InsertText:
        return u"INSERT INTO attempt_text (rowid, request, response) VALUES (?, ?, ?)"_s;
    case OutboxStatement::DeleteText:
        return u"INSERT INTO attempt_text (attempt_text, rowid, request, response) VALUES ('delete', ?, ?, ?)"_s;
    case OutboxStatement::SelectDelivery:
        return u"SELECT "_s % shownColumns % u", e.document"_s % shownFrom % u"WHERE d.id = ?"_s;
    case OutboxStatement::SelectFirstDelivery:
        return u"SELECT min(id) FROM delivery"_s;
    case OutboxStatement::SelectLastDelivery:
        return u"SELECT max(id) FROM delivery"_s;
    case OutboxStatement::SelectAcceptedFrom:
        return u"SELECT created_at FROM delivery WHERE id >= ? ORDER BY id LIMIT 1"_s;
    case OutboxStatement::SelectFirstAttempt:
        return u"SELECT min(id) FROM attempt"_s;
    case OutboxStatement::SelectLastAttempt:
        return u"SELECT max(id) FROM attempt"_s;
    case OutboxStatement::SelectAttemptFrom:
        return u"SELECT document FROM attempt WHERE id >= ? ORDER BY id LIMIT 1"_s;
    case OutboxStatement::SelectCounts:
        return u"SELECT t.webhook_id, y.state, y.deliveries FROM tally y JOIN target t ON t.id = y.target"_s;
    case OutboxStatement::CountState:
        return u"SELECT count(*) FROM (SELECT 1 FROM delivery WHERE state = ? AND id >= ? LIMIT ?) AS counted"_s;
    case OutboxStatement::SelectOlderMatching:
        return matchingAttempts % u"LIMIT 1 OFFSET ?"_s;
    case OutboxStatement::SelectMatching:
        return u"SELECT a.id, d.state, CASE WHEN d.finished_at IS NULL OR a.number < d.attempts THEN a.document END "
               "FROM attempt a JOIN delivery d ON d.id = a.delivery JOIN target t ON t.id = d.target WHERE a.id IN ("_s
            % matchingAttempts
            % u"LIMIT ?) AND ? IN ('', t.webhook_id) AND ? IN ('', (SELECT l.integration_id FROM lane l WHERE l.id = d.lane)) ORDER BY a.id"_s;
    case OutboxStatement::SelectOldest:
        return u"SELECT created_at FROM delivery WHERE state = ? ORDER BY id LIMIT 1"_s;
    case OutboxStatement::SelectTimeline:
        return sumOfOutcomes % u"WHERE minute >= ? GROUP BY 1 ORDER BY 1"_s;
    case OutboxStatement::SelectTargetTimeline:
        return sumOfOutcomes
            % u"WHERE minute >= ? AND target = (SELECT id FROM target WHERE webhook_id = ?) GROUP BY 1 ORDER BY 1"_s;
    case OutboxStatement::SelectIntegrationTimeline:
        return u"SELECT d.finished_at / 60000 - d.finished_at / 60000 % ?, sum(d.state = 'delivered'), 0, "
               "sum(d.state = 'dead') FROM delivery d WHERE d.lane IN (SELECT l.id FROM lane l JOIN target t ON t.id = "
               "l.target WHERE l.integration_id = ? AND ? IN ('', t.webhook_id)) AND d.finished_at >= ? "
               "GROUP BY 1 ORDER BY 1"_s;
    case OutboxStatement::SelectTimelines:
        return u"SELECT o.minute - o.minute % ?, sum(o.delivered), sum(o.failed), sum(o.dead), t.webhook_id FROM "
               u"outcome o "
               "JOIN target t ON t.id = o.target WHERE o.minute >= ? GROUP BY 1, t.webhook_id ORDER BY 1"_s;
    case OutboxStatement::SelectLastDeliveries:
        return u"SELECT "_s % shownColumns
            % u" FROM target t JOIN delivery d ON d.id = (SELECT id FROM delivery WHERE target = t.id "
              "ORDER BY id DESC LIMIT 1) JOIN event e ON e.id = d.event"_s
            % ownIds;
    case OutboxStatement::SelectIntegrationStates:
        return u"SELECT id, name, type, status, since, last_event_at, issues FROM integration "
               "ORDER BY name_folded, id"_s;
    }
    return {};
}

} // namespace

const QString &sql(OutboxStatement statement)
{
    static const auto texts = [] {
        std::array<QString, outboxStatementCount> all;
        for (int i = 0; i < outboxStatementCount; ++i) {
            all.at(static_cast<std::size_t>(i)) = text(static_cast<OutboxStatement>(i));
        }
        return all;
    }();
    return texts.at(static_cast<std::size_t>(statement));
}

QString deliveryListSql(const QStringList &conditions)
{
    const QString where = conditions.isEmpty() ? u""_s : u"WHERE "_s % conditions.join(u" AND "_s);
    return u"SELECT "_s % shownColumns % shownFrom % where % u" ORDER BY d.id DESC LIMIT ?"_s;
}

QString deliveryIdsSql(const QStringList &conditions)
{
    const QString where = conditions.isEmpty() ? u""_s : u"WHERE "_s % conditions.join(u" AND "_s);
    return u"SELECT d.id FROM delivery d "_s % where % u" ORDER BY d.id DESC LIMIT ?"_s;
}

QString deathCausesSql(const QStringList &conditions)
{
    return u"SELECT t.webhook_id, t.webhook_name, g.cause, g.deliveries, g.first_at, g.last_at, n.last_reason, n.id "
           u"FROM "
           "(SELECT d.target, d.cause, count(*) AS deliveries, min(d.finished_at) AS first_at, max(d.finished_at) AS "
           "last_at, max(d.id) AS newest FROM delivery d INDEXED BY delivery_dead WHERE d.state = 'dead' AND "_s
        % conditions.join(u" AND "_s)
        % u" GROUP BY d.target, d.cause) g JOIN target t ON t.id = g.target JOIN delivery n ON n.id = g.newest "
          "ORDER BY g.deliveries DESC, g.newest DESC"_s;
}

QString replayableSql(const QStringList &conditions)
{
    return u"SELECT d.id FROM delivery d INDEXED BY delivery_by_state WHERE "_s % conditions.join(u" AND "_s)
        % u" AND d.target IN (SELECT t.id FROM target t JOIN webhook w ON w.id = t.webhook_id) AND d.id > ? "
          "AND d.id <= ? ORDER BY d.id LIMIT ?"_s;
}

QString replayForecastSql(const QStringList &conditions)
{
    return u"SELECT t.webhook_id, t.webhook_name, w.id IS NOT NULL, g.state, g.deliveries FROM "
           "(SELECT d.target, d.state, count(*) AS deliveries FROM delivery d INDEXED BY delivery_by_state WHERE "_s
        % conditions.join(u" AND "_s)
        % u" GROUP BY d.target, d.state) g JOIN target t ON t.id = g.target LEFT JOIN webhook w ON w.id = t.webhook_id "
          "ORDER BY g.deliveries DESC, t.webhook_name"_s;
}

QString matchingCountsSql(const QStringList &conditions)
{
    return u"SELECT state, count(*) FROM (SELECT d.state FROM delivery d WHERE "_s % conditions.join(u" AND "_s)
        % u" ORDER BY d.id DESC LIMIT ?) AS newest GROUP BY state"_s;
}

QString endedCondition()
{
    return u"d.id IN (SELECT id FROM delivery WHERE state IN ('delivered', 'dead') AND finished_at >= ? "
           "AND finished_at < ? "
           "UNION SELECT delivery FROM attempt WHERE id >= ? AND id < ?)"_s;
}

QString eventCondition()
{
    // All ids are looked through, and the lanes of the event's integration: whoever looks for one waits for that,
    // rather than all who send events for an index.
    return u"d.id IN (SELECT c.id FROM (SELECT event AS id FROM event_own_id WHERE own_id = ? "
           "UNION SELECT id FROM event WHERE id = ? AND nonce = ?) f JOIN event x ON x.id = f.id "
           "JOIN lane l ON l.integration_id = x.integration_id JOIN delivery c ON c.lane = l.id AND c.event = x.id)"_s;
}

QString textCondition()
{
    return u"d.id IN (SELECT delivery FROM attempt WHERE id IN ("_s % matchingAttempts % u"LIMIT ?))"_s;
}

} // namespace Tocsin
