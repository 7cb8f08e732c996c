// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codeeditor.h"

#include "codecompletion.h"
#include "codeeditoraccessible.h"
#include "codehint.h"
#include "findbar.h"

#include <Qsci/qscicommandset.h>

#include <QContextMenuEvent>
#include <QEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int indentStep = 2;
// Between frame and text: at a scale that is no whole number, the text's edge would lie over the frame.
constexpr int frameGap = 1;
constexpr int leastCharacters = 16; // in a line

bool isNavigationOrEditing(int key)
{
    switch (key & ~int(Qt::KeyboardModifierMask)) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
    case Qt::Key_Insert:
    case Qt::Key_Tab:
    case Qt::Key_Escape:
        return true;
    case Qt::Key_Return:
        return (key & int(Qt::KeyboardModifierMask)) == 0;
    default:
        return false;
    }
}

bool isClipboardOrUndo(int key)
{
    static constexpr std::array keys{Qt::Key_A, Qt::Key_C, Qt::Key_X, Qt::Key_V, Qt::Key_Y, Qt::Key_Z};
    return std::any_of(keys.begin(), keys.end(),
                       [key](Qt::Key letter) { return key == (int(Qt::CTRL) | int(letter)); });
}

} // namespace

CodeEditor::CodeEditor(QWidget *parent)
    : QsciScintilla(parent)
    , m_completion(new CodeCompletion(this))
{
    CodeEditorAccessible::install();

    setLayoutDirection(Qt::LeftToRight); // code is, in any language
    if (QGuiApplication::isRightToLeft()) {
        send(SCI_SETBUFFEREDDRAW, 1); // what is drawn on a widget at once would have the program's direction
    }
    setViewportMargins(frameGap, frameGap, frameGap, frameGap);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setUtf8(true);
    setEolMode(EolUnix);
    setTabWidth(indentStep);
    setIndentationsUseTabs(false);
    setBraceMatching(SloppyBraceMatch);
    setMarginLineNumbers(numberMargin, true);
    setMarginType(problemMargin, SymbolMarginDefaultBackgroundColor);
    setMarginMarkerMask(problemMargin, (1 << errorMark) | (1 << warningMark) | (1 << lockMark) | (1 << unlockMark));
    setMarginWidth(2, 0);
    setMarginSensitivity(problemMargin, false);
    send(SCI_SETLEXER, SCLEX_CONTAINER);
    send(SCI_SETSCROLLWIDTH, 1);
    send(SCI_SETSCROLLWIDTHTRACKING, 1);
    send(SCI_SETENDATLASTLINE, 1);
    setUpKeys();

    connect(this, &QsciScintilla::SCN_STYLENEEDED, this, &CodeEditor::styleUpTo);
    connect(this, qOverload<int>(&QsciScintilla::SCN_CHARADDED), this, &CodeEditor::characterAdded);
    connect(this, &QsciScintilla::SCN_UPDATEUI, this, [this] {
        m_completion->follow();
        if (m_findBar && m_findBar->isVisible()) {
            m_findBar->markVisible();
        }
    });
    connect(this, &QsciScintilla::textChanged, this, [this] {
        if (m_findBar) {
            m_findBar->textChanged();
        }
    });
    connect(this, &QsciScintilla::linesChanged, this, [this] {
        updateMargins();
        updateGeometry();
    });
    connect(this, &QsciScintilla::cursorPositionChanged, this, [this](int line, int index) {
        CodeEditorAccessible::tellCursor(this, positionFromLineIndex(line, index));
    });
    applyLook();
}

void CodeEditor::setLanguage(CodeLanguage language)
{
    m_language = language;
    send(SCI_CLEARDOCUMENTSTYLE); // what is seen is styled as it is painted
    viewport()->update();
}

/// Scintilla wraps a text that it is given as a whole at once, a second for a mebibyte; one that is there, as it is
/// seen.
void CodeEditor::setText(const QString &text)
{
    const long mode = send(SCI_GETWRAPMODE);
    send(SCI_SETWRAPMODE, SC_WRAP_NONE);
    QsciScintilla::setText(text);
    send(SCI_SETWRAPMODE, mode);
}

void CodeEditor::setReadOnly(bool readOnly)
{
    QsciScintilla::setReadOnly(readOnly);
    updateMargins();
}

void CodeEditor::goTo(const TextPosition &position)
{
    send(SCI_GOTOPOS, positionOf(position));
}

void CodeEditor::goTo(long position)
{
    send(SCI_GOTOPOS, position);
}

