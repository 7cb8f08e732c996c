// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatepathparser.h"

#include "json.h"
#include "nearestword.h"
#include "payloadschema.h"
#include "schemapromise.h"
#include "shownname.h"
#include "templatevariables.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct PathText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

// What Handlebars allows in a name without brackets.
bool isNameCharacter(char c)
{
    constexpr std::string_view excluded = "!\"#%&'()*+,./;<=>@[\\]^`{|}~ \t\r\n";
    return excluded.find(c) == std::string_view::npos;
}

PathSegment segmentOf(std::string_view name)
{
    PathSegment segment{.name = std::string(name), .index = {}};
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    if (error == std::errc() && end == name.data() + name.size()) {
        segment.index = index;
    }
    return segment;
}

QString schemaText(const PathSegment &segment)
{
    const auto name = toQString(segment.name);
    return segment.index || name.contains(u'.') ? QString(u'[' + name + u']') : name;
}

class PathParser
{
public:
    PathParser(std::string_view text, std::size_t offset, const std::vector<TemplateContext> &contexts,
               TemplateProblems &problems, bool mayBeText)
        : m_text(text)
        , m_offset(offset)
        , m_contexts(contexts)
        , m_problems(problems)
        , m_mayBeText(mayBeText)
    {
    }

    std::optional<ParsedPath> parse()
    {
        if (m_text.starts_with('@') && !isRoot()) {
            return variable();
        }
        std::size_t up = 0;
        if (isRoot()) {
            up = m_contexts.size() - 1;
            m_at = 5;
        } else if (!parents(up)) {
            return std::nullopt;
        }
        const auto &context = m_contexts[m_contexts.size() - 1 - up];
        std::vector<PathSegment> own;
        if (!segments(own)) {
            return std::nullopt;
        }
        ParsedPath parsed{.path = context.path, .schemaPath = {}};
        auto schemaPath = context.schemaPath;
        for (const auto &segment : own) {
            if (schemaPath) {
                *schemaPath += (schemaPath->isEmpty() ? QString() : u"."_s) + schemaText(segment);
            }
            parsed.path.segments.push_back(segment);
        }
        if (schemaPath) {
            check(*schemaPath, own.empty(), context);
            parsed.schemaPath = schemaPath->toStdString();
        }
        return parsed;
    }

private:
    bool isRoot() const { return m_text == "@root" || m_text.starts_with("@root.") || m_text.starts_with("@root/"); }

    void fault(std::size_t at, const QString &message) { m_problems.error(m_offset + at, message); }

    std::optional<ParsedPath> variable()
    {
        const auto *found = findVariable(m_text);
        if (!found) {
            const auto near = nearestWord(toQString(m_text), variableNames());
            fault(0,
                  near.isEmpty() ? PathText::tr("\"%1\" is unknown; known are %2.")
                                       .arg(shownPath(toQString(m_text)), variableNames().join(u", "_s))
                                 : PathText::tr("\"%1\" is unknown; the nearest known one is \"%2\".")
                                       .arg(shownPath(toQString(m_text)), near));
            return std::nullopt;
        }
        if (!found->needsEach) {
            return ParsedPath{.path = {.frame = 0, .segments = {}, .variable = found->variable}, .schemaPath = {}};
        }
        const auto frame = m_contexts.back().path.frame;
        if (frame == 0) {
            fault(0, PathText::tr("\"%1\" has a value inside {{#each}} only.").arg(shownPath(toQString(m_text))));
            return std::nullopt;
        }
        return ParsedPath{.path = {.frame = frame, .segments = {}, .variable = found->variable}, .schemaPath = {}};
    }

    // `../` as often as it stands, `./` and `this`.
    bool parents(std::size_t &up)
    {
        while (m_text.substr(m_at).starts_with("../") || m_text.substr(m_at) == "..") {
            ++up;
            m_at = std::min(m_at + 3, m_text.size());
        }
        if (up >= m_contexts.size()) {
            fault(0,
                  PathText::tr("\"%1\" goes above the event: there are %n block(s) around it that change the context.",
                               nullptr, static_cast<int>(m_contexts.size() - 1))
                      .arg(shownPath(toQString(m_text))));
            return false;
        }
        const auto rest = m_text.substr(m_at);
        if (rest.starts_with("./")) {
            m_at += 2;
        } else if (rest == ".") {
            m_at += 1;
        } else if (rest == "this" || rest.starts_with("this.") || rest.starts_with("this/")) {
            m_at += 4;
        } else {
            m_needsDot = false;
        }
        return true;
    }

