// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

namespace Tocsin {

/// Collects a response's body, undoing its content coding (RFC 9110 §8.4.1: gzip, deflate) as it comes, and stops at a
/// limit of decoded bytes, so that a small answer cannot grow without bound. Other codings, and what does not even
/// begin as its header says, are kept as they are.
class ContentDecoder
{
public:
    ContentDecoder(const QByteArray &contentEncoding, qsizetype limit);
    ~ContentDecoder();
    ContentDecoder(ContentDecoder &&) noexcept;
    ContentDecoder &operator=(ContentDecoder &&) noexcept;

    /// False once the limit is passed or the coding is damaged: the rest is of no use.
    bool append(QByteArrayView data);
    /// There is no more: what is coded must be whole now.
    void finish();

    const QByteArray &body() const { return m_body; }
    bool isCut() const { return m_isCut; } ///< there was more than the limit
    bool isDamaged() const { return m_isDamaged; } ///< cut short, a wrong checksum, or no such coding in between
    /// After the last whole member came what is none, and no padding of zeros either: it is passed over, as gzip does.
    bool endsInOther() const { return m_endsInOther; }

private:
    void keep(QByteArrayView data);
    void decode(QByteArrayView data);
    void inflateAll(QByteArrayView input);

    struct Inflater;
    std::unique_ptr<Inflater> m_inflater;
    QByteArray m_body;
    qsizetype m_limit;
    bool m_isCut = false;
    bool m_isDamaged = false;
    bool m_endsInOther = false;
};

} // namespace Tocsin
