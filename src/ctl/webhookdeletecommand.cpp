// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class WebhookDeleteCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookDeleteCommand)

public:
    QString name() const override { return u"webhook delete"_s; }
    QString summary() const override { return tr("remove a webhook and its secrets at once"); }
    QString arguments() const override { return u"NAME"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto stored = session.findWebhook(arguments.positional.constFirst());
        if (!stored) {
            return ExitStatus::WrongInput;
        }
        EngineJob *job = session.engine().remove(stored->webhook.id);
        Problems warnings;
        QObject::connect(job, &EngineJob::finished, job, [job, &warnings] { warnings = job->problems(); });
        const auto result = awaitSignal(job, &EngineJob::finished);
        if (!result) {
            session.complain(result.error());
            return ExitStatus::WrongInput;
        }
        for (const Problem &warning : std::as_const(warnings)) {
            session.complain(tr("tocsinctl: warning: %1").arg(warning.message));
        }
        if (session.isJson()) {
            session.print(Json{{"id", toJson(result->id)}, {"name", toJson(result->name)}, {"deleted", true}});
        } else {
            session.print(tr("Deleted \"%1\".").arg(result->name));
        }
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeWebhookDeleteCommand()
{
    return std::make_unique<WebhookDeleteCommand>();
}

} // namespace Tocsin
