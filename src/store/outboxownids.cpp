// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxownids.h"

#include "eventcontent.h"
#include "jsonwriter.h"
#include "outboxqueries.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 ownIdsKept = std::chrono::milliseconds(Outbox::ownIdsKept).count();
constexpr qsizetype keySize = 16; // bytes: no two ids are found that have the same

QByteArray ownIdKey(const EventDoor &door, const QString &ownId)
{
    const QString text = door.name() % u'\n' % ownId; // no door's name holds a line end
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Blake2b_256).first(keySize);
}

/// The beginning of a key.
qint64 hashOf(const QByteArray &key)
{
    return qFromBigEndian<qint64>(key.constData());
}

void writeHeld(JsonWriter &writer, const HeldDelivery &held)
{
    writer.beginObject();
    writer.key("id");
    writer.string(held.id);
    writer.key("webhook");
    writer.string(held.webhookName);
    if (held.rule) {
        writer.key("held_by");
        writer.string(toString(*held.rule));
    }
    if (held.until) {
        writer.key("until");
        writer.string(held.until->toUTC().toString(Qt::ISODateWithMs));
    }
    writer.endObject();
}

QString textIn(const Json &object, const char *member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? toQString(found->get_ref<const std::string &>()) : QString();
}

HeldDelivery readHeld(const Json &object)
{
    const auto until = QDateTime::fromString(textIn(object, "until"), Qt::ISODateWithMs);
    return {.id = textIn(object, "id"),
            .webhookName = textIn(object, "webhook"),
            .rule = holdingRuleFromString(textIn(object, "held_by")),
            .until = until.isValid() ? std::optional(until) : std::nullopt};
}

QStringList textsIn(const Json &object, const char *member)
{
    QStringList texts;
    const auto found = object.find(member);
    for (const auto &one : found != object.end() ? *found : Json::array()) {
        texts.append(one.is_string() ? toQString(one.get_ref<const std::string &>()) : QString());
    }
    return texts;
}

/// What is kept of an answer; the rest is the event's.
QByteArray keptAnswer(const AcceptedEvent &accepted)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("event_id");
    writer.string(accepted.eventId);
    writer.key("suppressed");
    writer.boolean(accepted.suppressed);
    writer.key("delivery_ids");
    writer.beginArray();
    for (const auto &id : accepted.deliveryIds) {
        writer.string(id);
    }
    writer.endArray();
    if (!accepted.held.isEmpty()) {
        writer.key("held");
        writer.beginArray();
        for (const auto &held : accepted.held) {
            writeHeld(writer, held);
        }
        writer.endArray();
    }
    if (!accepted.supersededIds.isEmpty()) {
        writer.key("superseded_ids");
        writer.beginArray();
        for (const auto &id : accepted.supersededIds) {
            writer.string(id);
        }
        writer.endArray();
    }
    writer.endObject();
    return QByteArray::fromStdString(writer.take());
}

/// None: it is damaged.
std::optional<AcceptedEvent> readAnswer(const QByteArray &kept)
{
    const auto json = parseJson(kept);
    if (!json || !json->is_object() || !json->contains("event_id") || !(*json)["event_id"].is_string()
        || !json->contains("suppressed") || !(*json)["suppressed"].is_boolean() || !json->contains("delivery_ids")) {
        return std::nullopt;
    }
    AcceptedEvent answer;
    answer.isDuplicate = true;
    answer.eventId = toQString((*json)["event_id"].get_ref<const std::string &>());
    answer.suppressed = (*json)["suppressed"].get<bool>();
    answer.deliveryIds = textsIn(*json, "delivery_ids");
    answer.supersededIds = textsIn(*json, "superseded_ids");
    if (const auto held = json->find("held"); held != json->end()) {
        std::transform(held->begin(), held->end(), std::back_inserter(answer.held), readHeld);
    }
    return answer;
}

/// An id that was met, in the database or among those given.
struct MetId
{
    QByteArray content;
    std::optional<AcceptedEvent> answer{}; ///< none: it is the event `number` of those given
    qint64 takenAt = 0;
    std::size_t number = 0;
};

