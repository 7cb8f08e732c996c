// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretnames.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct SecretName
{
    enum class Reach { Whole, Ending };
    enum class Where { Anywhere, UrlOnly };

    QLatin1StringView name; ///< in lower case, of letters and digits only
    Reach reach = Reach::Whole;
    Where where = Where::Anywhere;
};

using Reach = SecretName::Reach;
using Where = SecretName::Where;

constexpr std::array secretNames{
    SecretName{"token"_L1, Reach::Ending},
    SecretName{"secret"_L1, Reach::Ending},
    SecretName{"password"_L1, Reach::Ending},
    SecretName{"passwd"_L1, Reach::Ending},
    SecretName{"passphrase"_L1, Reach::Ending},
    SecretName{"apikey"_L1, Reach::Ending},
    SecretName{"authkey"_L1, Reach::Ending},
    SecretName{"accesskey"_L1, Reach::Ending},
    SecretName{"secretkey"_L1, Reach::Ending},
    SecretName{"privatekey"_L1, Reach::Ending},
    SecretName{"signingkey"_L1, Reach::Ending},
    SecretName{"applicationkey"_L1, Reach::Ending},
    SecretName{"accountkey"_L1, Reach::Ending},
    SecretName{"subscriptionkey"_L1, Reach::Ending},
    SecretName{"licensekey"_L1, Reach::Ending},
    SecretName{"routingkey"_L1, Reach::Ending},
    SecretName{"servicekey"_L1, Reach::Ending},
    SecretName{"integrationkey"_L1, Reach::Ending},
    SecretName{"geniekey"_L1},
    SecretName{"hookkey"_L1},
    SecretName{"ingestkey"_L1},
    SecretName{"ingestionkey"_L1},
    SecretName{"insertkey"_L1},
    SecretName{"appkey"_L1},
    SecretName{"sharedkey"_L1},
    SecretName{"authorization"_L1},
    SecretName{"credential"_L1},
    SecretName{"credentials"_L1},
    SecretName{"bearer"_L1},
    SecretName{"jwt"_L1},
    SecretName{"pwd"_L1},
    SecretName{"auth"_L1, Reach::Whole, Where::UrlOnly},
    SecretName{"code"_L1, Reach::Whole, Where::UrlOnly}, // Azure Functions
    SecretName{"key"_L1, Reach::Whole, Where::UrlOnly}, // Google
    SecretName{"pass"_L1, Reach::Whole, Where::UrlOnly},
    SecretName{"sig"_L1, Reach::Whole, Where::UrlOnly}, // Logic Apps, Power Automate, shared access signatures
    SecretName{"signature"_L1, Reach::Ending, Where::UrlOnly}, // AWS
};

struct SecretPath
{
    /// In lower case; with a dot before it, whatever stands below it; with a dot behind it, whatever begins so; `*` is
    /// one label.
    QLatin1StringView host;
    QLatin1StringView prefix; ///< what comes before the secret; `*` is one segment, `**` some of them
};

