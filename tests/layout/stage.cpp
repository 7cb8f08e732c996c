// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.h"

#include "memorysecrets.h"
#include "outboxasking.h"
#include "sampleinvocations.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QCryptographicHash>
#include <QTest>

#include <array>

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
    // What is read from the database comes from another thread, and leads to more: several looks alike are the end.
    constexpr int looksAlike = 5;
    QByteArray before;
    int alike = 0;
    [[maybe_unused]] const bool isQuiet = QTest::qWaitFor(
        [&] {
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            const auto now = look();
            alike = now == before ? alike + 1 : 0;
            before = now;
            return alike == looksAlike;
        },
        60'000);
}

/// What is seen, by class, place and text.
QByteArray Stage::look() const
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (const auto *widget : QApplication::allWidgets()) {
        if (widget->isVisible()) {
            const auto rect = widget->geometry();
            const std::array place{rect.x(), rect.y(), rect.width(), rect.height()};
            hash.addData(QByteArrayView(reinterpret_cast<const char *>(place.data()), sizeof place));
            hash.addData(widget->accessibleName().toUtf8());
            if (const auto *view = qobject_cast<const QAbstractItemView *>(widget); view && view->model()) {
                hash.addData(QByteArray::number(view->model()->rowCount()));
            }
        }
    }
    return hash.result();
}

} // namespace Tocsin
