// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// EXPRESSION --- DOCUMENT: both ways of selecting agree, and each node's path leads to that node alone.
#include "fuzzing.h"
#include "jsonpath.h"

using namespace Tocsin;
using namespace Tocsin::Fuzzing;

namespace {

constexpr std::size_t nodesFollowed = 8;
constexpr int mostDescents = 2; ///< each further `..` may multiply the nodes

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto [expression, text] = parts<2>(bytes(data, size));
    const auto path = JsonPath::compile(asText(expression));
    if (!path) {
        demand(!path.error().message.isEmpty(), "a fault has words");
        demand(liesWithin(path.error().position, expression), "a fault's place lies in the expression");
        return 0;
    }
    demand(path->text() == asText(expression), "a path is the text that it was compiled from");
    const auto document = parseJson(text);
    if (!document || expression.toByteArray().count("..") > mostDescents) {
        return 0;
    }
    const auto values = path->select(*document);
    demand(values == path->select(*document), "a path selects twice the same");
    const auto nodes = path->selectWithPaths(*document);
    demand(values.size() == nodes.size(), "select() and selectWithPaths() find as many");
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        demand(values[i] == nodes[i].value, "select() and selectWithPaths() find the same");
        if (i < nodesFollowed) {
            const auto own = JsonPath::compile(nodes[i].path);
            demand(own.isOk(), "a node's path compiles");
            demand(own->select(*document) == std::vector{nodes[i].value}, "a node's path leads to it alone");
        }
    }
    return 0;
}
