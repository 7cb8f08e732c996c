// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodyunits.h"

#include "json.h"
#include "secretplacelist.h"

#include <algorithm>
#include <optional>

namespace Tocsin {

namespace {

using UnitKind = BodyUnit::Kind;

/// None for a comment.
std::optional<UnitKind> kindOfBraces(QStringView braces)
{
    auto inner = braces.sliced(2);
    while (!inner.isEmpty() && (inner.front() == u'~' || isJsonSpace(inner.front().unicode()))) {
        inner = inner.sliced(1);
    }
    if (inner.startsWith(u'!')) {
        return std::nullopt;
    }
    if (inner.startsWith(u'#')) {
        return UnitKind::BlockOpen;
    }
    if (inner.startsWith(u'/')) {
        return UnitKind::BlockClose;
    }
    const bool isElse = inner.startsWith(u"else") && inner.size() > 4 && !inner[4].isLetterOrNumber();
    return inner.startsWith(u'^') || isElse ? UnitKind::BlockElse : UnitKind::Value;
}

class UnitReader
{
public:
    explicit UnitReader(QStringView source)
        : m_source(source)
    {
        m_units.reserve(static_cast<std::size_t>(source.size()));
    }

    BodyUnits read()
    {
        std::size_t backslashes = 0;
        for (qsizetype at = 0; at < m_source.size();) {
            const auto rest = m_source.sliced(at);
            const bool isBackslash = rest.front() == u'\\';
            at = rest.startsWith(u"{{") && backslashes % 2 == 0 ? readBraces(at)
                                                                : readText(at, rest, backslashes % 2 == 1);
            backslashes = isBackslash ? backslashes + 1 : 0;
        }
        return std::move(m_units);
    }

private:
    void add(UnitKind kind, char16_t character, qsizetype begin, qsizetype end)
    {
        m_units.push_back(
            {.kind = kind, .character = character, .begin = static_cast<int>(begin), .end = static_cast<int>(end)});
        m_strips = false;
    }

    /// All of these answer where what comes next begins.
    qsizetype readBraces(qsizetype at)
    {
        const auto end = endOfBraces(m_source, at);
        const auto braces = m_source.sliced(at, end - at);
        if (braces.startsWith(u"{{~")) {
            while (!m_units.empty() && m_units.back().kind == UnitKind::Character
                   && isJsonSpace(m_units.back().character)) {
                m_units.pop_back();
            }
        }
        if (const auto kind = kindOfBraces(braces)) {
            add(*kind, 0, at, end);
        }
        const bool isShortComment = braces.startsWith(u"{{!") && !braces.startsWith(u"{{!--");
        m_strips = m_strips || (braces.endsWith(u"~}}") && !isShortComment);
        return end;
    }

    qsizetype readText(qsizetype at, QStringView rest, bool isAfterBackslash)
    {
        if (rest.startsWith(u"{{") && isAfterBackslash) {
            m_units.back() = {.character = u'{', .begin = m_units.back().begin, .end = static_cast<int>(at + 1)};
            add(UnitKind::Character, u'{', at + 1, at + 2);
            return at + 2;
        }
        if (rest.startsWith(u"$${")) {
            add(UnitKind::Character, u'$', at, at + 2);
            add(UnitKind::Character, u'{', at + 2, at + 3);
            return at + 3;
        }
        if (rest.startsWith(u"${secret:")) {
            const auto end = endOfReference(m_source, at);
            add(UnitKind::Reference, 0, at, end);
            return end;
        }
        const auto character = rest.front().unicode();
        if (!m_strips || !isJsonSpace(character)) {
            add(UnitKind::Character, character, at, at + 1);
        }
        return at + 1;
    }

    QStringView m_source;
    BodyUnits m_units;
    bool m_strips = false; ///< the white space that comes next
};

} // namespace

BodyUnits bodyUnits(QStringView source)
{
    return UnitReader(source).read();
}

QString plainTextOf(std::span<const BodyUnit> content)
{
    QString text;
    for (const auto &unit : content) {
        if (unit.isText()) {
            text += QChar(unit.character);
        }
    }
    return text;
}

std::vector<std::span<const BodyUnit>> runsOf(std::span<const BodyUnit> content)
{
    std::vector<std::span<const BodyUnit>> runs;
    for (auto rest = content; !rest.empty();) {
        const auto end = std::find_if(rest.begin(), rest.end(),
                                      [](const BodyUnit &unit) { return unit.kind != UnitKind::Character; });
        if (const auto size = static_cast<std::size_t>(end - rest.begin()); size > 0) {
            runs.push_back(rest.first(size));
            rest = rest.subspan(size);
        } else {
            rest = rest.subspan(1);
        }
    }
    return runs;
}

bool holdsKind(std::span<const BodyUnit> content, BodyUnit::Kind kind)
{
    return std::any_of(content.begin(), content.end(), [kind](const BodyUnit &unit) { return unit.kind == kind; });
}

} // namespace Tocsin
