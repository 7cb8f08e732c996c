// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "secretlifting.h"
#include "secrettext.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class SecretDeleteCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SecretDeleteCommand)

public:
    QString name() const override { return u"secret delete"_s; }
    QString summary() const override { return tr("remove a secret from the keychain"); }
    QString arguments() const override { return u"KEY"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const QString &key = arguments.positional.constFirst();
        const auto webhooks = session.allWebhooks();
        if (!webhooks) {
            return ExitStatus::WrongInput;
        }
        Store &store = session.engine().store();
        SecretStore &secrets = session.engine().secrets();
        const auto known = await<Result<QStringList>>(
            [&](QObject *context, auto reply) { store.secretKeys(context, std::move(reply)); });
        if (!isSecretKey(key)) {
            session.complain(tr("tocsinctl: There is no secret named %1.").arg(key));
            return ExitStatus::WrongInput;
        }
        if (known && !known->contains(key)) {
            const auto found = awaitSignal(secrets.read(key), &SecretJob::finished);
            if (!found.isOk()) {
                const bool isMissing = found.error->kind == SecretError::Kind::NotFound;
                session.complain(isMissing ? tr("tocsinctl: There is no secret named %1.").arg(key)
                                           : u"%1: %2"_s.arg(key, found.error->message));
                return ExitStatus::WrongInput;
            }
        }
        const auto outcome = awaitSignal(secrets.remove(key), &SecretJob::finished);
        if (!outcome.isOk()) {
            session.complain({.message = outcome.error->message, .where = key, .position = {}});
            return ExitStatus::WrongInput;
        }
        const auto forgotten = await<Result<void>>(
            [&](QObject *context, auto reply) { store.forgetSecretKey(key, context, std::move(reply)); });
        if (!forgotten) {
            session.complain(forgotten.error());
            return ExitStatus::WrongInput;
        }
        for (const StoredWebhook &stored : *webhooks) {
            if (referencedKeys(stored.webhook).contains(key)) {
                session.complain(
                    tr("tocsinctl: warning: The webhook \"%1\" still refers to %2.").arg(stored.webhook.name, key));
            }
        }
        if (session.isJson()) {
            session.print(Json{{"key", toJson(key)}, {"deleted", true}});
        } else {
            session.print(tr("Deleted %1.").arg(key));
        }
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeSecretDeleteCommand()
{
    return std::make_unique<SecretDeleteCommand>();
}

} // namespace Tocsin
