// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonreading.h"

#include "hexdigits.h"
#include "json.h"

#include <array>
#include <string_view>

namespace Tocsin {

namespace {

using Expect = JsonLevel::Expect;
using Lexical = JsonLevel::Lexical;
using Part = JsonLevel::NumberPart;
using Kind = JsonFault::Kind;

constexpr std::uint8_t afterBackslash = 1;
constexpr std::uint8_t firstHexDigit = 2;
constexpr std::uint8_t lastHexDigit = 5;
constexpr std::uint32_t surrogate = 0xD800; // stands for a whole surrogate pair

bool isDigit(std::uint32_t c)
{
    return c >= '0' && c <= '9';
}

std::string_view wordOf(std::uint8_t letter)
{
    return letter == 't' ? "true" : letter == 'f' ? "false" : "null";
}

// The part of a number that `c` leads to; absent where it does not belong to the number.
std::optional<Part> nextPart(Part part, std::uint32_t c)
{
    switch (part) {
    case Part::Minus:
        return c == '0' ? std::optional(Part::Zero) : isDigit(c) ? std::optional(Part::Integer) : std::nullopt;
    case Part::Integer:
        if (isDigit(c)) {
            return Part::Integer;
        }
        [[fallthrough]];
    case Part::Zero:
        return c == '.'            ? std::optional(Part::Point)
            : c == 'e' || c == 'E' ? std::optional(Part::Exponent)
                                   : std::nullopt;
    case Part::Point:
        return isDigit(c) ? std::optional(Part::Fraction) : std::nullopt;
    case Part::Fraction:
        return isDigit(c)          ? std::optional(Part::Fraction)
            : c == 'e' || c == 'E' ? std::optional(Part::Exponent)
                                   : std::nullopt;
    case Part::Exponent:
        if (c == '+' || c == '-') {
            return Part::ExponentSign;
        }
        [[fallthrough]];
    case Part::ExponentSign:
    case Part::ExponentDigits:
        return isDigit(c) ? std::optional(Part::ExponentDigits) : std::nullopt;
    }
    return std::nullopt;
}

bool mayEndNumber(Part part)
{
    return part == Part::Zero || part == Part::Integer || part == Part::Fraction || part == Part::ExponentDigits;
}

} // namespace

std::optional<std::size_t> JsonReading::innermostArray() const
{
    for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
        for (auto container = level->containers.rbegin(); container != level->containers.rend(); ++container) {
            if (container->kind == '[') {
                return container->opening;
            }
        }
    }
    return std::nullopt;
}

void JsonReader::endValue(JsonLevel &text)
{
    text.lexical = Lexical::None;
    text.expect = text.containers.empty() ? Expect::Nothing : Expect::CommaOrEnd;
}

std::optional<JsonFault> JsonReader::expectationFault(const JsonLevel &text, std::size_t level)
{
    switch (text.expect) {
    case Expect::Value:
    case Expect::ValueOrEnd:
        return JsonFault{.kind = Kind::ValueExpected, .level = level};
    case Expect::Key:
    case Expect::KeyOrEnd:
        return JsonFault{.kind = Kind::KeyExpected, .level = level};
    case Expect::Colon:
        return JsonFault{.kind = Kind::ColonExpected, .level = level};
    case Expect::CommaOrEnd:
        return JsonFault{.kind = Kind::CommaExpected, .level = level};
    case Expect::Nothing:
        break;
    }
    return JsonFault{.kind = Kind::NothingExpected, .level = level};
}

// Ends a number or word, if one is being read.
std::optional<JsonFault> JsonReader::finishToken(JsonLevel &text, std::size_t level)
{
    if (text.lexical == Lexical::Number) {
        if (!mayEndNumber(text.number)) {
            return JsonFault{.kind = Kind::BadNumber, .level = level};
        }
        endValue(text);
    } else if (text.lexical == Lexical::Word) {
        return JsonFault{.kind = Kind::BadWord, .level = level};
    }
    return std::nullopt;
}

std::optional<JsonFault> JsonReader::feed(JsonReading &reading, unsigned char byte, std::size_t offset)
{
    return feedLevel(reading, 0, byte, offset);
}

