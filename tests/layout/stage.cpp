// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.h"

#include "editorpage.h"
#include "memorysecrets.h"
#include "outboxasking.h"
#include "sampleinvocations.h"
#include "webhookspage.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QTest>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

Stage::Stage(Profile profile)
{
    m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder.path(), .credentialsFolder = {}},
                                        std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
    const auto opened = answerOf<void>([&](QObject *context, auto reply) { m_engine->open(context, reply); });
    Q_ASSERT(opened.isOk());
    m_commands = std::make_unique<WebhookCommands>(*m_engine);
    m_preferences = std::make_unique<Preferences>(m_folder.path());
    m_receiver = std::make_unique<LocalReceiver>(m_engine->profile(), *m_preferences);
    m_keychain = std::make_unique<KeychainStatus>(*m_engine);
    m_delivery = std::make_unique<BackgroundDelivery>(*m_engine);
    m_delivery->setEnabled(false);
    m_delivery->open();
    [[maybe_unused]] const bool isOpen = QTest::qWaitFor([this] { return m_delivery->isOpen(); }, 60'000);
    if (profile == Profile::Full) {
        fill();
    }
    m_window =
        std::make_unique<MainWindow>(*m_engine, *m_commands, *m_receiver, *m_keychain, *m_delivery, *m_preferences);
    m_window->show();
    m_window->load();
    settle();
}

Stage::~Stage() = default;

void Stage::fill()
{
    addWebhooks();
    addDeliveries();
}

void Stage::addWebhooks()
{
    struct Sample
    {
        QString name;
        QString url;
        Filters filters;
        bool active;
        std::optional<Invocation> last;
    };
    const QList<Sample> samples{
        {u"Datadog alerts"_s, u"https://api.datadoghq.eu/api/v1/events"_s, {}, true, successfulInvocation()},
        {u"PagerDuty"_s,
         u"https://events.pagerduty.com/v2/enqueue"_s,
         {.integrations = {}, .types = {}, .statuses = {IntegrationStatus::Error}},
         true,
         failedInvocation(ErrorKind::Http, u"The target answered 401 Unauthorized."_s)},
        {u"ServiceNow incidents of the production landscape in three regions"_s,
         u"https://a-company-with-a-long-name.service-now.example/api/now/table/incident?sysparm_display_value=true"_s,
         {.integrations = {},
          .types = {u"postgresql"_s, u"kubernetes"_s, u"aws-account"_s, u"azure-subscription"_s},
          .statuses = {}},
         false,
         {}},
        {u"Slack on-call"_s,
         u"https://hooks.slack.example/services/T0000/B0000/XXXX"_s,
         {},
         true,
         failedInvocation(ErrorKind::Timeout, u"hooks.slack.example took longer than 10 seconds."_s)},
    };
    for (const auto &sample : samples) {
        Webhook webhook = webhookNamed(sample.name);
        webhook.url = sample.url;
        webhook.filters = sample.filters;
        webhook.active = sample.active;
        webhook.concurrency = 40;
        const auto saved = save(m_engine->store(), webhook);
        Q_ASSERT(saved.isOk());
        if (sample.last) {
            Invocation invocation = *sample.last;
            invocation.webhookId = saved->id;
            static_cast<void>(addInvocation(m_engine->store(), invocation));
        }
    }
}

void Stage::addDeliveries()
{
    const AskedOutbox outbox{m_engine->outbox()};
    QList<IntegrationEvent> events;
    for (const auto &id :
         {u"orders-db"_s, u"billing"_s, u"a-cluster-whose-name-is-as-long-as-names-may-be-in-this-place"_s}) {
        for (int i = 0; i < 6; ++i) {
            events.append(eventOf(id, i % 2 == 0 ? IntegrationStatus::Error : IntegrationStatus::Warning,
                                  u"Could not connect to db.example.com:5432: connection refused"_s));
        }
    }
    [[maybe_unused]] const auto accepted = outbox.accept(events);
    Q_ASSERT(accepted.isOk());
    const auto claimed = outbox.claimIds(u"stage"_s);
    for (qsizetype i = 0; i + 3 < claimed.size(); ++i) {
        if (i % 3 != 0) {
            static_cast<void>(outbox.end(u"stage"_s, claimed.at(i), 1, AttemptOutcome::Delivered));
            continue;
        }
        auto invocation = invocationOf(Verdict::Failed, i % 2 == 0 ? 401 : 503);
        invocation.error =
            InvocationError{.kind = ErrorKind::Http,
                            .message = Sentence(u"The target answered %1."_s.arg(i % 2 == 0 ? 401 : 503)),
                            .hint = Sentence(u"Give the header the key that the target wants."_s),
                            .field = u"type.http_request.headers"_s,
                            .causes = {Sentence(u"The key is wrong or over."_s)},
                            .position = {}};
        static_cast<void>(outbox.finish({{.deliveryId = claimed.at(i),
                                          .owner = u"stage"_s,
                                          .attempt = 1,
                                          .outcome = AttemptOutcome::Dead,
                                          .retryIn = {},
                                          .deadReason = {},
                                          .invocation = invocation}}));
    }
}

void Stage::trigger(Command command)
{
    (*m_window->findChild<ActionRegistry *>())[command].trigger();
    settle();
}

void Stage::settle()
{
    // Readings of the database come from another thread, and lead to the next: half a dozen quiet turns are the end.
    for (int quiet = 0; quiet < 6; ++quiet) {
        QTest::qWait(10);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

void Stage::reset()
{
    for (auto *dialog : m_window->findChildren<QDialog *>()) {
        delete dialog;
    }
    if (auto *editor = m_window->findChild<EditorPage *>()) {
        QMetaObject::invokeMethod(editor, "closed"); // nothing of it is to be kept
    }
    for (int i = 0; i < 4; ++i) {
        trigger(Command::StepBack);
    }
    trigger(Command::ShowWebhooks);
}

} // namespace Tocsin
