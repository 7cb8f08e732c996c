// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templateanalysis.h"

#include "jsonfaulttext.h"
#include "nestedtexts.h"
#include "templatecase.h"
#include "templateconditions.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace Tocsin {

namespace {

struct AnalysisText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

constexpr int mostExactRounds = 4; // of a repetition; from then on what is learned in one is forgotten
constexpr int mostRounds = 12; // of a repetition, until its rounds must have come to the same state
constexpr std::size_t mostWork = 96UL * 1024 * 1024; // bytes read and kept, all attempts together
constexpr std::size_t mostWays = 256; // to get to one place with another text before it

// Which item of an #each is looked at.
struct Position
{
    bool isKnown = false;
    bool isFirst = false;
    bool isLast = false;

    auto operator<=>(const Position &) const = default;
};

struct Failure
{
    std::size_t offset = 0;
    JsonFault fault;
    TemplateFacts facts;
    bool isVague = false;
};

class Analyser : public JsonReader
{
public:
    Analyser(const TemplateNodes &nodes, std::string_view source, TemplateProblems &problems)
        : m_nodes(nodes)
        , m_source(source)
        , m_problems(problems)
    {
    }

    TemplateAnalysis analyse()
    {
        do {
            m_isRestarted = false;
            m_result = {};
            m_failures.clear();
            m_memory.clear();
            m_positions.clear();
            m_severalElements.clear();
            auto cases = sequence(m_nodes, {TemplateCase{}});
            finish(cases);
            m_survivors = cases.size();
        } while (m_isRestarted && m_work < mostWork);
        if (m_gaveUpAt) {
            m_problems.error(*m_gaveUpAt,
                             AnalysisText::tr("The blocks up to here make too many different texts to tell whether all "
                                              "of them are JSON."));
            return {};
        }
        if (m_isRestarted) {
            m_problems.error(0, AnalysisText::tr("Too many strings of this template look like JSON and are not."));
            return {};
        }
        judge();
        for (const auto opening : m_severalElements) {
            m_result.arrays.erase(opening);
        }
        std::erase_if(m_result.arrays, [](const auto &entry) { return entry.second.closing == 0; });
        return std::move(m_result);
    }

protected:
    void stringOpened(std::size_t level, std::size_t offset) override
    {
        if (!m_lookedInto.insert(offset).second) {
            return;
        }
        const auto found = findNestedTexts(*m_sequence, m_index, m_source, level, offset);
        m_textOpenings.insert(found.openings.begin(), found.openings.end());
        if (found.looksLikeObject) {
            m_likeObjects.insert(offset);
            if (found.openings.empty()) {
                warnLikeObject(offset);
            }
        }
        if (!found.openings.empty()) {
            m_quoteOf[found.openings.front()] = offset;
        }
    }

    bool beginsText(std::size_t, std::size_t offset) override { return m_textOpenings.contains(offset); }

    void arrayClosed(std::size_t opening, std::size_t offset, bool isEmpty) override
    {
        // Brackets written as escapes, or in different blocks, cannot be cut at.
        if (isEmpty || m_source[opening] != '[' || m_source[offset] != ']' || m_sequenceOf[opening] != m_sequence) {
            m_severalElements.insert(opening);
            return;
        }
        auto &array = m_result.arrays[opening];
        if (array.closing != 0 && array.closing != offset) {
            m_severalElements.insert(opening);
        }
        array = {.opening = opening, .closing = offset};
    }

    void arrayHasComma(std::size_t opening) override { m_severalElements.insert(opening); }

private:
    void warnLikeObject(std::size_t quote)
    {
        m_problems.warning(quote,
                           AnalysisText::tr("This string begins like a JSON object but is not JSON as a whole: its "
                                            "placeholders are written as text."));
    }

    void fail(const TemplateCase &which, std::size_t offset, const JsonFault &fault)
    {
        if (fault.level == 0) {
            m_failures.push_back({.offset = offset, .fault = fault, .facts = which.facts, .isVague = which.isVague});
            return;
        }
        // A string that was taken for JSON is none: the whole reading starts again with it as text.
        const auto opening = which.reading.levels[fault.level].opening;
        m_textOpenings.erase(opening);
        m_isRestarted = true;
        if (const auto quote = m_quoteOf.find(opening);
            quote != m_quoteOf.end() && m_likeObjects.contains(quote->second)) {
            warnLikeObject(quote->second);
        }
    }

    bool goesOn() const { return !m_isRestarted && !m_gaveUpAt; }

