// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonpathevaluator.h"

#include "jsonpathcondition.h"
#include "jsonpathnodes.h"

#include <deque>

namespace Tocsin {

using namespace JsonPathSyntax;

namespace {

/// Where a node is: a chain up to the root.
struct Location
{
    const Location *parent = nullptr;
    const std::string *name = nullptr;
    std::size_t index = 0;
};

/// Nodes that know their place.
class LocatedNodes
{
public:
    struct Node
    {
        const Json *value;
        const Location *location;
    };

    static const Json &valueOf(const Node &node) { return *node.value; }
    Node child(const Node &parent, const std::string &name, const Json &value)
    {
        return {&value, &m_locations.emplace_back(Location{.parent = parent.location, .name = &name})};
    }
    Node child(const Node &parent, std::size_t index, const Json &value)
    {
        return {&value,
                &m_locations.emplace_back(Location{.parent = parent.location, .name = nullptr, .index = index})};
    }
    Node root(const Json &document) { return {&document, &m_locations.emplace_back()}; }

private:
    std::deque<Location> m_locations;
};

/// Writes one name of a normalized path (RFC 9535 §2.7).
void appendName(std::string &path, const std::string &name)
{
    constexpr std::string_view escaped = "\b\t\n\f\r'\\";
    constexpr std::string_view letters = "btnfr'\\";
    constexpr std::string_view digits = "0123456789abcdef";
    path += "['";
    for (const char character : name) {
        const auto byte = static_cast<unsigned char>(character);
        if (const std::size_t known = escaped.find(character); known != std::string_view::npos) {
            path += '\\';
            path += letters[known];
        } else if (byte < 0x20) {
            path += "\\u00";
            path += digits[byte >> 4];
            path += digits[byte & 0xF];
        } else {
            path += character;
        }
    }
    path += "']";
}

std::string normalizedPath(const Location *location)
{
    std::vector<const Location *> chain;
    for (; location->parent; location = location->parent) {
        chain.push_back(location);
    }
    std::string path = "$";
    for (auto step = chain.rbegin(); step != chain.rend(); ++step) {
        if ((*step)->name) {
            appendName(path, *(*step)->name);
        } else {
            path += '[' + std::to_string((*step)->index) + ']';
        }
    }
    return path;
}

} // namespace

bool evaluateJsonPath(const Query &query, const Json &document, StepBudget &budget,
                      const std::function<bool(const Json &node)> &visit)
{
    JsonPathConditions(document, budget).select(query, document, [&visit](const Json *node) { return visit(*node); });
    return !budget.isSpent();
}

std::vector<JsonPath::Node> evaluateJsonPathWithPaths(const Query &query, const Json &document)
{
    StepBudget budget;
    JsonPathConditions conditions(document, budget);
    LocatedNodes tracker;
    std::vector<JsonPath::Node> result;
    NodeWalk walk(query, tracker, conditions, budget, [&result](const LocatedNodes::Node &node) {
        result.push_back({node.value, normalizedPath(node.location)});
        return true;
    });
    walk.run(tracker.root(document));
    return result;
}

std::string pathOfJson(const Json &document, const Json &node, StepBudget &budget)
{
    Query everything;
    everything.segments.push_back({.descendant = true, .selectors = {}});
    everything.segments.back().selectors.emplace_back(WildcardSelector{});
    JsonPathConditions conditions(document, budget);
    LocatedNodes tracker;
    std::string path = &node == &document ? "$" : "";
    NodeWalk walk(everything, tracker, conditions, budget, [&node, &path](const LocatedNodes::Node &candidate) {
        if (candidate.value == &node) {
            path = normalizedPath(candidate.location);
        }
        return path.empty();
    });
    if (path.empty()) {
        walk.run(tracker.root(document));
    }
    return path;
}

} // namespace Tocsin
