// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Why a delivery waits or died is kept as what it is made of, and read in the reader's language.
#include "../support/markingtranslator.h"
#include "outboxasking.h"

#include <QCoreApplication>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

struct Reasons
{
    static constexpr SentenceMaker say{"Reasons"};
    Q_DECLARE_TR_FUNCTIONS(Reasons)
};

} // namespace

class TestKeptReasons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
        m_webhook = m_profile->addWebhook(u"hook"_s, [](Webhook &webhook) { webhook.concurrency = 10; });
    }
    void cleanup() { m_profile.reset(); }

    void whyItDied()
    {
        const auto id = accepted();
        const auto invocation = failed();
        const auto dead = Reasons::say("Given up at attempt %1: %2", 4, invocation.reason);
        QCOMPARE(*ask().finish({attemptOf(id, AttemptOutcome::Dead, invocation, dead)}), 1);

        QCOMPARE(read(id).delivery.lastReason, dead);
        QCOMPARE(read(id).delivery.lastReason.text(), u"Given up at attempt 4: The target answered 500."_s);
        const auto causes = answerOf<QList<DeathCause>>(
            [&](QObject *context, auto reply) { m_profile->outbox->deathCauses({}, context, reply); });
        const MarkingTranslator reader;
        QCOMPARE(read(id).delivery.lastReason.text(), u"«Given up at attempt 4: «The target answered 500.»»"_s);
        QCOMPARE(causes->first().reason.text(), u"«Given up at attempt 4: «The target answered 500.»»"_s);
        QCOMPARE(read(id).attempts.first().reason.text(), u"«The target answered 500.»"_s);
        QCOMPARE(toJson(read(id).delivery)["last_reason"].get<std::string>(),
                 "«Given up at attempt 4: «The target answered 500.»»");
    }

    void whyItWaits()
    {
        const auto id = accepted();
        QCOMPARE(*ask().finish({attemptOf(id, AttemptOutcome::Retry, failed(), {})}), 1);
        const MarkingTranslator reader;
        QCOMPARE(read(id).delivery.lastReason.text(), u"«The target answered 500.»"_s);
    }

    void whyItIsHeldBack()
    {
        const auto id = accepted();
        const auto held = answerOf<bool>([&](QObject *context, auto reply) {
            m_profile->outbox->holdBack(u"me"_s, id, m_version, Reasons::say("There is no secret named %1.", u"k"_s),
                                        context, reply);
        });
        QVERIFY(held && *held);
        const MarkingTranslator reader;
        QCOMPARE(read(id).delivery.lastReason.text(), u"«There is no secret named k.»"_s);
    }

    void whyItsWebhookIsInactive()
    {
        const auto id = accepted();
        QVERIFY(ask().end(u"me"_s, id, 1, AttemptOutcome::Retry));
        const auto done = answerOf<void>([&](QObject *context, auto reply) {
            m_profile->outbox->deactivateWebhook(m_webhook, m_version, Reasons::say("It is gone."), context, reply);
        });
        QVERIFY(done);
        QTRY_VERIFY(read(id).delivery.state == DeliveryState::Dead);
        const MarkingTranslator reader;
        QCOMPARE(read(id).delivery.lastReason.text(), u"«It is gone.»"_s);
    }

    void whatTheLastTestSaid()
    {
        auto invocation = failed();
        invocation.webhookId = m_webhook;
        QVERIFY(addInvocation(*m_profile->store, invocation).isOk());
        const MarkingTranslator reader;
        QCOMPARE(webhooksOf(*m_profile->store)->first().lastInvocation->reason.text(), u"«The target answered 500.»"_s);
    }

    void whatAnEarlierVersionWroteIsReadAsItIs()
    {
        const auto id = accepted();
        QVERIFY(ask().end(u"me"_s, id, 1, AttemptOutcome::Dead));
        const MarkingTranslator reader;
        QCOMPARE(read(id).delivery.lastReason.text(), u"The target answered 500."_s);
    }

private:
    AskedOutbox ask() const { return m_profile->ask; }

    QString accepted()
    {
        const auto ids = ask().acceptInTurn(u"i"_s, 1);
        const auto claimed = ask().claim({.owner = u"me"_s, .maximum = 1});
        m_version = claimed->first().webhookVersion;
        return ids.first();
    }

    static Invocation failed()
    {
        auto invocation = invocationOf(Verdict::Failed, 500);
        invocation.reason = Reasons::say("The target answered %1.", u"500"_s);
        return invocation;
    }

    static FinishedAttempt attemptOf(const QString &id, AttemptOutcome outcome, const Invocation &invocation,
                                     const Sentence &deadReason)
    {
        return {.deliveryId = id,
                .owner = u"me"_s,
                .attempt = 1,
                .outcome = outcome,
                .retryIn = {},
                .deadReason = deadReason,
                .invocation = invocation};
    }

    DeliveryDetails read(const QString &id) const { return **ask().delivery(id); }

    std::unique_ptr<TestProfile> m_profile;
    QString m_webhook;
    qint64 m_version = 0;
};

QTEST_GUILESS_MAIN(TestKeptReasons)
#include "tst_keptreasons.moc"
