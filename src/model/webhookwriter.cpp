// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhook.h"

namespace Tocsin {

namespace {

Json toJson(const QStringList &texts)
{
    auto array = Json::array();
    for (const auto &text : texts) {
        array.push_back(text.toStdString());
    }
    return array;
}

void setIfGiven(Json &object, const char *name, const QString &text)
{
    if (!text.isEmpty()) {
        object[name] = text.toStdString();
    }
}

Json filtersToJson(const Filters &filters)
{
    auto object = Json::object();
    if (!filters.integrations.isEmpty()) {
        object["integration"] = toJson(filters.integrations);
    }
    if (!filters.types.isEmpty()) {
        object["type"] = toJson(filters.types);
    }
    for (const auto status : filters.statuses) {
        object["status"].push_back(toString(status).toStdString());
    }
    return object;
}

Json deliveryToJson(const Webhook &webhook)
{
    auto object = Json::object();
    if (webhook.retryDelays != Webhook::defaultRetryDelays()) {
        auto &delays = object["retry_delays_in_sec"] = Json::array();
        for (const auto delay : webhook.retryDelays) {
            delays.push_back(delay.count());
        }
    }
    if (webhook.concurrency != Webhook{}.concurrency) {
        object["concurrency"] = webhook.concurrency;
    }
    if (webhook.ratePerMinute) {
        object["rate_per_minute"] = *webhook.ratePerMinute;
    }
    if (webhook.keep != Webhook{}.keep) {
        object["keep"] = toString(webhook.keep).toStdString();
    }
    if (webhook.maximumAge) {
        object["maximum_age_in_sec"] = webhook.maximumAge->count();
    }
    if (webhook.settle != Webhook{}.settle) {
        object["settle_in_sec"] = webhook.settle.count();
    }
    return object;
}

} // namespace

Json toJson(const Webhook &webhook)
{
    auto document = Json::object();
    setIfGiven(document, "id", webhook.id);
    document["kind"] = "integration";
    document["name"] = webhook.name.toStdString();
    document["active"] = webhook.active;
    auto &request = document["type"]["http_request"];
    request["method"] = toString(webhook.method).toStdString();
    request["url"] = webhook.url.toStdString();
    auto &headers = request["headers"] = Json::object();
    for (const auto &header : webhook.headers) {
        headers[header.name.toStdString()] = header.value.toStdString();
    }
    document["body_template"] = webhook.bodyTemplate.toStdString();
    if (webhook.oauth) {
        auto &oauth = document["authentication_config"]["oauth"];
        oauth["client_id"] = webhook.oauth->clientId.toStdString();
        oauth["client_secret"] = webhook.oauth->clientSecret.toStdString();
        oauth["token_endpoint_url"] = webhook.oauth->tokenEndpointUrl.toStdString();
        oauth["scopes"] = toJson(webhook.oauth->scopes);
        for (const auto &parameter : webhook.oauth->parameters) {
            oauth["parameters"][parameter.name.toStdString()] = parameter.value.toStdString();
        }
        if (webhook.oauth->clientAuthentication != ClientAuthentication::Automatic) {
            oauth["client_authentication"] = toString(webhook.oauth->clientAuthentication).toStdString();
        }
    }
    if (webhook.filters != Filters{}) {
        document["filters"] = filtersToJson(webhook.filters);
    }
    document["timeout_in_sec"] = webhook.timeout.count();
    auto &validators = document["response_validators"] = Json::array();
    for (const auto &validator : webhook.responseValidators) {
        validators.push_back(
            {{"json_path", validator.jsonPath.toStdString()}, {"expected_values", toJson(validator.expectedValues)}});
    }
    setIfGiven(document, "custom_validation_error_message", webhook.customValidationErrorMessage);
    auto signing = Json::object();
    setIfGiven(signing, "secret", webhook.signingSecret);
    setIfGiven(signing, "previous_secret", webhook.previousSigningSecret);
    if (!signing.empty()) {
        document["signing"] = signing;
    }
    auto tls = Json::object();
    setIfGiven(tls, "ca_certificates", webhook.caCertificates);
    setIfGiven(tls, "client_certificate", webhook.clientCertificate);
    setIfGiven(tls, "client_key", webhook.clientKey);
    if (!tls.empty()) {
        document["tls"] = tls;
    }
    if (const auto delivery = deliveryToJson(webhook); !delivery.empty()) {
        document["delivery"] = delivery;
    }
    return document;
}

} // namespace Tocsin
