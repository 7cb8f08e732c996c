// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpurl.h"
#include "jsonpath.h"
#include "placeholdertext.h"
#include "secrettext.h"
#include "shownname.h"
#include "signingsecret.h"
#include "webhook.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Rule
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookRules)
};

constexpr qsizetype maximumNameLength = 64;
constexpr qsizetype maximumHeaders = 64;
constexpr qsizetype maximumValidators = 64;
constexpr qsizetype maximumExpectedValues = 64;
constexpr qsizetype maximumRetryDelays = 20;
constexpr std::chrono::seconds maximumTimeout{300};
constexpr std::chrono::seconds maximumRetryDelay = std::chrono::hours(7 * 24);
constexpr int maximumConcurrency = 64;
constexpr int maximumRate = 60'000; // a minute
constexpr std::chrono::seconds shortestMaximumAge{60};
constexpr std::chrono::seconds longestMaximumAge = std::chrono::hours(30 * 24);
constexpr std::chrono::seconds longestSettle = std::chrono::hours(1);
constexpr qsizetype maximumTokenParameters = 16;

bool isControl(QChar c)
{
    return c < u' ' || c == QChar(0x7f);
}

// RFC 9110 §5.6.2
bool isToken(const QString &text)
{
    constexpr QLatin1StringView marks("!#$%&'*+-.^_`|~");
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [marks](QChar c) {
        return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || marks.contains(c);
    });
}

// RFC 6749 §3.3
bool isScope(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c > u' ' && c < QChar(0x7f) && c != u'"' && c != u'\\';
    });
}

// RFC 6749 §8.2
bool isParameterName(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-'
            || c == u'.' || c == u'_';
    });
}

bool hasPem(const QString &text, QStringView what)
{
    const auto begin = text.indexOf(QString(u"-----BEGIN " + what + u"-----"));
    return begin >= 0 && text.indexOf(QString(u"-----END " + what + u"-----"), begin) > begin;
}

bool hasPrivateKey(const QString &text)
{
    constexpr std::array<QStringView, 4> kinds{u"PRIVATE KEY", u"RSA PRIVATE KEY", u"EC PRIVATE KEY",
                                               u"ENCRYPTED PRIVATE KEY"};
    return std::any_of(kinds.begin(), kinds.end(), [&text](QStringView kind) { return hasPem(text, kind); });
}

qsizetype codePoints(const QString &text)
{
    return text.toUcs4().size();
}

class RuleBook
{
public:
    explicit RuleBook(const Webhook &webhook)
        : m_webhook(webhook)
    {
    }

    Problems problems()
    {
        name();
        address(u"type.http_request.url"_s, Rule::tr("URL"), withPlaceholdersBlanked(m_webhook.url));
        if (m_webhook.bodyTemplate.isEmpty()) {
            add(u"body_template"_s, Rule::tr("Body Template is missing: write the JSON that is sent."));
        }
        headers();
        oauth();
        filters();
        if (m_webhook.timeout.count() < 1 || m_webhook.timeout > maximumTimeout) {
            add(u"timeout_in_sec"_s, Rule::tr("Timeout in seconds must be a whole number from 1 to 300."));
        }
        tls();
        signing();
        delivery();
        validators();
        return m_problems;
    }

private:
    void add(const QString &field, const QString &message, TextPosition position = {})
    {
        m_problems.append({.severity = Severity::Error, .field = field, .message = message, .position = position});
    }

    // Adds the fault of a text that may hold secret references; true where there is none.
    bool secretText(const QString &field, const QString &text)
    {
        const auto parts = parseSecretText(text);
        if (!parts) {
            add(field, parts.error().message, parts.error().position);
        }
        return parts.isOk();
    }

    void signing()
    {
        signingSecret(u"signing.secret"_s, m_webhook.signingSecret);
        const auto previous = u"signing.previous_secret"_s;
        if (signingSecret(previous, m_webhook.previousSigningSecret) && m_webhook.signingSecret.isEmpty()
            && !m_webhook.previousSigningSecret.isEmpty()) {
            add(previous, Rule::tr("A previous signing secret needs the signing secret that takes its place."));
        }
    }

    // What a reference stands for is read when a request is signed.
    bool signingSecret(const QString &field, const QString &text)
    {
        if (!secretText(field, text)) {
            return false;
        }
        if (!secretKeys(text).isEmpty()) {
            return true;
        }
        const auto literal = resolveSecretText(text, {});
        const auto keys = signingKeys(literal ? *literal : text);
        if (!keys) {
            add(field, keys.error().message);
        }
        return keys.isOk();
    }

