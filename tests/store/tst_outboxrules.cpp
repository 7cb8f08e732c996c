// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rulestesting.h"

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Status = IntegrationStatus;

/// The rules of delivery, each over a restart of the outbox and with a wall clock that jumps.
class TestOutboxRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<RuledProfile>();
        QVERIFY(m_profile->open());
    }

    void newestSupersedesWhatWaits()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.keep = KeptEvents::Newest; });
        const auto first = m_profile->turn(Status::Error);
        const auto second = m_profile->turn(Status::Warning);
        QCOMPARE(second.supersededIds, first.deliveryIds);
        QVERIFY(m_profile->restart());
        QCOMPARE(m_profile->stateOf(first.deliveryIds[0]), u"superseded"_s);
        QCOMPARE(m_profile->deliveryOf(first.deliveryIds[0]).lastReason.text(),
                 u"The integration turned Warning before this was sent, and only the newest status is kept."_s);
        QCOMPARE(ask().claimIds(u"one"_s), second.deliveryIds);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Superseded), 1);
    }

    void newestKnowsStatusesThatTheFiltersDoNotMatch()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.keep = KeptEvents::Newest; });
        const auto error = m_profile->turn(Status::Error);
        const auto active = m_profile->turn(Status::Active);
        QVERIFY(active.deliveryIds.isEmpty());
        QCOMPARE(active.supersededIds, error.deliveryIds);
        QCOMPARE(ask().claimIds(u"one"_s), QStringList());
    }

    void newestLetsTheOneBeingSentFinish_data()
    {
        QTest::addColumn<bool>("isNewerMatching");
        QTest::addColumn<int>("outcome");
        QTest::addColumn<QString>("state");
        for (const bool isMatching : {true, false}) {
            const auto name = isMatching ? "a newer one waits" : "a newer one is filtered out";
            QTest::addRow("delivered, %s", name) << isMatching << int(AttemptOutcome::Delivered) << u"delivered"_s;
            QTest::addRow("to be tried again, %s", name) << isMatching << int(AttemptOutcome::Retry) << u"superseded"_s;
            QTest::addRow("dead, %s", name) << isMatching << int(AttemptOutcome::Dead) << u"superseded"_s;
        }
    }

    void newestLetsTheOneBeingSentFinish()
    {
        QFETCH(const bool, isNewerMatching);
        QFETCH(const int, outcome);
        QFETCH(const QString, state);
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.keep = KeptEvents::Newest; });
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(ask().claimIds(u"one"_s), error.deliveryIds);
        const auto next = m_profile->turn(isNewerMatching ? Status::Warning : Status::Active);
        QVERIFY(next.supersededIds.isEmpty());
        QVERIFY(m_profile->restart());
        const auto outcomeNow = static_cast<AttemptOutcome>(outcome);
        QCOMPARE(*ask().end(u"one"_s, error.deliveryIds[0], 1, outcomeNow, 60s), 1);
        QCOMPARE(m_profile->stateOf(error.deliveryIds[0]), state);
        QCOMPARE(ask().claimIds(u"one"_s), next.deliveryIds);
    }

    void aKilledProcessLeavesWhatIsSuperseded()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.keep = KeptEvents::Newest; });
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(ask().claimIds(u"one"_s), error.deliveryIds);
        m_profile->turn(Status::Active);
        m_profile->clock.advance(10'001); // its lease ends
        QCOMPARE(m_profile->claimAll(u"two"_s), QStringList());
        QCOMPARE(m_profile->stateOf(error.deliveryIds[0]), u"superseded"_s);
    }

    void newestCollapsesWhatWaitedBefore()
    {
        const auto id = m_profile->addWebhook(u"w"_s);
        const auto ids = ask().acceptInTurn(u"i"_s, 5);
        QVERIFY(m_profile->change(id, [](Webhook &webhook) { webhook.keep = KeptEvents::Newest; }));
        QCOMPARE(m_profile->claimAll(), QStringList{ids.last()});
        for (const auto &older : ids.first(4)) {
            QCOMPARE(m_profile->stateOf(older), u"superseded"_s);
        }
    }

    void aReplayIsNotNewer()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.keep = KeptEvents::Newest; });
        const auto error = m_profile->turn(Status::Error);
        const auto warning = m_profile->turn(Status::Warning);
        QCOMPARE(*ask().replay(error.deliveryIds), 1);
        QCOMPARE(m_profile->claimAll(), warning.deliveryIds);
        QVERIFY(m_profile->end(warning.deliveryIds[0], AttemptOutcome::Delivered, 1));
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
    }

    void settleWaitsUntilAStatusLasts()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.settle = 30s; });
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(error.held.size(), 1);
        QVERIFY(error.held[0].rule == HoldingRule::Settle && error.held[0].until);
        const auto delivery = m_profile->deliveryOf(error.deliveryIds[0]);
        QCOMPARE(toString(delivery.state), u"waiting"_s);
        QVERIFY(delivery.heldBy == HoldingRule::Settle && delivery.nextAttemptAt == error.held[0].until);
        *m_profile->clock.wallMoved += 365 * day;
        QCOMPARE(m_profile->claimAll(), QStringList());
        *m_profile->clock.wallMoved -= 2 * 365 * day;
        QCOMPARE(m_profile->claimAll(), QStringList());
        m_profile->clock.advance(29'000);
        QVERIFY(m_profile->restart());
        QCOMPARE(m_profile->claimAll(), QStringList());
        QVERIFY(*ask().nextDue() <= 1000);
        m_profile->clock.advance(1000);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
    }

    void aChangeSupersedesWhatHasNotSettled()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.settle = 30s; });
        const auto error = m_profile->turn(Status::Error);
        m_profile->clock.advance(29'000);
        const auto warning = m_profile->turn(Status::Warning);
        QCOMPARE(warning.supersededIds, error.deliveryIds);
        QCOMPARE(m_profile->deliveryOf(error.deliveryIds[0]).lastReason.text(),
                 u"Its status did not last the settle time of 30 s."_s);
        m_profile->clock.advance(29'000);
        QCOMPARE(m_profile->claimAll(), QStringList());
        m_profile->clock.advance(1000);
        QCOMPARE(m_profile->claimAll(), warning.deliveryIds);
    }

    void whatHasSettledIsDeliveredInOrder()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.settle = 30s; });
        const auto error = m_profile->turn(Status::Error);
        m_profile->clock.advance(30'000);
        const auto warning = m_profile->turn(Status::Warning);
        QVERIFY(warning.supersededIds.isEmpty());
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Delivered, 1));
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), warning.deliveryIds);
    }

    void aReturnSendsNothing_data()
    {
        QTest::addColumn<QList<IntegrationStatus>>("filter");
        QTest::addColumn<IntegrationStatus>("away");
        QTest::newRow("by another that is told") << QList<Status>{} << Status::Warning;
        QTest::newRow("by another that is not told") << QList<Status>{} << Status::Active;
        QTest::newRow("of one that nobody wants to know about") << QList<Status>{Status::Error} << Status::Warning;
    }

    void aReturnSendsNothing()
    {
        QFETCH(const QList<IntegrationStatus>, filter);
        QFETCH(const IntegrationStatus, away);
        m_profile->addWebhook(u"w"_s, [&filter](Webhook &webhook) {
            webhook.settle = 30s;
            webhook.filters.statuses = filter;
        });
        const auto error = m_profile->turn(Status::Error);
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Delivered, 1));
        m_profile->clock.advance(100'000);
        m_profile->turn(away);
        m_profile->clock.advance(1000);
        const auto back = m_profile->turn(Status::Error);
        m_profile->clock.advance(30'000);
        QVERIFY(m_profile->restart());
        QCOMPARE(m_profile->claimAll(), QStringList());
        QCOMPARE(m_profile->stateOf(back.deliveryIds[0]), u"superseded"_s);
        // but one that was away for long enough is news again
        m_profile->turn(away);
        m_profile->clock.advance(30'000);
        if (const auto ids = m_profile->claimAll(); !ids.isEmpty()) {
            QVERIFY(m_profile->end(ids[0], AttemptOutcome::Delivered, 1));
        }
        const auto again = m_profile->turn(Status::Error);
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), again.deliveryIds);
    }

    void aReturnToWhatWasBeforeAnyDeliverySendsNothing()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) {
            webhook.settle = 30s;
            webhook.filters.statuses = {Status::Active, Status::Error};
        });
        const auto first = m_profile->turn(Status::Active);
        QCOMPARE(*ask().replay({}), 0);
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), first.deliveryIds);
        QVERIFY(m_profile->end(first.deliveryIds[0], AttemptOutcome::Dead, 1)); // nothing was delivered
        m_profile->turn(Status::Error);
        const auto back = m_profile->turn(Status::Active);
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), QStringList());
        QCOMPARE(m_profile->stateOf(back.deliveryIds[0]), u"superseded"_s);
    }

    void aReturnToWhatCouldNotBeToldIsTold()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) {
            webhook.settle = 30s;
            webhook.keep = KeptEvents::Newest;
        });
        const auto error = m_profile->turn(Status::Error);
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        m_profile->turn(Status::Warning);
        const auto back = m_profile->turn(Status::Error);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Retry));
        QCOMPARE(m_profile->stateOf(error.deliveryIds[0]), u"superseded"_s);
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), back.deliveryIds);
    }

    void aChangedSettleTimeCountsAtOnce()
    {
        const auto id = m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.settle = 3600s; });
        const auto error = m_profile->turn(Status::Error);
        m_profile->clock.advance(10'000);
        QVERIFY(m_profile->change(id, [](Webhook &webhook) { webhook.settle = 20s; }));
        QCOMPARE(m_profile->claimAll(), QStringList());
        m_profile->clock.advance(10'000);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
    }

    void aReplayDoesNotSettle()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.settle = 30s; });
        const auto error = m_profile->turn(Status::Error);
        const auto warning = m_profile->turn(Status::Warning);
        QCOMPARE(*ask().replay(error.deliveryIds), 1);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds); // before what waits
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Delivered, 1));
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), warning.deliveryIds);
    }

    void theRateIsNeverExceeded()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) {
            webhook.ratePerMinute = 5;
            webhook.concurrency = 64;
        });
        for (int i = 0; i < 20; ++i) {
            QVERIFY(ask().accept({eventOf(u"i%1"_s.arg(i), Status::Error)}).isOk());
        }
        struct Moment
        {
            qint64 before; // ms, as the outbox's clocks go
            qint64 after;
        };
        const auto now = [clock = m_profile->clock.clock()] {
            return clock.sinceBoot();
        };
        QList<Moment> moments;
        qint64 elapsed = 0;
        while (moments.size() < 20 && elapsed < 600'000) {
            const auto owner = elapsed % 2000 == 0 ? u"one"_s : u"two"_s;
            const qint64 before = now();
            const auto ids = ask().claimIds(owner);
            for (const auto &id : ids) {
                moments.append({before, now()});
                QCOMPARE(*ask().end(owner, id, 1, AttemptOutcome::Delivered), 1);
            }
            if (elapsed == 0) {
                QCOMPARE(ids.size(), 5); // a burst is allowed
            }
            if (elapsed == 10'000) {
                *m_profile->clock.wallMoved += day;
                QVERIFY(m_profile->restart());
            }
            m_profile->clock.advance(500);
            elapsed += 500;
        }
        QCOMPARE(moments.size(), 20);
        for (qsizetype i = 0; i + 5 < moments.size(); ++i) {
            QVERIFY(moments[i + 5].after - moments[i].before > 60'000);
        }
        QVERIFY(elapsed <= 190'000); // as fast as it may
    }

    void whatIsGivenBackUnsentDoesNotCountForTheRate()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.ratePerMinute = 1; });
        const auto error = m_profile->turn(Status::Error);
        const auto givenBack = [this](GivenBack how) {
            return answerOf<int>(
                [&](QObject *context, auto reply) { m_profile->outbox->release(u"one"_s, {}, context, reply, how); });
        };
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        m_profile->clock.advance(5000);
        QCOMPARE(*givenBack(GivenBack::Unsent), 1);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QCOMPARE(*givenBack(GivenBack::MaybeSent), 1);
        QCOMPARE(m_profile->claimAll(), QStringList());
        m_profile->clock.advance(61'000);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
    }

    void theRateIsSaid()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.ratePerMinute = 1; });
        const auto first = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), first.deliveryIds);
        QVERIFY(m_profile->end(first.deliveryIds[0], AttemptOutcome::Delivered));
        const auto third = ask().accept({eventOf(u"third"_s, Status::Error)})->constFirst();
        QCOMPARE(third.held.size(), 1);
        QVERIFY(third.held[0].rule == HoldingRule::Rate);
        const auto delivery = m_profile->deliveryOf(third.deliveryIds[0]);
        QVERIFY(delivery.heldBy == HoldingRule::Rate && delivery.nextAttemptAt);
        const auto due = ask().nextDue();
        QVERIFY(due && *due > 0 && *due <= 61'000);
    }

    void everyAttemptCountsForTheRate()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.ratePerMinute = 2; });
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Retry, 1));
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Retry, 2));
        QCOMPARE(m_profile->claimAll(), QStringList());
        QCOMPARE(m_profile->holdOf(error.deliveryIds[0]), u"rate"_s);
        m_profile->clock.advance(61'000);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
    }

    void diesOfItsAge()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.maximumAge = 60s; });
        const auto error = m_profile->turn(Status::Error);
        const auto behind = m_profile->turn(Status::Warning);
        QVERIFY(m_profile->deliveryOf(error.deliveryIds[0]).expiresAt);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Retry, 1, 7200s));
        *m_profile->clock.wallMoved += day;
        QCOMPARE(m_profile->claimAll(), QStringList());
        QCOMPARE(m_profile->stateOf(error.deliveryIds[0]), u"waiting"_s);
        QVERIFY(*ask().nextDue() <= 60'000);
        m_profile->clock.advance(60'000);
        QVERIFY(m_profile->restart());
        QCOMPARE(m_profile->claimAll(), QStringList());
        for (const auto &id : error.deliveryIds + behind.deliveryIds) {
            QCOMPARE(m_profile->stateOf(id), u"dead"_s);
            QVERIFY(m_profile->deliveryOf(id).lastReason.text().contains(u"1 min"));
        }
        QCOMPARE(*ask().replay(error.deliveryIds), 1); // counts from now
        m_profile->clock.advance(59'000);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        m_profile->clock.advance(1000);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Retry, 2));
        QCOMPARE(m_profile->stateOf(error.deliveryIds[0]), u"dead"_s);
    }

    void aMaximumAgeThatIsSetLaterCountsFromAcceptance()
    {
        const auto id = m_profile->addWebhook(u"w"_s);
        const auto error = m_profile->turn(Status::Error);
        m_profile->clock.advance(100'000);
        QVERIFY(m_profile->change(id, [](Webhook &webhook) { webhook.maximumAge = 100s; }));
        QCOMPARE(m_profile->claimAll(), QStringList());
        QCOMPARE(m_profile->stateOf(error.deliveryIds[0]), u"dead"_s);
    }

    void isForgottenAsAny()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &webhook) { webhook.keep = KeptEvents::Newest; });
        QStringList ids = ask().acceptInTurn(u"i"_s, 1001);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Superseded), 1000);
        QVERIFY(ask().counts()->forgettableBytes > 0);
        m_profile->clock.advance(2000);
        QCOMPARE(*ask().prune({.maximumAge = 1s}), 1000);
        QCOMPARE(ask().counts()->forgettableBytes, 0);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Superseded), 0);
        QCOMPARE(m_profile->claimAll(), QStringList{ids.last()});
    }

private:
    AskedOutbox ask() const { return m_profile->asked(); }

    std::unique_ptr<RuledProfile> m_profile;
};

QTEST_GUILESS_MAIN(TestOutboxRules)

#include "tst_outboxrules.moc"
