// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"
#include "command.h"
#include "invocation.h"
#include "session.h"
#include "webhookargument.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Asks no keychain: a secret is the mark of a redacted one.
class RenderCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::RenderCommand)

public:
    QString name() const override { return u"render"_s; }
    QString summary() const override { return tr("print the rendered body, with secrets as dots"); }
    QList<CommandOption> options() const override { return {webhookOption(), eventOption()}; }
    QStringList requiredOptions() const override { return {u"webhook"_s}; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto webhook = readWebhook(session, arguments.value(u"webhook"_s));
        const auto event = readEvent(session, arguments.value(u"event"_s));
        if (!webhook || !event) {
            return ExitStatus::WrongInput;
        }
        const auto compiled = BodyTemplate::compile(webhook->bodyTemplate.toStdString());
        const auto body = compiled.bodyTemplate->render(
            *event, [](const QString &) { return std::optional(redactionMark.toString()); },
            sampleContext(webhook->name));
        if (!body) {
            session.complain({.message = body.error().message,
                              .where = arguments.value(u"webhook"_s) + ": body_template"_L1,
                              .position = {}});
            return ExitStatus::WrongInput;
        }
        if (!session.isJson()) {
            session.print(QByteArray::fromStdString(*body));
        } else if (const auto value = parseJson(*body)) {
            session.print(*value, JsonFormat::Compact);
        }
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeRenderCommand()
{
    return std::make_unique<RenderCommand>();
}

} // namespace Tocsin
