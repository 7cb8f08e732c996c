// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingestrequest.h"

#include "ingest.h"

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

/// Before its colon a name has no blank: one server would know the field, the next one would not (RFC 9112 §5.1).
bool hasNameWithBlank(MHD_Connection *connection)
{
    bool found = false;
    const auto look = [](void *context, MHD_ValueKind, const char *key, const char *) {
        const QByteArrayView name(key);
        *static_cast<bool *>(context) |= name.trimmed().size() != name.size();
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
std::optional<IngestAnswer> framingFault(MHD_Connection *connection)
{
    const auto lengths = headersOf(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    const auto codings = headersOf(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING);
    if (lengths.size() > 1 || codings.size() > 1 || (!lengths.isEmpty() && !codings.isEmpty())
        || hasNameWithBlank(connection)) {
        return IngestAnswer::badRequest(
            IngestAnswer::tr("The request says more than once, or in two ways, where its body ends."));
    }
    if (!codings.isEmpty() && codings.first().trimmed().toLower() != "chunked") {
        return IngestAnswer::unknownTransferCoding();
    }
    return std::nullopt;
}

bool isGzip(const QByteArray &coding)
{
    return coding == "gzip" || coding == "x-gzip";
}

} // namespace

std::optional<IngestAnswer> readHead(MHD_Connection *connection, const QByteArray &target, const QByteArray &method,
                                     IngestRequest &request)
{
    if (const auto fault = framingFault(connection)) {
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

std::optional<IngestAnswer> bodyRefusal(MHD_Connection *connection)
{
    const auto codings = headersOf(connection, MHD_HTTP_HEADER_CONTENT_ENCODING);
    const auto coding = codings.value(0).trimmed().toLower();
    const bool isKnown = coding.isEmpty() || coding == "identity" || isGzip(coding);
    if (codings.size() > 1 || !isKnown) {
        return IngestAnswer::unknownContentCoding();
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
