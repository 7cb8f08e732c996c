// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QVBoxLayout;

namespace Tocsin {

/// What there is to say about a place in the code, with a button for each thing that can be done, over the window. Goes
/// when the mouse has left it and the place, with Esc, or when something else is done.
class CodeHint : public QFrame
{
    Q_OBJECT

public:
    /// `owner` is the code view; the hint is a child of its window.
    explicit CodeHint(QWidget *owner);

    struct Offer
    {
        QString label;
        std::function<void()> work;
    };

    void showAt(const QRect &globalPlace, const QString &text, const QList<Offer> &offers);
    /// Shows the same by keyboard: the first offer takes the focus.
    void takeFocus();
    void close();

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void leaveIfAway();

    QWidget *m_owner;
    QLabel *m_text;
    QVBoxLayout *m_layout;
    QList<QWidget *> m_buttons;
    QRect m_place; ///< global: while the mouse is there, the hint stays
    QTimer m_leaving;
};

} // namespace Tocsin