std::string_view CodeEditor::source() const
{
    return {reinterpret_cast<const char *>(SendScintillaPtrResult(SCI_GETCHARACTERPOINTER)),
            std::size_t(send(SCI_GETLENGTH))};
}

void CodeEditor::replaceRange(long begin, long length, std::string_view text)
{
    send(SCI_SETTARGETRANGE, begin, begin + length);
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(text.size()), std::string(text).c_str());
}

QRect CodeEditor::globalRect(long position) const
{
    const QPoint corner(int(send(SCI_POINTXFROMPOSITION, 0, position)), int(send(SCI_POINTYFROMPOSITION, 0, position)));
    return {viewport()->mapToGlobal(corner), QSize(1, int(send(SCI_TEXTHEIGHT)))};
}

TextPosition CodeEditor::cursorPlace() const
{
    const long position = send(SCI_GETCURRENTPOS);
    const long line = send(SCI_LINEFROMPOSITION, position);
    return {.line = int(line) + 1,
            .column = int(send(SCI_COUNTCHARACTERS, send(SCI_POSITIONFROMLINE, line), position)) + 1,
            .offset = position};
}

void CodeEditor::replaceText(const QString &text)
{
    replaceRange(0, send(SCI_GETLENGTH), text.toStdString());
}

void CodeEditor::setLineRange(int minimum, int maximum)
{
    m_minimumLines = minimum;
    m_maximumLines = maximum;
    updateGeometry();
}

QSize CodeEditor::sizeHint() const
{
    const int shown = std::clamp(lines(), m_minimumLines, m_maximumLines);
    const int scrollBar = horizontalScrollBar()->isVisible() ? horizontalScrollBar()->sizeHint().height() : 0;
    const int findBar = m_findBar && !m_findBar->isHidden() ? m_findBar->sizeHint().height() : 0;
    return {fontMetrics().averageCharWidth() * 60,
            shown * int(send(SCI_TEXTHEIGHT)) + 2 * (frameWidth() + frameGap) + scrollBar + findBar};
}

QSize CodeEditor::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * leastCharacters,
            m_minimumLines * int(send(SCI_TEXTHEIGHT)) + 2 * (frameWidth() + frameGap)};
}

bool CodeEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            event->setAccepted(takesEscape());
            return true;
        }
        if (key->matches(QKeySequence::Find) || (key->key() == Qt::Key_F3 && m_findBar && m_findBar->canStep())) {
            event->accept();
            return true;
        }
    }
    return QsciScintilla::event(event);
}

bool CodeEditor::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const long position = send(SCI_POSITIONFROMPOINT, help->pos().x(), help->pos().y());
        showHint(position, QRect(help->globalPos(), QSize(1, 1)), false);
        return true;
    }
    return QsciScintilla::viewportEvent(event);
}

void CodeEditor::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
    case QEvent::ApplicationFontChange:
    case QEvent::EnabledChange:
        applyLook();
        break;
    default:
        break;
    }
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    if (m_completion->takeKey(*event) || takeKey(event)) {
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        event->ignore();
        return;
    }
    QsciScintilla::keyPressEvent(event);
    m_completion->follow();
}

bool CodeEditor::takesEscape() const
{
    return m_completion->isOpen() || (m_hint && m_hint->isVisible()) || (m_findBar && m_findBar->isVisible());
}

/// The keys that are neither typing nor moving.
bool CodeEditor::takeKey(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_F8) {
        goToNextProblem();
    } else if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        m_completion->open();
    } else if (isReturn && event->modifiers() == Qt::AltModifier) {
        const long cursor = send(SCI_GETCURRENTPOS);
        showHint(cursor, globalRect(cursor), true);
    } else if (event->matches(QKeySequence::Find)) {
        find();
    } else if (event->key() == Qt::Key_F3 && m_findBar && m_findBar->canStep()) {
        m_findBar->step(!event->modifiers().testFlag(Qt::ShiftModifier));
    } else if (event->key() == Qt::Key_Escape && m_findBar && m_findBar->isVisible()) {
        m_findBar->close();
    } else {
        return false;
    }
    return true;
}

void CodeEditor::focusOutEvent(QFocusEvent *event)
{
    m_completion->close();
    QsciScintilla::focusOutEvent(event);
}

void CodeEditor::resizeEvent(QResizeEvent *event)
{
    QsciScintilla::resizeEvent(event);
    placeFindBar();
}

