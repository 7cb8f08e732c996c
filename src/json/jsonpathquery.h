// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "iregexp.h"
#include "json.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What a JSONPath expression says (RFC 9535), as the parser leaves it and the evaluator reads it.
namespace Tocsin::JsonPathSyntax {

struct Condition;

struct NameSelector
{
    std::string name;
};

struct WildcardSelector
{
};

struct IndexSelector
{
    std::int64_t index = 0;
};

struct SliceSelector
{
    std::optional<std::int64_t> start;
    std::optional<std::int64_t> end;
    std::int64_t step = 1;
};

struct FilterSelector
{
    std::unique_ptr<Condition> condition;
};

using Selector = std::variant<NameSelector, WildcardSelector, IndexSelector, SliceSelector, FilterSelector>;

struct Segment
{
    bool descendant = false;
    std::vector<Selector> selectors;
};

struct Query
{
    /// From the current node (`@`) rather than from the root (`$`).
    bool relative = false;
    /// At most one node, by the grammar of singular-query (RFC 9535 §2.3.5.1): may be compared.
    bool singular = true;
    std::vector<Segment> segments;
};

enum class Function { Length, Count, Match, Search, Value };
/// RFC 9535 §2.4.1.
enum class FunctionType { Value, Logical, Nodes };

struct Literal
{
    Json value;
};

struct FunctionCall;
using Argument = std::variant<Literal, Query, std::unique_ptr<FunctionCall>>;

struct FunctionCall
{
    Function function = Function::Length;
    std::vector<Argument> arguments;
    /// The regular expression of match() and search() where it is a literal.
    std::shared_ptr<const IRegexp> regexp;
};

/// The same alternatives as an argument: a literal, a singular query or a function of ValueType.
using Comparable = Argument;

enum class Operator { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

struct Comparison
{
    Comparable left;
    Operator comparison = Operator::Equal;
    Comparable right;
};

struct AnyOf
{
    std::vector<Condition> conditions;
};

struct AllOf
{
    std::vector<Condition> conditions;
};

/// A logical-expr: a node exists, a function says yes, two values compare, or a combination of these.
struct Condition
{
    bool negated = false;
    std::variant<Query, FunctionCall, Comparison, AnyOf, AllOf> test;
};

} // namespace Tocsin::JsonPathSyntax
