// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "json.h"

#include "jsondiagnosis.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace Tocsin {

namespace {

/// Builds the value from the parser's events, and stops where it nests too deeply. What is read waits in one list until
/// its array or object ends: so that is made at its final size, and neither many members nor many levels cost more than
/// their share (the JSON type looks for a name from member to member, and copies members where it grows).
class JsonBuilder : public nlohmann::json_sax<Json>
{
public:
    Json take() { return std::move(m_pending.front().value); }
    bool hasRepeatedMembers() const { return m_hasRepeatedMembers; }

    bool null() override { return add(Json(nullptr)); }
    bool boolean(bool value) override { return add(Json(value)); }
    bool number_integer(number_integer_t value) override { return add(Json(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(Json(value)); }
    bool number_float(number_float_t value, const string_t &) override { return add(Json(value)); }
    bool string(string_t &value) override { return add(Json(value)); }
    bool binary(binary_t &) override { return false; }
    bool start_object(std::size_t) override { return open(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_object() override
    {
        const std::size_t start = m_open.back().firstPending;
        mergeRepeatedMembers(start);
        Json::object_t object;
        object.reserve(m_pending.size() - start);
        for (std::size_t i = start; i < m_pending.size(); ++i) {
            if (!m_pending[i].repeated) {
                object.emplace_back(std::move(m_pending[i].name), std::move(m_pending[i].value));
            }
        }
        return close(Json(std::move(object)));
    }
    bool end_array() override
    {
        const std::size_t start = m_open.back().firstPending;
        Json::array_t array;
        array.reserve(m_pending.size() - start);
        for (std::size_t i = start; i < m_pending.size(); ++i) {
            array.push_back(std::move(m_pending[i].value));
        }
        return close(Json(std::move(array)));
    }
    bool key(string_t &name) override
    {
        m_name = name;
        return true;
    }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

private:
    struct Pending
    {
        std::string name;
        Json value;
        bool repeated = false;
    };

    struct Container
    {
        std::size_t firstPending;
        std::string name;
    };

    bool add(Json value)
    {
        m_pending.push_back({.name = std::move(m_name), .value = std::move(value)});
        m_name.clear();
        return true;
    }

    bool open()
    {
        if (m_open.size() == maximumJsonDepth) {
            return false;
        }
        m_open.push_back({.firstPending = m_pending.size(), .name = std::move(m_name)});
        m_name.clear();
        return true;
    }

    bool close(Json container)
    {
        m_pending.erase(m_pending.begin() + static_cast<std::ptrdiff_t>(m_open.back().firstPending), m_pending.end());
        m_name = std::move(m_open.back().name);
        m_open.pop_back();
        return add(std::move(container));
    }

    /// The last value of a repeated member goes to its first place.
    void mergeRepeatedMembers(std::size_t start)
    {
        m_order.clear();
        for (std::size_t i = start; i < m_pending.size(); ++i) {
            m_order.push_back(i);
        }
        std::sort(m_order.begin(), m_order.end(), [this](std::size_t a, std::size_t b) {
            const int order = m_pending[a].name.compare(m_pending[b].name);
            return order < 0 || (order == 0 && a < b);
        });
        for (std::size_t first = 0, next = 1; next < m_order.size(); ++next) {
            Pending &original = m_pending[m_order[first]];
            Pending &candidate = m_pending[m_order[next]];
            if (original.name == candidate.name) {
                original.value = std::move(candidate.value);
                candidate.repeated = true;
                m_hasRepeatedMembers = true;
            } else {
                first = next;
            }
        }
    }

    std::vector<Pending> m_pending;
    std::vector<Container> m_open;
    std::vector<std::size_t> m_order;
    std::string m_name;
    bool m_hasRepeatedMembers = false;
};

/// A double against an integer, without rounding either.
template <typename Integer>
std::partial_ordering compareExactly(double left, Integer right)
{
    constexpr double lowest = static_cast<double>(std::numeric_limits<Integer>::min());
    // One above the largest integer is a power of two, which a double holds exactly.
    const double above = std::ldexp(1.0, std::numeric_limits<Integer>::digits);
    if (std::isnan(left)) {
        return std::partial_ordering::unordered;
    }
    if (left < lowest) {
        return std::partial_ordering::less;
    }
    if (left >= above) {
        return std::partial_ordering::greater;
    }
    const double whole = std::trunc(left);
    if (const auto order = static_cast<Integer>(whole) <=> right; std::is_neq(order)) {
        return order;
    }
    return left <=> whole;
}

std::partial_ordering reversed(std::partial_ordering order)
{
    if (std::is_lt(order)) {
        return std::partial_ordering::greater;
    }
    return std::is_gt(order) ? std::partial_ordering::less : order;
}

bool sameMembers(const Json::object_t &left, const Json::object_t &right)
{
    if (left.size() != right.size()) {
        return false;
    }
    const bool sameOrder = std::equal(left.begin(), left.end(), right.begin(),
                                      [](const auto &a, const auto &b) { return a.first == b.first; });
    if (sameOrder) {
        return std::equal(left.begin(), left.end(), right.begin(),
                          [](const auto &a, const auto &b) { return jsonEquals(a.second, b.second); });
    }
    const auto sorted = [](const Json::object_t &object) {
        std::vector<const Json::object_t::value_type *> members;
        members.reserve(object.size());
        for (const auto &member : object) {
            members.push_back(&member);
        }
        std::sort(members.begin(), members.end(), [](const auto *a, const auto *b) { return a->first < b->first; });
        return members;
    };
    const auto leftMembers = sorted(left);
    const auto rightMembers = sorted(right);
    return std::equal(leftMembers.begin(), leftMembers.end(), rightMembers.begin(), [](const auto *a, const auto *b) {
        return a->first == b->first && jsonEquals(a->second, b->second);
    });
}

} // namespace

Result<Json> parseJson(QByteArrayView text, RepeatedMembers repeated)
{
    const std::string_view bytes(text.data(), static_cast<std::size_t>(text.size()));
    JsonBuilder builder;
    // The parser takes a NUL byte for the end of the text, whatever follows it.
    const bool parsed =
        bytes.find('\0') == std::string_view::npos && Json::sax_parse(bytes.begin(), bytes.end(), &builder);
    if (!parsed) {
        return diagnoseJson(bytes);
    }
    if (repeated == RepeatedMembers::Refused && builder.hasRepeatedMembers()) {
        return findRepeatedMember(bytes);
    }
    return builder.take();
}

std::string writeJson(const Json &value, JsonFormat format)
{
    return value.dump(format == JsonFormat::Indented ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

std::partial_ordering compareJsonNumbers(const Json &left, const Json &right)
{
    if (!left.is_number() || !right.is_number()) {
        return std::partial_ordering::unordered;
    }
    if (left.is_number_float()) {
        const auto value = left.get<double>();
        if (right.is_number_float()) {
            return value <=> right.get<double>();
        }
        return right.is_number_unsigned() ? compareExactly(value, right.get<std::uint64_t>())
                                          : compareExactly(value, right.get<std::int64_t>());
    }
    if (right.is_number_float()) {
        return reversed(compareJsonNumbers(right, left));
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

bool jsonEquals(const Json &left, const Json &right)
{
    if (left.is_number() && right.is_number()) {
        return compareJsonNumbers(left, right) == std::partial_ordering::equivalent;
    }
    if (left.type() != right.type()) {
        return false;
    }
    switch (left.type()) {
    case Json::value_t::object:
        return sameMembers(*left.get_ptr<const Json::object_t *>(), *right.get_ptr<const Json::object_t *>());
    case Json::value_t::array:
        return std::equal(left.begin(), left.end(), right.begin(), right.end(), jsonEquals);
    default:
        return left == right;
    }
}

QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

Json toJson(const QString &text)
{
    return Json(text.toStdString());
}

} // namespace Tocsin
