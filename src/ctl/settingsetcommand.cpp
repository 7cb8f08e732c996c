// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class SettingSetCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SettingSetCommand)

public:
    QString name() const override { return u"setting set"_s; }
    QString summary() const override { return tr("change a setting, for every program that works on the profile"); }
    QString arguments() const override { return u"KEY VALUE"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto setting = findSetting(arguments.positional.at(0));
        const QString &text = arguments.positional.at(1);
        Settings wanted;
        const auto understood = setting ? setting->read(text, wanted) : setting.error();
        if (!understood) {
            session.complain(understood.error()); // and no profile is made
            return ExitStatus::WrongInput;
        }
        if (!session.openProfile()) {
            return ExitStatus::WrongInput;
        }
        const auto stored = await<Result<void>>([&](QObject *context, auto reply) {
            session.engine().setSetting(setting->key, text, context, std::move(reply));
        });
        if (!stored) {
            session.complain(stored.error());
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            session.print(Json{{"key", toJson(setting->key)}, {"value", setting->value(wanted)}});
        } else {
            session.print(tr("%1 is %2 now.").arg(setting->key, setting->text(wanted)));
        }
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeSettingSetCommand()
{
    return std::make_unique<SettingSetCommand>();
}

} // namespace Tocsin
