// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliveryfilter.h"
#include "deliverywords.h"
#include "moment.h"
#include "session.h"
#include "texttable.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int listedUnlessTold = 100;

class DeliveryListCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::DeliveryListCommand)

public:
    QString name() const override { return u"delivery list"_s; }
    QString summary() const override { return tr("print deliveries, the newest first"); }
    QList<CommandOption> options() const override
    {
        return deliveryFilterOptions()
            + QList<CommandOption>{{u"limit"_s, u"NUMBER"_s, tr("at most so many (else %1)").arg(listedUnlessTold)}};
    }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        bool isNumber = true;
        int left = arguments.has(u"limit"_s) ? arguments.value(u"limit"_s).toInt(&isNumber) : listedUnlessTold;
        if (!isNumber || left < 1) {
            session.complain(tr("tocsinctl: --limit takes a number from 1."));
            return ExitStatus::WrongInput;
        }
        const auto filter = readDeliveryFilter(session, arguments);
        if (!filter) {
            return ExitStatus::WrongInput;
        }
        QList<Delivery> deliveries;
        const bool isRead = forEachDelivery(session, *filter, [&](const Delivery &delivery) {
            deliveries.append(delivery);
            return --left > 0;
        });
        if (!isRead) {
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            Json list = Json::array();
            for (const Delivery &delivery : std::as_const(deliveries)) {
                list.push_back(toJson(delivery));
            }
            session.print(list);
        } else if (!deliveries.isEmpty()) {
            session.print(table(deliveries));
        }
        return ExitStatus::Done;
    }

private:
    static QString table(const QList<Delivery> &deliveries)
    {
        QList<QStringList> rows{{tr("ID"), tr("ACCEPTED"), tr("WEBHOOK"), tr("INTEGRATION"), tr("STATUS"), tr("STATE"),
                                 tr("ATTEMPTS"), tr("HTTP"), tr("LAST RESULT")}};
        for (const Delivery &delivery : deliveries) {
            rows.append({delivery.id, shownMoment(delivery.createdAt), onOneLine(delivery.webhookName),
                         onOneLine(delivery.integrationName), toString(delivery.status), toString(delivery.state),
                         QString::number(delivery.attempts),
                         delivery.lastHttpStatus == 0 ? u"-"_s : QString::number(delivery.lastHttpStatus),
                         onOneLine(whyInWords(delivery))});
        }
        return textTable(rows);
    }
};

} // namespace

std::unique_ptr<Command> makeDeliveryListCommand()
{
    return std::make_unique<DeliveryListCommand>();
}

} // namespace Tocsin
