// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codecompletion.h"

#include "codeeditor.h"
#include "completionlist.h"

#include <QKeyEvent>

#include <cctype>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

bool beginsWord(int character)
{
    return character > 0x7f || std::isalnum(character)
        || std::string_view("{#/@._").find(char(character)) != std::string_view::npos;
}

} // namespace

CodeCompletion::CodeCompletion(CodeEditor *editor)
    : QObject(editor)
    , m_editor(editor)
{
}

CodeCompletion::~CodeCompletion()
{
    delete m_list;
}

bool CodeCompletion::isOpen() const
{
    return m_list && m_list->isVisible();
}

std::optional<TemplateCompletion> CodeCompletion::atCursor() const
{
    if (m_editor->isReadOnly()) {
        return std::nullopt;
    }
    return completionAt(m_editor->source(), std::size_t(m_editor->cursorPlace().offset));
}

void CodeCompletion::open()
{
    m_dismissed.reset();
    if (const auto completion = atCursor(); completion && m_editor->language() == CodeLanguage::BodyTemplate) {
        offer(*completion, true);
    }
}

void CodeCompletion::typed(int character)
{
    if (m_editor->language() != CodeLanguage::BodyTemplate || !(isOpen() || beginsWord(character))) {
        return;
    }
    const auto completion = atCursor();
    if (!completion) {
        m_dismissed.reset();
        close();
    } else if (m_dismissed != completion->braces) {
        offer(*completion, false);
    }
}

void CodeCompletion::follow()
{
    if (!isOpen()) {
        return;
    }
    if (const auto completion = atCursor()) {
        offer(*completion, false);
    } else {
        close();
    }
}

void CodeCompletion::offer(const TemplateCompletion &completion, bool onRequest)
{
    const auto typedSize = std::size_t(m_editor->cursorPlace().offset) - completion.begin;
    const bool isWritten = completion.words.size() == 1 && completion.isClosed
        && std::size_t(completion.words.constFirst().text.toUtf8().size()) == typedSize;
    if (completion.words.isEmpty() || (isWritten && !onRequest)) {
        close();
        return;
    }
    if (m_list && m_list->parentWidget() != m_editor->window()) {
        delete m_list;
    }
    if (!m_list) {
        m_list = new CompletionList(m_editor);
        connect(m_list, &CompletionList::picked, this, &CodeCompletion::acceptChosen);
        connect(m_list, &CompletionList::displaced, this, &CodeCompletion::follow);
    }
    const QRect line = m_editor->globalRect(long(completion.begin));
    const QWidget *shown = m_editor->viewport();
    if (!shown->visibleRegion().intersects(QRect(shown->mapFromGlobal(line.topLeft()), line.size()))) {
        close();
        return;
    }
    m_list->setWords(completion.words);
    m_list->showAt(line);
}

void CodeCompletion::close()
{
    if (m_list) {
        m_list->hide();
    }
}

bool CodeCompletion::takeKey(const QKeyEvent &event)
{
    if (!isOpen() || event.modifiers() & ~Qt::KeypadModifier) {
        return false;
    }
    switch (event.key()) {
    case Qt::Key_Up:
        m_list->move(-1);
        return true;
    case Qt::Key_Down:
        m_list->move(1);
        return true;
    case Qt::Key_PageUp:
        m_list->move(-m_list->pageStep());
        return true;
    case Qt::Key_PageDown:
        m_list->move(m_list->pageStep());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        acceptChosen();
        return true;
    case Qt::Key_Escape:
        if (const auto completion = atCursor()) {
            m_dismissed = completion->braces;
        }
        close();
        return true;
    default:
        return false;
    }
}

void CodeCompletion::acceptChosen()
{
    const TemplateWord *chosen = m_list ? m_list->chosen() : nullptr;
    const auto completion = atCursor();
    if (!chosen || !completion) {
        close();
        return;
    }
    const TemplateWord word = *chosen;
    close();
    write(*completion, word);
    if (word.takesPath) {
        open();
    }
}

bool CodeCompletion::write(const QString &path)
{
    const auto completion = atCursor();
    close();
    if (completion) {
        write(*completion,
              {.kind = TemplateWord::Kind::Field,
               .text = path,
               .type = {},
               .sample = {},
               .description = {},
               .takesPath = false});
    }
    return completion.has_value();
}

void CodeCompletion::write(const TemplateCompletion &completion, const TemplateWord &word)
{
    std::string text = word.text.toStdString();
    const std::string_view source = m_editor->source();
    const auto closing = completion.isClosed ? source.find("}}", completion.end) : completion.end;
    std::size_t behind = 0;
    if (word.takesPath) {
        text += source.substr(completion.end).starts_with(' ') ? "" : " ";
        behind = completion.begin + word.text.toUtf8().size() + 1;
    } else if (completion.isClosed) {
        behind = completion.begin + text.size() + (closing - completion.end) + 2;
    } else {
        text += "}}";
        behind = completion.begin + text.size();
    }
    m_editor->replaceRange(long(completion.begin), long(completion.end - completion.begin), text);
    m_editor->goTo(long(behind));
}

} // namespace Tocsin

#include "moc_codecompletion.cpp"
