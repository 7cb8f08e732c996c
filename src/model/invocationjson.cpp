// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "sentencejson.h"
#include "timingnames.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct InvocationText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Invocation)
};

// Reads what writeInvocation() writes; keeps the path of the first fault and goes on with empty values.
class InvocationReader
{
public:
    Result<Invocation> read(const Json &document)
    {
        Invocation invocation;
        invocation.webhookId = string(document, "webhook_id");
        invocation.startedAt = time(document, "started_at");
        const auto verdict = string(document, "verdict");
        if (verdict != "successful"_L1 && verdict != "failed"_L1) {
            fault("verdict");
        }
        invocation.verdict = verdict == "successful"_L1 ? Verdict::Successful : Verdict::Failed;
        invocation.reason = sentence(document, "reason", "reason_parts");
        if (const auto *value = object(document, "error")) {
            invocation.error = error(*value);
        }
        if (const auto *value = object(document, "request")) {
            invocation.request = request(*value);
        }
        if (const auto *value = object(document, "response")) {
            invocation.response = response(*value);
        }
        invocation.sent = number(document, "sent");
        for (const auto &value : array(document, "validators")) {
            invocation.validators.append(validator(value));
        }
        invocation.timings = timings(document);
        if (document.contains("timeline")) {
            for (const auto &value : array(document, "timeline")) {
                invocation.timeline.append(timelineSpan(value));
            }
        }
        invocation.connectionReused = flagIfThere(document, "connection_reused");
        if (const auto *value = object(document, "tls")) {
            invocation.tls = tls(*value);
        }
        if (const auto *value = object(document, "token_exchange")) {
            invocation.tokenExchange = exchange(*value);
        }
        if (document.contains("earlier_token_exchanges")) {
            for (const auto &value : array(document, "earlier_token_exchanges")) {
                invocation.earlierTokenExchanges.append(exchange(value));
            }
        }
        invocation.usedCachedToken = flag(document, "used_cached_token");
        invocation.proxy = string(document, "proxy");
        if (m_fault.isEmpty()) {
            return invocation;
        }
        return Error{.message = InvocationText::tr("The invocation's record has no valid member \"%1\".").arg(m_fault),
                     .where = m_fault,
                     .position = {}};
    }

private:
    void fault(const char *name)
    {
        if (m_fault.isEmpty()) {
            m_fault = QString::fromLatin1(name);
        }
    }

    const Json &member(const Json &parent, const char *name)
    {
        static const Json none;
        if (!parent.is_object()) {
            fault(name);
            return none;
        }
        const auto found = parent.find(name);
        return found == parent.end() ? none : *found;
    }

    QString string(const Json &parent, const char *name)
    {
        const auto &value = member(parent, name);
        if (!value.is_string()) {
            fault(name);
            return {};
        }
        return toQString(value.get_ref<const std::string &>());
    }

    /// By its parts; older records have the words alone.
    Sentence sentence(const Json &parent, const char *name, const char *partsName)
    {
        const Sentence asWritten(string(parent, name));
        return parent.contains(partsName) ? sentenceFromJson(parent.at(partsName)).value_or(asWritten) : asWritten;
    }

    QList<Sentence> causes(const Json &error)
    {
        QList<Sentence> causes;
        const auto asWritten = strings(error, "causes");
        const auto *parts = error.contains("causes_parts") ? &array(error, "causes_parts") : nullptr;
        for (const auto &text : asWritten) {
            const auto at = static_cast<std::size_t>(causes.size());
            const auto read = parts && at < parts->size() ? sentenceFromJson(parts->at(at)) : std::nullopt;
            causes.append(read.value_or(Sentence(text)));
        }
        return causes;
    }

    int number(const Json &parent, const char *name)
    {
        const auto &value = member(parent, name);
        if (!value.is_number_integer()) {
            fault(name);
            return 0;
        }
        return static_cast<int>(value.get<qint64>());
    }

    bool flag(const Json &parent, const char *name)
    {
        const auto &value = member(parent, name);
        if (!value.is_boolean()) {
            fault(name);
            return false;
        }
        return value.get<bool>();
    }

    /// Older records do not have it.
    bool flagIfThere(const Json &parent, const char *name) { return parent.contains(name) && flag(parent, name); }

    QDateTime time(const Json &parent, const char *name)
    {
        return QDateTime::fromString(string(parent, name), Qt::ISODateWithMs);
    }

    const Json *object(const Json &parent, const char *name)
    {
        const auto &value = member(parent, name);
        if (value.is_null()) {
            return nullptr;
        }
        if (!value.is_object()) {
            fault(name);
            return nullptr;
        }
        return &value;
    }

    const Json &array(const Json &parent, const char *name)
    {
        static const Json none = Json::array();
        const auto &value = member(parent, name);
        if (!value.is_array()) {
            fault(name);
            return none;
        }
        return value;
    }

    QStringList strings(const Json &parent, const char *name)
    {
        QStringList values;
        for (const auto &value : array(parent, name)) {
            if (!value.is_string()) {
                fault(name);
                break;
            }
            values.append(toQString(value.get_ref<const std::string &>()));
        }
        return values;
    }

