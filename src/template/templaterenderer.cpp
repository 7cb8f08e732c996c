// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templaterenderer.h"

namespace Tocsin {

TemplateRenderer::TemplateRenderer(const TemplateProgram &program, const Json &event,
                                   const BodyTemplate::SecretLookup &secrets, const RenderContext &context)
    : m_program(program)
    , m_secrets(secrets)
    , m_lookup(event, context)
    , m_evaluator(m_lookup)
{
}

std::string TemplateRenderer::render(std::vector<RenderTrace> *trace)
{
    m_trace = trace;
    m_out.reserve(m_program.literalSize * 2 + 256);
    if (run(m_program.steps) && m_program.isUrl) {
        checkSegments();
    }
    return std::move(m_out);
}

bool TemplateRenderer::fits(const ProgramStep &step)
{
    if (m_out.size() <= maximumBodySize) [[likely]] {
        return true;
    }
    return fail(step, RenderFault::Kind::TooLarge);
}

bool TemplateRenderer::fail(const ProgramStep &step, RenderFault::Kind kind)
{
    m_fault = {.kind = kind, .offset = step.offset, .key = {}};
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
    if (m_lookup.budget().take(steps)) [[likely]] {
        return true;
    }
    return fail(step, RenderFault::Kind::TooManySteps);
}

bool TemplateRenderer::runStep(const ProgramStep &step)
{
    if (!takes(step, 1)) {
        return false;
    }
    if (!step.isPlaced) [[unlikely]] {
        return fail(step, RenderFault::Kind::Unexpected);
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
    case ProgramStep::Kind::Computed:
        return appendComputed(step);
    case ProgramStep::Kind::Secret:
        return appendSecret(step);
    case ProgramStep::Kind::Condition:
        return choose(step, m_lookup.isTruthyAt(step.path));
    case ProgramStep::Kind::Decision:
        return choose(step, m_evaluator.isTrue(*step.expression));
    case ProgramStep::Kind::Each:
        return runEach(step);
    case ProgramStep::Kind::Repeat:
        return runRepeat(step);
    }
    return true;
}

bool TemplateRenderer::choose(const ProgramStep &step, bool isTrue)
{
    return takes(step, 0) && run(isTrue != step.negated ? step.body : step.inverse);
}

bool TemplateRenderer::runEach(const ProgramStep &step)
{
    const auto found = m_lookup.find(step.path);
    std::vector<const Json *> values;
    if (found.isThroughArray) {
        values = m_lookup.collect(found, step.path);
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
    auto &frame = m_lookup.frame(m_lookup.pushFrame());
    bool goesOn = true;
    for (std::size_t i = 0; i < count && goesOn; ++i) {
        frame = {.item = nullptr, .key = nullptr, .index = i, .isLast = i + 1 == count};
        if (isObject) {
            const auto &member = found.value->get_ref<const Json::object_t &>().begin()[static_cast<std::ptrdiff_t>(i)];
            frame.item = &member.second;
            frame.key = &member.first;
        } else {
            frame.item = found.isThroughArray ? values[i] : &(*found.value)[i];
        }
        goesOn = takes(step, 1) && run(step.body);
    }
    m_lookup.popFrame();
    return goesOn;
}

bool TemplateRenderer::runRepeat(const ProgramStep &step)
{
    bool isEmpty = false;
    for (const auto &candidate : step.candidates) {
        const auto found = m_lookup.find(candidate);
        if (!found.isThroughArray) {
            // The schema has an array where the event has nothing: no items.
            isEmpty = isEmpty || m_lookup.lacksItems(candidate);
            continue;
        }
        m_isDoubtful = m_isDoubtful || found.segment <= candidate.objects;
        m_lookup.pushBinding(candidate, found.segment);
        bool goesOn = true;
        const auto count = found.array->size();
        for (std::size_t i = 0; i < count && goesOn; ++i) {
            if (i > 0) {
                m_out += ',';
            }
            m_lookup.bind((*found.array)[i]);
            goesOn = takes(step, 1) && run(step.body);
        }
        m_lookup.popBinding();
        return goesOn;
    }
    return takes(step, 0) && (isEmpty || run(step.body));
}

bool TemplateRenderer::appendValue(const ProgramStep &step)
{
    const auto begin = m_out.size();
    const auto found = m_lookup.find(step.path);
    if (!takes(step, 0)) {
        return false;
    }
    const bool isText = step.inString && !step.asJson;
    if (!found.isThroughArray) [[likely]] {
        if (isText) {
            appendText(found.value, step.level);
        } else {
            appendJson(found.value, step.level);
        }
        return m_program.isUrl ? placeInUrl(step, begin) : fits(step);
    }
    const auto values = m_lookup.collect(found, step.path);
    return takes(step, 0) && appendList(step, values) && (!m_program.isUrl || placeInUrl(step, begin));
}

// What a path through an array has led to: in a string one after the other, elsewhere an array.
bool TemplateRenderer::appendList(const ProgramStep &step, const std::vector<const Json *> &values)
{
    if (!takes(step, values.size())) {
        return false;
    }
    const bool isText = step.inString && !step.asJson;
    if (!isText) {
        m_out += '[';
    }
    bool isFirst = true;
    for (const auto *value : values) {
        if (isText && value->is_null()) {
            continue;
        }
        if (!isFirst) {
            m_out += isText ? ", " : ",";
        }
        isFirst = false;
        if (isText) {
            appendText(value, step.level);
        } else {
            appendJson(value, step.level);
        }
        if (!fits(step)) {
            return false;
        }
    }
    if (!isText) {
        m_out += ']';
    }
    return fits(step);
}

bool TemplateRenderer::appendComputed(const ProgramStep &step)
{
    const auto begin = m_out.size();
    const auto value = m_evaluator.evaluate(*step.expression);
    if (!takes(step, 0)) {
        return false;
    }
    const bool isText = step.inString && !step.asJson;
    if (value.isList()) {
        return appendList(step, value.items()) && (!m_program.isUrl || placeInUrl(step, begin));
    }
    if (isText) {
        appendText(value.get(), step.level);
    } else {
        appendJson(value.get(), step.level);
    }
    return m_program.isUrl ? placeInUrl(step, begin) : fits(step);
}

bool TemplateRenderer::placeInUrl(const ProgramStep &step, std::size_t begin)
{
    const QByteArrayView value(m_out.data() + begin, static_cast<qsizetype>(m_out.size() - begin));
    const bool isInPath = m_out.find('?') >= begin; // what a value holds of it is encoded
    if (isInPath && value.isEmpty()) {
        return fail(step, RenderFault::Kind::EmptyInPath);
    }
    if (isInPath && (value.contains('/') || value.contains('\\'))) {
        return fail(step, RenderFault::Kind::SlashInPath);
    }
    const auto encoded = value.toByteArray().toPercentEncoding(); // all but RFC 3986 §2.3
    m_out.replace(begin, std::string::npos, encoded.constData(), static_cast<std::size_t>(encoded.size()));
    if (isInPath) {
        m_placed.push_back({.begin = begin, .end = m_out.size(), .offset = step.offset});
    }
    return fits(step);
}

// A segment that holds a placeholder must not be one that leads elsewhere (RFC 3986 §5.2.4), however a server decodes
// it.
void TemplateRenderer::checkSegments()
{
    const auto pathEnd = std::min(m_out.find('?'), m_out.size());
    for (const auto &placed : m_placed) {
        const auto slash = placed.begin == 0 ? std::string::npos : m_out.rfind('/', placed.begin - 1);
        const auto begin = slash == std::string::npos ? 0 : slash + 1;
        const auto end = std::min(m_out.find('/', placed.end), pathEnd);
        const auto segment =
            QByteArray::fromPercentEncoding(QByteArray(m_out.data() + begin, static_cast<qsizetype>(end - begin)))
                .toStdString();
        for (std::size_t at = 0; at <= segment.size();) {
            const auto next = std::min(segment.find_first_of("/\\", at), segment.size());
            const auto piece = std::string_view(segment).substr(at, next - at);
            if (piece == "." || piece == "..") {
                m_fault = {.kind = RenderFault::Kind::DotsInPath, .offset = placed.offset, .key = {}};
                return;
            }
            at = next + 1;
        }
    }
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

// As JSON text that stands in `level` strings.
void TemplateRenderer::appendJson(const Json *value, std::size_t level)
{
    if (!value || value->is_null()) {
        m_out += "null";
    } else if (value->is_string()) {
        appendString(value->get_ref<const std::string &>(), level);
    } else {
        appendTextOf(m_out, *value, m_program.escapes[level]);
    }
}

void TemplateRenderer::appendString(std::string_view text, std::size_t level)
{
    m_program.escapes[level].append(m_out, "\"");
    m_program.escapes[level + 1].append(m_out, text);
    m_program.escapes[level].append(m_out, "\"");
}

} // namespace Tocsin
