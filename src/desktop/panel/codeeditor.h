// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "codestyles.h"
#include "icons.h"
#include "problem.h"
#include "scintilla.h"
#include "templatemends.h"

#include <QPointer>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

class QMenu;

namespace Tocsin {

class CodeCompletion;
class CodeHint;
class FindBar;

/// A stretch of the text about which there is something to say that is no problem.
struct CodeMark
{
    qsizetype begin = 0; ///< in code units of the text
    qsizetype length = 0;
    Symbol symbol = Symbol::Lock; ///< Lock or Unlock
    QString text;

    bool operator==(const CodeMark &) const = default;
};

/// What can be done with a place of a text that is read.
struct CodeUse
{
    QString text; ///< what is there
    QString label; ///< of the button
    std::function<void()> work;
};

/// The code view: JSON, body templates and plain text with line numbers, colours that follow the palette, and problems
/// marked in place. Tab moves the focus, as everywhere in a form; lines are indented as they are typed. A body template
/// completes what stands in braces as one types, or at Ctrl+Space; Alt+Return, or the mouse over it, tells what there
/// is to know of a place and mends it. Ctrl+F finds. Places count as TextPosition does: lines and columns from 1,
/// columns in code points.
class CodeEditor : public QsciScintilla
{
    Q_OBJECT

public:
    explicit CodeEditor(QWidget *parent = nullptr);

    void setLanguage(CodeLanguage language);
    CodeLanguage language() const { return m_language; }
    /// Underlines each problem that has a place, marks its line and shows its message as a tooltip there; those without
    /// a place are only told in the accessible description.
    void setProblems(const Problems &problems);
    const Problems &problems() const { return m_problems; }
    /// Frames each stretch, shows its symbol in the margin and its text as a tooltip there, and tells all of them in
    /// the accessible description.
    void setMarks(const QList<CodeMark> &marks);
    const QList<CodeMark> &marks() const { return m_marks; }
    /// Puts the cursor at the next problem after it, going round.
    void goToNextProblem();

    void goTo(const TextPosition &position);
    void goTo(long position); ///< bytes
    TextPosition cursorPlace() const;

    /// The text itself, UTF-8, until it changes.
    std::string_view source() const;
    /// As a person does it: it can be undone. Bytes.
    void replaceRange(long begin, long length, std::string_view text);
    /// Where the character at a byte is on the screen.
    QRect globalRect(long position) const;

    /// Writes `{{path}}` at the cursor; a placeholder that has been begun there is completed instead.
    void insertPlaceholder(const QString &path);
    /// As setText(), but can be undone.
    void replaceText(const QString &text);

    /// Grows with its lines between these two, as its size hint.
    void setLineRange(int minimum, int maximum);

    /// What there is to say of a place of the text: the messages of the problems and marks there.
    QString problemTextAt(int position) const;
    /// The same; where it is nothing, what the placeholder there stands for.
    QString hintAt(int position) const;
    /// What would mend the problems of the line; applyMend() can be undone.
    QList<TemplateMend> mendsAt(int position) const;
    void applyMend(const TemplateMend &mend);

    /// Asked for the byte that the mouse rests on, or for the cursor's at Alt+Return.
    void setUse(const std::function<std::optional<CodeUse>(long position)> &use) { m_use = use; }

    void find();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void setReadOnly(bool readOnly) override;
    void setText(const QString &text) override;

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    long send(unsigned int message, unsigned long wParam = 0, long lParam = 0) const;
    std::string slice(long from, long to) const;
    long positionOf(const TextPosition &place) const;
    /// The stretch to underline for a problem that starts at `from`: a placeholder, a string, a word, or one character.
    long endOfMark(long from) const;

    bool takesEscape() const;
    bool takeKey(QKeyEvent *event);
    void describeAll();
    void setUpKeys();
    void showHint(long position, const QRect &globalPlace, bool byKeyboard);
    void addMends(QMenu &menu);
    void placeFindBar();
    void applyLook();
    void updateMargins();
    void styleUpTo(int position);
    void characterAdded(int character);
    void indentNewLine();
    void alignClosingBracket();

    // Markers, and indicators with the same numbers; a line shows the marker with the highest.
    static constexpr int unlockMark = 0;
    static constexpr int lockMark = 1;
    static constexpr int warningMark = 2;
    static constexpr int errorMark = 3;
    static constexpr int numberMargin = 0;
    static constexpr int problemMargin = 1;

    CodeLanguage m_language = CodeLanguage::Text;
    Problems m_problems;
    QList<CodeMark> m_marks;
    CodeCompletion *m_completion;
    FindBar *m_findBar = nullptr; ///< made when it is first wanted
    std::function<std::optional<CodeUse>(long position)> m_use;
    QPointer<CodeHint> m_hint; ///< of the window, so it may go first
    int m_minimumLines = 4;
    int m_maximumLines = 4;
};

} // namespace Tocsin
