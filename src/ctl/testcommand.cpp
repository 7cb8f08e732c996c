// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "invocationreport.h"
#include "secretlifting.h"
#include "session.h"
#include "stopsignal.h"
#include "webhookargument.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Whether the invocation says more about the input than about the target.
bool isInputsFault(const Invocation &invocation)
{
    if (!invocation.error) {
        return false;
    }
    switch (invocation.error->kind) {
    case ErrorKind::Template:
    case ErrorKind::Secret:
        return true;
    case ErrorKind::TooLarge:
        return invocation.sent == 0; // the body that was rendered, not the response
    default:
        return false;
    }
}

class TestCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::TestCommand)

public:
    QString name() const override { return u"test"_s; }
    QString summary() const override { return tr("send once, and print what went out and what came back"); }
    QList<CommandOption> options() const override { return {webhookOption(), eventOption()}; }
    QStringList requiredOptions() const override { return {u"webhook"_s}; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const QString source = arguments.value(u"webhook"_s);
        const auto webhook = readWebhook(session, source);
        const auto event = readEvent(session, arguments.value(u"event"_s));
        if (!webhook || !event) {
            return ExitStatus::WrongInput;
        }
        // A document without secrets is tested without a profile; but where there is one, by its settings.
        const bool needsProfile = !referencedKeys(*webhook).isEmpty();
        if ((needsProfile || Store::isIn(session.engine().profile())) && !session.openProfile() && needsProfile) {
            return ExitStatus::WrongInput;
        }
        StopSignal stop;
        InvocationJob *job =
            session.engine().test({.webhook = *webhook, .secretHeaders = {}, .plainHeaders = {}}, *event);
        QObject::connect(&stop, &StopSignal::raised, job, &InvocationJob::cancel);
        const Invocation invocation = awaitSignal(job, &InvocationJob::finished);
        if (session.isJson()) {
            session.print(toJson(invocation));
        } else {
            session.print(invocationReport(invocation));
        }
        if (invocation.verdict == Verdict::Successful) {
            return ExitStatus::Done;
        }
        if (!isInputsFault(invocation)) {
            return ExitStatus::Failed;
        }
        QString where = source;
        if (!invocation.error->field.isEmpty()) {
            where += ": "_L1 + invocation.error->field;
        }
        session.complain({.message = invocation.error->message, .where = where, .position = {}});
        return ExitStatus::WrongInput;
    }
};

} // namespace

std::unique_ptr<Command> makeTestCommand()
{
    return std::make_unique<TestCommand>();
}

} // namespace Tocsin
