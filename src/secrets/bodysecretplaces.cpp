// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretplaces.h"

#include "json.h"
#include "secretnames.h"
#include "secretplacelist.h"
#include "secrettext.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int deepestText = 8; // JSON in strings: each level doubles the backslashes
constexpr std::size_t deepestBlock = 256; // blocks in blocks
constexpr qsizetype longestPath = 400; // of a longer one the member's name alone is taken
constexpr qsizetype largestTemplate = 1024 * 1024; // a larger one is not compiled

/// A character of a template's text, with the place in the source that it comes from, or what is no text.
struct BodyUnit
{
    enum class Kind : quint8 { Character, Value, Comment, BlockOpen, BlockElse, BlockClose, Reference };
    Kind kind = Kind::Character;
    char16_t character = 0;
    int begin = 0;
    int end = 0;

    bool is(char16_t c) const { return kind == Kind::Character && character == c; }
};

using Kind = BodyUnit::Kind;
using BodyUnits = std::vector<BodyUnit>;

Kind kindOfBraces(QStringView braces)
{
    auto inner = braces.sliced(2);
    while (!inner.isEmpty() && (inner.front() == u'~' || isJsonSpace(inner.front().unicode()))) {
        inner = inner.sliced(1);
    }
    if (inner.startsWith(u'!')) {
        return Kind::Comment;
    }
    if (inner.startsWith(u'#')) {
        return Kind::BlockOpen;
    }
    if (inner.startsWith(u'/')) {
        return Kind::BlockClose;
    }
    const bool isElse = inner.startsWith(u"else") && inner.size() > 4 && !inner[4].isLetterOrNumber();
    return inner.startsWith(u'^') || isElse ? Kind::BlockElse : Kind::Value;
}

/// Undoes what the template language writes otherwise.
BodyUnits unitsOf(QStringView source)
{
    BodyUnits units;
    units.reserve(static_cast<std::size_t>(source.size()));
    const auto add = [&units](Kind kind, char16_t character, qsizetype begin, qsizetype end) {
        units.push_back(
            {.kind = kind, .character = character, .begin = static_cast<int>(begin), .end = static_cast<int>(end)});
    };
    std::size_t backslashes = 0;
    for (qsizetype at = 0; at < source.size();) {
        const auto rest = source.sliced(at);
        auto next = at + 1;
        if (rest.startsWith(u"{{") && backslashes % 2 == 1) {
            units.back() = {.character = u'{', .begin = units.back().begin, .end = static_cast<int>(next)};
            add(Kind::Character, u'{', next, next + 1);
            next = at + 2;
        } else if (rest.startsWith(u"{{")) {
            next = endOfBraces(source, at);
            add(kindOfBraces(source.sliced(at, next - at)), 0, at, next);
        } else if (rest.startsWith(u"$${")) {
            add(Kind::Character, u'$', at, at + 2);
            add(Kind::Character, u'{', at + 2, at + 3);
            next = at + 3;
        } else if (rest.startsWith(u"${secret:")) {
            next = endOfReference(source, at);
            add(Kind::Reference, 0, at, next);
        } else {
            add(Kind::Character, rest.front().unicode(), at, next);
        }
        backslashes = rest.front() == u'\\' ? backslashes + 1 : 0;
        at = next;
    }
    return units;
}

/// A JSON text, or what stands in a string that may hold one.
class BodyText
{
public:
    BodyText(const BodyUnits &units, BodyText *around)
        : m_units(units)
        , m_around(around)
    {
    }

    const BodyUnits &units() const { return m_units; }
    int depth() const { return m_around ? m_around->depth() + 1 : 0; }

    /// Whether a reference in a string of this text is sure to be escaped once for each text around it, as JSON in a
    /// string is: only then may a value hold what has to be escaped.
    bool isSurelyJson()
    {
        if (!m_isSurelyJson) {
            m_isSurelyJson = !m_around || (m_around->isSurelyJson() && parses());
        }
        return *m_isSurelyJson;
    }

private:
    bool parses() const
    {
        QString text;
        for (const auto &unit : m_units) {
            switch (unit.kind) {
            case Kind::Character:
                text += QChar(unit.character);
                break;
            case Kind::Value:
            case Kind::Reference:
                text += u'0';
                break;
            default:
                return false;
            }
        }
        const auto value = parseJson(text.toUtf8());
        return value && value->is_structured();
    }

