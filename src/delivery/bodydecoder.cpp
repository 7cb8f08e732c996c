// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodydecoder.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace Tocsin {

namespace {

constexpr int detectGzipAndZlib = 32 + MAX_WBITS;
constexpr int rawDeflate = -MAX_WBITS;

} // namespace

struct BodyDecoder::Inflater
{
    z_stream stream{};
    bool hasBegun = false;
    bool isBroken = false;

    Inflater() { inflateInit2(&stream, detectGzipAndZlib); }
    ~Inflater() { inflateEnd(&stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
};

BodyDecoder::BodyDecoder(const QByteArray &contentEncoding, qsizetype limit)
    : m_limit(limit)
{
    const auto coding = contentEncoding.trimmed().toLower();
    if (coding == "gzip" || coding == "x-gzip" || coding == "deflate") {
        m_inflater = std::make_unique<Inflater>();
    }
}

BodyDecoder::~BodyDecoder() = default;
BodyDecoder::BodyDecoder(BodyDecoder &&) noexcept = default;
BodyDecoder &BodyDecoder::operator=(BodyDecoder &&) noexcept = default;

bool BodyDecoder::append(const QByteArray &data)
{
    if (!m_isCut && m_inflater) {
        inflateInto(data);
    } else if (!m_isCut) {
        keep(data.constData(), data.size());
    }
    return !m_isCut;
}

const QByteArray &BodyDecoder::body() const
{
    return m_body;
}

bool BodyDecoder::isCut() const
{
    return m_isCut;
}

void BodyDecoder::keep(const char *data, qsizetype size)
{
    const auto room = m_limit - m_body.size();
    m_isCut = size > room;
    m_body.append(data, std::min(size, room));
}

void BodyDecoder::inflateInto(const QByteArray &data)
{
    auto &stream = m_inflater->stream;
    auto input = data;
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    std::array<char, 16 * 1024> chunk;
    while (stream.avail_in > 0 && !m_isCut && !m_inflater->isBroken) {
        stream.next_out = reinterpret_cast<Bytef *>(chunk.data());
        stream.avail_out = chunk.size();
        auto result = inflate(&stream, Z_NO_FLUSH);
        if (result == Z_DATA_ERROR && !m_inflater->hasBegun) {
            // Some servers mean the bare format when they say "deflate" (RFC 9110 §8.4.1.2).
            inflateReset2(&stream, rawDeflate);
            stream.next_in = reinterpret_cast<Bytef *>(input.data());
            stream.avail_in = static_cast<uInt>(input.size());
            result = inflate(&stream, Z_NO_FLUSH);
        }
        m_inflater->hasBegun = true;
        keep(chunk.data(), static_cast<qsizetype>(chunk.size() - stream.avail_out));
        if (result == Z_STREAM_END) {
            inflateReset(&stream); // a gzip body may have several members (RFC 1952 §2.2)
        } else if (result != Z_OK) {
            m_inflater->isBroken = true;
        }
    }
}

} // namespace Tocsin
