// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingestanswer.h"

#include "eventbatch.h"

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
    for (const EventFault &fault : batch.faults.first(std::min(faultsShown, batch.faults.size()))) {
        faults.push_back(Json{{"path", fault.path.isEmpty() ? Json() : toJson(fault.path)},
                              {"line", fault.position.line},
                              {"message", toJson(fault.message)}});
    }
    Json body{{"error", toJson(tr("Nothing was accepted: events in error: %1.").arg(batch.faults.size()))},
              {"faults", std::move(faults)}};
    return {.status = 400, .body = jsonText(body), .headers = {}};
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

IngestAnswer IngestAnswer::tooLarge()
{
    return refusal(413, tr("A body may have 16 MiB at the most; more events go into more requests."));
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
