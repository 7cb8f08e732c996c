// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodydecoder.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>

namespace Tocsin {

namespace {

constexpr int detectGzipAndZlib = 32 + MAX_WBITS;
constexpr int rawDeflate = -MAX_WBITS;
constexpr qsizetype magicSize = 2; // bytes

/// Whether a body begins as gzip (RFC 1952 §2.3.1) or zlib (RFC 1950 §2.2) says.
bool beginsAsCoded(const QByteArray &body)
{
    const auto first = static_cast<uchar>(body[0]);
    const auto second = static_cast<uchar>(body[1]);
    const bool isGzip = first == 0x1f && second == 0x8b;
    const bool isZlib = (first & 0x0f) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
    return isGzip || isZlib;
}

} // namespace

struct BodyDecoder::Inflater
{
    z_stream stream{};
    bool mayBeBare; ///< some servers mean bare deflate data when they say "deflate" (RFC 9110 §8.4.1.2)
    QByteArray beginning; ///< as long as it is too short to tell what it is
    bool hasBegun = false;
    bool isBroken = false;

    explicit Inflater(bool mayBeBareDeflate)
        : mayBeBare(mayBeBareDeflate)
    {
        inflateInit2(&stream, detectGzipAndZlib);
    }
    ~Inflater() { inflateEnd(&stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
};

BodyDecoder::BodyDecoder(const QByteArray &contentEncoding, qsizetype limit)
    : m_limit(limit)
{
    const auto coding = contentEncoding.trimmed().toLower();
    if (coding == "gzip" || coding == "x-gzip" || coding == "deflate") {
        m_inflater = std::make_unique<Inflater>(coding == "deflate");
    }
}

BodyDecoder::~BodyDecoder() = default;
BodyDecoder::BodyDecoder(BodyDecoder &&) noexcept = default;
BodyDecoder &BodyDecoder::operator=(BodyDecoder &&) noexcept = default;

bool BodyDecoder::append(const QByteArray &data)
{
    if (!m_isCut && m_inflater) {
        decode(data);
    } else if (!m_isCut) {
        keep(data);
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

void BodyDecoder::keep(QByteArrayView data)
{
    const auto room = m_limit - m_body.size();
    m_isCut = data.size() > room;
    m_body.append(data.first(std::min(data.size(), room)));
}

void BodyDecoder::decode(const QByteArray &data)
{
    if (m_inflater->hasBegun) {
        inflateInto(data);
        return;
    }
    const QByteArray input = std::exchange(m_inflater->beginning, {}) + data;
    if (input.size() < magicSize) {
        m_inflater->beginning = input;
        return;
    }
    m_inflater->hasBegun = true;
    if (!beginsAsCoded(input)) {
        if (!m_inflater->mayBeBare) {
            m_inflater.reset(); // not coded, whatever its header says
            keep(input);
            return;
        }
        inflateReset2(&m_inflater->stream, rawDeflate);
    }
    inflateInto(input);
}

void BodyDecoder::inflateInto(QByteArray input)
{
    auto &stream = m_inflater->stream;
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    std::array<char, 16 * 1024> chunk;
    while (stream.avail_in > 0 && !m_isCut && !m_inflater->isBroken) {
        stream.next_out = reinterpret_cast<Bytef *>(chunk.data());
        stream.avail_out = chunk.size();
        const auto result = inflate(&stream, Z_NO_FLUSH);
        keep({chunk.data(), static_cast<qsizetype>(chunk.size() - stream.avail_out)});
        if (result == Z_STREAM_END) {
            inflateReset(&stream); // a gzip body may have several members (RFC 1952 §2.2)
        } else if (result != Z_OK) {
            m_inflater->isBroken = true;
        }
    }
}

} // namespace Tocsin