    QList<Header> headers(const Json &parent, const char *name = "headers")
    {
        QList<Header> headers;
        for (const auto &pair : array(parent, name)) {
            if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) {
                fault(name);
                break;
            }
            headers.append({.name = toQString(pair[0].get_ref<const std::string &>()),
                            .value = toQString(pair[1].get_ref<const std::string &>())});
        }
        return headers;
    }

    QByteArray body(const Json &parent)
    {
        if (!member(parent, "body").is_null()) {
            return string(parent, "body").toUtf8();
        }
        return QByteArray::fromBase64(string(parent, "body_base64").toLatin1());
    }

    SentRequest request(const Json &value)
    {
        return {.method = string(value, "method"),
                .url = string(value, "url"),
                .headers = headers(value),
                .body = body(value)};
    }

    ReceivedResponse response(const Json &value)
    {
        ReceivedResponse response{.status = number(value, "status"),
                                  .reasonPhrase = string(value, "reason_phrase"),
                                  .httpVersion = string(value, "http_version"),
                                  .headers = headers(value),
                                  .body = body(value),
                                  .truncated = flag(value, "truncated")};
        if (value.contains("interim")) {
            for (const auto &interim : array(value, "interim")) {
                response.interim.append({.status = number(interim, "status"),
                                         .reasonPhrase = string(interim, "reason_phrase"),
                                         .headers = headers(interim)});
            }
        }
        if (value.contains("trailers")) {
            response.trailers = headers(value, "trailers");
        }
        if (value.contains("lone_surrogates")) {
            response.loneSurrogates = number(value, "lone_surrogates");
        }
        return response;
    }

    InvocationError error(const Json &value)
    {
        InvocationError error;
        if (const auto kind = errorKindFromString(string(value, "kind"))) {
            error.kind = *kind;
        } else {
            fault("kind");
        }
        error.message = sentence(value, "message", "message_parts");
        error.hint = sentence(value, "hint", "hint_parts");
        if (value.contains("field")) {
            error.field = string(value, "field");
        }
        if (value.contains("causes")) {
            error.causes = causes(value);
        }
        if (value.contains("detail")) {
            error.detail = string(value, "detail");
        }
        if (value.contains("retry_after_in_sec")) {
            error.retryAfter = std::chrono::seconds(number(value, "retry_after_in_sec"));
        }
        if (const auto *position = object(value, "position")) {
            error.position = {.line = number(*position, "line"),
                              .column = number(*position, "column"),
                              .offset = number(*position, "offset")};
        }
        return error;
    }

    ValidatorResult validator(const Json &value)
    {
        ValidatorResult result{.jsonPath = string(value, "json_path"),
                               .expectedValues = strings(value, "expected_values"),
                               .actual = {},
                               .passed = flag(value, "passed"),
                               .message = sentence(value, "message", "message_parts")};
        result.actualIsCut = value.contains("actual_beginning");
        if (result.actualIsCut) {
            result.actual = string(value, "actual_beginning");
        } else if (flag(value, "selected")) {
            result.actual = toQString(writeJson(member(value, "actual")));
        }
        if (value.contains("omitted")) {
            result.omitted = number(value, "omitted");
        }
        return result;
    }

    Timings timings(const Json &parent)
    {
        Timings timings;
        const auto *values = object(parent, "timings_ms");
        if (!values) {
            fault("timings_ms");
            return timings;
        }
        for (const auto &[name, phase] : timingNames) {
            const auto &value = member(*values, name);
            if (isJsonNumber(value)) {
                timings.*phase = Milliseconds(toDouble(value));
            } else if (!value.is_null()) {
                fault(name);
            }
        }
        return timings;
    }

    TimelineSpan timelineSpan(const Json &value)
    {
        TimelineSpan span;
        if (const auto phase = invocationPhaseFromString(string(value, "phase"))) {
            span.phase = *phase;
        } else {
            fault("phase");
        }
        if (value.contains("token_exchange")) {
            span.tokenExchange = number(value, "token_exchange");
        }
        if (const auto &duration = member(value, "ms"); isJsonNumber(duration)) {
            span.duration = Milliseconds(toDouble(duration));
        } else {
            fault("ms");
        }
        return span;
    }

    TlsInfo tls(const Json &value)
    {
        TlsInfo tls{.protocol = string(value, "protocol"),
                    .cipher = string(value, "cipher"),
                    .chain = {},
                    .errors = strings(value, "errors"),
                    .sessionResumed = flagIfThere(value, "session_resumed"),
                    .clientCertificateAsked = flagIfThere(value, "client_certificate_asked")};
        if (value.contains("client_certificate")) {
            tls.clientCertificate = string(value, "client_certificate");
        }
        for (const auto &certificate : array(value, "chain")) {
            tls.chain.append({.subject = string(certificate, "subject"),
                              .issuer = string(certificate, "issuer"),
                              .alternativeNames = strings(certificate, "alternative_names"),
                              .notBefore = time(certificate, "not_before"),
                              .notAfter = time(certificate, "not_after"),
                              .serialNumber = string(certificate, "serial_number"),
                              .sha256Fingerprint = string(certificate, "sha256_fingerprint"),
                              .publicKey = string(certificate, "public_key"),
                              .pem = string(certificate, "pem")});
        }
        return tls;
    }

    TokenExchange exchange(const Json &value)
    {
        TokenExchange exchange;
        if (const auto *sent = object(value, "request")) {
            exchange.request = request(*sent);
        }
        if (const auto *received = object(value, "response")) {
            exchange.response = response(*received);
        }
        exchange.timings = timings(value);
        if (const auto *connection = object(value, "tls")) {
            exchange.tls = tls(*connection);
        }
        exchange.expiresInSeconds = number(value, "expires_in");
        exchange.isOverAtOnce = value.contains("expired_at_once") && flag(value, "expired_at_once");
        exchange.renewed = flag(value, "renewed");
        if (value.contains("client_authentication")) {
            exchange.clientAuthentication = clientAuthenticationFromString(string(value, "client_authentication"));
            if (!exchange.clientAuthentication) {
                fault("client_authentication");
            }
        }
        return exchange;
    }

    QString m_fault;
};

} // namespace

Result<Invocation> invocationFromJson(const Json &document)
{
    return InvocationReader().read(document);
}

} // namespace Tocsin
