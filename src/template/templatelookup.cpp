// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatelookup.h"

#include "templatevalue.h"

namespace Tocsin {

TemplateLookup::TemplateLookup(const Json &event, const RenderContext &context)
    : m_context(context)
{
    m_frames[0] = {.item = &event, .key = nullptr, .index = 0, .isLast = true};
}

void TemplateLookup::pushBinding(const ProgramPath &path, std::size_t length)
{
    m_bindings.push_back({.path = &path.segments, .length = length, .item = nullptr});
}

std::pair<const Json *, std::size_t> TemplateLookup::start(const ProgramPath &path)
{
    if (path.frame == 0 && !path.isWhole) {
        m_budget.take(m_bindings.size());
        for (auto binding = m_bindings.rbegin(); binding != m_bindings.rend(); ++binding) {
            const auto length = binding->length;
            if (path.segments.size() <= length || path.segments[length].index != ProgramPath::Segment::noIndex) {
                continue;
            }
            bool isSame = true;
            for (std::size_t i = 0; i < length && isSame; ++i) {
                isSame = path.segments[i].id == (*binding->path)[i].id;
            }
            if (isSame) {
                return {binding->item, length};
            }
        }
    }
    return {m_frames[path.frame].item, 0};
}

TemplateLookup::Found TemplateLookup::find(const ProgramPath &path)
{
    if (path.variable != TemplatePath::Variable::None) {
        return {.value = variable(path)};
    }
    const auto [from, segment] = start(path);
    return walk(from, path.segments, segment, path.segments.size());
}

std::vector<const Json *> TemplateLookup::collect(const Found &found, const ProgramPath &path, std::size_t enough)
{
    std::vector<const Json *> values;
    collect(*found.array, path.segments, found.segment, values, enough);
    return values;
}

bool TemplateLookup::isTruthyAt(const ProgramPath &path)
{
    const auto found = find(path);
    if (!found.isThroughArray) {
        return found.value && isTruthy(*found.value);
    }
    return !collect(found, path, 1).empty();
}

bool TemplateLookup::lacksItems(const ProgramPath &path)
{
    const auto [from, segment] = start(path);
    if (path.schemaArray <= segment) {
        return false;
    }
    const auto array = walk(from, path.segments, segment, path.schemaArray);
    return !array.isThroughArray && (!array.value || array.value->is_null());
}

TemplateLookup::Found TemplateLookup::walk(const Json *from, const Segments &segments, std::size_t segment,
                                           std::size_t end)
{
    for (; segment < end && from; ++segment) {
        const auto &next = segments[segment];
        if (from->is_object()) {
            from = memberOf(*from, next.name);
        } else if (!from->is_array()) {
            from = nullptr;
        } else if (next.index == ProgramPath::Segment::noIndex) {
            return {.value = nullptr, .isThroughArray = true, .array = from, .segment = segment};
        } else {
            from = next.index < from->size() ? &(*from)[next.index] : nullptr;
        }
    }
    return {.value = from};
}

// A linear search: events have few members, and comparing lengths first settles most.
const Json *TemplateLookup::memberOf(const Json &object, const std::string &name)
{
    constexpr std::size_t membersInAStep = 4;
    const auto &members = object.get_ref<const Json::object_t &>();
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto &member = members.begin()[static_cast<std::ptrdiff_t>(i)];
        if (member.first.size() == name.size() && member.first == name) {
            m_budget.take(i / membersInAStep);
            return &member.second;
        }
    }
    m_budget.take(members.size() / membersInAStep);
    return nullptr;
}

void TemplateLookup::collect(const Json &array, const Segments &segments, std::size_t segment,
                             std::vector<const Json *> &values, std::size_t enough)
{
    for (const auto &item : array) {
        if (values.size() >= enough || !m_budget.take()) {
            return;
        }
        const auto found = walk(&item, segments, segment, segments.size());
        if (found.isThroughArray) {
            collect(*found.array, segments, found.segment, values, enough);
        } else if (found.value) {
            values.push_back(found.value);
        }
    }
}

const Json *TemplateLookup::variable(const ProgramPath &path)
{
    using Variable = TemplatePath::Variable;
    const auto &frame = m_frames[path.frame];
    switch (path.variable) {
    case Variable::Index:
        m_variable = frame.index;
        break;
    case Variable::Key:
        m_variable = frame.key ? Json(*frame.key) : Json(frame.index);
        break;
    case Variable::First:
        m_variable = frame.index == 0;
        break;
    case Variable::Last:
        m_variable = frame.isLast;
        break;
    case Variable::WebhookName:
        m_variable = m_context.webhookName;
        break;
    case Variable::DeliveryId:
        m_variable = m_context.deliveryId;
        break;
    case Variable::DeliveryAttempt:
        m_variable = m_context.attempt;
        break;
    case Variable::DeliveryTest:
        m_variable = m_context.isTest;
        break;
    case Variable::None:
        return nullptr;
    }
    return &m_variable;
}

} // namespace Tocsin
