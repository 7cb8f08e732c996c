// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templaterenderer.h"

#include "jsonnumber.h"

namespace Tocsin {

namespace {

constexpr auto noIndex = ProgramPath::Segment::noIndex;

bool isTrue(const Json *value)
{
    if (!value) {
        return false;
    }
    switch (value->type()) {
    case Json::value_t::boolean:
        return value->get<bool>();
    case Json::value_t::string:
        return !value->get_ref<const std::string &>().empty();
    case Json::value_t::array:
        return !value->empty();
    case Json::value_t::object:
        return true;
    case Json::value_t::null:
        return false;
    default:
        return !jsonEquals(*value, 0);
    }
}

// What is larger than any body need not be written to its end.
std::string compact(const Json &value)
{
    return writeJsonBeginning(value, maximumBodySize + 1).text;
}

} // namespace

TemplateRenderer::TemplateRenderer(const TemplateProgram &program, const Json &event,
                                   const BodyTemplate::SecretLookup &secrets)
    : m_program(program)
    , m_secrets(secrets)
{
    m_frames[0] = {.item = &event, .key = nullptr, .index = 0, .isLast = true};
}

std::string TemplateRenderer::render(std::vector<RenderTrace> *trace)
{
    m_trace = trace;
    m_out.reserve(m_program.literalSize * 2 + 256);
    run(m_program.steps);
    return std::move(m_out);
}

bool TemplateRenderer::fits(const ProgramStep &step)
{
    if (m_out.size() <= maximumBodySize) [[likely]] {
        return true;
    }
    m_fault = {.kind = RenderFault::Kind::TooLarge, .offset = step.offset, .key = {}};
    return false;
}

bool TemplateRenderer::run(const std::vector<ProgramStep> &steps)
{
    for (const auto &step : steps) {
        if (!runStep(step)) {
            return false;
        }
    }
    return true;
}

bool TemplateRenderer::takes(const ProgramStep &step, std::uint64_t steps)
{
    if (m_budget.take(steps)) [[likely]] {
        return true;
    }
    m_fault = {.kind = RenderFault::Kind::TooManySteps, .offset = step.offset, .key = {}};
    return false;
}

bool TemplateRenderer::runStep(const ProgramStep &step)
{
    if (!takes(step, 1)) {
        return false;
    }
    if (m_trace) {
        m_trace->push_back(
            {.output = m_out.size(), .source = step.offset, .isLiteral = step.kind == ProgramStep::Kind::Literal});
    }
    switch (step.kind) {
    case ProgramStep::Kind::Literal:
        m_out += step.literal;
        return fits(step);
    case ProgramStep::Kind::Value:
        return appendValue(step);
    case ProgramStep::Kind::Secret:
        return appendSecret(step);
    case ProgramStep::Kind::Condition:
        return runCondition(step);
    case ProgramStep::Kind::Each:
        return runEach(step);
    case ProgramStep::Kind::Repeat:
        return runRepeat(step);
    }
    return true;
}

bool TemplateRenderer::runCondition(const ProgramStep &step)
{
    const bool isTruthyPath = isTruthy(step.path);
    return takes(step, 0) && run(isTruthyPath != step.negated ? step.body : step.inverse);
}

bool TemplateRenderer::runEach(const ProgramStep &step)
{
    const auto found = find(step.path);
    std::vector<const Json *> values;
    if (found.isThroughArray) {
        collect(*found.array, step.path.segments, found.segment, values);
    }
    if (!takes(step, 0)) {
        return false;
    }
    const bool isArray = found.isThroughArray || (found.value && found.value->is_array());
    const bool isObject = !isArray && found.value && found.value->is_object();
    const auto count = found.isThroughArray ? values.size() : isArray || isObject ? found.value->size() : 0;
    if (count == 0) {
        return run(step.inverse);
    }
    const auto frame = m_frameCount++;
    bool goesOn = true;
    for (std::size_t i = 0; i < count && goesOn; ++i) {
        m_frames[frame] = {.item = nullptr, .key = nullptr, .index = i, .isLast = i + 1 == count};
        if (isObject) {
            const auto &member = found.value->get_ref<const Json::object_t &>().begin()[static_cast<std::ptrdiff_t>(i)];
            m_frames[frame].item = &member.second;
            m_frames[frame].key = &member.first;
        } else {
            m_frames[frame].item = found.isThroughArray ? values[i] : &(*found.value)[i];
        }
        goesOn = takes(step, 1) && run(step.body);
    }
    m_frameCount = frame;
    return goesOn;
}

bool TemplateRenderer::runRepeat(const ProgramStep &step)
{
    bool isEmpty = false;
    for (const auto &candidate : step.candidates) {
        const auto found = find(candidate);
        if (!found.isThroughArray) {
            // The schema has an array where the event has nothing: no items.
            const auto [from, segment] = start(candidate);
            if (candidate.schemaArray > segment) {
                const auto array = walk(from, candidate.segments, segment, candidate.schemaArray);
                isEmpty = isEmpty || (!array.isThroughArray && (!array.value || array.value->is_null()));
            }
            continue;
        }
        m_bindings.push_back({.path = &candidate.segments, .length = found.segment, .item = nullptr});
        bool goesOn = true;
        const auto count = found.array->size();
        for (std::size_t i = 0; i < count && goesOn; ++i) {
            if (i > 0) {
                m_out += ',';
            }
            m_bindings.back().item = &(*found.array)[i];
            goesOn = takes(step, 1) && run(step.body);
        }
        m_bindings.pop_back();
        return goesOn;
    }
    return takes(step, 0) && (isEmpty || run(step.body));
}

std::pair<const Json *, std::size_t> TemplateRenderer::start(const ProgramPath &path)
{
    if (path.frame == 0) {
        m_budget.take(m_bindings.size());
        for (auto binding = m_bindings.rbegin(); binding != m_bindings.rend(); ++binding) {
            const auto length = binding->length;
            if (path.segments.size() <= length || path.segments[length].index != noIndex) {
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

TemplateRenderer::Found TemplateRenderer::find(const ProgramPath &path)
{
    if (path.variable != TemplatePath::Variable::None) {
        return {.value = variable(path)};
    }
    const auto [from, segment] = start(path);
    return walk(from, path.segments, segment);
}

TemplateRenderer::Found TemplateRenderer::walk(const Json *from, const Segments &segments, std::size_t segment,
                                               std::size_t end)
{
    for (; segment < end && from; ++segment) {
        const auto &next = segments[segment];
        if (from->is_object()) {
            from = memberOf(*from, next.name);
        } else if (!from->is_array()) {
            from = nullptr;
        } else if (next.index == noIndex) {
            return {.value = nullptr, .isThroughArray = true, .array = from, .segment = segment};
        } else {
            from = next.index < from->size() ? &(*from)[next.index] : nullptr;
        }
    }
    return {.value = from};
}

// A linear search: events have few members, and comparing lengths first settles most.
const Json *TemplateRenderer::memberOf(const Json &object, const std::string &name)
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

void TemplateRenderer::collect(const Json &array, const Segments &segments, std::size_t segment,
                               std::vector<const Json *> &values, std::size_t enough)
{
    for (const auto &item : array) {
        if (values.size() >= enough || !m_budget.take()) {
            return;
        }
        const auto found = walk(&item, segments, segment);
        if (found.isThroughArray) {
            collect(*found.array, segments, found.segment, values, enough);
        } else if (found.value) {
            values.push_back(found.value);
        }
    }
}

const Json *TemplateRenderer::variable(const ProgramPath &path)
{
    const auto &frame = m_frames[path.frame];
    switch (path.variable) {
    case TemplatePath::Variable::Index:
        m_variable = frame.index;
        break;
    case TemplatePath::Variable::Key:
        m_variable = frame.key ? Json(*frame.key) : Json(frame.index);
        break;
    case TemplatePath::Variable::First:
        m_variable = frame.index == 0;
        break;
    case TemplatePath::Variable::Last:
        m_variable = frame.isLast;
        break;
    case TemplatePath::Variable::None:
        return nullptr;
    }
    return &m_variable;
}

bool TemplateRenderer::isTruthy(const ProgramPath &path)
{
    const auto found = find(path);
    if (!found.isThroughArray) {
        return isTrue(found.value);
    }
    std::vector<const Json *> values;
    collect(*found.array, path.segments, found.segment, values, 1);
    return !values.empty();
}

bool TemplateRenderer::appendValue(const ProgramStep &step)
{
    const auto found = find(step.path);
    if (!takes(step, 0)) {
        return false;
    }
    if (!found.isThroughArray) [[likely]] {
        if (step.inString && !step.asJson) {
            appendText(found.value, m_program.escapes[step.level]);
        } else {
            appendJson(found.value, step.level);
        }
        return fits(step);
    }
    std::vector<const Json *> values;
    collect(*found.array, step.path.segments, found.segment, values);
    if (!takes(step, values.size())) {
        return false;
    }
    const bool isList = step.inString && !step.asJson;
    if (!isList) {
        m_out += '[';
    }
    bool isFirst = true;
    for (const auto *value : values) {
        if (isList && value->is_null()) {
            continue;
        }
        if (!isFirst) {
            m_out += isList ? ", " : ",";
        }
        isFirst = false;
        if (isList) {
            appendText(value, m_program.escapes[step.level]);
        } else {
            appendJson(value, step.level);
        }
        if (!fits(step)) {
            return false;
        }
    }
    if (!isList) {
        m_out += ']';
    }
    return fits(step);
}

bool TemplateRenderer::appendSecret(const ProgramStep &step)
{
    const auto value = m_secrets ? m_secrets(QString::fromStdString(step.literal)) : std::nullopt;
    if (!value) {
        m_fault = {.kind = RenderFault::Kind::UnknownSecret, .offset = step.offset, .key = step.literal};
        return false;
    }
    const auto text = value->toStdString();
    if (step.inString) {
        m_program.escapes[step.level].append(m_out, text);
    } else {
        appendString(text, step.level);
    }
    return fits(step);
}

// As it stands in a string.
void TemplateRenderer::appendText(const Json *value, const JsonEscape &escape)
{
    if (!value) {
        return;
    }
    switch (value->type()) {
    case Json::value_t::string:
        escape.append(m_out, value->get_ref<const std::string &>());
        break;
    case Json::value_t::object:
    case Json::value_t::array:
        escape.append(m_out, compact(*value));
        break;
    case Json::value_t::null:
        break;
    case Json::value_t::boolean:
        m_out += value->get<bool>() ? "true" : "false";
        break;
    default:
        appendJsonNumber(m_out, *value);
        break;
    }
}

// As JSON text that stands in `level` strings.
void TemplateRenderer::appendJson(const Json *value, std::size_t level)
{
    if (!value) {
        m_out += "null";
        return;
    }
    switch (value->type()) {
    case Json::value_t::string:
        appendString(value->get_ref<const std::string &>(), level);
        break;
    case Json::value_t::object:
    case Json::value_t::array:
        m_program.escapes[level].append(m_out, compact(*value));
        break;
    case Json::value_t::null:
        m_out += "null";
        break;
    case Json::value_t::boolean:
        m_out += value->get<bool>() ? "true" : "false";
        break;
    default:
        appendJsonNumber(m_out, *value);
        break;
    }
}

void TemplateRenderer::appendString(std::string_view text, std::size_t level)
{
    m_program.escapes[level].append(m_out, "\"");
    m_program.escapes[level + 1].append(m_out, text);
    m_program.escapes[level].append(m_out, "\"");
}

} // namespace Tocsin