    void name()
    {
        const auto field = u"name"_s;
        const auto &name = m_webhook.name;
        if (name.trimmed().isEmpty()) {
            add(field,
                Rule::tr(
                    "Integration Webhook Name is missing: it takes 1 to 64 letters, digits, spaces, '-' and '_'."));
            return;
        }
        if (const auto length = codePoints(name); length > maximumNameLength) {
            add(field,
                Rule::tr("Integration Webhook Name has %n character(s), the most are 64.", nullptr,
                         static_cast<int>(length)));
        }
        const auto characters = name.toUcs4();
        const auto allowed = [](char32_t c) {
            return QChar::isLetter(c) || QChar::isDigit(c) || c == U' ' || c == U'-' || c == U'_';
        };
        const auto wrong = std::find_if_not(characters.begin(), characters.end(), allowed);
        if (wrong != characters.end()) {
            const char32_t character = *wrong;
            const auto shown = QChar::isPrint(*wrong) ? Rule::tr("“%1”").arg(QString::fromUcs4(&character, 1))
                                                      : Rule::tr("a control character");
            add(field,
                Rule::tr("Integration Webhook Name holds %1; it takes letters, digits, spaces, '-' and '_' only.")
                    .arg(shown));
        } else if (name.startsWith(u' ') || name.endsWith(u' ')) {
            add(field, Rule::tr("Integration Webhook Name must not begin or end with a space."));
        }
    }

    // The first fault of an https address; `label` is what the form calls it.
    void address(const QString &field, const QString &label, const QString &text)
    {
        if (text.isEmpty()) {
            add(field, Rule::tr("%1 is missing: it begins with https://.").arg(label));
            return;
        }
        const auto parts = parseSecretText(text);
        if (!parts) {
            add(field, parts.error().message, parts.error().position);
            return;
        }
        QString plain;
        qsizetype firstReference = -1;
        for (const auto &part : *parts) {
            if (part.isReference && firstReference < 0) {
                firstReference = plain.size();
            }
            plain += part.isReference ? u"secret"_s : part.text;
        }
        if (const auto fault = addressFault(label, plain, firstReference); !fault.isEmpty()) {
            add(field, fault);
        }
    }

    static QString addressFault(const QString &label, const QString &text, qsizetype firstReference)
    {
        constexpr qsizetype authorityBegin = 8; // behind https://
        if (firstReference >= 0 && text.size() >= authorityBegin) {
            const auto rest = QStringView(text).sliced(authorityBegin);
            const auto authorityEnd = std::find_if(
                rest.begin(), rest.end(), [](QChar c) { return c == u'/' || c == u'?' || c == u'#' || c == u'\\'; });
            const auto authority = rest.first(authorityEnd - rest.begin());
            if (firstReference < authorityBegin + authority.size()) {
                return Rule::tr("%1 may hold a secret in its path and its query only, not in the host.").arg(label);
            }
        }
        const auto url = parseHttpUrl(text, Sentence(label));
        return url ? QString() : url.error().message;
    }

    void headers()
    {
        const auto path = u"type.http_request.headers"_s;
        if (m_webhook.headers.size() > maximumHeaders) {
            add(path,
                Rule::tr("There are %n header(s), the most are 64.", nullptr,
                         static_cast<int>(m_webhook.headers.size())));
        }
        QStringList seen;
        for (const auto &header : m_webhook.headers) {
            const auto field = QString(path + u'.' + header.name);
            headerName(field, header, seen);
            seen.append(header.name.toLower());
            if (std::any_of(header.value.begin(), header.value.end(), isControl)) {
                add(field,
                    Rule::tr("The value of the header \"%1\" holds a line break or another control character.")
                        .arg(shownName(header.name)));
            } else {
                secretText(field, withPlaceholdersBlanked(header.value));
            }
        }
    }

    void headerName(const QString &field, const Header &header, const QStringList &seen)
    {
        static const QStringList forbidden{
            u"host"_s,   u"content-length"_s, u"transfer-encoding"_s, u"connection"_s,
            u"expect"_s, u"webhook-id"_s,     u"webhook-timestamp"_s, u"webhook-signature"_s};
        const auto name = header.name.toLower();
        if (name.isEmpty()) {
            add(field, Rule::tr("A header has no name: write one under Key."));
        } else if (!isToken(name)) {
            add(field,
                Rule::tr("The header name \"%1\" holds a character that is not allowed: use letters, digits and '-'.")
                    .arg(shownName(header.name)));
        } else if (forbidden.contains(name)) {
            add(field,
                Rule::tr("The header \"%1\" cannot be set: it is made for each request.").arg(shownName(header.name)));
        } else if (seen.contains(name)) {
            add(field,
                Rule::tr("The header \"%1\" is there twice; upper and lower case are the same.")
                    .arg(shownName(header.name)));
        } else if (m_webhook.oauth && name == "authorization"_L1) {
            add(field,
                Rule::tr("The header \"%1\" cannot stand beside OAuth, which sends its own.")
                    .arg(shownName(header.name)));
        }
    }

