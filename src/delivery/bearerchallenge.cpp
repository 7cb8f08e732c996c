// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearerchallenge.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr qsizetype mostShownScopes = 20;
constexpr qsizetype longestShownScope = 100;

/// Reads `Scheme name=value, name="value", Scheme …`.
class ChallengeReader
{
public:
    explicit ChallengeReader(QStringView text)
        : m_text(text)
    {
    }

    std::optional<BearerChallenge> read()
    {
        bool isBearer = false;
        BearerChallenge challenge;
        while (m_at < m_text.size()) {
            skip(u" \t,");
            const auto name = word();
            if (name.isEmpty()) {
                ++m_at; // what is no word belongs to another scheme's token68
                continue;
            }
            skip(u" \t");
            if (m_at >= m_text.size() || m_text.at(m_at) != u'=') { // a scheme, whose parameters follow
                if (isBearer && !challenge.error.isEmpty()) {
                    break;
                }
                isBearer = name.compare("Bearer"_L1, Qt::CaseInsensitive) == 0;
                challenge = {};
                continue;
            }
            ++m_at;
            skip(u" \t");
            const auto value = isQuoted() ? quoted() : word().toString();
            if (name.compare("error"_L1, Qt::CaseInsensitive) == 0) {
                challenge.error = value;
            } else if (name.compare("scope"_L1, Qt::CaseInsensitive) == 0) {
                challenge.scopes = value.split(u' ', Qt::SkipEmptyParts);
            }
        }
        return isBearer && !challenge.error.isEmpty() ? std::optional(challenge) : std::nullopt;
    }

private:
    void skip(QStringView what)
    {
        while (m_at < m_text.size() && what.contains(m_text.at(m_at))) {
            ++m_at;
        }
    }

    QStringView word()
    {
        const auto begin = m_at;
        while (m_at < m_text.size() && !QStringView(u" \t,=\"").contains(m_text.at(m_at))) {
            ++m_at;
        }
        return m_text.sliced(begin, m_at - begin);
    }

    bool isQuoted() const { return m_at < m_text.size() && m_text.at(m_at) == u'"'; }

    QString quoted()
    {
        QString value;
        for (++m_at; m_at < m_text.size() && m_text.at(m_at) != u'"'; ++m_at) {
            if (m_text.at(m_at) == u'\\' && m_at + 1 < m_text.size()) {
                ++m_at;
            }
            value += m_text.at(m_at);
        }
        m_at = std::min(m_at + 1, m_text.size());
        return value;
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

} // namespace

std::optional<BearerChallenge> bearerChallenge(const ReceivedResponse &response)
{
    for (const auto &header : response.headers) {
        if (header.name.compare("WWW-Authenticate"_L1, Qt::CaseInsensitive) == 0) {
            if (auto challenge = ChallengeReader(header.value).read()) {
                return challenge;
            }
        }
    }
    return std::nullopt;
}

std::optional<QStringList> missingScopes(const ReceivedResponse &response, const QStringList &asked)
{
    const auto challenge = bearerChallenge(response);
    if (!challenge || challenge->error != "insufficient_scope"_L1) {
        return std::nullopt;
    }
    auto needed = challenge->scopes;
    needed.removeIf([](const QString &scope) { return scope.size() > longestShownScope; });
    auto missing = needed;
    missing.removeIf([&asked](const QString &scope) { return asked.contains(scope); });
    missing = missing.isEmpty() ? needed : missing;
    return missing.first(std::min(missing.size(), mostShownScopes));
}

} // namespace Tocsin
