// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bodytemplate.h"
#include "templateevaluator.h"
#include "templatelookup.h"
#include "templateprogram.h"
#include "templatevalue.h"

#include <string>
#include <vector>

namespace Tocsin {

/// What stopped a rendering.
struct RenderFault
{
    enum class Kind {
        None,
        TooLarge,
        TooManySteps,
        UnknownSecret,
        Unexpected, ///< what was taken to be out of reach has been reached
        EmptyInPath, ///< of a URL
        SlashInPath,
        DotsInPath
    };
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
    TemplateRenderer(const TemplateProgram &program, const Json &event, const BodyTemplate::SecretLookup &secrets,
                     const RenderContext &context);

    /// The output; whole only where fault() is none.
    std::string render(std::vector<RenderTrace> *trace = nullptr);
    const RenderFault &fault() const { return m_fault; }
    /// The event is not what the schema says, and what was proven for one that is does not hold.
    bool isDoubtful() const { return m_isDoubtful; }

private:
    /// What a placeholder wrote into a URL's path.
    struct Placed
    {
        std::size_t begin;
        std::size_t end;
        std::size_t offset; ///< in the template
    };

    bool run(const std::vector<ProgramStep> &steps);
    bool runStep(const ProgramStep &step);
    bool choose(const ProgramStep &step, bool isTrue);
    bool runEach(const ProgramStep &step);
    bool runRepeat(const ProgramStep &step);
    bool appendValue(const ProgramStep &step);
    bool appendComputed(const ProgramStep &step);
    bool appendList(const ProgramStep &step, const std::vector<const Json *> &values);
    bool appendSecret(const ProgramStep &step);
    bool fits(const ProgramStep &step);
    bool fail(const ProgramStep &step, RenderFault::Kind kind);
    /// False, and a fault, where so many more steps, or those taken meanwhile, were not left.
    bool takes(const ProgramStep &step, std::uint64_t steps);

    /// What was written from `begin` on, as it stands in a URL.
    bool placeInUrl(const ProgramStep &step, std::size_t begin);
    void checkSegments();

    void appendText(const Json *value, std::size_t level)
    {
        if (value) {
            appendTextOf(m_out, *value, m_program.escapes[level]);
        }
    }
    void appendJson(const Json *value, std::size_t level);
    void appendString(std::string_view text, std::size_t level);

    const TemplateProgram &m_program;
    const BodyTemplate::SecretLookup &m_secrets;
    std::string m_out;
    RenderFault m_fault;
    bool m_isDoubtful = false;
    std::vector<RenderTrace> *m_trace = nullptr;
    TemplateLookup m_lookup;
    TemplateEvaluator m_evaluator;
    std::vector<Placed> m_placed;
};

} // namespace Tocsin
