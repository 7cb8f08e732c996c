// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "inputfile.h"
#include "session.h"
#include "webhookargument.h"

#include <QDir>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class WebhookImportCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookImportCommand)

public:
    QString name() const override { return u"webhook import"_s; }
    QString summary() const override
    {
        return tr("store one document or an array of them, all or none; literal secrets go into the keychain");
    }
    QString arguments() const override { return u"[FILE]"_s; }
    QList<CommandOption> options() const override
    {
        return {{u"replace"_s, {}, tr("take the place of webhooks with the same id or name")}};
    }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto input = readJson(session, arguments.positional.value(0, u"-"_s), RepeatedMembers::Refused);
        if (!input) {
            return ExitStatus::WrongInput;
        }
        Problems told;
        const auto webhooks = readDocuments(session, *input, told);
        if (!webhooks) {
            return ExitStatus::WrongInput;
        }
        QList<Webhook> saved;
        if (!webhooks->isEmpty()) {
            if (!session.openProfile()) {
                return ExitStatus::WrongInput;
            }
            EngineJob *job = session.engine().importWebhooks(
                *webhooks, arguments.has(u"replace"_s) ? ExistingWebhooks::Replace : ExistingWebhooks::Refuse);
            Problems problems;
            QObject::connect(job, &EngineJob::finished, job, [job, &problems, &saved] {
                problems = job->problems();
                saved = job->webhooks();
            });
            const auto result = awaitSignal(job, &EngineJob::finished);
            if (!result) {
                report(session, *input, result.error(), problems);
                return ExitStatus::WrongInput;
            }
            warn(session, *input, problems, told);
        }
        print(session, saved);
        return ExitStatus::Done;
    }

private:
    /// Without errors; every problem of every document is complained of, and added to `told`.
    static std::optional<QList<WebhookInput>> readDocuments(Session &session, const JsonInput &input, Problems &told)
    {
        QList<WebhookInput> webhooks;
        bool isFaulty = false;
        const auto read = [&](const Json &document, const QString &prefix) {
            const WebhookReading reading = readDocument(document, prefix);
            for (const Problem &problem : reading.problems) {
                session.complain(input.describe(problem));
            }
            told += reading.problems;
            isFaulty = isFaulty || hasErrors(reading.problems);
            webhooks.append({.webhook = reading.webhook, .secretHeaders = {}, .plainHeaders = {}});
        };
        if (!input.value.is_array()) {
            read(input.value, {});
        } else {
            for (std::size_t i = 0; i < input.value.size(); ++i) {
                read(input.value[i], u"[%1]."_s.arg(i));
            }
        }
        return isFaulty ? std::nullopt : std::optional(webhooks);
    }

    static void report(Session &session, const JsonInput &input, const Error &error, Problems problems)
    {
        problems.removeIf([](const Problem &problem) { return problem.severity == Severity::Warning; });
        if (problems.isEmpty() && QDir::isAbsolutePath(error.where)) {
            session.complain(error); // of the profile, not of the document
            return;
        }
        if (problems.isEmpty() && error.where.isEmpty()) {
            session.complain({.message = error.message, .where = input.name, .position = {}});
            return;
        }
        if (problems.isEmpty()) {
            problems = {{.severity = Severity::Error, .field = error.where, .message = error.message, .position = {}}};
        }
        for (const Problem &problem : std::as_const(problems)) {
            session.complain(input.describe(placed(input, problem)));
        }
    }

    /// A job gives a sole webhook no place in a list.
    static Problem placed(const JsonInput &input, Problem problem)
    {
        if (input.value.is_array() && input.value.size() == 1) {
            problem.field.prepend("[0]."_L1);
        }
        return problem;
    }

    /// What only the import could know.
    static void warn(Session &session, const JsonInput &input, const Problems &problems, const Problems &told)
    {
        for (const Problem &problem : problems) {
            if (const Problem inList = placed(input, problem); !told.contains(inList)) {
                session.complain(input.describe(inList));
            }
        }
    }

    static void print(Session &session, const QList<Webhook> &saved)
    {
        if (session.isJson()) {
            Json list = Json::array();
            for (const Webhook &webhook : saved) {
                list.push_back(Json{{"id", toJson(webhook.id)}, {"name", toJson(webhook.name)}});
            }
            session.print(list);
            return;
        }
        for (const Webhook &webhook : saved) {
            session.print(tr("Imported \"%1\".").arg(webhook.name));
        }
    }
};

} // namespace

std::unique_ptr<Command> makeWebhookImportCommand()
{
    return std::make_unique<WebhookImportCommand>();
}

} // namespace Tocsin
