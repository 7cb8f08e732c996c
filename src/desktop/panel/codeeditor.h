// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "codestyles.h"
#include "icons.h"
#include "problem.h"
#include "scintilla.h"

#include <QStringList>

#include <optional>
#include <string>

namespace Tocsin {

/// A stretch of the text about which there is something to say that is no problem.
struct CodeMark
{
    qsizetype begin = 0; ///< in code units of the text
    qsizetype length = 0;
    Symbol symbol = Symbol::Lock; ///< Lock or Unlock
    QString text;

    bool operator==(const CodeMark &) const = default;
};

/// The code view: JSON, body templates and plain text with line numbers, colours that follow the palette, and problems
/// marked in place. Tab moves the focus, as everywhere in a form; lines are indented as they are typed. Places count as
/// TextPosition does: lines and columns from 1, columns in code points.
class CodeEditor : public QsciScintilla
{
    Q_OBJECT

public:
    explicit CodeEditor(QWidget *parent = nullptr);

    void setLanguage(CodeLanguage language);
    CodeLanguage language() const { return m_language; }
    /// The paths that a BodyTemplate completes after `{{`, or at Ctrl+Space: PayloadSchema::paths().
    void setCompletions(const QStringList &paths) { m_completions = paths; }

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
    TextPosition cursorPlace() const;

    /// Writes `{{path}}` at the cursor; a placeholder that has been begun there is completed instead.
    void insertPlaceholder(const QString &path);
    /// As setText(), but can be undone.
    void replaceText(const QString &text);

    /// Grows with its lines between these two, as its size hint.
    void setLineRange(int minimum, int maximum);

    /// The words under a place of the text, for tooltips: the messages of the problems and marks there.
    QString problemTextAt(int position) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void setReadOnly(bool readOnly) override;

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    long send(unsigned int message, unsigned long wParam = 0, long lParam = 0) const;
    std::string slice(long from, long to) const;
    long positionOf(const TextPosition &place) const;
    /// The stretch to underline for a problem that starts at `from`: a placeholder, a string, a word, or one character.
    long endOfMark(long from) const;

    void describeAll();
    void setUpKeys();
    void applyLook();
    void updateMargins();
    void styleUpTo(int position);
    void characterAdded(int character);
    void indentNewLine();
    void alignClosingBracket();
    void complete(bool onRequest);
    void finishCompletion(const char *chosen, int position);
    /// What has been typed of a path between `{{` and the cursor; none if the cursor is not in an open placeholder.
    std::optional<std::string> begunPath() const;

    CodeLanguage m_language = CodeLanguage::Text;
    Problems m_problems;
    QList<CodeMark> m_marks;
    QStringList m_completions;
    int m_minimumLines = 4;
    int m_maximumLines = 4;
};

} // namespace Tocsin
