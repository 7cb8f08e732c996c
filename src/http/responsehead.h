// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sentence.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <utility>

namespace Tocsin {

using HttpFields = QList<std::pair<QByteArray, QByteArray>>;

/// An answer that another one follows (RFC 9110 §15.2).
struct InterimHead
{
    int status = 0;
    QByteArray reasonPhrase;
    HttpFields fields;
};

/// Collects the lines of a response's head (RFC 9112 §4, §5): interim answers, the final one, the fields after its
/// body. Holds them to limits, and its framing to what can be only one thing (RFC 9112 §6.3).
class ResponseHead
{
public:
    static constexpr qsizetype maximumSize = 256 * 1024; ///< of all lines, in bytes
    static constexpr qsizetype maximumFields = 1000;
    static constexpr qsizetype maximumFieldSize = 100 * 1024; ///< bytes
    static constexpr int switchingProtocols = 101; ///< a final answer, for all that it is below 200

    /// The next line with its end; an empty one ends a head. False where the answer is refused: see fault().
    bool take(QByteArrayView line);

    bool hasBegun() const { return m_size > 0; }
    bool isComplete() const { return m_isComplete; } ///< the final answer's fields are all there
    bool isBodyEndedByClose() const; ///< neither a length nor chunks say where it ends (RFC 9112 §6.3)
    int status() const { return m_status; }
    QByteArray reasonPhrase() const { return m_reasonPhrase; }
    QByteArray version() const { return m_version; } ///< "1.1"
    const HttpFields &fields() const { return m_fields; } ///< in the order in which they came
    const QList<InterimHead> &interim() const { return m_interim; }
    const HttpFields &trailers() const { return m_trailers; }
    QByteArray field(QByteArrayView name) const; ///< the first of that name
    Sentence fault() const { return m_fault; } ///< one sentence's part: "its header has more than 1,000 fields"

private:
    bool refuse(const Sentence &fault);
    bool takeStatus(QByteArrayView line);
    bool takeField(QByteArrayView line);
    bool endHead();
    bool checkFraming();

    qsizetype m_size = 0;
    qsizetype m_count = 0;
    bool m_isInHead = false;
    bool m_isComplete = false;
    int m_status = 0;
    QByteArray m_reasonPhrase;
    QByteArray m_version;
    HttpFields m_fields;
    QList<InterimHead> m_interim;
    HttpFields m_trailers;
    Sentence m_fault;
};

} // namespace Tocsin