JsonReader::Fault JsonReader::feedLevel(JsonReading &reading, std::size_t level, std::uint32_t character,
                                        std::size_t offset)
{
    auto &text = reading.levels[level];
    switch (text.lexical) {
    case Lexical::String:
        return feedString(reading, level, character, offset);
    case Lexical::Number:
        if (const auto part = nextPart(text.number, character)) {
            text.number = *part;
            return std::nullopt;
        }
        if (auto fault = finishToken(text, level)) {
            return fault;
        }
        break;
    case Lexical::Word: {
        const auto word = wordOf(text.word);
        if (character != static_cast<unsigned char>(word[text.done])) {
            return JsonFault{.kind = Kind::BadWord, .level = level};
        }
        if (++text.done == word.size()) {
            text.done = 0;
            text.word = 0;
            endValue(text);
        }
        return std::nullopt;
    }
    case Lexical::None:
        break;
    }
    return structural(reading, level, character, offset);
}

JsonReader::Fault JsonReader::structural(JsonReading &reading, std::size_t level, std::uint32_t character,
                                         std::size_t offset)
{
    if (isJsonSpace(character)) {
        return std::nullopt;
    }
    auto &text = reading.levels[level];
    switch (text.expect) {
    case Expect::Value:
    case Expect::ValueOrEnd:
        if (character == ']' && text.expect == Expect::ValueOrEnd) {
            return closeContainer(reading, level, character, offset);
        }
        return beginValue(reading, level, character, offset);
    case Expect::Key:
    case Expect::KeyOrEnd:
        if (character == '"') {
            return beginString(reading, level, offset, true);
        }
        if (character == '}' && text.expect == Expect::KeyOrEnd) {
            return closeContainer(reading, level, character, offset);
        }
        break;
    case Expect::Colon:
        if (character == ':') {
            text.expect = Expect::Value;
            return std::nullopt;
        }
        break;
    case Expect::CommaOrEnd:
        if (character == ',') {
            const auto &container = text.containers.back();
            if (container.kind == '[') {
                arrayHasComma(container.opening);
            }
            text.expect = container.kind == '{' ? Expect::Key : Expect::Value;
            return std::nullopt;
        }
        if (character == '}' || character == ']') {
            return closeContainer(reading, level, character, offset);
        }
        break;
    case Expect::Nothing:
        break;
    }
    return expectationFault(text, level);
}

JsonReader::Fault JsonReader::beginValue(JsonReading &reading, std::size_t level, std::uint32_t character,
                                         std::size_t offset)
{
    auto &text = reading.levels[level];
    if (character == '{' || character == '[') {
        if (text.containers.size() >= static_cast<std::size_t>(maximumJsonDepth)) {
            return JsonFault{.kind = Kind::TooDeep, .level = level};
        }
        // Objects are told apart by their nesting alone, so that rounds of a repetition come to the same state.
        text.containers.push_back({.kind = static_cast<char>(character), .opening = character == '[' ? offset : 0});
        text.expect = character == '{' ? Expect::KeyOrEnd : Expect::ValueOrEnd;
    } else if (character == '"') {
        return beginString(reading, level, offset, false);
    } else if (character == '-' || isDigit(character)) {
        text.lexical = Lexical::Number;
        text.number = character == '-' ? Part::Minus : character == '0' ? Part::Zero : Part::Integer;
    } else if (character == 't' || character == 'f' || character == 'n') {
        text.lexical = Lexical::Word;
        text.word = static_cast<std::uint8_t>(character);
        text.done = 1;
    } else {
        return expectationFault(text, level);
    }
    return std::nullopt;
}

JsonReader::Fault JsonReader::closeContainer(JsonReading &reading, std::size_t level, std::uint32_t character,
                                             std::size_t offset)
{
    auto &text = reading.levels[level];
    const auto container = text.containers.back();
    if ((character == '}') != (container.kind == '{')) {
        return JsonFault{.kind = Kind::WrongEnd, .level = level};
    }
    if (container.kind == '[') {
        arrayClosed(container.opening, offset, text.expect == Expect::ValueOrEnd);
    }
    text.containers.pop_back();
    endValue(text);
    return std::nullopt;
}

JsonReader::Fault JsonReader::beginString(JsonReading &reading, std::size_t level, std::size_t offset, bool isKey)
{
    auto &text = reading.levels[level];
    text.lexical = Lexical::String;
    text.isKey = isKey;
    stringOpened(level, offset);
    return std::nullopt;
}

JsonReader::Fault JsonReader::feedString(JsonReading &reading, std::size_t level, std::uint32_t character,
                                         std::size_t offset)
{
    auto &text = reading.levels[level];
    if (text.done > 0) {
        return feedEscape(reading, level, character, offset);
    }
    if (character == '\\') {
        text.done = afterBackslash;
        return std::nullopt;
    }
    if (character == '"') {
        if (reading.levels.size() > level + 1) {
            return JsonFault{.kind = Kind::EndsTooEarly, .level = level + 1};
        }
        if (text.afterHighSurrogate) {
            return JsonFault{.kind = Kind::LoneSurrogate, .level = level};
        }
        if (text.isKey) {
            text.lexical = Lexical::None;
            text.expect = Expect::Colon;
            text.isKey = false;
        } else {
            endValue(text);
        }
        return std::nullopt;
    }
    if (character < ' ') {
        return JsonFault{.kind = Kind::ControlCharacter, .level = level};
    }
    return feedDecoded(reading, level, character, offset);
}

