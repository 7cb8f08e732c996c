// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fieldlabel.h"

#include <QCoreApplication>

#include <utility>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

QString fieldLabel(const QString &field)
{
    static constexpr std::pair<const char16_t *, const char *> labels[] = {
        {u"name", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Integration Webhook Name")},
        {u"active", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Status")},
        {u"type.http_request.method", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Method")},
        {u"type.http_request.url", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "URL")},
        {u"type.http_request.headers", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Headers")},
        {u"type", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Type")},
        {u"body_template", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Body Template")},
        {u"authentication_config.oauth.client_id", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Client ID")},
        {u"authentication_config.oauth.client_secret", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Client Secret")},
        {u"authentication_config.oauth.token_endpoint_url",
         QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Token Endpoint URL")},
        {u"authentication_config.oauth.scopes", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Scopes")},
        {u"authentication_config", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Authentication Type")},
        {u"filters", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Filters")},
        {u"timeout_in_sec", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Timeout in seconds")},
        {u"response_validators", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Response Validators")},
        {u"signing", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Signing")},
        {u"tls.ca_certificates", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "CA certificates")},
        {u"tls", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Client certificate")},
        {u"delivery.retry_delays_in_sec", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Retries")},
        {u"delivery.concurrency", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Concurrency")},
        {u"delivery.rate_per_minute", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Rate")},
        {u"delivery.keep", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Only the newest status")},
        {u"delivery.settle_in_sec", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Settle time")},
        {u"delivery.maximum_age_in_sec", QT_TRANSLATE_NOOP("Tocsin::FieldLabel", "Maximum age")},
    };
    for (const auto &[path, label] : labels) {
        const QStringView known(path);
        const bool isKnown = field.startsWith(known)
            && (field.size() == known.size() || field[known.size()] == u'.' || field[known.size()] == u'[');
        if (isKnown) {
            return QCoreApplication::translate("Tocsin::FieldLabel", label);
        }
    }
    return {};
}

} // namespace Tocsin
