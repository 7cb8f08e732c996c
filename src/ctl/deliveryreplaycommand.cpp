// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "deliveryfilter.h"
#include "session.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class DeliveryReplayCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::DeliveryReplayCommand)

public:
    QString name() const override { return u"delivery replay"_s; }
    QString summary() const override
    {
        return tr("deliver again: the ones with these ids, or what the options choose (of the dead, unless they say)");
    }
    QString arguments() const override { return u"[ID]…"_s; }
    QList<CommandOption> options() const override { return deliveryFilterOptions(); }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto filters = deliveryFilterOptions();
        const bool isFiltered = std::any_of(filters.begin(), filters.end(), [&arguments](const CommandOption &option) {
            return arguments.has(option.name);
        });
        if (isFiltered == !arguments.positional.isEmpty()) {
            session.complain(tr("tocsinctl: delivery replay takes ids, or options that choose deliveries."));
            return ExitStatus::WrongInput;
        }
        const auto ids = isFiltered ? chosenIds(session, arguments) : namedIds(session, arguments.positional);
        if (!ids) {
            return ExitStatus::WrongInput;
        }
        const auto replayed = replay(session, *ids);
        if (!replayed) {
            session.complain(replayed.error());
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            session.print(Json{{"replayed", *replayed}});
        } else {
            session.print(tr("To be delivered again: %1").arg(*replayed));
        }
        return ExitStatus::Done;
    }

private:
    /// In steps, so that others may write in between.
    static Result<int> replay(Session &session, const QStringList &ids)
    {
        constexpr qsizetype atOnce = 500;
        int count = 0;
        for (qsizetype begin = 0; begin < ids.size(); begin += atOnce) {
            const auto replayed = await<Result<int>>([&](QObject *context, auto reply) {
                session.engine().outbox().replay(ids.mid(begin, atOnce), context, std::move(reply));
            });
            if (!replayed) {
                return replayed.error();
            }
            count += *replayed;
        }
        return count;
    }

    static std::optional<QStringList> chosenIds(Session &session, const Arguments &arguments)
    {
        auto filter = readDeliveryFilter(session, arguments);
        if (!filter) {
            return std::nullopt;
        }
        if (filter->states.isEmpty()) {
            filter->states = {DeliveryState::Dead};
        }
        const auto webhooks = session.allWebhooks();
        if (!webhooks) {
            return std::nullopt;
        }
        QSet<QString> present;
        for (const StoredWebhook &stored : *webhooks) {
            present.insert(stored.webhook.id);
        }
        QStringList ids;
        int orphans = 0;
        const bool isRead = forEachDelivery(session, *filter, [&](const Delivery &delivery) {
            if (present.contains(delivery.webhookId)) {
                ids.prepend(delivery.id); // oldest first, so that they keep their order
            } else {
                ++orphans;
            }
            return true;
        });
        if (orphans > 0) {
            session.complain(tr("tocsinctl: Left out, since their webhooks were removed: %1.").arg(orphans));
        }
        return isRead ? std::optional(ids) : std::nullopt;
    }

    static std::optional<QStringList> namedIds(Session &session, const QStringList &names)
    {
        if (!session.openOutbox()) {
            return std::nullopt;
        }
        QStringList ids;
        for (const QString &name : names) {
            const auto found = await<Result<std::optional<DeliveryDetails>>>([&](QObject *context, auto reply) {
                session.engine().outbox().delivery(name, context, std::move(reply));
            });
            if (!found) {
                session.complain(found.error());
                return std::nullopt;
            }
            if (!*found) {
                session.complain(tr("tocsinctl: There is no delivery with the id \"%1\".").arg(name));
                return std::nullopt;
            }
            ids.append((*found)->delivery.id);
        }
        return ids;
    }
};

} // namespace

std::unique_ptr<Command> makeDeliveryReplayCommand()
{
    return std::make_unique<DeliveryReplayCommand>();
}

} // namespace Tocsin
