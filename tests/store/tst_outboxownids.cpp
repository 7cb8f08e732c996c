// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxasking.h"

#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Status = IntegrationStatus;

namespace {

IntegrationEvent eventWithId(const QString &id, const QString &integration = u"a"_s, Status status = Status::Error,
                             const QString &extra = {})
{
    auto event = eventOf(integration, status, extra);
    event.ownId = id;
    event.document["id"] = toJson(id);
    return event;
}

const EventTaking byEmit{.door = EventDoor::emitCommand()};

} // namespace

/// Events with an id of their own: each is taken once.
class TestOutboxOwnIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
        m_profile->addWebhook(u"w"_s);
        m_profile->addWebhook(u"v"_s);
    }

    void answersTheSecondAsTheFirst()
    {
        const auto first = take({eventWithId(u"one"_s)});
        QCOMPARE(first.accepted.size(), 1);
        QCOMPARE(first.accepted[0].ownId, u"one"_s);
        QVERIFY(!first.accepted[0].isDuplicate);
        QCOMPARE(first.accepted[0].deliveryIds, (QStringList{u"1"_s, u"2"_s}));
        auto expected = first;
        expected.accepted[0].isDuplicate = true;
        for (int i = 0; i < 3; ++i) {
            QVERIFY(take({eventWithId(u"one"_s)}) == expected);
        }
        QVERIFY(take({eventWithId(u"one"_s)}, {.isForced = true, .door = EventDoor::emitCommand()}) == expected);
        QCOMPARE(ask().list()->size(), 2);
        reopen();
        QVERIFY(take({eventWithId(u"one"_s)}) == expected);
        QCOMPARE(ask().list()->size(), 2);
    }

    void answersTheSameForOneThatWasSuppressed()
    {
        take({eventWithId(u"one"_s)});
        const auto first = take({eventWithId(u"two"_s)});
        QVERIFY(first.accepted[0].suppressed);
        auto expected = first;
        expected.accepted[0].isDuplicate = true;
        take({eventWithId(u"three"_s, u"a"_s, Status::Warning)});
        QVERIFY(take({eventWithId(u"two"_s)}, {.isForced = true, .door = EventDoor::emitCommand()}) == expected);
        QVERIFY(!expected.accepted[0].suppressedReason.isEmpty());
    }

    void answersTheSameOfWhatWaitsAndWhatIsSuperseded()
    {
        m_profile->addWebhook(u"slow"_s, [](Webhook &webhook) {
            webhook.settle = 30s;
            webhook.keep = KeptEvents::Newest;
        });
        take({eventWithId(u"one"_s)});
        const auto first = take({eventWithId(u"two"_s, u"a"_s, Status::Warning)});
        QCOMPARE(first.accepted[0].held.size(), 1);
        QCOMPARE(first.accepted[0].held[0].webhookName, u"slow"_s);
        QVERIFY(first.accepted[0].held[0].rule == HoldingRule::Settle && first.accepted[0].held[0].until);
        QCOMPARE(first.accepted[0].supersededIds.size(), 1);
        auto expected = first;
        expected.accepted[0].isDuplicate = true;
        QVERIFY(take({eventWithId(u"two"_s, u"a"_s, Status::Warning)}) == expected);
        reopen();
        QVERIFY(take({eventWithId(u"two"_s, u"a"_s, Status::Warning)}) == expected);
    }

    void readsAnAnswerThatNamesNeither()
    {
        m_profile->addWebhook(u"slow"_s, [](Webhook &webhook) { webhook.settle = 30s; });
        auto expected = take({eventWithId(u"one"_s)});
        QCOMPARE(expected.accepted[0].held.size(), 1);
        QCOMPARE(
            askBeside(u"UPDATE taken_id SET answer = json_remove(answer, '$.held', '$.superseded_ids') RETURNING 1"_s),
            1); // as it was kept before there were these
        expected.accepted[0].held.clear();
        expected.accepted[0].isDuplicate = true;
        QVERIFY(take({eventWithId(u"one"_s)}) == expected);
    }

    void leavesTheStatusAsItIs()
    {
        take({eventWithId(u"one"_s)});
        take({eventWithId(u"two"_s, u"a"_s, Status::Warning)});
        QVERIFY(take({eventWithId(u"one"_s)}).accepted[0].isDuplicate);
        QVERIFY(take({eventWithId(u"three"_s, u"a"_s, Status::Warning)}).accepted[0].suppressed);
    }

    void refusesAnotherEventWithTheId()
    {
        const auto first = take({eventWithId(u"one"_s)});
        const auto refused = take({eventWithId(u"new"_s, u"b"_s), eventWithId(u"one"_s, u"a"_s, Status::Warning),
                                   eventWithId(u"one"_s), eventWithId(u"one"_s, u"a"_s, Status::Error, u"more"_s)});
        QVERIFY(refused.accepted.isEmpty());
        QCOMPARE(refused.refused.size(), 2);
        QCOMPARE(refused.refused[0].number, 1);
        QCOMPARE(refused.refused[1].number, 3);
        QCOMPARE(refused.refused[0].ownId, u"one"_s);
        QVERIFY(refused.refused[0].reason.contains(u"“one”"_s));
        QVERIFY(refused.refused[0].reason.contains(first.accepted[0].eventId));
        QCOMPARE(ask().list()->size(), 2);
        QVERIFY(!take({eventWithId(u"new"_s, u"b"_s)}).accepted[0].isDuplicate); // that was not taken either
    }

    void leavesRefusedOnesOutIfAsked()
    {
        take({eventWithId(u"one"_s)});
        const auto taken = take({eventWithId(u"new"_s, u"b"_s), eventWithId(u"one"_s, u"x"_s), eventWithId(u"one"_s)},
                                {.door = EventDoor::emitCommand(), .leavesRefusedOut = true});
        QCOMPARE(taken.refused.size(), 1);
        QCOMPARE(taken.refused[0].number, 1);
        QCOMPARE(taken.accepted.size(), 2);
        QVERIFY(!taken.accepted[0].isDuplicate);
        QVERIFY(taken.accepted[1].isDuplicate);
        QCOMPARE(ask().list()->size(), 4);
    }

    void comparesThoseGivenTogether()
    {
        const auto taken = take({eventWithId(u"one"_s), eventWithId(u"two"_s, u"b"_s), eventWithId(u"one"_s),
                                 eventOf(u"c"_s, Status::Error), eventOf(u"c"_s, Status::Error)});
        QCOMPARE(taken.accepted.size(), 5);
        auto expected = taken.accepted[0];
        expected.isDuplicate = true;
        QVERIFY(taken.accepted[2] == expected);
        QVERIFY(!taken.accepted[4].isDuplicate);
        QCOMPARE(ask().list()->size(), 6);

        const auto refused = take({eventWithId(u"three"_s, u"d"_s), eventWithId(u"three"_s, u"e"_s)});
        QVERIFY(refused.accepted.isEmpty());
        QCOMPARE(refused.refused.size(), 1);
        QCOMPARE(refused.refused[0].number, 1);
        QCOMPARE(ask().list()->size(), 6);
    }

    void holdsForOneDoor()
    {
        const auto event = eventWithId(u"one"_s);
        for (const auto &door :
             {EventDoor::emitCommand(), EventDoor::ingest(), EventDoor::source(u"a"_s), EventDoor::source(u"b"_s)}) {
            QVERIFY(!take({event}, {.isForced = true, .door = door}).accepted[0].isDuplicate);
            QVERIFY(take({event}, {.isForced = true, .door = door}).accepted[0].isDuplicate);
        }
        for (int i = 0; i < 2; ++i) { // by hand
            QVERIFY(!ask().accept({event}, true)->constFirst().isDuplicate);
        }
        QCOMPARE(ask().list({.eventId = u"one"_s})->size(), 12);
    }

    void holdsForSevenDays()
    {
        const auto week = 7 * day;
        const auto first = take({eventWithId(u"one"_s)});
        m_profile->clock.advance(week - 60'000); // the moment of a test does not have to be exact
        QVERIFY(ask().prune({.maximumAge = 1s}).isOk());
        QVERIFY(take({eventWithId(u"one"_s)}).accepted[0].isDuplicate);
        *m_profile->clock.wallMoved -= 30 * day; // set back
        QVERIFY(take({eventWithId(u"one"_s)}).accepted[0].isDuplicate);
        *m_profile->clock.wallMoved += 30 * day;
        m_profile->clock.advance(60'000);
        const auto again = take({eventWithId(u"one"_s)}, {.isForced = true, .door = EventDoor::emitCommand()});
        QVERIFY(!again.accepted[0].isDuplicate);
        QVERIFY(again.accepted[0].eventId != first.accepted[0].eventId);
        QVERIFY(take({eventWithId(u"one"_s)}).accepted[0].eventId == again.accepted[0].eventId);
        m_profile->clock.advance(week);
        QCOMPARE(take({eventWithId(u"one"_s, u"other"_s)}).accepted.size(), 1); // any other event may have it
    }

    void forgetsManyInTurn()
    {
        constexpr int old = 2500;
        QList<IntegrationEvent> events;
        for (int i = 0; i < old; ++i) {
            events.append(eventWithId(QString::number(i)));
        }
        take(events);
        m_profile->clock.advance(4 * day);
        take({eventWithId(u"young"_s)});
        QCOMPARE(keptIds(), old + 1);
        m_profile->clock.advance(3 * day);
        QVERIFY(ask().prune(Retention::usual()).isOk());
        QCOMPARE(keptIds(), 1);
        QVERIFY(take({eventWithId(u"young"_s)}).accepted[0].isDuplicate);
    }

    void outlivesItsEvent()
    {
        auto expected = take({eventWithId(u"one"_s)});
        QStringList ids = ask().claimIds(u"me"_s);
        QCOMPARE(ids.size(), 2);
        for (const auto &id : ids) {
            QCOMPARE(*ask().end(u"me"_s, id, 1, AttemptOutcome::Delivered), 1);
        }
        m_profile->clock.advance(day);
        QCOMPARE(*ask().prune({.maximumAge = 1h}), 2);
        QCOMPARE(ask().list()->size(), 0);
        expected.accepted[0].isDuplicate = true;
        QVERIFY(take({eventWithId(u"one"_s)}) == expected);
    }

    void findsDeliveriesByIt_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("plain") << u"one"_s;
        QTest::newRow("as a delivery's") << u"1"_s;
        QTest::newRow("as an event's") << u"evt_00000000000000001"_s;
        QTest::newRow("256 bells") << u"🔔"_s.repeated(256);
        QTest::newRow("SQL") << u"' OR 1=1; DROP TABLE event; --\"%_?"_s;
        QTest::newRow("a line end and a zero") << u"a\nb\u0000c\u202e"_s;
        QTest::newRow("spaces") << u"  "_s;
    }

    void findsDeliveriesByIt()
    {
        QFETCH(const QString, id);
        take({eventWithId(u"another"_s, u"a"_s), eventWithId(id, u"b"_s), eventWithId(id + u'x', u"b"_s),
              eventOf(u"b"_s, Status::Warning)});
        const auto found = ask().list({.eventId = id});
        QCOMPARE(found->size(), 2);
        for (const auto &delivery : *found) {
            QCOMPARE(delivery.eventOwnId, id);
            QCOMPARE((*ask().delivery(delivery.id))->delivery.eventOwnId, id);
        }
        QVERIFY(ask().list({.eventId = found->first().eventId}) == found);
        QCOMPARE(ask().list({.eventId = u"evt_0000000000000000"_s + found->first().eventId.mid(20)})->size(), 0);
        QVERIFY(take({eventWithId(id, u"b"_s)}).accepted[0].isDuplicate);
        QVERIFY(take({eventWithId(id.toUpper() + u'y', u"b"_s)}).refused.isEmpty());
    }

    void knowsIdsThatDifferAsSuch()
    {
        const QStringList ids{u"a"_s, u"A"_s, u"a "_s, u" a"_s, u"é"_s, u"e\u0301"_s, u"a\u0000"_s, u"a\u0000b"_s};
        for (const auto &id : ids) {
            QVERIFY2(!take({eventWithId(id, u"a"_s)}).accepted[0].isDuplicate, qPrintable(id));
        }
    }

private:
    AskedOutbox ask() const { return {*m_profile->outbox}; }

    EventAcceptance take(const QList<IntegrationEvent> &events, const EventTaking &taking = byEmit) const
    {
        const auto taken = answerOf<EventAcceptance>(
            [&](QObject *context, auto reply) { m_profile->outbox->accept(events, taking, context, reply); });
        return taken ? *taken : EventAcceptance();
    }

    void reopen()
    {
        m_profile->outbox = std::make_unique<Outbox>(m_profile->folder.path(), nullptr, m_profile->clock.clock());
        QVERIFY(ask().open().isOk());
    }

    int keptIds() const { return askBeside(u"SELECT count(*) FROM taken_id"_s); }

    /// The number that the database answers.
    int askBeside(const QString &statement) const
    {
        const auto name = u"beside"_s;
        int count = -1;
        {
            auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
            connection.setDatabaseName(m_profile->folder.filePath(u"tocsin.db"_s));
            QSqlQuery query(connection.open() ? connection : QSqlDatabase());
            if (query.exec(statement) && query.next()) {
                count = query.value(0).toInt();
            }
        }
        QSqlDatabase::removeDatabase(name);
        return count;
    }

    std::unique_ptr<TestProfile> m_profile;
};

QTEST_GUILESS_MAIN(TestOutboxOwnIds)
#include "tst_outboxownids.moc"
