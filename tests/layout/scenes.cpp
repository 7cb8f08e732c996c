// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenes.h"

#include "deliveriespage.h"
#include "disclosurebutton.h"
#include "editorpage.h"
#include "filterchip.h"
#include "sampleinvocations.h"
#include "sidepanel.h"
#include "webhookcheck.h"
#include "webhooksmodel.h"
#include "webhookspage.h"

#include <QDialog>
#include <QLineEdit>
#include <QTableView>
#include <QTimeZone>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

using Profile = Stage::Profile;

/// All that a form may hold.
Webhook everything()
{
    Webhook webhook;
    webhook.name = u"ServiceNow incidents of the production landscape"_s;
    webhook.url = u"https://hooks.example.com/services/T0000/B0000?api_key=0123456789abcdef0123456789abcdef"_s;
    webhook.bodyTemplate = uR"({"text": "{{data.name}}", "token": "0123456789abcdef0123456789abcdef"})"_s;
    webhook.responseValidators = {{.jsonPath = u"$.data.items[0].status"_s,
                                   .expectedValues = {u"accepted"_s, u"a value that is longer than a chip may be"_s}}};
    webhook.filters.types = {u"postgresql"_s, u"kubernetes"_s};
    webhook.headers = {{.name = u"X-A-Header-With-A-Long-Name"_s, .value = u"value"_s}};
    webhook.oauth = OAuthClientCredentials{.clientId = u"client"_s,
                                           .clientSecret = {},
                                           .tokenEndpointUrl = u"https://login.example.com/oauth2/token"_s,
                                           .scopes = {u"events.write"_s, u"https://graph.example/.default"_s},
                                           .parameters = {{.name = u"audience"_s, .value = u"https://a"_s}}};
    webhook.ratePerMinute = 60'000;
    webhook.keep = KeptEvents::Newest;
    webhook.settle = std::chrono::seconds(90);
    webhook.maximumAge = std::chrono::hours(36);
    return webhook;
}

EditorPage &edit(Stage &stage, const Webhook &webhook = {})
{
    stage.window().addWebhook(webhook);
    stage.settle();
    return *stage.child<EditorPage>();
}

/// One line of each kind.
WebhookCheckResult checkResult()
{
    WebhookCheckResult result;
    result.checkedAt = QDateTime(QDate(2026, 11, 29), QTime(12, 0), QTimeZone::utc());
    result.lines = {
        {.subject = CheckSubject::Document, .found = Sentence(u"All fields are as they should be."_s)},
        {.subject = CheckSubject::Template,
         .state = CheckState::Failed,
         .found = Sentence(u"For the statuses Warning, Error, with the event “Recovery”: the text ends too soon."_s),
         .hint = Sentence(u"Correct the body template where it is marked."_s),
         .field = u"body_template"_s,
         .position = {.line = 3, .column = 14, .offset = 40}},
        {.subject = CheckSubject::Certificate,
         .state = CheckState::Warning,
         .found = Sentence(u"“hooks.example.com” is valid until 9 December 2026 12:00 UTC: 10 days left."_s),
         .hint = Sentence(u"Have the target's certificate renewed before it ends."_s),
         .field = u"type.http_request.url"_s},
        {.subject = CheckSubject::ClientCertificate,
         .state = CheckState::Skipped,
         .found = Sentence(u"Not reached."_s)},
    };
    return result;
}

void openSections(EditorPage &editor)
{
    for (auto *section : editor.findChildren<DisclosureButton *>()) {
        section->setOpen(true);
    }
}

void search(Stage &stage, Command page)
{
    stage.trigger(page);
    for (auto *line : stage.window().findChildren<QLineEdit *>(u"searchLineEdit"_s)) {
        if (line->isVisible()) {
            line->setText(u"nothing has this"_s);
        }
    }
    stage.settle();
}

void selectFirst(Stage &stage, const QString &table)
{
    if (auto *view = stage.child<QTableView>(table)) {
        view->selectRow(0);
    }
    stage.settle();
}

/// The list with what a check has found of its first webhook.
void markFirst(Stage &stage)
{
    stage.trigger(Command::ShowWebhooks);
    selectFirst(stage, u"webhooksTableView"_s);
    auto *model = stage.child<WebhooksModel>();
    const auto *row = model->at(0);
    auto result = checkResult();
    result.webhookId = row->webhook.id;
    result.version = row->version;
    model->setChecks({{result.webhookId, result}});
    stage.settle();
}

void showDead(Stage &stage)
{
    stage.trigger(Command::ShowDeliveries);
    for (auto *chip : stage.window().findChildren<FilterChip *>()) {
        if (chip->text() == u"Dead"_s) {
            chip->click();
        }
    }
    stage.settle();
}

} // namespace

