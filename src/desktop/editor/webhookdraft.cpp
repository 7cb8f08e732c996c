// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhookdraft.h"

#include "durationtext.h"
#include "secrettext.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto authorization = "Authorization"_L1;
constexpr auto bearer = "Bearer "_L1;
constexpr auto tokenUrlPart = "oauth/url/"_L1; // of a place's key, see tokenUrlSecretPlaces()
constexpr std::chrono::milliseconds problemDelay{120};

bool isAuthorization(const QString &name)
{
    return name.compare(authorization, Qt::CaseInsensitive) == 0;
}

bool isBearer(const HeaderRow &row)
{
    return isAuthorization(row.name) && row.value.startsWith(bearer, Qt::CaseInsensitive);
}

/// Takes the bearer token out of the headers, if they hold one.
std::optional<QString> takeBearerToken(QList<HeaderRow> &headers)
{
    const auto row = std::find_if(headers.begin(), headers.end(), isBearer);
    if (row == headers.end()) {
        return std::nullopt;
    }
    QString token = row->value.mid(bearer.size()).trimmed();
    headers.erase(row);
    return token;
}

QList<SecretPlace> secretPlacesOf(const Webhook &webhook, const QList<SecretPlace> &ofBody)
{
    const auto ofToken = webhook.oauth ? tokenUrlSecretPlaces(webhook.oauth->tokenEndpointUrl) : QList<SecretPlace>();
    return urlSecretPlaces(webhook.url) + ofBody + ofToken;
}

} // namespace

bool HeaderRow::isLocked() const
{
    return locked.value_or(looksSecret(name)) || isStored();
}

bool HeaderRow::isStored() const
{
    return !secretKeys(value).isEmpty();
}

WebhookDraft::WebhookDraft(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(problemDelay);
    connect(&m_timer, &QTimer::timeout, this, &WebhookDraft::announceProblems);
    load({});
}

WebhookDraft::Fields WebhookDraft::read(const Webhook &webhook) const
{
    Fields fields{.name = webhook.name,
                  .active = webhook.active,
                  .method = webhook.method,
                  .url = webhook.url,
                  .bodyTemplate = webhook.bodyTemplate,
                  .keptAsText = {},
                  .typedSecrets = {},
                  .askedSecrets = {},
                  .authentication = authenticationType(webhook),
                  .bearerToken = {},
                  .oauth = webhook.oauth.value_or(OAuthClientCredentials{}),
                  .headers = {},
                  .filters = webhook.filters,
                  .timeout = QString::number(webhook.timeout.count()),
                  .validators = webhook.responseValidators,
                  .failureMessage = webhook.customValidationErrorMessage,
                  .retries = durationsToText(webhook.retryDelays),
                  .concurrency = QString::number(webhook.concurrency),
                  .rate = webhook.ratePerMinute ? QString::number(*webhook.ratePerMinute) : QString(),
                  .keep = webhook.keep,
                  .settle = webhook.settle.count() == 0 ? QString() : durationsToText({webhook.settle}),
                  .maximumAge = webhook.maximumAge ? durationsToText({*webhook.maximumAge}) : QString(),
                  .caCertificates = webhook.caCertificates,
                  .clientCertificate = webhook.clientCertificate,
                  .clientKey = webhook.clientKey,
                  .signingSecret = webhook.signingSecret,
                  .previousSigningSecret = webhook.previousSigningSecret};
    for (const Header &header : webhook.headers) {
        HeaderRow row{.name = header.name, .value = header.value, .locked = {}};
        // A saved header that looks secret and yet stands in the open was left so by choice.
        if (!webhook.id.isEmpty() && !row.isStored() && looksSecret(row.name)) {
            row.locked = false;
        }
        fields.headers.append(row);
    }
    if (fields.authentication == AuthenticationType::BearerToken) {
        fields.bearerToken = takeBearerToken(fields.headers).value_or(QString());
    }
    return fields;
}

void WebhookDraft::load(const Webhook &webhook, const QSet<QString> &keptAsText)
{
    m_id = webhook.id;
    m_fields = read(webhook);
    m_fields.keptAsText = keptAsText;
    m_baseline = m_fields;
    m_allShown = false;
    announceAll();
}

void WebhookDraft::fillFrom(const Webhook &webhook)
{
    Fields filled = read(webhook);
    filled.name = m_fields.name.isEmpty() ? webhook.name : m_fields.name;
    filled.active = m_fields.active;
    filled.filters = m_fields.filters;
    if (!webhook.filters.statuses.isEmpty()) { // without them its target never hears that it is over
        filled.filters.statuses = webhook.filters.statuses;
    }
    keepDeliveryRules(filled);
    takeBodyCheck(checkBody(webhook.bodyTemplate));
    const auto places = secretPlacesOf(webhook, m_body.secretPlaces);
    for (const SecretPlace &place : places) {
        if (!place.isLiteral()) {
            filled.askedSecrets.append(place.key);
        }
    }
    restore(filled);
}

