// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretplacelist.h"

#include "json.h"
#include "keypart.h"
#include "secretnames.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype longestQuoted = 1024; // a name in brackets, or a helper's text

} // namespace

SecretPlaceList::SecretPlaceList(QLatin1StringView text)
    : m_text(text)
{
}

void SecretPlaceList::add(const QString &path, SecretPlace place)
{
    place.what = unusedWhat(path);
    if (!place.isLiteral()) {
        m_references.insert(place.begin);
    }
    m_places.append(std::move(place));
}

QString SecretPlaceList::unusedWhat(const QString &path)
{
    const QString part = keyPart(m_text, path);
    int &times = m_times[part];
    QString what;
    do {
        ++times;
        what = times == 1 ? part : QString(part % u'_' % QString::number(times));
    } while (m_used.contains(what));
    m_used.insert(what);
    return what;
}

QList<SecretPlace> SecretPlaceList::take()
{
    std::ranges::stable_sort(m_places, {}, &SecretPlace::begin);
    return std::move(m_places);
}

bool canBeSecret(const QString &text)
{
    return text.isValidUtf16() && text.toUcs4().size() >= fewestSecretCharacters
        && std::none_of(text.begin(), text.end(),
                        [](QChar character) { return character.isSpace() || character.unicode() < 0x20; });
}

qsizetype endOfReference(QStringView text, qsizetype begin)
{
    constexpr qsizetype longest = 9 + 128 + 1; // ${secret: and a key
    const auto close = text.sliced(begin).first(std::min(longest, text.size() - begin)).indexOf(u'}');
    return close < 0 ? begin + 9 : begin + close + 1;
}

qsizetype endOfBraces(QStringView text, qsizetype begin)
{
    const auto after = [text](QStringView closing, qsizetype from) {
        const auto at = text.indexOf(closing, from);
        return at < 0 ? text.size() : at + closing.size();
    };
    const auto rest = text.sliced(begin);
    if (rest.startsWith(u"{{!--")) {
        for (auto dashes = after(u"--", begin + 5); dashes < text.size(); dashes = after(u"--", dashes - 1)) {
            if (text.sliced(dashes).startsWith(u"}}") || text.sliced(dashes).startsWith(u"~}}")) {
                return after(u"}}", dashes);
            }
        }
        return text.size();
    }
    if (rest.startsWith(u"{{!")) {
        return after(u"}}", begin + 3);
    }
    auto inner = begin + 2;
    while (inner < text.size() && (text[inner] == u'~' || isJsonSpace(text[inner].unicode()))) {
        ++inner;
    }
    if (inner < text.size() && text[inner] == u'!') {
        return after(u"}}", inner);
    }
    // A name in [brackets] and a helper's text may hold braces.
    for (auto at = begin + 2; at < text.size(); ++at) {
        const QChar character = text[at];
        if (character == u'}') {
            return std::min(text.size(), at + (text.sliced(at).startsWith(u"}}") ? 2 : 1));
        }
        const QChar closing = character == u'[' ? QChar(u']') : character;
        if (character == u'[' || character == u'"' || character == u'\'') {
            const auto quoted = text.sliced(at + 1).first(std::min(longestQuoted, text.size() - at - 1));
            const auto end = quoted.indexOf(closing);
            const auto line = quoted.indexOf(u'\n');
            if (end >= 0 && (line < 0 || end < line)) {
                at += end + 1;
            }
        }
    }
    return text.size();
}

} // namespace Tocsin
