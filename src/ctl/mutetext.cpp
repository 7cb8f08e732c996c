// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mutetext.h"

#include "await.h"
#include "moment.h"
#include "nearestword.h"
#include "session.h"
#include "shownname.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct MuteText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::MuteText)
};

std::optional<NamedSubject> findIntegration(Session &session, const QString &id)
{
    if (!session.openOutbox()) {
        return std::nullopt;
    }
    const auto integrations = await<Result<QList<IntegrationState>>>(
        [&](QObject *context, auto reply) { session.engine().outbox().integrations(context, std::move(reply)); });
    if (!integrations) {
        session.complain(integrations.error());
        return std::nullopt;
    }
    QStringList ids;
    for (const IntegrationState &integration : *integrations) {
        if (integration.id == id) {
            return NamedSubject{.subject = {.kind = MuteSubject::Kind::Integration, .id = id},
                                .name = integration.name};
        }
        ids.append(integration.id);
    }
    const QString nearest = nearestWord(id, ids);
    session.complain(nearest.isEmpty()
                         ? MuteText::tr("tocsinctl: There is no integration with the id \"%1\".").arg(shownPath(id))
                         : MuteText::tr("tocsinctl: There is no integration with the id \"%1\"; the nearest is \"%2\".")
                               .arg(shownPath(id), nearest));
    return std::nullopt;
}

} // namespace

QString muteInWords(const Mute &mute)
{
    return mute.until ? MuteText::tr("muted until %1").arg(shownMoment(*mute.until))
                      : MuteText::tr("muted until it is unmuted");
}

Json muteDocument(const std::optional<Mute> &mute)
{
    const auto moment = [](const QDateTime &time) {
        return toJson(time.toUTC().toString(Qt::ISODateWithMs));
    };
    return mute ? Json{{"since", moment(mute->since)}, {"until", mute->until ? moment(*mute->until) : Json()}} : Json();
}

std::optional<QList<Mute>> readMutes(Session &session)
{
    if (!session.openOutbox()) {
        return std::nullopt;
    }
    const auto mutes = await<Result<QList<Mute>>>(
        [&](QObject *context, auto reply) { session.engine().outbox().mutes(context, std::move(reply)); });
    if (!mutes) {
        session.complain(mutes.error());
        return std::nullopt;
    }
    return *mutes;
}

std::optional<Mute> findMute(const QList<Mute> &mutes, const MuteSubject &subject)
{
    const auto found =
        std::find_if(mutes.cbegin(), mutes.cend(), [&subject](const Mute &mute) { return mute.subject == subject; });
    return found == mutes.cend() ? std::nullopt : std::optional(*found);
}

std::optional<NamedSubject> findSubject(Session &session, MuteSubject::Kind kind, const QString &typed)
{
    if (kind == MuteSubject::Kind::Integration) {
        return findIntegration(session, typed);
    }
    const auto stored = session.findWebhook(typed);
    if (!stored || !session.openOutbox()) {
        return std::nullopt;
    }
    return NamedSubject{.subject = {.kind = kind, .id = stored->webhook.id}, .name = stored->webhook.name};
}

} // namespace Tocsin
