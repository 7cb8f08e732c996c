// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "secretlifting.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class SecretListCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SecretListCommand)

public:
    QString name() const override { return u"secret list"_s; }
    QString summary() const override { return tr("print the names of the secrets, and which webhooks refer to them"); }

    ExitStatus run(Session &session, const Arguments &) override
    {
        const auto webhooks = session.allWebhooks();
        if (!webhooks) {
            return ExitStatus::WrongInput;
        }
        const auto known = await<Result<QStringList>>(
            [&](QObject *context, auto reply) { session.engine().store().secretKeys(context, std::move(reply)); });
        if (!known) {
            session.complain(known.error());
            return ExitStatus::WrongInput;
        }
        QStringList keys = *known;
        if (session.engine().secrets().isReadOnly()) {
            keys = readable(session.engine().secrets(), *webhooks);
        }
        keys.sort();
        Json list = Json::array();
        for (const QString &key : std::as_const(keys)) {
            QStringList users;
            for (const StoredWebhook &stored : *webhooks) {
                if (referencedKeys(stored.webhook).contains(key)) {
                    users.append(stored.webhook.name);
                }
            }
            if (session.isJson()) {
                Json names = Json::array();
                for (const QString &user : std::as_const(users)) {
                    names.push_back(toJson(user));
                }
                list.push_back(Json{{"key", toJson(key)}, {"webhooks", std::move(names)}});
            } else {
                session.print(users.isEmpty() ? key : u"%1  (%2)"_s.arg(key, users.join(", "_L1)));
            }
        }
        if (session.isJson()) {
            session.print(list);
        }
        return ExitStatus::Done;
    }

private:
    /// A credentials folder keeps no list of keys (a `/` is a `.` there): those that a webhook refers to and that are
    /// there.
    static QStringList readable(SecretStore &secrets, const QList<StoredWebhook> &webhooks)
    {
        QStringList keys;
        for (const StoredWebhook &stored : webhooks) {
            keys += referencedKeys(stored.webhook);
        }
        keys.removeDuplicates();
        keys.removeIf(
            [&secrets](const QString &key) { return !awaitSignal(secrets.read(key), &SecretJob::finished).isOk(); });
        return keys;
    }
};

} // namespace

std::unique_ptr<Command> makeSecretListCommand()
{
    return std::make_unique<SecretListCommand>();
}

} // namespace Tocsin
