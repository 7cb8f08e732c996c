// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requestbuilder.h"

#include "bodytemplate.h"
#include "missingsecret.h"
#include "placeholdertext.h"
#include "secretfields.h"
#include "signature.h"
#include "templatecache.h"
#include "tokenmessages.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

// Stands for a secret while a URL is encoded; then the mark takes its place.
constexpr auto urlPlaceholder = "tocsin-redacted-secret"_L1;
const auto bodyField = u"body_template"_s;
constexpr auto bearer = "Bearer "_L1; // RFC 6750 §2.1

bool isControl(QChar character)
{
    return (character.unicode() < 0x20 && character != u'\t') || character.unicode() == 0x7f;
}

class RequestBuilder
{
    static constexpr SentenceMaker say{"Tocsin::RequestBuilder"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::RequestBuilder)

public:
    explicit RequestBuilder(const InvocationRequest &request)
        : m_request(request)
        , m_webhook(request.webhook)
        , m_fields(request.secrets, m_made.redaction)
    {
    }

    std::variant<PreparedRequest, InvocationError> build()
    {
        m_messageId = m_request.messageId.isEmpty()
            ? QString::fromLatin1("test_" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces))
            : m_request.messageId;
        m_context = {.webhookName = m_webhook.name.toStdString(),
                     .deliveryId = m_messageId.toStdString(),
                     .attempt = m_request.attempt,
                     .isTest = !m_request.isDelivery};
        m_made.http.method = toString(m_webhook.method).toLatin1();
        m_fields.useLiterals(m_webhook, m_request.keptAsText.value_or(QSet<QString>()));
        const bool ok = buildUrl() && buildHeaders() && buildBody() && buildTls() && buildOAuth() && buildMessage();
        if (!ok) {
            return *m_error;
        }
        return std::move(m_made);
    }

