// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templatecompletion.h"

#include <QListWidget>

namespace Tocsin {

/// The words that are offered at a cursor, over the window: each with its type and a sample, or with what it does.
/// Never takes the focus: who shows it moves through it.
class CompletionList : public QListWidget
{
    Q_OBJECT

public:
    /// `owner` is where one types; the list is a child of its window.
    explicit CompletionList(QWidget *owner);

    /// The first of them is chosen; or the one that was, if it was moved to.
    void setWords(const QList<TemplateWord> &words);
    const TemplateWord *chosen() const;
    /// Moves by so many words, stopping at both ends.
    void move(int steps);
    int pageStep() const;

    /// Shows it below a line of text, or above it where there is more room.
    void showAt(const QRect &globalLine);

Q_SIGNALS:
    void picked(); ///< the chosen word, with the mouse
    void displaced(); ///< where one types has moved

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void tellChosen();

    QWidget *m_owner;
    QList<TemplateWord> m_words;
    bool m_isMoved = false;
};

} // namespace Tocsin
