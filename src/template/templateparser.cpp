// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templateparser.h"

#include "json.h"
#include "nearestword.h"
#include "shownname.h"
#include "templateexpressionparser.h"
#include "templatehelpers.h"
#include "templatelexer.h"
#include "templatewords.h"
#include "utf8.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct ParserText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

class Parser
{
public:
    Parser(std::string_view source, TemplateProblems &problems)
        : m_source(source)
        , m_problems(problems)
        , m_tokens(tokensOf(source, problems))
        , m_contexts{{.path = {}, .schemaPath = QString()}}
    {
    }

    TemplateNodes parse()
    {
        TemplateNodes nodes;
        while (true) {
            sequence(nodes);
            if (m_at == m_tokens.size()) {
                identifyExpressions(nodes);
                return nodes;
            }
            const auto &token = m_tokens[m_at++];
            if (token.kind == Token::Kind::Else) {
                m_problems.error(token.begin, ParserText::tr("This {{else}} stands outside a block."));
            } else {
                m_problems.error(token.begin,
                                 ParserText::tr("This {{/%1}} closes a block that was never opened.")
                                     .arg(shownName(toQString(inner(token)))));
            }
        }
    }

private:
    std::string_view inner(const Token &token) const
    {
        return m_source.substr(token.innerBegin, token.innerEnd - token.innerBegin);
    }

    std::vector<BracesWord> wordsOf(const Token &token) const { return bracesWords(inner(token), token.innerBegin); }

    // Until what belongs to the block around, or the end; that token is left for the caller.
    void sequence(TemplateNodes &nodes)
    {
        while (m_at < m_tokens.size()) {
            const auto &token = m_tokens[m_at];
            switch (token.kind) {
            case Token::Kind::Text:
                if (token.begin < token.end) {
                    nodes.push_back(nodeOf(TemplateNode::Kind::Text, token));
                }
                ++m_at;
                break;
            case Token::Kind::Comment:
                ++m_at;
                break;
            case Token::Kind::Secret:
                nodes.push_back(nodeOf(TemplateNode::Kind::Secret, token));
                nodes.back().key = std::string(inner(token));
                ++m_at;
                break;
            case Token::Kind::Expression:
                ++m_at;
                value(token, nodes);
                break;
            case Token::Kind::Open:
                ++m_at;
                openBlock(token, nodes);
                break;
            case Token::Kind::Close:
            case Token::Kind::Else:
                return;
            }
        }
    }

    static TemplateNode nodeOf(TemplateNode::Kind kind, const Token &token)
    {
        TemplateNode node;
        node.kind = kind;
        node.begin = token.begin;
        node.end = token.end;
        return node;
    }

    void value(const Token &token, TemplateNodes &nodes)
    {
        const auto words = wordsOf(token);
        auto made = TemplateExpressionParser(m_source, words, m_contexts, m_problems).placeholder();
        if (!made) {
            return;
        }
        auto node = nodeOf(TemplateNode::Kind::Value, token);
        if (made->helper && made->helper->function == TemplateFunction::AsJson) {
            node.asJson = true;
            node.expression = std::move(made->arguments.front());
        } else {
            node.expression = std::move(*made);
        }
        nodes.push_back(std::move(node));
    }

    void openBlock(const Token &token, TemplateNodes &nodes)
    {
        const auto words = wordsOf(token);
        if (words.empty()) {
            m_problems.error(token.begin,
                             ParserText::tr("This block has no name: write {{#each path}}, {{#if path}}, "
                                            "{{#unless path}} or {{#with path}}."));
            return;
        }
        nodes.push_back(nodeOf(TemplateNode::Kind::Condition, token));
        block(token, words, nodes.back());
        if (m_at < m_tokens.size()) {
            const auto &close = m_tokens[m_at++];
            const auto name = inner(close);
            if (name != words.front().text) {
                m_problems.error(
                    close.begin,
                    ParserText::tr("This {{/%1}} does not close the block {{#%2}} that was opened in line %3.")
                        .arg(shownName(toQString(name)), shownName(toQString(words.front().text)),
                             QString::number(textPosition(m_source, token.begin).line)));
            }
            nodes.back().end = close.end;
        } else {
            m_problems.error(token.begin,
                             ParserText::tr("The block {{#%1}} of line %2 is not closed: {{/%1}} is missing.")
                                 .arg(shownName(toQString(words.front().text)),
                                      QString::number(textPosition(m_source, token.begin).line)));
        }
    }

