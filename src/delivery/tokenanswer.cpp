// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenanswer.h"

#include "jsonwebtoken.h"
#include "lonesurrogates.h"
#include "responsetext.h"
#include "secretnames.h"

#include <QHash>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr double longestLifetime = 10.0 * 365 * 24 * 3600; // in seconds, where the server says so
constexpr double longestOwnLifetime = 24.0 * 3600; // where an unverified token does

using TokenMembers = QHash<QString, QString>;

QString answerText(const ReceivedResponse &response)
{
    return responseText(response.body, headerValue(response.headers, u"Content-Type"), response.truncated).text;
}

TokenMembers jsonMembers(const Json &object)
{
    TokenMembers members;
    for (const auto &[name, value] : object.items()) {
        if (value.is_string()) {
            members.insert(toQString(name), toQString(value.get_ref<const std::string &>()));
        } else if (isJsonNumber(value)) {
            members.insert(toQString(name), toQString(writeJson(value)));
        }
    }
    return members;
}

QString formDecoded(QString text)
{
    return QUrl::fromPercentEncoding(text.replace(u'+', u' ').toUtf8());
}

TokenMembers formMembers(const QString &text)
{
    static const QRegularExpression beginning(u"\\A[A-Za-z0-9_.-]+="_s);
    if (!beginning.match(text).hasMatch()) {
        return {};
    }
    TokenMembers members;
    for (const auto &pair : text.split(u'&')) {
        const auto equals = pair.indexOf(u'=');
        if (equals > 0) {
            members.insert(formDecoded(pair.first(equals)), formDecoded(pair.sliced(equals + 1)));
        }
    }
    return members.contains(u"access_token"_s) || members.contains(u"error"_s) ? members : TokenMembers();
}

/// Half a character in one member is no reason not to read the others.
Result<Json> answerJson(const QString &text, int &loneSurrogates)
{
    auto bytes = text.toUtf8();
    auto json = parseJson(bytes);
    if (!json) {
        const int count = replaceLoneSurrogates(bytes);
        json = count > 0 ? parseJson(bytes) : std::move(json);
        loneSurrogates = json ? count : 0;
    }
    return json;
}

/// By the token's own claims, if it is a JWT: nobody vouches for them, they only say when to ask for the next.
double ownLifetime(const QString &token, const QDateTime &now)
{
    const auto claims = unverifiedClaims(token);
    if (!claims) {
        return 0;
    }
    const auto number = [&claims](const char *name) {
        const auto found = claims->find(name);
        return found != claims->end() && isJsonNumber(*found) ? toDouble(*found) : 0.0;
    };
    const auto begin = number("iat");
    const auto end = number("exp");
    const auto here = static_cast<double>(now.toSecsSinceEpoch());
    // Where the server's clock is another than ours, how long it meant counts.
    const bool isOtherClock = begin > 0 && begin < end && (here < begin || here >= end);
    return std::min(isOtherClock ? end - begin : end - here, longestOwnLifetime);
}

int wholeSeconds(double seconds)
{
    return seconds >= 1 ? static_cast<int>(std::min(seconds, longestLifetime)) : 0;
}

bool isTokenName(const QString &name)
{
    static const QStringList names{u"accesstoken"_s, u"refreshtoken"_s, u"idtoken"_s};
    QString plain = name.toLower();
    return names.contains(plain.remove(u'_').remove(u'-'));
}

/// Long enough, and without a space: no word that says something about a secret.
bool canBeSecret(const QString &text)
{
    return text.size() >= fewestSecretCharacters
        && std::none_of(text.begin(), text.end(), [](QChar character) { return character.isSpace(); });
}

