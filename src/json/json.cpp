// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "json.h"

#include "jsondiagnosis.h"
#include "jsonescape.h"
#include "jsonnumber.h"
#include "jsonscanner.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string_view>
#include <vector>

namespace Tocsin {

namespace {

/// Builds the value from what the text holds. What is read waits in one list until its array or object ends: so that is
/// made at its final size, and neither many members nor many levels cost more than their share (the JSON type looks for
/// a name from member to member, and copies members where it grows).
class JsonBuilder : public JsonSink
{
public:
    Json take() { return std::move(m_values.front()); }
    bool hasRepeatedMembers() const { return m_hasRepeatedMembers; }

    void null() override { m_values.emplace_back(nullptr); }
    void boolean(bool value) override { m_values.emplace_back(value); }
    void number(std::string_view text) override { m_values.push_back(toJsonNumber(text)); }
    void string(std::string &value) override { m_values.emplace_back(std::move(value)); }
    void name(std::string &value) override { m_names.push_back(std::move(value)); }
    void open(bool isObject) override
    {
        m_open.push_back({.firstValue = m_values.size(), .firstName = m_names.size(), .isObject = isObject});
    }
    void close() override
    {
        const Container container = m_open.back();
        m_open.pop_back();
        Json value = container.isObject ? object(container) : array(container);
        m_values.resize(container.firstValue);
        m_names.resize(container.firstName);
        m_values.push_back(std::move(value));
    }

private:
    struct Container
    {
        std::size_t firstValue;
        std::size_t firstName;
        bool isObject;
    };

    Json array(const Container &container)
    {
        const auto begin = m_values.begin() + static_cast<std::ptrdiff_t>(container.firstValue);
        return Json(Json::array_t(std::make_move_iterator(begin), std::make_move_iterator(m_values.end())));
    }

    Json object(const Container &container)
    {
        const std::size_t count = m_names.size() - container.firstName;
        const std::size_t repeated = mergeRepeatedMembers(container, count);
        Json::object_t object;
        object.reserve(count - repeated);
        for (std::size_t i = 0; i < count; ++i) {
            if (repeated == 0 || !m_isRepeated[i]) {
                object.emplace_back(std::move(m_names[container.firstName + i]),
                                    std::move(m_values[container.firstValue + i]));
            }
        }
        return Json(std::move(object));
    }

    /// The last value of a repeated member goes to its first place; says how many places are left empty.
    std::size_t mergeRepeatedMembers(const Container &container, std::size_t count)
    {
        const auto *const names = m_names.data() + container.firstName;
        auto *const values = m_values.data() + container.firstValue;
        m_order.resize(count);
        std::iota(m_order.begin(), m_order.end(), std::size_t(0));
        std::sort(m_order.begin(), m_order.end(), [names](std::size_t a, std::size_t b) {
            const int order = names[a].compare(names[b]);
            return order < 0 || (order == 0 && a < b);
        });
        std::size_t repeated = 0;
        for (std::size_t first = 0, next = 1; next < count; ++next) {
            if (names[m_order[first]] != names[m_order[next]]) {
                first = next;
                continue;
            }
            if (repeated++ == 0) {
                m_isRepeated.assign(count, false);
            }
            values[m_order[first]] = std::move(values[m_order[next]]);
            m_isRepeated[m_order[next]] = true;
        }
        m_hasRepeatedMembers = m_hasRepeatedMembers || repeated > 0;
        return repeated;
    }