void WebhookDraft::keepDeliveryRules(Fields &filled) const
{
    const Fields asNew = read({});
    const auto keep = [&](auto member) {
        if (filled.*member == asNew.*member) {
            filled.*member = m_fields.*member;
        }
    };
    keep(&Fields::retries);
    keep(&Fields::concurrency);
    keep(&Fields::rate);
    keep(&Fields::keep);
    keep(&Fields::settle);
    keep(&Fields::maximumAge);
}

void WebhookDraft::restore(const Fields &fields)
{
    m_fields = fields;
    announceAll();
}

void WebhookDraft::announceAll()
{
    m_touched.clear();
    m_added.clear();
    m_problems.reset();
    ++m_revision;
    Q_EMIT loaded();
    Q_EMIT problemsChanged(); // of the rest, where the body is still to be checked
    if (isBodyLarge() && !isBodyChecked()) {
        announceProblems();
    }
}

void WebhookDraft::touch(Field field, int row)
{
    m_touched.insert({field, row});
    noteChange(field);
}

void WebhookDraft::noteChange(Field field)
{
    m_added.removeIf([field](const PlacedProblem &added) { return added.field == field; });
    m_problems.reset();
    ++m_revision;
    constexpr std::chrono::milliseconds longDelay{600}; // when one pauses
    m_timer.start(isBodyLarge() && !isBodyChecked() ? longDelay : problemDelay);
    Q_EMIT changed(field);
}

template <typename T>
void WebhookDraft::set(T &member, const T &value, Field field)
{
    if (member != value) {
        member = value;
        touch(field);
    }
}

void WebhookDraft::setName(const QString &name)
{
    set(m_fields.name, name, Field::Name);
}

void WebhookDraft::setActive(bool active)
{
    set(m_fields.active, active, Field::Active);
}

void WebhookDraft::setMethod(HttpMethod method)
{
    set(m_fields.method, method, Field::Method);
}

void WebhookDraft::setUrl(const QString &url)
{
    set(m_fields.url, url, Field::Url);
}

void WebhookDraft::setBodyTemplate(const QString &text)
{
    set(m_fields.bodyTemplate, text, Field::BodyTemplate);
}

void WebhookDraft::setKeptAsText(const QString &what, bool isKept)
{
    QSet<QString> kept = m_fields.keptAsText;
    if (isKept) {
        kept.insert(what);
    } else {
        kept.remove(what);
    }
    const bool isOfToken = what.startsWith(tokenUrlPart);
    set(m_fields.keptAsText, kept,
        isOfToken                       ? Field::TokenEndpointUrl
            : what.startsWith("url"_L1) ? Field::Url
                                        : Field::BodyTemplate);
}

void WebhookDraft::setTypedSecret(const QString &key, const QString &value)
{
    QHash<QString, QString> typed = m_fields.typedSecrets;
    if (value.isEmpty()) {
        typed.remove(key);
    } else {
        typed.insert(key, value);
    }
    set(m_fields.typedSecrets, typed, Field::Secrets);
}

QList<SecretPlace> WebhookDraft::literalSecrets(Field field) const
{
    const Webhook webhook = toWebhook();
    QList<SecretPlace> places;
    if (field == Field::Url) {
        places = urlSecretPlaces(webhook.url);
    } else if (field == Field::BodyTemplate) {
        places = bodyPlaces();
    } else if (webhook.oauth) {
        places = tokenUrlSecretPlaces(webhook.oauth->tokenEndpointUrl);
    }
    places.removeIf([](const SecretPlace &place) { return !place.isLiteral(); });
    return places;
}

QList<SecretRow> WebhookDraft::secretRows() const
{
    QList<SecretRow> rows;
    QSet<QString> keys;
    const auto places = secretPlacesOf(toWebhook(), bodyPlaces());
    for (const SecretPlace &place : places) {
        if (!place.isLiteral() && !keys.contains(place.key)) {
            keys.insert(place.key);
            rows.append({.key = place.key,
                         .name = place.name,
                         .isOfTokenEndpoint = place.what.startsWith(tokenUrlPart),
                         .typed = m_fields.typedSecrets.value(place.key),
                         .isAsked = m_fields.askedSecrets.contains(place.key)});
        }
    }
    return rows;
}

