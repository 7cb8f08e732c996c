// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bodytemplate.h"
#include "stepbudget.h"
#include "templateprogram.h"

#include <string>
#include <vector>

namespace Tocsin {

/// What stopped a rendering.
struct RenderFault
{
    enum class Kind { None, TooLarge, TooManySteps, UnknownSecret };
    Kind kind = Kind::None;
    std::size_t offset = 0; ///< in the template
    std::string key; ///< UnknownSecret
};

/// Which byte of the output came from which of the template; kept only when asked for.
struct RenderTrace
{
    std::size_t output = 0;
    std::size_t source = 0;
    bool isLiteral = false; ///< the bytes that follow correspond one to one
};

/// Renders a program once. Every step that is run, and every member or item that is looked at on the way to a value, is
/// counted, whether it writes something or not.
class TemplateRenderer
{
public:
    TemplateRenderer(const TemplateProgram &program, const Json &event, const BodyTemplate::SecretLookup &secrets);

    /// The output; whole only where fault() is none.
    std::string render(std::vector<RenderTrace> *trace = nullptr);
    const RenderFault &fault() const { return m_fault; }

private:
    using Segments = std::vector<ProgramPath::Segment>;

    struct Frame
    {
        const Json *item;
        const std::string *key; ///< null in an array
        std::size_t index;
        bool isLast;
    };
    /// An array that an array literal is being repeated for, and the item it is at.
    struct Binding
    {
        const Segments *path;
        std::size_t length; ///< of the path up to the array
        const Json *item;
    };
    /// What a path leads to: nothing, one value, or, through an array, any number of them.
    struct Found
    {
        const Json *value = nullptr;
        bool isThroughArray = false;
        const Json *array = nullptr; ///< gone through, at `segment`
        std::size_t segment = 0;
    };

    bool run(const std::vector<ProgramStep> &steps);
    bool runStep(const ProgramStep &step);
    bool runCondition(const ProgramStep &step);
    bool runEach(const ProgramStep &step);
    bool runRepeat(const ProgramStep &step);
    bool appendValue(const ProgramStep &step);
    bool appendSecret(const ProgramStep &step);
    bool fits(const ProgramStep &step);
    /// False, and a fault, where so many more steps, or those taken meanwhile, were not left.
    bool takes(const ProgramStep &step, std::uint64_t steps);

    Found find(const ProgramPath &path);
    Found walk(const Json *from, const Segments &segments, std::size_t segment, std::size_t end);
    Found walk(const Json *from, const Segments &segments, std::size_t segment)
    {
        return walk(from, segments, segment, segments.size());
    }
    const Json *memberOf(const Json &object, const std::string &name);
    /// The values behind an array, no more than `enough`.
    void collect(const Json &array, const Segments &segments, std::size_t segment, std::vector<const Json *> &values,
                 std::size_t enough = std::numeric_limits<std::size_t>::max());
    const Json *variable(const ProgramPath &path);
    bool isTruthy(const ProgramPath &path);
    std::pair<const Json *, std::size_t> start(const ProgramPath &path);

    void appendText(const Json *value, const JsonEscape &escape);
    void appendJson(const Json *value, std::size_t level);
    void appendString(std::string_view text, std::size_t level);

    const TemplateProgram &m_program;
    const BodyTemplate::SecretLookup &m_secrets;
    std::string m_out;
    RenderFault m_fault;
    StepBudget m_budget{BodyTemplate::mostSteps};
    std::vector<RenderTrace> *m_trace = nullptr;
    std::array<Frame, maximumBlockDepth + 1> m_frames;
    std::size_t m_frameCount = 1;
    std::vector<Binding> m_bindings;
    Json m_variable;
};

} // namespace Tocsin
