// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "integrationwords.h"

#include "deliverytext.h"
#include "format.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct IntegrationWords
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::IntegrationWords)
};

QString issueText(const Json &issue, const char *name)
{
    if (!issue.is_object() || !issue.contains(name) || !issue[name].is_string()) {
        return {};
    }
    return toQString(issue[name].get_ref<const std::string &>());
}

QString whenItFires(const FiringForecast::Line &line, IntegrationStatus status)
{
    if (line.mute) {
        return line.mute->until ? IntegrationWords::tr("fires when the mute ends, %1").arg(shortTime(*line.mute->until))
                                : IntegrationWords::tr("fires when it is unmuted");
    }
    return line.settle > std::chrono::seconds::zero()
        ? IntegrationWords::tr("fires once %1 has lasted %2").arg(toString(status), formatSpan(line.settle))
        : IntegrationWords::tr("fires");
}

} // namespace

ColorRole roleOf(std::optional<IntegrationStatus> status)
{
    if (status == IntegrationStatus::Active) {
        return ColorRole::Success;
    }
    if (status == IntegrationStatus::Warning) {
        return ColorRole::Warning;
    }
    return status == IntegrationStatus::Error ? ColorRole::Error : ColorRole::Inactive;
}

QIcon iconOf(std::optional<IntegrationStatus> status)
{
    if (status == IntegrationStatus::Active) {
        return icon(Symbol::Active, ColorRole::Success);
    }
    if (status == IntegrationStatus::Initializing || status == IntegrationStatus::Refreshing) {
        return icon(Symbol::Clock, ColorRole::Inactive);
    }
    return icon(symbolOf(roleOf(status)), roleOf(status));
}

QString statusInWords(std::optional<IntegrationStatus> status)
{
    return status ? toString(*status) : IntegrationWords::tr("No event yet");
}

QStringList issuesInWords(const Json &issues)
{
    QStringList words;
    if (!issues.is_array()) {
        return words;
    }
    for (const Json &issue : issues) {
        const QString status = issueText(issue, "status");
        const QString message = issueText(issue, "message");
        words.append(status.isEmpty() || message.isEmpty()
                         ? status + message
                         : IntegrationWords::tr("%1: %2", "an issue").arg(status, message));
    }
    return words;
}

QString issuesToShow(const Json &issues)
{
    constexpr qsizetype most = 8;
    constexpr qsizetype longest = 400;
    const QStringList all = issuesInWords(issues);
    QStringList shown;
    for (const QString &issue : all.first(std::min(most, all.size()))) {
        shown.append(shortened(issue, longest));
    }
    if (all.size() > most) {
        shown.append(u"…"_s);
    }
    return shown.join(u'\n');
}

QString shortened(const QString &text, qsizetype longest)
{
    const QString line = text.simplified();
    return line.size() > longest ? line.first(longest - 1) + u'…' : line;
}

QString firingInWords(const FiringForecast::Line &line, const IntegrationEvent &event)
{
    const FiringObstacles obstacles = line.obstacles;
    QStringList reasons;
    if (!obstacles) {
        reasons.append(whenItFires(line, event.status));
    }
    if (obstacles & FiringObstacle::Inactive) {
        reasons.append(IntegrationWords::tr("is inactive"));
    }
    if (obstacles & FiringObstacle::Integration) {
        reasons.append(IntegrationWords::tr("its Integration filter does not include %1").arg(event.integrationId));
    }
    if (obstacles & FiringObstacle::Type) {
        reasons.append(IntegrationWords::tr("its Type filter does not include %1").arg(event.integrationType));
    }
    if (obstacles & FiringObstacle::Status) {
        reasons.append(IntegrationWords::tr("its Status filter does not include %1").arg(toString(event.status)));
    }
    if (line.supersedes) {
        reasons.append(line.mute || line.keep == KeptEvents::Newest
                           ? IntegrationWords::tr("an earlier status that still waits is not sent")
                           : IntegrationWords::tr("an earlier status that has not lasted so long is not sent"));
    }
    return reasons.join(IntegrationWords::tr("; ", "between reasons"));
}

QString forecastInWords(const FiringForecast &forecast, const IntegrationEvent &event,
                        const std::optional<QDateTime> &since)
{
    if (!forecast.isSuppressed) {
        return forecast.lines.isEmpty() ? IntegrationWords::tr("No webhook fires: there is none yet.")
                                        : IntegrationWords::tr("%n webhook(s) fire.", nullptr, forecast.fired());
    }
    return since
        ? IntegrationWords::tr("Suppressed: the status is %1 since %2 and does not change, so no webhook fires.")
              .arg(toString(event.status), formatMoment(*since))
        : IntegrationWords::tr("Suppressed: the status is %1 already, so no webhook fires.")
              .arg(toString(event.status));
}

} // namespace Tocsin
