// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nearestword.h"
#include "shownname.h"
#include "webhook.h"

#include <QCoreApplication>
#include <QSet>
#include <QUuid>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct DocumentText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookDocument)
};

// The texts of numbers and durations come into messages as these rules say; the limits themselves are validate()'s.
constexpr qint64 largestNumber = 1'000'000'000;

QString typeOf(const Json &value)
{
    switch (value.type()) {
    case Json::value_t::null:
        return DocumentText::tr("null");
    case Json::value_t::boolean:
        return DocumentText::tr("true or false");
    case Json::value_t::string:
        return DocumentText::tr("a string");
    case Json::value_t::object:
        return DocumentText::tr("an object");
    case Json::value_t::array:
        return DocumentText::tr("an array");
    default:
        return std::trunc(toDouble(value)) != toDouble(value) ? DocumentText::tr("a number with a fraction")
                                                              : DocumentText::tr("a number");
    }
}

QString below(const QString &path, const QString &name)
{
    return path.isEmpty() ? name : QString(path + u'.' + name);
}

// Reads one document, keeping every problem. A member that is null counts as absent.
class DocumentReader
{
public:
    WebhookReading read(const Json &document)
    {
        if (!document.is_object()) {
            wrongType({}, DocumentText::tr("A webhook document must be an object, not %1.").arg(typeOf(document)));
            return {.webhook = {}, .problems = m_problems};
        }
        known(document, {},
              {u"id"_s, u"kind"_s, u"name"_s, u"active"_s, u"type"_s, u"body_template"_s, u"authentication_config"_s,
               u"filters"_s, u"timeout_in_sec"_s, u"response_validators"_s, u"custom_validation_error_message"_s,
               u"signing"_s, u"tls"_s, u"delivery"_s});
        identity(document);
        text(document, {}, u"name"_s, m_webhook.name);
        flag(document, {}, u"active"_s, m_webhook.active);
        type(document);
        text(document, {}, u"body_template"_s, m_webhook.bodyTemplate);
        authentication(document);
        filters(document);
        if (const auto timeout = number(document, {}, u"timeout_in_sec"_s,
                                        DocumentText::tr("a whole number of seconds from 1 to 300"))) {
            m_webhook.timeout = std::chrono::seconds(*timeout);
        }
        validators(document);
        text(document, {}, u"custom_validation_error_message"_s, m_webhook.customValidationErrorMessage);
        if (const auto *signing = object(document, {}, u"signing"_s, {u"secret"_s, u"previous_secret"_s})) {
            text(*signing, u"signing"_s, u"secret"_s, m_webhook.signingSecret);
            text(*signing, u"signing"_s, u"previous_secret"_s, m_webhook.previousSigningSecret);
        }
        tls(document);
        delivery(document);
        addBrokenRules();
        return {.webhook = m_webhook, .problems = inFormOrder(m_problems)};
    }

private:
    void wrongType(const QString &field, const QString &message)
    {
        m_problems.append({.severity = Severity::Error, .field = field, .message = message, .position = {}});
        m_unread.append(field);
    }

    void expected(const QString &field, const QString &what, const Json &value)
    {
        wrongType(field, DocumentText::tr("The value must be %1, not %2.").arg(what, typeOf(value)));
    }

    static const Json *member(const Json &parent, const QString &name)
    {
        const auto found = parent.find(name.toStdString());
        return found == parent.end() || found->is_null() ? nullptr : &*found;
    }

    void known(const Json &parent, const QString &path, const QStringList &names)
    {
        for (const auto &[key, value] : parent.items()) {
            const auto name = toQString(key);
            if (names.contains(name)) {
                continue;
            }
            const auto near = nearestWord(name, names);
            const auto shown = shownName(name);
            wrongType(
                below(path, name),
                near.isEmpty()
                    ? DocumentText::tr("The member \"%1\" is unknown; known are %2.").arg(shown, names.join(u", "_s))
                    : DocumentText::tr("The member \"%1\" is unknown; the nearest known one is \"%2\".")
                          .arg(shown, near));
        }
    }

    const Json *object(const Json &parent, const QString &path, const QString &name, const QStringList &names)
    {
        const auto *value = member(parent, name);
        if (!value) {
            return nullptr;
        }
        if (!value->is_object()) {
            expected(below(path, name), DocumentText::tr("an object"), *value);
            return nullptr;
        }
        known(*value, below(path, name), names);
        return value;
    }

