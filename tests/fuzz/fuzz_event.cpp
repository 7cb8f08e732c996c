// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One event: what is read keeps all that came, and is the same, written and read again.
#include "eventcontent.h"
#include "fuzzing.h"
#include "integrationevent.h"
#include "webhook.h"

using namespace Tocsin;
using namespace Tocsin::Fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto document = parseJson(bytes(data, size));
    if (!document) {
        return 0;
    }
    const auto event = integrationEventFromJson(*document);
    if (!event) {
        demand(!event.error().message.isEmpty(), "a fault has words");
        return 0;
    }
    demand(event->document == *document, "an event keeps all that came");
    demand(!event->integrationId.isEmpty(), "an event is an integration's");
    const auto again = parseJson(writeJson(event->document));
    demand(again.isOk(), "an event that was written can be read");
    demand(integrationEventFromJson(*again) == event, "an event is the same, written and read again");
    demand(document->contains("id") == !event->ownId.isEmpty(), "an id of its own is no empty one");
    demand(event->ownId.toUcs4().size() <= 256, "an id of its own is short");
    auto reversed = Json::object();
    for (auto member = again->rbegin(); member != again->rend(); ++member) {
        reversed[member.key()] = member.value();
    }
    const auto content = eventContentDigest(*document);
    demand(eventContentDigest(reversed) == content, "an event says the same in any order");
    reversed["id"] = "another";
    demand(eventContentDigest(reversed) == content, "its id is no part of what an event says");
    reversed["data"]["name"] = event->integrationName.toStdString() + '.';
    demand(eventContentDigest(reversed) != content, "what says something else is another content");
    const Filters own{
        .integrations = {event->integrationId}, .types = {event->integrationType}, .statuses = {event->status}};
    demand(own.matches(*event), "filters that name an event match it");
    return 0;
}