Result<std::optional<MetId>> findTaken(OutboxTransaction &transaction, const QByteArray &key)
{
    std::optional<MetId> found;
    QByteArray answer;
    const auto read = forEach(transaction.database, OutboxStatement::SelectTakenIds,
                              {hashOf(key), transaction.now - ownIdsKept}, [&](const Rows &rows) {
                                  const auto digests = rows.value(0).toByteArray();
                                  if (!found && digests.startsWith(key)) {
                                      found =
                                          MetId{.content = digests.mid(keySize), .takenAt = rows.value(1).toLongLong()};
                                      answer = rows.value(2).toString().toUtf8();
                                  }
                              });
    if (!read || !found) {
        return read ? Result<std::optional<MetId>>(std::nullopt) : read.error();
    }
    found->answer = readAnswer(answer);
    if (!found->answer) {
        return damaged(transaction.database, u"taken_id"_s,
                       Error::of(Outbox::say("it does not say what was answered.")));
    }
    return found;
}

QString refusal(const IntegrationEvent &event, const MetId &other)
{
    return other.answer ? Outbox::tr("The id “%1” belongs to another event, accepted %2 as %3, whose content differs.")
                              .arg(event.ownId, utcMoment(other.takenAt).toString(Qt::ISODate), other.answer->eventId)
                        : Outbox::tr("The id “%1” is given to two events whose content differs.").arg(event.ownId);
}

OwnIdFate fateOf(const IntegrationEvent &event, std::size_t number, OwnIdFate fate, const MetId &met)
{
    using Kind = OwnIdFate::Kind;
    if (fate.content != met.content) {
        fate.kind = Kind::Refused;
        fate.reason = refusal(event, met);
    } else if (met.answer) {
        fate.kind = Kind::Known;
        fate.answer = *met.answer;
        fate.answer.ownId = event.ownId;
        fate.answer.suppressedReason = fate.answer.suppressed ? suppressedReason(event) : QString();
    } else if (met.number != number) {
        fate.kind = Kind::Repeats;
        fate.repeated = met.number;
    }
    return fate;
}

} // namespace

QString suppressedReason(const IntegrationEvent &event)
{
    return Outbox::tr("The status of “%1” has not changed: it was %2 before.")
        .arg(event.integrationName, toString(event.status));
}

Result<std::vector<OwnIdFate>> ownIdFates(OutboxTransaction &transaction, const QList<IntegrationEvent> &events,
                                          const EventDoor &door)
{
    std::vector<OwnIdFate> fates(static_cast<std::size_t>(events.size()));
    QHash<QByteArray, MetId> metIds;
    for (std::size_t i = 0; i < fates.size() && !door.isNone(); ++i) {
        const auto &event = events.at(static_cast<qsizetype>(i));
        if (event.ownId.isEmpty()) {
            continue;
        }
        OwnIdFate fate{.key = ownIdKey(door, event.ownId), .content = eventContentDigest(event.document)};
        auto met = metIds.constFind(fate.key);
        if (met == metIds.constEnd()) {
            const auto taken = findTaken(transaction, fate.key);
            if (!taken) {
                return taken.error();
            }
            met = metIds.insert(fate.key, taken->value_or(MetId{.content = fate.content, .number = i}));
        }
        fates[i] = fateOf(event, i, std::move(fate), *met);
    }
    return fates;
}

Result<void> keepOwnId(OutboxTransaction &transaction, const OwnIdFate &fate, const AcceptedEvent &accepted)
{
    const auto kept = change(transaction.database, OutboxStatement::InsertTakenId,
                             {hashOf(fate.key), QByteArray(fate.key + fate.content), transaction.now,
                              QString::fromUtf8(keptAnswer(accepted))});
    return kept ? Result<void>() : kept.error();
}

Result<int> forgetOwnIds(OutboxTransaction &transaction, int maximum)
{
    return change(transaction.database, OutboxStatement::DeleteTakenIds, {transaction.now - ownIdsKept, maximum});
}

} // namespace Tocsin
