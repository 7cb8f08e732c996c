// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "moment.h"
#include "momenttext.h"
#include "mutetext.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::seconds longestMute = std::chrono::days(365);

/// `webhook mute` and `integration mute`.
class MuteCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::MuteCommand)

public:
    explicit MuteCommand(MuteSubject::Kind kind)
        : m_kind(kind)
    {
    }

    QString name() const override { return isWebhook() ? u"webhook mute"_s : u"integration mute"_s; }
    QString summary() const override
    {
        return isWebhook() ? tr("send a webhook nothing for now, and then the newest status of each integration")
                           : tr("send nothing about an integration for now, and then its newest status");
    }
    QString arguments() const override { return isWebhook() ? u"NAME"_s : u"ID"_s; }
    QList<CommandOption> options() const override
    {
        return {
            {u"for"_s, u"DURATION"_s, tr("so long: 90s, 15m, 2h, 3d (else until it is unmuted)")},
            {u"until"_s, u"TIME"_s, tr("until then: 2026-01-31T08:00:00Z, or with another offset than Z")},
        };
    }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto span = readSpan(arguments);
        if (!span) {
            session.complain(span.error());
            return ExitStatus::WrongInput;
        }
        const auto named = findSubject(session, m_kind, arguments.positional.constFirst());
        if (!named) {
            return ExitStatus::WrongInput;
        }
        const auto muted = await<Result<bool>>([&](QObject *context, auto reply) {
            session.engine().outbox().mute(named->subject, *span, context, std::move(reply));
        });
        if (!muted || !*muted) {
            session.complain(muted ? Error{.message = tr("\"%1\" is not there any more.").arg(named->name)}
                                   : muted.error());
            return ExitStatus::WrongInput;
        }
        const auto mutes = readMutes(session);
        if (!mutes) {
            return ExitStatus::WrongInput;
        }
        report(session, *named, findMute(*mutes, named->subject));
        return ExitStatus::Done;
    }

private:
    bool isWebhook() const { return m_kind == MuteSubject::Kind::Webhook; }

    static Result<MuteSpan> readSpan(const Arguments &arguments)
    {
        const bool hasDuration = arguments.has(u"for"_s);
        const bool hasUntil = arguments.has(u"until"_s);
        if (hasDuration && hasUntil) {
            return Error{.message = tr("--for and --until do not go together: give one of them, or neither.")};
        }
        MuteSpan span;
        if (hasDuration) {
            span.duration = durationFromString(arguments.value(u"for"_s));
            if (!span.duration || span.duration->count() < 1 || *span.duration > longestMute) {
                return Error{.message = tr("--for takes a duration from 1s to 365d, such as 90s, 15m, 2h or 3d.")};
            }
        }
        if (hasUntil) {
            span.until = parseMoment(arguments.value(u"until"_s));
            if (!span.until) {
                return Error{.message = tr("--until takes a time with its offset, such as 2026-01-31T08:00:00Z or "
                                           "2026-01-31T09:00:00+01:00.")};
            }
            if (*span.until <= QDateTime::currentDateTimeUtc()) {
                return Error{.message =
                                 tr("--until takes a time to come, and %1 has passed.").arg(shownMoment(*span.until))};
            }
        }
        return span;
    }

    static void report(Session &session, const NamedSubject &named, const std::optional<Mute> &mute)
    {
        if (session.isJson()) {
            session.print(
                Json{{"id", toJson(named.subject.id)}, {"name", toJson(named.name)}, {"mute", muteDocument(mute)}});
        } else if (mute) {
            session.print(tr("\"%1\" is %2.").arg(onOneLine(named.name), muteInWords(*mute)));
        } else {
            session.print(tr("\"%1\" was muted, and is no more.").arg(onOneLine(named.name)));
        }
    }

    MuteSubject::Kind m_kind;
};

} // namespace

std::unique_ptr<Command> makeWebhookMuteCommand()
{
    return std::make_unique<MuteCommand>(MuteSubject::Kind::Webhook);
}

std::unique_ptr<Command> makeIntegrationMuteCommand()
{
    return std::make_unique<MuteCommand>(MuteSubject::Kind::Integration);
}

} // namespace Tocsin
