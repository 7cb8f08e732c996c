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

constexpr qsizetype mostUnstored = qsizetype(8) * 1024 * 1024; // bytes of each length; one body may have more
constexpr qsizetype shortBody = qsizetype(64) * 1024; // bytes, not packed
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
    if (decoder.isDamaged() || decoder.endsInOther()) { // whoever packed it meant all of it
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

bool IngestReader::Lane::mayGoOn() const
{
    return !waiting.empty() && unstored < mostUnstored;
}

void IngestReader::read(Work work)
{
    if (!m_isStopped) {
        const bool isShort = !work.isPacked && work.body.bytes().size() <= shortBody;
        lane(isShort ? Length::Short : Length::Long).waiting.push_back(std::move(work));
        goOn();
    }
}

void IngestReader::stored(Weight weight)
{
    lane(weight.length).unstored -= weight.bytes;
    goOn();
}

void IngestReader::goOn()
{
    while (!m_isStopped && m_short.mayGoOn()) {
        readNext(Length::Short);
    }
    if (!m_isStopped && m_long.mayGoOn()) {
        readNext(Length::Long);
        m_calls.sender()([this] { goOn(); }); // after the short ones that have come meanwhile
    }
}

void IngestReader::readNext(Length length)
{
    auto &waiting = lane(length).waiting;
    const Work work = std::move(waiting.front());
    waiting.pop_front();
    readOne(work, length);
}

void IngestReader::readOne(const Work &work, Length length)
{
    const auto unpacked = work.isPacked ? unpack(work.body.bytes()) : Unpacked{.text = work.body.bytes()};
    if (unpacked.refusal) {
        m_callbacks.refuse(work.ticket, *unpacked.refusal);
        return;
    }
    const EventBatch batch = readEvents(
        unpacked.text, {.mostValues = Ingest::maximumValues, .mostFaults = mostFaults, .bodyId = work.bodyId});
    if (batch.isTooMuch) {
        m_callbacks.refuse(work.ticket, IngestAnswer::tooManyValues());
    } else if (!batch.faults.isEmpty()) {
        m_callbacks.refuse(work.ticket, IngestAnswer::faulty(batch));
    } else {
        const Weight weight{.length = length, .bytes = jsonWeight(unpacked.text)};
        lane(length).unstored += weight.bytes;
        m_callbacks.store(work.ticket, batch.events, weight);
    }
}

} // namespace Tocsin
