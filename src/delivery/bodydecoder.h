// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

namespace Tocsin {

/// Collects a response's body, undoing its content coding (RFC 9110 §8.4.1: gzip, deflate) as it comes, and stops at a
/// limit of decoded bytes, so that a small answer cannot grow without bound. Other codings, and what is not
/// coded as its header says, are kept as they are.
class BodyDecoder
{
public:
    BodyDecoder(const QByteArray &contentEncoding, qsizetype limit);
    ~BodyDecoder();
    BodyDecoder(BodyDecoder &&) noexcept;
    BodyDecoder &operator=(BodyDecoder &&) noexcept;

    /// False once the limit is passed: the rest is of no use.
    bool append(const QByteArray &data);

    const QByteArray &body() const;
    bool isCut() const; ///< there was more than the limit

private:
    void keep(QByteArrayView data);
    void decode(const QByteArray &data);
    void inflateInto(QByteArray input);

    struct Inflater;
    std::unique_ptr<Inflater> m_inflater;
    QByteArray m_body;
    qsizetype m_limit;
    bool m_isCut = false;
};

} // namespace Tocsin