    std::vector<Json> m_values;
    std::vector<std::string> m_names;
    std::vector<Container> m_open;
    std::vector<std::size_t> m_order;
    std::vector<bool> m_isRepeated;
    bool m_hasRepeatedMembers = false;
};

/// Hears of a text that is only checked.
class NoSink : public JsonSink
{
public:
    void null() override { }
    void boolean(bool) override { }
    void number(std::string_view) override { }
    void string(std::string &) override { }
    void name(std::string &) override { }
    void open(bool) override { }
    void close() override { }
};

std::string_view viewOf(QByteArrayView text)
{
    return {text.data(), static_cast<std::size_t>(text.size())};
}

QByteArrayView viewOf(const std::string &text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// Writes one value with all that is in it.
class JsonText
{
public:
    /// Beyond `enough` bytes nothing more need be written.
    explicit JsonText(JsonFormat format, std::size_t enough = std::string::npos)
        : m_enough(enough)
        , m_isIndented(format == JsonFormat::Indented)
    {
    }

    std::string take() { return std::move(m_text); }

    void append(const Json &value)
    {
        switch (value.type()) {
        case Json::value_t::null:
            m_text += "null";
            break;
        case Json::value_t::boolean:
            m_text += value.get<bool>() ? "true" : "false";
            break;
        case Json::value_t::string:
            append(value.get_ref<const std::string &>());
            break;
        case Json::value_t::array:
            appendAll(value.get_ref<const Json::array_t &>(), "[]", [this](const Json &item) { append(item); });
            break;
        case Json::value_t::object:
            appendAll(value.get_ref<const Json::object_t &>(), "{}", [this](const auto &member) {
                append(member.first);
                m_text += m_isIndented ? ": " : ":";
                append(member.second);
            });
            break;
        default:
            appendJsonNumber(m_text, value);
            break;
        }
    }

private:
    bool isEnough() const { return m_text.size() > m_enough; }

    void append(const std::string &text)
    {
        static const JsonEscape escape(1);
        m_text += '"';
        if (text.size() > m_enough) { // its beginning suffices, which may end within a character
            escape.append(m_text, std::string_view(text).substr(0, m_enough));
        } else if (const auto bytes = viewOf(text); bytes.isValidUtf8()) {
            escape.append(m_text, text);
        } else {
            escape.append(m_text, QString::fromUtf8(bytes).toStdString());
        }
        m_text += '"';
    }

    template <typename Container, typename Append>
    void appendAll(const Container &container, const char *brackets, const Append &appendOne)
    {
        m_text += brackets[0];
        ++m_level;
        bool isFirst = true;
        for (const auto &one : container) {
            if (isEnough()) {
                return;
            }
            m_text.append(isFirst ? "" : ",");
            isFirst = false;
            breakLine();
            appendOne(one);
        }
        --m_level;
        if (!isFirst) {
            breakLine();
        }
        m_text += brackets[1];
    }

    void breakLine()
    {
        if (m_isIndented) {
            m_text += '\n';
            m_text.append(m_level * 2, ' ');
        }
    }

    std::string m_text;
    std::size_t m_enough;
    std::size_t m_level = 0;
    bool m_isIndented;
};

bool sameMembers(const Json::object_t &left, const Json::object_t &right, StepBudget &budget)
{
    if (left.size() != right.size() || !budget.take(left.size())) {
        return false;
    }
    const bool sameOrder = std::equal(left.begin(), left.end(), right.begin(),
                                      [](const auto &a, const auto &b) { return a.first == b.first; });
    if (sameOrder) {
        return std::equal(left.begin(), left.end(), right.begin(),
                          [&budget](const auto &a, const auto &b) { return jsonEquals(a.second, b.second, budget); });
    }
    constexpr std::uint64_t stepsToSort = 32; // for each member, of a million
    if (!budget.take(left.size() * stepsToSort)) {
        return false;
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
    return std::equal(leftMembers.begin(), leftMembers.end(), rightMembers.begin(),
                      [&budget](const auto *a, const auto *b) {
                          return a->first == b->first && jsonEquals(a->second, b->second, budget);
                      });
}

} // namespace

Result<Json> parseJson(QByteArrayView text, RepeatedMembers repeated, const JsonLimits &limits)
{
    JsonBuilder builder;
    if (!JsonScanner(viewOf(text), limits, builder).scan()) {
        return diagnoseJson(viewOf(text), limits);
    }
    if (repeated == RepeatedMembers::Refused && builder.hasRepeatedMembers()) {
        return findRepeatedMember(viewOf(text));
    }
    return builder.take();
}

Result<Json> parseJson(QByteArrayView text, const JsonLimits &limits)
{
    return parseJson(text, RepeatedMembers::LastCounts, limits);
}

Result<void> checkJson(QByteArrayView text, const JsonLimits &limits)
{
    NoSink sink;
    return JsonScanner(viewOf(text), limits, sink).scan() ? Result<void>() : diagnoseJson(viewOf(text), limits);
}

std::string writeJson(const Json &value, JsonFormat format)
{
    JsonText text(format);
    text.append(value);
    return text.take();
}

JsonBeginning writeJsonBeginning(const Json &value, std::size_t maximumSize)
{
    JsonText text(JsonFormat::Compact, maximumSize);
    text.append(value);
    JsonBeginning beginning{.text = text.take()};
    beginning.isWhole = beginning.text.size() <= maximumSize;
    if (!beginning.isWhole) {
        std::size_t end = maximumSize;
        while (end > 0 && (static_cast<unsigned char>(beginning.text[end]) & 0xC0U) == 0x80) {
            --end;
        }
        beginning.text.resize(end);
    }
    return beginning;
}

bool jsonEquals(const Json &left, const Json &right)
{
    StepBudget budget;
    return jsonEquals(left, right, budget);
}

bool jsonEquals(const Json &left, const Json &right, StepBudget &budget)
{
    if (isJsonNumber(left) && isJsonNumber(right)) {
        return budget.take(jsonNumberSteps(left, right))
            && compareJsonNumbers(left, right) == std::partial_ordering::equivalent;
    }
    if (left.type() != right.type() || !budget.take()) {
        return false;
    }
    switch (left.type()) {
    case Json::value_t::object:
        return sameMembers(*left.get_ptr<const Json::object_t *>(), *right.get_ptr<const Json::object_t *>(), budget);
    case Json::value_t::array:
        return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                          [&budget](const Json &a, const Json &b) { return jsonEquals(a, b, budget); });
    case Json::value_t::string: {
        constexpr std::size_t bytesInAStep = 64;
        const auto &leftText = left.get_ref<const std::string &>();
        const auto &rightText = right.get_ref<const std::string &>();
        return leftText.size() == rightText.size() && budget.take(leftText.size() / bytesInAStep)
            && leftText == rightText;
    }
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
