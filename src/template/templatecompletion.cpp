// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatecompletion.h"

#include "json.h"
#include "nearestword.h"
#include "payloadschema.h"
#include "templatehelpers.h"
#include "templatescope.h"
#include "templatevariables.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

using WordKind = TemplateWord::Kind;

struct CompletionText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

TemplateWord wordOf(const PayloadField &field, const QString &text)
{
    return {.kind = WordKind::Field,
            .text = text,
            .type = field.type,
            .sample = field.sampleText(),
            .description = field.description,
            .takesPath = false};
}

TemplateWord wordOf(const TemplateVariable &variable)
{
    return {.kind = WordKind::Variable,
            .text = toQString(variable.name),
            .type = {},
            .sample = {},
            .description = variable.translatedDescription(),
            .takesPath = false};
}

TemplateWord wordOfThis()
{
    return {.kind = WordKind::Variable,
            .text = u"this"_s,
            .type = {},
            .sample = {},
            .description = CompletionText::tr("The value that the block around is about."),
            .takesPath = false};
}

/// What is hinted at a helper: how it is written, and what it does.
TemplateWord wordOf(const TemplateHelper &helper)
{
    const bool isBlock = helper.kind == TemplateHelper::Kind::Block;
    return {.kind = WordKind::Helper,
            .text = (isBlock ? u"#"_s : QString()) + toQString(helper.name),
            .type = {},
            .sample = toQString(helper.example),
            .description = helper.translatedDescription(),
            .takesPath = true};
}

void collectFields(const QList<PayloadField> &fields, const QString &base, const QString &lead,
                   QList<TemplateWord> &words)
{
    for (const PayloadField &field : fields) {
        if (base.isEmpty() || field.path.startsWith(base + u'.')) {
            words.append(wordOf(field, lead + (base.isEmpty() ? field.path : field.path.sliced(base.size() + 1))));
        }
        collectFields(field.children, base, lead, words);
    }
}

/// All that may stand where a word begins with `prefix`.
QList<TemplateWord> wordsIn(const TemplateScope &scope, const BracesText &braces, const QString &prefix)
{
    QList<TemplateWord> words;
    const QList<PayloadField> fields = PayloadSchema::instance().fields();
    const auto &contexts = scope.contexts;
    const auto addFieldsOf = [&](const TemplateContext &context, const QString &lead) {
        if (context.schemaPath) {
            collectFields(fields, *context.schemaPath, lead, words);
        }
    };
    addFieldsOf(contexts.back(), {});
    if (prefix.startsWith(".."_L1)) {
        QString lead;
        for (std::size_t up = 1; up < contexts.size(); ++up) {
            lead += u"../"_s;
            addFieldsOf(contexts[contexts.size() - 1 - up], lead);
        }
    }
    if (contexts.size() > 1) {
        addFieldsOf(contexts.front(), u"@root."_s);
        words.append(wordOfThis());
    }
    const bool inEach = contexts.back().path.frame > 0;
    for (const TemplateVariable &variable : templateVariables()) {
        if (variable.variable != TemplatePath::Variable::None && (inEach || !variable.needsEach)) {
            words.append(wordOf(variable));
        }
    }
    const auto addHelpers = [&words](TemplateHelper::Kind kind) {
        for (const TemplateHelper &helper : templateHelpers()) {
            if (helper.kind == kind) {
                words.append(wordOf(helper));
            }
        }
    };
    if (braces.isInParentheses && braces.isFirstWord) {
        words.clear();
        addHelpers(TemplateHelper::Kind::Value);
        return words;
    }
    if (!braces.isFirstWord) {
        if (braces.firstWord == "#each") {
            std::stable_partition(words.begin(), words.end(),
                                  [](const TemplateWord &word) { return word.type == "array"_L1; });
        }
        return words;
    }
    if (!scope.blocks.empty()) {
        const QString open = toQString(scope.blocks.back());
        words.append({.kind = WordKind::Helper,
                      .text = u'/' + open,
                      .type = {},
                      .sample = {},
                      .description = CompletionText::tr("Ends the block {{#%1}}.").arg(open),
                      .takesPath = false});
        words.append({.kind = WordKind::Helper,
                      .text = u"else"_s,
                      .type = {},
                      .sample = {},
                      .description = CompletionText::tr("What follows is written where the block's body is not."),
                      .takesPath = false});
    }
    addHelpers(TemplateHelper::Kind::Value);
    addHelpers(TemplateHelper::Kind::Block);
    return words;
}

