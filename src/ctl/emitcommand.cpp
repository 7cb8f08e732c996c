// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "eventbatch.h"
#include "holdtext.h"
#include "inputfile.h"
#include "moment.h"
#include "session.h"
#include "terminal.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 maximumEventsSize = 64 * mebibyte;

class EmitCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::EmitCommand)

public:
    QString name() const override { return u"emit"_s; }
    QString summary() const override
    {
        return tr("take events (JSON, an array, or NDJSON; else from standard input) to be delivered");
    }
    QString arguments() const override { return u"[FILE]"_s; }
    QList<CommandOption> options() const override
    {
        return {
            {u"force"_s, {}, tr("deliver even where an integration's status has not changed")},
            {u"skip-invalid"_s, {}, tr("leave out what cannot be taken, rather than take none")},
        };
    }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const QString path = arguments.positional.value(0, u"-"_s);
        const auto text = readInput(path, maximumEventsSize);
        if (!text) {
            session.complain(text.error());
            return ExitStatus::WrongInput;
        }
        const EventBatch batch = read(*text);
        Refusals refusals{.name = inputName(path), .list = Json::array()};
        for (const EventFault &fault : batch.faults) {
            refusals.add(session, fault);
        }
        if (!batch.faults.isEmpty() && !arguments.has(u"skip-invalid"_s)) {
            print(session, refusals.list);
            return ExitStatus::WrongInput;
        }
        if (!session.openOutbox()) {
            return ExitStatus::WrongInput;
        }
        const bool skipsInvalid = arguments.has(u"skip-invalid"_s);
        const auto acceptance = accept(session, batch, arguments.has(u"force"_s), skipsInvalid);
        if (!acceptance) {
            session.complain(acceptance.error());
            return ExitStatus::WrongInput;
        }
        addConflicts(session, refusals, acceptance->refused, *text, batch);
        if (!acceptance->refused.isEmpty() && !skipsInvalid) {
            print(session, refusals.list);
            return ExitStatus::WrongInput;
        }
        report(session, acceptance->accepted, refusals.list, arguments.has(u"force"_s));
        return ExitStatus::Done;
    }

private:
    /// What is not taken: a line on standard error for each, and an object behind those that were taken.
    struct Refusals
    {
        QString name;
        Json list;

        void add(const Session &session, const EventFault &fault, const QString &ownId = {})
        {
            const auto &position = fault.position;
            session.complain(u"%1:%2:%3: %4"_s.arg(name).arg(position.line).arg(position.column).arg(fault.message));
            Json refusal{{"refused", true},
                         {"path", fault.path.isEmpty() ? Json() : toJson(fault.path)},
                         {"line", position.line},
                         {"column", position.column},
                         {"message", toJson(fault.message)}};
            if (!ownId.isEmpty()) {
                refusal["event_own_id"] = toJson(ownId);
            }
            list.push_back(std::move(refusal));
        }
    };

    static EventBatch read(const QByteArray &text)
    {
        ProgressLine progress;
        return readEvents(text, {.progress = [&](qsizetype done) {
                              progress.show(tr("Checked %1 %").arg(100 * done / std::max<qsizetype>(text.size(), 1)));
                          }});
    }

    static Result<EventAcceptance> accept(Session &session, const EventBatch &batch, bool isForced, bool skipsInvalid)
    {
        ProgressLine progress;
        progress.show(tr("Storing %n event(s)", nullptr, static_cast<int>(batch.events.size())));
        const EventTaking taking{
            .isForced = isForced, .door = EventDoor::emitCommand(), .leavesRefusedOut = skipsInvalid};
        return await<Result<EventAcceptance>>([&](QObject *context, auto reply) {
            session.engine().outbox().accept(batch.events, taking, context, std::move(reply));
        });
    }

    static void addConflicts(const Session &session, Refusals &refusals, const QList<RefusedEvent> &refused,
                             const QByteArray &text, const EventBatch &batch)
    {
        QList<qsizetype> numbers;
        for (const RefusedEvent &event : refused) {
            numbers.append(event.number);
        }
        const auto positions = ownIdPositions(text, batch, numbers);
        for (qsizetype i = 0; i < refused.size(); ++i) {
            const auto &event = refused.at(i);
            const auto number = event.number;
            const auto item = batch.items.value(number, number);
            const bool isAlone = batch.events.size() + batch.faults.size() == 1;
            refusals.add(session,
                         {.path = ownIdPath(batch.events.at(number), isAlone ? std::nullopt : std::optional(item)),
                          .message = event.reason,
                          .position = positions.at(i)},
                         event.ownId);
        }
    }

    /// " (3, to pager, waits for its status to last, until …)"
    static QString held(const QList<HeldDelivery> &deliveries)
    {
        QStringList texts;
        for (const HeldDelivery &held : deliveries) {
            if (held.rule) {
                texts.append(tr("%1, to %2, %3", "a delivery, its webhook, and what it waits for")
                                 .arg(held.id, onOneLine(held.webhookName),
                                      holdInWords(*held.rule, held.until ? shownMoment(*held.until) : QString())));
            }
        }
        return texts.isEmpty() ? QString() : " ("_L1 + texts.join("; "_L1) + u')';
    }

    static void print(Session &session, const Json &list)
    {
        if (session.isJson()) {
            session.print(list);
        }
    }

    /// One with an id of its own is answered as it was the first time, whatever is asked for now.
    static QString newIdWanted() { return tr("--force delivers it only under a new id"); }

    static void report(Session &session, const QList<AcceptedEvent> &accepted, const Json &refused, bool isForced)
    {
        Json list = Json::array();
        for (const AcceptedEvent &event : accepted) {
            auto taken = toJson(event);
            if (isForced && event.isDuplicate && event.suppressed) {
                taken["hint"] = toJson(newIdWanted());
            }
            list.push_back(std::move(taken));
        }
        list.insert(list.end(), refused.begin(), refused.end());
        print(session, list);
        if (session.isJson()) {
            return;
        }
        QString text;
        for (const AcceptedEvent &event : accepted) {
            text += event.eventId + "  "_L1;
            if (event.suppressed) {
                text += tr("suppressed: %1").arg(onOneLine(event.suppressedReason));
            } else {
                text += tr("deliveries: %1").arg(event.deliveryIds.size()) + held(event.held);
                if (!event.supersededIds.isEmpty()) {
                    text += tr(", superseded: %1").arg(event.supersededIds.size());
                }
            }
            if (event.isDuplicate) {
                text += "  "_L1
                    + (isForced && event.suppressed ? tr("(a duplicate: it was taken before; %1)").arg(newIdWanted())
                                                    : tr("(a duplicate: it was taken before)"));
            }
            text += u'\n';
        }
        if (!text.isEmpty()) {
            session.print(text);
        }
    }
};

} // namespace

std::unique_ptr<Command> makeEmitCommand()
{
    return std::make_unique<EmitCommand>();
}

} // namespace Tocsin
