// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenmessages.h"

#include "retryschedule.h"
#include "tokenanswer.h"
#include "troubleshooting.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct OAuth
{
    static constexpr SentenceMaker say{"Tocsin::OAuth"};
    static constexpr CountedSentenceMaker sayCounted{"Tocsin::OAuth"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::OAuth)
};

/// application/x-www-form-urlencoded, which RFC 6749 §2.3.1 asks for in Basic credentials too.
QByteArray formEncoded(const QString &text)
{
    return QUrl::toPercentEncoding(text, " ").replace(' ', '+');
}

InvocationError oauthError(const Sentence &message, const Sentence &hint, const QString &field,
                           const QList<Sentence> &causes = {})
{
    return {.kind = ErrorKind::OAuth,
            .message = message,
            .hint = hint,
            .field = "authentication_config.oauth"_L1 % (field.isEmpty() ? QString() : u'.' % field),
            .causes = causes,
            .position = {}};
}

/// The code's meaning (RFC 6749 §5.2), and the field it speaks of.
std::pair<Sentence, QString> inWords(const QString &code, const QStringList &scopes)
{
    if (code == "invalid_client"_L1) {
        return {OAuth::say("it does not accept the client ID or the client secret"), u"client_secret"_s};
    }
    if (code == "invalid_scope"_L1) {
        return {scopes.isEmpty() ? OAuth::say("it does not know or allow the scopes")
                    : scopes.size() == 1
                    ? OAuth::say("it does not know or allow the scope “%1”", scopes.first())
                    : OAuth::say("it does not know or allow one of the scopes “%1”", scopes.join(u"”, “"_s)),
                u"scopes"_s};
    }
    if (code == "unauthorized_client"_L1) {
        return {OAuth::say("this client may not use the client-credentials grant"), u"client_id"_s};
    }
    if (code == "unsupported_grant_type"_L1) {
        return {OAuth::say("it does not support the client-credentials grant"), u"token_endpoint_url"_s};
    }
    if (code == "invalid_target"_L1) { // RFC 8707 §2
        return {OAuth::say("it does not know or allow the resource"), u"parameters"_s};
    }
    if (code == "invalid_grant"_L1) {
        return {OAuth::say("it does not accept the grant"), u"client_id"_s};
    }
    if (code == "invalid_request"_L1) {
        return {OAuth::say("it finds the request incomplete or malformed"), u"token_endpoint_url"_s};
    }
    return {Sentence(code), u"token_endpoint_url"_s};
}

InvocationError refusalWithoutWords(const ReceivedResponse &response)
{
    return oauthError(
        OAuth::say("The token endpoint answered %1 without a token.",
                   QString(QString::number(response.status) % u' ' % response.reasonPhrase).trimmed()),
        OAuth::say("Check the token endpoint's URL."), u"token_endpoint_url"_s,
        {OAuth::say("The URL is not the token endpoint's."), OAuth::say("The authorization server fails.")});
}

InvocationError refusalInWords(const TokenAnswer &answer, const QStringList &scopes)
{
    const auto [words, field] = inWords(answer.error, scopes);
    const auto message = answer.errorDescription.isEmpty()
        ? OAuth::say("The token endpoint gave no token: %1 (%2).", words, answer.error)
        : OAuth::say("The token endpoint gave no token: %1 (%2: %3).", words, answer.error,
                     withoutStop(answer.errorDescription));
    return oauthError(message,
                      OAuth::say("Check client ID, client secret and scopes against the authorization server."), field);
}

InvocationError refusal(const ReceivedResponse &response, const TokenAnswer &answer, const QDateTime &now,
                        const QStringList &scopes)
{
    auto error = explainScopes(response, scopes, HttpPeer::TokenEndpoint)
                     .value_or(answer.error.isEmpty() ? refusalWithoutWords(response) : refusalInWords(answer, scopes));
    const auto delay = retryAfterDelay(response.headers, now);
    if (delay && delay->count() > 0) {
        error.retryAfter = std::chrono::ceil<std::chrono::seconds>(*delay);
        const auto seconds = static_cast<int>(error.retryAfter->count());
        error.message = Sentence::joined(
            {error.message, OAuth::sayCounted("It asks to be asked again after %n second(s).", seconds)},
            Sentence(u" "_s));
        error.hint = OAuth::say("Wait as long as it asks; a delivery does so by itself.");
    }
    return error;
}

/// What the refusal may be about. Some that want the client in the body only say that the request lacks a parameter,
/// others that it is forbidden, or they fail over what they did not find.
TokenMessages::Refusal refusalKind(int status, const QString &code)
{
    using Refusal = TokenMessages::Refusal;
    if (status == 401 || code == "invalid_client"_L1 || code == "invalid_request"_L1) {
        return Refusal::Client;
    }
    static constexpr std::array statuses{403, 415, 500};
    const bool isUnclear = std::find(statuses.begin(), statuses.end(), status) != statuses.end()
        || code == "unauthorized_client"_L1 || code == "invalid_grant"_L1 || (status == 400 && code.isEmpty());
    return isUnclear ? Refusal::Unclear : Refusal::Other;
}

bool isVisibleAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(),
                       [](QChar character) { return character.unicode() > 0x20 && character.unicode() < 0x7f; });
}

} // namespace

