// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A body as it comes to the ingest: each event is read or has a fault with a place; the same in an array.
#include "eventbatch.h"
#include "fuzzing.h"
#include "ingestanswer.h"

using namespace Tocsin;
using namespace Tocsin::Fuzzing;

namespace {

const EventReading bounded{.mostValues = 4096, .mostFaults = 10};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = bytes(data, size);
    const auto batch = readEvents(text, bounded);
    demand(readEvents(text, bounded).events == batch.events, "a text is read twice the same");
    for (const auto &fault : batch.faults) {
        demand(!fault.message.isEmpty(), "a fault has words");
        demand(liesWithin(fault.position, text), "a fault's place lies in the text");
    }
    demand(batch.faults.size() <= bounded.mostFaults, "no more faults than were asked for");
    if (!batch.faults.isEmpty() || batch.isTooMuch) {
        const auto answer = IngestAnswer::faulty(batch);
        demand(answer.status >= 400 && answer.status < 500, "a fault is the sender's");
        demand(isJson(asText(answer.body)), "an answer is JSON");
        return 0;
    }
    auto array = Json::array();
    for (const auto &event : batch.events) {
        array.push_back(event.document);
    }
    auto withId = bounded;
    withId.bodyId = QStringLiteral("k");
    const auto named = readEvents(text, withId);
    demand(named.items.size() == batch.events.size(), "each event is an item");
    QList<RefusedEvent> refused;
    for (qsizetype i = 0; i < named.items.size(); ++i) {
        const auto &event = named.events.at(i);
        demand(named.items.at(i) == i, "items are counted in their order");
        demand(event.ownId
                   == (event.document.contains("id") ? batch.events.at(i).ownId : QStringLiteral("k/%1").arg(i)),
               "a member wins over the body's id");
        refused.append({.number = i, .ownId = event.ownId, .reason = event.integrationName});
    }
    demand(isJson(asText(IngestAnswer::conflicting(refused, named.events).body)), "a refusal is JSON");
    const auto again = readEvents(writeJson(array));
    demand(again.faults.isEmpty() && again.events == batch.events, "events are the same in an array");
    return 0;
}