JsonReader::Fault JsonReader::feedEscape(JsonReading &reading, std::size_t level, std::uint32_t character,
                                         std::size_t offset)
{
    auto &text = reading.levels[level];
    const JsonFault badEscape{.kind = Kind::BadEscape, .level = level};
    if (text.done == afterBackslash) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (character == 'u') {
            text.done = firstHexDigit;
            text.unicode = 0;
            return std::nullopt;
        }
        const auto letter = character < 0x80 ? letters.find(static_cast<char>(character)) : std::string_view::npos;
        if (letter == std::string_view::npos) {
            return badEscape;
        }
        text.done = 0;
        return feedDecoded(reading, level, static_cast<unsigned char>(meanings[letter]), offset);
    }
    const auto digit = hexDigit(character);
    if (digit < 0) {
        return badEscape;
    }
    text.unicode = static_cast<std::uint16_t>(text.unicode << 4U | static_cast<unsigned>(digit));
    if (text.done < lastHexDigit) {
        ++text.done;
        return std::nullopt;
    }
    const auto unit = std::exchange(text.unicode, 0);
    text.done = 0;
    const bool isHigh = unit >= 0xD800 && unit <= 0xDBFF;
    const bool isLow = unit >= 0xDC00 && unit <= 0xDFFF;
    if (isLow != text.afterHighSurrogate) {
        return JsonFault{.kind = Kind::LoneSurrogate, .level = level};
    }
    text.afterHighSurrogate = isHigh;
    if (isHigh) {
        return std::nullopt;
    }
    return feedDecoded(reading, level, isLow ? surrogate : unit, offset);
}

// One character of a string's content, its escapes undone.
JsonReader::Fault JsonReader::feedDecoded(JsonReading &reading, std::size_t level, std::uint32_t character,
                                          std::size_t offset)
{
    if (reading.levels[level].afterHighSurrogate) {
        return JsonFault{.kind = Kind::LoneSurrogate, .level = level};
    }
    if (reading.levels.size() == level + 1) {
        if ((character != '{' && character != '[') || !beginsText(level, offset)) {
            return std::nullopt;
        }
        reading.levels.push_back({.containers = {}, .opening = offset});
    }
    if (auto fault = feedLevel(reading, level + 1, character, offset)) {
        return fault;
    }
    const auto &inner = reading.levels[level + 1];
    if (inner.lexical == Lexical::None && inner.expect == Expect::Nothing) {
        reading.levels.resize(level + 1);
    }
    return std::nullopt;
}

std::optional<JsonFault> JsonReader::place(JsonReading &reading)
{
    const auto level = reading.levels.size() - 1;
    for (std::size_t i = 0; i <= level; ++i) {
        const auto &outer = reading.levels[i];
        if (outer.lexical == Lexical::String && (outer.done > 0 || outer.afterHighSurrogate)) {
            return JsonFault{.kind = Kind::InsideEscape, .level = i};
        }
    }
    auto &text = reading.levels[level];
    if (text.lexical == Lexical::String) {
        return std::nullopt;
    }
    if (text.lexical != Lexical::None) {
        return JsonFault{.kind = Kind::InsideNumber, .level = level};
    }
    if (text.expect == Expect::Key || text.expect == Expect::KeyOrEnd) {
        return JsonFault{.kind = Kind::KeyWithoutQuotes, .level = level};
    }
    if (text.expect != Expect::Value && text.expect != Expect::ValueOrEnd) {
        return expectationFault(text, level);
    }
    endValue(text);
    return std::nullopt;
}

std::optional<JsonFault> JsonReader::finish(JsonReading &reading)
{
    if (reading.levels.size() > 1) {
        return JsonFault{.kind = Kind::EndsTooEarly, .level = reading.levels.size() - 1};
    }
    auto &text = reading.levels.front();
    if (text.lexical == Lexical::String) {
        return JsonFault{.kind = Kind::EndsInString, .level = 0};
    }
    if (auto fault = finishToken(text, 0)) {
        return fault;
    }
    if (text.expect != Expect::Nothing) {
        return JsonFault{.kind = Kind::EndsTooEarly, .level = 0};
    }
    return std::nullopt;
}

} // namespace Tocsin
