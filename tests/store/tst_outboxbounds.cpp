// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxasking.h"

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using Status = IntegrationStatus;

namespace {

constexpr qsizetype mebibyte = qsizetype(1024) * 1024;

/// An event whose document has about so many bytes.
IntegrationEvent longEvent(const QString &id, qsizetype bytes)
{
    return eventOf(id, Status::Error, QString(bytes, u'x'));
}

/// One with so many values beside the usual ones.
IntegrationEvent manyValued(const QString &id, int values)
{
    auto event = eventOf(id, Status::Error);
    event.document["values"] = Json(std::vector<int>(static_cast<std::size_t>(values), 0));
    return event;
}

qsizetype heldBy(const QList<ClaimedDelivery> &claimed)
{
    qsizetype held = 0;
    for (const auto &one : claimed) {
        held += one.held;
    }
    return held;
}

/// Another process that is writing, for as long as this lives.
class BusyWriter
{
public:
    explicit BusyWriter(const QString &path)
    {
        auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
        connection.setDatabaseName(path);
        m_isBusy = connection.open() && QSqlQuery(connection).exec(u"BEGIN IMMEDIATE"_s);
    }
    ~BusyWriter() { QSqlDatabase::removeDatabase(m_name); }
    Q_DISABLE_COPY_MOVE(BusyWriter)

    bool isBusy() const { return m_isBusy; }

private:
    const QString m_name = u"busy"_s;
    bool m_isBusy = false;
};

} // namespace

