// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "sentencejson.h"
#include "timingnames.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class InvocationWriter
{
public:
    std::string write(const Invocation &invocation)
    {
        m_out.beginObject();
        text("webhook_id", invocation.webhookId);
        time("started_at", invocation.startedAt);
        m_out.key("verdict");
        m_out.string(invocation.verdict == Verdict::Successful ? u"successful"_s : u"failed"_s);
        sentence("reason", "reason_parts", invocation.reason);
        optional("error", invocation.error, &InvocationWriter::error);
        optional("request", invocation.request, &InvocationWriter::request);
        optional("response", invocation.response, &InvocationWriter::response);
        number("sent", invocation.sent);
        m_out.key("validators");
        m_out.beginArray();
        for (const auto &result : invocation.validators) {
            validator(result);
        }
        m_out.endArray();
        timings(invocation.timings);
        m_out.key("timeline");
        m_out.beginArray();
        for (const auto &span : invocation.timeline) {
            timelineSpan(span);
        }
        m_out.endArray();
        flag("connection_reused", invocation.connectionReused);
        optional("tls", invocation.tls, &InvocationWriter::tls);
        optional("token_exchange", invocation.tokenExchange, &InvocationWriter::exchange);
        if (!invocation.earlierTokenExchanges.isEmpty()) {
            m_out.key("earlier_token_exchanges");
            m_out.beginArray();
            for (const auto &earlier : invocation.earlierTokenExchanges) {
                exchange(earlier);
            }
            m_out.endArray();
        }
        flag("used_cached_token", invocation.usedCachedToken);
        text("proxy", invocation.proxy);
        m_out.endObject();
        return m_out.take();
    }

private:
    void text(std::string_view name, const QString &value)
    {
        m_out.key(name);
        m_out.string(value);
    }

    /// As it reads now, and what it is made of.
    void sentence(std::string_view name, std::string_view partsName, const Sentence &value)
    {
        text(name, value.text());
        if (value.kind != Sentence::Kind::Text) {
            m_out.key(partsName);
            Tocsin::write(m_out, value);
        }
    }

    void causes(const QList<Sentence> &causes)
    {
        texts("causes", textsOf(causes));
        const bool haveParts = std::any_of(causes.begin(), causes.end(),
                                           [](const Sentence &cause) { return cause.kind != Sentence::Kind::Text; });
        if (!haveParts) {
            return;
        }
        m_out.key("causes_parts");
        m_out.beginArray();
        for (const auto &cause : causes) {
            Tocsin::write(m_out, cause);
        }
        m_out.endArray();
    }

    void number(std::string_view name, qint64 value)
    {
        m_out.key(name);
        m_out.number(value);
    }

    void flag(std::string_view name, bool value)
    {
        m_out.key(name);
        m_out.boolean(value);
    }

    void time(std::string_view name, const QDateTime &value) { text(name, value.toUTC().toString(Qt::ISODateWithMs)); }

    template <typename T>
    void optional(std::string_view name, const std::optional<T> &value, void (InvocationWriter::*writeValue)(const T &))
    {
        m_out.key(name);
        if (value) {
            (this->*writeValue)(*value);
        } else {
            m_out.null();
        }
    }

    void texts(std::string_view name, const QStringList &values)
    {
        m_out.key(name);
        m_out.beginArray();
        for (const auto &value : values) {
            m_out.string(value);
        }
        m_out.endArray();
    }

    void headers(const QList<Header> &headers, std::string_view name = "headers")
    {
        m_out.key(name);
        m_out.beginArray();
        for (const auto &header : headers) {
            m_out.beginArray();
            m_out.string(header.name);
            m_out.string(header.value);
            m_out.endArray();
        }
        m_out.endArray();
    }

    // A body that is not text has `body` null and `body_base64` beside it.
    void body(const QByteArray &body)
    {
        m_out.key("body");
        if (QByteArrayView(body).isValidUtf8()) {
            m_out.string(QByteArrayView(body));
        } else {
            m_out.null();
            m_out.key("body_base64");
            m_out.string(QByteArrayView(body.toBase64()));
        }
    }

    void request(const SentRequest &request)
    {
        m_out.beginObject();
        text("method", request.method);
        text("url", request.url);
        headers(request.headers);
        body(request.body);
        m_out.endObject();
    }

    void response(const ReceivedResponse &response)
    {
        m_out.beginObject();
        number("status", response.status);
        text("reason_phrase", response.reasonPhrase);
        text("http_version", response.httpVersion);
        headers(response.headers);
        body(response.body);
        flag("truncated", response.truncated);
        if (!response.interim.isEmpty()) {
            m_out.key("interim");
            m_out.beginArray();
            for (const auto &interim : response.interim) {
                m_out.beginObject();
                number("status", interim.status);
                text("reason_phrase", interim.reasonPhrase);
                headers(interim.headers);
                m_out.endObject();
            }
            m_out.endArray();
        }
        if (!response.trailers.isEmpty()) {
            headers(response.trailers, "trailers");
        }
        if (response.loneSurrogates > 0) {
            number("lone_surrogates", response.loneSurrogates);
        }
        m_out.endObject();
    }

    void timings(const Timings &timings)
    {
        m_out.key("timings_ms");
        m_out.beginObject();
        for (const auto &[name, phase] : timingNames) {
            m_out.key(name);
            if (const auto &taken = timings.*phase) {
                m_out.number(taken->count());
            } else {
                m_out.null();
            }
        }
        m_out.endObject();
    }

    void timelineSpan(const TimelineSpan &span)
    {
        m_out.beginObject();
        text("phase", toString(span.phase));
        if (span.tokenExchange > 0) {
            number("token_exchange", span.tokenExchange);
        }
        m_out.key("ms");
        m_out.number(span.duration.count());
        m_out.endObject();
    }

    void tls(const TlsInfo &tls)
    {
        m_out.beginObject();
        text("protocol", tls.protocol);
        text("cipher", tls.cipher);
        m_out.key("chain");
        m_out.beginArray();
        for (const auto &certificate : tls.chain) {
            m_out.beginObject();
            text("subject", certificate.subject);
            text("issuer", certificate.issuer);
            texts("alternative_names", certificate.alternativeNames);
            time("not_before", certificate.notBefore);
            time("not_after", certificate.notAfter);
            text("serial_number", certificate.serialNumber);
            text("sha256_fingerprint", certificate.sha256Fingerprint);
            text("public_key", certificate.publicKey);
            text("pem", certificate.pem);
            m_out.endObject();
        }
        m_out.endArray();
        texts("errors", tls.errors);
        flag("session_resumed", tls.sessionResumed);
        flag("client_certificate_asked", tls.clientCertificateAsked);
        text("client_certificate", tls.clientCertificate);
        m_out.endObject();
    }

    void error(const InvocationError &error)
    {
        m_out.beginObject();
        text("kind", toString(error.kind));
        sentence("message", "message_parts", error.message);
        sentence("hint", "hint_parts", error.hint);
        if (!error.field.isEmpty()) {
            text("field", error.field);
        }
        if (!error.causes.isEmpty()) {
            causes(error.causes);
        }
        if (!error.detail.isEmpty()) {
            text("detail", error.detail);
        }
        if (error.retryAfter) {
            number("retry_after_in_sec", error.retryAfter->count());
        }
        if (error.position.isValid()) {
            m_out.key("position");
            m_out.beginObject();
            number("line", error.position.line);
            number("column", error.position.column);
            number("offset", error.position.offset);
            m_out.endObject();
        }
        m_out.endObject();
    }

    void validator(const ValidatorResult &result)
    {
        m_out.beginObject();
        text("json_path", result.jsonPath);
        texts("expected_values", result.expectedValues);
        // Where that is no whole value, or nests too deeply to be read where it stands, `actual` is null, and
        // `actual_beginning` beside it.
        const QByteArray actual = result.actual.toUtf8();
        const bool isWhole = !result.actualIsCut && checkJson(QByteArray("[[[" + actual + "]]]")) && checkJson(actual);
        m_out.key("actual");
        m_out.json(isWhole ? std::string_view(actual.constData(), static_cast<std::size_t>(actual.size())) : "null");
        if (!isWhole && !actual.isEmpty()) {
            text("actual_beginning", result.actual);
        }
        if (result.omitted > 0) {
            number("omitted", result.omitted);
        }
        flag("selected", !result.actual.isEmpty());
        flag("passed", result.passed);
        sentence("message", "message_parts", result.message);
        m_out.endObject();
    }

    void exchange(const TokenExchange &exchange)
    {
        m_out.beginObject();
        optional("request", std::optional(exchange.request), &InvocationWriter::request);
        optional("response", exchange.response, &InvocationWriter::response);
        timings(exchange.timings);
        optional("tls", exchange.tls, &InvocationWriter::tls);
        number("expires_in", exchange.expiresInSeconds);
        if (exchange.isOverAtOnce) {
            flag("expired_at_once", true);
        }
        flag("renewed", exchange.renewed);
        if (exchange.clientAuthentication) {
            text("client_authentication", toString(*exchange.clientAuthentication));
        }
        m_out.endObject();
    }

    JsonWriter m_out;
};

} // namespace

std::string writeInvocation(const Invocation &invocation)
{
    return InvocationWriter().write(invocation);
}

Json toJson(const Invocation &invocation)
{
    const auto json = parseJson(QByteArray::fromStdString(writeInvocation(invocation)));
    Q_ASSERT(json);
    return json ? *json : Json::object();
}

} // namespace Tocsin
