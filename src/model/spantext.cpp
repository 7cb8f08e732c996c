// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "spantext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace Tocsin {

namespace {

struct SpanText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SpanText)

public:
    static constexpr SentenceMaker say{"Tocsin::SpanText"};
    static constexpr CountedSentenceMaker sayCounted{"Tocsin::SpanText"};

    static Sentence inUnit(std::chrono::seconds length, std::chrono::seconds unit)
    {
        const auto count = std::llround(static_cast<double>(length.count()) / static_cast<double>(unit.count()));
        if (unit == std::chrono::days(1)) {
            return sayCounted("%Ln day(s)", static_cast<int>(count));
        }
        if (unit == std::chrono::hours(1)) {
            return say("%L1 h", count);
        }
        return unit == std::chrono::minutes(1) ? say("%L1 min", count) : say("%L1 s", count);
    }
};

constexpr std::array<std::chrono::seconds, 4> spanUnits{std::chrono::days(1), std::chrono::hours(1),
                                                        std::chrono::minutes(1), std::chrono::seconds(1)};

} // namespace

Sentence spanInWords(std::chrono::seconds length)
{
    const auto *const unit =
        std::find_if(spanUnits.begin(), spanUnits.end() - 1, [length](std::chrono::seconds candidate) {
            return length >= candidate && length % candidate == std::chrono::seconds::zero();
        });
    return SpanText::inUnit(length, *unit);
}

Sentence roughSpanInWords(std::chrono::seconds length)
{
    const auto *const unit = std::find_if(spanUnits.begin(), spanUnits.end() - 1,
                                          [length](std::chrono::seconds candidate) { return length >= 2 * candidate; });
    return SpanText::inUnit(length, *unit);
}

} // namespace Tocsin
