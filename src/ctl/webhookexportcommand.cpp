// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class WebhookExportCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookExportCommand)

public:
    QString name() const override { return u"webhook export"_s; }
    QString summary() const override { return tr("print one document, or an array of all, as import takes them"); }
    QString arguments() const override { return u"[NAME]"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        if (!arguments.positional.isEmpty()) {
            const auto stored = session.findWebhook(arguments.positional.constFirst());
            if (!stored) {
                return ExitStatus::WrongInput;
            }
            session.print(toJson(stored->webhook));
            return ExitStatus::Done;
        }
        const auto webhooks = session.allWebhooks();
        if (!webhooks) {
            return ExitStatus::WrongInput;
        }
        Json documents = Json::array();
        for (const StoredWebhook &stored : *webhooks) {
            documents.push_back(toJson(stored.webhook));
        }
        session.print(documents);
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeWebhookExportCommand()
{
    return std::make_unique<WebhookExportCommand>();
}

} // namespace Tocsin
