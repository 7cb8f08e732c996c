// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonnumber.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace Tocsin {

namespace {

/// Marks the binary values that hold a number's digits: no JSON text has binary values.
constexpr std::uint8_t digitsSubtype = 0x4E;

bool keepsDigits(const Json &value)
{
    const auto *binary = value.get_ptr<const Json::binary_t *>();
    return binary && binary->has_subtype() && binary->subtype() == digitsSubtype;
}

std::string_view digitsOf(const Json &value)
{
    const auto &bytes = value.get_ref<const Json::binary_t &>();
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

template <typename Integer>
std::optional<Integer> integerFrom(std::string_view text)
{
    Integer value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

constexpr std::size_t longestDouble = 64;
using DoubleText = std::array<char, longestDouble>;

/// The fewest digits that read back as the same double; always with a point or an exponent.
std::string_view write(double value, DoubleText &buffer)
{
    const double size = std::abs(value);
    const bool isPlain = size == 0.0 || (size >= 1e-4 && size < 1e15);
    auto *end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                              isPlain ? std::chars_format::fixed : std::chars_format::scientific)
                    .ptr;
    if (isPlain && std::find(buffer.data(), end, '.') == end) {
        *end++ = '.';
        *end++ = '0';
    }
    return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

/// A number as ±0.DIGITS × 10^exponent, the first and the last digit not 0; no digits: zero.
class Decimal
{
public:
    explicit Decimal(std::string_view text)
    {
        const bool isNegative = text.starts_with('-');
        text.remove_prefix(isNegative ? 1 : 0);
        const std::size_t e = std::min(text.find_first_of("eE"), text.size());
        const std::size_t point = std::min(text.find('.'), e);
        m_whole = text.substr(0, point);
        m_fraction = point < e ? text.substr(point + 1, e - point - 1) : std::string_view();
        m_exponent = e < text.size() ? exponentFrom(text.substr(e + 1)) : 0;

        const auto isZero = [](char digit) {
            return digit == '0';
        };
        m_whole.remove_prefix(
            static_cast<std::size_t>(std::find_if_not(m_whole.begin(), m_whole.end(), isZero) - m_whole.begin()));
        m_fraction.remove_suffix(static_cast<std::size_t>(
            std::find_if_not(m_fraction.rbegin(), m_fraction.rend(), isZero) - m_fraction.rbegin()));
        m_exponent += static_cast<std::int64_t>(m_whole.size());
        if (m_whole.empty()) {
            const auto leading = static_cast<std::size_t>(std::find_if_not(m_fraction.begin(), m_fraction.end(), isZero)
                                                          - m_fraction.begin());
            m_fraction.remove_prefix(leading);
            m_exponent -= static_cast<std::int64_t>(leading);
        }
        if (m_fraction.empty()) {
            m_whole.remove_suffix(static_cast<std::size_t>(std::find_if_not(m_whole.rbegin(), m_whole.rend(), isZero)
                                                           - m_whole.rbegin()));
        }
        m_sign = size() == 0 ? 0 : isNegative ? -1 : 1;
    }

    std::strong_ordering operator<=>(const Decimal &other) const
    {
        if (m_sign != other.m_sign || m_sign == 0) {
            return m_sign <=> other.m_sign;
        }
        return m_sign > 0 ? compareSizes(other) : other.compareSizes(*this);
    }

private:
    /// Far beyond what a text can hold in digits, so that adding their count does not overflow.
    static constexpr std::int64_t largestExponent = 1'000'000'000'000'000'000;

    static std::int64_t exponentFrom(std::string_view text)
    {
        text.remove_prefix(text.starts_with('+') ? 1 : 0);
        const auto value = integerFrom<std::int64_t>(text);
        const std::int64_t beyond = text.starts_with('-') ? -largestExponent : largestExponent;
        return value ? std::clamp(*value, -largestExponent, largestExponent) : beyond;
    }

    std::size_t size() const { return m_whole.size() + m_fraction.size(); }
    char digit(std::size_t i) const { return i < m_whole.size() ? m_whole[i] : m_fraction[i - m_whole.size()]; }

    std::strong_ordering compareSizes(const Decimal &other) const
    {
        if (m_exponent != other.m_exponent) {
            return m_exponent <=> other.m_exponent;
        }
        const std::size_t common = std::min(size(), other.size());
        for (std::size_t i = 0; i < common; ++i) {
            if (digit(i) != other.digit(i)) {
                return digit(i) <=> other.digit(i);
            }
        }
        return size() <=> other.size();
    }

    std::string_view m_whole;
    std::string_view m_fraction;
    std::int64_t m_exponent = 0;
    int m_sign = 0;
};

std::partial_ordering compareDigits(const Json &left, const Json &right)
{
    std::string leftText;
    std::string rightText;
    appendJsonNumber(leftText, left);
    appendJsonNumber(rightText, right);
    return Decimal(leftText) <=> Decimal(rightText);
}

bool isFinite(const Json &number)
{
    return !number.is_number_float() || std::isfinite(number.get<double>());
}

} // namespace

bool isJsonNumber(const Json &value)
{
    return value.is_number() || keepsDigits(value);
}

double toDouble(const Json &number)
{
    if (number.is_number()) {
        return number.get<double>();
    }
    const std::string_view digits = keepsDigits(number) ? digitsOf(number) : "0";
    double value = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (result.ec == std::errc::result_out_of_range) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const bool isSmall = Decimal(digits.substr(digits.starts_with('-') ? 1 : 0)) < Decimal("1");
        value = isSmall ? 0 : digits.starts_with('-') ? -infinity : infinity;
    }
    return value;
}

Json toJsonNumber(std::string_view text)
{
    if (text.find_first_of(".eE") == std::string_view::npos) {
        if (text.front() != '-') {
            if (const auto value = integerFrom<std::uint64_t>(text)) {
                return *value;
            }
        } else if (const auto value = integerFrom<std::int64_t>(text); value && *value != 0) {
            return *value;
        }
    } else {
        double value = 0;
        DoubleText buffer; // filled below
        const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
        if (result.ec == std::errc() && write(value, buffer) == text) {
            return value;
        }
    }
    return Json::binary(Json::binary_t::container_type(text.begin(), text.end()), digitsSubtype);
}

void appendJsonNumber(std::string &out, const Json &number)
{
    if (number.is_number_float()) {
        DoubleText buffer; // filled below
        const auto value = number.get<double>();
        out += std::isfinite(value) ? write(value, buffer) : std::string_view("null");
    } else if (number.is_number()) {
        std::array<char, 24> buffer; // filled below
        auto *const end = buffer.data() + buffer.size();
        const auto result = number.is_number_unsigned() ? std::to_chars(buffer.data(), end, number.get<std::uint64_t>())
                                                        : std::to_chars(buffer.data(), end, number.get<std::int64_t>());
        out.append(buffer.data(), result.ptr);
    } else {
        out += digitsOf(number);
    }
}

std::uint64_t jsonNumberSteps(const Json &left, const Json &right)
{
    constexpr std::uint64_t stepsToWrite = 16;
    constexpr std::size_t digitsInAStep = 8;
    const auto stepsFor = [](const Json &number) {
        return keepsDigits(number) ? stepsToWrite + digitsOf(number).size() / digitsInAStep : 0;
    };
    const bool isPlain = left.type() == right.type() || (left.is_number_integer() && right.is_number_integer());
    return 1 + (isPlain ? 0 : stepsToWrite) + stepsFor(left) + stepsFor(right);
}

std::partial_ordering compareJsonNumbers(const Json &left, const Json &right)
{
    if (!isJsonNumber(left) || !isJsonNumber(right)) {
        return std::partial_ordering::unordered;
    }
    if (!isFinite(left) || !isFinite(right) || (left.is_number_float() && right.is_number_float())) {
        return toDouble(left) <=> toDouble(right);
    }
    if (!left.is_number_integer() || !right.is_number_integer()) {
        return compareDigits(left, right);
    }
    const bool leftNegative = !left.is_number_unsigned() && left.get<std::int64_t>() < 0;
    const bool rightNegative = !right.is_number_unsigned() && right.get<std::int64_t>() < 0;
    if (leftNegative && rightNegative) {
        return left.get<std::int64_t>() <=> right.get<std::int64_t>();
    }
    if (leftNegative != rightNegative) {
        return leftNegative ? std::partial_ordering::less : std::partial_ordering::greater;
    }
    return left.get<std::uint64_t>() <=> right.get<std::uint64_t>();
}

} // namespace Tocsin
