// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhookargument.h"

#include "blankfields.h"
#include "bodytemplate.h"
#include "integrationevent.h"
#include "payloadschema.h"
#include "readablesecrets.h"
#include "session.h"
#include "shownname.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct WebhookArgument
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookArgument)
};

/// A stored webhook has no file to point into: `name: field:line:column: message`.
QString describeStored(const QString &name, const Problem &problem)
{
    QString field = shownPath(problem.field);
    if (problem.position.isValid()) {
        field += u":%1:%2"_s.arg(problem.position.line).arg(problem.position.column);
    }
    if (problem.severity == Severity::Warning) {
        return WebhookArgument::tr("%1: warning: %2: %3").arg(name, field, problem.message);
    }
    return u"%1: %2: %3"_s.arg(name, field, problem.message);
}

} // namespace

CommandOption webhookOption()
{
    return {u"webhook"_s, u"FILE|NAME"_s, WebhookArgument::tr("the webhook: a document, or a stored one's name")};
}

CommandOption eventOption()
{
    return {u"event"_s, u"FILE"_s, WebhookArgument::tr("the event (else one made from the payload schema's samples)")};
}

WebhookReading readDocument(const Json &document, const QString &prefix)
{
    WebhookReading reading = webhookFromJson(document);
    const bool isComplete = !hasErrors(reading.problems);
    const auto checked = checkWebhook(reading.webhook);
    for (const Problem &problem : checked) {
        // What could not be read is not complained of a second time as missing.
        const bool counts =
            isComplete || (problem.field == "body_template"_L1 && !reading.webhook.bodyTemplate.isEmpty());
        if (counts && !reading.problems.contains(problem)) {
            reading.problems.append(problem);
        }
    }
    reading.problems = inFormOrder(reading.problems);
    for (Problem &problem : reading.problems) {
        problem.field.prepend(prefix);
    }
    return reading;
}

std::optional<Webhook> readWebhook(Session &session, const QString &argument)
{
    if (!isFileName(argument)) {
        const auto stored = session.findWebhook(argument, Session::MayBeFile::Yes);
        if (!stored) {
            return std::nullopt;
        }
        const auto problems = checkWebhook(stored->webhook) + blankFields(stored->webhook)
            + readableSecrets(stored->webhook, session.engine().keptAsText(stored->webhook.id));
        for (const Problem &problem : problems) {
            session.complain(describeStored(argument, problem));
        }
        return hasErrors(problems) ? std::nullopt : std::optional(stored->webhook);
    }
    const auto input = readJson(session, argument, RepeatedMembers::Refused);
    if (!input) {
        return std::nullopt;
    }
    WebhookReading reading = readDocument(input->value);
    reading.problems += blankFields(reading.webhook)
        + readableSecrets(reading.webhook, session.engine().keptAsText(reading.webhook.id));
    for (const Problem &problem : reading.problems) {
        session.complain(input->describe(problem));
    }
    return hasErrors(reading.problems) ? std::nullopt : std::optional(reading.webhook);
}

std::optional<Json> readEvent(Session &session, const QString &path)
{
    if (path.isEmpty()) {
        return PayloadSchema::instance().mockEvent();
    }
    auto input = readJson(session, path, RepeatedMembers::Refused);
    if (!input) {
        return std::nullopt;
    }
    const auto event = integrationEventFromJson(input->value);
    if (!event) {
        session.complain(input->describe({.severity = Severity::Error,
                                          .field = event.error().where,
                                          .message = event.error().message,
                                          .position = {}}));
        return std::nullopt;
    }
    return std::move(input->value);
}

} // namespace Tocsin
