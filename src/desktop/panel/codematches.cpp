// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codematches.h"

#include <QStringMatcher>

namespace Tocsin {

namespace {

/// How many bytes of UTF-8 these take; surrogates two each, as both of a pair take four.
int utf8Size(QStringView text)
{
    int size = 0;
    for (const QChar character : text) {
        const char16_t unit = character.unicode();
        size += unit < 0x80 ? 1 : (unit < 0x800 || character.isSurrogate() ? 2 : 3);
    }
    return size;
}

} // namespace

std::vector<CodeMatch> findMatches(std::string_view text, const QString &sought, Qt::CaseSensitivity caseSensitivity)
{
    std::vector<CodeMatch> matches;
    if (sought.isEmpty()) {
        return matches;
    }
    const QString units = QString::fromUtf8(text.data(), qsizetype(text.size()));
    const QStringMatcher matcher(sought, caseSensitivity);
    qsizetype counted = 0;
    int bytes = 0;
    for (auto at = matcher.indexIn(units); at >= 0; at = matcher.indexIn(units, at + sought.size())) {
        bytes += utf8Size(QStringView(units).sliced(counted, at - counted));
        const int length = utf8Size(QStringView(units).sliced(at, sought.size()));
        matches.push_back({.begin = bytes, .end = bytes + length});
        bytes += length;
        counted = at + sought.size();
    }
    return matches;
}

} // namespace Tocsin