constexpr std::array secretPaths{
    SecretPath{"hooks.slack.com"_L1, "/services/"_L1},
    SecretPath{"hooks.slack.com"_L1, "/workflows/"_L1},
    SecretPath{"hooks.slack.com"_L1, "/triggers/"_L1},
    SecretPath{"hooks.slack-gov.com"_L1, "/services/"_L1},
    SecretPath{"hooks.slack-gov.com"_L1, "/workflows/"_L1},
    SecretPath{"hooks.slack-gov.com"_L1, "/triggers/"_L1},
    SecretPath{"discord.com"_L1, "/api/webhooks/"_L1},
    SecretPath{"discord.com"_L1, "/api/*/webhooks/"_L1},
    SecretPath{".discord.com"_L1, "/api/webhooks/"_L1},
    SecretPath{".discord.com"_L1, "/api/*/webhooks/"_L1},
    SecretPath{"discordapp.com"_L1, "/api/webhooks/"_L1},
    SecretPath{"discordapp.com"_L1, "/api/*/webhooks/"_L1},
    SecretPath{".discordapp.com"_L1, "/api/webhooks/"_L1},
    SecretPath{".discordapp.com"_L1, "/api/*/webhooks/"_L1},
    SecretPath{".webhook.office.com"_L1, "/webhookb2/"_L1},
    SecretPath{"outlook.office.com"_L1, "/webhook/"_L1},
    SecretPath{"outlook.office365.com"_L1, "/webhook/"_L1},
    SecretPath{".torq.io"_L1, "/v1/webhooks/"_L1},
    SecretPath{".tines.com"_L1, "/webhook/"_L1},
    SecretPath{".tines.io"_L1, "/webhook/"_L1},
    SecretPath{"alert.victorops.com"_L1, "/integrations/generic/*/alert/"_L1}, // Splunk On-Call
    SecretPath{"alert.victorops.com"_L1, "/integrations/*/alerts/*/"_L1},
    SecretPath{".sumologic.com"_L1, "/receiver/v1/http/"_L1},
    SecretPath{".loggly.com"_L1, "/inputs/"_L1},
    SecretPath{".loggly.com"_L1, "/bulk/"_L1},
    SecretPath{".datadoghq.com"_L1, "/v1/input/"_L1},
    SecretPath{".datadoghq.eu"_L1, "/v1/input/"_L1},
    SecretPath{"events.pagerduty.com"_L1, "/integration/"_L1},
    SecretPath{"events.pagerduty.com"_L1, "/x-ere/"_L1},
    SecretPath{"events.eu.pagerduty.com"_L1, "/integration/"_L1},
    SecretPath{"events.eu.pagerduty.com"_L1, "/x-ere/"_L1},
    SecretPath{".zenduty.com"_L1, "/api/events/"_L1},
    SecretPath{".zenduty.com"_L1, "/integration/"_L1},
    SecretPath{"api.squadcast.com"_L1, "/v2/incidents/*/"_L1},
    SecretPath{".grafana.net"_L1, "/integrations/v1/*/"_L1}, // Grafana OnCall
    SecretPath{".grafana.net"_L1, "/oncall/integrations/v1/*/"_L1},
    SecretPath{"uptime.betterstack.com"_L1, "/api/v1/incoming-webhook/"_L1},
    SecretPath{"uptime.betterstack.com"_L1, "/api/v1/heartbeat/"_L1},
    SecretPath{"hooks.zapier.com"_L1, "/hooks/catch/"_L1},
    SecretPath{"hooks.zapier.com"_L1, "/hooks/standard/"_L1},
    SecretPath{"maker.ifttt.com"_L1, "/trigger/*/with/key/"_L1},
    SecretPath{"maker.ifttt.com"_L1, "/trigger/*/json/with/key/"_L1},
    SecretPath{"hook.*.make.com"_L1, "/"_L1},
    SecretPath{"hook.*.make.celonis.com"_L1, "/"_L1},
    SecretPath{"hook.integromat.com"_L1, "/"_L1},
    SecretPath{"automation.atlassian.com"_L1, "/pro/hooks/"_L1},
    SecretPath{"automation.codebarrel.io"_L1, "/pro/hooks/"_L1}, // its old name
    SecretPath{"api-private.atlassian.com"_L1, "/automation/webhooks/"_L1},
    SecretPath{"webhooks.rootly.com"_L1, "/webhooks/incoming/*/"_L1},
    SecretPath{".workato.com"_L1, "/webhooks/rest/"_L1}, // www. of old, webhooks.eu., webhooks.trial. …
    SecretPath{".n8n.cloud"_L1, "/webhook/"_L1},
    SecretPath{".n8n.cloud"_L1, "/webhook-test/"_L1},
    SecretPath{".rocket.chat"_L1, "/hooks/"_L1},
    SecretPath{".mattermost.com"_L1, "/hooks/"_L1},
    SecretPath{"mattermost."_L1, "/hooks/"_L1},
    SecretPath{"gitlab."_L1, "/**/alerts/notify/"_L1},
    SecretPath{"hc-ping.com"_L1, "/"_L1},
    SecretPath{"webexapis.com"_L1, "/v1/webhooks/incoming/"_L1},
    SecretPath{"api.ciscospark.com"_L1, "/v1/webhooks/incoming/"_L1},
    SecretPath{"api.telegram.org"_L1, "/bot"_L1},
    SecretPath{"open.feishu.cn"_L1, "/open-apis/bot/v2/hook/"_L1},
    SecretPath{"open.larksuite.com"_L1, "/open-apis/bot/v2/hook/"_L1},
};

