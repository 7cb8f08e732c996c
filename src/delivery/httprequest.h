// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httpurl.h"
#include "invocation.h"
#include "responsehead.h"

#include <QByteArray>
#include <QString>

namespace Tocsin {

/// The largest part of a response's body that is kept, in bytes, decoded.
inline constexpr qsizetype maximumResponseBody = 1024 * 1024;

/// A request as it goes out: nothing is added to its fields.
struct HttpRequest
{
    QByteArray method;
    HttpUrl url;
    HttpFields fields;
    QByteArray body; ///< empty for a GET
};

/// The fields that belong to every request, around those a caller sets: Host first; User-Agent and Accept-Encoding
/// after them, unless they are set; Content-Length where there is a body.
void completeFields(HttpRequest &request);

/// Field values are UTF-8 where they can be, else every byte is a character (RFC 9110 §5.5).
QString fieldText(const QByteArray &bytes);

/// The request for a person's eyes; secrets are still in it.
SentRequest describe(const HttpRequest &request);

} // namespace Tocsin
