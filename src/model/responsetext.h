// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace Tocsin {

/// The body of a message as text.
struct ResponseText
{
    QString text;
    QString encoding; ///< in which it was read: "UTF-8", "UTF-16", "ISO-8859-1"
    bool isGuess = false; ///< nothing named the encoding, and the bytes are not UTF-8: another may have been meant
    bool isWhole = true; ///< false: some bytes are none of the encoding's, and U+FFFD stands for them

    bool isUtf8() const;
};

/// The value of a parameter of a Content-Type (RFC 9110 §8.3.1), quoted or not, whatever the case of its name; empty
/// where there is none.
QString contentTypeParameter(const QString &contentType, QStringView name);

/// Reads a body by a byte order mark, else by the charset of its Content-Type (RFC 9110 §8.3.2), else as UTF-8. What is
/// not, and names no charset that is known, is read as ISO-8859-1, or as the UTF-16 or UTF-32 that it looks like. Where
/// the body `isCut`, part of a character at its end is left out.
ResponseText responseText(QByteArrayView body, const QString &contentType, bool isCut = false);

} // namespace Tocsin