/// What fits, in order; what begins as was typed before what has a later name that does.
QList<TemplateWord> matching(const QList<TemplateWord> &words, const QString &prefix)
{
    QList<TemplateWord> beginning;
    QList<TemplateWord> within;
    for (const TemplateWord &word : words) {
        if (word.text.startsWith(prefix, Qt::CaseInsensitive)) {
            beginning.append(word);
        } else if (word.kind == WordKind::Field && word.text.contains(u'.' + prefix, Qt::CaseInsensitive)) {
            within.append(word);
        }
    }
    return beginning + within;
}

} // namespace

std::optional<TemplateCompletion> completionAt(std::string_view source, std::size_t cursor)
{
    const auto braces = bracesAround(source, cursor);
    if (!braces || braces->isFull || braces->isInText) {
        return std::nullopt;
    }
    const QString prefix = toQString(source.substr(braces->wordBegin, cursor - braces->wordBegin));
    return TemplateCompletion{.braces = braces->begin,
                              .begin = braces->wordBegin,
                              .end = braces->isClosed ? braces->wordEnd : cursor,
                              .isClosed = braces->isClosed,
                              .words = matching(wordsIn(scopeAt(source, braces->begin), *braces, prefix), prefix)};
}

std::optional<WrittenWord> wordAt(std::string_view source, std::size_t offset)
{
    const auto braces = bracesAtPlace(source, offset);
    if (!braces) {
        return std::nullopt;
    }
    WrittenWord written{.begin = braces->wordBegin, .end = braces->wordEnd, .word = {}};
    const auto text = source.substr(written.begin, written.end - written.begin);
    for (const TemplateHelper &helper : templateHelpers()) {
        const bool isBlock = helper.kind == TemplateHelper::Kind::Block;
        if (braces->isFirstWord
            && (isBlock ? (text.starts_with('#') || text.starts_with('/')) && text.substr(1) == helper.name
                        : text == helper.name)) {
            written.word = wordOf(helper);
            written.word.text = toQString(text);
            return written;
        }
    }
    const TemplateScope scope = scopeAt(source, braces->begin);
    if (text == "this") {
        written.word = wordOfThis();
        return written;
    }
    if (const auto *variable = findVariable(text)) {
        written.word = wordOf(*variable);
        return written;
    }
    TemplateProblems ignored({});
    const auto parsed = parsePath(text, 0, scope.contexts, ignored);
    const auto field = parsed && !parsed->schemaPath.empty()
        ? PayloadSchema::instance().field(QString::fromStdString(parsed->schemaPath))
        : std::nullopt;
    if (!field) {
        return std::nullopt;
    }
    written.word = wordOf(*field, toQString(text));
    return written;
}

std::optional<NearestWord> nearestWordAt(std::string_view source, std::size_t offset)
{
    const auto braces = bracesAtPlace(source, offset);
    if (!braces) {
        return std::nullopt;
    }
    NearestWord nearest{.begin = braces->wordBegin, .end = braces->wordEnd, .text = {}};
    const auto text = source.substr(nearest.begin, nearest.end - nearest.begin);
    const QString written = toQString(text);
    const TemplateScope scope = scopeAt(source, braces->begin);
    if (text.starts_with('#')) {
        ++nearest.begin;
        nearest.text = nearestWord(written.sliced(1), helperNames(TemplateHelper::Kind::Block));
    } else if (text.starts_with('@')) {
        nearest.text = nearestWord(written, variableNames());
    } else if (braces->isFirstWord && (braces->hasMoreWords || braces->isInParentheses)) {
        nearest.text = nearestWord(written, helperNames(TemplateHelper::Kind::Value));
    } else {
        TemplateProblems ignored({});
        const auto parsed = parsePath(text, 0, scope.contexts, ignored);
        if (parsed && !parsed->schemaPath.empty()) {
            nearest.text = nearestPath(QString::fromStdString(parsed->schemaPath), scope.contexts.back());
        }
    }
    if (nearest.text.isEmpty()
        || nearest.text == toQString(source.substr(nearest.begin, nearest.end - nearest.begin))) {
        return std::nullopt;
    }
    return nearest;
}

std::string openBlockAt(std::string_view source, std::size_t offset)
{
    const TemplateScope scope = scopeAt(source, offset);
    return scope.blocks.empty() ? std::string() : scope.blocks.back();
}

} // namespace Tocsin