    const BodyUnits &m_units;
    BodyText *m_around;
    std::optional<bool> m_isSurelyJson;
};

/// The characters of a string, its escapes undone, from behind the opening quote.
struct BodyString
{
    BodyUnits content;
    std::size_t end = 0; ///< behind the closing quote
};

std::optional<BodyString> readString(const BodyUnits &units, std::size_t from)
{
    BodyString read;
    for (auto at = from; at < units.size(); ++at) {
        const auto &unit = units[at];
        if (unit.is(u'"')) {
            read.end = at + 1;
            return read;
        }
        if (!unit.is(u'\\')) {
            read.content.push_back(unit);
            continue;
        }
        if (++at == units.size() || units[at].kind != Kind::Character) {
            return std::nullopt;
        }
        auto character = units[at].character;
        if (character == u'u') {
            QString digits;
            for (int i = 0; i < 4 && at + 1 < units.size() && units[at + 1].kind == Kind::Character; ++i) {
                digits += QChar(units[++at].character);
            }
            bool isNumber = false;
            character = static_cast<char16_t>(digits.toUShort(&isNumber, 16));
            if (!isNumber || digits.size() < 4) {
                return std::nullopt;
            }
        } else {
            constexpr QStringView letters = u"bfnrt";
            constexpr QStringView meanings = u"\b\f\n\r\t";
            if (const auto letter = letters.indexOf(character); letter >= 0) {
                character = meanings[letter].unicode();
            }
        }
        read.content.push_back({.character = character, .begin = unit.begin, .end = units[at].end});
    }
    return std::nullopt;
}

QString plainTextOf(const BodyUnits &content)
{
    QString text;
    for (const auto &unit : content) {
        text += QChar(unit.character);
    }
    return text;
}

bool needsNoEscape(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar character) {
        return character == u'"' || character == u'\\' || character.unicode() < 0x20;
    });
}

class BodyReading
{
public:
    explicit BodyReading(const QString &source)
        : m_source(source)
    {
    }

    QList<SecretPlace> places()
    {
        const auto units = unitsOf(m_source);
        BodyText text(units, nullptr);
        read(text, {});
        for (const auto &unit : units) {
            if (unit.kind == Kind::Reference && !m_places.holdsReferenceAt(unit.begin)) {
                addReference(unit, u"secret"_s, {});
            }
        }
        return m_places.take();
    }

private:
    struct Container
    {
        bool isObject = true;
        QString label; ///< in the container around it: a name or an index
        int index = 0;
        qsizetype pathLength = 0;
    };

    struct State
    {
        QList<Container> open;
        std::optional<QString> name; ///< of the member whose value comes next
    };

    static QString labelOf(const State &state)
    {
        if (state.open.empty()) {
            return {};
        }
        const auto &inner = state.open.constLast();
        return inner.isObject ? state.name.value_or(QString()) : QString::number(inner.index);
    }

    /// Where the next value stands.
    static QString pathOf(const State &state, const QString &base)
    {
        if (state.open.empty()) {
            return base;
        }
        const QString label = labelOf(state);
        if (base.size() + state.open.constLast().pathLength + label.size() > longestPath) {
            return label.left(longestPath);
        }
        QStringList path{base};
        for (const auto &container : state.open) {
            path.append(container.label);
        }
        path.append(label);
        path.removeAll(QString());
        return path.join(u'.');
    }

