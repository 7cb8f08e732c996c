// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contentdecoder.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>

namespace Tocsin {

namespace {

constexpr int detectGzipAndZlib = 32 + MAX_WBITS;
constexpr int rawDeflate = -MAX_WBITS;
constexpr qsizetype magicSize = 2; // bytes
constexpr uchar gzipMagic = 0x1f; // RFC 1952 §2.3.1

/// Whether a body begins as gzip (RFC 1952 §2.3.1) or zlib (RFC 1950 §2.2) says.
bool beginsAsCoded(QByteArrayView body)
{
    const auto first = static_cast<uchar>(body[0]);
    const auto second = static_cast<uchar>(body[1]);
    const bool isGzip = first == gzipMagic && second == 0x8b;
    const bool isZlib = (first & 0x0f) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
    return isGzip || isZlib;
}

} // namespace

struct ContentDecoder::Inflater
{
    z_stream stream{};
    bool mayBeBare; ///< some servers mean bare deflate data when they say "deflate" (RFC 9110 §8.4.1.2)
    QByteArray beginning; ///< as long as it is too short to tell what it is
    bool hasBegun = false;
    bool isBetween = false; ///< a member is whole; another may follow (RFC 1952 §2.2)

    explicit Inflater(bool mayBeBareDeflate)
        : mayBeBare(mayBeBareDeflate)
    {
        inflateInit2(&stream, detectGzipAndZlib);
    }
    ~Inflater() { inflateEnd(&stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
};

ContentDecoder::ContentDecoder(const QByteArray &contentEncoding, qsizetype limit)
    : m_limit(limit)
{
    const auto coding = contentEncoding.trimmed().toLower();
    if (coding == "gzip" || coding == "x-gzip" || coding == "deflate") {
        m_inflater = std::make_unique<Inflater>(coding == "deflate");
    }
}

ContentDecoder::~ContentDecoder() = default;
ContentDecoder::ContentDecoder(ContentDecoder &&) noexcept = default;
ContentDecoder &ContentDecoder::operator=(ContentDecoder &&) noexcept = default;

bool ContentDecoder::append(QByteArrayView data)
{
    if (m_isCut || m_isDamaged) {
        return false;
    }
    if (m_inflater) {
        decode(data);
    } else {
        keep(data);
    }
    return !m_isCut && !m_isDamaged;
}

void ContentDecoder::finish()
{
    if (!m_inflater || m_isCut || m_isDamaged) {
        return;
    }
    if (m_inflater->hasBegun) {
        m_isDamaged = !m_inflater->isBetween;
    } else if (const auto beginning = std::exchange(m_inflater->beginning, {}); !beginning.isEmpty()) {
        m_isDamaged = static_cast<uchar>(beginning[0]) == gzipMagic;
        keep(beginning);
    }
}

void ContentDecoder::keep(QByteArrayView data)
{
    const auto room = m_limit - m_body.size();
    m_isCut = data.size() > room;
    m_body.append(data.first(std::min(data.size(), room)));
}

void ContentDecoder::decode(QByteArrayView data)
{
    if (m_inflater->hasBegun) {
        inflateAll(data);
        return;
    }
    const QByteArray input = std::exchange(m_inflater->beginning, {}) + data.toByteArray();
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
    inflateAll(input);
}

void ContentDecoder::inflateAll(QByteArrayView input)
{
    auto &stream = m_inflater->stream;
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(input.data()));
    stream.avail_in = static_cast<uInt>(input.size());
    std::array<char, 16 * 1024> chunk;
    while (!m_isCut && !m_isDamaged) {
        if (m_inflater->isBetween) {
            // What follows a whole member and is none itself, padding as a rule, is passed over as gzip does.
            if (stream.avail_in == 0 || *stream.next_in != gzipMagic) {
                m_endsInOther = m_endsInOther
                    || std::any_of(stream.next_in, stream.next_in + stream.avail_in,
                                   [](Bytef byte) { return byte != 0; });
                return;
            }
            inflateReset(&stream);
            m_inflater->isBetween = false;
        }
        stream.next_out = reinterpret_cast<Bytef *>(chunk.data());
        stream.avail_out = chunk.size();
        const auto result = inflate(&stream, Z_NO_FLUSH);
        keep({chunk.data(), static_cast<qsizetype>(chunk.size() - stream.avail_out)});
        if (result == Z_STREAM_END) {
            m_inflater->isBetween = true;
        } else if (result == Z_BUF_ERROR) {
            return; // it wants more
        } else if (result != Z_OK) {
            m_isDamaged = true;
        }
    }
}

} // namespace Tocsin