    bool segments(std::vector<PathSegment> &into)
    {
        if (m_at > 0 && m_at < m_text.size() && (m_text[m_at - 1] == '/')) {
            m_needsDot = false;
        }
        while (m_at < m_text.size()) {
            if (into.size() == maximumJsonDepth) {
                fault(
                    m_at,
                    PathText::tr("The path is longer than the %1 names that an event can nest.").arg(maximumJsonDepth));
                return false;
            }
            if (m_needsDot) {
                if (m_text[m_at] == '/') {
                    fault(m_at,
                          PathText::tr("Paths are written with dots, not with slashes: %1.")
                              .arg(shownPath(toQString(m_text).replace(u'/', u'.'))));
                    return false;
                }
                if (m_text[m_at] != '.') {
                    return strange();
                }
                ++m_at;
            }
            m_needsDot = true;
            if (m_at == m_text.size()) {
                fault(m_at - 1,
                      PathText::tr("The path \"%1\" ends in a dot: a name is missing.")
                          .arg(shownPath(toQString(m_text))));
                return false;
            }
            if (m_text[m_at] == '[') {
                const auto close = m_text.find(']', m_at);
                into.push_back(segmentOf(m_text.substr(m_at + 1, close - m_at - 1)));
                m_at = close + 1;
                continue;
            }
            const auto begin = m_at;
            while (m_at < m_text.size() && isNameCharacter(m_text[m_at])) {
                ++m_at;
            }
            if (m_at == begin) {
                return strange();
            }
            into.push_back(segmentOf(m_text.substr(begin, m_at - begin)));
        }
        return true;
    }

    bool strange()
    {
        if (m_text[m_at] == '.') {
            fault(m_at, PathText::tr("A name is missing in the path \"%1\".").arg(shownPath(toQString(m_text))));
        } else if (m_text[m_at] == '[') {
            fault(m_at, PathText::tr("A dot is missing before the bracket: write data.issues.[0]."));
        } else {
            fault(m_at,
                  PathText::tr("The path \"%1\" holds a character that is not allowed; odd names stand in brackets, as "
                               "in data.[odd key].")
                      .arg(shownPath(toQString(m_text))));
        }
        return false;
    }

    // What the schema does not know renders as nothing: say so, and what was probably meant.
    void check(const QString &schemaPath, bool isContext, const TemplateContext &context)
    {
        const auto &schema = PayloadSchema::instance();
        if (isContext || schema.knows(schemaPath)) {
            return;
        }
        const auto nearest = nearestPath(schemaPath, context);
        m_problems.warning(
            m_offset,
            nearest.isEmpty()
                ? (m_mayBeText && m_text.find('.') == std::string_view::npos
                       ? PathText::tr("\"%1\" is not in the event's payload schema; a text stands in quotes.")
                       : PathText::tr("\"%1\" is not in the event's payload schema."))
                      .arg(shownPath(toQString(m_text)))
                : PathText::tr("\"%1\" is not in the event's payload schema; the nearest known name is \"%2\".")
                      .arg(shownPath(toQString(m_text)), nearest));
    }

    std::string_view m_text;
    std::size_t m_offset;
    const std::vector<TemplateContext> &m_contexts;
    TemplateProblems &m_problems;
    bool m_mayBeText;
    std::size_t m_at = 0;
    bool m_needsDot = true; // a dot has to come before the next name
};

} // namespace

std::optional<ParsedPath> parsePath(std::string_view text, std::size_t offset,
                                    const std::vector<TemplateContext> &contexts, TemplateProblems &problems,
                                    bool mayBeText)
{
    return PathParser(text, offset, contexts, problems, mayBeText).parse();
}

std::size_t objectsOnTheWay(const TemplatePath &path)
{
    std::size_t objects = 0;
    QString schemaPath;
    for (const auto &segment : path.segments) {
        schemaPath += (schemaPath.isEmpty() ? QString() : QString(u'.')) + toQString(segment.name);
        if (path.frame > 0 || segment.index || !schemaPromiseOf(schemaPath).isObject) {
            break;
        }
        ++objects;
    }
    return objects;
}

TemplateContext contextInside(const ParsedPath &path, bool isEach, std::size_t eachDepth)
{
    TemplateContext context{.path = path.path, .schemaPath = std::nullopt};
    const auto schemaPath = QString::fromStdString(path.schemaPath);
    if (isEach) {
        context.path = {.frame = eachDepth + 1, .segments = {}, .variable = TemplatePath::Variable::None};
    }
    if (!schemaPath.isEmpty() && PayloadSchema::instance().knows(schemaPath)
        && (!isEach || schemaPromiseOf(schemaPath).isArray)) {
        context.schemaPath = schemaPath;
    } else if (!isEach && path.path.frame == 0 && path.path.segments.empty()) {
        context.schemaPath = QString();
    }
    return context;
}

QString nearestPath(const QString &schemaPath, const TemplateContext &context)
{
    const auto nearest = PayloadSchema::instance().nearest(schemaPath);
    const auto base = context.schemaPath.value_or(QString());
    if (nearest.isEmpty() || base.isEmpty()) {
        return nearest;
    }
    const QString inside = base + u'.';
    return nearest.startsWith(inside) ? nearest.sliced(inside.size()) : QString(u"@root." + nearest);
}

} // namespace Tocsin
