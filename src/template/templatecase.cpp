// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatecase.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr std::size_t mostCases = 16; // per reading; above, less is told apart
constexpr std::size_t mostFacts = 12; // per case; above, some are forgotten

// Whether everything that `special` allows is allowed by `general` too.
bool covers(const TemplateFacts &general, const TemplateFacts &special)
{
    return std::all_of(general.begin(), general.end(), [&special](const TemplateFact &wide) {
        const auto narrow = std::find_if(special.begin(), special.end(),
                                         [&wide](const TemplateFact &fact) { return fact.key == wide.key; });
        return narrow != special.end() && (narrow->truth & ~wide.truth) == 0 && (narrow->count & ~wide.count) == 0;
    });
}

// Joins the facts where they differ in one thing only, so that nothing is lost by it.
bool join(TemplateFacts &facts, const TemplateFacts &other)
{
    if (facts.size() != other.size()) {
        return false;
    }
    TemplateFact *different = nullptr;
    const TemplateFact *others = nullptr;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (facts[i].key != other[i].key) {
            return false;
        }
        if (facts[i] == other[i]) {
            continue;
        }
        if (different || (facts[i].truth != other[i].truth && facts[i].count != other[i].count)) {
            return false;
        }
        different = &facts[i];
        others = &other[i];
    }
    if (different) {
        different->truth |= others->truth;
        different->count |= others->count;
        std::erase_if(facts, [](const TemplateFact &fact) { return fact.isOpen(); });
    }
    return true;
}

// Only what holds in both.
void weaken(TemplateFacts &facts, const TemplateFacts &other)
{
    for (auto &fact : facts) {
        const auto same = std::find_if(other.begin(), other.end(),
                                       [&fact](const TemplateFact &candidate) { return candidate.key == fact.key; });
        fact.truth = same == other.end() ? TemplateFact::anyTruth : fact.truth | same->truth;
        fact.count = same == other.end() ? TemplateFact::anyCount : fact.count | same->count;
    }
    std::erase_if(facts, [](const TemplateFact &fact) { return fact.isOpen(); });
}

} // namespace

std::string factKey(const TemplatePath &path)
{
    auto key = std::to_string(path.frame) + ':' + std::to_string(static_cast<int>(path.variable));
    for (const auto &segment : path.segments) {
        key += '\0';
        key += segment.name;
    }
    return key;
}

TemplateFact factOf(const TemplateCase &which, const TemplateNode &node)
{
    const auto key = factKey(node.path);
    for (const auto &fact : which.facts) {
        if (fact.key == key) {
            return fact;
        }
    }
    return {.key = key, .frame = node.path.frame, .node = &node};
}

bool assume(TemplateCase &which, const TemplateNode &node, std::uint8_t truth, std::uint8_t count)
{
    auto fact = factOf(which, node);
    fact.truth &= truth;
    fact.count &= count;
    // What is false has no items, and what has items is true.
    if (fact.truth == TemplateFact::falsy) {
        fact.count &= TemplateFact::noItems;
    }
    if ((fact.count & TemplateFact::noItems) == 0) {
        fact.truth &= TemplateFact::truthy;
    }
    if (fact.truth == 0 || fact.count == 0) {
        return false;
    }
    std::erase_if(which.facts, [&fact](const TemplateFact &old) { return old.key == fact.key; });
    if (!fact.isOpen()) {
        if (which.facts.size() == mostFacts) {
            which.facts.pop_back();
        }
        which.facts.insert(std::upper_bound(which.facts.begin(), which.facts.end(), fact), fact);
    }
    return true;
}

void forgetFrame(TemplateCase &which, std::size_t frame)
{
    std::erase_if(which.facts, [frame](const TemplateFact &fact) { return fact.frame >= frame; });
}

void simplify(TemplateCases &cases)
{
    std::sort(cases.begin(), cases.end());
    cases.erase(std::unique(cases.begin(), cases.end()), cases.end());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        std::size_t same = 1;
        for (auto j = i + 1; j < cases.size() && cases[j].reading == cases[i].reading;) {
            auto &facts = cases[i].facts;
            const auto &other = cases[j].facts;
            const auto before = facts;
            if (covers(facts, other)) {
            } else if (covers(other, facts)) {
                facts = other;
            } else if (!join(facts, other)) {
                if (++same <= mostCases) {
                    ++j;
                    continue;
                }
                weaken(facts, other);
            }
            cases.erase(cases.begin() + static_cast<std::ptrdiff_t>(j));
            if (facts != before) {
                j = i + 1;
                same = 1;
            }
        }
    }
}

} // namespace Tocsin