    const Json *array(const Json &parent, const QString &path, const QString &name, const QString &what)
    {
        const auto *value = member(parent, name);
        if (value && !value->is_array()) {
            expected(below(path, name), what, *value);
            return nullptr;
        }
        return value;
    }

    void text(const Json &parent, const QString &path, const QString &name, QString &target)
    {
        const auto *value = member(parent, name);
        if (!value) {
            return;
        }
        if (!value->is_string()) {
            expected(below(path, name), DocumentText::tr("a string"), *value);
            return;
        }
        target = toQString(value->get_ref<const std::string &>());
    }

    void flag(const Json &parent, const QString &path, const QString &name, bool &target)
    {
        const auto *value = member(parent, name);
        if (!value) {
            return;
        }
        if (!value->is_boolean()) {
            expected(below(path, name), DocumentText::tr("true or false"), *value);
            return;
        }
        target = value->get<bool>();
    }

    std::optional<qint64> wholeNumber(const Json &value, const QString &field, const QString &what)
    {
        // 30.0 is a whole number too (JSON Schema, "integer"); what is far out of range is validate()'s to refuse.
        if (value.is_number_unsigned()) {
            return static_cast<qint64>(std::min<quint64>(value.get<quint64>(), largestNumber));
        }
        if (value.is_number_integer()) {
            return std::clamp<qint64>(value.get<qint64>(), -largestNumber, largestNumber);
        }
        if (const double read = toDouble(value); isJsonNumber(value) && std::trunc(read) == read) {
            return static_cast<qint64>(std::clamp<double>(read, -1e9, 1e9));
        }
        expected(field, what, value);
        return std::nullopt;
    }

    std::optional<qint64> number(const Json &parent, const QString &path, const QString &name, const QString &what)
    {
        const auto *value = member(parent, name);
        return value ? wholeNumber(*value, below(path, name), what) : std::nullopt;
    }

    QStringList texts(const Json &parent, const QString &path, const QString &name)
    {
        QStringList list;
        const auto *values = array(parent, path, name, DocumentText::tr("an array of strings"));
        if (!values) {
            return list;
        }
        qsizetype index = 0;
        for (const auto &value : *values) {
            if (value.is_string()) {
                list.append(toQString(value.get_ref<const std::string &>()));
            } else {
                expected(below(path, name) + u'[' + QString::number(index) + u']', DocumentText::tr("a string"), value);
            }
            ++index;
        }
        return list;
    }

    void identity(const Json &document)
    {
        QString id;
        text(document, {}, u"id"_s, id);
        if (!id.isEmpty()) {
            const auto uuid = QUuid::fromString(id);
            if (uuid.isNull()) {
                wrongType(u"id"_s, DocumentText::tr("id must be a UUID, or be left out before the first save."));
            }
            m_webhook.id = uuid.toString(QUuid::WithoutBraces);
        }
        auto kind = u"integration"_s;
        text(document, {}, u"kind"_s, kind);
        if (kind != "integration"_L1) {
            wrongType(u"kind"_s,
                      DocumentText::tr("kind must be \"integration\"; other kinds of webhook do not exist."));
        }
    }

    void type(const Json &document)
    {
        const auto *type = object(document, {}, u"type"_s, {u"http_request"_s, u"integration"_s});
        if (!type) {
            return;
        }
        if (member(*type, u"integration"_s)) {
            wrongType(u"type.integration"_s,
                      DocumentText::tr("A webhook that runs an integration's action cannot be used here: give it "
                                       "type.http_request instead of type.integration."));
            m_unread.append(u"type.http_request"_s);
        }
        const auto path = u"type.http_request"_s;
        const auto *request = object(*type, u"type"_s, u"http_request"_s, {u"method"_s, u"url"_s, u"headers"_s});
        if (!request) {
            return;
        }
        QString method = toString(m_webhook.method);
        text(*request, path, u"method"_s, method);
        if (const auto known = httpMethodFromString(method)) {
            m_webhook.method = *known;
        } else {
            QStringList names;
            for (const auto one : allHttpMethods()) {
                names.append(toString(one));
            }
            wrongType(path + u".method", DocumentText::tr("Method must be one of %1.").arg(names.join(u", "_s)));
        }
        text(*request, path, u"url"_s, m_webhook.url);
        headers(*request, path + u".headers");
    }

