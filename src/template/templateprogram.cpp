// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templateprogram.h"

#include "payloadschema.h"
#include "schemapromise.h"
#include "templatepathparser.h"

#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

class ProgramMaker
{
public:
    ProgramMaker(const TemplateAnalysis &analysis, std::string_view source)
        : m_analysis(analysis)
        , m_source(source)
    {
    }

    TemplateProgram make(const TemplateNodes &nodes)
    {
        collectCandidates(nodes);
        m_program.steps = steps(nodes);
        m_program.isProven = m_analysis.isProven;
        for (std::size_t level = 0; level <= m_deepest + 1; ++level) {
            m_program.escapes.emplace_back(level);
        }
        return std::move(m_program);
    }

private:
    ProgramPath pathOf(const TemplatePath &written)
    {
        ProgramPath path{.frame = written.frame, .segments = {}, .variable = written.variable};
        QString schemaPath;
        bool isInSchema = path.frame == 0;
        for (const auto &segment : written.segments) {
            const auto id = m_ids.emplace(segment.name, static_cast<std::uint32_t>(m_ids.size())).first->second;
            path.segments.push_back(
                {.name = segment.name, .index = segment.index.value_or(ProgramPath::Segment::noIndex), .id = id});
            if (isInSchema && path.schemaArray == 0) {
                schemaPath += (schemaPath.isEmpty() ? QString() : QString(u'.')) + QString::fromStdString(segment.name);
                path.schemaArray = schemaPromiseOf(schemaPath).isArray ? path.segments.size() : 0;
                isInSchema = PayloadSchema::instance().knows(schemaPath);
            }
        }
        path.objects = objectsOnTheWay(written);
        // An index selects, and the array as a whole is not gone through.
        const auto &segments = path.segments;
        if (path.schemaArray >= segments.size() || segments[path.schemaArray].index != ProgramPath::Segment::noIndex) {
            path.schemaArray = 0;
        }
        return path;
    }

    // Which of these look at a list as a whole.
    static bool takesList(TemplateFunction function)
    {
        return function == TemplateFunction::Join || function == TemplateFunction::Count;
    }

    ProgramExpression expressionOf(const TemplateExpression &written)
    {
        ProgramExpression made;
        made.kind = written.kind;
        switch (written.kind) {
        case TemplateExpression::Kind::Path:
            made.path = pathOf(written.path);
            return made;
        case TemplateExpression::Kind::Literal:
            made.literal = written.literal;
            return made;
        case TemplateExpression::Kind::Call:
            break;
        }
        made.function = written.helper->function;
        for (const auto &argument : written.arguments) {
            made.arguments.push_back(expressionOf(argument));
            made.arguments.back().path.isWhole = takesList(made.function);
        }
        for (const auto &value : written.named) {
            if (made.function == TemplateFunction::Map && value.name == "else") {
                made.otherwise.push_back(expressionOf(value));
            } else if (made.function == TemplateFunction::Map) {
                made.named.push_back(expressionOf(value));
                made.named.back().name = value.name;
            }
        }
        const auto literal = [&written](std::size_t index) {
            return index < written.arguments.size() ? &written.arguments[index].literal : nullptr;
        };
        if (made.function == TemplateFunction::Join) {
            made.separator = literal(1) ? unescaped(literal(1)->get_ref<const std::string &>()) : ", ";
        } else if (made.function == TemplateFunction::Truncate) {
            made.length = literal(1)->get<std::size_t>();
        } else if (made.function == TemplateFunction::Replace) {
            for (std::size_t i = 1; i + 1 < written.arguments.size(); i += 2) {
                made.replacements.emplace_back(unescaped(literal(i)->get_ref<const std::string &>()),
                                               unescaped(literal(i + 1)->get_ref<const std::string &>()));
            }
        } else if (made.function == TemplateFunction::Date) {
            const auto format = literal(1) ? literal(1)->get<std::string>() : std::string("iso");
            const auto zone = written.named.empty() ? std::string() : written.named.front().literal.get<std::string>();
            made.format = DateFormat::make(format, zone).value(); // the parser has made one
        }
        return made;
    }

