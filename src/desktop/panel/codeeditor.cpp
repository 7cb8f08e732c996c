// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codeeditor.h"

#include "codeeditoraccessible.h"
#include "colorroles.h"
#include "fonts.h"
#include "icons.h"
#include "metrics.h"

#include <Qsci/qscicommandset.h>

#include <QContextMenuEvent>
#include <QEvent>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QStyle>
#include <QToolTip>

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int numberMargin = 0;
constexpr int problemMargin = 1;
// A line shows the one with the highest number.
constexpr int unlockMark = 0;
constexpr int lockMark = 1;
constexpr int warningMark = 2;
constexpr int errorMark = 3;
constexpr int indentStep = 2;
constexpr int markFillAlpha = 40; // of 255
constexpr int markOutlineAlpha = 160;

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
{
    CodeEditorAccessible::install();

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
    send(SCI_AUTOCSETSEPARATOR, '\n');
    send(SCI_AUTOCSETIGNORECASE, 1);
    send(SCI_AUTOCSETORDER, SC_ORDER_PERFORMSORT);
    setUpKeys();

    connect(this, &QsciScintilla::SCN_STYLENEEDED, this, &CodeEditor::styleUpTo);
    connect(this, qOverload<int>(&QsciScintilla::SCN_CHARADDED), this, &CodeEditor::characterAdded);
    connect(this, &QsciScintilla::SCN_AUTOCCOMPLETED, this,
            [this](const char *chosen, int position) { finishCompletion(chosen, position); });
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
    send(SCI_CLEARDOCUMENTSTYLE);
    send(SCI_COLOURISE, 0, -1);
}

void CodeEditor::setReadOnly(bool readOnly)
{
    QsciScintilla::setReadOnly(readOnly);
    updateMargins();
}

void CodeEditor::setProblems(const Problems &problems)
{
    if (problems == m_problems)
        return;
    m_problems = problems;
    const long length = send(SCI_GETLENGTH);
    for (const int mark : {errorMark, warningMark}) {
        markerDeleteAll(mark);
        send(SCI_SETINDICATORCURRENT, mark);
        send(SCI_INDICATORCLEARRANGE, 0, length);
    }
    for (const Problem &problem : problems) {
        if (!problem.position.isValid()) {
            continue;
        }
        const int mark = problem.severity == Severity::Error ? errorMark : warningMark;
        const long from = positionOf(problem.position);
        const long line = send(SCI_LINEFROMPOSITION, from);
        const long start = from == send(SCI_GETLINEENDPOSITION, line) && from > send(SCI_POSITIONFROMLINE, line)
            ? send(SCI_POSITIONBEFORE, from)
            : from;
        send(SCI_SETINDICATORCURRENT, mark);
        send(SCI_INDICATORFILLRANGE, start, endOfMark(start) - start);
        markerAdd(int(line), mark);
    }
    describeAll();
    updateMargins();
}

void CodeEditor::setMarks(const QList<CodeMark> &marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    const QString all = text();
    for (const int mark : {lockMark, unlockMark}) {
        markerDeleteAll(mark);
        send(SCI_SETINDICATORCURRENT, mark);
        send(SCI_INDICATORCLEARRANGE, 0, send(SCI_GETLENGTH));
    }
    for (qsizetype i = 0; i < m_marks.size(); ++i) {
        const CodeMark &shown = m_marks.at(i);
        const int mark = shown.symbol == Symbol::Lock ? lockMark : unlockMark;
        const long from = QStringView(all).left(shown.begin).toUtf8().size();
        send(SCI_SETINDICATORCURRENT, mark);
        send(SCI_SETINDICATORVALUE, i + 1);
        send(SCI_INDICATORFILLRANGE, from, QStringView(all).mid(shown.begin, shown.length).toUtf8().size());
        markerAdd(int(send(SCI_LINEFROMPOSITION, from)), mark);
    }
    describeAll();
    updateMargins();
}

