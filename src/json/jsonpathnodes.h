// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonpathcondition.h"
#include "jsonpathquery.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace Tocsin {

/// The member of that name, null where `value` is no object or has none.
inline const Json *findMember(const Json &value, const std::string &name)
{
    if (const auto *object = value.get_ptr<const Json::object_t *>()) {
        for (const auto &[key, member] : *object) {
            if (key == name) {
                return &member;
            }
        }
    }
    return nullptr;
}

/// The place that an index, which counts from the end where it is negative, means in an array of that size; the size
/// itself where there is none.
inline std::size_t elementIndex(std::int64_t index, std::size_t size)
{
    const auto length = static_cast<std::int64_t>(size);
    const std::int64_t place = index < 0 ? length + index : index;
    return place >= 0 && place < length ? static_cast<std::size_t>(place) : size;
}

/// Selects nodes as one selector after the other says. A tracker makes the nodes: with their place, or bare.
template <typename Tracker>
class NodeSelection
{
public:
    using Node = typename Tracker::Node;

    NodeSelection(Tracker &tracker, JsonPathConditions &conditions, std::vector<Node> &selected)
        : m_tracker(tracker)
        , m_conditions(conditions)
        , m_selected(selected)
    {
    }

    void apply(const JsonPathSyntax::Segment &segment, const Node &node)
    {
        for (const JsonPathSyntax::Selector &selector : segment.selectors) {
            std::visit([&](const auto &known) { select(known, node); }, selector);
        }
    }

    /// The nodes below, parents before children (RFC 9535 §2.5.2.2), until `isEnough`.
    template <typename Predicate>
    void descend(const JsonPathSyntax::Segment &segment, const Node &start, Predicate isEnough)
    {
        std::vector<Node> open = {start};
        while (!open.empty() && !isEnough()) {
            const Node node = open.back();
            open.pop_back();
            apply(segment, node);
            const auto firstChild = static_cast<std::ptrdiff_t>(open.size());
            forEachChild(node, [&](const Node &child) {
                if (Tracker::valueOf(child).is_structured()) {
                    open.push_back(child);
                }
            });
            std::reverse(open.begin() + firstChild, open.end());
        }
    }

private:
    template <typename Visitor>
    void forEachChild(const Node &node, Visitor visit)
    {
        const Json &value = Tracker::valueOf(node);
        if (const auto *object = value.template get_ptr<const Json::object_t *>()) {
            for (const auto &[name, member] : *object) {
                visit(m_tracker.child(node, name, member));
            }
        } else if (const auto *array = value.template get_ptr<const Json::array_t *>()) {
            for (std::size_t i = 0; i < array->size(); ++i) {
                visit(m_tracker.child(node, i, (*array)[i]));
            }
        }
    }

    void select(const JsonPathSyntax::NameSelector &selector, const Node &node)
    {
        if (const auto *object = Tracker::valueOf(node).template get_ptr<const Json::object_t *>()) {
            for (const auto &[name, member] : *object) {
                if (name == selector.name) {
                    m_selected.push_back(m_tracker.child(node, name, member));
                    return;
                }
            }
        }
    }

    void select(const JsonPathSyntax::WildcardSelector &, const Node &node)
    {
        forEachChild(node, [this](const Node &child) { m_selected.push_back(child); });
    }

    void select(const JsonPathSyntax::IndexSelector &selector, const Node &node)
    {
        if (const auto *array = Tracker::valueOf(node).template get_ptr<const Json::array_t *>()) {
            const std::size_t index = elementIndex(selector.index, array->size());
            if (index < array->size()) {
                m_selected.push_back(m_tracker.child(node, index, (*array)[index]));
            }
        }
    }

    void select(const JsonPathSyntax::SliceSelector &selector, const Node &node)
    {
        const auto *array = Tracker::valueOf(node).template get_ptr<const Json::array_t *>();
        if (!array || selector.step == 0) {
            return;
        }
        const auto length = static_cast<std::int64_t>(array->size());
        const std::int64_t step = selector.step;
        const auto bound = [length](std::int64_t place, std::int64_t least, std::int64_t most) {
            return std::clamp(place < 0 ? length + place : place, least, most);
        };
        const auto add = [&](std::int64_t place) {
            const auto index = static_cast<std::size_t>(place);
            m_selected.push_back(m_tracker.child(node, index, (*array)[index]));
        };
        if (step > 0) {
            const std::int64_t end = bound(selector.end.value_or(length), 0, length);
            for (std::int64_t i = bound(selector.start.value_or(0), 0, length); i < end; i += step) {
                add(i);
            }
        } else {
            const std::int64_t end = selector.end ? bound(*selector.end, -1, length - 1) : -1;
            for (std::int64_t i = bound(selector.start.value_or(length - 1), -1, length - 1); i > end; i += step) {
                add(i);
            }
        }
    }

    void select(const JsonPathSyntax::FilterSelector &selector, const Node &node)
    {
        forEachChild(node, [&](const Node &child) {
            if (m_conditions.holds(*selector.condition, Tracker::valueOf(child))) {
                m_selected.push_back(child);
            }
        });
    }

    Tracker &m_tracker;
    JsonPathConditions &m_conditions;
    std::vector<Node> &m_selected;
};

enum class Wanted { AllNodes, AnyNode };

/// The nodes that a query selects from `start` on; with AnyNode no more than are needed to know that there are some.
template <typename Tracker>
std::vector<typename Tracker::Node> selectNodes(const JsonPathSyntax::Query &query, const typename Tracker::Node &start,
                                                Tracker &tracker, JsonPathConditions &conditions,
                                                Wanted wanted = Wanted::AllNodes)
{
    std::vector<typename Tracker::Node> nodes = {start};
    std::vector<typename Tracker::Node> selected;
    for (const JsonPathSyntax::Segment &segment : query.segments) {
        selected.clear();
        const bool any = wanted == Wanted::AnyNode && &segment == &query.segments.back();
        const auto isEnough = [&] {
            return any && !selected.empty();
        };
        NodeSelection<Tracker> selection(tracker, conditions, selected);
        for (const auto &node : nodes) {
            if (isEnough()) {
                break;
            }
            if (segment.descendant) {
                selection.descend(segment, node, isEnough);
            } else {
                selection.apply(segment, node);
            }
        }
        nodes.swap(selected);
    }
    return nodes;
}

} // namespace Tocsin
