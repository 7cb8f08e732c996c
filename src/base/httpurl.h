// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace Tocsin {

/// An absolute https URL, cut into what goes on the wire, as it was written (RFC 9110 §4.2.2, §7.1): QUrl, which checks
/// it, would rewrite percent-encodings and dot segments.
struct HttpUrl
{
    QByteArray host; ///< as written, an address without brackets; a name that is not ASCII in its ASCII form (RFC 5890)
    int port = 443;
    QByteArray target; ///< origin-form (RFC 9112 §3.2.1): begins with a slash

    bool isValid() const { return !host.isEmpty(); }
    QByteArray authority() const; ///< the Host field: with the port where that is not 443
    QByteArray text() const; ///< all of it
    QUrl toUrl() const; ///< where something wants one; not what is sent
    QByteArray peerHost() const; ///< whom to look up and verify: without the dots that end a name

    bool operator==(const HttpUrl &) const = default;
};

/// Reads a URL. Bytes that RFC 3986 §2 forbids in a path or query (space, quotes, `<>\^{|}`, backtick, and all that is
/// not ASCII) are percent-encoded, once; nothing else is touched. Control characters, a fragment, user info, another
/// scheme and a bad host or port are errors, each in one sentence that calls the URL `label`; `position` says where.
Result<HttpUrl> parseHttpUrl(const QString &text, const Sentence &label);

/// A piece of a path or query with the bytes encoded that parseHttpUrl() would encode.
QByteArray withForbiddenEncoded(const QByteArray &utf8);

/// The first byte in a text for which parseHttpUrl() would encode or refuse the URL that holds it: -1 where there is
/// none.
qsizetype firstForbiddenByte(const QByteArray &text);

} // namespace Tocsin
