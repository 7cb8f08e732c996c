// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rulestesting.h"

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Status = IntegrationStatus;
using Kind = MuteSubject::Kind;

/// What the rules make of a status when something else happens at the same time: nothing that is so is left unsaid.
class TestOutboxDoubt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<RuledProfile>();
        QVERIFY(m_profile->open());
        m_webhook = m_profile->addWebhook(
            u"w"_s, [](Webhook &webhook) { webhook.filters.statuses = allIntegrationStatuses(); });
    }

    void whatJoinsBeforeAnEndedMuteIsSettledHoldsNothingUp_data()
    {
        QTest::addColumn<bool>("isWebhooks");
        QTest::newRow("of a webhook") << true;
        QTest::newRow("of an integration") << false;
    }

    void whatJoinsBeforeAnEndedMuteIsSettledHoldsNothingUp()
    {
        QFETCH(const bool, isWebhooks);
        deliver(Status::Active);
        QVERIFY(*m_profile->mute(isWebhooks ? webhook() : integration(), {.duration = 60s}));
        QTRY_VERIFY(m_profile->mutes()->size() == 1);
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), QStringList()); // the mute is applied by now
        m_profile->clock.advance(60'000);
        const auto warning = m_profile->turn(Status::Warning);
        QVERIFY(!warning.deliveryIds.isEmpty());
        for (const auto &event : {error, warning}) {
            QStringList claimed;
            QTRY_VERIFY(!(claimed += m_profile->claimAll()).isEmpty());
            QCOMPARE(claimed, event.deliveryIds);
            QVERIFY(m_profile->end(event.deliveryIds[0], AttemptOutcome::Delivered));
        }
    }

    void theCurrentStatusGoesBehindAnOlderOneThatIsStillToGo()
    {
        deliver(Status::Active);
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(*m_profile->mute(webhook()));
        const auto active = m_profile->turn(Status::Active);
        QVERIFY(*m_profile->unmute(webhook()));
        QTRY_COMPARE(m_profile->stateOf(active.deliveryIds[0]), u"pending"_s);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Delivered));
        QCOMPARE(m_profile->claimAll(), active.deliveryIds);
    }

    void aRequestThatMayHaveArrivedIsNotTakenForNone_data()
    {
        QTest::addColumn<bool>("isKilled");
        QTest::addColumn<bool>("settles");
        for (const bool isKilled : {true, false}) {
            const auto how = isKilled ? "killed" : "no answer";
            QTest::addRow("%s, then muted", how) << isKilled << false;
            QTest::addRow("%s, then settling", how) << isKilled << true;
        }
    }

    void aRequestThatMayHaveArrivedIsNotTakenForNone()
    {
        QFETCH(const bool, isKilled);
        QFETCH(const bool, settles);
        deliver(Status::Active);
        const auto error = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        if (settles) {
            QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) {
                webhook.settle = 30s;
                webhook.keep = KeptEvents::Newest;
            }));
        } else {
            QVERIFY(*m_profile->mute(webhook()));
        }
        const auto active = m_profile->turn(Status::Active);
        if (isKilled) {
            m_profile->clock.advance(10'000); // its lease ends
        } else {
            Invocation silence = invocationOf(Verdict::Failed, 0);
            silence.response.reset();
            silence.sent = 1;
            silence.error.emplace().kind = ErrorKind::Timeout;
            QCOMPARE(*m_profile->asked().finish({{.deliveryId = error.deliveryIds[0],
                                                  .owner = u"one"_s,
                                                  .attempt = 1,
                                                  .outcome = AttemptOutcome::Retry,
                                                  .invocation = silence}}),
                     1);
        }
        QCOMPARE(m_profile->claimAll(u"two"_s), QStringList());
        QCOMPARE(m_profile->stateOf(error.deliveryIds[0]), u"superseded"_s);
        if (settles) {
            m_profile->clock.advance(30'000);
        } else {
            QVERIFY(*m_profile->unmute(webhook()));
            QTRY_COMPARE(m_profile->stateOf(active.deliveryIds[0]), u"pending"_s);
        }
        QCOMPARE(m_profile->claimAll(u"two"_s), active.deliveryIds);
    }

    void aStatusThatSettledAndDiedIsToldWhenItComesBack()
    {
        QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) { webhook.settle = 30s; }));
        const auto first = m_profile->turn(Status::Active);
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), first.deliveryIds);
        QVERIFY(m_profile->end(first.deliveryIds[0], AttemptOutcome::Delivered));
        const auto error = m_profile->turn(Status::Error);
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), error.deliveryIds);
        QVERIFY(m_profile->end(error.deliveryIds[0], AttemptOutcome::Dead));
        m_profile->turn(Status::Active);
        m_profile->clock.advance(3'000);
        const auto again = m_profile->turn(Status::Error);
        m_profile->clock.advance(30'000);
        QCOMPARE(m_profile->claimAll(), again.deliveryIds);
    }

    void whatIsPastItsAgeIsNotClaimedHoweverManyDie()
    {
        QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) { webhook.maximumAge = 60s; }));
        accept(700, {Status::Error});
        m_profile->clock.advance(60'000);
        QCOMPARE(m_profile->claimAll(), QStringList());
        QCOMPARE(m_profile->asked().counts()->states.value(DeliveryState::Dead), 700);
    }

    void aMuteOverABacklogIsAppliedByWhoDelivers()
    {
        constexpr int many = 2003;
        accept(many, {Status::Error, Status::Warning});
        {
            Outbox other(m_profile->folder.path(), nullptr, m_profile->clock.clock());
            QVERIFY(AskedOutbox{other}.open().isOk());
            QVERIFY(*answerOf<bool>([&](QObject *context, auto reply) { other.mute(webhook(), {}, context, reply); }));
        }
        QCOMPARE(m_profile->claimAll(), QStringList());
        QTRY_COMPARE(m_profile->asked().counts()->states.value(DeliveryState::Waiting), many);
        QCOMPARE(m_profile->asked().counts()->states.value(DeliveryState::Superseded), many);
    }

    void aMuteThatEndsBeforeItIsAppliedHasItsWay()
    {
        constexpr int many = 1203;
        accept(many, {Status::Error, Status::Warning});
        QVERIFY(*m_profile->mute(webhook(), {.duration = 1s}));
        m_profile->clock.advance(1'000);
        m_profile->claimAll();
        QTRY_VERIFY(m_profile->mutes()->isEmpty());
        const auto left = [this] {
            const auto states = m_profile->asked().counts()->states;
            return states.value(DeliveryState::Pending) + states.value(DeliveryState::Sending);
        };
        QTRY_COMPARE(left(), many);
        QCOMPARE(m_profile->asked().counts()->states.value(DeliveryState::Superseded), many);
    }

    void newestSetOverABacklogKnowsTheStatusThatTheFiltersDoNotMatch()
    {
        QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) { webhook.filters.statuses = {Status::Error}; }));
        const auto error = m_profile->turn(Status::Error);
        QVERIFY(m_profile->turn(Status::Active).deliveryIds.isEmpty());
        QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) { webhook.keep = KeptEvents::Newest; }));
        QCOMPARE(m_profile->claimAll(), QStringList());
        QCOMPARE(m_profile->stateOf(error.deliveryIds[0]), u"superseded"_s);
        const auto again = m_profile->turn(Status::Error);
        QCOMPARE(m_profile->claimAll(), again.deliveryIds);
    }

private:
    MuteSubject webhook() const { return {.kind = Kind::Webhook, .id = m_webhook}; }
    static MuteSubject integration() { return {.kind = Kind::Integration, .id = u"i"_s}; }

    void deliver(Status status) const
    {
        const auto event = m_profile->turn(status);
        QCOMPARE(m_profile->claimAll(), event.deliveryIds);
        QVERIFY(m_profile->end(event.deliveryIds[0], AttemptOutcome::Delivered));
    }

    void accept(int integrations, const QList<Status> &statuses) const
    {
        QList<IntegrationEvent> events;
        for (const auto status : statuses) {
            for (int i = 0; i < integrations; ++i) {
                events.append(eventOf(u"i%1"_s.arg(i), status));
            }
        }
        QVERIFY(m_profile->asked().accept(events).isOk());
    }

    std::unique_ptr<RuledProfile> m_profile;
    QString m_webhook;
};

QTEST_GUILESS_MAIN(TestOutboxDoubt)

#include "tst_outboxdoubt.moc"
