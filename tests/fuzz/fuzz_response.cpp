// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// JSONPATH --- EXPECTED --- HEAD, an empty line and BODY: an answer is read and judged within bounds, twice the same,
// and the record of it is the same, written and read again.
#include "contentdecoder.h"
#include "fuzzing.h"
#include "httpoutcome.h"
#include "verdict.h"

#include <memory>

using namespace Tocsin;
using namespace Tocsin::Fuzzing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype largestBody = 16 * 1024;
constexpr qsizetype largestActual = 4 * 1024;

/// What CurlTransfer does with what libcurl hands it.
HttpOutcome read(QByteArrayView answer)
{
    HttpRecord record;
    while (!record.head.isComplete()) {
        const auto end = answer.indexOf('\n');
        if (end < 0 || !record.head.take(answer.first(end + 1))) {
            record.fault = HttpFault::Protocol;
            record.faultWords = record.head.fault();
            return outcomeOf(record, {});
        }
        answer = answer.sliced(end + 1);
    }
    ContentDecoder decoder(record.head.field("Content-Encoding"), largestBody);
    while (!answer.isEmpty()) {
        const auto piece = std::min<qsizetype>(answer.size(), 100);
        if (!decoder.append(answer.first(piece))) {
            break;
        }
        answer = answer.sliced(piece);
    }
    decoder.finish();
    demand(decoder.body().size() <= largestBody, "a body is no larger than it may be");
    record.isBodyCut = decoder.isCut();
    if (decoder.isDamaged()) {
        record.fault = HttpFault::Protocol;
    }
    return outcomeOf(record, decoder.body());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto [path, expected, answer] = parts<3>(bytes(data, size));
    const auto outcome = read(answer);
    demand(outcome.response || outcome.failure, "an answer, or what is wrong with it");
    if (!outcome.response) {
        return 0;
    }

    Webhook webhook;
    webhook.responseValidators.append(
        {.jsonPath = QString::fromUtf8(path), .expectedValues = {QString::fromUtf8(expected)}});
    webhook.responseValidators.append({.jsonPath = u"$.status"_s, .expectedValues = {u"200"_s, u"204"_s}});
    Invocation invocation;
    invocation.startedAt = QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
    invocation.response = outcome.response;
    Invocation second = invocation;
    judge(invocation, webhook);
    judge(second, webhook);
    demand(invocation == second, "an answer is judged twice the same");
    demand(!invocation.reason.isEmpty(), "a verdict has a reason");
    const bool isSuccess = invocation.verdict == Verdict::Successful;
    demand(isSuccess != invocation.error.has_value(), "a failure has an error, a success none");
    for (const auto &result : invocation.validators) {
        demand(result.actual.toUtf8().size() <= largestActual, "what a validator saw is kept to 4 KiB");
    }
    const auto status = invocation.response->status;
    const bool allPassed = std::all_of(invocation.validators.begin(), invocation.validators.end(),
                                       [](const ValidatorResult &result) { return result.passed; });
    demand(isSuccess == (status >= 200 && status <= 299 && allPassed), "2xx and each validator make a success");

    const auto written = writeInvocation(invocation);
    demand(isJson(written), "a record is JSON");
    const auto document = parseJson(written);
    demand(document.isOk(), "a record can be read");
    const auto again = invocationFromJson(*document);
    demand(again && *again == invocation, "a record is the same, written and read again");
    return 0;
}
