// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class SettingGetCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SettingGetCommand)

public:
    QString name() const override { return u"setting get"_s; }
    QString summary() const override { return tr("print a setting's value"); }
    QString arguments() const override { return u"KEY"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto setting = findSetting(arguments.positional.constFirst());
        if (!setting) {
            session.complain(setting.error());
            return ExitStatus::WrongInput;
        }
        if (!session.openProfile()) {
            return ExitStatus::WrongInput;
        }
        const Settings &settings = session.engine().settings();
        if (session.isJson()) {
            session.print(setting->value(settings));
        } else {
            session.print(setting->text(settings));
        }
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeSettingGetCommand()
{
    return std::make_unique<SettingGetCommand>();
}

} // namespace Tocsin
