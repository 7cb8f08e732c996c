// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "integrationevent.h"
#include "json.h"
#include "problem.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Tocsin {

enum class HttpMethod { Post, Put, Patch, Delete, Get };

QList<HttpMethod> allHttpMethods();
QString toString(HttpMethod method);
std::optional<HttpMethod> httpMethodFromString(const QString &text);

/// One HTTP field (RFC 9110 §5), as typed.
struct Header
{
    QString name;
    QString value;

    bool operator==(const Header &) const = default;
};

/// The value of the first field of that name, whatever its case; empty where there is none.
QString headerValue(const QList<Header> &headers, QStringView name);

/// How a client shows who it is to a token endpoint (RFC 6749 §2.3.1).
enum class ClientAuthentication {
    Automatic, ///< Basic, then the body; what worked is remembered
    Basic, ///< id and secret form-encoded first, as the standard says
    BasicRaw, ///< id and secret as they are, as many servers want it
    Body
};

QList<ClientAuthentication> allClientAuthentications();
/// The word in documents (`basic_raw`); not translated.
QString toString(ClientAuthentication authentication);
std::optional<ClientAuthentication> clientAuthenticationFromString(const QString &text);

/// Which of the events that fire a webhook are delivered, of one integration.
enum class KeptEvents {
    Every,
    Newest ///< one that waits is superseded as soon as the integration's status changes
};

/// The word in documents (`newest`); not translated.
QString toString(KeptEvents kept);
std::optional<KeptEvents> keptEventsFromString(const QString &text);

/// One more form field of a token request: `audience`, `resource` (RFC 8707) and their like.
struct TokenParameter
{
    QString name;
    QString value;

    bool operator==(const TokenParameter &) const = default;
};

/// The client-credentials grant (RFC 6749 §4.4).
struct OAuthClientCredentials
{
    QString clientId;
    QString clientSecret;
    QString tokenEndpointUrl;
    QStringList scopes;
    QList<TokenParameter> parameters{}; ///< at most 16, in the order in which they are sent
    ClientAuthentication clientAuthentication = ClientAuthentication::Automatic;

    bool operator==(const OAuthClientCredentials &) const = default;
};

/// Which events fire a webhook: values within one filter are alternatives, all three must match, an empty one matches
/// all, except that an empty `statuses` means Warning and Error.
struct Filters
{
    QStringList integrations; ///< ids
    QStringList types;
    QList<IntegrationStatus> statuses;

    bool matches(const IntegrationEvent &event) const;
    bool operator==(const Filters &) const = default;
};

/// A JSONPath into the response document and the values accepted there.
struct ResponseValidator
{
    QString jsonPath;
    QStringList expectedValues;

    bool operator==(const ResponseValidator &) const = default;
};

/// A saved configuration. Text fields hold `${secret:KEY}` where a secret stands.
struct Webhook
{
    static constexpr std::chrono::seconds defaultTimeout{30};

    QString id; ///< a UUID without braces; empty before the first save
    QString name;
    bool active = true;
    HttpMethod method = HttpMethod::Post;
    QString url;
    QList<Header> headers;
    QString bodyTemplate;
    std::optional<OAuthClientCredentials> oauth;
    Filters filters;
    std::chrono::seconds timeout = defaultTimeout;
    QList<ResponseValidator> responseValidators;
    QString customValidationErrorMessage;
    QString signingSecret; ///< empty: unsigned
    QString previousSigningSecret; ///< signs, too, while receivers change over
    QString caCertificates; ///< PEM; trusted beside the system's
    QString clientCertificate; ///< PEM
    QString clientKey; ///< PEM, or a reference
    QList<std::chrono::seconds> retryDelays = defaultRetryDelays();
    int concurrency = 6;
    std::optional<int> ratePerMinute{}; ///< attempts, counted over 61 s; none: as many as come
    KeptEvents keep = KeptEvents::Every;
    std::optional<std::chrono::seconds> maximumAge{}; ///< since acceptance, or a replay; then it dies
    std::chrono::seconds settle{0}; ///< a status goes out when it has lasted so long

    static QList<std::chrono::seconds> defaultRetryDelays();
    bool operator==(const Webhook &) const = default;
};

/// Authentication Type as the window shows it, read off the document.
enum class AuthenticationType { None, BearerToken, OAuth, Custom };
AuthenticationType authenticationType(const Webhook &webhook);

/// The document form. Members at their default are left out, except those that a reader expects to see.
Json toJson(const Webhook &webhook);

/// A webhook read from a document, with every problem found: unknown members by name, wrong types, broken rules.
/// Without errors, `webhook` is complete; with errors it holds what could be read.
struct WebhookReading
{
    Webhook webhook;
    Problems problems;
};
WebhookReading webhookFromJson(const Json &document);

/// Every rule of the document (names, URL, headers, limits, JSONPath of validators, secret references, PEM markers),
/// all broken ones reported at once. The body template's own rules are BodyTemplate's: see checkWebhook().
Problems validate(const Webhook &webhook);

/// Whether a header of this name is marked secret by default: `Authorization` and names that look like keys, tokens,
/// secrets.
bool looksSecret(const QString &headerName);

/// The same for a parameter of a token request: assertions (RFC 7521) are secrets, too.
bool looksSecretParameter(const QString &name);

} // namespace Tocsin