/// What the outbox takes of memory and time, whatever waits in it.
class TestOutboxBounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
    }

    void claimsLargeEventsWithinABound()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &w) { w.concurrency = 64; });
        for (int i = 0; i < 30; ++i) {
            QVERIFY(ask().accept({longEvent(u"i%1"_s.arg(i), mebibyte)}).isOk());
        }
        const auto first = ask().claim({.owner = u"me"_s}).value();
        QCOMPARE(first.size(), 7); // each a little more than a mebibyte
        QVERIFY(heldBy(first) > 7 * mebibyte && heldBy(first) <= Outbox::mostHeld);
        QCOMPARE(ask().claim({.owner = u"me"_s, .isAtWork = true, .held = heldBy(first)})->size(), 0);
        QCOMPARE(
            ask().claim({.owner = u"me"_s, .isAtWork = true, .held = heldBy(first) - first.constFirst().held})->size(),
            1);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Pending), 22);
    }

    void claimsOneThatIsLargerThanTheBound()
    {
        m_profile->addWebhook(u"w"_s);
        QVERIFY(ask().accept({longEvent(u"a"_s, 9 * mebibyte), longEvent(u"b"_s, 9 * mebibyte)}).isOk());
        QCOMPARE(ask().claim({.owner = u"me"_s, .held = 1})->size(), 0);
        const auto claimed = ask().claim({.owner = u"me"_s}).value();
        QCOMPARE(claimed.size(), 1);
        QCOMPARE(claimed.constFirst().event["data"]["issues"][0]["message"].get_ref<const std::string &>().size(),
                 std::size_t(9 * mebibyte));
    }

    void countsWhatAnEventTakesOnceItIsParsed()
    {
        m_profile->addWebhook(u"w"_s);
        for (const auto &id : {u"a"_s, u"b"_s, u"c"_s}) {
            QVERIFY(ask().accept({manyValued(id, 200'000)}).isOk()); // 400 kB each
        }
        QCOMPARE(ask().claim({.owner = u"me"_s})->size(), 1);
    }

    void theLargestIsNotOvertakenForEver()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &w) { w.concurrency = 64; });
        const QString other = m_profile->addWebhook(u"other"_s, [](Webhook &w) { w.concurrency = 64; });
        QList<ClaimedDelivery> held;
        QStringList sent;
        const auto claim = [&] {
            const auto claimed = ask().claim({.owner = u"me"_s, .isAtWork = true, .held = heldBy(held)});
            held += claimed.value();
        };
        for (int i = 0; i < 3; ++i) {
            QVERIFY(ask().accept({longEvent(u"before%1"_s.arg(i), mebibyte)}).isOk());
        }
        claim();
        QCOMPARE(held.size(), 6);
        QVERIFY(ask().accept({longEvent(u"largest"_s, 9 * mebibyte)}).isOk());
        for (int i = 0; i < 30; ++i) { // one comes as one goes
            QVERIFY(ask().accept({longEvent(u"steady%1"_s.arg(i), mebibyte)}).isOk());
            claim();
            const auto one = held.takeFirst();
            sent.append(one.delivery.integrationId);
            QCOMPARE(*ask().end(u"me"_s, one.delivery.id, one.attempt, AttemptOutcome::Delivered), 1);
        }
        QCOMPARE(sent.count(u"largest"_s), 2);
        QVERIFY2(sent.indexOf(u"largest"_s) <= 8, qPrintable(sent.join(u' ')));
    }

    void whatCannotGoOutKeepsNoOtherBack()
    {
        const QString large =
            m_profile->addWebhook(u"w"_s, [](Webhook &w) { w.filters.integrations = {u"largest"_s}; });
        m_profile->addWebhook(u"other"_s, [](Webhook &w) { w.filters.integrations = {u"a"_s, u"b"_s}; });
        QVERIFY(ask().accept({longEvent(u"a"_s, mebibyte)}).isOk());
        const auto held = ask().claim({.owner = u"me"_s}).value();
        QCOMPARE(held.size(), 1);
        const ClaimRequest request{.owner = u"me"_s, .isAtWork = true, .held = heldBy(held)};
        QVERIFY(ask().accept({longEvent(u"largest"_s, 9 * mebibyte)}).isOk());
        QCOMPARE(ask().claim(request)->size(), 0);
        QVERIFY(ask().accept({longEvent(u"b"_s, mebibyte)}).isOk());
        QCOMPARE(ask().claim(request)->size(), 0); // the largest waits
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->store->setActive(large, false, context, reply);
                }).isOk());
        QCOMPARE(ask().claim(request)->size(), 1);
    }

    void smallEventsDoNotWaitForLargeOnes()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &w) { w.concurrency = 64; });
        for (int i = 0; i < 20; ++i) {
            QVERIFY(ask()
                        .accept({longEvent(u"large%1"_s.arg(i), mebibyte), eventOf(u"small%1"_s.arg(i), Status::Error)})
                        .isOk());
        }
        const auto claimed = ask().claim({.owner = u"me"_s, .held = Outbox::mostHeld}).value();
        QCOMPARE(claimed.size(), 20);
        QCOMPARE(heldBy(claimed), 0);
        QVERIFY(claimed.constFirst().delivery.integrationId.startsWith(u"small"_s));
    }

    void whatIsShortDoesNotWaitForAllThatIsLong()
    {
        QStringList order;
        QList<IntegrationEvent> many;
        for (int i = 0; i < 1000; ++i) {
            many.append(eventOf(u"many%1"_s.arg(i), Status::Error));
        }
        const auto accept = [&](const QList<IntegrationEvent> &events, const QString &name) {
            m_profile->outbox->accept(events, true, this, [&order, name](const Result<QList<AcceptedEvent>> &accepted) {
                order.append(accepted ? name : accepted.error().message);
            });
        };
        for (const auto &name : {u"long 1"_s, u"long 2"_s, u"long 3"_s}) {
            accept(many, name);
        }
        accept({many.constFirst()}, u"short"_s);
        QTRY_COMPARE_WITH_TIMEOUT(order.size(), 4, 60'000);
        QVERIFY2(order.indexOf(u"short"_s) <= 1, qPrintable(order.join(u", "_s))); // the first may have begun before it
        order.removeAll(u"short"_s);
        QCOMPARE(order, (QStringList{u"long 1"_s, u"long 2"_s, u"long 3"_s}));
    }

    void whatCannotBeReadDiesForItsOwnReason()
    {
        const QString webhook = m_profile->addWebhook(u"w"_s);
        QVERIFY(ask().accept({eventOf(u"a"_s, Status::Error), eventOf(u"b"_s, Status::Error)}).isOk());
        {
            auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"damage"_s);
            connection.setDatabaseName(m_profile->folder.filePath(u"tocsin.db"_s));
            QVERIFY(connection.open());
            QVERIFY(QSqlQuery(connection).exec(u"UPDATE event SET document = '{' WHERE id = 1"_s));
            QVERIFY(QSqlQuery(connection).exec(u"UPDATE event SET document = '[1,' WHERE id = 2"_s));
        }
        QSqlDatabase::removeDatabase(u"damage"_s);
        QSignalSpy condemned(m_profile->outbox.get(), &Outbox::condemned);
        QCOMPARE(ask().claim({.owner = u"me"_s})->size(), 0);
        QTRY_COMPARE(condemned.size(), 2);
        const auto dead = ask().list({.states = {DeliveryState::Dead}});
        QCOMPARE(dead->size(), 2);
        QSet<QString> told;
        for (const auto &emission : std::as_const(condemned)) {
            const auto one = emission.constFirst().value<CondemnedDeliveries>();
            QCOMPARE(one.webhookId, webhook);
            QCOMPARE(one.count, 1);
            told.insert(one.reason);
        }
        QCOMPARE(told, (QSet<QString>{dead->at(0).lastReason, dead->at(1).lastReason}));
        QCOMPARE(told.size(), 2);
    }

    void readsEveryEventAsItWasAccepted()
    {
        m_profile->addWebhook(u"w"_s);
        const QList<IntegrationEvent> events{eventOf(u"a"_s, Status::Error), longEvent(u"b"_s, Outbox::largeEvent - 1),
                                             longEvent(u"c"_s, Outbox::largeEvent + 1), manyValued(u"d"_s, 5000)};
        QVERIFY(ask().accept(events).isOk());
        const auto claimed = ask().claim({.owner = u"me"_s}).value();
        QCOMPARE(claimed.size(), events.size());
        for (qsizetype i = 0; i < events.size(); ++i) {
            QVERIFY(claimed[i].event == events[i].document);
        }
    }

    void saysOnceForAllThatTheDatabaseIsBusy()
    {
        m_profile->addWebhook(u"w"_s);
        constexpr int calls = 20;
        int failed = 0;
        {
            const BusyWriter other(m_profile->folder.filePath(u"tocsin.db"_s));
            QVERIFY(other.isBusy());
            for (int i = 0; i < calls; ++i) {
                m_profile->outbox->accept(
                    {eventOf(u"i%1"_s.arg(i), Status::Error)}, false, this,
                    [&](const Result<QList<AcceptedEvent>> &accepted) { failed += accepted ? 0 : 1; });
            }
            QTRY_COMPARE_WITH_TIMEOUT(failed, calls, 100'000); // each alone would take twice as long
        }
        QVERIFY(ask().accept({eventOf(u"after"_s, Status::Error)}).isOk());
        QCOMPARE(ask().list()->size(), 1);
    }

private:
    const AskedOutbox &ask() const { return m_profile->ask; }

    std::unique_ptr<TestProfile> m_profile;
};

QTEST_GUILESS_MAIN(TestOutboxBounds)
#include "tst_outboxbounds.moc"
