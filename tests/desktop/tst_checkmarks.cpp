// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"
#include "await.h"
#include "engine.h"
#include "memorysecrets.h"
#include "preferences.h"
#include "webhookcommands.h"
#include "webhookspage.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// The list of webhooks marks what the checks have found, whoever asked for them.
class TestCheckMarks : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_profile;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<WebhookCommands> m_commands;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<WebhooksPage> m_page;

    static WebhookInput input(const QString &name, const QString &url)
    {
        WebhookInput input;
        input.webhook.name = name;
        input.webhook.url = url;
        input.webhook.bodyTemplate = u"{}"_s;
        return input;
    }

    Webhook saved(const WebhookInput &input)
    {
        return awaitSignal(m_engine->save(input), &EngineJob::finished).value();
    }

    bool isMarked(const Webhook &webhook) const
    {
        const auto &model = m_page->model();
        return model.data(model.indexOf(webhook.id), Qt::DecorationRole).isValid();
    }

    std::unique_ptr<WebhooksPage> makePage()
    {
        auto page = std::make_unique<WebhooksPage>(*m_engine, *m_commands, m_actions, *m_preferences);
        page->refresh();
        return page;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_profile.path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        const auto opened =
            await<Result<void>>([this](QObject *context, auto reply) { m_engine->open(context, std::move(reply)); });
        QVERIFY(opened.isOk());
        m_commands = std::make_unique<WebhookCommands>(*m_engine);
        m_preferences = std::make_unique<Preferences>(m_profile.path());
        m_page = makePage();
    }

    void cleanupTestCase()
    {
        m_page.reset();
        m_commands.reset();
        m_engine.reset();
    }

    void standUntilTheWebhookIsAnotherOne()
    {
        auto refused = saved(input(u"refused"_s, u"https://127.0.0.1:1/"_s));
        const auto other = saved(input(u"other"_s, u"https://127.0.0.1:1/"_s));
        QTRY_COMPARE(m_page->model().rowCount(), 2);
        QVERIFY(!isMarked(refused));
        const auto schedule = m_engine->makeCheckSchedule(
            {.first = std::chrono::milliseconds(0), .spread = std::chrono::milliseconds(0)});
        schedule->start();
        QTRY_VERIFY(isMarked(refused) && isMarked(other));
        const auto again = makePage(); // as when the language changes
        QTRY_COMPARE(again->model().rowCount(), 2);
        QVERIFY(again->model().data(again->model().indexOf(other.id), Qt::DecorationRole).isValid());

        refused.timeout = std::chrono::seconds(7);
        saved({.webhook = refused, .secretHeaders = {}, .plainHeaders = {}});
        QTRY_VERIFY(!isMarked(refused));
        QVERIFY(isMarked(other));
    }
};

QTEST_MAIN(TestCheckMarks)
#include "tst_checkmarks.moc"
