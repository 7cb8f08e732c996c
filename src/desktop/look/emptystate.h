// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "icons.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace Tocsin {

/// What a page shows when it has nothing to show: an icon, a heading, a sentence that says what the page is for, and
/// its first actions.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

    void setWords(Symbol symbol, const QString &heading, const QString &sentence);
    /// Adds a button; the first primary one is the page's.
    QPushButton *addAction(const QString &text, bool primary);

    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Paints the icon and makes room for the sentence, which takes time: when it is shown.
    void fit();

    Symbol m_symbol = Symbol::Information;
    QLabel *m_icon;
    QLabel *m_heading;
    QLabel *m_sentence;
    QHBoxLayout *m_buttons;
};

} // namespace Tocsin
