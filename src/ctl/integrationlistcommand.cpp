// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "moment.h"
#include "mutetext.h"
#include "session.h"
#include "texttable.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class IntegrationListCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::IntegrationListCommand)

public:
    QString name() const override { return u"integration list"_s; }
    QString summary() const override { return tr("print what is watched: status, since when, and whether muted"); }

    ExitStatus run(Session &session, const Arguments &) override
    {
        if (!session.openOutbox()) {
            return ExitStatus::WrongInput;
        }
        const auto integrations = await<Result<QList<IntegrationState>>>(
            [&](QObject *context, auto reply) { session.engine().outbox().integrations(context, std::move(reply)); });
        if (!integrations) {
            session.complain(integrations.error());
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            Json list = Json::array();
            for (const IntegrationState &integration : *integrations) {
                list.push_back(document(integration));
            }
            session.print(list);
        } else if (!integrations->isEmpty()) {
            session.print(table(*integrations));
        }
        return ExitStatus::Done;
    }

private:
    static Json moment(const std::optional<QDateTime> &time)
    {
        return time ? toJson(time->toUTC().toString(Qt::ISODateWithMs)) : Json();
    }

    static Json document(const IntegrationState &integration)
    {
        return Json{
            {"id", toJson(integration.id)},
            {"name", toJson(integration.name)},
            {"type", toJson(integration.type)},
            {"status", integration.status ? toJson(toString(*integration.status)) : Json()},
            {"since", moment(integration.since)},
            {"last_event_at", moment(integration.lastEventAt)},
            {"issues", integration.issues},
            {"mute", muteDocument(integration.mute)},
        };
    }

    static QString table(const QList<IntegrationState> &integrations)
    {
        QList<QStringList> rows{{tr("ID"), tr("NAME"), tr("TYPE"), tr("STATUS"), tr("SINCE"), tr("MUTE")}};
        for (const IntegrationState &integration : integrations) {
            rows.append({onOneLine(integration.id), onOneLine(integration.name), onOneLine(integration.type),
                         integration.status ? toString(*integration.status) : u"-"_s,
                         integration.since ? shownMoment(*integration.since) : u"-"_s,
                         integration.mute ? muteInWords(*integration.mute) : u"-"_s});
        }
        return textTable(rows);
    }
};

} // namespace

std::unique_ptr<Command> makeIntegrationListCommand()
{
    return std::make_unique<IntegrationListCommand>();
}

} // namespace Tocsin
