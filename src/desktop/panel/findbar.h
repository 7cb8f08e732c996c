// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "codematches.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QToolButton;

namespace Tocsin {

class CodeEditor;

/// Finds text in a code view: a line under it. All matches are marked (those in sight, as they come into it), the one
/// that was gone to is selected.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(CodeEditor *editor);

    /// Shows it and takes the focus; what is selected in a line is sought.
    void open();
    void close();
    bool canStep() const; ///< something is sought
    /// Goes to the next match after the selection, or the one before it, round the end.
    void step(bool forwards);
    /// Marks the matches that are in sight.
    void markVisible();
    void textChanged();

    static constexpr int indicator = 4; ///< the editor's, for marks

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void search();
    void searchFromHere();
    void go(std::size_t index);
    void showPlace(const CodeMatch &match);
    void tellCount();
    void clearMarks();

    CodeEditor *m_editor;
    QLineEdit *m_line;
    QLabel *m_count;
    QToolButton *m_case;
    QTimer m_refresh;
    std::vector<CodeMatch> m_matches;
    long m_anchor = 0; ///< where the search began; bytes
    std::pair<long, long> m_marked; ///< bytes that are marked already
};

} // namespace Tocsin
