// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenmessages.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct OAuth
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::OAuth)
};

/// application/x-www-form-urlencoded, which RFC 6749 §2.3.1 asks for in Basic credentials too.
QByteArray formEncoded(const QString &text)
{
    return QUrl::toPercentEncoding(text, " ").replace(' ', '+');
}

InvocationError oauthError(const QString &message, const QString &hint, const QString &field,
                           const QStringList &causes = {})
{
    return {.kind = ErrorKind::OAuth,
            .message = message,
            .hint = hint,
            .field = "authentication_config.oauth"_L1 % (field.isEmpty() ? QString() : u'.' % field),
            .causes = causes,
            .position = {}};
}

QString textMember(const Json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? toQString(found->get<std::string>()) : QString();
}

int seconds(const Json &object)
{
    constexpr double longest = 10.0 * 365 * 24 * 3600;
    const auto found = object.find("expires_in");
    double value = 0;
    if (found != object.end() && isJsonNumber(*found)) {
        value = toDouble(*found);
    } else if (found != object.end() && found->is_string()) {
        value = toQString(found->get<std::string>()).toDouble();
    }
    return value > 0 ? static_cast<int>(std::min(value, longest)) : 0;
}

/// The code's meaning (RFC 6749 §5.2), and the field it speaks of.
std::pair<QString, QString> inWords(const QString &code)
{
    if (code == "invalid_client"_L1) {
        return {OAuth::tr("it does not accept the client ID or the client secret"), u"client_secret"_s};
    }
    if (code == "invalid_scope"_L1) {
        return {OAuth::tr("it does not know or allow the scopes"), u"scopes"_s};
    }
    if (code == "unauthorized_client"_L1) {
        return {OAuth::tr("this client may not use the client-credentials grant"), u"client_id"_s};
    }
    if (code == "unsupported_grant_type"_L1) {
        return {OAuth::tr("it does not support the client-credentials grant"), u"token_endpoint_url"_s};
    }
    if (code == "invalid_grant"_L1) {
        return {OAuth::tr("it does not accept the grant"), u"client_id"_s};
    }
    if (code == "invalid_request"_L1) {
        return {OAuth::tr("it finds the request incomplete or malformed"), u"token_endpoint_url"_s};
    }
    return {code, u"token_endpoint_url"_s};
}

InvocationError refusal(const ReceivedResponse &response, const Json &body)
{
    const auto code = body.is_object() ? textMember(body, "error") : QString();
    if (code.isEmpty()) {
        return oauthError(
            OAuth::tr("The token endpoint answered %1 without a token.")
                .arg(QString(QString::number(response.status) % u' ' % response.reasonPhrase).trimmed()),
            OAuth::tr("Check the token endpoint's URL."), u"token_endpoint_url"_s,
            {OAuth::tr("The URL is not the token endpoint's."), OAuth::tr("The authorization server fails.")});
    }
    const auto [words, field] = inWords(code);
    const auto description = textMember(body, "error_description");
    const auto message = description.isEmpty()
        ? OAuth::tr("The token endpoint gave no token: %1 (%2).").arg(words, code)
        : OAuth::tr("The token endpoint gave no token: %1 (%2: %3).").arg(words, code, description);
    return oauthError(message, OAuth::tr("Check client ID, client secret and scopes against the authorization server."),
                      field);
}

bool isVisibleAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(),
                       [](QChar character) { return character.unicode() > 0x20 && character.unicode() < 0x7f; });
}

} // namespace

TokenMessages::Message TokenMessages::request(const OAuthClientCredentials &credentials, const HttpUrl &url,
                                              ClientAuthentication authentication)
{
    const bool inBody = authentication == ClientAuthentication::RequestBody;
    const auto mark = redactionMark.toUtf8();
    QByteArray body = "grant_type=client_credentials";
    if (!credentials.scopes.isEmpty()) {
        body += "&scope=" + formEncoded(credentials.scopes.join(u' '));
    }
    Message message;
    message.http.method = "POST";
    message.http.url = url;
    auto &fields = message.http.fields;
    if (inBody) {
        body += "&client_id=" + formEncoded(credentials.clientId) + "&client_secret=";
    } else {
        fields.emplaceBack("Authorization", "Basic " + basicCredentials(credentials));
    }
    fields.emplaceBack("Accept", "application/json");
    fields.emplaceBack("Content-Type", "application/x-www-form-urlencoded");
    message.http.body = inBody ? body + formEncoded(credentials.clientSecret) : body;
    completeFields(message.http);
    message.shown = describe(message.http);
    message.shown.body = inBody ? body + mark : body;
    for (auto &header : message.shown.headers) {
        if (header.name == "Authorization"_L1) {
            header.value = "Basic "_L1 % redactionMark;
        }
    }
    return message;
}

QByteArray TokenMessages::basicCredentials(const OAuthClientCredentials &credentials)
{
    return QByteArray(formEncoded(credentials.clientId) + ':' + formEncoded(credentials.clientSecret)).toBase64();
}

TokenMessages::Answer TokenMessages::read(const ReceivedResponse &response)
{
    Answer answer;
    const auto parsed = parseJson(response.body);
    const auto body = parsed ? *parsed : Json();
    if (body.is_object()) {
        for (const auto *name : {"access_token", "refresh_token", "id_token"}) {
            if (const auto token = textMember(body, name); !token.isEmpty()) {
                answer.grant.secrets.append(token);
            }
        }
        answer.grant.accessToken = textMember(body, "access_token");
        answer.grant.expiresInSeconds = seconds(body);
    }
    const bool isSuccess = response.status >= 200 && response.status < 300;
    if (!isSuccess || answer.grant.accessToken.isEmpty()) {
        answer.error = refusal(response, body);
        const auto code = body.is_object() ? textMember(body, "error") : QString();
        // Some that want the client in the body only say that the request lacks a parameter.
        answer.isUnknownClient = response.status == 401 || code == "invalid_client"_L1 || code == "invalid_request"_L1;
        return answer;
    }
    const auto type = textMember(body, "token_type");
    if (!type.isEmpty() && type.compare("bearer"_L1, Qt::CaseInsensitive) != 0) {
        answer.error =
            oauthError(OAuth::tr("The token endpoint gave a token of the type “%1”; only bearer tokens can be "
                                 "used.")
                           .arg(type),
                       {}, u"token_endpoint_url"_s);
    } else if (!isVisibleAscii(answer.grant.accessToken)) {
        answer.error =
            oauthError(OAuth::tr("The token endpoint gave a token with characters that a header cannot hold."), {},
                       u"token_endpoint_url"_s);
    }
    return answer;
}

QString TokenMessages::urlLabel()
{
    return OAuth::tr("Token Endpoint URL");
}

InvocationError TokenMessages::badUrl(const Error &fault)
{
    return oauthError(fault.message, {}, u"token_endpoint_url"_s);
}

InvocationError TokenMessages::unreachable(const InvocationError &cause)
{
    if (cause.kind == ErrorKind::Cancelled) {
        return cause;
    }
    auto error = cause;
    error.kind = ErrorKind::OAuth;
    error.message = OAuth::tr("No token could be fetched: %1").arg(cause.message);
    return error;
}

} // namespace Tocsin