TokenMessages::Message TokenMessages::request(const TokenRequest &request, const HttpUrl &url,
                                              ClientAuthentication authentication)
{
    const auto &credentials = request.credentials;
    QByteArray body = "grant_type=client_credentials";
    QByteArray shown = body;
    const auto encoded = [](const QString &value, bool isSecret) {
        return isSecret ? redactionMark.toUtf8() : formEncoded(value);
    };
    const auto add = [&](const QString &name, const QString &value, bool isSecret) {
        const QByteArray begin = '&' + formEncoded(name) + '=';
        body += begin + formEncoded(value);
        shown += begin + encoded(value, isSecret);
    };
    if (!credentials.scopes.isEmpty()) {
        QByteArrayList shownScopes;
        for (const auto &scope : credentials.scopes) {
            shownScopes.append(encoded(scope, request.secrets.scopes.contains(scope)));
        }
        body += "&scope=" + formEncoded(credentials.scopes.join(u' '));
        shown += "&scope=" + shownScopes.join('+');
    }
    for (const auto &parameter : credentials.parameters) {
        add(parameter.name, parameter.value, request.secrets.parameters.contains(parameter.name));
    }
    Message message;
    message.http.method = "POST";
    message.http.url = url;
    auto &fields = message.http.fields;
    if (authentication == ClientAuthentication::Body) {
        add(u"client_id"_s, credentials.clientId, request.secrets.isClientId);
        add(u"client_secret"_s, credentials.clientSecret, true);
    } else {
        fields.emplaceBack("Authorization", "Basic " + basicCredentials(credentials, authentication));
    }
    fields.emplaceBack("Accept", "application/json");
    fields.emplaceBack("Content-Type", "application/x-www-form-urlencoded");
    message.http.body = body;
    completeFields(message.http);
    message.shown = describe(message.http);
    message.shown.body = shown;
    if (!request.secrets.url.isEmpty()) {
        message.shown.url = request.secrets.url;
    }
    for (auto &header : message.shown.headers) {
        if (header.name == "Authorization"_L1) {
            header.value = "Basic "_L1 % redactionMark;
        }
    }
    return message;
}

QByteArray TokenMessages::basicCredentials(const OAuthClientCredentials &credentials,
                                           ClientAuthentication authentication)
{
    const auto encoded = [authentication](const QString &text) {
        return authentication == ClientAuthentication::BasicRaw ? text.toUtf8() : formEncoded(text);
    };
    return QByteArray(encoded(credentials.clientId) + ':' + encoded(credentials.clientSecret)).toBase64();
}

TokenMessages::Answer TokenMessages::read(const ReceivedResponse &response, const QDateTime &now,
                                          const QStringList &scopes)
{
    constexpr qsizetype longestShownType = 64;
    Answer answer;
    const auto read = TokenAnswer::read(response, now);
    answer.grant.accessToken = read.accessToken;
    answer.grant.expiresInSeconds = read.expiresInSeconds;
    answer.grant.isOverAtOnce = read.isOverAtOnce;
    answer.loneSurrogates = read.loneSurrogates;
    if (!read.accessToken.isEmpty()) {
        answer.grant.secrets.append(read.accessToken);
    }
    const bool isSuccess = response.status >= 200 && response.status < 300;
    if (!isSuccess || read.accessToken.isEmpty()) {
        answer.error = refusal(response, read, now, scopes);
        answer.isInWords = !read.error.isEmpty();
        // One that asks to wait is not asked again at once, in another way or not.
        answer.refusal = answer.error->retryAfter ? Refusal::Other : refusalKind(response.status, read.error);
    } else if (!isBearerType(read.tokenType)) {
        answer.error =
            oauthError(OAuth::say("The token endpoint gave a token of the type “%1”; only bearer tokens can be "
                                  "used.",
                                  read.tokenType.simplified().left(longestShownType)),
                       {}, u"token_endpoint_url"_s);
    } else if (!isVisibleAscii(read.accessToken)) {
        answer.error =
            oauthError(OAuth::say("The token endpoint gave a token with characters that a header cannot hold."), {},
                       u"token_endpoint_url"_s);
    }
    return answer;
}

InvocationError TokenMessages::heldOff(const InvocationError &cause, std::chrono::seconds rest)
{
    auto error = cause;
    error.retryAfter = rest;
    error.message = OAuth::say("The token endpoint was not asked again so soon. Last time: %1", cause.message);
    return error;
}

Sentence TokenMessages::refusedAgain()
{
    return OAuth::say("The target refused a newly fetched token a moment ago, so no other one was fetched.");
}

Sentence TokenMessages::urlLabel()
{
    return OAuth::say("Token Endpoint URL");
}

InvocationError TokenMessages::badUrl(const Error &fault)
{
    return oauthError(fault.toKeep(), {}, u"token_endpoint_url"_s);
}

InvocationError TokenMessages::unreachable(const InvocationError &cause)
{
    if (cause.kind == ErrorKind::Cancelled) {
        return cause;
    }
    auto error = cause;
    error.kind = ErrorKind::OAuth;
    error.message = OAuth::say("No token could be fetched: %1", cause.message);
    return error;
}

} // namespace Tocsin