/// Without what tells words apart, case, and an index in brackets.
QString plainName(QStringView name)
{
    QString plain;
    for (qsizetype at = 0; at < name.size(); ++at) {
        if (name[at] == u'[') {
            auto end = at + 1;
            while (end < name.size() && name[end].isDigit()) {
                ++end;
            }
            if (end < name.size() && name[end] == u']') {
                at = end;
            }
        } else if (name[at].isLetterOrNumber()) {
            plain += name[at].toLower();
        }
    }
    return plain;
}

bool isNamed(QStringView name, bool isInUrl)
{
    const QString plain = plainName(name);
    return std::any_of(secretNames.begin(), secretNames.end(), [&plain, isInUrl](const SecretName &secret) {
        return (isInUrl || secret.where == Where::Anywhere)
            && (secret.reach == Reach::Whole ? plain == secret.name : plain.endsWith(secret.name));
    });
}

bool isHost(QStringView host, QLatin1StringView wanted)
{
    if (wanted.startsWith('.'_L1)) {
        return host.endsWith(wanted);
    }
    if (wanted.endsWith('.'_L1)) {
        return host.startsWith(wanted);
    }
    const auto star = wanted.indexOf('*'_L1);
    if (star < 0) {
        return host == wanted;
    }
    const auto before = wanted.first(star);
    const auto after = wanted.sliced(star + 1);
    const auto label = host.size() - before.size() - after.size();
    return label > 0 && host.startsWith(before) && host.endsWith(after)
        && !host.sliced(before.size(), label).contains(u'.');
}

/// How much of the path the prefix takes, or -1.
qsizetype matched(QStringView path, QLatin1StringView prefix)
{
    qsizetype at = 0;
    for (qsizetype i = 0; i < prefix.size(); ++i) {
        if (prefix.sliced(i).startsWith("**"_L1)) {
            const auto rest = prefix.sliced(i + 2);
            const auto found = path.indexOf(rest, at, Qt::CaseInsensitive);
            return found <= at ? -1 : found + rest.size();
        }
        if (prefix[i] == '*'_L1) {
            const auto slash = path.indexOf(u'/', at);
            if (slash <= at) {
                return -1;
            }
            at = slash;
        } else if (at == path.size() || path[at].toLower() != prefix[i]) {
            return -1;
        } else {
            ++at;
        }
    }
    return at;
}

} // namespace

bool namesSecretMember(QStringView name)
{
    return isNamed(name, false);
}

bool namesSecretParameter(QStringView name)
{
    return isNamed(name, true);
}

qsizetype schemeLength(const QString &value)
{
    static const QRegularExpression scheme(
        u"\\A(?:Bearer|Basic|Splunk|Token|Digest|GenieKey|ApiKey|SSWS)(?:[ \\t+]|%20)+(?=[^ \\t])"_s,
        QRegularExpression::CaseInsensitiveOption);
    return scheme.match(value).capturedLength();
}

qsizetype secretPathBegin(QStringView host, QStringView path)
{
    for (const SecretPath &secret : secretPaths) {
        if (isHost(host, secret.host)) {
            if (const auto begin = matched(path, secret.prefix); begin >= 0) {
                return begin;
            }
        }
    }
    // On a host of one's own, by the shape of what Mattermost and Rocket.Chat make up.
    static const QRegularExpression ownHook(
        u"/hooks/(?=[a-z0-9]{26}/?\\z|(?:[a-zA-Z0-9]{17}|[0-9a-f]{24})/[a-zA-Z0-9]{43,}/?\\z)"_s);
    const auto own = ownHook.match(path.toString());
    return own.hasMatch() ? own.capturedEnd() : -1;
}

} // namespace Tocsin
