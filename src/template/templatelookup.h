// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bodytemplate.h"
#include "stepbudget.h"
#include "templateprogram.h"

#include <array>
#include <limits>
#include <vector>

namespace Tocsin {

/// Where paths lead to while a template is rendered: the event, the items of the `#each` around, and those that an
/// array literal is being repeated for. Every member or item that is looked at on the way is counted.
class TemplateLookup
{
public:
    using Segments = std::vector<ProgramPath::Segment>;

    struct Frame
    {
        const Json *item;
        const std::string *key; ///< null in an array
        std::size_t index;
        bool isLast;
    };
    /// What a path leads to: nothing, one value, or, through an array, any number of them.
    struct Found
    {
        const Json *value = nullptr;
        bool isThroughArray = false;
        const Json *array = nullptr; ///< gone through, at `segment`
        std::size_t segment = 0;
    };

    TemplateLookup(const Json &event, const RenderContext &context);

    StepBudget &budget() { return m_budget; }

    /// A variable's value stands until the next one is asked for.
    Found find(const ProgramPath &path);
    /// The values behind an array, no more than `enough`.
    std::vector<const Json *> collect(const Found &found, const ProgramPath &path,
                                      std::size_t enough = std::numeric_limits<std::size_t>::max());
    bool isTruthyAt(const ProgramPath &path);
    /// The schema has an array on the way, and the event has nothing there.
    bool lacksItems(const ProgramPath &path);

    std::size_t pushFrame() { return m_frameCount++; }
    Frame &frame(std::size_t index) { return m_frames[index]; }
    void popFrame() { --m_frameCount; }

    /// From here on paths that begin as `path` does, up to the array at `length`, begin at the bound item.
    void pushBinding(const ProgramPath &path, std::size_t length);
    void bind(const Json &item) { m_bindings.back().item = &item; }
    void popBinding() { m_bindings.pop_back(); }

private:
    struct Binding
    {
        const Segments *path;
        std::size_t length;
        const Json *item;
    };

    std::pair<const Json *, std::size_t> start(const ProgramPath &path);
    Found walk(const Json *from, const Segments &segments, std::size_t segment, std::size_t end);
    const Json *memberOf(const Json &object, const std::string &name);
    void collect(const Json &array, const Segments &segments, std::size_t segment, std::vector<const Json *> &values,
                 std::size_t enough);
    const Json *variable(const ProgramPath &path);

    const RenderContext &m_context;
    StepBudget m_budget{BodyTemplate::mostSteps};
    std::array<Frame, maximumBlockDepth + 1> m_frames;
    std::size_t m_frameCount = 1;
    std::vector<Binding> m_bindings;
    Json m_variable;
};

} // namespace Tocsin