void CodeEditor::describeAll()
{
    QStringList told;
    for (const Problem &problem : std::as_const(m_problems)) {
        told << (problem.position.isValid() ? tr("Line %1, column %2: %3")
                                                  .arg(problem.position.line)
                                                  .arg(problem.position.column)
                                                  .arg(problem.message)
                                            : problem.message);
    }
    for (const CodeMark &mark : std::as_const(m_marks)) {
        told << mark.text;
    }
    setAccessibleDescription(told.join(u'\n'));
}

void CodeEditor::goToNextProblem()
{
    const long cursor = send(SCI_GETCURRENTPOS);
    std::optional<long> first;
    std::optional<long> next;
    for (const Problem &problem : m_problems) {
        if (!problem.position.isValid())
            continue;
        const long position = positionOf(problem.position);
        first = std::min(position, first.value_or(position));
        if (position > cursor)
            next = std::min(position, next.value_or(position));
    }
    if (const auto target = next ? next : first)
        send(SCI_GOTOPOS, *target);
}

void CodeEditor::goTo(const TextPosition &position)
{
    send(SCI_GOTOPOS, positionOf(position));
}

TextPosition CodeEditor::cursorPlace() const
{
    const long position = send(SCI_GETCURRENTPOS);
    const long line = send(SCI_LINEFROMPOSITION, position);
    return {.line = int(line) + 1,
            .column = int(send(SCI_COUNTCHARACTERS, send(SCI_POSITIONFROMLINE, line), position)) + 1,
            .offset = position};
}

void CodeEditor::insertPlaceholder(const QString &path)
{
    if (isReadOnly())
        return;
    const std::string placeholder = "{{" + path.toStdString() + "}}";
    if (const auto begun = begunPath(); begun && send(SCI_GETSELECTIONEMPTY)) {
        const long cursor = send(SCI_GETCURRENTPOS);
        const std::string rest = slice(cursor, send(SCI_GETLINEENDPOSITION, send(SCI_LINEFROMPOSITION, cursor)));
        const auto pathEnd = std::min(rest.find_first_of("} \t\"{"), rest.size());
        const bool isClosed = rest.compare(pathEnd, 2, "}}") == 0;
        send(SCI_SETTARGETRANGE, cursor - long(begun->size()), cursor + long(pathEnd) + (isClosed ? 2 : 0));
        const std::string completed = path.toStdString() + "}}";
        SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(completed.size()), completed.c_str());
        send(SCI_GOTOPOS, send(SCI_GETTARGETEND));
    } else {
        SendScintilla(SCI_REPLACESEL, placeholder.c_str());
    }
    send(SCI_AUTOCCANCEL);
}

void CodeEditor::replaceText(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    send(SCI_SETTARGETRANGE, 0, send(SCI_GETLENGTH));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(utf8.size()), utf8.constData());
}

void CodeEditor::setLineRange(int minimum, int maximum)
{
    m_minimumLines = minimum;
    m_maximumLines = maximum;
    updateGeometry();
}

QString CodeEditor::problemTextAt(int position) const
{
    if (position < 0)
        return {};
    QStringList messages;
    for (const Problem &problem : m_problems) {
        if (!problem.position.isValid())
            continue;
        const long from = positionOf(problem.position);
        if (send(SCI_LINEFROMPOSITION, from) == send(SCI_LINEFROMPOSITION, position))
            messages << problem.message;
    }
    for (const int mark : {lockMark, unlockMark}) {
        // Its value is the mark's number: it moves with the text, as the marks as they were given do not.
        const long number = send(SCI_INDICATORVALUEAT, mark, position);
        if (number > 0 && number <= m_marks.size())
            messages << m_marks.at(number - 1).text;
    }
    return messages.join(u'\n');
}

