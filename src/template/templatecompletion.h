// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>
#include <string>
#include <string_view>

namespace Tocsin {

/// A word that may stand inside braces, and what there is to know of it.
struct TemplateWord
{
    enum class Kind { Field, Variable, Helper };
    Kind kind = Kind::Field;
    QString text; ///< as it is written: `data.name`, `@index`, `#each`, `/each`
    QString type; ///< of a field: as PayloadField has it
    QString sample; ///< of a field: as PayloadField::sampleText()
    QString description; ///< translated
    bool takesPath = false; ///< `#each`, `json`: a path follows

    bool operator==(const TemplateWord &) const = default;
};

/// What may be written where one is typing. Offsets are bytes.
struct TemplateCompletion
{
    std::size_t braces = 0; ///< where the placeholder opens
    std::size_t begin = 0; ///< what has been typed of the word …
    std::size_t end =
        0; ///< … up to where the chosen one takes its place: behind the cursor only in a closed placeholder
    bool isClosed = false; ///< the closing braces follow
    QList<TemplateWord> words; ///< fields, then variables, then helpers; of each, what begins as typed comes first
};

/// Absent where no placeholder is open in the cursor's line. Knows what `#each` and `#with` around the cursor make of
/// paths; works on any text, finished or not.
std::optional<TemplateCompletion> completionAt(std::string_view source, std::size_t cursor);

/// A word that stands in a placeholder.
struct WrittenWord
{
    std::size_t begin = 0; ///< bytes, of the word itself
    std::size_t end = 0;
    TemplateWord word;
};

/// The word at a byte of a closed placeholder; where none stands there, its path. Absent where the schema does not know
/// it, and outside of placeholders.
std::optional<WrittenWord> wordAt(std::string_view source, std::size_t offset);

/// What was probably meant by an unknown name at a byte inside braces: the nearest path, variable or helper.
struct NearestWord
{
    std::size_t begin = 0; ///< bytes, of the unknown name
    std::size_t end = 0;
    QString text;
};
std::optional<NearestWord> nearestWordAt(std::string_view source, std::size_t offset);

/// The name of the innermost block that is open before a byte; empty if none is.
std::string openBlockAt(std::string_view source, std::size_t offset);

} // namespace Tocsin
