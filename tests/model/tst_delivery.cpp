// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery.h"
#include "shown.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesItsStates()
    {
        QStringList words;
        for (const auto state : allDeliveryStates()) {
            words.append(toString(state));
            QVERIFY(deliveryStateFromString(toString(state)) == state);
        }
        QCOMPARE(words,
                 QStringList({u"pending"_s, u"sending"_s, u"waiting"_s, u"delivered"_s, u"dead"_s, u"superseded"_s}));
        QVERIFY(!deliveryStateFromString(u"Pending"_s));
        QVERIFY(isFinished(DeliveryState::Dead) && isFinished(DeliveryState::Delivered));
        QVERIFY(!isFinished(DeliveryState::Waiting));
    }

    void writesADelivery()
    {
        Delivery delivery{.id = u"7"_s,
                          .messageId = u"msg_1"_s,
                          .eventId = u"evt_1"_s,
                          .webhookId = u"w"_s,
                          .webhookName = u"Hook"_s,
                          .integrationId = u"i"_s,
                          .integrationName = u"Base"_s,
                          .integrationType = u"postgresql"_s,
                          .status = IntegrationStatus::Error,
                          .state = DeliveryState::Waiting,
                          .attempts = 1,
                          .createdAt = QDateTime::fromMSecsSinceEpoch(1000, Qt::UTC),
                          .nextAttemptAt = QDateTime::fromMSecsSinceEpoch(6000, Qt::UTC),
                          .finishedAt = {},
                          .lastHttpStatus = 500,
                          .lastReason = Sentence(u"No."_s),
                          .lastTotal = Milliseconds(1.5)};
        QCOMPARE(
            shown(toJson(delivery)),
            R"({"id":"7","message_id":"msg_1","event_id":"evt_1","event_own_id":null,"webhook":{"id":"w","name":"Hook"},)"
            R"("integration":{"id":"i","name":"Base","type":"postgresql","status":"Error"},"state":"waiting",)"
            R"("attempts":1,"created_at":"1970-01-01T00:00:01.000Z","next_attempt_at":"1970-01-01T00:00:06.000Z",)"
            R"("held_by":null,"expires_at":null,"finished_at":null,"last_http_status":500,"last_reason":"No.","last_total_ms":1.5})"_ba);
        delivery.eventOwnId = u"order 7"_s;
        QCOMPARE(shown(toJson(delivery)["event_own_id"]), "\"order 7\""_ba);
        delivery.lastHttpStatus = 0;
        delivery.lastTotal.reset();
        QVERIFY(toJson(delivery)["last_http_status"].is_null());
        QVERIFY(toJson(delivery)["last_total_ms"].is_null());
    }

    void writesWhatBecameOfAnEvent()
    {
        QCOMPARE(shown(toJson(AcceptedEvent{
                     .eventId = u"evt_1"_s, .suppressed = false, .suppressedReason = {}, .deliveryIds = {u"7"_s}})),
                 R"({"event_id":"evt_1","suppressed":false,"delivery_ids":["7"]})"_ba);
        QCOMPARE(shown(toJson(AcceptedEvent{
                     .eventId = u"evt_2"_s, .suppressed = true, .suppressedReason = u"Same."_s, .deliveryIds = {}})),
                 R"({"event_id":"evt_2","suppressed":true,"suppressed_reason":"Same.","delivery_ids":[]})"_ba);
        QCOMPARE(shown(toJson(AcceptedEvent{.eventId = u"evt_3"_s,
                                            .suppressed = false,
                                            .suppressedReason = {},
                                            .deliveryIds = {},
                                            .ownId = u"a"_s,
                                            .isDuplicate = true})),
                 R"({"event_id":"evt_3","event_own_id":"a","duplicate":true,"suppressed":false,"delivery_ids":[]})"_ba);
    }
};

QTEST_GUILESS_MAIN(TestDelivery)
#include "tst_delivery.moc"
