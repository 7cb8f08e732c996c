// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "deliverywords.h"
#include "invocationreport.h"
#include "outbox.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class DeliveryShowCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::DeliveryShowCommand)

public:
    QString name() const override { return u"delivery show"_s; }
    QString summary() const override { return tr("print a delivery with its event and each of its attempts"); }
    QString arguments() const override { return u"ID"_s; }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        if (!session.openOutbox()) {
            return ExitStatus::WrongInput;
        }
        const QString id = arguments.positional.constFirst();
        const auto details = await<Result<std::optional<DeliveryDetails>>>(
            [&](QObject *context, auto reply) { session.engine().outbox().delivery(id, context, std::move(reply)); });
        if (!details) {
            session.complain(details.error());
            return ExitStatus::WrongInput;
        }
        if (!*details) {
            session.complain(tr("tocsinctl: There is no delivery with the id \"%1\".").arg(id));
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            session.print(document(**details));
        } else {
            session.print(report(**details));
        }
        return ExitStatus::Done;
    }

private:
    static Json document(const DeliveryDetails &details)
    {
        Json object = toJson(details.delivery);
        object["event"] = details.event;
        object["invocations"] = Json::array();
        for (const Invocation &attempt : details.attempts) {
            object["invocations"].push_back(toJson(attempt));
        }
        return object;
    }

    static QString eventInWords(const Delivery &delivery)
    {
        return delivery.eventOwnId.isEmpty()
            ? delivery.eventId
            : tr("%1, by its own id %2,").arg(delivery.eventId, onOneLine(delivery.eventOwnId));
    }

    static QString report(const DeliveryDetails &details)
    {
        const Delivery &delivery = details.delivery;
        QString text = tr("Delivery %1 (%2) of %3 to %4: %5")
                           .arg(delivery.id, delivery.messageId, eventInWords(delivery),
                                onOneLine(delivery.webhookName), toString(delivery.state))
            + u'\n';
        if (const QString why = whyInWords(delivery); !why.isEmpty()) {
            text += onOneLine(why) + u'\n';
        }
        text += u'\n' + forTerminal(QString::fromStdString(writeJson(details.event, JsonFormat::Indented))) + u'\n';
        int number = 0;
        for (const Invocation &attempt : details.attempts) {
            text += u'\n'
                + tr("Attempt %1, %2")
                      .arg(QString::number(++number),
                           attempt.startedAt.toLocalTime().toString("yyyy-MM-dd HH:mm:ss.zzz"_L1))
                + "\n\n"_L1 + invocationReport(attempt, u"Attempt"_s);
        }
        return text;
    }
};

} // namespace

std::unique_ptr<Command> makeDeliveryShowCommand()
{
    return std::make_unique<DeliveryShowCommand>();
}

} // namespace Tocsin
