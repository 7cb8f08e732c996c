// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonpathcondition.h"
#include "jsonpathquery.h"
#include "stepbudget.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace Tocsin {

/// The place that an index, which counts from the end where it is negative, means in an array of that size; the size
/// itself where there is none.
inline std::size_t elementIndex(std::int64_t index, std::size_t size)
{
    const auto length = static_cast<std::int64_t>(size);
    const std::int64_t place = index < 0 ? length + index : index;
    return place >= 0 && place < length ? static_cast<std::size_t>(place) : size;
}

/// Hands over the nodes that a query selects, one after the other in the order of RFC 9535 §2.1.2, without a list of
/// them in between: what waits is no more than the members and elements beside the way to the current node. A tracker
/// makes the nodes: with their place, or bare. A deep document costs no stack. Use once.
template <typename Tracker, typename Visit>
class NodeWalk
{
public:
    using Node = typename Tracker::Node;

    /// `visit` takes a node, and says whether to go on.
    NodeWalk(const JsonPathSyntax::Query &query, Tracker &tracker, JsonPathConditions &conditions, StepBudget &budget,
             Visit visit)
        : m_segments(query.segments)
        , m_tracker(tracker)
        , m_conditions(conditions)
        , m_budget(budget)
        , m_visit(std::move(visit))
    {
    }

    /// Ends early where the budget is spent.
    void run(const Node &start)
    {
        if (m_segments.empty()) {
            m_visit(start);
            return;
        }
        m_waiting.push_back({start, 0});
        while (!m_waiting.empty() && goesOn()) {
            const Task task = m_waiting.back();
            m_waiting.pop_back();
            const JsonPathSyntax::Segment &segment = m_segments[task.segment];
            // Parents come before children (RFC 9535 §2.5.2.2): what is put down first is taken up last.
            if (segment.descendant) {
                const std::size_t first = m_waiting.size();
                forEachChild(task.node, [this, &task](const Node &child) {
                    if (Tracker::valueOf(child).is_structured()) {
                        m_waiting.push_back({child, task.segment});
                    }
                });
                reverseFrom(first);
            }
            m_next = task.segment + 1;
            const std::size_t first = m_waiting.size();
            for (const JsonPathSyntax::Selector &selector : segment.selectors) {
                std::visit([&](const auto &known) { select(known, task.node); }, selector);
            }
            reverseFrom(first);
        }
    }

private:
    /// A node that the segments from this one on are still to be applied to.
    struct Task
    {
        Node node;
        std::size_t segment;
    };

    bool goesOn() const { return !m_isEnough && !m_budget.isSpent(); }

    void reverseFrom(std::size_t first)
    {
        std::reverse(m_waiting.begin() + static_cast<std::ptrdiff_t>(first), m_waiting.end());
    }

    void add(const Node &node)
    {
        if (!goesOn() || !m_budget.take()) {
            return;
        }
        if (m_next < m_segments.size()) {
            m_waiting.push_back({node, m_next});
        } else if (!m_visit(node)) {
            m_isEnough = true;
        }
    }

    template <typename Visitor>
    void forEachChild(const Node &node, Visitor visit)
    {
        const Json &value = Tracker::valueOf(node);
        if (const auto *object = value.template get_ptr<const Json::object_t *>()) {
            for (auto member = object->begin(); member != object->end() && goesOn() && m_budget.take(); ++member) {
                visit(m_tracker.child(node, member->first, member->second));
            }
        } else if (const auto *array = value.template get_ptr<const Json::array_t *>()) {
            for (std::size_t i = 0; i < array->size() && goesOn() && m_budget.take(); ++i) {
                visit(m_tracker.child(node, i, (*array)[i]));
            }
        }
    }

    void select(const JsonPathSyntax::NameSelector &selector, const Node &node)
    {
        if (const auto *member = findJsonMember(Tracker::valueOf(node), selector.name, m_budget)) {
            add(m_tracker.child(node, member->first, member->second));
        }
    }

    void select(const JsonPathSyntax::WildcardSelector &, const Node &node)
    {
        forEachChild(node, [this](const Node &child) { add(child); });
    }

    void select(const JsonPathSyntax::IndexSelector &selector, const Node &node)
    {
        if (const auto *array = Tracker::valueOf(node).template get_ptr<const Json::array_t *>()) {
            const std::size_t index = elementIndex(selector.index, array->size());
            if (index < array->size()) {
                add(m_tracker.child(node, index, (*array)[index]));
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
        const auto addElement = [&](std::int64_t place) {
            const auto index = static_cast<std::size_t>(place);
            add(m_tracker.child(node, index, (*array)[index]));
        };
        if (step > 0) {
            const std::int64_t end = bound(selector.end.value_or(length), 0, length);
            for (std::int64_t i = bound(selector.start.value_or(0), 0, length); i < end && goesOn(); i += step) {
                addElement(i);
            }
        } else {
            const std::int64_t end = selector.end ? bound(*selector.end, -1, length - 1) : -1;
            for (std::int64_t i = bound(selector.start.value_or(length - 1), -1, length - 1); i > end && goesOn();
                 i += step) {
                addElement(i);
            }
        }
    }

    void select(const JsonPathSyntax::FilterSelector &selector, const Node &node)
    {
        forEachChild(node, [&](const Node &child) {
            if (m_conditions.holds(*selector.condition, Tracker::valueOf(child))) {
                add(child);
            }
        });
    }

    const std::vector<JsonPathSyntax::Segment> &m_segments;
    Tracker &m_tracker;
    JsonPathConditions &m_conditions;
    StepBudget &m_budget;
    Visit m_visit;
    std::vector<Task> m_waiting;
    std::size_t m_next = 0; ///< the segment for what is selected now
    bool m_isEnough = false;
};

} // namespace Tocsin
