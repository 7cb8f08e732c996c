// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsontext.h"

#include "json.h"

#include <algorithm>
#include <vector>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::string_view_literals;

namespace {

constexpr auto whiteSpace = " \t\r\n"sv;
constexpr std::size_t deepestIndentation = 32;

/// The token that starts at `at`: a string with its quotes, one structural character, or a run of anything else.
std::string_view tokenAt(std::string_view text, std::size_t at)
{
    if (text[at] == '"') {
        auto end = at + 1;
        while (end < text.size() && text[end] != '"') {
            end += text[end] == '\\' ? 2 : 1;
        }
        return text.substr(at, std::min(end + 1, text.size()) - at);
    }
    if ("{}[]:,"sv.find(text[at]) != std::string_view::npos) {
        return text.substr(at, 1);
    }
    return text.substr(at, std::min(text.find_first_of("{}[]:,\" \t\r\n"sv, at), text.size()) - at);
}

bool opens(std::string_view token)
{
    return token == "{"sv || token == "["sv;
}

bool closes(std::string_view token)
{
    return token == "}"sv || token == "]"sv;
}

/// What a JSON string token holds; its text as it stands where it is not whole.
QString contentOf(std::string_view token)
{
    const auto parsed = parseJson(QByteArrayView(token.data(), qsizetype(token.size())));
    if (parsed && parsed->is_string()) {
        return toQString(parsed->get<std::string>());
    }
    return QString::fromUtf8(token.data(), qsizetype(token.size()));
}

QString segment(const QString &name)
{
    const auto isNameCharacter = [](QChar character) {
        return character == u'_' || (character < QChar(128) && character.isLetterOrNumber());
    };
    const bool isPlain =
        !name.isEmpty() && !name.front().isDigit() && std::all_of(name.begin(), name.end(), isNameCharacter);
    if (isPlain) {
        return u'.' + name;
    }
    QString quoted = name;
    quoted.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s).replace(u'\n', u"\\n"_s).replace(u'\t', u"\\t"_s);
    return u"['"_s + quoted + u"']"_s;
}

struct Level
{
    bool isArray = false;
    int index = 0;
    QString name;
};

QString pathOf(const std::vector<Level> &levels)
{
    QString path;
    for (const Level &level : levels) {
        path += level.isArray ? u'[' + QString::number(level.index) + u']' : segment(level.name);
    }
    return path;
}

} // namespace

std::string indentedJson(std::string_view text)
{
    std::string result;
    result.reserve(text.size() + text.size() / 2);
    std::size_t depth = 0;
    const auto newLine = [&] {
        result.append(1, '\n').append(2 * std::min(depth, deepestIndentation), ' ');
    };
    std::string_view last;
    for (auto at = text.find_first_not_of(whiteSpace); at < text.size();) {
        const auto token = tokenAt(text, at);
        if (closes(token)) {
            depth -= depth > 0 ? 1 : 0;
            if (!opens(last)) {
                newLine();
            }
        } else if (opens(last) || last == ","sv) {
            newLine();
        } else if (last == ":"sv) {
            result += ' ';
        }
        if (opens(token)) {
            ++depth;
        }
        result += token;
        last = token;
        at = text.find_first_not_of(whiteSpace, at + token.size());
    }
    return result;
}

std::optional<JsonPlace> jsonPlaceAt(std::string_view text, std::size_t offset)
{
    std::vector<Level> levels;
    bool isNameWanted = false;
    bool isHere = false; // the name that was read last stands at the offset
    for (auto at = text.find_first_not_of(whiteSpace); at < text.size();) {
        const auto token = tokenAt(text, at);
        const auto end = at + token.size();
        const bool isAtOffset = offset >= at && offset < end;
        if (opens(token)) {
            isHere = false;
            levels.push_back({.isArray = token == "["sv, .index = 0, .name = {}});
            isNameWanted = token == "{"sv;
        } else if (closes(token)) {
            if (levels.empty()) {
                return {};
            }
            levels.pop_back();
            isNameWanted = false;
        } else if (token == ","sv) {
            if (levels.empty()) {
                return {};
            }
            ++levels.back().index;
            isNameWanted = !levels.back().isArray;
        } else if (isNameWanted && token != ":"sv) {
            levels.back().name = contentOf(token);
            isNameWanted = false;
            isHere = isAtOffset;
        } else if (token != ":"sv && (isAtOffset || isHere)) {
            return JsonPlace{.path = pathOf(levels), .value = contentOf(token)};
        }
        if (at > offset && !isHere) {
            return {};
        }
        at = text.find_first_not_of(whiteSpace, end);
    }
    return {};
}

} // namespace Tocsin
