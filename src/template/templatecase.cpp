// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatecase.h"

#include "templatehelpers.h"
#include "templatevalue.h"

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
                                         [&wide](const TemplateFact &fact) { return fact.isAbout(wide); });
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
        if (!facts[i].isAbout(other[i])) {
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
                                       [&fact](const TemplateFact &candidate) { return candidate.isAbout(fact); });
        fact.truth = same == other.end() ? TemplateFact::anyTruth : fact.truth | same->truth;
        fact.count = same == other.end() ? TemplateFact::anyCount : fact.count | same->count;
    }
    std::erase_if(facts, [](const TemplateFact &fact) { return fact.isOpen(); });
}

std::uint8_t truthOf(const Json &value)
{
    return isTruthy(value) ? TemplateFact::truthy : TemplateFact::falsy;
}

// In an array literal a path that may lead through an array may mean another value than outside.
std::size_t scopeOf(const TemplateCase &which, const TemplateExpression &asked)
{
    const auto array = asked.mayRepeat ? which.reading.innermostArray() : std::nullopt;
    return array ? *array + 1 : 0;
}

// What is known; everything is possible where nothing is.
TemplateFact factOf(const TemplateCase &which, const TemplateExpression &asked, const TemplateExpression *literal)
{
    const TemplateFact sought{.asked = asked.id,
                              .equal = literal ? literal->id : 0,
                              .frame = asked.frame,
                              .scope = scopeOf(which, asked),
                              .expression = &asked,
                              .literal = literal ? &literal->literal : nullptr};
    for (const auto &fact : which.facts) {
        if (fact.isAbout(sought)) {
            return fact;
        }
    }
    return sought;
}

void insert(TemplateCase &which, const TemplateFact &fact)
{
    std::erase_if(which.facts, [&fact](const TemplateFact &old) { return old.isAbout(fact); });
    if (fact.isOpen()) {
        return;
    }
    if (which.facts.size() == mostFacts) {
        which.facts.pop_back();
        which.isVague = true;
    }
    const auto place = std::upper_bound(which.facts.begin(), which.facts.end(), fact);
    which.facts.insert(place, fact);
}

} // namespace

bool assume(TemplateCase &which, const TemplateExpression &asked, std::uint8_t truth, std::uint8_t count)
{
    auto fact = factOf(which, asked, nullptr);
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
    for (const auto &other : which.facts) {
        if (other.literal && other.truth == TemplateFact::truthy && other.asked == fact.asked
            && other.scope == fact.scope && (fact.truth & truthOf(*other.literal)) == 0) {
            return false;
        }
    }
    insert(which, fact);
    return true;
}

bool assumeEqual(TemplateCase &which, const TemplateExpression &asked, const TemplateExpression &literal, bool isEqual)
{
    auto fact = factOf(which, asked, &literal);
    fact.truth &= isEqual ? TemplateFact::truthy : TemplateFact::falsy;
    if (fact.truth == 0) {
        return false;
    }
    for (const auto &other : which.facts) {
        if (!isEqual || other.asked != fact.asked || other.scope != fact.scope) {
            continue;
        }
        if (other.literal ? other.truth == TemplateFact::truthy && !jsonEquals(*other.literal, literal.literal)
                          : (other.truth & truthOf(literal.literal)) == 0) {
            return false;
        }
    }
    insert(which, fact);
    return true;
}

void forgetFrame(TemplateCase &which, std::size_t frame)
{
    std::erase_if(which.facts, [frame](const TemplateFact &fact) { return fact.frame >= frame; });
}

void forgetClosed(TemplateCase &which)
{
    std::erase_if(which.facts, [&which](const TemplateFact &fact) {
        const auto &levels = which.reading.levels;
        return fact.scope > 0 && std::none_of(levels.begin(), levels.end(), [&fact](const JsonLevel &level) {
                   return std::any_of(
                       level.containers.begin(), level.containers.end(),
                       [&fact](const JsonContainer &container) { return container.opening + 1 == fact.scope; });
               });
    });
}

void forgetOthers(TemplateCase &which, const TemplateFacts &kept)
{
    const auto forgotten = std::erase_if(which.facts, [&kept](const TemplateFact &fact) {
        return std::find(kept.begin(), kept.end(), fact) == kept.end();
    });
    which.isVague = which.isVague || forgotten > 0;
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
                cases[i].isVague = cases[j].isVague;
            } else if (join(facts, other)) {
                cases[i].isVague = cases[i].isVague || cases[j].isVague;
            } else {
                if (++same <= mostCases) {
                    ++j;
                    continue;
                }
                weaken(facts, other);
                cases[i].isVague = true;
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