    TemplateCases sequence(const TemplateNodes &nodes, TemplateCases cases)
    {
        for (std::size_t i = 0; i < nodes.size() && goesOn(); ++i) {
            const auto &node = nodes[i];
            TemplateCases next;
            for (auto &which : cases) {
                m_sequence = &nodes;
                m_index = i;
                auto results = one(node, std::move(which));
                std::move(results.begin(), results.end(), std::back_inserter(next));
            }
            if (next.size() > 1) {
                constexpr std::size_t workToCompare = 64;
                m_work += next.size() * workToCompare;
                simplify(next);
            }
            if (next.size() > mostWays || m_work > mostWork) {
                m_gaveUpAt = node.begin;
            }
            cases = std::move(next);
        }
        return cases;
    }

    TemplateCases one(const TemplateNode &node, TemplateCase which)
    {
        switch (node.kind) {
        case TemplateNode::Kind::Text:
            return text(node, std::move(which));
        case TemplateNode::Kind::Value:
        case TemplateNode::Kind::Secret:
            return value(node, std::move(which));
        case TemplateNode::Kind::Condition:
        case TemplateNode::Kind::Each:
            break;
        }
        constexpr std::size_t workToRemember = 256;
        m_work += workToRemember;
        for (const auto &level : which.reading.levels) {
            m_work += sizeof(JsonLevel) + level.containers.size() * sizeof(JsonContainer);
        }
        const Remembered key{&node, m_positions, which};
        if (const auto known = m_memory.find(key); known != m_memory.end()) {
            return known->second;
        }
        auto results = node.kind == TemplateNode::Kind::Each ? each(node, which) : condition(node, which);
        m_memory.emplace(key, results);
        return results;
    }

    TemplateCases text(const TemplateNode &node, TemplateCase which)
    {
        m_work += node.end - node.begin;
        for (auto at = node.begin; at < node.end; ++at) {
            if (const auto fault = feed(which.reading, static_cast<unsigned char>(m_source[at]), at)) {
                fail(which, at, *fault);
                return {};
            }
            if (m_source[at] == '[') {
                m_sequenceOf[at] = m_sequence;
            }
        }
        forgetClosed(which);
        return {std::move(which)};
    }

    TemplateCases value(const TemplateNode &node, TemplateCase which)
    {
        const ValuePlace place{.inString = which.reading.isInString(),
                               .level = which.reading.levels.size() - (which.reading.isInString() ? 0U : 1U),
                               .array = which.reading.innermostArray()};
        if (const auto fault = JsonReader::place(which.reading)) {
            fail(which, node.begin, *fault);
            return {};
        }
        const auto [known, isNew] = m_result.places.emplace(&node, place);
        if (!isNew && known->second != place) {
            if (known->second.inString != place.inString || known->second.level != place.level) {
                m_problems.error(
                    node.begin,
                    AnalysisText::tr("This placeholder stands in a string in one case and outside of it in "
                                     "another."));
            }
            known->second.array.reset();
        }
        return {std::move(which)};
    }

    TemplateCases condition(const TemplateNode &node, const TemplateCase &which)
    {
        TemplateCases results;
        const auto known = [this](const TemplatePath &path) {
            return knownTruth(path);
        };
        auto outcomes = outcomesOf(node.expression, which, known);
        constexpr std::size_t workOfOutcome = 128;
        m_work += outcomes.size() * workOfOutcome;
        for (auto &outcome : outcomes) {
            auto ends = sequence(outcome.isTrue != node.negated ? node.body : node.inverse, {std::move(outcome.which)});
            std::move(ends.begin(), ends.end(), std::back_inserter(results));
        }
        return results;
    }

    std::optional<bool> knownTruth(const TemplatePath &path) const
    {
        if (!path.isPosition() || !m_positions[path.frame - 1].isKnown) {
            return std::nullopt;
        }
        const auto &position = m_positions[path.frame - 1];
        return path.variable == TemplatePath::Variable::First ? position.isFirst
            : path.variable == TemplatePath::Variable::Last   ? position.isLast
                                                              : !position.isFirst;
    }

    TemplateCases each(const TemplateNode &node, const TemplateCase &which)
    {
        const auto &text = which.reading.levels.back();
        if (!text.containers.empty() && text.containers.back().kind == '['
            && text.lexical == JsonLevel::Lexical::None) {
            m_severalElements.insert(text.containers.back().opening);
        }
        TemplateCases results;
        const auto add = [&results](TemplateCases more) {
            std::move(more.begin(), more.end(), std::back_inserter(results));
        };
        auto empty = which;
        if (assume(empty, node.expression, TemplateFact::anyTruth, TemplateFact::noItems)) {
            add(sequence(node.inverse, {std::move(empty)}));
        }
        if (!node.usesPosition) {
            auto some = which;
            if (assume(some, node.expression, TemplateFact::truthy, TemplateFact::oneItem | TemplateFact::manyItems)) {
                add(rounds(node, item(node, {some}, {}), {}, some.facts));
            }
            return results;
        }
        auto single = which;
        if (assume(single, node.expression, TemplateFact::truthy, TemplateFact::oneItem)) {
            add(item(node, {single}, {.isKnown = true, .isFirst = true, .isLast = true}));
        }
        auto many = which;
        if (assume(many, node.expression, TemplateFact::truthy, TemplateFact::manyItems)) {
            auto first = item(node, {many}, {.isKnown = true, .isFirst = true, .isLast = false});
            auto middle =
                rounds(node, std::move(first), {.isKnown = true, .isFirst = false, .isLast = false}, many.facts);
            add(item(node, std::move(middle), {.isKnown = true, .isFirst = false, .isLast = true}));
        }
        return results;
    }

