// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingestrequest.h"

#include "ingest.h"
#include "utf8.h"

#include <algorithm>

namespace Tocsin {

namespace {

QList<QByteArray> headersOf(MHD_Connection *connection, const QByteArray &name)
{
    struct Search
    {
        const QByteArray &name;
        QList<QByteArray> values{};
    } search{.name = name};
    const auto take = [](void *context, MHD_ValueKind, const char *key, const char *value) {
        auto *found = static_cast<Search *>(context);
        if (found->name.compare(key, Qt::CaseInsensitive) == 0) {
            found->values.append(QByteArray(value));
        }
        return MHD_YES;
    };
    MHD_get_connection_values(connection, MHD_HEADER_KIND, take, &search);
    return search.values;
}

bool isLetterOrDigit(char c)
{
    const char lower = static_cast<char>(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
}

bool isTokenCharacter(char c) // RFC 9110 §5.6.2
{
    return isLetterOrDigit(c) || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isControlCharacter(char c)
{
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}

/// A field that one server would know and the next one would not: with a blank before its colon (RFC 9112 §5.1), with
/// no name, or with a line end in its value (RFC 9110 §5.5).
bool hasUnclearField(MHD_Connection *connection)
{
    bool found = false;
    const auto look = [](void *context, MHD_ValueKind, const char *key, const char *value) {
        const QByteArrayView name(key);
        const QByteArrayView text(value);
        *static_cast<bool *>(context) |= name.isEmpty() || !std::all_of(name.begin(), name.end(), isTokenCharacter)
            || std::any_of(text.begin(), text.end(), isControlCharacter);
        return MHD_YES;
    };
    MHD_get_connection_values(connection, MHD_HEADER_KIND, look, &found);
    return found;
}

QByteArray headerOf(MHD_Connection *connection, const char *name)
{
    return QByteArray(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

/// The path of a request-target: of the absolute form (RFC 9112 §3.2.2), too, whoever it names.
QByteArray pathOf(const QByteArray &target)
{
    const qsizetype scheme = target.indexOf("://");
    const auto name = scheme > 0 ? target.left(scheme).toLower() : QByteArray();
    if (name != "http" && name != "https") {
        return target;
    }
    const qsizetype path = target.indexOf('/', scheme + 3);
    return path < 0 ? QByteArray("/") : target.mid(path);
}

/// What leaves unclear where a request ends could make two servers see different ones (RFC 9112 §6.3).
std::optional<IngestAnswer> framingFault(MHD_Connection *connection, bool isOldVersion)
{
    const auto lengths = headersOf(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    const auto codings = headersOf(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING);
    if (hasUnclearField(connection)) {
        return IngestAnswer::badRequest(IngestAnswer::tr(
            "A field of the request has no name, a name with a blank in it, or a line end in its value."));
    }
    if (lengths.size() > 1 || codings.size() > 1 || (!lengths.isEmpty() && !codings.isEmpty())) {
        return IngestAnswer::badRequest(
            IngestAnswer::tr("The request says more than once, or in two ways, where its body ends."));
    }
    if (!codings.isEmpty() && isOldVersion) { // RFC 9112 §6.1
        return IngestAnswer::badRequest(IngestAnswer::tr("HTTP/1.0 knows no Transfer-Encoding."));
    }
    if (!codings.isEmpty() && codings.first().trimmed().toLower() != "chunked") {
        return IngestAnswer::unknownTransferCoding();
    }
    return std::nullopt;
}

bool isHost(QByteArrayView value) // RFC 9110 §7.2, by the characters that it may have
{
    return std::all_of(value.begin(), value.end(),
                       [](char c) { return isLetterOrDigit(c) || QByteArrayView("-._~%!$&'()*+,;=:[]").contains(c); });
}

/// One host, also where it is an empty one (RFC 9112 §3.2), and one who asks: what stands there twice might be read as
/// the first here, and as the last by whoever let the request pass.
std::optional<IngestAnswer> addressingFault(MHD_Connection *connection, bool isOldVersion)
{
    const auto hosts = headersOf(connection, MHD_HTTP_HEADER_HOST);
    if (hosts.size() > 1 || (hosts.isEmpty() && !isOldVersion)) {
        return IngestAnswer::badRequest(
            hosts.isEmpty() ? IngestAnswer::tr("The request has no Host field, which HTTP/1.1 asks for.")
                            : IngestAnswer::tr("The request has more than one Host field."));
    }
    if (!isHost(hosts.value(0).trimmed())) {
        return IngestAnswer::badRequest(IngestAnswer::tr("What the request's Host field says is no host."));
    }
    if (headersOf(connection, MHD_HTTP_HEADER_AUTHORIZATION).size() > 1) { // RFC 9110 §11.6.2
        return IngestAnswer::badRequest(IngestAnswer::tr("The request has more than one Authorization field."));
    }
    return std::nullopt;
}

struct Parameter
{
    QByteArray name;
    QByteArray value;
};

QList<Parameter> parametersOf(MHD_Connection *connection)
{
    QList<Parameter> parameters;
    const auto take = [](void *context, MHD_ValueKind, const char *key, const char *value) {
        static_cast<QList<Parameter> *>(context)->append(Parameter{.name = key, .value = value});
        return MHD_YES;
    };
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take, &parameters);
    return parameters;
}

QString shownWord(const QByteArray &word)
{
    constexpr qsizetype longest = 64; // characters
    const auto text = QString::fromUtf8(word).simplified();
    return text.size() > longest ? QString(text.first(longest) % QChar(0x2026)) : text;
}

/// A key may be written as a string of structured fields (RFC 8941 §3.3.3), in quotes that are no part of it.
QByteArray withoutQuotes(const QByteArray &value)
{
    if (value.size() < 2 || !value.startsWith('"') || !value.endsWith('"')) {
        return value;
    }
    QByteArray text;
    for (qsizetype i = 1; i < value.size() - 1; ++i) {
        const bool isEscaped = value[i] == '\\';
        i += isEscaped ? 1 : 0;
        const bool isEscapable = i < value.size() - 1 && (value[i] == '"' || value[i] == '\\');
        if (isEscaped ? !isEscapable : value[i] == '"') {
            return value; // no such string: what stands there is the key
        }
        text += value[i];
    }
    return text;
}

bool isGzip(const QByteArray &coding)
{
    return coding == "gzip" || coding == "x-gzip";
}

} // namespace

std::optional<IngestAnswer> readHead(MHD_Connection *connection, const RequestLine &line, IngestRequest &request)
{
    const auto &[method, target, version] = line;
    const bool isOldVersion = version == MHD_HTTP_VERSION_1_0;
    if (const auto fault = framingFault(connection, isOldVersion)) {
        return fault;
    }
    if (const auto fault = addressingFault(connection, isOldVersion)) {
        return fault;
    }
    const auto path = pathOf(target);
    const bool isGet = method == MHD_HTTP_METHOD_GET || method == MHD_HTTP_METHOD_HEAD;
    if (path == "/healthz" || path == "/metrics") {
        request.route = path == "/healthz" ? IngestRequest::Route::Health : IngestRequest::Route::Metrics;
        return isGet ? std::nullopt : std::optional(IngestAnswer::wrongMethod("GET, HEAD"));
    }
    if (path != "/v1/events") {
        return IngestAnswer::notFound();
    }
    if (method != MHD_HTTP_METHOD_POST) {
        return IngestAnswer::wrongMethod("POST");
    }
    constexpr QByteArrayView scheme = "bearer "; // RFC 6750 §2.1
    const QByteArray authorization = headerOf(connection, MHD_HTTP_HEADER_AUTHORIZATION);
    const bool isBearer = authorization.left(scheme.size()).toLower() == scheme;
    request.token = isBearer ? authorization.mid(scheme.size()).trimmed() : QByteArray();
    const auto force = QByteArray(MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "force"));
    request.isForced = force == "true" || force == "1";
    request.isPacked = isGzip(headerOf(connection, MHD_HTTP_HEADER_CONTENT_ENCODING).trimmed().toLower());
    return std::nullopt;
}

std::optional<IngestAnswer> parameterRefusal(MHD_Connection *connection)
{
    const auto parameters = parametersOf(connection);
    const auto unknown = std::find_if(parameters.begin(), parameters.end(),
                                      [](const Parameter &parameter) { return parameter.name != "force"; });
    if (unknown != parameters.end()) {
        return IngestAnswer::unknownParameter(shownWord(unknown->name));
    }
    const auto force = parameters.isEmpty() ? QByteArray("false") : parameters.first().value;
    if (parameters.size() > 1 || (force != "true" && force != "1" && force != "false" && force != "0")) {
        return IngestAnswer::unclearForce();
    }
    return std::nullopt;
}

std::optional<IngestAnswer> bodyIdRefusal(MHD_Connection *connection, IngestRequest &request)
{
    constexpr std::size_t mostCharacters = 256;
    QList<QByteArray> ids;
    for (const QByteArray name : {"webhook-id", "Idempotency-Key"}) {
        for (const auto &value : headersOf(connection, name)) {
            ids.append(withoutQuotes(value.trimmed()));
            const std::string text = ids.constLast().toStdString();
            if (text.empty() || firstInvalidUtf8(text) != std::string::npos || countCodePoints(text) > mostCharacters) {
                return IngestAnswer::unclearBodyId(
                    IngestAnswer::tr("The request's %1 is no id: that has 1 to %2 characters, in UTF-8.")
                        .arg(QString::fromLatin1(name), QString::number(mostCharacters)));
            }
        }
    }
    if (std::any_of(ids.begin(), ids.end(), [&ids](const QByteArray &id) { return id != ids.constFirst(); })) {
        return IngestAnswer::unclearBodyId(
            IngestAnswer::tr("The request has two ids that differ: webhook-id and Idempotency-Key mean the same."));
    }
    request.bodyId = QString::fromUtf8(ids.value(0));
    return std::nullopt;
}

std::optional<IngestAnswer> bodyRefusal(MHD_Connection *connection)
{
    const auto codings = headersOf(connection, MHD_HTTP_HEADER_CONTENT_ENCODING);
    const auto coding = codings.value(0).trimmed().toLower();
    const bool isKnown = coding.isEmpty() || coding == "identity" || isGzip(coding);
    if (codings.size() > 1 || !isKnown) {
        return IngestAnswer::unknownContentCoding();
    }
    if (headersOf(connection, MHD_HTTP_HEADER_CONTENT_LENGTH).isEmpty()
        && headersOf(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING).isEmpty()) {
        return IngestAnswer::noLength();
    }
    return bodyLength(connection) > Ingest::maximumBody ? std::optional(IngestAnswer::tooLarge()) : std::nullopt;
}

qint64 bodyLength(MHD_Connection *connection)
{
    return headerOf(connection, MHD_HTTP_HEADER_CONTENT_LENGTH).toLongLong();
}

bool hasBody(MHD_Connection *connection)
{
    return bodyLength(connection) > 0 || !headerOf(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING).isEmpty();
}

qint64 mostDrained()
{
    return 4 * Ingest::maximumBody;
}

bool isAnsweredAtOnce(MHD_Connection *connection, const IngestAnswer &refusal)
{
    const bool waits = headerOf(connection, MHD_HTTP_HEADER_EXPECT).toLower() == "100-continue";
    return waits || refusal.isLast || bodyLength(connection) > mostDrained();
}

MHD_Result sendAnswer(MHD_Connection *connection, const IngestAnswer &answer)
{
    auto *response =
        MHD_create_response_from_buffer(static_cast<std::size_t>(answer.body.size()),
                                        const_cast<char *>(answer.body.constData()), MHD_RESPMEM_MUST_COPY);
    if (!response) {
        return MHD_NO;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer.contentType.constData());
    for (const auto &[name, value] : answer.headers) {
        MHD_add_response_header(response, name.constData(), value.constData());
    }
    if (answer.isLast) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    }
    const auto result = MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
    MHD_destroy_response(response);
    return result;
}

} // namespace Tocsin
