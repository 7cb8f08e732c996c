// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "secrettext.h"
#include "secretvalue.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class SecretSetCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SecretSetCommand)

public:
    QString name() const override { return u"secret set"_s; }
    QString summary() const override { return tr("store the value on standard input in the keychain"); }
    QString arguments() const override { return u"KEY"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const QString &key = arguments.positional.constFirst();
        if (!isSecretKey(key)) {
            session.complain(
                tr("tocsinctl: A secret's key is 1 to 128 letters, digits, dots, underscores, hyphens and slashes."));
            return ExitStatus::WrongInput;
        }
        const auto value = readSecretValue(tr("Value of %1: ").arg(key));
        if (!value) {
            session.complain(value.error());
            return ExitStatus::WrongInput;
        }
        if (!session.openProfile()) {
            return ExitStatus::WrongInput;
        }
        // The name first: a value whose name is not known could never be listed or removed.
        Store &store = session.engine().store();
        const auto known = await<Result<QStringList>>(
            [&](QObject *context, auto reply) { store.secretKeys(context, std::move(reply)); });
        const auto remembered = await<Result<void>>(
            [&](QObject *context, auto reply) { store.rememberSecretKey(key, context, std::move(reply)); });
        if (!remembered) {
            session.complain(remembered.error());
            return ExitStatus::WrongInput;
        }
        const auto outcome = awaitSignal(session.engine().secrets().write(key, *value), &SecretJob::finished);
        if (!outcome.isOk()) {
            if (known && !known->contains(key)) {
                static_cast<void>(await<Result<void>>(
                    [&](QObject *context, auto reply) { store.forgetSecretKey(key, context, std::move(reply)); }));
            }
            session.complain({.message = outcome.error->message, .where = key, .position = {}});
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            session.print(Json{{"key", toJson(key)}, {"stored", true}});
        } else {
            session.print(tr("Stored %1.").arg(key));
        }
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeSecretSetCommand()
{
    return std::make_unique<SecretSetCommand>();
}

} // namespace Tocsin