    void oauth()
    {
        if (!m_webhook.oauth) {
            return;
        }
        const auto path = u"authentication_config.oauth"_s;
        if (m_webhook.oauth->clientId.isEmpty()) {
            add(path + u".client_id", Rule::tr("Client ID is missing."));
        }
        if (m_webhook.oauth->clientSecret.isEmpty()) {
            add(path + u".client_secret", Rule::tr("Client Secret is missing."));
        } else {
            secretText(path + u".client_secret", m_webhook.oauth->clientSecret);
        }
        address(path + u".token_endpoint_url", Rule::tr("Token Endpoint URL"), m_webhook.oauth->tokenEndpointUrl);
        for (qsizetype i = 0; i < m_webhook.oauth->scopes.size(); ++i) {
            if (!isScope(m_webhook.oauth->scopes[i])) {
                add(path + u".scopes[" + QString::number(i) + u']',
                    Rule::tr("A scope is a word of visible ASCII characters without quotes, backslashes and spaces."));
            }
        }
        tokenParameters(path + u".parameters");
        // RFC 7617 §2: the first colon ends the id.
        if (m_webhook.oauth->clientAuthentication == ClientAuthentication::BasicRaw
            && m_webhook.oauth->clientId.contains(u':') && secretKeys(m_webhook.oauth->clientId).isEmpty()) {
            add(path + u".client_id",
                Rule::tr(
                    "A client ID with a colon cannot be sent by Basic authentication as it is: choose \"basic\"."));
        }
    }

    void tokenParameters(const QString &path)
    {
        const auto &parameters = m_webhook.oauth->parameters;
        if (parameters.size() > maximumTokenParameters) {
            add(path,
                Rule::tr("There are %n more parameter(s), the most are 16.", nullptr,
                         static_cast<int>(parameters.size())));
        }
        QStringList seen;
        for (const auto &parameter : parameters) {
            const auto field = QString(path + u'.' + parameter.name);
            tokenParameterName(field, parameter.name, seen);
            seen.append(parameter.name);
            if (parameter.value.isEmpty()) {
                add(field,
                    Rule::tr("The parameter \"%1\" has no value: one without a value is not sent.")
                        .arg(shownName(parameter.name)));
            } else if (std::any_of(parameter.value.begin(), parameter.value.end(), isControl)) {
                add(field,
                    Rule::tr("The value of the parameter \"%1\" holds a line break or another control character.")
                        .arg(shownName(parameter.name)));
            } else {
                secretText(field, parameter.value);
            }
        }
    }

    void tokenParameterName(const QString &field, const QString &name, const QStringList &seen)
    {
        static const QStringList own{u"grant_type"_s, u"client_id"_s, u"client_secret"_s, u"scope"_s};
        if (name.isEmpty()) {
            add(field, Rule::tr("A parameter has no name: write one under Key."));
        } else if (!isParameterName(name)) {
            add(field,
                Rule::tr("The parameter's name \"%1\" holds a character that is not allowed: use letters, digits, "
                         "'-', '.' and '_'.")
                    .arg(shownName(name)));
        } else if (own.contains(name, Qt::CaseInsensitive)) {
            add(field,
                Rule::tr("The parameter \"%1\" cannot be set here: it has a field of its own, or is always sent.")
                    .arg(shownName(name)));
        } else if (seen.contains(name)) {
            add(field, Rule::tr("The parameter \"%1\" is there twice.").arg(shownName(name)));
        }
    }

    void filters()
    {
        const auto check = [this](const QString &field, const QStringList &values) {
            for (qsizetype i = 0; i < values.size(); ++i) {
                if (values[i].trimmed().isEmpty()) {
                    add(field + u'[' + QString::number(i) + u']', Rule::tr("A filter's value is empty."));
                }
            }
        };
        check(u"filters.integration"_s, m_webhook.filters.integrations);
        check(u"filters.type"_s, m_webhook.filters.types);
    }

    void tls()
    {
        const auto certificate = [this](const QString &field, const QString &label, const QString &text) {
            if (!text.isEmpty() && !hasPem(text, u"CERTIFICATE")) {
                add(field,
                    Rule::tr("%1 must be PEM: text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.")
                        .arg(label));
            }
        };
        certificate(u"tls.ca_certificates"_s, Rule::tr("CA certificates"), m_webhook.caCertificates);
        certificate(u"tls.client_certificate"_s, Rule::tr("Client certificate"), m_webhook.clientCertificate);
        const auto &key = m_webhook.clientKey;
        if (key.isEmpty()) {
            if (!m_webhook.clientCertificate.isEmpty()) {
                add(u"tls.client_key"_s, Rule::tr("Client certificate needs its private key."));
            }
            return;
        }
        if (secretText(u"tls.client_key"_s, key) && secretKeys(key).isEmpty() && !hasPrivateKey(key)) {
            add(u"tls.client_key"_s,
                Rule::tr(
                    "The client key must be PEM: text from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----."));
        }
        if (m_webhook.clientCertificate.isEmpty()) {
            add(u"tls.client_certificate"_s, Rule::tr("The client key needs its certificate."));
        }
    }