void WebhookDraft::setAuthentication(AuthenticationType type)
{
    const AuthenticationType before = m_fields.authentication;
    if (type == before) {
        return;
    }
    m_fields.authentication = type;
    if (before == AuthenticationType::BearerToken && type == AuthenticationType::Custom
        && !m_fields.bearerToken.isEmpty() && !hasAuthorizationRow()) {
        m_fields.headers.prepend({.name = authorization, .value = bearer + m_fields.bearerToken, .locked = true});
        m_fields.bearerToken.clear();
        touch(Field::Headers);
    } else if (type == AuthenticationType::BearerToken) {
        if (const auto token = takeBearerToken(m_fields.headers)) {
            m_fields.bearerToken = *token;
            touch(Field::Headers);
        }
    }
    touch(Field::Authentication);
}

void WebhookDraft::setBearerToken(const QString &token)
{
    set(m_fields.bearerToken, token, Field::BearerToken);
}

void WebhookDraft::setClientId(const QString &id)
{
    set(m_fields.oauth.clientId, id, Field::ClientId);
}

void WebhookDraft::setClientSecret(const QString &secret)
{
    set(m_fields.oauth.clientSecret, secret, Field::ClientSecret);
}

void WebhookDraft::setTokenEndpointUrl(const QString &url)
{
    set(m_fields.oauth.tokenEndpointUrl, url, Field::TokenEndpointUrl);
}

void WebhookDraft::setScopes(const QStringList &scopes)
{
    set(m_fields.oauth.scopes, scopes, Field::Scopes);
}

void WebhookDraft::setClientAuthentication(ClientAuthentication authentication)
{
    set(m_fields.oauth.clientAuthentication, authentication, Field::ClientAuthentication);
}

void WebhookDraft::setTokenParameters(const QList<TokenParameter> &rows)
{
    set(m_fields.oauth.parameters, rows, Field::TokenParameters);
}

void WebhookDraft::setHeaders(const QList<HeaderRow> &rows)
{
    set(m_fields.headers, rows, Field::Headers);
}

void WebhookDraft::setIntegrations(const QStringList &ids)
{
    set(m_fields.filters.integrations, ids, Field::Integrations);
}

void WebhookDraft::setTypes(const QStringList &types)
{
    set(m_fields.filters.types, types, Field::Types);
}

void WebhookDraft::setStatuses(const QList<IntegrationStatus> &statuses)
{
    set(m_fields.filters.statuses, statuses, Field::Statuses);
}

void WebhookDraft::setTimeout(const QString &seconds)
{
    set(m_fields.timeout, seconds, Field::Timeout);
}

int WebhookDraft::addValidator()
{
    m_fields.validators.append(ResponseValidator{});
    noteChange(Field::JsonPath);
    return int(m_fields.validators.size()) - 1;
}

void WebhookDraft::removeValidator(int row)
{
    m_fields.validators.removeAt(row);
    std::set<std::pair<Field, int>> kept;
    for (const auto &[field, touchedRow] : m_touched) {
        const bool ofValidators = field == Field::JsonPath || field == Field::ExpectedValues;
        if (!ofValidators || touchedRow < row) {
            kept.insert({field, touchedRow});
        } else if (touchedRow > row) {
            kept.insert({field, touchedRow - 1});
        }
    }
    m_touched = kept;
    noteChange(Field::JsonPath);
}

void WebhookDraft::setJsonPath(int row, const QString &path)
{
    if (m_fields.validators.at(row).jsonPath != path) {
        m_fields.validators[row].jsonPath = path;
        touch(Field::JsonPath, row);
    }
}

void WebhookDraft::setExpectedValues(int row, const QStringList &values)
{
    if (m_fields.validators.at(row).expectedValues != values) {
        m_fields.validators[row].expectedValues = values;
        touch(Field::ExpectedValues, row);
    }
}

int WebhookDraft::addExpectation(const QString &path, const QString &value)
{
    QList<ResponseValidator> &validators = m_fields.validators;
    const auto found = std::find_if(validators.begin(), validators.end(),
                                    [&](const ResponseValidator &one) { return one.jsonPath == path; });
    const auto row = static_cast<int>(found - validators.begin());
    if (found == validators.end()) {
        validators.append({.jsonPath = path, .expectedValues = {value}});
    } else if (!found->expectedValues.contains(value)) {
        found->expectedValues.append(value);
    }
    noteChange(Field::ExpectedValues);
    Q_EMIT loaded();
    return row;
}

void WebhookDraft::setFailureMessage(const QString &message)
{
    set(m_fields.failureMessage, message, Field::FailureMessage);
}

void WebhookDraft::setRetries(const QString &delays)
{
    set(m_fields.retries, delays, Field::Retries);
}

void WebhookDraft::setConcurrency(const QString &number)
{
    set(m_fields.concurrency, number, Field::Concurrency);
}

void WebhookDraft::setRate(const QString &number)
{
    set(m_fields.rate, number, Field::Rate);
}

void WebhookDraft::setKeep(KeptEvents kept)
{
    set(m_fields.keep, kept, Field::Keep);
}

