// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "deliverer.h"
#include "service.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int longestLease = 10; // seconds
constexpr int daysKept = 30;

class ServeCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ServeCommand)

public:
    QString name() const override { return u"serve"_s; }
    QString summary() const override { return tr("deliver, until stopped"); }
    QList<CommandOption> options() const override
    {
        return {
            {u"lease"_s, u"SECONDS"_s,
             tr("how long deliveries wait that a killed process was sending (1 to %1, else %1)").arg(longestLease)},
            {u"keep"_s, u"DAYS"_s,
             tr("how long finished deliveries can be looked at and replayed (else %1)").arg(daysKept)},
        };
    }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto lease = number(session, arguments, u"lease"_s, longestLease, longestLease);
        const auto keep = number(session, arguments, u"keep"_s, daysKept, 36'500);
        if (!lease || !keep || !session.openOutbox()) {
            return ExitStatus::WrongInput;
        }
        DelivererOptions options;
        options.lease = std::chrono::seconds(*lease);
        Service service(session, options, std::chrono::hours(24) * *keep);
        return service.run();
    }

private:
    static std::optional<int> number(Session &session, const Arguments &arguments, const QString &option,
                                     int unlessTold, int largest)
    {
        if (!arguments.has(option)) {
            return unlessTold;
        }
        bool isNumber = false;
        const int value = arguments.value(option).toInt(&isNumber);
        if (!isNumber || value < 1 || value > largest) {
            session.complain(tr("tocsinctl: --%1 takes a number from 1 to %2.").arg(option, QString::number(largest)));
            return std::nullopt;
        }
        return value;
    }
};

} // namespace

std::unique_ptr<Command> makeServeCommand()
{
    return std::make_unique<ServeCommand>();
}

} // namespace Tocsin