    // The head, the body and what follows an else; stops before the closing tag.
    void block(const Token &token, const std::vector<BracesWord> &words, TemplateNode &node)
    {
        const auto name = words.front().text;
        const bool changesContext = head(words, node);
        if (++m_depth > maximumBlockDepth) {
            if (m_depth == maximumBlockDepth + 1) {
                m_problems.error(token.begin,
                                 ParserText::tr("Blocks stand in one another more than %n deep.", nullptr,
                                                static_cast<int>(maximumBlockDepth)));
            }
            skipBlock();
            --m_depth;
            return;
        }
        if (changesContext) {
            m_contexts.push_back(contextInside({.path = node.expression.path, .schemaPath = node.expression.schemaPath},
                                               name == "each", m_eachDepth));
            m_eachDepth += name == "each" ? 1 : 0;
        }
        m_eachNodes.push_back(name == "each" ? &node : nullptr);
        sequence(node.body);
        m_eachNodes.pop_back();
        if (changesContext) {
            m_contexts.pop_back();
            m_eachDepth -= name == "each" ? 1 : 0;
        }
        alternatives(node);
        --m_depth;
    }

    void skipBlock()
    {
        std::size_t open = 0;
        for (; m_at < m_tokens.size(); ++m_at) {
            const auto kind = m_tokens[m_at].kind;
            if (kind == Token::Kind::Open) {
                ++open;
            } else if (kind == Token::Kind::Close && open-- == 0) {
                return;
            }
        }
    }

    void alternatives(TemplateNode &node)
    {
        bool hasElse = false;
        while (m_at < m_tokens.size() && m_tokens[m_at].kind == Token::Kind::Else) {
            const auto token = m_tokens[m_at++];
            if (hasElse) {
                m_problems.error(token.begin, ParserText::tr("This block has an {{else}} already."));
            }
            hasElse = true;
            const auto words = wordsOf(token);
            if (words.empty()) {
                sequence(node.inverse);
                continue;
            }
            node.inverse.push_back(nodeOf(TemplateNode::Kind::Condition, token));
            block(token, words, node.inverse.back());
        }
    }

    // Reads what stands after the block's sign; true where the body has a context of its own.
    bool head(const std::vector<BracesWord> &words, TemplateNode &node)
    {
        const auto name = words.front().text;
        if (!findHelper(TemplateHelper::Kind::Block, name)) {
            unknownBlock(words);
            return false;
        }
        auto made = TemplateExpressionParser(m_source, words, m_contexts, m_problems).blockArgument(name);
        if (!made) {
            return false;
        }
        node.kind = name == "each" ? TemplateNode::Kind::Each : TemplateNode::Kind::Condition;
        node.negated = name == "unless";
        node.expression = std::move(*made);
        node.expression.forEachPath([&](const TemplateExpression &path) {
            if (path.path.isPosition()) {
                notePosition(path.path.frame);
            }
        });
        if ((name == "each" || name == "with") && node.expression.path.variable != TemplatePath::Variable::None) {
            m_problems.error(
                words[1].begin,
                ParserText::tr("#%1 takes a path, not %2.").arg(toQString(name), shownPath(node.expression.written)));
            return false;
        }
        return name == "each" || name == "with";
    }

    void notePosition(std::size_t frame)
    {
        for (auto *each : m_eachNodes) {
            if (each && --frame == 0) {
                each->usesPosition = true;
                return;
            }
        }
    }

    void unknownBlock(const std::vector<BracesWord> &words)
    {
        const auto name = toQString(words.front().text);
        const auto near = nearestWord(name, helperNames(TemplateHelper::Kind::Block));
        const auto shown = shownName(name);
        if (near.isEmpty() && words.size() == 1) {
            m_problems.error(
                words.front().begin,
                ParserText::tr("The block {{#%1}} is unknown: write {{#each %1}}, {{#if %1}} or {{#with %1}}.")
                    .arg(shown));
        } else if (near.isEmpty()) {
            m_problems.error(
                words.front().begin,
                ParserText::tr("The helper \"%1\" is unknown: blocks are #each, #if, #unless and #with.").arg(shown));
        } else {
            m_problems.error(
                words.front().begin,
                ParserText::tr("The helper \"%1\" is unknown; the nearest known one is \"%2\".").arg(shown, near));
        }
    }

    std::string_view m_source;
    TemplateProblems &m_problems;
    std::vector<Token> m_tokens;
    std::vector<TemplateContext> m_contexts;
    std::vector<TemplateNode *> m_eachNodes; // of the blocks around, null where one is no #each
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::size_t m_eachDepth = 0;
};

} // namespace

TemplateNodes parseTemplate(std::string_view source, TemplateProblems &problems)
{
    return Parser(source, problems).parse();
}

} // namespace Tocsin
