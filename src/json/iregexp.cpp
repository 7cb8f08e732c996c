// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "iregexp.h"

#include "iregexptranslator.h"

#include <re2/re2.h>

namespace Tocsin {

namespace {

/// Bounds the compiled program, and with it the work for each byte of a text.
constexpr std::int64_t maximumProgramMemory = 8 << 20;

} // namespace

IRegexp::IRegexp(std::unique_ptr<re2::RE2> program)
    : m_program(std::move(program))
{
}

IRegexp::~IRegexp() = default;

std::shared_ptr<const IRegexp> IRegexp::compile(std::string_view pattern)
{
    const std::optional<std::string> translated = translateIRegexp(pattern);
    if (!translated) {
        return nullptr;
    }
    RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(maximumProgramMemory);
    auto program = std::make_unique<RE2>(*translated, options);
    if (!program->ok()) {
        return nullptr;
    }
    return std::shared_ptr<const IRegexp>(new IRegexp(std::move(program)));
}

std::uint64_t IRegexp::stepsFor(std::string_view text) const
{
    // At worst each byte is looked at by the whole program; most often by far fewer instructions at once.
    constexpr std::uint64_t instructionsInAStep = 4;
    return 1 + text.size() * static_cast<std::uint64_t>(m_program->ProgramSize()) / instructionsInAStep;
}

std::uint64_t IRegexp::stepsToCompile(std::string_view pattern)
{
    constexpr std::uint64_t plain = 50;
    constexpr std::uint64_t repeating = 1000; // a few bytes may stand for a thousand copies
    return 1 + pattern.size() * (pattern.find('{') == std::string_view::npos ? plain : repeating);
}

bool IRegexp::matches(std::string_view text) const
{
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *m_program);
}

bool IRegexp::found(std::string_view text) const
{
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *m_program);
}

} // namespace Tocsin