QSize CodeEditor::sizeHint() const
{
    const int shown = std::clamp(lines(), m_minimumLines, m_maximumLines);
    const int scrollBar = horizontalScrollBar()->isVisible() ? horizontalScrollBar()->sizeHint().height() : 0;
    return {fontMetrics().averageCharWidth() * 60, shown * int(send(SCI_TEXTHEIGHT)) + 2 * frameWidth() + scrollBar};
}

QSize CodeEditor::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, m_minimumLines * int(send(SCI_TEXTHEIGHT)) + 2 * frameWidth()};
}

bool CodeEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape && !send(SCI_AUTOCACTIVE)) {
            event->ignore();
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
        QToolTip::showText(help->globalPos(), problemTextAt(int(position)), viewport());
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
    if (event->key() == Qt::Key_F8) {
        goToNextProblem();
    } else if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        complete(true);
    } else if (event->key() == Qt::Key_Escape && !send(SCI_AUTOCACTIVE)) {
        event->ignore();
    } else {
        QsciScintilla::keyPressEvent(event);
    }
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
    if (!actions().isEmpty()) {
        menu.addSeparator();
        menu.addActions(actions());
    }
    menu.exec(event->globalPos());
}

bool CodeEditor::focusNextPrevChild(bool next)
{
    if (send(SCI_AUTOCACTIVE))
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
    const auto *text = reinterpret_cast<const char *>(SendScintillaPtrResult(SCI_GETCHARACTERPOINTER));
    return {text + from, text + to};
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

long CodeEditor::endOfMark(long from) const
{
    const long lineEnd = send(SCI_GETLINEENDPOSITION, send(SCI_LINEFROMPOSITION, from));
    const std::string rest = slice(from, lineEnd);
    if (rest.empty())
        return from;
    std::size_t length = 0;
    if (rest.starts_with("{{")) {
        const auto closing = rest.find("}}");
        length = closing == std::string::npos ? 2 : closing + 2;
    } else if (rest.starts_with('"')) {
        const auto closing = rest.find('"', 1);
        length = closing == std::string::npos ? rest.size() : closing + 1;
    } else {
        length = std::min(rest.find_first_of(" \t\"{}[](),:<>&|=!?"), rest.size());
    }
    return length == 0 ? send(SCI_POSITIONAFTER, from) : from + long(length);
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

void CodeEditor::applyLook()
{
    const QPalette &colors = palette();
    const QFont font = fixedFont();
    const auto setStyle = [this](int style, const QColor &ink, bool bold = false, bool italic = false) {
        SendScintilla(SCI_STYLESETFORE, static_cast<unsigned long>(style), ink);
        send(SCI_STYLESETBOLD, style, bold);
        send(SCI_STYLESETITALIC, style, italic);
    };
    const QColor ink = colors.color(QPalette::Text);
    const QColor paper = colors.color(QPalette::Base);
    const QColor placeholder = Tocsin::color(ColorRole::Placeholder, colors);

    const QByteArray family = QFontInfo(font).family().toUtf8();
    SendScintilla(SCI_STYLESETFONT, static_cast<unsigned long>(STYLE_DEFAULT), family.constData());
    send(SCI_STYLESETSIZEFRACTIONAL, STYLE_DEFAULT, long(font.pointSizeF() * 100));
    SendScintilla(SCI_STYLESETBACK, static_cast<unsigned long>(STYLE_DEFAULT), paper);
    setStyle(STYLE_DEFAULT, ink);
    send(SCI_STYLECLEARALL);
    setStyle(STYLE_LINENUMBER, quietText(colors));
    setStyle(int(CodeStyle::Text), ink);
    setStyle(int(CodeStyle::Key), colors.color(QPalette::Link));
    setStyle(int(CodeStyle::String), Tocsin::color(ColorRole::Success, colors));
    setStyle(int(CodeStyle::Number), ink);
    setStyle(int(CodeStyle::Word), ink);
    setStyle(int(CodeStyle::Placeholder), placeholder, true);
    setStyle(int(CodeStyle::Block), placeholder);
    setStyle(int(CodeStyle::Comment), quietText(colors), false, true);
    setStyle(int(CodeStyle::Secret), placeholder, true, true);
    setStyle(STYLE_BRACELIGHT, colors.color(QPalette::Link), true);
    setStyle(STYLE_BRACEBAD, Tocsin::color(ColorRole::Error, colors), true);

    setColor(ink);
    setPaper(paper);
    setMarginsBackgroundColor(paper);
    setCaretForegroundColor(ink);
    setSelectionBackgroundColor(colors.color(QPalette::Active, QPalette::Highlight));
    setSelectionForegroundColor(colors.color(QPalette::Active, QPalette::HighlightedText));
    SendScintilla(SCI_SETMARGINBACKN, static_cast<unsigned long>(2), hairline(colors));
    send(SCI_SETMARGINTYPEN, 2, SC_MARGIN_COLOUR);

    for (const auto &[mark, role] :
         {std::pair{errorMark, ColorRole::Error}, std::pair{warningMark, ColorRole::Warning}}) {
        send(SCI_INDICSETSTYLE, mark, INDIC_SQUIGGLEPIXMAP);
        SendScintilla(SCI_INDICSETFORE, static_cast<unsigned long>(mark), Tocsin::color(role, colors));
        const QPixmap symbol =
            pixmap(symbolOf(role), Tocsin::color(role, colors), fontMetrics().ascent(), devicePixelRatioF());
        send(SCI_RGBAIMAGESETSCALE, long(devicePixelRatioF() * 100));
        markerDefine(symbol.toImage().convertToFormat(QImage::Format_ARGB32), mark);
    }
    for (const auto &[mark, symbol] : {std::pair{lockMark, Symbol::Lock}, std::pair{unlockMark, Symbol::Unlock}}) {
        send(SCI_INDICSETSTYLE, mark, INDIC_STRAIGHTBOX);
        send(SCI_INDICSETUNDER, mark, 1);
        send(SCI_INDICSETALPHA, mark, markFillAlpha);
        send(SCI_INDICSETOUTLINEALPHA, mark, markOutlineAlpha);
        SendScintilla(SCI_INDICSETFORE, static_cast<unsigned long>(mark), placeholder);
        markerDefine(pixmap(symbol, ink, fontMetrics().ascent(), devicePixelRatioF())
                         .toImage()
                         .convertToFormat(QImage::Format_ARGB32),
                     mark);
    }
    updateMargins();
    updateGeometry();
}

void CodeEditor::updateMargins()
{
    const auto digits = std::max(QString::number(lines()).size(), qsizetype(2));
    setMarginWidth(numberMargin, QString(digits + 1, u'9'));
    const bool showsProblems = !isReadOnly() || !m_problems.isEmpty() || !m_marks.isEmpty();
    setMarginWidth(problemMargin, showsProblems ? fontMetrics().height() : Metrics::tight);
    setMarginWidth(2, 1);
    send(SCI_SETMARGINLEFT, 0, Metrics::small);
    send(SCI_SETMARGINRIGHT, 0, Metrics::small);
}

void CodeEditor::styleUpTo(int position)
{
    const bool isTemplate = m_language == CodeLanguage::BodyTemplate;
    const long start = isTemplate ? 0 : send(SCI_POSITIONFROMLINE, send(SCI_LINEFROMPOSITION, send(SCI_GETENDSTYLED)));
    const long end = isTemplate ? send(SCI_GETLENGTH) : position;
    const std::vector<CodeStyle> styles = codeStyles(slice(start, end), m_language);
    send(SCI_STARTSTYLING, start);
    SendScintilla(SCI_SETSTYLINGEX, static_cast<unsigned long>(styles.size()),
                  reinterpret_cast<const char *>(styles.data()));
}

} // namespace Tocsin
