// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhook.h"

#include "secrettext.h"

#include <algorithm>
#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct MethodName
{
    HttpMethod method;
    QLatin1StringView name;
};

constexpr std::array methodNames{
    MethodName{HttpMethod::Post, "POST"_L1},   MethodName{HttpMethod::Put, "PUT"_L1},
    MethodName{HttpMethod::Patch, "PATCH"_L1}, MethodName{HttpMethod::Delete, "DELETE"_L1},
    MethodName{HttpMethod::Get, "GET"_L1},
};

struct ClientAuthenticationName
{
    ClientAuthentication authentication;
    QLatin1StringView name;
};

constexpr std::array clientAuthenticationNames{
    ClientAuthenticationName{ClientAuthentication::Automatic, "automatic"_L1},
    ClientAuthenticationName{ClientAuthentication::Basic, "basic"_L1},
    ClientAuthenticationName{ClientAuthentication::BasicRaw, "basic_raw"_L1},
    ClientAuthenticationName{ClientAuthentication::Body, "body"_L1},
};

} // namespace

QList<HttpMethod> allHttpMethods()
{
    QList<HttpMethod> all;
    for (const auto &entry : methodNames) {
        all.append(entry.method);
    }
    return all;
}

QString toString(HttpMethod method)
{
    for (const auto &entry : methodNames) {
        if (entry.method == method) {
            return entry.name;
        }
    }
    return {};
}

std::optional<HttpMethod> httpMethodFromString(const QString &text)
{
    for (const auto &entry : methodNames) {
        if (entry.name == text) {
            return entry.method;
        }
    }
    return std::nullopt;
}

QString toString(KeptEvents kept)
{
    return kept == KeptEvents::Newest ? u"newest"_s : u"every"_s;
}

std::optional<KeptEvents> keptEventsFromString(const QString &text)
{
    for (const auto kept : {KeptEvents::Every, KeptEvents::Newest}) {
        if (toString(kept) == text) {
            return kept;
        }
    }
    return std::nullopt;
}

QList<ClientAuthentication> allClientAuthentications()
{
    QList<ClientAuthentication> all;
    for (const auto &entry : clientAuthenticationNames) {
        all.append(entry.authentication);
    }
    return all;
}

QString toString(ClientAuthentication authentication)
{
    for (const auto &entry : clientAuthenticationNames) {
        if (entry.authentication == authentication) {
            return entry.name;
        }
    }
    return {};
}

std::optional<ClientAuthentication> clientAuthenticationFromString(const QString &text)
{
    for (const auto &entry : clientAuthenticationNames) {
        if (entry.name == text) {
            return entry.authentication;
        }
    }
    return std::nullopt;
}

QList<std::chrono::seconds> Webhook::defaultRetryDelays()
{
    using namespace std::chrono_literals;
    return {5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
}

AuthenticationType authenticationType(const Webhook &webhook)
{
    if (webhook.oauth) {
        return AuthenticationType::OAuth;
    }
    const auto isBearer = [](const Header &header) {
        return header.name.compare("Authorization"_L1, Qt::CaseInsensitive) == 0
            && header.value.startsWith("Bearer "_L1, Qt::CaseInsensitive);
    };
    if (std::any_of(webhook.headers.begin(), webhook.headers.end(), isBearer)) {
        return AuthenticationType::BearerToken;
    }
    const auto isSecret = [](const Header &header) {
        return looksSecret(header.name) || !secretKeys(header.value).isEmpty();
    };
    return std::any_of(webhook.headers.begin(), webhook.headers.end(), isSecret) ? AuthenticationType::Custom
                                                                                 : AuthenticationType::None;
}

QString headerValue(const QList<Header> &headers, QStringView name)
{
    const auto found = std::find_if(headers.begin(), headers.end(), [name](const Header &header) {
        return header.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == headers.end() ? QString() : found->value;
}

bool looksSecret(const QString &headerName)
{
    static constexpr std::array parts{"authorization"_L1, "cookie"_L1, "credential"_L1, "passwd"_L1,   "password"_L1,
                                      "secret"_L1,        "token"_L1,  "apikey"_L1,     "accesskey"_L1};
    static constexpr std::array words{"key"_L1, "auth"_L1, "pass"_L1, "pwd"_L1};
    const auto name = headerName.trimmed().toLower();
    if (name == "idempotency-key"_L1) {
        return false;
    }
    if (std::any_of(parts.begin(), parts.end(), [&name](QLatin1StringView part) { return name.contains(part); })) {
        return true;
    }
    QString spaced = name;
    const auto nameWords = spaced.replace(u'_', u'-').split(u'-');
    return std::any_of(words.begin(), words.end(),
                       [&nameWords](QLatin1StringView word) { return nameWords.contains(word); });
}

bool looksSecretParameter(const QString &name)
{
    return looksSecret(name) || name.contains("assertion"_L1, Qt::CaseInsensitive);
}

} // namespace Tocsin
