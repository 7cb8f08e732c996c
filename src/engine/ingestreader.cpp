// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingestreader.h"

#include "contentdecoder.h"
#include "eventbatch.h"
#include "ingest.h"
#include "jsonweight.h"

#include <optional>

namespace Tocsin {

namespace {

constexpr qsizetype mostUnstored = qsizetype(8) * 1024 * 1024; // bytes, as jsonWeight() counts; one may have more
constexpr qsizetype mostFaults = 1000;

struct Unpacked
{
    QByteArray text{};
    std::optional<IngestAnswer> refusal{};
};

Unpacked unpack(const QByteArray &packed)
{
    if (!packed.startsWith("\x1f\x8b")) { // RFC 1952 §2.3.1
        return {.refusal = IngestAnswer::notPacked()};
    }
    ContentDecoder decoder("gzip", Ingest::maximumBody);
    decoder.append(packed);
    decoder.finish();
    if (decoder.isCut()) {
        return {.refusal = IngestAnswer::tooLarge()};
    }
    if (decoder.isDamaged()) {
        return {.refusal = IngestAnswer::notPacked()};
    }
    return {.text = decoder.body()};
}

} // namespace

IngestReader::IngestReader(Callbacks callbacks, const std::atomic<bool> &isStopped)
    : m_callbacks(std::move(callbacks))
    , m_isStopped(isStopped)
{
}

void IngestReader::read(Work work)
{
    if (!m_isStopped) {
        m_waiting.push_back(std::move(work));
        goOn();
    }
}

void IngestReader::stored(qsizetype weight)
{
    m_unstored -= weight;
    goOn();
}

void IngestReader::goOn()
{
    while (!m_isStopped && !m_waiting.empty() && m_unstored < mostUnstored) {
        const Work work = std::move(m_waiting.front());
        m_waiting.pop_front();
        readOne(work);
    }
}

void IngestReader::readOne(const Work &work)
{
    const auto unpacked = work.isPacked ? unpack(work.body.bytes()) : Unpacked{.text = work.body.bytes()};
    if (unpacked.refusal) {
        m_callbacks.refuse(work.ticket, *unpacked.refusal);
        return;
    }
    const EventBatch batch = readEvents(unpacked.text, {.mostValues = Ingest::maximumValues, .mostFaults = mostFaults});
    if (batch.isTooMuch) {
        m_callbacks.refuse(work.ticket, IngestAnswer::tooManyValues());
    } else if (!batch.faults.isEmpty()) {
        m_callbacks.refuse(work.ticket, IngestAnswer::faulty(batch));
    } else {
        const qsizetype weight = jsonWeight(unpacked.text);
        m_unstored += weight;
        m_callbacks.store(work.ticket, batch.events, weight);
    }
}

} // namespace Tocsin
