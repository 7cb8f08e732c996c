// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace Tocsin {

/// A regular expression in the interoperable dialect (RFC 9485), matched in time linear to the text. An unescaped `^`
/// that begins a branch, and a `$` that ends one, is an anchor (as in the mapping of RFC 9485 §5.4); elsewhere each is
/// itself. A pattern may have 4096 bytes, 100 levels of groups and repetitions up to 1000. Any thread.
class IRegexp
{
public:
    /// Null where the pattern is not in the dialect or beyond the bounds above.
    static std::shared_ptr<const IRegexp> compile(std::string_view pattern);
    ~IRegexp();

    /// Whether the pattern matches all of the text.
    bool matches(std::string_view text) const;
    /// Whether the pattern matches somewhere in the text.
    bool found(std::string_view text) const;

    /// How much work a match in this text may be, and how much a compilation, in steps of a StepBudget.
    std::uint64_t stepsFor(std::string_view text) const;
    static std::uint64_t stepsToCompile(std::string_view pattern);

private:
    explicit IRegexp(std::unique_ptr<re2::RE2> program);
    std::unique_ptr<re2::RE2> m_program;
};

} // namespace Tocsin
