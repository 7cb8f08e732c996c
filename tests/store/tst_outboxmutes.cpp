// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rulestesting.h"

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Status = IntegrationStatus;
using Kind = MuteSubject::Kind;

/// Mutes of webhooks and integrations, and what a person sends nevertheless.
class TestOutboxMutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<RuledProfile>();
        QVERIFY(m_profile->open());
        m_webhook = m_profile->addWebhook(u"w"_s);
    }

    void keepsTheNewest_data()
    {
        QTest::addColumn<bool>("isWebhooks");
        QTest::newRow("of a webhook") << true;
        QTest::newRow("of an integration") << false;
    }

    void keepsTheNewest()
    {
        QFETCH(const bool, isWebhooks);
        const auto before = m_profile->turn(Status::Error);
        const auto subject = isWebhooks ? webhook() : integration();
        QVERIFY(*m_profile->mute(subject));
        const auto during = m_profile->turn(Status::Warning);
        QVERIFY(m_profile->restart());
        QCOMPARE(m_profile->claimAll(), QStringList());
        QCOMPARE(m_profile->stateOf(before.deliveryIds[0]), u"superseded"_s);
        const auto kept = m_profile->deliveryOf(during.deliveryIds[0]);
        QCOMPARE(m_profile->stateOf(kept.id), u"waiting"_s);
        QCOMPARE(m_profile->holdOf(kept.id), u"mute"_s);
        QVERIFY(!kept.nextAttemptAt);
        QVERIFY(*m_profile->unmute(subject));
        QVERIFY(!*m_profile->unmute(subject));
        QTRY_COMPARE(m_profile->stateOf(during.deliveryIds[0]), u"pending"_s);
        QCOMPARE(m_profile->claimAll(), during.deliveryIds);
        QVERIFY(m_profile->mutes()->isEmpty());
    }

    void holdsWhatWaitedBefore()
    {
        const auto ids = m_profile->asked().acceptInTurn(u"i"_s, 3);
        const auto sent = m_profile->turn(Status::Error, u"other"_s);
        QCOMPARE(m_profile->asked().claimIds(u"one"_s, 1), QStringList{ids[0]});
        QVERIFY(*m_profile->mute(webhook()));
        QTRY_COMPARE(m_profile->stateOf(ids[1]), u"superseded"_s);
        QTRY_COMPARE(m_profile->holdOf(ids[2]), u"mute"_s);
        QTRY_COMPARE(m_profile->holdOf(sent.deliveryIds[0]), u"mute"_s);
        QVERIFY(m_profile->end(ids[0], AttemptOutcome::Retry)); // it was being sent, and is not tried again
        QCOMPARE(m_profile->stateOf(ids[0]), u"superseded"_s);
        QCOMPARE(m_profile->claimAll(), QStringList());
    }

    void oneThatFailsWithoutANewerOneIsKept()
    {
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(*m_profile->mute(integration()));
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Retry));
        QCOMPARE(m_profile->holdOf(error.deliveryIds[0]), u"mute"_s);
        QVERIFY(*m_profile->unmute(integration()));
        QTRY_COMPARE(m_profile->stateOf(error.deliveryIds[0]), u"pending"_s);
    }

    void endsByItself_data()
    {
        QTest::addColumn<bool>("isDuration");
        QTest::newRow("after a while") << true;
        QTest::newRow("at a time of the wall clock") << false;
    }

    void endsByItself()
    {
        QFETCH(const bool, isDuration);
        const auto hour = qint64(3600) * 1000;
        const QDateTime end = m_profile->now().addSecs(3600);
        QVERIFY(*m_profile->mute(webhook(), isDuration ? MuteSpan{.duration = 3600s} : MuteSpan{.until = end}));
        const auto error = m_profile->turn(Status::Error);
        QVERIFY(error.held[0].rule == HoldingRule::Mute && error.held[0].until);
        QVERIFY(std::abs(error.held[0].until->msecsTo(end)) < 60'000);
        QCOMPARE(m_profile->deliveryOf(error.deliveryIds[0]).nextAttemptAt.has_value(), true);
        QCOMPARE(m_profile->mutes()->size(), 1);
        QCOMPARE(m_profile->claimAll(), QStringList());
        const auto due = m_profile->asked().nextDue();
        QVERIFY(due && *due <= hour);
        *m_profile->clock.wallMoved += hour; // set ahead
        if (isDuration) {
            QCOMPARE(m_profile->claimAll(), QStringList());
            m_profile->clock.advance(hour);
        }
        QVERIFY(m_profile->restart());
        QTRY_COMPARE(m_profile->stateOf(error.deliveryIds[0]), u"pending"_s);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QTRY_VERIFY(m_profile->mutes()->isEmpty());
    }

    void sendsNothingWhereTheStatusIsWhatWasDeliveredLast()
    {
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Delivered));
        QVERIFY(*m_profile->mute(webhook()));
        m_profile->turn(Status::Warning);
        const auto back = m_profile->turn(Status::Error);
        QVERIFY(*m_profile->unmute(webhook()));
        QTRY_COMPARE(m_profile->stateOf(back.deliveryIds[0]), u"superseded"_s);
        QCOMPARE(m_profile->claimAll(), QStringList());
    }

    void sendsNothingThatTheFiltersDoNotMatch()
    {
        QVERIFY(*m_profile->mute(webhook()));
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->turn(Status::Active).supersededIds, error.deliveryIds); // filtered out, and newer
        const auto warning = m_profile->turn(Status::Warning);
        QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) { webhook.filters.statuses = {Status::Error}; }));
        QVERIFY(*m_profile->unmute(webhook()));
        QTRY_COMPARE(m_profile->stateOf(warning.deliveryIds[0]), u"superseded"_s);
        QCOMPARE(m_profile->claimAll(), QStringList());
    }

    void bothHaveToEnd()
    {
        QVERIFY(!*m_profile->mute(integration())); // there is no such one yet
        m_profile->turn(Status::Active);
        QVERIFY(*m_profile->mute(integration()));
        QVERIFY(*m_profile->mute(webhook(), {.duration = 60s}));
        const auto error = m_profile->turn(Status::Error);
        m_profile->clock.advance(60'000);
        QCOMPARE(m_profile->claimAll(), QStringList());
        QTRY_COMPARE(m_profile->mutes()->size(), 1);
        QCOMPARE(m_profile->holdOf(error.deliveryIds[0]), u"mute"_s);
        QVERIFY(*m_profile->unmute(integration()));
        QTRY_COMPARE(m_profile->stateOf(error.deliveryIds[0]), u"pending"_s);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
    }

    void manyAreHeldAndLetGoOf()
    {
        constexpr int many = 1203;
        QList<IntegrationEvent> events;
        for (int i = 0; i < many; ++i) {
            events.append(eventOf(u"i%1"_s.arg(i), Status::Error));
        }
        QVERIFY(m_profile->asked().accept(events).isOk());
        QVERIFY(*m_profile->mute(webhook()));
        QTRY_COMPARE(m_profile->asked().counts()->states.value(DeliveryState::Waiting), many);
        QVERIFY(*m_profile->unmute(webhook()));
        QTRY_COMPARE(m_profile->asked().counts()->states.value(DeliveryState::Pending), many);
        QTRY_VERIFY(m_profile->mutes()->isEmpty());
    }

    void aReplayGoesOut()
    {
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Dead));
        QVERIFY(*m_profile->mute(webhook()));
        const auto kept = m_profile->turn(Status::Warning);
        QCOMPARE(*m_profile->asked().replay(error.deliveryIds), 1);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Delivered, 2));
        QCOMPARE(m_profile->holdOf(kept.deliveryIds[0]), u"mute"_s);
    }

    void aReplayThatWaitsWhenTheMuteBeginsGoesOut()
    {
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Dead));
        const auto kept = m_profile->turn(Status::Warning);
        QCOMPARE(*m_profile->asked().replay(error.deliveryIds), 1); // behind that
        QVERIFY(*m_profile->mute(webhook()));
        QTRY_COMPARE(m_profile->holdOf(kept.deliveryIds[0]), u"mute"_s);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Delivered, 2));
        QVERIFY(*m_profile->unmute(webhook()));
        QTRY_COMPARE(m_profile->stateOf(kept.deliveryIds[0]), u"pending"_s);
        QCOMPARE(m_profile->claimAll(), kept.deliveryIds);
    }

    void syncSendsTheCurrentStatus()
    {
        m_profile->turn(Status::Active, u"fine"_s);
        const auto error = m_profile->turn(Status::Error, u"broken"_s);
        m_profile->turn(Status::Warning, u"creaking"_s);
        QCOMPARE(m_profile->claimAll().size(), 2);
        QVERIFY(*m_profile->mute(webhook()));
        const auto ids = *m_profile->sync(m_webhook);
        QCOMPARE(ids.size(), 2);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Delivered));
        const auto synced = m_profile->deliveryOf(ids[0]);
        QCOMPARE(synced.integrationId, u"broken"_s);
        QVERIFY(synced.status == Status::Error);
        QCOMPARE(synced.eventId, error.eventId); // the very event
        QVERIFY(synced.messageId != m_profile->deliveryOf(error.deliveryIds[0]).messageId);
        QCOMPARE(m_profile->claimAll(), QStringList{ids[0]}); // the other is behind one that is being sent
        QVERIFY(m_profile->end(ids[0], AttemptOutcome::Delivered));
    }

    void syncTellsWhatWasForgotten()
    {
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Delivered));
        m_profile->clock.advance(2000);
        QCOMPARE(*m_profile->asked().prune({.maximumAge = 1s}), 1);
        QCOMPARE(m_profile->asked().counts()->forgettableBytes, 0);
        const auto ids = *m_profile->sync(m_webhook);
        QCOMPARE(ids.size(), 1);
        const auto details = m_profile->asked().delivery(ids[0]);
        const auto &data = (*details)->event["data"];
        QCOMPARE(data["id"].get<std::string>(), std::string("i"));
        QCOMPARE(data["status"].get<std::string>(), std::string("Error"));
        QCOMPARE(data["issues"].size(), std::size_t(1));
        QCOMPARE(m_profile->claimAll(), ids);
        QVERIFY(m_profile->end(ids[0], AttemptOutcome::Delivered));
        m_profile->clock.advance(2000);
        QCOMPARE(*m_profile->asked().prune({.maximumAge = 1s}), 1);
        QCOMPARE(m_profile->asked().counts()->forgettableBytes, 0);
    }

    void syncIgnoresTheSettleTime()
    {
        QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) { webhook.settle = 3600s; }));
        const auto error = m_profile->turn(Status::Error);
        const auto ids = *m_profile->sync(m_webhook);
        QCOMPARE(m_profile->claimAll(), ids);
        QVERIFY(m_profile->end(ids[0], AttemptOutcome::Delivered));
        m_profile->clock.advance(qint64(3600) * 1000);
        QCOMPARE(m_profile->claimAll(), QStringList()); // it was told
        QCOMPARE(m_profile->stateOf(error.deliveryIds[0]), u"superseded"_s);
    }

    void syncSaysWhatIsWrong()
    {
        QVERIFY(m_profile->sync(u"nobody"_s).error().message.contains(u"nobody"));
        QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) { webhook.active = false; }));
        QVERIFY(m_profile->sync(m_webhook).error().message.contains(u"inactive"));
        QVERIFY(!*m_profile->mute({.kind = Kind::Webhook, .id = u"nobody"_s}));
        QVERIFY(!*m_profile->mute({.kind = Kind::Integration, .id = u"nobody"_s}));
    }

    void anIntegrationSaysItsMute()
    {
        m_profile->turn(Status::Error);
        QVERIFY(*m_profile->mute(integration(), {.duration = 60s}));
        const auto states = answerOf<QList<IntegrationState>>(
            [&](QObject *context, auto reply) { m_profile->outbox->integrations(context, reply); });
        QVERIFY(states->constFirst().mute && states->constFirst().mute->until);
    }

private:
    MuteSubject webhook() const { return {.kind = Kind::Webhook, .id = m_webhook}; }
    static MuteSubject integration() { return {.kind = Kind::Integration, .id = u"i"_s}; }

    std::unique_ptr<RuledProfile> m_profile;
    QString m_webhook;
};

QTEST_GUILESS_MAIN(TestOutboxMutes)

#include "tst_outboxmutes.moc"