private:
    bool fail(ErrorKind kind, const QString &field, const Sentence &message, const Sentence &hint = {},
              const TextPosition &position = {})
    {
        m_error = InvocationError{.kind = kind,
                                  .message = m_made.redaction.redact(message),
                                  .hint = hint,
                                  .field = field,
                                  .causes = {},
                                  .position = position};
        return false;
    }

    bool failMissing(const QString &key, const QString &field)
    {
        return fail(ErrorKind::Secret, field, missingSecretMessage(key), missingSecretHint(key));
    }

    /// The text with its secrets, or nothing and the error that says why.
    std::optional<SecretFields::Text> resolve(const QString &text, const QString &field,
                                              const QString &mark = redactionMark.toString())
    {
        auto resolved = m_fields.resolve(text, mark);
        if (resolved.missingKey) {
            failMissing(*resolved.missingKey, field);
            return {};
        }
        if (resolved.fault) {
            fail(ErrorKind::Secret, field, resolved.fault->toKeep());
            return {};
        }
        return resolved;
    }

    /// The same of a text that may hold placeholders.
    std::optional<SecretFields::Text> rendered(const QString &text, TextTemplate::Use use, const QString &field,
                                               const QString &mark = redactionMark.toString())
    {
        if (!hasPlaceholders(text)) {
            return resolve(text, field, mark);
        }
        const auto kept = compiledText(text, use);
        if (!kept->textTemplate) {
            failCompilation(kept->problems, field, say("The template cannot be rendered."));
            return {};
        }
        const auto keys = kept->textTemplate->secretKeys();
        for (const auto &key : keys) {
            if (!m_request.secrets.contains(key)) {
                failMissing(key, field);
                return {};
            }
            m_fields.use(key);
        }
        const auto value = kept->textTemplate->render(m_request.event, m_fields.lookup(), m_context);
        if (!value) {
            failRender(value.error(), field);
            return {};
        }
        const auto shown = kept->textTemplate->render(
            m_request.event, [&mark](const QString &) { return mark; }, m_context);
        SecretFields::Text result;
        result.value = QString::fromStdString(*value);
        result.shown = shown ? QString::fromStdString(*shown) : mark;
        result.hasSecret = !keys.isEmpty();
        return result;
    }

    bool failCompilation(const Problems &problems, const QString &field, const Sentence &otherwise)
    {
        const auto problem = std::find_if(problems.begin(), problems.end(), [](const Problem &candidate) {
            return candidate.severity == Severity::Error;
        });
        return fail(ErrorKind::Template, field, problem == problems.end() ? otherwise : Sentence(problem->message),
                    field == bodyField ? say("Correct the body template where it is marked.") : Sentence(),
                    problem == problems.end() ? TextPosition() : problem->position);
    }

    bool buildUrl()
    {
        const auto field = u"type.http_request.url"_s;
        const auto text = rendered(m_webhook.url, TextTemplate::Use::Url, field, urlPlaceholder);
        if (!text || !checkSecretsOfUrl(field)) {
            return false;
        }
        auto url = parseHttpUrl(text->value, say("URL"));
        if (!url) {
            return fail(text->hasSecret ? ErrorKind::Secret : ErrorKind::Http, field,
                        text->hasSecret
                            ? say("With its secrets in place the URL cannot be sent to: %1", url.error().toKeep())
                            : url.error().toKeep());
        }
        m_made.http.url = std::move(url).value();
        m_made.shown.url = shownUrl(*text);
        return true;
    }

    static QString shownUrl(const SecretFields::Text &text)
    {
        const auto shown = parseHttpUrl(text.shown, {});
        QString url = shown ? QString::fromLatin1(shown->text()) : text.shown;
        return url.replace(urlPlaceholder, redactionMark.toString());
    }

    /// A secret stands in a URL as it is stored: one that would have to be altered is not sent.
    bool checkSecretsOfUrl(const QString &field)
    {
        for (const auto &key : secretKeys(m_webhook.url)) {
            const auto value = m_request.secrets.value(key).toUtf8();
            if (const auto at = firstForbiddenByte(value); at >= 0) {
                const auto column = QString::fromUtf8(value.first(at)).toUcs4().size() + 1;
                return fail(ErrorKind::Secret, field,
                            say("The secret “%1” holds a character at position %2 that a URL cannot hold: store it "
                                "percent-encoded.",
                                key, column));
            }
        }
        return true;
    }

    bool buildHeaders()
    {
        for (const auto &header : m_webhook.headers) {
            const QString field = "type.http_request.headers."_L1 % header.name;
            auto text = rendered(header.value, TextTemplate::Use::Header, field);
            if (!text) {
                return false;
            }
            const auto value = text->value.trimmed();
            const auto &judged = hasPlaceholders(header.value) ? text->value : value; // an event's line end counts
            if (std::any_of(judged.begin(), judged.end(), isControl)) {
                return fail(
                    hasPlaceholders(header.value) ? ErrorKind::Template
                        : text->hasSecret         ? ErrorKind::Secret
                                                  : ErrorKind::Http,
                    field,
                    say("The value of the header %1 holds a line break or another control character.", header.name));
            }
            const bool isSecret = looksSecret(header.name) || m_request.secretHeaders.contains(header.name.toLower());
            const auto shown = isSecret ? m_fields.shownSecretHeader(header.name, *text) : text->shown;
            add(header.name.toLatin1(), value.toUtf8(), shown.trimmed());
        }
        return true;
    }

    bool buildBody()
    {
        if (m_webhook.method == HttpMethod::Get) {
            return true;
        }
        const auto kept = compiledTemplate(m_webhook.bodyTemplate);
        const auto &compilation = *kept;
        if (!compilation.bodyTemplate) {
            return failCompilation(compilation.problems, bodyField, say("The body template does not render to JSON."));
        }
        const auto keys = compilation.bodyTemplate->secretKeys();
        for (const auto &key : keys) {
            if (!m_request.secrets.contains(key)) {
                return failMissing(key, bodyField);
            }
            m_fields.use(key);
        }
        const auto body = compilation.bodyTemplate->render(m_request.event, m_fields.lookup(), m_context);
        if (!body) {
            return failRender(body.error(), bodyField);
        }
        m_made.http.body = QByteArray::fromStdString(*body);
        m_made.shown.body = m_made.http.body;
        if (!keys.isEmpty()) {
            const auto shown = compilation.bodyTemplate->render(
                m_request.event, [](const QString &) { return redactionMark.toString(); }, m_context);
            m_made.shown.body = shown ? QByteArray::fromStdString(*shown) : redactionMark.toUtf8();
        }
        if (!has("Content-Type")) {
            add("Content-Type", "application/json", u"application/json"_s);
        }
        return true;
    }

    bool failRender(const Error &error, const QString &field)
    {
        const bool isBody = field == bodyField;
        if (error.where == BodyTemplate::tooLarge) {
            return fail(ErrorKind::TooLarge, field, error.toKeep(),
                        isBody ? say("Send less of the event: name the fields that the target needs.") : Sentence(),
                        error.position);
        }
        const auto kind = error.where == BodyTemplate::unknownSecret ? ErrorKind::Secret : ErrorKind::Template;
        return fail(kind, field, error.toKeep(),
                    isBody ? say("Correct the body template where it is marked.") : Sentence(), error.position);
    }

    bool buildTls()
    {
        m_made.tls.caCertificates = m_webhook.caCertificates;
        m_made.tls.clientCertificate = m_webhook.clientCertificate;
        const auto key = resolve(m_webhook.clientKey, u"tls.client_key"_s);
        if (!key) {
            return false;
        }
        m_made.tls.clientKey = key->value;
        m_made.redaction.add(key->value);
        return true;
    }

    bool buildOAuth()
    {
        if (!m_webhook.oauth) {
            return true;
        }
        const auto base = "authentication_config.oauth."_L1;
        const auto id = resolve(m_webhook.oauth->clientId, base % "client_id"_L1);
        const auto secret = id ? resolve(m_webhook.oauth->clientSecret, base % "client_secret"_L1) : std::nullopt;
        const auto url = secret
            ? resolve(m_webhook.oauth->tokenEndpointUrl, base % "token_endpoint_url"_L1, urlPlaceholder)
            : std::nullopt;
        if (!url) {
            return false;
        }
        m_made.redaction.add(secret->value);
        m_made.tokenSecrets.isClientId = id->hasSecret;
        m_made.tokenSecrets.url = url->hasSecret ? shownUrl(*url) : QString();
        OAuthClientCredentials credentials{
            .clientId = id->value, .clientSecret = secret->value, .tokenEndpointUrl = url->value, .scopes = {}};
        credentials.clientAuthentication = m_webhook.oauth->clientAuthentication;
        for (const auto &scope : m_webhook.oauth->scopes) {
            const auto text = resolve(scope, base % "scopes"_L1);
            if (!text) {
                return false;
            }
            credentials.scopes.append(text->value);
            if (text->hasSecret) {
                m_made.tokenSecrets.scopes.insert(text->value);
            }
        }
        for (const auto &parameter : m_webhook.oauth->parameters) {
            if (!buildTokenParameter(parameter, credentials)) {
                return false;
            }
        }
        for (const auto how : {ClientAuthentication::Basic, ClientAuthentication::BasicRaw}) {
            m_made.redaction.addBasicCredentials(TokenMessages::basicCredentials(credentials, how));
        }
        m_made.oauth = std::move(credentials);
        return true;
    }

    bool buildTokenParameter(const TokenParameter &parameter, OAuthClientCredentials &credentials)
    {
        const QString field = "authentication_config.oauth.parameters."_L1 % parameter.name;
        const auto text = resolve(parameter.value, field);
        if (!text) {
            return false;
        }
        if (std::any_of(text->value.begin(), text->value.end(), isControl)) {
            return fail(
                text->hasSecret ? ErrorKind::Secret : ErrorKind::OAuth, field,
                say("The value of the parameter %1 holds a line break or another control character.", parameter.name));
        }
        if (text->hasSecret || looksSecretParameter(parameter.name)) {
            m_made.redaction.add(text->value);
            m_made.tokenSecrets.parameters.insert(parameter.name);
        }
        credentials.parameters.append({.name = parameter.name, .value = text->value});
        return true;
    }

    /// Every request says which message it is and when it was sent; a document's own words for these do not count.
    bool buildMessage()
    {
        const auto id = m_messageId.toUtf8();
        const auto at = QDateTime::currentDateTimeUtc();
        if (m_webhook.signingSecret.isEmpty()) {
            addMessageFields(messageFields(id, at));
            return true;
        }
        const auto secret = resolve(m_webhook.signingSecret, u"signing.secret"_s);
        const auto previous =
            secret ? resolve(m_webhook.previousSigningSecret, u"signing.previous_secret"_s) : std::nullopt;
        if (!previous) {
            return false;
        }
        const QString both = secret->value % u' ' % previous->value;
        for (const auto &key : both.simplified().split(u' ', Qt::SkipEmptyParts)) {
            m_made.redaction.add(key);
            m_made.redaction.addWithPieces(key.section(u"whsec_"_s, -1));
        }
        const auto fields = signatureFields(secret->value, previous->value, id, at, m_made.http.body);
        if (!fields) {
            return fail(ErrorKind::Secret, fields.error().where, fields.error().toKeep(),
                        say("Copy the signing secret from the receiver again."));
        }
        addMessageFields(*fields);
        return true;
    }

    void addMessageFields(const HttpFields &fields)
    {
        for (const auto &[name, value] : fields) {
            remove(name);
            add(name, value, QString::fromUtf8(value));
        }
    }

    void add(const QByteArray &name, const QByteArray &value, const QString &shown)
    {
        m_made.http.fields.emplaceBack(name, value);
        m_made.shown.headers.append({.name = QString::fromLatin1(name), .value = shown});
    }

    bool has(const QByteArray &name) const
    {
        return std::any_of(m_made.http.fields.begin(), m_made.http.fields.end(),
                           [&name](const auto &field) { return field.first.compare(name, Qt::CaseInsensitive) == 0; });
    }

    void remove(const QByteArray &name)
    {
        m_made.http.fields.removeIf(
            [&name](const auto &field) { return field.first.compare(name, Qt::CaseInsensitive) == 0; });
        m_made.shown.headers.removeIf([name = QString::fromLatin1(name)](const Header &header) {
            return header.name.compare(name, Qt::CaseInsensitive) == 0;
        });
    }

    const InvocationRequest &m_request;
    const Webhook &m_webhook;
    QString m_messageId;
    RenderContext m_context;
    PreparedRequest m_made;
    SecretFields m_fields;
    std::optional<InvocationError> m_error;
};

} // namespace

HttpRequest PreparedRequest::complete(const QString &bearerToken) const
{
    auto request = http;
    if (!bearerToken.isEmpty()) {
        request.fields.emplaceBack("Authorization", QString(bearer % bearerToken).toLatin1());
    }
    completeFields(request);
    return request;
}

SentRequest PreparedRequest::shownOf(const HttpRequest &complete) const
{
    auto result = describe(complete);
    result.url = shown.url;
    result.body = shown.body;
    for (auto &header : result.headers) {
        const auto own = std::find_if(shown.headers.begin(), shown.headers.end(),
                                      [&header](const Header &candidate) { return candidate.name == header.name; });
        if (own != shown.headers.end()) {
            header.value = own->value;
        } else if (header.name == "Authorization"_L1 && header.value.startsWith(bearer)) {
            header.value = bearer % redactionMark;
        }
    }
    return result;
}

std::variant<PreparedRequest, InvocationError> prepareRequest(const InvocationRequest &request)
{
    return RequestBuilder(request).build();
}

} // namespace Tocsin