void CodeEditor::find()
{
    if (!m_findBar) {
        m_findBar = new FindBar(this);
        m_findBar->setLayoutDirection(QGuiApplication::layoutDirection());
        connect(m_findBar, &FindBar::closed, this, [this] {
            placeFindBar();
            setFocus(Qt::OtherFocusReason);
        });
    }
    m_findBar->show();
    placeFindBar();
    m_findBar->open();
}

/// Under the text, within the frame.
void CodeEditor::placeFindBar()
{
    if (!m_findBar) {
        return;
    }
    const int height = m_findBar->isHidden() ? 0 : m_findBar->sizeHint().height();
    if (viewportMargins().bottom() != frameGap + height) {
        setViewportMargins(frameGap, frameGap, frameGap, frameGap + height);
        updateGeometry();
    }
    const QRect text = viewport()->geometry();
    m_findBar->setGeometry(text.left(), text.bottom() + 1, text.width(), height);
}

void CodeEditor::wheelEvent(QWheelEvent *event)
{
    const bool isZoom = event->modifiers().testFlag(Qt::ControlModifier);
    const bool cannotScroll =
        verticalScrollBar()->minimum() == verticalScrollBar()->maximum() && event->angleDelta().x() == 0;
    if (isZoom || cannotScroll)
        event->ignore();
    else
        QsciScintilla::wheelEvent(event);
}

void CodeEditor::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse && !hasSelectedText()) {
        const long position = send(SCI_POSITIONFROMPOINTCLOSE, event->pos().x(), event->pos().y());
        if (position >= 0) {
            send(SCI_GOTOPOS, position);
        }
    }
    QMenu menu(this);
    addMends(menu);
    const bool hasSelection = hasSelectedText();
    if (!isReadOnly()) {
        menu.addAction(tr("Undo"), QKeySequence::Undo, this, &CodeEditor::undo)->setEnabled(isUndoAvailable());
        menu.addAction(tr("Redo"), QKeySequence::Redo, this, &CodeEditor::redo)->setEnabled(isRedoAvailable());
        menu.addSeparator();
        menu.addAction(tr("Cut"), QKeySequence::Cut, this, &CodeEditor::cut)->setEnabled(hasSelection);
    }
    menu.addAction(tr("Copy"), QKeySequence::Copy, this, &CodeEditor::copy)->setEnabled(hasSelection);
    if (!isReadOnly())
        menu.addAction(tr("Paste"), QKeySequence::Paste, this, &CodeEditor::paste)->setEnabled(send(SCI_CANPASTE));
    menu.addSeparator();
    menu.addAction(tr("Select All"), QKeySequence::SelectAll, this, [this] { selectAll(true); });
    menu.addAction(tr("Find…"), QKeySequence::Find, this, &CodeEditor::find);
    if (!actions().isEmpty()) {
        menu.addSeparator();
        menu.addActions(actions());
    }
    menu.exec(event->globalPos());
}

bool CodeEditor::focusNextPrevChild(bool next)
{
    if (m_completion->isOpen())
        return false;
    return QAbstractScrollArea::focusNextPrevChild(next);
}

long CodeEditor::send(unsigned int message, unsigned long wParam, long lParam) const
{
    return SendScintilla(message, wParam, lParam);
}

std::string CodeEditor::slice(long from, long to) const
{
    if (from >= to)
        return {};
    return std::string(source().substr(std::size_t(from), std::size_t(to - from)));
}

long CodeEditor::positionOf(const TextPosition &place) const
{
    const long length = send(SCI_GETLENGTH);
    if (!place.isValid())
        return 0;
    const long line = place.line - 1;
    if (line >= send(SCI_GETLINECOUNT))
        return length;
    const long start = send(SCI_POSITIONFROMLINE, line);
    const long end = send(SCI_GETLINEENDPOSITION, line);
    const long steps = std::max(place.column, 1) - 1;
    if (steps >= send(SCI_COUNTCHARACTERS, start, end))
        return end;
    return steps == 0 ? start : send(SCI_POSITIONRELATIVE, start, steps);
}

/// Only what moves the cursor, edits, or is the clipboard's stays with the editor: every other key is the window's.
void CodeEditor::setUpKeys()
{
    for (QsciCommand *command : standardCommands()->commands()) {
        if (!isNavigationOrEditing(command->key()) && !isClipboardOrUndo(command->key()))
            command->setKey(0);
        if (!isNavigationOrEditing(command->alternateKey()) && !isClipboardOrUndo(command->alternateKey()))
            command->setAlternateKey(0);
    }
}

} // namespace Tocsin

#include "moc_codeeditor.cpp"
