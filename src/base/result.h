// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sentence.h"

#include <QString>

#include <optional>
#include <utility>
#include <variant>

namespace Tocsin {

/// A place in a text: line and column count from 1 (columns in Unicode code points), offset is in UTF-8 bytes from 0.
struct TextPosition
{
    int line = 0;
    int column = 0;
    qsizetype offset = -1;

    bool isValid() const { return line > 0; }
    bool operator==(const TextPosition &) const = default;
};

/// What went wrong, in one sentence for a person (translated), and where: a field, a file, a place in a text.
/// Never holds a secret.
struct Error
{
    QString message{};
    QString where{};
    TextPosition position{};
    Sentence said{}; ///< what `message` is made of, where that may be kept; may be empty

    /// `message` is written at once.
    static Error of(const Sentence &said, const QString &where = {}, const TextPosition &position = {})
    {
        return {.message = said.text(), .where = where, .position = position, .said = said};
    }
    /// For what is kept until somebody else reads it.
    Sentence toKeep() const { return said.isEmpty() ? Sentence(message) : said; }

    bool operator==(const Error &) const = default;
};

/// A value, or the Error that kept it from being made. Errors are values: no exception crosses a folder's wall.
template <typename T>
class [[nodiscard]] Result
{
public:
    using Value = T;

    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    bool isOk() const { return m_state.index() == 0; }
    explicit operator bool() const { return isOk(); }

    const T &value() const & { return std::get<0>(m_state); }
    T &value() & { return std::get<0>(m_state); }
    T value() &&
    {
        return std::get<0>(std::move(m_state));
    } ///< not a reference: what it is asked of may be gone sooner
    const T *operator->() const { return &value(); }
    const T &operator*() const & { return value(); }
    T operator*() && { return std::get<0>(std::move(m_state)); }

    const Error &error() const { return std::get<1>(m_state); }

    bool operator==(const Result &) const = default;

private:
    std::variant<T, Error> m_state;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void>
{
public:
    using Value = void;

    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
    {
    }

    bool isOk() const { return !m_error.has_value(); }
    explicit operator bool() const { return isOk(); }
    const Error &error() const { return *m_error; }

    bool operator==(const Result &) const = default;

private:
    std::optional<Error> m_error;
};

} // namespace Tocsin
