// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shownname.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr qsizetype longestName = 40;
constexpr qsizetype longestPath = 120;
constexpr qsizetype longestWord = 20; ///< letters
constexpr qsizetype mostDigits = 4; ///< behind a word
constexpr qsizetype shortWord = 3; ///< may hold both in any order
constexpr qsizetype mostShown = 4; ///< of what does not look like a name
constexpr qsizetype longestHarmless = 5; ///< is no secret, whatever it holds

bool isWord(QStringView word)
{
    const auto *const digits = std::find_if(word.begin(), word.end(), [](QChar c) { return c.isDigit(); });
    const qsizetype letters = digits - word.begin();
    const bool isInOrder = letters <= longestWord && word.end() - digits <= mostDigits
        && std::all_of(digits, word.end(), [](QChar c) { return c.isDigit(); });
    return (isInOrder || word.size() <= shortWord)
        && std::all_of(word.begin(), word.end(), [](QChar c) { return c.isLetterOrNumber(); });
}

bool isAnyOf(QChar c, QStringView characters)
{
    return characters.contains(c);
}

bool isPrintable(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint(); });
}

bool looksLikeName(QStringView name)
{
    static constexpr QStringView between = u"-_.";
    if (name.size() <= longestHarmless && isPrintable(name)) {
        return true;
    }
    if (name.size() > longestName || std::none_of(name.begin(), name.end(), [](QChar c) { return c.isLetter(); })) {
        return false;
    }
    for (const auto *begin = name.begin(); begin < name.end();) {
        const auto *const end = std::find_if(begin, name.end(), [](QChar c) { return isAnyOf(c, between); });
        if (!isWord(QStringView(begin, end))) {
            return false;
        }
        begin = std::min(end + 1, name.end());
    }
    return true;
}

QString beginning(QStringView typed)
{
    qsizetype shown = std::min(mostShown, typed.size() / 4);
    if (shown > 0 && typed[shown - 1].isHighSurrogate()) {
        --shown;
    }
    const QStringView first = typed.first(shown);
    return (isPrintable(first) ? first.toString() : QString()) + u'…';
}

bool isIndex(QStringView part)
{
    return part.size() <= longestWord && std::all_of(part.begin(), part.end(), [](QChar c) { return c.isDigit(); });
}

} // namespace

QString shownName(QStringView typed)
{
    return typed.isEmpty() || looksLikeName(typed) ? typed.toString() : beginning(typed);
}

QString shownPath(QStringView typed)
{
    static constexpr QStringView between = u"./[]@#$ ";
    const auto *const limit = typed.begin() + std::min(typed.size(), longestPath);
    const auto *cut = typed.begin(); // words apart by spaces are cut as one
    for (const auto *begin = typed.begin(); begin < typed.end();) {
        const auto *const end = std::find_if(begin, typed.end(), [](QChar c) { return isAnyOf(c, between); });
        const QStringView part(begin, end);
        if (!isIndex(part) && (end > limit || !looksLikeName(part))) {
            return QStringView(typed.begin(), cut) + beginning(QStringView(cut, typed.end()));
        }
        begin = std::min(end + 1, typed.end());
        cut = end < typed.end() && *end == u' ' ? cut : begin;
    }
    return typed.size() > longestPath ? beginning(typed) : typed.toString();
}

} // namespace Tocsin
