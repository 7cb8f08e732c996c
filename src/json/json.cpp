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

/// Builds the value from the parser's events, and stops where it nests too deeply.
class JsonBuilder : public nlohmann::json_sax<Json>
{
public:
    explicit JsonBuilder(Json &root)
        : m_root(root)
    {
    }

    bool null() override { return add(Json(nullptr)); }
    bool boolean(bool value) override { return add(Json(value)); }
    bool number_integer(number_integer_t value) override { return add(Json(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(Json(value)); }
    bool number_float(number_float_t value, const string_t &) override
    {
        return std::isfinite(value) && add(Json(value));
    }
    bool string(string_t &value) override { return add(Json(std::move(value))); }
    bool binary(binary_t &) override { return false; }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t &name) override
    {
        m_member = &(*m_open.back())[std::move(name)];
        return true;
    }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

private:
    Json *place(Json value)
    {
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        Json *parent = m_open.back();
        if (parent->is_array()) {
            parent->push_back(std::move(value));
            return &parent->back();
        }
        *m_member = std::move(value);
        return m_member;
    }

    bool add(Json value)
    {
        place(std::move(value));
        return true;
    }

    bool open(Json container)
    {
        if (m_open.size() == maximumJsonDepth) {
            return false;
        }
        m_open.push_back(place(std::move(container)));
        return true;
    }

    bool close()
    {
        m_open.pop_back();
        return true;
    }

    Json &m_root;
    std::vector<Json *> m_open;
    Json *m_member = nullptr;
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
    if (const auto order = static_cast<Integer>(whole) <=> right; order != 0) {
        return order;
    }
    return left <=> whole;
}

std::partial_ordering reversed(std::partial_ordering order)
{
    return 0 <=> order;
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

Result<Json> parseJson(QByteArrayView text)
{
    const std::string_view bytes(text.data(), static_cast<std::size_t>(text.size()));
    Json root;
    JsonBuilder builder(root);
    // The parser takes a NUL byte for the end of the text, whatever follows it.
    const bool parsed =
        bytes.find('\0') == std::string_view::npos && Json::sax_parse(bytes.begin(), bytes.end(), &builder);
    if (!parsed) {
        return diagnoseJson(bytes);
    }
    return root;
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

QString toQString(const std::string &utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

Json toJson(const QString &text)
{
    return Json(text.toStdString());
}

} // namespace Tocsin
