// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A webhook's document: read, written and read again it is the same.
#include "bodytemplate.h"
#include "fuzzing.h"
#include "webhook.h"

using namespace Tocsin;
using namespace Tocsin::Fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto document = parseJson(bytes(data, size));
    if (!document) {
        demand(!document.error().message.isEmpty(), "a fault has words");
        demand(liesWithin(document.error().position, bytes(data, size)), "a fault's place lies in the text");
        return 0;
    }
    const auto again = parseJson(writeJson(*document));
    demand(again && *again == *document, "JSON is the same, written and read again");

    const auto reading = webhookFromJson(*document);
    demand(webhookFromJson(*document).problems == reading.problems, "a document has twice the same problems");
    for (const auto &problem : reading.problems) {
        demand(!problem.message.isEmpty(), "a problem has words");
    }
    const auto problems = checkWebhook(reading.webhook);
    if (hasErrors(reading.problems)) {
        return 0;
    }
    const Json written = toJson(reading.webhook);
    const auto rereading = webhookFromJson(written);
    demand(!hasErrors(rereading.problems), "what was written can be read");
    demand(rereading.webhook == reading.webhook, "a webhook is the same, written and read again");
    demand(toJson(rereading.webhook) == written, "a document is the same, read and written again");
    demand(checkWebhook(rereading.webhook) == problems, "the same webhook has the same problems");
    return 0;
}
