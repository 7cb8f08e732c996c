// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkround.h"
#include "checktesting.h"
#include "fakeserver.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// Checks of several webhooks: a few at once where somebody asks, one after another once a day where nobody does.
class TestCheckSchedule : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;

    Webhook saved(const QString &name, const QString &url, bool isActive = true)
    {
        auto webhook = sampleWebhook(name);
        webhook.url = url;
        webhook.active = isActive;
        return ended(m_engine->save(checkInput(webhook))).value();
    }

    static QStringList namesOf(const QSignalSpy &spy)
    {
        QStringList names;
        for (const auto &arguments : spy) {
            names.append(arguments[0].value<WebhookCheckResult>().webhookName);
        }
        return names;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine =
            std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = m_folder->path()});
        QVERIFY(openProfile(*m_engine).isOk());
    }

    void cleanup() { m_engine.reset(); }

    void checksWhatIsActiveAgainAndAgain()
    {
        saved(u"one"_s, u"https://localhost:1/"_s);
        saved(u"silent"_s, u"https://localhost:1/"_s, false);
        saved(u"two"_s, u"https://nosuch.invalid/"_s);
        const auto schedule = m_engine->makeCheckSchedule({.first = 1ms, .every = 1ms, .spread = 2ms});
        QSignalSpy own(schedule.get(), &CheckSchedule::checked);
        QSignalSpy all(m_engine.get(), &Engine::checked);
        QSignalSpy rounds(schedule.get(), &CheckSchedule::roundEnded);
        schedule->start();
        QTRY_VERIFY(rounds.size() >= 2);
        QCOMPARE(namesOf(own).first(4), QStringList({u"one"_s, u"two"_s, u"one"_s, u"two"_s}));
        QCOMPARE(namesOf(all).first(4), namesOf(own).first(4));
        const auto result = own[0][0].value<WebhookCheckResult>();
        QVERIFY(result.state() == CheckState::Failed);
        QVERIFY(result.version != 0);
        schedule->stop();
        const auto soFar = own.size();
        checked(*m_engine, sampleWebhook(u"another"_s));
        QCOMPARE(own.size(), soFar);
    }

    /// What was removed or switched off since the round began is left out; what was changed is checked as it is now.
    void goesByWhatIsStoredByThen()
    {
        const auto first = saved(u"a"_s, u"https://localhost:1/"_s);
        auto changed = saved(u"b"_s, u"https://localhost:1/"_s);
        const auto removed = saved(u"c"_s, u"https://localhost:1/"_s);
        const auto schedule = m_engine->makeCheckSchedule({.first = 0ms, .every = 1h, .spread = 0ms});
        QSignalSpy own(schedule.get(), &CheckSchedule::checked);
        QSignalSpy rounds(schedule.get(), &CheckSchedule::roundEnded);
        connect(schedule.get(), &CheckSchedule::checked, this, [&](const WebhookCheckResult &result) {
            if (result.webhookId == first.id) {
                changed.url = u"https://nosuch.invalid/"_s;
                m_engine->store().saveWebhook(changed, this, [](const Result<Webhook> &) {});
                m_engine->store().removeWebhook(removed.id, this, [](const Result<void> &) {});
            }
        });
        schedule->start();
        QTRY_COMPARE(rounds.size(), 1);
        QCOMPARE(namesOf(own), QStringList({u"a"_s, u"b"_s}));
        QVERIFY2(outline(own[1][0].value<WebhookCheckResult>()).contains("name failed"_L1),
                 qUtf8Printable(told(own[1][0].value<WebhookCheckResult>())));
    }

    void doesNotBeginBeforeItsTime()
    {
        saved(u"one"_s, u"https://localhost:1/"_s);
        const auto schedule = m_engine->makeCheckSchedule();
        QSignalSpy own(schedule.get(), &CheckSchedule::checked);
        schedule->start();
        QCOMPARE(checked(*m_engine, sampleWebhook(u"another"_s)).webhookName, u"another"_s);
        QCOMPARE(own.size(), 0);
        QVERIFY(CheckScheduleOptions().first >= 1h);
    }

    void doesNotTellOfWhatIsNotStored()
    {
        QSignalSpy all(m_engine.get(), &Engine::checked);
        auto webhook = saved(u"one"_s, u"https://localhost:1/"_s);
        checked(*m_engine, sampleWebhook(u"another"_s));
        webhook.timeout = 7s;
        checked(*m_engine, webhook);
        QCOMPARE(all.size(), 0);
        webhook.timeout = Webhook::defaultTimeout;
        checked(*m_engine, webhook);
        QCOMPARE(all.size(), 1);
    }

    void aRoundHasAFewAtOnceAndCanBeCancelled()
    {
        FakeServer server(m_pki.server, FakeServer::silence());
        server.setSpeaksTls(false);
        QList<WebhookInput> inputs;
        for (int i = 0; i < 6; ++i) {
            auto webhook = sampleWebhook(u"silent %1"_s.arg(i));
            webhook.url = server.url().toString();
            inputs.append(checkInput(webhook));
        }
        auto refused = sampleWebhook(u"refused"_s);
        inputs.prepend(checkInput(refused));
        CheckRound round(*m_engine, inputs, 2);
        QSignalSpy told(&round, &CheckRound::checked);
        QSignalSpy ended(&round, &CheckRound::finished);
        round.start();
        QTRY_COMPARE(told.size(), 1);
        QTRY_COMPARE(server.connections(), 2);
        round.cancel();
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended[0][0].toBool(), false);
        QCOMPARE(namesOf(told), QStringList({u"refused"_s}));
        QTRY_COMPARE(server.openConnections(), 0);
        QCOMPARE(server.connections(), 2);
    }

    void aRoundTellsInTheOrderGiven()
    {
        QList<WebhookInput> inputs;
        QStringList names;
        for (int i = 0; i < 9; ++i) {
            names.append(u"w%1"_s.arg(i));
            auto webhook = sampleWebhook(names.last());
            webhook.url = i % 3 == 0 ? u"https://nosuch.invalid/"_s : u"https://127.0.0.1:1/"_s;
            inputs.append(checkInput(webhook));
        }
        CheckRound round(*m_engine, inputs);
        QSignalSpy told(&round, &CheckRound::checked);
        QSignalSpy ended(&round, &CheckRound::finished);
        round.start();
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended[0][0].toBool(), true);
        QCOMPARE(namesOf(told), names);
    }
};

QTEST_GUILESS_MAIN(TestCheckSchedule)
#include "tst_checkschedule.moc"
