// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonweight.h"

namespace Tocsin {

namespace {

constexpr qsizetype valueWeight = 32; // bytes: a value itself, and what its text, name or list takes beside it

/// The place after a string, from the one after its first quote.
qsizetype endOfString(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1;
    }
    return at + 1;
}

} // namespace

qsizetype mostJsonValues(QByteArrayView text)
{
    qsizetype count = 1;
    for (qsizetype at = 0; at < text.size();) {
        const char byte = text[at++];
        if (byte == '"') {
            at = endOfString(text, at);
        } else {
            count += byte == ',' || byte == '[' || byte == '{' ? 1 : 0;
        }
    }
    return count;
}

qsizetype jsonWeight(qsizetype textSize, qsizetype values)
{
    return textSize + values * valueWeight;
}

qsizetype jsonWeight(QByteArrayView text)
{
    return jsonWeight(text.size(), mostJsonValues(text));
}

} // namespace Tocsin
