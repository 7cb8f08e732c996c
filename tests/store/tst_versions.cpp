// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxasking.h"

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Status = IntegrationStatus;

namespace {

const QDateTime noon(QDate(2026, 1, 2), QTime(12, 0), Qt::UTC);

} // namespace

/// What it means for a webhook's deliveries and secrets that its document is changed.
class TestVersions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
    }

    void countsTheVersionsOfADocument()
    {
        const auto version = [this] {
            return webhooksOf(*m_profile->store)->first().version;
        };
        auto webhook = *save(*m_profile->store, webhookNamed(u"a"_s));
        qint64 last = version();
        const auto isNewer = [&] {
            return version() > std::exchange(last, version());
        };
        for (int i = 0; i < 20; ++i) { // many in a millisecond
            QVERIFY(save(*m_profile->store, webhook).isOk());
            QVERIFY(isNewer());
        }
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->store->setActive(webhook.id, !webhook.active, context, reply);
                }).isOk());
        QVERIFY(isNewer());
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->store->removeWebhook(webhook.id, context, reply);
                }).isOk());
        QVERIFY(save(*m_profile->store, webhook).isOk());
        QVERIFY(isNewer()); // though it was gone meanwhile
        Invocation invocation = invocationOf(Verdict::Failed, 500);
        invocation.webhookId = webhook.id;
        QVERIFY(addInvocation(*m_profile->store, invocation).isOk());
        QCOMPARE(version(), last);
    }

    void knowsWhoMadeASecretKey()
    {
        const auto webhook = *save(*m_profile->store, [] {
            auto made = webhookNamed(u"a"_s);
            made.id = u"w"_s;
            made.url = u"https://example.org/${secret:w/url/1}"_s;
            return made;
        }());
        const QList<MadeSecretKey> made{{.name = u"v/x/1"_s, .madeFor = u"v"_s, .madeAt = noon.addSecs(-1)},
                                        {.name = u"w/url/1"_s, .madeFor = u"w"_s, .madeAt = noon.addSecs(-1)},
                                        {.name = u"w/url/10"_s, .madeFor = u"w"_s, .madeAt = noon.addSecs(-1)},
                                        {.name = u"w/url/2"_s, .madeFor = u"w"_s, .madeAt = noon}};
        const auto remember = [this](const QString &key) {
            return answerOf<void>(
                [&](QObject *context, auto reply) { m_profile->store->rememberSecretKey(key, context, reply); });
        };
        QVERIFY(remember(u"chosen"_s).isOk());
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->store->rememberSecretKeys(made, context, reply);
                }).isOk());
        QVERIFY(remember(u"w/url/2"_s).isOk()); // its value was set; it stays whose it is
        QCOMPARE(*answerOf<QList<MadeSecretKey>>(
                     [&](QObject *context, auto reply) { m_profile->store->madeSecretKeys(context, reply); }),
                 made);
        QCOMPARE(*answerOf<QList<MadeSecretKey>>(
                     [&](QObject *context, auto reply) { m_profile->store->staleSecretKeys(noon, context, reply); }),
                 (QList<MadeSecretKey>{made[0], made[2]}));
    }

    void givesSecretNumbersOnce()
    {
        Store other(m_profile->folder.path());
        QVERIFY(openStore(other).isOk());
        QSet<qint64> numbers;
        for (int i = 0; i < 10; ++i) {
            for (Store *store : {m_profile->store.get(), &other}) {
                numbers.insert(
                    *answerOf<qint64>([&](QObject *context, auto reply) { store->nextSecretNumber(context, reply); }));
            }
        }
        QCOMPARE(numbers.size(), 20);
    }

    void claimsWithTheDocumentThatIsThere()
    {
        const auto webhook = m_profile->addWebhook(u"w"_s);
        acceptInTurn(u"a"_s, 1);
        qint64 version = -1;
        for (int i = 0; i < 30; ++i) { // several in a millisecond
            change(webhook, u"https://example.org/%1"_s.arg(i));
            const auto claimed = ask().claim({.owner = u"me"_s});
            QCOMPARE(claimed->size(), 1);
            QCOMPARE(claimed->first().webhook->url, u"https://example.org/%1"_s.arg(i));
            QVERIFY(claimed->first().webhookVersion > version);
            version = claimed->first().webhookVersion;
            QCOMPARE(*answerOf<int>([&](QObject *context, auto reply) {
                m_profile->outbox->release(u"me"_s, {claimed->first().delivery.id}, context, reply);
            }),
                     1);
        }
    }

    void aFailureOfAnOlderDocumentDoesNotCount_data()
    {
        QTest::addColumn<AttemptOutcome>("outcome");
        QTest::newRow("to be tried again") << AttemptOutcome::Retry;
        QTest::newRow("dead") << AttemptOutcome::Dead;
    }

    void aFailureOfAnOlderDocumentDoesNotCount()
    {
        QFETCH(const AttemptOutcome, outcome);
        const auto webhook = m_profile->addWebhook(u"w"_s);
        for (int i = 0; i < 20; ++i) {
            acceptInTurn(u"i%1"_s.arg(i), 1);
        }
        const auto ids = ask().claimIds(u"me"_s);
        QCOMPARE(ids.size(), 6);
        change(webhook, u"https://example.org/mended"_s);
        QList<FinishedAttempt> attempts;
        for (const auto &id : ids) {
            attempts.append({.deliveryId = id,
                             .owner = u"me"_s,
                             .attempt = 1,
                             .outcome = outcome,
                             .retryIn = 1h,
                             .deadReason = Sentence(u"Given up."_s),
                             .invocation = invocationOf(Verdict::Failed, 500)});
        }
        const auto recorded = ask().record(attempts);
        QVERIFY(recorded);
        QCOMPARE(recorded->count, 6);
        QCOMPARE(recorded->outdated, QSet<QString>(ids.begin(), ids.end()));
        QCOMPARE(ask().counts()->states.value(DeliveryState::Dead), 0);
        const auto again = ask().claim({.owner = u"me"_s}); // six at once: it does not keep failing; and now
        QCOMPARE(again->size(), 6);
        for (const auto &one : *again) {
            QCOMPARE(one.webhook->url, u"https://example.org/mended"_s);
            QCOMPARE(one.tryNumber, 1);
        }
    }

    void aSuccessOfAnOlderDocumentSaysNothingOfTheNewOne()
    {
        const auto webhook = m_profile->addWebhook(u"w"_s);
        for (int i = 0; i < 20; ++i) {
            acceptInTurn(u"i%1"_s.arg(i), 1);
        }
        const auto ids = ask().claimIds(u"me"_s);
        for (const auto &id : ids.first(Outbox::failuresBeforeProbing)) {
            QCOMPARE(*ask().end(u"me"_s, id, 1, AttemptOutcome::Retry, 1h), 1);
        }
        change(webhook, u"https://example.org/mended"_s);
        QCOMPARE(*ask().end(u"me"_s, ids.last(), 1, AttemptOutcome::Delivered), 1);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Delivered), 1);
        QCOMPARE(ask().claimIds(u"me"_s).size(), 1); // a probe
    }

    void oneThatWasGoneDoesNotDeactivateAMendedWebhook()
    {
        const auto webhook = m_profile->addWebhook(u"w"_s);
        acceptInTurn(u"a"_s, 2);
        const auto claimed = ask().claim({.owner = u"me"_s});
        change(webhook, u"https://example.org/mended"_s);
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->outbox->deactivateWebhook(webhook, claimed->first().webhookVersion,
                                                         Sentence(u"It is gone."_s), context, reply);
                }).isOk());
        QVERIFY(webhooksOf(*m_profile->store)->first().webhook.active);
        QCOMPARE(*ask().end(u"me"_s, claimed->first().delivery.id, 1, AttemptOutcome::Dead), 1);
        QCOMPARE(ask().claimIds(u"me"_s), QStringList{claimed->first().delivery.id});
        QCOMPARE(ask().counts()->states.value(DeliveryState::Dead), 0);
    }

    void holdsBackWithoutAnAttempt()
    {
        const auto webhook = m_profile->addWebhook(u"w"_s);
        acceptInTurn(u"a"_s, 1);
        const auto claimed = ask().claim({.owner = u"me"_s});
        const auto &one = claimed->first();
        const auto hold = [&](const QString &reason) {
            return *answerOf<bool>([&](QObject *context, auto reply) {
                m_profile->outbox->holdBack(u"me"_s, one.delivery.id, one.webhookVersion, Sentence(reason), context,
                                            reply);
            });
        };
        QVERIFY(hold(u"There is no key."_s));
        const auto held = ask().list()->first();
        QCOMPARE(toString(held.state), toString(DeliveryState::Pending));
        QCOMPARE(held.attempts, 0);
        QCOMPARE(held.lastReason, u"There is no key."_s);
        QVERIFY(!hold(u"Not its own any more."_s));
        QCOMPARE(ask().claim({.owner = u"me"_s, .excludedWebhooks = {{webhook, one.webhookVersion}}})->size(), 0);
        change(webhook, u"https://example.org/mended"_s);
        QCOMPARE(ask().claim({.owner = u"me"_s, .excludedWebhooks = {{webhook, one.webhookVersion}}})->size(), 1);
        QVERIFY(!hold(u"There is no other key."_s)); // the reason of a document that is not there any more
        QCOMPARE(ask().list()->first().lastReason, u"There is no key."_s);
        QCOMPARE(ask().claimIds(u"me"_s).size(), 1);
    }

    void whatIsGivenBackAfterItsWebhookIsGoneDies_data()
    {
        QTest::addColumn<bool>("isHeldBack");
        QTest::newRow("held back") << true;
        QTest::newRow("released") << false;
    }

    void whatIsGivenBackAfterItsWebhookIsGoneDies()
    {
        QFETCH(const bool, isHeldBack);
        const auto webhook = m_profile->addWebhook(u"w"_s);
        acceptInTurn(u"a"_s, 2);
        const auto claimed = ask().claim({.owner = u"me"_s});
        QCOMPARE(claimed->size(), 1);
        const auto &one = claimed->first();
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_profile->outbox->deactivateWebhook(webhook, one.webhookVersion, Sentence(u"It is gone."_s),
                                                         context, reply);
                }).isOk());
        if (isHeldBack) {
            QVERIFY(answerOf<bool>([&](QObject *context, auto reply) {
                        m_profile->outbox->holdBack(u"me"_s, one.delivery.id, one.webhookVersion,
                                                    Sentence(u"There is no key."_s), context, reply);
                    }).isOk());
        } else {
            QCOMPARE(*answerOf<int>([&](QObject *context, auto reply) {
                m_profile->outbox->release(u"me"_s, {one.delivery.id}, context, reply);
            }),
                     1);
        }
        QTRY_COMPARE(ask().counts()->states.value(DeliveryState::Dead), 2);
        QCOMPARE(ask().list()->first().lastReason, u"It is gone."_s);
    }

private:
    void change(const QString &id, const QString &url)
    {
        auto webhook = webhookNamed(u"w"_s);
        webhook.id = id;
        webhook.url = url;
        QVERIFY(save(*m_profile->store, webhook).isOk());
    }

    AskedOutbox ask() const { return m_profile->ask; }

    QStringList acceptInTurn(const QString &integration, int count) { return ask().acceptInTurn(integration, count); }

    std::unique_ptr<TestProfile> m_profile;
};

QTEST_GUILESS_MAIN(TestVersions)
#include "tst_versions.moc"