    void headers(const Json &request, const QString &path)
    {
        const auto *headers = member(request, u"headers"_s);
        if (!headers) {
            return;
        }
        if (!headers->is_object()) {
            expected(path, DocumentText::tr("an object of header names and values"), *headers);
            return;
        }
        for (const auto &[name, value] : headers->items()) {
            Header header{.name = toQString(name), .value = {}};
            if (value.is_string()) {
                header.value = toQString(value.get_ref<const std::string &>());
            } else {
                expected(path + u'.' + header.name, DocumentText::tr("a string"), value);
            }
            m_webhook.headers.append(header);
        }
    }

    void authentication(const Json &document)
    {
        const auto *config = object(document, {}, u"authentication_config"_s, {u"oauth"_s});
        const auto path = u"authentication_config.oauth"_s;
        const auto *oauth = config ? object(*config, u"authentication_config"_s, u"oauth"_s,
                                            {u"client_id"_s, u"client_secret"_s, u"token_endpoint_url"_s, u"scopes"_s,
                                             u"parameters"_s, u"client_authentication"_s})
                                   : nullptr;
        if (!oauth) {
            return;
        }
        OAuthClientCredentials credentials;
        text(*oauth, path, u"client_id"_s, credentials.clientId);
        text(*oauth, path, u"client_secret"_s, credentials.clientSecret);
        text(*oauth, path, u"token_endpoint_url"_s, credentials.tokenEndpointUrl);
        credentials.scopes = texts(*oauth, path, u"scopes"_s);
        tokenParameters(*oauth, path + u".parameters", credentials);
        clientAuthentication(*oauth, path, credentials);
        m_webhook.oauth = credentials;
    }

    void tokenParameters(const Json &oauth, const QString &path, OAuthClientCredentials &credentials)
    {
        const auto *parameters = member(oauth, u"parameters"_s);
        if (!parameters) {
            return;
        }
        if (!parameters->is_object()) {
            expected(path, DocumentText::tr("an object of parameter names and values"), *parameters);
            return;
        }
        for (const auto &[name, value] : parameters->items()) {
            TokenParameter parameter{.name = toQString(name), .value = {}};
            if (value.is_string()) {
                parameter.value = toQString(value.get_ref<const std::string &>());
            } else {
                expected(path + u'.' + parameter.name, DocumentText::tr("a string"), value);
            }
            credentials.parameters.append(parameter);
        }
    }

    void clientAuthentication(const Json &oauth, const QString &path, OAuthClientCredentials &credentials)
    {
        const auto name = u"client_authentication"_s;
        QString word = toString(credentials.clientAuthentication);
        text(oauth, path, name, word);
        if (const auto known = clientAuthenticationFromString(word)) {
            credentials.clientAuthentication = *known;
            return;
        }
        QStringList words;
        for (const auto one : allClientAuthentications()) {
            words.append(toString(one));
        }
        wrongType(below(path, name), DocumentText::tr("The value must be one of %1.").arg(words.join(u", "_s)));
    }

    void filters(const Json &document)
    {
        const auto path = u"filters"_s;
        const auto *filters = object(document, {}, path, {u"integration"_s, u"type"_s, u"status"_s});
        if (!filters) {
            return;
        }
        m_webhook.filters.integrations = texts(*filters, path, u"integration"_s);
        m_webhook.filters.types = texts(*filters, path, u"type"_s);
        QStringList known;
        for (const auto status : allIntegrationStatuses()) {
            known.append(toString(status));
        }
        qsizetype index = 0;
        for (const auto &word : texts(*filters, path, u"status"_s)) {
            if (const auto status = integrationStatusFromString(word)) {
                m_webhook.filters.statuses.append(*status);
            } else {
                wrongType(path + u".status[" + QString::number(index) + u']',
                          DocumentText::tr("The status must be one of %1.").arg(known.join(u", "_s)));
            }
            ++index;
        }
    }

    void validators(const Json &document)
    {
        const auto *values = array(document, {}, u"response_validators"_s, DocumentText::tr("an array of objects"));
        if (!values) {
            return;
        }
        qsizetype index = 0;
        for (const auto &value : *values) {
            const auto path = QString(u"response_validators[" + QString::number(index++) + u']');
            ResponseValidator validator;
            if (value.is_object()) {
                known(value, path, {u"json_path"_s, u"expected_values"_s});
                text(value, path, u"json_path"_s, validator.jsonPath);
                expectedValues(value, path, validator);
            } else {
                expected(path, DocumentText::tr("an object"), value);
            }
            m_webhook.responseValidators.append(validator);
        }
    }

