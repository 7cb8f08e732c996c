// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class WebhookSyncCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookSyncCommand)

public:
    QString name() const override { return u"webhook sync"_s; }
    QString summary() const override
    {
        return tr("let a webhook be told the current status of every integration that its filters match");
    }
    QString arguments() const override { return u"NAME"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto stored = session.findWebhook(arguments.positional.constFirst());
        if (!stored || !session.openOutbox()) {
            return ExitStatus::WrongInput;
        }
        const Webhook &webhook = stored->webhook;
        const auto ids = await<Result<QStringList>>([&](QObject *context, auto reply) {
            session.engine().outbox().sync(webhook.id, context, std::move(reply));
        });
        if (!ids) {
            session.complain(Error{.message = ids.error().message}); // it is about the call, not about a field
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            Json list = Json::array();
            for (const QString &id : *ids) {
                list.push_back(toJson(id));
            }
            session.print(Json{{"id", toJson(webhook.id)}, {"name", toJson(webhook.name)}, {"delivery_ids", list}});
        } else if (ids->isEmpty()) {
            session.print(
                tr("Nothing to send: the filters of \"%1\" match no integration's current status.").arg(webhook.name));
        } else {
            session.print(tr("To be delivered to \"%1\": %2 (by \"tocsinctl serve\", or a window that delivers).")
                              .arg(webhook.name)
                              .arg(ids->size()));
        }
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeWebhookSyncCommand()
{
    return std::make_unique<WebhookSyncCommand>();
}

} // namespace Tocsin
