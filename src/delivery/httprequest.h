// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <chrono>
#include <utility>

namespace Tocsin {

/// The largest part of a response's body that is kept, in bytes, decoded.
inline constexpr qsizetype maximumResponseBody = 1024 * 1024;

using HttpFields = QList<std::pair<QByteArray, QByteArray>>;

/// A request as it goes out: nothing is added to its fields.
struct HttpRequest
{
    QByteArray method;
    QUrl url; ///< normalized, without a fragment; its path is not empty
    HttpFields fields;
    QByteArray body;
    std::chrono::milliseconds timeout{30000};
};

/// The fields that belong to every request, around those a caller sets: Host first; User-Agent, Accept-Encoding,
/// Accept-Language, Content-Length and Connection after them, unless they are set.
HttpFields completeFields(const QUrl &url, HttpFields own, qsizetype contentLength);

/// An absolute https URL with a host and without user info, made ready to be sent; else an invalid one.
QUrl sendableUrl(const QString &text);

/// Field values are UTF-8 where they can be, else every byte is a character (RFC 9110 §5.5).
QString fieldText(const QByteArray &bytes);

/// The request for a person's eyes; secrets are still in it.
SentRequest describe(const HttpRequest &request);

} // namespace Tocsin
