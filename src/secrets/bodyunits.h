// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <span>
#include <vector>

namespace Tocsin {

/// A character of a template's text, with the place in the source that it comes from, or what is no text.
struct BodyUnit
{
    enum class Kind : quint8 {
        Character,
        CutCharacter, ///< an escape with a block or value within it, or none that JSON knows
        Value,
        BlockOpen,
        BlockElse,
        BlockClose,
        Reference
    };
    Kind kind = Kind::Character;
    char16_t character = 0;
    int begin = 0; ///< in code units of the source, below 2^20
    int end = 0;

    bool is(char16_t c) const { return kind == Kind::Character && character == c; }
    bool isText() const { return kind == Kind::Character || kind == Kind::CutCharacter; }
    bool isBlock() const { return kind == Kind::BlockOpen || kind == Kind::BlockElse || kind == Kind::BlockClose; }
};

using BodyUnits = std::vector<BodyUnit>;

/// Undoes what the template language writes otherwise, and leaves out what it leaves out: comments, and the white space
/// that `~` strips.
BodyUnits bodyUnits(QStringView source);

/// The characters of a text, as far as it has some.
QString plainTextOf(std::span<const BodyUnit> content);

/// The runs of characters between what is none; each stands in one piece in the source, but for comments.
std::vector<std::span<const BodyUnit>> runsOf(std::span<const BodyUnit> content);

bool holdsKind(std::span<const BodyUnit> content, BodyUnit::Kind kind);

} // namespace Tocsin