    // An expected value is kept as text; `200` and `"200"` mean the same.
    void expectedValues(const Json &parent, const QString &path, ResponseValidator &validator)
    {
        const auto *values = array(parent, path, u"expected_values"_s, DocumentText::tr("an array of values"));
        if (!values) {
            return;
        }
        for (const auto &value : *values) {
            validator.expectedValues.append(
                toQString(value.is_string() ? value.get_ref<const std::string &>() : writeJson(value)));
        }
    }

    void tls(const Json &document)
    {
        const auto path = u"tls"_s;
        const auto *tls = object(document, {}, path, {u"ca_certificates"_s, u"client_certificate"_s, u"client_key"_s});
        if (!tls) {
            return;
        }
        text(*tls, path, u"ca_certificates"_s, m_webhook.caCertificates);
        text(*tls, path, u"client_certificate"_s, m_webhook.clientCertificate);
        text(*tls, path, u"client_key"_s, m_webhook.clientKey);
    }

    void delivery(const Json &document)
    {
        const auto path = u"delivery"_s;
        const auto *delivery = object(document, {}, path,
                                      {u"retry_delays_in_sec"_s, u"concurrency"_s, u"rate_per_minute"_s, u"keep"_s,
                                       u"maximum_age_in_sec"_s, u"settle_in_sec"_s});
        if (!delivery) {
            return;
        }
        rules(*delivery, path);
        if (const auto concurrency =
                number(*delivery, path, u"concurrency"_s, DocumentText::tr("a whole number from 1 to 64"))) {
            m_webhook.concurrency = static_cast<int>(*concurrency);
        }
        const auto *delays =
            array(*delivery, path, u"retry_delays_in_sec"_s, DocumentText::tr("an array of whole numbers of seconds"));
        if (!delays) {
            return;
        }
        m_webhook.retryDelays.clear();
        qsizetype index = 0;
        for (const auto &delay : *delays) {
            const auto field = QString(path + u".retry_delays_in_sec[" + QString::number(index++) + u']');
            const auto seconds = wholeNumber(delay, field, DocumentText::tr("a whole number of seconds"));
            m_webhook.retryDelays.append(std::chrono::seconds(seconds.value_or(1)));
        }
    }

    void rules(const Json &delivery, const QString &path)
    {
        if (const auto rate =
                number(delivery, path, u"rate_per_minute"_s, DocumentText::tr("a whole number from 1 to 60000"))) {
            m_webhook.ratePerMinute = static_cast<int>(std::clamp<qint64>(*rate, 0, std::numeric_limits<int>::max()));
        }
        if (const auto age = number(delivery, path, u"maximum_age_in_sec"_s,
                                    DocumentText::tr("a whole number of seconds from 60 to 2592000 (30 days)"))) {
            m_webhook.maximumAge = std::chrono::seconds(*age);
        }
        if (const auto settle = number(delivery, path, u"settle_in_sec"_s,
                                       DocumentText::tr("a whole number of seconds from 0 to 3600 (one hour)"))) {
            m_webhook.settle = std::chrono::seconds(*settle);
        }
        QString keep = toString(m_webhook.keep);
        text(delivery, path, u"keep"_s, keep);
        if (const auto known = keptEventsFromString(keep)) {
            m_webhook.keep = *known;
        } else {
            wrongType(below(path, u"keep"_s), DocumentText::tr("Keep must be one of every, newest."));
        }
    }

    // What could not be read is not held against the rules a second time.
    void addBrokenRules()
    {
        for (const auto &problem : validate(m_webhook)) {
            const auto unread = std::any_of(m_unread.begin(), m_unread.end(), [&problem](const QString &field) {
                return problem.field == field || problem.field.startsWith(field + u'.')
                    || problem.field.startsWith(field + u'[');
            });
            if (!unread) {
                m_problems.append(problem);
            }
        }
    }

    Webhook m_webhook;
    Problems m_problems;
    QStringList m_unread;
};

} // namespace

WebhookReading webhookFromJson(const Json &document)
{
    return DocumentReader().read(document);
}

} // namespace Tocsin
