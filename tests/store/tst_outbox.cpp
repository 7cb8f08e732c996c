// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxasking.h"

#include <QFile>
#include <QSet>
#include <QSignalSpy>
#include <QtEndian>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Status = IntegrationStatus;

namespace {

int countOf(const QSignalSpy &condemned)
{
    int count = 0;
    for (const auto &emission : condemned) {
        count += emission.constFirst().value<CondemnedDeliveries>().count;
    }
    return count;
}

/// How many commits a database's log holds (https://www.sqlite.org/fileformat2.html#the_write_ahead_log).
int commitsInLog(const QString &database)
{
    constexpr int headerSize = 32;
    constexpr int frameHeaderSize = 24;
    QFile file(database + u"-wal"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        return -1;
    }
    const QByteArray log = file.readAll();
    const auto number = [&log](qsizetype at) {
        return qFromBigEndian<quint32>(log.constData() + at);
    };
    const qsizetype frameSize = frameHeaderSize + number(8);
    int commits = 0;
    for (qsizetype at = headerSize; at + frameSize <= log.size(); at += frameSize) {
        const bool isOfThisLog = number(at + 8) == number(16) && number(at + 12) == number(20);
        commits += isOfThisLog && number(at + 4) != 0 ? 1 : 0;
    }
    return commits;
}

} // namespace

class TestOutbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
    }

    void saysWhyItIsNotOpen()
    {
        Outbox outbox(m_profile->folder.filePath(u"other"_s));
        const AskedOutbox ask{outbox};
        QVERIFY(ask.accept({eventOf(u"a"_s, Status::Error)}).error().message.contains(u"has not been opened"_s));
        QVERIFY(ask.list().error().message.contains(u"has not been opened"_s));
        QVERIFY(ask.list({.text = u"x"_s}).error().message.contains(u"has not been opened"_s));
    }

    void firesWhatMatches_data()
    {
        QTest::addColumn<QStringList>("integrations");
        QTest::addColumn<bool>("active");
        QTest::addColumn<Status>("status");
        QTest::addColumn<int>("deliveries");
        QTest::newRow("all, error") << QStringList() << true << Status::Error << 1;
        QTest::newRow("all, active") << QStringList() << true << Status::Active << 0;
        QTest::newRow("this one") << QStringList{u"a"_s} << true << Status::Warning << 1;
        QTest::newRow("another one") << QStringList{u"b"_s} << true << Status::Warning << 0;
        QTest::newRow("inactive") << QStringList() << false << Status::Error << 0;
    }

    void firesWhatMatches()
    {
        QFETCH(const QStringList, integrations);
        QFETCH(const bool, active);
        QFETCH(const Status, status);
        QFETCH(const int, deliveries);
        const auto webhook = m_profile->addWebhook(u"w"_s, [&](Webhook &w) {
            w.filters.integrations = integrations;
            w.active = active;
        });
        const auto accepted = ask().accept({eventOf(u"a"_s, status)});
        QVERIFY(accepted.isOk());
        QCOMPARE(accepted->size(), 1);
        QVERIFY(accepted->first().eventId.startsWith("evt_"_L1));
        QVERIFY(!accepted->first().suppressed);
        QCOMPARE(accepted->first().deliveryIds.size(), deliveries);
        const auto listed = ask().list();
        QCOMPARE(listed->size(), deliveries);
        if (deliveries == 1) {
            const auto &delivery = listed->first();
            QCOMPARE(delivery.id, accepted->first().deliveryIds.first());
            QCOMPARE(delivery.eventId, accepted->first().eventId);
            QVERIFY(delivery.messageId.startsWith("msg_"_L1));
            QCOMPARE(delivery.webhookId, webhook);
            QCOMPARE(delivery.webhookName, u"w"_s);
            QCOMPARE(delivery.integrationId, u"a"_s);
            QCOMPARE(delivery.integrationName, u"name of a"_s);
            QCOMPARE(delivery.integrationType, u"postgresql"_s);
            QVERIFY(delivery.status == status);
            QVERIFY(delivery.state == DeliveryState::Pending);
        }
    }

    void suppressesWhatHasNotChanged()
    {
        m_profile->addWebhook(u"w"_s);
        const auto accepted = ask().accept({eventOf(u"a"_s, Status::Error), eventOf(u"a"_s, Status::Error),
                                            eventOf(u"b"_s, Status::Error), eventOf(u"a"_s, Status::Warning),
                                            eventOf(u"a"_s, Status::Error)});
        QList<bool> suppressed;
        for (const auto &event : *accepted) {
            suppressed.append(event.suppressed);
            QCOMPARE(event.deliveryIds.size(), event.suppressed ? 0 : 1);
            QCOMPARE(event.suppressedReason.isEmpty(), !event.suppressed);
        }
        QCOMPARE(suppressed, QList<bool>({false, true, false, false, false}));
        QVERIFY(ask().accept({eventOf(u"a"_s, Status::Error)})->first().suppressed);
        const auto forced = ask().accept({eventOf(u"a"_s, Status::Error)}, true);
        QVERIFY(!forced->first().suppressed);
        QCOMPARE(forced->first().deliveryIds.size(), 1);
    }

    void remembersIntegrations()
    {
        QVERIFY(ask().accept({eventOf(u"a"_s, Status::Error, u"disk"_s)}).isOk());
        const auto states = answerOf<QList<IntegrationState>>(
            [&](QObject *context, auto reply) { m_profile->outbox->integrations(context, reply); });
        QCOMPARE(states->size(), 1);
        QCOMPARE(states->first().name, u"name of a"_s);
        QVERIFY(states->first().status == Status::Error);
        QCOMPARE(states->first().since, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC));
        QVERIFY(states->first().lastEventAt.has_value());
        QVERIFY(states->first().issues[0]["message"] == "disk");
    }

    void knowsSinceWhen_data()
    {
        const QDateTime expected(QDate(2023, 10, 2), QTime(16, 14, 25, 851), Qt::UTC);
        QTest::addColumn<QByteArray>("time");
        QTest::addColumn<std::optional<QDateTime>>("since"); // none: when it was accepted
        QTest::newRow("text") << "\"2023-10-02T16:14:25.851Z\""_ba << std::optional(expected);
        QTest::newRow("nanoseconds") << "\"2023-10-02T18:14:25.851000000+02:00\""_ba << std::optional(expected);
        QTest::newRow("number") << "1696263265.851000000"_ba << std::optional(expected);
        QTest::newRow("whole number") << "1696263265"_ba << std::optional(expected.addMSecs(-851));
        for (const QByteArray time : {"0", "-5", "1e300", "123456789012345678901234567890"}) {
            QTest::newRow(time.constData()) << time << std::optional<QDateTime>();
        }
    }

    void knowsSinceWhen()
    {
        QFETCH(const QByteArray, time);
        QFETCH(const std::optional<QDateTime>, since);
        auto event = eventOf(u"a"_s, Status::Error);
        event.document["event_time"] = parseJson(time).value();
        QVERIFY(ask().accept({event}).isOk());
        const auto states = answerOf<QList<IntegrationState>>(
            [&](QObject *context, auto reply) { m_profile->outbox->integrations(context, reply); });
        QCOMPARE(states->first().since, since ? since : states->first().lastEventAt);
    }

    void keepsTheOrderOfALane()
    {
        m_profile->addWebhook(u"w"_s);
        const auto ids = acceptInTurn(u"a"_s, 3);
        const auto other = acceptInTurn(u"b"_s, 1);
        QCOMPARE(ask().claimIds(u"me"_s), QStringList({ids[0], other[0]}));
        QCOMPARE(ask().claimIds(u"me"_s), QStringList());
        QCOMPARE(*ask().end(u"me"_s, ids[0], 1, AttemptOutcome::Retry, 5s), 1);
        QCOMPARE(ask().claimIds(u"me"_s), QStringList()); // the first one waits, the others behind it
        m_profile->clock.advance(5'000);
        QCOMPARE(ask().claimIds(u"me"_s), QStringList{ids[0]});
        QCOMPARE(*ask().end(u"me"_s, ids[0], 2, AttemptOutcome::Delivered), 1);
        QCOMPARE(ask().claimIds(u"me"_s), QStringList{ids[1]});
        QCOMPARE(*ask().end(u"me"_s, ids[1], 1, AttemptOutcome::Dead), 1);
        QCOMPARE(ask().claimIds(u"me"_s), QStringList{ids[2]});
        const auto details = ask().delivery(ids[0]);
        QCOMPARE((*details)->delivery.attempts, 2);
        QCOMPARE((*details)->attempts.size(), 2);
        QCOMPARE((*details)->attempts[0].response->status, 500);
        QCOMPARE((*details)->attempts[1].response->status, 200);
        QVERIFY((*details)->delivery.state == DeliveryState::Delivered);
        QVERIFY((*details)->event == eventOf(u"a"_s, Status::Error).document);
        QCOMPARE((*ask().delivery((*details)->delivery.messageId))->delivery, (*details)->delivery);
        QVERIFY(!ask().delivery(u"msg_0"_s)->has_value());
    }

    void refusesAStaleOwner()
    {
        m_profile->addWebhook(u"w"_s);
        const auto ids = acceptInTurn(u"a"_s, 1);
        QCOMPARE(ask().claimIds(u"one"_s), ids);
        QCOMPARE(*ask().end(u"two"_s, ids[0], 1, AttemptOutcome::Delivered), 0);
        QCOMPARE(ask().claimIds(u"two"_s), QStringList());
        m_profile->clock.advance(10'001);
        QCOMPARE(ask().claimIds(u"two"_s), ids);
        QCOMPARE(*ask().end(u"one"_s, ids[0], 1, AttemptOutcome::Delivered), 0);
        QVERIFY(!*answerOf<bool>(
            [&](QObject *context, auto reply) { m_profile->outbox->renew(u"one"_s, 10s, context, reply); }));
        QCOMPARE(*ask().end(u"two"_s, ids[0], 1, AttemptOutcome::Delivered), 1);
        QCOMPARE(*ask().end(u"two"_s, ids[0], 1, AttemptOutcome::Delivered), 0);
        QCOMPARE((*ask().delivery(ids[0]))->attempts.size(), 1);
    }

    void aRenewedLeaseHolds()
    {
        m_profile->addWebhook(u"w"_s);
        const auto ids = acceptInTurn(u"a"_s, 1);
        QCOMPARE(ask().claimIds(u"one"_s), ids);
        for (int i = 0; i < 3; ++i) {
            m_profile->clock.advance(8'000);
            QVERIFY(*answerOf<bool>(
                [&](QObject *context, auto reply) { m_profile->outbox->renew(u"one"_s, 10s, context, reply); }));
            QCOMPARE(ask().claimIds(u"two"_s), QStringList());
        }
        QCOMPARE(*answerOf<int>(
                     [&](QObject *context, auto reply) { m_profile->outbox->release(u"one"_s, {}, context, reply); }),
                 1);
        const auto again = ask().claim({.owner = u"two"_s});
        QCOMPARE(again->size(), 1);
        QCOMPARE(again->first().attempt, 1); // what was given back was not tried
    }

    void whoIsAtWorkKeepsWhatItHolds()
    {
        m_profile->addWebhook(u"w"_s);
        auto ids = acceptInTurn(u"a"_s, 1);
        ids += acceptInTurn(u"b"_s, 1);
        QCOMPARE(ask().claimIds(u"one"_s), ids);
        m_profile->clock.advance(30'000); // something long was written meanwhile, before the lease could be renewed
        const auto claimed = ask().claim({.owner = u"one"_s, .isAtWork = true});
        QVERIFY(claimed && claimed->isEmpty());
        QCOMPARE(ask().claimIds(u"two"_s), QStringList());
        QCOMPARE(*ask().end(u"one"_s, ids[0], 1, AttemptOutcome::Delivered), 1);
        m_profile->clock.advance(10'001);
        QCOMPARE(ask().claimIds(u"one"_s), QStringList{ids[1]}); // it knows nothing of that one any more
    }

    void standsClockJumps_data()
    {
        QTest::addColumn<qint64>("jump");
        QTest::newRow("a day ahead") << day;
        QTest::newRow("a day back") << -day;
        QTest::newRow("a year ahead") << 365 * day;
        QTest::newRow("a year back") << -365 * day;
    }

    void standsClockJumps()
    {
        QFETCH(const qint64, jump);
        m_profile->addWebhook(u"w"_s);
        const auto held = acceptInTurn(u"held"_s, 1);
        QCOMPARE(ask().claimIds(u"one"_s), held);
        const auto pending = acceptInTurn(u"pending"_s, 1);
        *m_profile->clock.wallMoved += jump;
        QCOMPARE(ask().claimIds(u"two"_s), pending); // the lease holds; what is pending is due
        QCOMPARE(*ask().end(u"two"_s, pending[0], 1, AttemptOutcome::Delivered), 1);
        QCOMPARE(*ask().end(u"one"_s, held[0], 1, AttemptOutcome::Retry, 60s), 1);
        *m_profile->clock.wallMoved -= jump;
        QCOMPARE(ask().claimIds(u"one"_s), QStringList());
        const auto due = ask().nextDue();
        QVERIFY(due && *due <= 60'000);
        m_profile->clock.advance(60'000);
        QCOMPARE(ask().claimIds(u"one"_s), held);
    }

    void aLeaseOfAnotherBootHasEnded_data()
    {
        QTest::addColumn<QString>("boot");
        QTest::addColumn<qint64>("steady");
        QTest::newRow("another boot") << u"another"_s << qint64(0);
        QTest::newRow("a clock that began anew") << QString() << -day;
    }

    void aLeaseOfAnotherBootHasEnded()
    {
        QFETCH(const QString, boot);
        QFETCH(const qint64, steady);
        m_profile->addWebhook(u"w"_s);
        const auto ids = acceptInTurn(u"a"_s, 1);
        QCOMPARE(ask().claimIds(u"one"_s), ids);
        auto clock = m_profile->clock.clock();
        if (!boot.isEmpty()) {
            clock.boot = boot;
        }
        *m_profile->clock.steadyMoved += steady;
        Outbox later(m_profile->folder.path(), nullptr, clock);
        const AskedOutbox laterAsk{later};
        QVERIFY(laterAsk.open().isOk());
        QCOMPARE(laterAsk.claimIds(u"two"_s), ids);
    }

    void claimsNoMoreThanAllowed()
    {
        const auto first = m_profile->addWebhook(u"first"_s, [](Webhook &w) { w.concurrency = 3; });
        const auto second = m_profile->addWebhook(u"second"_s);
        for (int i = 0; i < 10; ++i) {
            acceptInTurn(u"i%1"_s.arg(i), 1);
        }
        const auto claimed = ask().claim({.owner = u"one"_s, .maximum = 5});
        QCOMPARE(claimed->size(), 5);
        const auto more = ask().claim({.owner = u"two"_s, .maximum = 100});
        QHash<QString, int> perWebhook;
        for (const auto &one : *claimed + *more) {
            ++perWebhook[one.delivery.webhookId];
            QCOMPARE(one.webhook->id, one.delivery.webhookId);
        }
        QCOMPARE(perWebhook, (QHash<QString, int>{{first, 3}, {second, 6}}));
        QCOMPARE(ask().claim({.owner = u"two"_s, .maximum = 100})->size(), 0);
    }

    void probesAFailingWebhook()
    {
        m_profile->addWebhook(u"w"_s);
        for (int i = 0; i < 20; ++i) {
            acceptInTurn(u"i%1"_s.arg(i), 1);
        }
        const auto ids = ask().claimIds(u"me"_s);
        QCOMPARE(ids.size(), 6);
        for (const auto &id : ids.first(Outbox::failuresBeforeProbing)) {
            QCOMPARE(*ask().end(u"me"_s, id, 1, AttemptOutcome::Retry, 1h), 1);
        }
        QCOMPARE(ask().claimIds(u"me"_s), QStringList()); // one is on its way
        QCOMPARE(*ask().end(u"me"_s, ids[5], 1, AttemptOutcome::Retry, 1h), 1);
        const auto probe = ask().claimIds(u"me"_s);
        QCOMPARE(probe.size(), 1);
        QCOMPARE(*ask().end(u"me"_s, probe[0], 1, AttemptOutcome::Delivered), 1);
        QCOMPARE(ask().claimIds(u"me"_s).size(), 6);
    }

    void replaysAtTheEnd()
    {
        m_profile->addWebhook(u"w"_s);
        const auto ids = acceptInTurn(u"a"_s, 3);
        QCOMPARE(ask().claimIds(u"me"_s), QStringList{ids[0]});
        const auto before = (*ask().delivery(ids[0]))->delivery;
        QCOMPARE(*ask().replay({ids[0]}), 0); // not finished
        QCOMPARE(*ask().end(u"me"_s, ids[0], 1, AttemptOutcome::Dead), 1);
        QCOMPARE(*ask().replay({ids[0]}), 1);
        for (const auto &id : {ids[1], ids[2]}) {
            QCOMPARE(ask().claimIds(u"me"_s), QStringList{id});
            QCOMPARE(*ask().end(u"me"_s, id, 1, AttemptOutcome::Delivered), 1);
        }
        const auto again = ask().claim({.owner = u"me"_s});
        QCOMPARE(again->size(), 1);
        QCOMPARE(again->first().delivery.messageId, before.messageId);
        QCOMPARE(again->first().attempt, 2);
        QCOMPARE(again->first().tryNumber, 1);
        QVERIFY(!ask().replay({u"999"_s}).isOk());
        QVERIFY(ask().replay({u"999"_s}).error().message.contains(u"999"_s));
    }

    void replaysAllDeadOfAWebhook()
    {
        const auto webhook = m_profile->addWebhook(u"w"_s, [](Webhook &w) { w.concurrency = 64; });
        for (int i = 0; i < 10; ++i) {
            acceptInTurn(u"i%1"_s.arg(i), 1);
        }
        for (const auto &id : ask().claimIds(u"me"_s)) {
            QCOMPARE(*ask().end(u"me"_s, id, 1, AttemptOutcome::Dead), 1);
        }
        QCOMPARE(ask().counts()->states.value(DeliveryState::Dead), 10);
        QCOMPARE(*answerOf<int>(
                     [&](QObject *context, auto reply) { m_profile->outbox->replayAllDead(webhook, context, reply); }),
                 10);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Dead), 0);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Pending), 10);
        QCOMPARE(ask().counts()->webhooks.value(webhook).value(DeliveryState::Pending), 10);
    }

    void goneDeactivatesAWebhook()
    {
        const auto webhook = m_profile->addWebhook(u"w"_s);
        const auto other = m_profile->addWebhook(u"other"_s);
        const auto ids = acceptInTurn(u"a"_s, 1200); // more than one step of a sweep, in one lane
        const auto first = webhooksOf(*m_profile->store)->constFirst(); // by name
        QCOMPARE(first.webhook.id, other);
        const ClaimRequest request{.owner = u"me"_s, .excludedWebhooks = {{other, first.version}}};
        const auto claimed = ask().claim(request);
        QCOMPARE(claimed->size(), 1);
        QSignalSpy condemned(m_profile->outbox.get(), &Outbox::condemned);
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->outbox->deactivateWebhook(webhook, claimed->first().webhookVersion,
                                                         Sentence(u"It is gone."_s), context, reply);
                }).isOk());
        QCOMPARE(*ask().end(u"me"_s, claimed->first().delivery.id, 1, AttemptOutcome::Retry, 1s), 1);
        QTRY_COMPARE_WITH_TIMEOUT(ask().counts()->webhooks.value(webhook).value(DeliveryState::Dead), 1200, 60'000);
        QCOMPARE(ask().counts()->webhooks.value(other).value(DeliveryState::Pending), 1200);
        QTRY_COMPARE_WITH_TIMEOUT(countOf(condemned), 1200, 60'000);
        const auto last = condemned.constLast().constFirst().value<CondemnedDeliveries>();
        QCOMPARE(last.webhookId, webhook);
        QCOMPARE(last.webhookName, u"w"_s);
        QCOMPARE(last.reason, u"It is gone."_s);
        const auto dead = ask().list({.states = {DeliveryState::Dead}, .limit = 2000});
        QCOMPARE(dead->size(), 1200);
        for (const auto &delivery : *dead) {
            QCOMPARE(delivery.webhookId, webhook);
            QCOMPARE(delivery.lastReason, u"It is gone."_s);
        }
        const auto stored = webhooksOf(*m_profile->store);
        for (const auto &one : *stored) {
            QCOMPARE(one.webhook.active, one.webhook.id == other);
        }
        // what is replayed after it was made active again is not part of that
        QCOMPARE(*ask().replay({claimed->first().delivery.id}), 1);
        QCOMPARE(ask().claim(request)->size(), 0);
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->store->setActive(webhook, true, context, reply);
                }).isOk());
        QCOMPARE(ask().claim(request)->size(), 1);
    }

    void aRemovedWebhooksDeliveriesDie()
    {
        const auto webhook = m_profile->addWebhook(u"w"_s);
        const auto ids = acceptInTurn(u"a"_s, 2);
        QSignalSpy condemned(m_profile->outbox.get(), &Outbox::condemned);
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->store->removeWebhook(webhook, context, reply);
                }).isOk());
        QTRY_COMPARE(ask().counts()->states.value(DeliveryState::Dead), 2);
        QCOMPARE((*ask().delivery(ids[1]))->delivery.webhookName, u"w"_s);
        QVERIFY(ask().replay({ids[0]}).error().message.contains(u"removed"_s));
        QVERIFY(condemned.isEmpty()); // whoever removed it knows
    }

    void knowsWhenSomethingIsDue()
    {
        m_profile->addWebhook(u"w"_s);
        QVERIFY(!ask().nextDue().has_value());
        const auto ids = acceptInTurn(u"a"_s, 1);
        QCOMPARE(ask().nextDue(), 0);
        QCOMPARE(ask().claimIds(u"me"_s), ids);
        QCOMPARE(*ask().end(u"me"_s, ids[0], 1, AttemptOutcome::Retry, 30min), 1);
        m_profile->clock.advance(60'000);
        QCOMPARE(ask().claimIds(u"me"_s), QStringList()); // and the lease has gone
        const auto due = ask().nextDue();
        QVERIFY(due && *due > 28 * 60'000 && *due <= 29 * 60'000);
    }

    void commitsTogetherWhatWaits()
    {
        constexpr int calls = 500;
        m_profile->addWebhook(u"w"_s);
        QVERIFY(ask().accept({eventOf(u"first"_s, Status::Error)}).isOk());
        const QString database = m_profile->folder.filePath(u"tocsin.db"_s);
        const int before = commitsInLog(database);
        int answers = 0;
        QSet<QString> events;
        for (int i = 0; i < calls; ++i) {
            m_profile->outbox->accept({eventOf(u"i%1"_s.arg(i), Status::Error)}, false, this,
                                      [&](const Result<QList<AcceptedEvent>> &accepted) {
                                          ++answers;
                                          if (accepted) {
                                              events.insert(accepted->first().eventId);
                                          }
                                      });
        }
        QTRY_COMPARE_WITH_TIMEOUT(answers, calls, 60'000);
        QCOMPARE(events.size(), calls);
        const int commits = commitsInLog(database) - before;
        QVERIFY2(commits >= 1 && commits < calls / 10, qPrintable(QString::number(commits)));
    }

    void oneThatFailsHoldsUpNobody()
    {
        m_profile->addWebhook(u"w"_s);
        int good = 0;
        int bad = 0;
        for (int i = 0; i < 10; ++i) {
            m_profile->outbox->accept({eventOf(u"i%1"_s.arg(i), Status::Error)}, false, this,
                                      [&](const Result<QList<AcceptedEvent>> &accepted) { good += accepted ? 1 : 0; });
            m_profile->outbox->replay({u"12345"_s}, this,
                                      [&](const Result<int> &replayed) { bad += replayed ? 0 : 1; });
        }
        QTRY_COMPARE(good, 10);
        QTRY_COMPARE(bad, 10);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Pending), 10);
        QCOMPARE(ask().list()->size(), 10);
    }

    void saysThatThereIsWork()
    {
        m_profile->addWebhook(u"w"_s);
        Outbox other(m_profile->folder.path());
        QVERIFY(AskedOutbox{other}.open().isOk());
        QSignalSpy own(m_profile->outbox.get(), &Outbox::workArrived);
        QSignalSpy others(&other, &Outbox::workArrived);
        QSignalSpy changed(&other, &Outbox::changed);
        acceptInTurn(u"a"_s, 1);
        QTRY_VERIFY(own.size() >= 1);
        QTRY_VERIFY(others.size() >= 1);
        QTRY_VERIFY(changed.size() >= 1);
    }

    void noticesAChangedWebhook()
    {
        const auto id = m_profile->addWebhook(u"w"_s, [](Webhook &w) { w.filters.integrations = {u"x"_s}; });
        QCOMPARE(acceptInTurn(u"a"_s, 1).size(), 0);
        m_profile->addWebhook(u"renamed"_s, [&](Webhook &w) { w.id = id; });
        const auto ids = acceptInTurn(u"b"_s, 1);
        QCOMPARE(ids.size(), 1);
        QCOMPARE((*ask().delivery(ids[0]))->delivery.webhookName, u"renamed"_s);
    }

private:
    AskedOutbox ask() const { return m_profile->ask; }

    QStringList acceptInTurn(const QString &integration, int count) { return ask().acceptInTurn(integration, count); }

    std::unique_ptr<TestProfile> m_profile;
};

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
