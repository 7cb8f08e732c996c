// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingestanswer.h"

#include "eventbatch.h"
#include "ingest.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr qsizetype faultsShown = 10;

QByteArray jsonText(const Json &value)
{
    return QByteArray::fromStdString(writeJson(value)) + '\n';
}

} // namespace

IngestAnswer IngestAnswer::accepted(const QList<AcceptedEvent> &events)
{
    Json list = Json::array();
    for (const AcceptedEvent &event : events) {
        list.push_back(toJson(event));
    }
    return {.status = 202, .body = jsonText(Json{{"events", std::move(list)}}), .headers = {}};
}

IngestAnswer IngestAnswer::healthy()
{
    return {.status = 200, .body = jsonText(Json{{"status", "ok"}}), .headers = {}};
}

IngestAnswer IngestAnswer::metrics(const QByteArray &text)
{
    return {.status = 200, .body = text, .contentType = "text/plain; version=0.0.4; charset=utf-8", .headers = {}};
}

IngestAnswer IngestAnswer::faulty(const EventBatch &batch)
{
    Json faults = Json::array();
    const auto count = batch.faults.size();
    for (const EventFault &fault : batch.faults.first(std::min(faultsShown, count))) {
        faults.push_back(Json{{"path", fault.path.isEmpty() ? Json() : toJson(fault.path)},
                              {"line", fault.position.line},
                              {"message", toJson(fault.message)}});
    }
    Json body{{"error",
               toJson(batch.isCut ? tr("Nothing was accepted: events in error: %1, and perhaps more.").arg(count)
                                  : tr("Nothing was accepted: events in error: %1.").arg(count))},
              {"faults", std::move(faults)}};
    // What is no JSON may be the rest of lines that ended too soon for the server: what follows is not listened to.
    const bool isUnreadable = std::any_of(batch.faults.begin(), batch.faults.end(),
                                          [](const EventFault &fault) { return fault.path.isEmpty(); });
    return {.status = 400, .body = jsonText(body), .headers = {}, .isLast = isUnreadable};
}

IngestAnswer IngestAnswer::conflicting(const QList<RefusedEvent> &refused, const QList<IntegrationEvent> &events)
{
    Json faults = Json::array();
    const auto count = refused.size();
    for (const RefusedEvent &event : refused.first(std::min(faultsShown, count))) {
        const auto item = events.size() > 1 ? std::optional(event.number) : std::nullopt;
        faults.push_back(Json{{"path", toJson(ownIdPath(events.at(event.number), item))},
                              {"item", event.number},
                              {"event_own_id", toJson(event.ownId)},
                              {"message", toJson(event.reason)}});
    }
    const Json body{{"error", toJson(tr("Nothing was accepted: ids of other events: %1.").arg(count))},
                    {"faults", std::move(faults)}};
    return {.status = 409, .body = jsonText(body), .headers = {}};
}

IngestAnswer IngestAnswer::unclearBodyId(const QString &reason)
{
    return refusal(400, reason);
}

IngestAnswer IngestAnswer::unauthorized()
{
    auto answer = refusal(401, tr("The request must bear the token: Authorization: Bearer …"));
    answer.headers = {{"WWW-Authenticate", "Bearer"}};
    return answer;
}

IngestAnswer IngestAnswer::notFound()
{
    return refusal(404, tr("There are /v1/events, /healthz and /metrics here."));
}

IngestAnswer IngestAnswer::wrongMethod(const QByteArray &allowed)
{
    auto answer = refusal(405, tr("This takes %1 only.").arg(QString::fromLatin1(allowed)));
    answer.headers = {{"Allow", allowed}};
    return answer;
}

IngestAnswer IngestAnswer::badRequest(const QString &reason)
{
    auto answer = refusal(400, reason);
    answer.isLast = true;
    return answer;
}

IngestAnswer IngestAnswer::unknownParameter(const QString &name)
{
    return refusal(400, tr("Nobody here knows the parameter “%1”: there is force=true.").arg(name));
}

IngestAnswer IngestAnswer::unclearForce()
{
    return refusal(400, tr("The parameter force is true or false (1 or 0), and stands there once."));
}

IngestAnswer IngestAnswer::noLength()
{
    auto answer =
        refusal(411, tr("The request does not say how long its body is: it needs a Content-Length, or chunks."));
    answer.isLast = true;
    return answer;
}

IngestAnswer IngestAnswer::unknownTransferCoding()
{
    auto answer = refusal(501, tr("Of transfer codings, only chunked is known here."));
    answer.isLast = true;
    return answer;
}

IngestAnswer IngestAnswer::unknownContentCoding()
{
    auto answer = refusal(415, tr("A body may be packed with gzip, or not at all."));
    answer.headers = {{"Accept-Encoding", "gzip, identity"}}; // RFC 9110 §12.5.3
    return answer;
}

IngestAnswer IngestAnswer::notPacked()
{
    return refusal(400, tr("The body is not, or not whole, what its Content-Encoding says: gzip."));
}

IngestAnswer IngestAnswer::tooManyValues()
{
    return refusal(413,
                   tr("A body may hold %1 JSON values at the most; more events go into more requests.")
                       .arg(Ingest::maximumValues));
}

IngestAnswer IngestAnswer::tooLarge()
{
    return refusal(413, tr("A body may have 16 MiB at the most, unpacked; more events go into more requests."));
}

IngestAnswer IngestAnswer::unavailable(const QString &reason)
{
    auto answer = refusal(503, reason);
    answer.headers = {{"Retry-After", "5"}};
    return answer;
}

IngestAnswer IngestAnswer::refusal(int status, const QString &message)
{
    return {.status = status, .body = jsonText(Json{{"error", toJson(message)}}), .headers = {}};
}

} // namespace Tocsin
