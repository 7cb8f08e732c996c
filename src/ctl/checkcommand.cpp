// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "checklines.h"
#include "checkround.h"
#include "command.h"
#include "nearestword.h"
#include "session.h"
#include "shownname.h"
#include "stopsignal.h"

#include <algorithm>
#include <iterator>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class CheckCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::CheckCommand)

public:
    QString name() const override { return u"check"_s; }
    QString summary() const override
    {
        return tr("look at everything but the request: template, secrets, name, TLS, days left, token");
    }
    QString arguments() const override { return u"[NAME]…"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto stored = session.allWebhooks();
        const auto inputs = stored ? chosen(session, *stored, arguments.positional) : std::nullopt;
        if (!inputs) {
            return ExitStatus::WrongInput;
        }
        if (inputs->isEmpty()) {
            session.complain(tr("tocsinctl: There is no active webhook to check."));
        }
        Json all = Json::array();
        CheckLines lines(*inputs);
        bool isSound = true;
        CheckRound round(session.engine(), *inputs);
        QObject::connect(&round, &CheckRound::checked, &round, [&](const WebhookCheckResult &result) {
            isSound = isSound && result.state() != CheckState::Failed;
            if (!session.isJson()) {
                session.print(lines.text(result));
                return;
            }
            const auto objects = toJson(result);
            std::copy(objects.begin(), objects.end(), std::back_inserter(all));
        });
        StopSignal stop;
        QObject::connect(&stop, &StopSignal::raised, &round, &CheckRound::cancel);
        round.start();
        const bool isWhole = awaitSignal(&round, &CheckRound::finished);
        if (session.isJson()) {
            session.print(all);
        }
        if (!isWhole) {
            session.complain(tr("tocsinctl: The check was stopped before its end."));
        }
        return isSound && isWhole ? ExitStatus::Done : ExitStatus::Failed;
    }

private:
    static WebhookInput inputOf(const StoredWebhook &stored)
    {
        return {.webhook = stored.webhook, .secretHeaders = {}, .plainHeaders = {}};
    }

    /// Each once, in the order in which they are named; those without a name that are active.
    static std::optional<QList<WebhookInput>> chosen(Session &session, const QList<StoredWebhook> &stored,
                                                     const QStringList &names)
    {
        QList<WebhookInput> inputs;
        if (names.isEmpty()) {
            for (const auto &one : stored) {
                if (one.webhook.active) {
                    inputs.append(inputOf(one));
                }
            }
            return inputs;
        }
        bool isKnown = true;
        for (const auto &name : names) {
            const auto found = std::find_if(stored.begin(), stored.end(), [&name](const StoredWebhook &one) {
                return one.webhook.id == name || one.webhook.name.compare(name, Qt::CaseInsensitive) == 0;
            });
            if (found == stored.end()) {
                session.complain(unknown(name, stored));
                isKnown = false;
                continue;
            }
            const bool isTwice = std::any_of(inputs.begin(), inputs.end(), [&found](const WebhookInput &input) {
                return input.webhook.id == found->webhook.id;
            });
            if (!isTwice) {
                inputs.append(inputOf(*found));
            }
        }
        return isKnown ? std::optional(inputs) : std::nullopt;
    }

    static QString unknown(const QString &name, const QList<StoredWebhook> &stored)
    {
        QStringList known;
        for (const auto &one : stored) {
            known.append(one.webhook.name);
        }
        const auto nearest = nearestWord(name, known);
        return nearest.isEmpty()
            ? tr("tocsinctl: There is no webhook named \"%1\".").arg(shownName(name))
            : tr("tocsinctl: There is no webhook named \"%1\"; the nearest is \"%2\".").arg(shownName(name), nearest);
    }
};

} // namespace

std::unique_ptr<Command> makeCheckCommand()
{
    return std::make_unique<CheckCommand>();
}

} // namespace Tocsin
