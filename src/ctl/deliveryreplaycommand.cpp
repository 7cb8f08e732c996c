// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "deliveryfilter.h"
#include "replayjob.h"
#include "session.h"
#include "stopsignal.h"
#include "terminal.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype namedWebhooks = 5; // in the question

int forPlural(qint64 count)
{
    return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

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
    QList<CommandOption> options() const override
    {
        return deliveryFilterOptions()
            + QList<CommandOption>{{u"yes"_s, {}, tr("do not ask before what the options choose is replayed")}};
    }

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
        return isFiltered ? replayChosen(session, arguments) : replayNamed(session, arguments.positional);
    }

private:
    struct Counts
    {
        qint64 matched = 0;
        qint64 replayed = 0;
        qint64 leftOut = 0;
        bool isStopped = false;
    };

    static ExitStatus replayChosen(Session &session, const Arguments &arguments)
    {
        const bool isAsked = !arguments.has(u"yes"_s);
        if (isAsked && !inputComesFromATerminal()) {
            session.complain(tr("tocsinctl: Nobody can be asked here whether these are to be replayed: say --yes, or "
                                "look at them first with delivery list."));
            return ExitStatus::WrongInput;
        }
        auto filter = readDeliveryFilter(session, arguments);
        if (!filter) {
            return ExitStatus::WrongInput;
        }
        if (filter->states.isEmpty()) {
            filter->states = {DeliveryState::Dead};
        }
        const auto forecast = await<Result<ReplayForecast>>([&](QObject *context, auto reply) {
            session.engine().outbox().forecastReplay(*filter, context, std::move(reply));
        });
        if (!forecast) {
            session.complain(forecast.error());
            return ExitStatus::WrongInput;
        }
        tellWhatIsLeftOut(session, *forecast);
        Counts counts{.matched = forecast->count + forecast->ofRemoved + forecast->unfinished,
                      .leftOut = forecast->ofRemoved + forecast->unfinished};
        if (isAsked && forecast->count > 0 && !saysYes(question(*forecast))) {
            session.complain(tr("tocsinctl: Nothing was replayed."));
            counts.isStopped = true;
            report(session, counts);
            return ExitStatus::Failed;
        }
        const ReplayOutcome outcome = forecast->count > 0 ? replay(session, *forecast) : ReplayOutcome{};
        counts.replayed = outcome.replayed;
        counts.isStopped = outcome.isStopped || outcome.fault.has_value();
        if (outcome.fault) {
            session.complain(*outcome.fault);
        }
        if (counts.isStopped) {
            session.complain(tr("tocsinctl: The replay was stopped before its end, after %1 of %2.")
                                 .arg(QLocale().toString(counts.replayed), QLocale().toString(forecast->count)));
        }
        report(session, counts);
        if (outcome.fault) {
            return ExitStatus::WrongInput;
        }
        return outcome.isStopped ? ExitStatus::Failed : ExitStatus::Done;
    }

    static void tellWhatIsLeftOut(Session &session, const ReplayForecast &forecast)
    {
        if (forecast.ofRemoved > 0) {
            session.complain(tr("tocsinctl: Left out, since their webhooks were removed: %1.")
                                 .arg(QLocale().toString(forecast.ofRemoved)));
        }
        if (forecast.unfinished > 0) {
            session.complain(tr("tocsinctl: Left as they are, since they are not finished: %1.")
                                 .arg(QLocale().toString(forecast.unfinished)));
        }
    }

    /// "Replay 1,234 deliveries that are dead (pager 1,200, chat 34)? [y/N] "
    static QString question(const ReplayForecast &forecast)
    {
        QStringList states;
        for (const auto state : forecast.filter.states) {
            states.append(toString(state));
        }
        QStringList webhooks;
        const auto named = forecast.webhooks.first(std::min(forecast.webhooks.size(), namedWebhooks));
        for (const auto &share : named) {
            webhooks.append(onOneLine(share.webhookName) + u' ' + QLocale().toString(share.count));
        }
        if (const auto more = forecast.webhooks.size() - named.size(); more > 0) {
            webhooks.append(tr("and %Ln more webhooks", nullptr, static_cast<int>(more)));
        }
        return tr("Replay %Ln deliveries that are %1 (%2)?", nullptr, forPlural(forecast.count))
                   .arg(states.join(tr(" or ", "between states")), webhooks.join(", "_L1))
            + " [y/N] "_L1;
    }

    /// Ends between two steps where somebody interrupts it.
    static ReplayOutcome replay(Session &session, const ReplayForecast &forecast)
    {
        ProgressLine progress;
        const StopSignal stop;
        auto *job = session.engine().outbox().replayMatching(forecast.filter);
        QObject::connect(&stop, &StopSignal::raised, job, &ReplayJob::cancel);
        QObject::connect(job, &ReplayJob::progressed, job, [&](qint64 replayed) {
            progress.show(
                tr("Replayed %1 of %2").arg(QLocale().toString(replayed), QLocale().toString(forecast.count)));
        });
        return awaitSignal(job, &ReplayJob::finished);
    }

    static ExitStatus replayNamed(Session &session, const QStringList &names)
    {
        const auto ids = namedIds(session, names);
        if (!ids) {
            return ExitStatus::WrongInput;
        }
        const auto replayed = await<Result<int>>(
            [&](QObject *context, auto reply) { session.engine().outbox().replay(*ids, context, std::move(reply)); });
        if (!replayed) {
            session.complain(replayed.error());
            return ExitStatus::WrongInput;
        }
        report(session, {.matched = ids->size(), .replayed = *replayed, .leftOut = ids->size() - *replayed});
        return ExitStatus::Done;
    }

    static void report(Session &session, const Counts &counts)
    {
        if (session.isJson()) {
            session.print(Json{{"matched", counts.matched},
                               {"replayed", counts.replayed},
                               {"left_out", counts.leftOut},
                               {"stopped", counts.isStopped}});
        } else {
            session.print(tr("To be delivered again: %1").arg(QLocale().toString(counts.replayed)));
        }
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
