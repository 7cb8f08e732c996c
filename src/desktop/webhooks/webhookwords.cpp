// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhookwords.h"

#include "format.h"
#include "mutetext.h"

#include <QCoreApplication>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct WebhookWords
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookWords)
};

} // namespace

QString hostInWords(const QString &url)
{
    const qsizetype start = url.indexOf("://"_L1);
    const QString authority = start < 0 ? QString() : url.mid(start + 3).section(u'/', 0, 0);
    if (authority.contains("${secret:"_L1)) {
        return WebhookWords::tr("in the keychain");
    }
    const QUrl parsed(url.first(start < 0 ? 0 : start + 3) + authority);
    const QString host = parsed.host();
    return parsed.port(443) == 443 ? host : host + u':' + QString::number(parsed.port());
}

QString resultInWords(const InvocationSummary &summary)
{
    const bool successful = summary.verdict == Verdict::Successful;
    const QString verdict = successful ? WebhookWords::tr("Test successful") : WebhookWords::tr("Test failed");
    const QString detail =
        summary.httpStatus > 0 ? QString::number(summary.httpStatus) : (successful ? QString() : summary.reason);
    return detail.isEmpty() ? verdict : verdict + u" · "_s + detail;
}

QString findingsInWords(const WebhookCheckResult &result)
{
    QStringList lines{WebhookWords::tr("Found by the check (%1):").arg(formatMoment(result.checkedAt))};
    for (const auto &line : result.lines) {
        if (line.state == CheckState::Failed || line.state == CheckState::Warning) {
            lines.append(WebhookWords::tr("%1: %2", "what was checked, and what was found")
                             .arg(checkSubjectText(line.subject), line.found.text()));
        }
    }
    return lines.join(u'\n');
}

QString activityInWords(bool active, const std::optional<Mute> &mute)
{
    const QString activity = active ? WebhookWords::tr("Active") : WebhookWords::tr("Inactive");
    return mute ? QString(activity % u" · "_s % muteInWords(*mute)) : activity;
}

} // namespace Tocsin
