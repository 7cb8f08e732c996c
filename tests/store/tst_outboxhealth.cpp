// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firing.h"
#include "rulestesting.h"

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Status = IntegrationStatus;

/// Tocsin watches itself: a webhook's troubles are events of an integration of its own.
class TestOutboxHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<RuledProfile>();
        QVERIFY(m_profile->open());
        m_webhook = m_profile->addWebhook(u"watched"_s);
        m_watcher = m_profile->addWebhook(u"watcher"_s, [](Webhook &webhook) {
            webhook.filters.types = {webhookIntegrationType()};
            webhook.filters.statuses = {Status::Warning, Status::Error, Status::Active, Status::Disabled};
        });
    }

    void oneEventAnOutage()
    {
        for (int i = 0; i < 4; ++i) {
            QVERIFY(attempt(u"i%1"_s.arg(i), AttemptOutcome::Retry));
        }
        QCOMPARE(told(), QStringList());
        for (int i = 4; i < 9; ++i) {
            QVERIFY(attempt(u"i%1"_s.arg(i), AttemptOutcome::Retry));
        }
        QCOMPARE(told(), QStringList{u"Warning"_s});
        QVERIFY(m_profile->restart());
        QVERIFY(attempt(u"last"_s, AttemptOutcome::Delivered));
        QCOMPARE(told(), QStringList({u"Warning"_s, u"Active"_s}));
        const auto states = integrations();
        QCOMPARE(states.size(), 1);
        QCOMPARE(states[0].id, webhookIntegrationId(m_webhook));
        QCOMPARE(states[0].name, u"watched"_s);
        QCOMPARE(states[0].issues.size(), std::size_t(0));
    }

    void aDeathIsAnError()
    {
        QVERIFY(attempt(u"i"_s, AttemptOutcome::Dead));
        QVERIFY(attempt(u"j"_s, AttemptOutcome::Dead));
        QCOMPARE(told(), QStringList{u"Error"_s});
        QCOMPARE(integrations()[0].issues.size(), std::size_t(1));
        QVERIFY(attempt(u"k"_s, AttemptOutcome::Delivered));
        QCOMPARE(told().last(), u"Active"_s);
    }

    void theWorstOfItsReasons()
    {
        for (int i = 0; i < 5; ++i) {
            QVERIFY(attempt(u"i%1"_s.arg(i), AttemptOutcome::Retry));
        }
        QVERIFY(attempt(u"died"_s, AttemptOutcome::Dead));
        QCOMPARE(told(), QStringList({u"Warning"_s, u"Error"_s}));
        QCOMPARE(integrations()[0].issues.size(), std::size_t(2));
    }

    void aWebhookThatIsGone()
    {
        const auto version = versionOf(m_webhook);
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->outbox->deactivateWebhook(m_webhook, version, Sentence(u"Gone."_s), context, reply);
                }).isOk());
        QCOMPARE(told(), QStringList{u"Error"_s});
        QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) { webhook.active = true; }));
        QCOMPARE(told(), QStringList{u"Error"_s}); // until it is seen to work
        QVERIFY(attempt(u"i"_s, AttemptOutcome::Delivered));
        QCOMPARE(told(), QStringList({u"Error"_s, u"Active"_s}));
    }

    void deactivatedByHandOrRemoved()
    {
        QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) { webhook.active = false; }));
        QCOMPARE(told(), QStringList{u"Disabled"_s});
        QVERIFY(m_profile->change(m_webhook, [](Webhook &webhook) { webhook.active = true; }));
        QCOMPARE(told(), QStringList({u"Disabled"_s, u"Active"_s}));
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->store->removeWebhook(m_webhook, context, reply);
                }).isOk());
        QCOMPARE(told(), QStringList({u"Disabled"_s, u"Active"_s, u"Disabled"_s}));
    }

    void whatACheckFinds()
    {
        const auto check = [this](const QString &ends, const QString &fault) {
            const auto noted = answerOf<bool>([&](QObject *context, auto reply) {
                m_profile->outbox->noteCheck(m_webhook, versionOf(m_webhook), Sentence(ends), Sentence(fault), context,
                                             reply);
            });
            return noted && *noted;
        };
        QVERIFY(check({}, {}));
        QCOMPARE(told(), QStringList());
        QVERIFY(check(u"It ends in 3 days."_s, {}));
        QVERIFY(check(u"It ends in 2 days."_s, {}));
        QCOMPARE(told(), QStringList{u"Warning"_s});
        QVERIFY(check({}, u"The signing secret is not base64."_s));
        QCOMPARE(told(), QStringList({u"Warning"_s, u"Error"_s}));
        QVERIFY(check({}, {}));
        QCOMPARE(told(), QStringList({u"Warning"_s, u"Error"_s}));
        QVERIFY(attempt(u"i"_s, AttemptOutcome::Delivered));
        QCOMPARE(told(), QStringList({u"Warning"_s, u"Error"_s, u"Active"_s}));
    }

    void neverForItselfAndNeverInACircle()
    {
        const auto other = m_profile->addWebhook(
            u"other watcher"_s, [](Webhook &webhook) { webhook.filters.types = {webhookIntegrationType()}; });
        QVERIFY(attempt(u"i"_s, AttemptOutcome::Dead));
        // Both watchers fail, and tell of one another, until nothing more is to be told.
        int events = 0;
        for (int i = 0; i < 10; ++i) {
            const auto claimed = m_profile->asked().claim({.owner = u"one"_s});
            for (const auto &one : *claimed) {
                ++events;
                QVERIFY(one.delivery.integrationId != webhookIntegrationId(one.delivery.webhookId));
                QVERIFY(m_profile->end(one.delivery.id, AttemptOutcome::Dead, one.attempt));
            }
        }
        QCOMPARE(events, 4); // two of the watched one, one of each watcher for the other
        QVERIFY(!other.isEmpty());
    }

    void matchesOnlyWhereAFilterNamesIt()
    {
        QVERIFY(attempt(u"i"_s, AttemptOutcome::Dead));
        for (const auto &delivery : *m_profile->asked().list()) {
            const bool isOwn = delivery.integrationType == webhookIntegrationType();
            QCOMPARE(delivery.webhookId, isOwn ? m_watcher : m_webhook);
        }
    }