    // The body once, for one item.
    TemplateCases item(const TemplateNode &node, TemplateCases cases, Position position)
    {
        m_positions.push_back(position);
        cases = sequence(node.body, std::move(cases));
        m_positions.pop_back();
        for (auto &which : cases) {
            forgetFrame(which, m_positions.size() + 1);
        }
        simplify(cases);
        return cases;
    }

    // Everything that any number of further items may lead to; `before` was known before the first.
    TemplateCases rounds(const TemplateNode &node, TemplateCases cases, Position position, const TemplateFacts &before)
    {
        auto newest = cases;
        for (int round = 0; !newest.empty() && goesOn(); ++round) {
            if (round == mostRounds) {
                fail(newest.front(), node.begin, {.kind = JsonFault::Kind::NeverEnds, .level = 0});
                break;
            }
            auto known = cases;
            auto next = item(node, std::move(newest), position);
            if (round >= mostExactRounds) {
                for (auto &which : next) {
                    forgetOthers(which, before);
                }
                simplify(next);
            }
            newest.clear();
            for (auto &which : next) {
                if (std::find(known.begin(), known.end(), which) == known.end()) {
                    cases.push_back(which);
                    newest.push_back(std::move(which));
                }
            }
            simplify(cases);
            // What became one with an earlier case is not new.
            std::erase_if(newest, [&known](const TemplateCase &which) {
                auto together = known;
                together.push_back(which);
                simplify(together);
                return together == known;
            });
        }
        return cases;
    }

    void finish(TemplateCases &cases)
    {
        std::erase_if(cases, [this](TemplateCase &which) {
            const auto fault = JsonReader::finish(which.reading);
            if (fault) {
                fail(which, m_source.size(), *fault);
            }
            return fault.has_value();
        });
    }

    // A failure that some values surely lead to is an error. Where it takes values that the schema rules out, or
    // several that may not come together, what is rendered is read again instead.
    void judge()
    {
        const Failure *doubtful = nullptr;
        for (const auto &failure : m_failures) {
            auto likelihood = m_survivors == 0 ? Likelihood::Sure : likelihoodOf(failure.facts);
            if (likelihood == Likelihood::Sure && failure.isVague && m_survivors > 0) {
                likelihood = Likelihood::Open;
            }
            if (likelihood == Likelihood::Sure) {
                m_problems.error(failure.offset, describeFailure(failure));
                return;
            }
            m_result.isProven = false;
            if (likelihood == Likelihood::Open && !doubtful) {
                doubtful = &failure;
            }
        }
        if (doubtful) {
            m_problems.warning(doubtful->offset, describeFailure(*doubtful));
        }
    }

    QString describeFailure(const Failure &failure) const
    {
        return describeFault(failure.fault, m_source, failure.offset, failure.facts);
    }

    struct Remembered
    {
        const TemplateNode *node;
        std::vector<Position> positions;
        TemplateCase which;

        auto operator<=>(const Remembered &) const = default;
    };

    const TemplateNodes &m_nodes;
    std::string_view m_source;
    TemplateProblems &m_problems;
    TemplateAnalysis m_result;

    // What was found out about strings stays through all attempts.
    std::set<std::size_t> m_lookedInto;
    std::set<std::size_t> m_likeObjects;
    std::set<std::size_t> m_textOpenings;
    std::map<std::size_t, std::size_t> m_quoteOf;
    std::size_t m_work = 0;

    bool m_isRestarted = false;
    std::optional<std::size_t> m_gaveUpAt;
    std::vector<Failure> m_failures;
    std::size_t m_survivors = 0;
    std::map<Remembered, TemplateCases> m_memory;
    std::vector<Position> m_positions; // one an #each around
    std::set<std::size_t> m_severalElements;
    std::unordered_map<std::size_t, const TemplateNodes *> m_sequenceOf; // of opening brackets
    const TemplateNodes *m_sequence = nullptr;
    std::size_t m_index = 0;
};

} // namespace

TemplateAnalysis analyse(const TemplateNodes &nodes, std::string_view source, TemplateProblems &problems)
{
    return Analyser(nodes, source, problems).analyse();
}

} // namespace Tocsin