void WebhookDraft::setSettle(const QString &duration)
{
    set(m_fields.settle, duration, Field::Settle);
}

void WebhookDraft::setMaximumAge(const QString &duration)
{
    set(m_fields.maximumAge, duration, Field::MaximumAge);
}

void WebhookDraft::setCaCertificates(const QString &pem)
{
    set(m_fields.caCertificates, pem, Field::CaCertificates);
}

void WebhookDraft::setClientCertificate(const QString &pem)
{
    set(m_fields.clientCertificate, pem, Field::ClientCertificate);
}

void WebhookDraft::setClientKey(const QString &pem)
{
    set(m_fields.clientKey, pem, Field::ClientKey);
}

void WebhookDraft::setSigningSecret(const QString &secret)
{
    set(m_fields.signingSecret, secret, Field::SigningSecret);
}

void WebhookDraft::setPreviousSigningSecret(const QString &secret)
{
    set(m_fields.previousSigningSecret, secret, Field::PreviousSigningSecret);
}

bool WebhookDraft::hasAuthorizationRow() const
{
    return std::any_of(m_fields.headers.cbegin(), m_fields.headers.cend(),
                       [](const HeaderRow &row) { return isAuthorization(row.name); });
}

Webhook WebhookDraft::toWebhook() const
{
    Webhook webhook;
    webhook.id = m_id;
    webhook.name = m_fields.name.trimmed();
    webhook.active = m_fields.active;
    webhook.method = m_fields.method;
    webhook.url = m_fields.url.trimmed();
    webhook.bodyTemplate = m_fields.bodyTemplate;
    if (m_fields.authentication == AuthenticationType::BearerToken && !m_fields.bearerToken.isEmpty()) {
        webhook.headers.append({.name = authorization, .value = bearer + m_fields.bearerToken.trimmed()});
    }
    for (const HeaderRow &row : m_fields.headers) {
        if (!row.isBlank()) {
            webhook.headers.append({.name = row.name, .value = row.value});
        }
    }
    if (m_fields.authentication == AuthenticationType::OAuth) {
        webhook.oauth = m_fields.oauth;
        webhook.oauth->parameters.removeIf([](const TokenParameter &row) { return row == TokenParameter{}; });
    }
    webhook.filters = m_fields.filters;
    for (const ResponseValidator &validator : m_fields.validators) {
        if (validator != ResponseValidator{}) {
            webhook.responseValidators.append(validator);
        }
    }
    webhook.customValidationErrorMessage = m_fields.failureMessage;
    webhook.caCertificates = m_fields.caCertificates;
    webhook.clientCertificate = m_fields.clientCertificate;
    webhook.clientKey = m_fields.clientKey;
    webhook.signingSecret = m_fields.signingSecret;
    webhook.previousSigningSecret = m_fields.previousSigningSecret;
    bool ok = false;
    if (const int seconds = m_fields.timeout.trimmed().toInt(&ok); ok) {
        webhook.timeout = std::chrono::seconds{seconds};
    }
    if (const int number = m_fields.concurrency.trimmed().toInt(&ok); ok) {
        webhook.concurrency = number;
    }
    if (const auto delays = durationsFromText(m_fields.retries)) {
        webhook.retryDelays = *delays;
    }
    if (const int number = m_fields.rate.trimmed().toInt(&ok); ok) {
        webhook.ratePerMinute = number;
    }
    webhook.keep = m_fields.keep;
    if (const auto settle = durationFromText(m_fields.settle)) {
        webhook.settle = settle->value_or(webhook.settle);
    }
    if (const auto age = durationFromText(m_fields.maximumAge)) {
        webhook.maximumAge = *age;
    }
    return webhook;
}

WebhookInput WebhookDraft::toInput() const
{
    WebhookInput input{.webhook = toWebhook(), .secretHeaders = {}, .plainHeaders = {}};
    for (const HeaderRow &row : m_fields.headers) {
        (row.isLocked() ? input.secretHeaders : input.plainHeaders).insert(row.name.toLower());
    }
    if (m_fields.authentication == AuthenticationType::BearerToken) {
        input.secretHeaders.insert(authorization.toString().toLower());
        input.plainHeaders.remove(authorization.toString().toLower());
    }
    checkBodyNow();
    QSet<QString> kept;
    const auto places = secretPlacesOf(input.webhook, m_body.secretPlaces);
    for (const SecretPlace &place : places) {
        if (place.isLiteral() && m_fields.keptAsText.contains(place.what)) {
            kept.insert(place.what);
        }
    }
    input.keptAsText = kept;
    for (const SecretRow &row : secretRows()) {
        if (!row.typed.isEmpty()) {
            input.typedSecrets.insert(row.key, row.typed);
        }
    }
    return input;
}

} // namespace Tocsin

#include "moc_webhookdraft.cpp"
