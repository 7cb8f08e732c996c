// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

namespace Tocsin {

/// What a test writes as JSON text.
inline Json json(QByteArrayView text)
{
    const auto parsed = parseJson(text);
    if (!parsed) {
        qFatal("%s: %s", text.data(), qPrintable(parsed.error().message));
    }
    return parsed.value();
}

} // namespace Tocsin
