// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// RETRY-AFTER --- DATE: never before now, never later than the longest wait; seconds are what they say,
// up to where they are a moment.
#include "fuzzing.h"
#include "retryschedule.h"

using namespace Tocsin;
using namespace Tocsin::Fuzzing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

bool isWithinBounds(std::optional<std::chrono::milliseconds> delay)
{
    return !delay || (*delay >= 0ms && *delay <= longestRetryDelay);
}

/// No moment since 1970.
bool isSeconds(QByteArrayView text)
{
    return !text.isEmpty() && text.size() < 10
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto [value, date] = parts<2>(bytes(data, size));
    const auto now = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    const auto text = QString::fromLatin1(value);
    const auto delay = retryAfterDelay(text, now);
    demand(isWithinBounds(delay), "a wait is within its bounds");
    demand(retryAfterDelay(text, now) == delay, "a field is read twice the same");
    if (isSeconds(value)) {
        const auto seconds = std::min(std::chrono::seconds(value.toByteArray().toLongLong()), longestRetryDelay);
        demand(delay == seconds, "seconds are what they say");
    }
    const QList<Header> fields{{.name = u"Date"_s, .value = QString::fromLatin1(date)},
                               {.name = u"retry-after"_s, .value = text}};
    demand(isWithinBounds(retryAfterDelay(fields, now)), "a wait by the server's clock is within its bounds");
    const auto wait = retryDelay(Webhook::defaultRetryDelays(), 1, 0.5, delay);
    demand(wait && *wait >= delay.value_or(0ms), "no try is made before the time that was asked for");
    return 0;
}
