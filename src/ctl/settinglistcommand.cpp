// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "session.h"
#include "texttable.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class SettingListCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SettingListCommand)

public:
    QString name() const override { return u"setting list"_s; }
    QString summary() const override { return tr("print the profile's settings, and what each does"); }

    ExitStatus run(Session &session, const Arguments &) override
    {
        if (!session.openProfile()) {
            return ExitStatus::WrongInput;
        }
        const Settings &settings = session.engine().settings();
        Json list = Json::array();
        QList<QStringList> rows{{tr("KEY"), tr("VALUE"), tr("WHAT IT DOES")}};
        const auto known = knownSettings();
        for (const Setting &setting : known) {
            list.push_back(Json{{"key", toJson(setting.key)},
                                {"value", setting.value(settings)},
                                {"default", setting.value(Settings())},
                                {"description", toJson(setting.description)}});
            rows.append({setting.key, onOneLine(setting.text(settings)), setting.description});
        }
        if (session.isJson()) {
            session.print(list);
        } else {
            session.print(textTable(rows));
        }
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeSettingListCommand()
{
    return std::make_unique<SettingListCommand>();
}

} // namespace Tocsin