QList<Scene> scenes()
{
    return {
        {"webhooks-empty", Profile::Empty,
         [](Stage &stage) {
             stage.trigger(Command::ShowWebhooks);
         }},
        {"webhooks-full", Profile::Full,
         [](Stage &stage) {
             stage.trigger(Command::ShowWebhooks);
             selectFirst(stage, u"webhooksTableView"_s);
         }},
        {"webhooks-nothing-found", Profile::Full,
         [](Stage &stage) {
             search(stage, Command::ShowWebhooks);
         }},
        {"webhooks-checked", Profile::Full, markFirst},
        {"webhooks-muted", Profile::Full,
         [](Stage &stage) {
             stage.trigger(Command::ShowWebhooks);
             selectFirst(stage, u"webhooksTableView"_s);
             auto *model = stage.child<WebhooksModel>();
             model->setMutes({{.subject = {.kind = MuteSubject::Kind::Webhook, .id = model->at(0)->webhook.id},
                               .since = QDateTime::currentDateTimeUtc(),
                               .until = QDateTime::currentDateTimeUtc().addDays(2)}});
             stage.settle();
         }},
        {"webhooks-failed", Profile::Full,
         [](Stage &stage) {
             stage.trigger(Command::ShowWebhooks);
             stage.child<WebhooksPage>()->showInvocation(
                 failedInvocation(ErrorKind::Http, u"The target answered 401 Unauthorized."_s));
         }},
        {"deliveries-empty", Profile::Empty,
         [](Stage &stage) {
             stage.trigger(Command::ShowDeliveries);
         }},
        {"deliveries-full", Profile::Full,
         [](Stage &stage) {
             stage.trigger(Command::ShowDeliveries);
         }},
        {"deliveries-dead", Profile::Full, showDead},
        {"deliveries-one", Profile::Full,
         [](Stage &stage) {
             showDead(stage);
             selectFirst(stage, u"deliveriesTableView"_s);
             stage.trigger(Command::ViewInvocationData);
         }},
        {"deliveries-replay", Profile::Full,
         [](Stage &stage) {
             showDead(stage);
             stage.trigger(Command::ReplayByFilters);
         }},
        {"deliveries-nothing-found", Profile::Full,
         [](Stage &stage) {
             search(stage, Command::ShowDeliveries);
         }},
        {"integrations-empty", Profile::Empty,
         [](Stage &stage) {
             stage.trigger(Command::ShowIntegrations);
         }},
        {"integrations-full", Profile::Full,
         [](Stage &stage) {
             stage.trigger(Command::ShowIntegrations);
             selectFirst(stage, u"integrationsTableView"_s);
         }},
        {"receiver-stopped", Profile::Empty,
         [](Stage &stage) {
             stage.trigger(Command::ShowReceiver);
         }},
        {"receiver-running", Profile::Empty,
         [](Stage &stage) {
             static_cast<void>(stage.receiver().start());
             stage.trigger(Command::ShowReceiver);
         }},
        {"editor-new", Profile::Empty,
         [](Stage &stage) {
             edit(stage);
         }},
        {"editor-full", Profile::Full,
         [](Stage &stage) {
             openSections(edit(stage, everything()));
         }},
        {"editor-refused", Profile::Empty,
         [](Stage &stage) {
             edit(stage).save();
         }},
        {"editor-rules-refused", Profile::Empty,
         [](Stage &stage) {
             Webhook webhook = everything();
             webhook.retryDelays = {std::chrono::days(8)};
             webhook.concurrency = 0;
             webhook.ratePerMinute = 0;
             webhook.settle = std::chrono::hours(2);
             webhook.maximumAge = std::chrono::seconds(5);
             auto &editor = edit(stage, webhook);
             openSections(editor);
             editor.save();
         }},
        {"editor-preview", Profile::Full,
         [](Stage &stage) {
             edit(stage, everything()).findChild<SidePanel *>()->showPreview();
         }},
        {"editor-schema", Profile::Full,
         [](Stage &stage) {
             edit(stage, everything()).findChild<SidePanel *>()->showSchema();
         }},
        {"editor-tested", Profile::Full,
         [](Stage &stage) {
             edit(stage, everything()).findChild<SidePanel *>()->showInvocation(successfulInvocation());
         }},
        {"editor-failed", Profile::Full,
         [](Stage &stage) {
             edit(stage, everything())
                 .findChild<SidePanel *>()
                 ->showInvocation(failedInvocation(ErrorKind::Http, u"The target answered 401 Unauthorized."_s,
                                                   u"type.http_request.headers"_s));
         }},
        {"editor-checked", Profile::Full,
         [](Stage &stage) {
             edit(stage, everything()).findChild<SidePanel *>()->showCheck(checkResult());
         }},
        {"settings", Profile::Full,
         [](Stage &stage) {
             stage.trigger(Command::ShowSettings);
         }},
        {"go-to", Profile::Full,
         [](Stage &stage) {
             stage.trigger(Command::GoToAnything);
         }},
        {"help", Profile::Full,
         [](Stage &stage) {
             stage.trigger(Command::ShowHelp);
         }},
        {"send-event", Profile::Full,
         [](Stage &stage) {
             stage.trigger(Command::SendEvent);
         }},
    };
}

QWidget *shownWindow(Stage &stage)
{
    for (auto *dialog : stage.window().findChildren<QDialog *>()) {
        if (dialog->isVisible()) {
            return dialog;
        }
    }
    return &stage.window();
}

} // namespace Tocsin