    void read(BodyText &text, const QString &base)
    {
        const auto &units = text.units();
        State state;
        std::vector<State> blocks;
        for (std::size_t at = 0; at < units.size();) {
            if (state.open.size() > maximumJsonDepth || blocks.size() > deepestBlock) {
                return; // no template
            }
            const auto &unit = units[at];
            if (unit.is(u'"')) {
                const auto string = readString(units, at + 1);
                if (!string) {
                    return;
                }
                at = readName(units, *string, state);
                if (at == string->end) {
                    readValue(text, *string, state, base);
                }
                continue;
            }
            ++at;
            switch (unit.kind) {
            case Kind::Character:
                readMark(unit.character, state);
                break;
            case Kind::BlockOpen:
                blocks.push_back(state);
                break;
            case Kind::BlockElse:
                if (!blocks.empty()) {
                    state = blocks.back();
                }
                break;
            case Kind::BlockClose:
                if (!blocks.empty()) {
                    blocks.pop_back();
                }
                break;
            case Kind::Reference:
                addReference(unit, pathOf(state, base), state.name.value_or(QString()));
                break;
            case Kind::Value:
            case Kind::Comment:
                break;
            }
        }
    }

    static void open(State &state, bool isObject)
    {
        Container container{.isObject = isObject, .label = labelOf(state)};
        container.pathLength = container.label.size() + (state.open.empty() ? 0 : state.open.constLast().pathLength);
        state.open.push_back(std::move(container));
        state.name.reset();
    }

    static void readMark(char16_t character, State &state)
    {
        switch (character) {
        case u'{':
        case u'[':
            open(state, character == u'{');
            break;
        case u'}':
        case u']':
            if (!state.open.empty()) {
                state.open.pop_back();
            }
            state.name.reset();
            break;
        case u',':
            if (!state.open.empty()) {
                ++state.open.back().index;
            }
            state.name.reset();
            break;
        default:
            break;
        }
    }

    /// A string before a colon is the name of a member: behind the colon then, else behind the string.
    static std::size_t readName(const BodyUnits &units, const BodyString &string, State &state)
    {
        auto at = string.end;
        while (at < units.size()
               && (units[at].kind == Kind::Comment
                   || (units[at].kind == Kind::Character && isJsonSpace(units[at].character)))) {
            ++at;
        }
        if (at == units.size() || !units[at].is(u':') || state.open.empty() || !state.open.constLast().isObject) {
            return string.end;
        }
        state.name = plainTextOf(string.content);
        return at + 1;
    }

    void readValue(BodyText &text, const BodyString &string, const State &state, const QString &base)
    {
        const auto &content = string.content;
        const QString path = pathOf(state, base);
        const auto isCharacter = [](const BodyUnit &unit) {
            return unit.kind == Kind::Character;
        };
        if (state.name && namesSecretMember(*state.name) && std::all_of(content.begin(), content.end(), isCharacter)) {
            const QString value = plainTextOf(content);
            if (canBeSecret(value) && (needsNoEscape(value) || text.isSurelyJson())) {
                m_places.add(path,
                             {.what = {},
                              .name = *state.name,
                              .begin = content.front().begin,
                              .length = content.back().end - content.front().begin,
                              .value = value,
                              .key = {}});
                return;
            }
        }
        const bool mayHoldJson =
            std::any_of(content.begin(), content.end(), [](const BodyUnit &unit) { return unit.is(u'{'); });
        if (mayHoldJson && text.depth() < deepestText) {
            BodyText inner(content, &text);
            read(inner, path);
        }
        for (const auto &unit : content) {
            if (unit.kind == Kind::Reference && !m_places.holdsReferenceAt(unit.begin)) {
                addReference(unit, path, state.name.value_or(QString()));
            }
        }
    }

    void addReference(const BodyUnit &unit, const QString &path, const QString &name)
    {
        const qsizetype length = unit.end - unit.begin;
        if (const auto key = soleSecretKey(m_source.sliced(unit.begin, length))) {
            m_places.add(path,
                         {.what = {}, .name = name, .begin = unit.begin, .length = length, .value = {}, .key = *key});
        }
    }

    QString m_source;
    SecretPlaceList m_places{"body"_L1};
};

} // namespace

QList<SecretPlace> bodySecretPlaces(const QString &bodyTemplate)
{
    return bodyTemplate.size() > largestTemplate ? QList<SecretPlace>() : BodyReading(bodyTemplate).places();
}

} // namespace Tocsin
