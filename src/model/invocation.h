// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "certificateinfo.h"
#include "json.h"
#include "sentence.h"
#include "timeline.h"
#include "webhook.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace Tocsin {

/// What stands in place of a secret in everything that is kept or shown.
inline constexpr QStringView redactionMark = u"••••••";

enum class Verdict { Successful, Failed };

enum class ErrorKind {
    Dns,
    Refused,
    Tls,
    Timeout,
    Reset,
    Protocol, ///< what came back breaks HTTP (RFC 9112) or its content coding
    Egress, ///< an address that nothing is sent to: link-local, or a cloud's metadata service
    TooLarge,
    Http,
    Validator,
    Template,
    Secret,
    OAuth,
    Cancelled
};
/// The word in documents (`dns`, `too_large`); not translated.
QString toString(ErrorKind kind);
std::optional<ErrorKind> errorKindFromString(const QString &text);

/// Why an invocation failed: one sentence, and what to do about it.
struct InvocationError
{
    ErrorKind kind = ErrorKind::Http;
    Sentence message;
    Sentence hint;
    QString field; ///< the webhook's field to change (as in Problem::field); may be empty
    QList<Sentence> causes; ///< likely causes, most likely first, for the Troubleshoot page; may be empty
    TextPosition position; ///< into the template, for ErrorKind::Template
    QString detail{}; ///< in the words of the system or of a library, not translated; may be empty
    std::optional<std::chrono::seconds> retryAfter{}; ///< how long the token endpoint is not to be asked again

    bool operator==(const InvocationError &) const = default;
};

/// What went out, secrets redacted. Headers in the order and spelling sent, those added by us included.
struct SentRequest
{
    QString method;
    QString url;
    QList<Header> headers;
    QByteArray body;

    bool operator==(const SentRequest &) const = default;
};

/// An answer before the final one: 102, 103 and their like (RFC 9110 §15.2).
struct InterimResponse
{
    int status = 0;
    QString reasonPhrase;
    QList<Header> headers;

    bool operator==(const InterimResponse &) const = default;
};

/// What came back, secrets redacted. At most 1 MiB of body is kept (`truncated`), its content coding undone. Fields
/// stand in the order in which they came, empty and repeated ones too.
struct ReceivedResponse
{
    int status = 0;
    QString reasonPhrase;
    QString httpVersion; ///< "1.1"
    QList<Header> headers;
    QByteArray body; ///< as it came: see responseText()
    bool truncated = false;
    QList<InterimResponse> interim{}; ///< in the order in which they came
    QList<Header> trailers{}; ///< fields that came after the body (RFC 9110 §6.5)
    int loneSurrogates = 0; ///< escapes in its JSON that are no character, which validators saw as U+FFFD

    bool operator==(const ReceivedResponse &) const = default;
};

struct ValidatorResult
{
    QString jsonPath;
    QStringList expectedValues;
    /// JSON text of what was selected: the value or, of several, an array of the first ten that are not accepted (of
    /// all, where it passed); at most 4 KiB. Empty: nothing was selected.
    QString actual;
    bool passed = false;
    Sentence message; ///< why it failed; empty when it passed
    bool actualIsCut = false; ///< `actual` is only the beginning of a value's text
    int omitted = 0; ///< how many more such values there are than `actual` has

    bool operator==(const ValidatorResult &) const = default;
};

/// Phases that were measured; absent where a phase did not happen (lookup and connect on a reused connection).
struct Timings
{
    std::optional<Milliseconds> queued;
    std::optional<Milliseconds> lookup;
    std::optional<Milliseconds> connect; ///< TCP, and the way through a proxy; without `tls`, in old records, TLS too
    std::optional<Milliseconds> tls;
    std::optional<Milliseconds> send;
    std::optional<Milliseconds> wait;
    std::optional<Milliseconds> receive;
    std::optional<Milliseconds> total;

    bool operator==(const Timings &) const = default;
};

struct TlsInfo
{
    QString protocol; ///< "TLSv1.3"
    QString cipher;
    QList<CertificateInfo> chain; ///< leaf first
    QStringList errors; ///< what was wrong with the chain, if anything
    bool sessionResumed = false; ///< by a ticket of an earlier connection (RFC 8446 §2.2)
    bool clientCertificateAsked = false; ///< in the handshake of this connection
    QString clientCertificate{}; ///< the subject of the one that was sent; empty: none was

    bool operator==(const TlsInfo &) const = default;
};

/// The OAuth exchange that came before the request. Absent where a cached token was used (then `usedCachedToken`).
struct TokenExchange
{
    SentRequest request;
    std::optional<ReceivedResponse> response;
    Timings timings;
    std::optional<TlsInfo> tls;
    int expiresInSeconds = 0; ///< as the server, or the token itself, says; 0: neither does
    bool isOverAtOnce = false; ///< the server says that the token was over when it came
    bool renewed = false; ///< the target answered 401 and a new token was fetched
    std::optional<ClientAuthentication> clientAuthentication{}; ///< never Automatic; absent in old records

    bool operator==(const TokenExchange &) const = default;
};

/// One HTTP exchange for one webhook. A Test and a delivery attempt are both invocations, made by the same code.
struct Invocation
{
    QString webhookId; ///< empty for a webhook that is not saved
    QDateTime startedAt; ///< UTC
    Verdict verdict = Verdict::Failed;
    Sentence reason; ///< one
    std::optional<InvocationError> error;
    std::optional<SentRequest> request; ///< absent where none could be built
    std::optional<ReceivedResponse> response;
    int sent = 0; ///< how often the request went out on the wire
    QList<ValidatorResult> validators;
    Timings timings; ///< of the last request, if there were two; `total` is that of the timeline
    QList<TimelineSpan> timeline{}; ///< from the press of Test to the end; empty in old records
    bool connectionReused = false;
    std::optional<TlsInfo> tls;
    std::optional<TokenExchange> tokenExchange; ///< the last one
    QList<TokenExchange> earlierTokenExchanges{}; ///< those before, in their order
    bool usedCachedToken = false;
    QString proxy; ///< "host:port" of the system's proxy, where one was used

    bool operator==(const Invocation &) const = default;
};

/// From the press of Test to the end: the sum of the timeline, in old records what was measured; none where nothing
/// was.
std::optional<Milliseconds> totalTime(const Invocation &invocation);

/// The form that `tocsinctl test --json` prints and the database keeps. fromJson reads what toJson wrote. Its sentences
/// stand there twice: as they read in the language of the writer, and (`reason_parts`, `message_parts` …) as what they
/// are made of, by which they are read; a record that has no such parts is read as it was written.
Json toJson(const Invocation &invocation);
std::string writeInvocation(const Invocation &invocation); ///< the same as text
Result<Invocation> invocationFromJson(const Json &document);

/// The request as a curl command for a POSIX shell. Where a secret was redacted stands a shell variable named after its
/// place: `$TOCSIN_SECRET_DD_API_KEY` in the header DD-API-KEY, `$TOCSIN_SECRET_URL`, `$TOCSIN_SECRET_BODY`.
QString toCurlCommand(const SentRequest &request);

} // namespace Tocsin
