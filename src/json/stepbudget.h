// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>

namespace Tocsin {

/// How much work something may still take, counted in steps of some ten nanoseconds: unlike a clock, the count is the
/// same on every machine and in every run. One thread.
class StepBudget
{
public:
    static constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

    explicit StepBudget(std::uint64_t steps = unlimited)
        : m_left(steps)
    {
    }

    /// False where so many were not left; from then on always.
    bool take(std::uint64_t steps = 1)
    {
        if (steps > m_left) [[unlikely]] {
            m_isSpent = true;
            m_left = 0;
        } else {
            m_left -= steps;
        }
        return !m_isSpent;
    }

    bool isSpent() const { return m_isSpent; }

private:
    std::uint64_t m_left;
    bool m_isSpent = false;
};

} // namespace Tocsin
