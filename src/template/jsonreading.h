// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

namespace Tocsin {

/// An object or array that is open, and where it was opened.
struct JsonContainer
{
    char kind = '{';
    std::size_t opening = 0;

    auto operator<=>(const JsonContainer &) const = default;
};

/// How far one JSON text has been read (RFC 8259).
struct JsonLevel
{
    enum class Expect : std::uint8_t { Value, ValueOrEnd, KeyOrEnd, Key, Colon, CommaOrEnd, Nothing };
    enum class Lexical : std::uint8_t { None, String, Number, Word };
    enum class NumberPart : std::uint8_t {
        Minus,
        Zero,
        Integer,
        Point,
        Fraction,
        Exponent,
        ExponentSign,
        ExponentDigits
    };

    std::vector<JsonContainer> containers;
    std::size_t opening = 0; ///< where the text begins, for one that stands in a string
    Expect expect = Expect::Value;
    Lexical lexical = Lexical::None;
    NumberPart number = NumberPart::Minus;
    std::uint8_t word = 0; ///< Word: which one (t, f or n)
    std::uint8_t done = 0; ///< Word: letters read; String: what of an escape is read (0: none, 1: the backslash …)
    bool isKey = false;
    std::uint16_t unicode = 0; ///< String: the digits of a \u escape so far
    bool afterHighSurrogate = false;

    auto operator<=>(const JsonLevel &) const = default;
};

/// How far a JSON text has been read, and in it a JSON text that stands in the string being read, and so on.
struct JsonReading
{
    std::vector<JsonLevel> levels{1};

    bool isInString() const { return levels.back().lexical == JsonLevel::Lexical::String; }
    /// The innermost array around, through strings; absent where there is none.
    std::optional<std::size_t> innermostArray() const;
    auto operator<=>(const JsonReading &) const = default;
};

/// What is wrong with a text.
struct JsonFault
{
    enum class Kind {
        ValueExpected,
        KeyExpected,
        ColonExpected,
        CommaExpected,
        NothingExpected,
        WrongEnd,
        BadNumber,
        BadWord,
        BadEscape,
        ControlCharacter,
        LoneSurrogate,
        TooDeep,
        KeyWithoutQuotes,
        InsideEscape,
        InsideNumber,
        EndsInString,
        EndsTooEarly,
        NeverEnds ///< every round of a repetition nests deeper
    };
    Kind kind = Kind::ValueExpected;
    std::size_t level = 0; ///< of the text that is at fault
};

/// Is told what happens while a text is read, and decides which strings hold JSON.
class JsonReader
{
public:
    virtual ~JsonReader() = default;

    /// Reads one byte that stands at `offset`; the fault's level says in which text.
    std::optional<JsonFault> feed(JsonReading &reading, unsigned char byte, std::size_t offset);
    /// Reads a whole value whose text is not known yet: in a string, characters; elsewhere, one value.
    std::optional<JsonFault> place(JsonReading &reading);
    /// The text ends here.
    std::optional<JsonFault> finish(JsonReading &reading);

protected:
    /// A string begins at `level`, its opening quote at `offset`.
    virtual void stringOpened(std::size_t level, std::size_t offset) = 0;
    /// Whether the bracket at `offset`, in a string of `level`, begins a JSON text.
    virtual bool beginsText(std::size_t level, std::size_t offset) = 0;
    virtual void arrayClosed(std::size_t opening, std::size_t offset, bool isEmpty) = 0;
    virtual void arrayHasComma(std::size_t opening) = 0;

private:
    using Fault = std::optional<JsonFault>;

    Fault feedLevel(JsonReading &reading, std::size_t level, std::uint32_t character, std::size_t offset);
    Fault feedString(JsonReading &reading, std::size_t level, std::uint32_t character, std::size_t offset);
    Fault feedDecoded(JsonReading &reading, std::size_t level, std::uint32_t character, std::size_t offset);
    Fault feedEscape(JsonReading &reading, std::size_t level, std::uint32_t character, std::size_t offset);
    Fault structural(JsonReading &reading, std::size_t level, std::uint32_t character, std::size_t offset);
    Fault beginValue(JsonReading &reading, std::size_t level, std::uint32_t character, std::size_t offset);
    Fault closeContainer(JsonReading &reading, std::size_t level, std::uint32_t character, std::size_t offset);
    Fault beginString(JsonReading &reading, std::size_t level, std::size_t offset, bool isKey);
    static Fault finishToken(JsonLevel &text, std::size_t level);
    static Fault expectationFault(const JsonLevel &text, std::size_t level);
    static void endValue(JsonLevel &text);
};

} // namespace Tocsin
