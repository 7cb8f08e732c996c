// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <random>
#include <string>
#include <vector>

/// Templates and events made by chance, the same ones in every run: only what Handlebars and body templates are to
/// agree on, which leaves out paths that go through an array, and lines that hold nothing but a block.
class TemplateMaker
{
public:
    /// Where values are written: as text, in a JSON string, or as JSON values.
    enum class Place { Text, String, Bare };

    explicit TemplateMaker(Place place)
        : m_place(place)
        , m_random(static_cast<unsigned>(place))
    {
    }

    /// Text with placeholders and blocks.
    std::string text();
    /// One placeholder.
    std::string placeholder();
    Tocsin::Json event();

private:
    /// What `this` is: names and their kinds.
    enum class Kind { Text, Number, Truth, Nothing, Time, List, Objects, Object };
    struct Field
    {
        std::string name;
        Kind kind;
    };
    using Fields = std::vector<Field>;

    unsigned below(unsigned bound) { return static_cast<unsigned>(m_random() % bound); }
    template <typename Value>
    const Value &one(const std::vector<Value> &values)
    {
        return values[below(static_cast<unsigned>(values.size()))];
    }

    std::string texts(int depth);
    std::string block(int depth);
    std::string expression(int depth); ///< as a helper is given it
    std::string condition(int depth);
    std::string call(int depth); ///< without braces or parentheses
    std::string path();
    std::string path(Kind kind);
    std::string literal();
    std::string quoted(const std::string &content);
    std::string words();
    Tocsin::Json value(Kind kind);
    Tocsin::Json scalar();
    Tocsin::Json object();

    Place m_place;
    std::mt19937_64 m_random;
    std::vector<Kind> m_contexts; ///< of the #each around: what its items are
};