private:
    /// One of the watched webhook's, which ends so.
    bool attempt(const QString &integration, AttemptOutcome outcome)
    {
        const auto event = m_profile->turn(Status::Error, integration);
        if (event.deliveryIds.size() != 1) {
            return false;
        }
        const auto claimed =
            m_profile->asked().claim({.owner = u"one"_s, .excludedWebhooks = {{m_watcher, versionOf(m_watcher)}}});
        for (const auto &one : *claimed) {
            if (one.delivery.id != event.deliveryIds[0]) {
                return false;
            }
        }
        return claimed->size() == 1 && m_profile->end(event.deliveryIds[0], outcome, 1, 24h);
    }
    qint64 versionOf(const QString &id) const
    {
        const auto found = answerOf<std::optional<StoredWebhook>>(
            [&](QObject *context, auto reply) { m_profile->store->webhook(id, context, reply); });
        return found && *found ? (*found)->version : 0;
    }
    /// What the watcher is to send, oldest first. Its deliveries wait.
    QStringList told() const
    {
        m_profile->asked().claimIds(u"nobody"_s, 0); // whatever was changed is noticed
        QStringList statuses;
        const auto deliveries = m_profile->asked().list({.webhookId = m_watcher});
        for (const auto &delivery : deliveries ? *deliveries : QList<Delivery>()) {
            statuses.prepend(toString(delivery.status));
        }
        return statuses;
    }
    QList<IntegrationState> integrations() const
    {
        const auto states = answerOf<QList<IntegrationState>>(
            [&](QObject *context, auto reply) { m_profile->outbox->integrations(context, reply); });
        QList<IntegrationState> own;
        for (const auto &state : states ? *states : QList<IntegrationState>()) {
            if (state.type == webhookIntegrationType()) {
                own.append(state);
            }
        }
        return own;
    }

    std::unique_ptr<RuledProfile> m_profile;
    QString m_webhook;
    QString m_watcher;
};

QTEST_GUILESS_MAIN(TestOutboxHealth)

#include "tst_outboxhealth.moc"
