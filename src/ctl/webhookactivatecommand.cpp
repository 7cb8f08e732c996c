// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// `webhook activate` and `webhook deactivate`.
class WebhookActivateCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookActivateCommand)

public:
    explicit WebhookActivateCommand(bool active)
        : m_active(active)
    {
    }

    QString name() const override { return m_active ? u"webhook activate"_s : u"webhook deactivate"_s; }
    QString summary() const override
    {
        return m_active ? tr("let events fire a webhook") : tr("keep events from firing a webhook");
    }
    QString arguments() const override { return u"NAME"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto stored = session.findWebhook(arguments.positional.constFirst());
        if (!stored) {
            return ExitStatus::WrongInput;
        }
        const Webhook &webhook = stored->webhook;
        const auto result = await<Result<void>>([&](QObject *context, auto reply) {
            session.engine().store().setActive(webhook.id, m_active, context, std::move(reply));
        });
        if (!result) {
            session.complain(result.error());
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            session.print(Json{{"id", toJson(webhook.id)}, {"name", toJson(webhook.name)}, {"active", m_active}});
        } else {
            session.print((m_active ? tr("Activated \"%1\".") : tr("Deactivated \"%1\".")).arg(webhook.name));
        }
        return ExitStatus::Done;
    }

private:
    bool m_active;
};

} // namespace

std::unique_ptr<Command> makeWebhookActivateCommand()
{
    return std::make_unique<WebhookActivateCommand>(true);
}

std::unique_ptr<Command> makeWebhookDeactivateCommand()
{
    return std::make_unique<WebhookActivateCommand>(false);
}

} // namespace Tocsin