    // A line break, a tab and any character of four digits may be written as JSON writes them: a text in quotes cannot
    // end with a backslash.
    static std::string unescaped(const std::string &written)
    {
        static const QRegularExpression escape(uR"(\\(?:([nt])|u((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})))"_s);
        const auto given = QString::fromStdString(written);
        QString text;
        qsizetype at = 0;
        for (auto matches = escape.globalMatch(given); matches.hasNext();) {
            const auto match = matches.next();
            const auto digits = match.capturedView(2);
            text += QStringView(given).sliced(at, match.capturedStart() - at);
            text += !digits.isEmpty()           ? QChar(digits.toUShort(nullptr, 16))
                : match.capturedView(1) == u'n' ? QChar(u'\n')
                                                : QChar(u'\t');
            at = match.capturedEnd();
        }
        text += QStringView(given).sliced(at);
        return text.toStdString();
    }

    // The paths of an expression that may repeat an array literal's element.
    static void repeating(const TemplateExpression &expression, std::vector<const TemplatePath *> &paths)
    {
        if (expression.isPath() && expression.path.frame == 0 && expression.path.segments.size() > 1) {
            paths.push_back(&expression.path);
        }
        const bool isList = expression.helper && takesList(expression.helper->function);
        for (const auto &argument : expression.arguments) {
            if (!isList || !argument.isPath()) {
                repeating(argument, paths);
            }
        }
        for (const auto &value : expression.named) {
            repeating(value, paths);
        }
    }

    // The paths that may repeat an array literal's element, by the literal's opening bracket.
    void collectCandidates(const TemplateNodes &nodes)
    {
        for (const auto &node : nodes) {
            if (node.kind == TemplateNode::Kind::Value) {
                const auto place = m_analysis.places.find(&node);
                if (place != m_analysis.places.end() && place->second.array
                    && m_analysis.arrays.contains(*place->second.array)) {
                    std::vector<const TemplatePath *> paths;
                    repeating(node.expression, paths);
                    if (!paths.empty()) {
                        auto &candidates = m_candidates[*place->second.array];
                        candidates.insert(candidates.end(), paths.begin(), paths.end());
                    }
                }
            }
            collectCandidates(node.body);
            collectCandidates(node.inverse);
        }
    }

    void literal(std::vector<ProgramStep> &into, std::size_t begin, std::size_t end)
    {
        if (begin == end) {
            return;
        }
        m_program.literalSize += end - begin;
        const auto slice = m_source.substr(begin, end - begin);
        if (!into.empty() && into.back().kind == ProgramStep::Kind::Literal) {
            into.back().literal += slice;
            return;
        }
        ProgramStep step;
        step.offset = begin;
        step.literal = std::string(slice);
        into.push_back(std::move(step));
    }

    std::vector<ProgramStep> steps(const TemplateNodes &nodes)
    {
        std::size_t index = 0;
        std::size_t offset = nodes.empty() ? 0 : nodes.front().begin;
        return until(nodes, index, offset, m_source.size() + 1);
    }

    // The steps up to the byte `end` of the source, which lies in this sequence or behind it.
    std::vector<ProgramStep> until(const TemplateNodes &nodes, std::size_t &index, std::size_t &offset, std::size_t end)
    {
        std::vector<ProgramStep> into;
        while (index < nodes.size()) {
            const auto &node = nodes[index];
            if (node.kind == TemplateNode::Kind::Text) {
                if (!text(nodes, index, offset, end, into)) {
                    return into;
                }
            } else {
                into.push_back(step(node));
                ++index;
            }
            if (index < nodes.size()) {
                offset = nodes[index].begin;
            }
        }
        return into;
    }