QStringList tokensOf(const Json &document)
{
    struct Part
    {
        const Json *value;
        bool isToken; ///< it stands under a token's name, however deep
        bool isSecret; ///< under a name that others give their secrets
    };
    QStringList tokens;
    std::vector<Part> waiting{{.value = &document, .isToken = false, .isSecret = false}};
    while (!waiting.empty()) {
        const Part part = waiting.back();
        waiting.pop_back();
        if ((part.isToken || part.isSecret) && part.value->is_string()) {
            const auto text = toQString(part.value->get_ref<const std::string &>());
            if (part.isToken || canBeSecret(text)) {
                tokens << text << text.split(QChar::ReplacementCharacter); // in the answer something else stands there
            }
        }
        if (part.value->is_structured()) {
            for (const auto &[key, member] : part.value->items()) {
                const auto name = part.value->is_object() ? toQString(key) : QString();
                waiting.push_back({.value = &member,
                                   .isToken = part.isToken || isTokenName(name),
                                   .isSecret = part.isSecret || namesSecretMember(name)});
            }
        }
    }
    return tokens;
}

/// Of a field its value without the scheme before it (`Bearer …`), or its cookie's value.
void addSecrets(const QList<Header> &fields, QStringList &secrets)
{
    for (const auto &[name, value] : fields) {
        const auto first = value.section(u';', 0, 0).trimmed();
        const bool isCookie = name.contains("cookie"_L1, Qt::CaseInsensitive);
        const auto secret = isCookie ? first.section(u'=', 1) : first.section(u' ', -1);
        if (looksSecret(name) && canBeSecret(secret)) {
            secrets.append(secret);
        }
    }
}

QStringList tokensInBody(const QString &text)
{
    int loneSurrogates = 0;
    if (const auto json = answerJson(text, loneSurrogates); json && json->is_structured()) {
        return tokensOf(*json);
    }
    static const QRegularExpression named(
        uR"re((?:access|refresh|id)[_-]?token\\*["']?\s*[:=>]\s*\\*["']?((?:[^"'&<>\s,;}\\]|\\[^"'])++))re"_s,
        QRegularExpression::CaseInsensitiveOption);
    QStringList tokens;
    for (auto match = named.globalMatch(text); match.hasNext();) {
        const auto token = match.next().captured(1);
        tokens << token << formDecoded(token);
    }
    return tokens;
}

} // namespace

TokenAnswer TokenAnswer::read(const ReceivedResponse &response, const QDateTime &now)
{
    const auto text = answerText(response);
    int loneSurrogates = 0;
    const auto json = answerJson(text, loneSurrogates);
    const auto members = json && json->is_object() ? jsonMembers(*json) : formMembers(text.trimmed());
    bool isNumber = false;
    const double expiresIn = members.value(u"expires_in"_s).trimmed().toDouble(&isNumber);
    TokenAnswer answer{.accessToken = members.value(u"access_token"_s),
                       .tokenType = members.value(u"token_type"_s),
                       .error = members.value(u"error"_s),
                       .errorDescription = members.value(u"error_description"_s),
                       .expiresInSeconds = wholeSeconds(expiresIn),
                       .isOverAtOnce = isNumber && expiresIn < 1,
                       .loneSurrogates = loneSurrogates};
    if (answer.expiresInSeconds == 0 && !answer.isOverAtOnce) {
        answer.expiresInSeconds = wholeSeconds(ownLifetime(answer.accessToken, now));
    }
    return answer;
}

bool isBearerType(const QString &tokenType)
{
    QString plain;
    std::copy_if(tokenType.begin(), tokenType.end(), std::back_inserter(plain),
                 [](QChar character) { return !character.isSpace() && character != u'_' && character != u'-'; });
    plain = plain.toLower();
    return plain.isEmpty() || plain == "bearer"_L1 || plain == "bearertoken"_L1;
}

QStringList tokensIn(const ReceivedResponse &response)
{
    auto tokens = tokensInBody(answerText(response));
    addSecrets(response.headers, tokens);
    addSecrets(response.trailers, tokens);
    for (const auto &interim : response.interim) {
        addSecrets(interim.headers, tokens);
    }
    return tokens;
}

} // namespace Tocsin
