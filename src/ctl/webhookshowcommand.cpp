// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "mutetext.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class WebhookShowCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookShowCommand)

public:
    QString name() const override { return u"webhook show"_s; }
    QString summary() const override { return tr("print a stored webhook's document"); }
    QString arguments() const override { return u"NAME"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto stored = session.findWebhook(arguments.positional.constFirst());
        const auto mutes = stored ? readMutes(session) : std::nullopt;
        if (!mutes) {
            return ExitStatus::WrongInput;
        }
        session.print(toJson(stored->webhook));
        if (const auto mute = findMute(*mutes, {.kind = MuteSubject::Kind::Webhook, .id = stored->webhook.id})) {
            // Beside the document, which is to be imported as it is.
            session.complain(tr("tocsinctl: \"%1\" is %2.").arg(stored->webhook.name, muteInWords(*mute)));
        }
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeWebhookShowCommand()
{
    return std::make_unique<WebhookShowCommand>();
}

} // namespace Tocsin