    // One text node from `offset`; array literals in it that repeat become steps of their own. False at `end`.
    bool text(const TemplateNodes &nodes, std::size_t &index, std::size_t &offset, std::size_t end,
              std::vector<ProgramStep> &into)
    {
        const auto textIndex = index;
        while (index == textIndex) {
            const auto textEnd = nodes[index].end;
            auto bracket = m_candidates.lower_bound(offset);
            const auto next = bracket == m_candidates.end() ? m_source.size() : bracket->first;
            if (end < textEnd && end <= next) {
                literal(into, offset, end);
                offset = end;
                return false;
            }
            if (next >= textEnd) {
                literal(into, offset, textEnd);
                ++index;
                return true;
            }
            literal(into, offset, next + 1);
            ProgramStep repeat;
            repeat.kind = ProgramStep::Kind::Repeat;
            repeat.offset = next;
            repeat.candidates = candidates(bracket->second);
            offset = next + 1;
            repeat.body = until(nodes, index, offset, m_analysis.arrays.at(next).closing);
            into.push_back(std::move(repeat));
        }
        // The literal ended in a later text, which goes on from there.
        return text(nodes, index, offset, end, into);
    }

    /// Each path once.
    std::vector<ProgramPath> candidates(const std::vector<const TemplatePath *> &written)
    {
        std::vector<ProgramPath> paths;
        std::set<std::vector<std::uint32_t>> known;
        for (const auto *one : written) {
            auto path = pathOf(*one);
            std::vector<std::uint32_t> ids;
            for (const auto &segment : path.segments) {
                ids.push_back(segment.id);
            }
            if (known.insert(std::move(ids)).second) {
                paths.push_back(std::move(path));
            }
        }
        return paths;
    }

    ProgramStep step(const TemplateNode &node)
    {
        ProgramStep made;
        made.offset = node.begin;
        switch (node.kind) {
        case TemplateNode::Kind::Value:
            made.kind = ProgramStep::Kind::Value;
            ask(node, made, ProgramStep::Kind::Computed);
            made.asJson = node.asJson;
            place(node, made);
            break;
        case TemplateNode::Kind::Secret:
            made.kind = ProgramStep::Kind::Secret;
            made.literal = node.key;
            place(node, made);
            if (m_secretKeys.insert(node.key).second) {
                m_program.secretKeys.push_back(node.key);
            }
            break;
        case TemplateNode::Kind::Condition:
        case TemplateNode::Kind::Each:
            made.kind = node.kind == TemplateNode::Kind::Each ? ProgramStep::Kind::Each : ProgramStep::Kind::Condition;
            ask(node, made, ProgramStep::Kind::Decision);
            made.negated = node.negated;
            made.body = steps(node.body);
            made.inverse = steps(node.inverse);
            break;
        case TemplateNode::Kind::Text:
            break;
        }
        return made;
    }

    // A path stands in the step itself; anything else makes it one of another kind.
    void ask(const TemplateNode &node, ProgramStep &made, ProgramStep::Kind otherwise)
    {
        if (node.expression.isPath()) {
            made.path = pathOf(node.expression.path);
            return;
        }
        made.kind = otherwise;
        made.expression = std::make_shared<const ProgramExpression>(expressionOf(node.expression));
    }

    // A placeholder that no rendering reaches has no place.
    void place(const TemplateNode &node, ProgramStep &made)
    {
        if (const auto found = m_analysis.places.find(&node); found != m_analysis.places.end()) {
            made.inString = found->second.inString;
            made.level = found->second.level;
            m_deepest = std::max(m_deepest, made.level);
        } else {
            made.isPlaced = false;
        }
    }

    const TemplateAnalysis &m_analysis;
    std::string_view m_source;
    TemplateProgram m_program;
    std::unordered_map<std::string, std::uint32_t> m_ids;
    std::unordered_set<std::string> m_secretKeys;
    std::map<std::size_t, std::vector<const TemplatePath *>> m_candidates;
    std::size_t m_deepest = 0;
};

} // namespace

TemplateProgram makeProgram(const TemplateNodes &nodes, const TemplateAnalysis &analysis, std::string_view source)
{
    return ProgramMaker(analysis, source).make(nodes);
}

} // namespace Tocsin
