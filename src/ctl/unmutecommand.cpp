// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "mutetext.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// `webhook unmute` and `integration unmute`.
class UnmuteCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::UnmuteCommand)

public:
    explicit UnmuteCommand(MuteSubject::Kind kind)
        : m_kind(kind)
    {
    }

    QString name() const override { return isWebhook() ? u"webhook unmute"_s : u"integration unmute"_s; }
    QString summary() const override
    {
        return isWebhook() ? tr("end a webhook's mute") : tr("end an integration's mute");
    }
    QString arguments() const override { return isWebhook() ? u"NAME"_s : u"ID"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto named = findSubject(session, m_kind, arguments.positional.constFirst());
        if (!named) {
            return ExitStatus::WrongInput;
        }
        const auto unmuted = await<Result<bool>>([&](QObject *context, auto reply) {
            session.engine().outbox().unmute(named->subject, context, std::move(reply));
        });
        if (!unmuted) {
            session.complain(unmuted.error());
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            session.print(Json{{"id", toJson(named->subject.id)},
                               {"name", toJson(named->name)},
                               {"mute", nullptr},
                               {"was_muted", *unmuted}});
        } else {
            session.print((*unmuted ? tr("\"%1\" is not muted any more.") : tr("\"%1\" was not muted."))
                              .arg(onOneLine(named->name)));
        }
        return ExitStatus::Done;
    }

private:
    bool isWebhook() const { return m_kind == MuteSubject::Kind::Webhook; }

    MuteSubject::Kind m_kind;
};

} // namespace

std::unique_ptr<Command> makeWebhookUnmuteCommand()
{
    return std::make_unique<UnmuteCommand>(MuteSubject::Kind::Webhook);
}

std::unique_ptr<Command> makeIntegrationUnmuteCommand()
{
    return std::make_unique<UnmuteCommand>(MuteSubject::Kind::Integration);
}

} // namespace Tocsin
