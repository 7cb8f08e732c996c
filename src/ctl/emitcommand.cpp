// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "eventbatch.h"
#include "inputfile.h"
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
        for (const EventFault &fault : batch.faults) {
            session.complain(describe(inputName(path), fault));
        }
        if (!batch.faults.isEmpty() && !arguments.has(u"skip-invalid"_s)) {
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
        complain(session, inputName(path), acceptance->refused, *text, batch);
        if (!acceptance->refused.isEmpty() && !skipsInvalid) {
            return ExitStatus::WrongInput;
        }
        report(session, acceptance->accepted);
        return ExitStatus::Done;
    }

private:
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

    static QString describe(const QString &name, const EventFault &fault)
    {
        return u"%1:%2:%3: %4"_s.arg(name).arg(fault.position.line).arg(fault.position.column).arg(fault.message);
    }

    static void complain(Session &session, const QString &name, const QList<RefusedEvent> &refused,
                         const QByteArray &text, const EventBatch &batch)
    {
        QList<qsizetype> numbers;
        for (const RefusedEvent &event : refused) {
            numbers.append(event.number);
        }
        const auto positions = ownIdPositions(text, batch, numbers);
        for (qsizetype i = 0; i < refused.size(); ++i) {
            session.complain(
                describe(name, {.path = {}, .message = onOneLine(refused.at(i).reason), .position = positions.at(i)}));
        }
    }

    static void report(Session &session, const QList<AcceptedEvent> &accepted)
    {
        if (session.isJson()) {
            Json list = Json::array();
            for (const AcceptedEvent &event : accepted) {
                list.push_back(toJson(event));
            }
            session.print(list);
            return;
        }
        QString text;
        for (const AcceptedEvent &event : accepted) {
            text += event.eventId + "  "_L1;
            if (event.suppressed) {
                text += tr("suppressed: %1").arg(onOneLine(event.suppressedReason));
            } else {
                text += tr("deliveries: %1").arg(event.deliveryIds.size());
            }
            if (event.isDuplicate) {
                text += "  "_L1 + tr("(a duplicate: it was taken before)");
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