    void delivery()
    {
        const auto path = u"delivery.retry_delays_in_sec"_s;
        if (m_webhook.retryDelays.size() > maximumRetryDelays) {
            add(path,
                Rule::tr("There are %n retry delay(s), the most are 20.", nullptr,
                         static_cast<int>(m_webhook.retryDelays.size())));
        }
        for (qsizetype i = 0; i < m_webhook.retryDelays.size(); ++i) {
            if (m_webhook.retryDelays[i].count() < 1 || m_webhook.retryDelays[i] > maximumRetryDelay) {
                add(path + u'[' + QString::number(i) + u']',
                    Rule::tr("A retry delay must be from 1 second to 604800 seconds (7 days)."));
            }
        }
        if (m_webhook.concurrency < 1 || m_webhook.concurrency > maximumConcurrency) {
            add(u"delivery.concurrency"_s, Rule::tr("Concurrency must be a whole number from 1 to 64."));
        }
        if (m_webhook.ratePerMinute && (*m_webhook.ratePerMinute < 1 || *m_webhook.ratePerMinute > maximumRate)) {
            add(u"delivery.rate_per_minute"_s, Rule::tr("The rate must be a whole number from 1 to 60000 a minute."));
        }
        if (m_webhook.maximumAge
            && (*m_webhook.maximumAge < shortestMaximumAge || *m_webhook.maximumAge > longestMaximumAge)) {
            add(u"delivery.maximum_age_in_sec"_s,
                Rule::tr("The maximum age must be from 60 seconds to 2592000 seconds (30 days)."));
        }
        if (m_webhook.settle.count() < 0 || m_webhook.settle > longestSettle) {
            add(u"delivery.settle_in_sec"_s,
                Rule::tr("The settle time must be from 0 seconds to 3600 seconds (one hour)."));
        } else if (m_webhook.maximumAge && m_webhook.settle >= *m_webhook.maximumAge
                   && *m_webhook.maximumAge >= shortestMaximumAge) {
            add(u"delivery.maximum_age_in_sec"_s,
                Rule::tr("The maximum age must be longer than the settle time, or nothing would ever be sent."));
        }
    }

    void validators()
    {
        const auto path = u"response_validators"_s;
        if (m_webhook.responseValidators.size() > maximumValidators) {
            add(path,
                Rule::tr("There are %n response validator(s), the most are 64.", nullptr,
                         static_cast<int>(m_webhook.responseValidators.size())));
        }
        for (qsizetype i = 0; i < m_webhook.responseValidators.size(); ++i) {
            const auto row = QString(path + u'[' + QString::number(i) + u']');
            const auto &validator = m_webhook.responseValidators[i];
            jsonPath(row + u".json_path", validator.jsonPath);
            if (validator.expectedValues.isEmpty()) {
                add(row + u".expected_values", Rule::tr("Expected Values are missing: add at least one."));
            } else if (validator.expectedValues.size() > maximumExpectedValues) {
                add(row + u".expected_values",
                    Rule::tr("There are %n expected value(s), the most are 64.", nullptr,
                             static_cast<int>(validator.expectedValues.size())));
            }
        }
    }

    void jsonPath(const QString &field, const QString &text)
    {
        if (text.isEmpty()) {
            add(field, Rule::tr("Json Path is missing: it starts with $.data, $.status or $.headers."));
            return;
        }
        const auto wrongStart = Rule::tr("Json Path must start with $.data, $.status or $.headers.");
        if (!text.startsWith(u'$')) {
            add(field, wrongStart);
            return;
        }
        const auto path = JsonPath::compile(text.toStdString());
        if (!path) {
            add(field,
                Rule::tr("Json Path is not valid at column %1: %2")
                    .arg(QString::number(path.error().position.column), path.error().message),
                path.error().position);
            return;
        }
        const auto first = path->firstName();
        if (first != "data" && first != "status" && first != "headers") {
            add(field, wrongStart);
        }
    }

    const Webhook &m_webhook;
    Problems m_problems;
};

} // namespace

Problems validate(const Webhook &webhook)
{
    return inFormOrder(RuleBook(webhook).problems());
}

} // namespace Tocsin
