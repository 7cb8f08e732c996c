// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"

#include <QFrame>
#include <QKeySequence>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>

class QLabel;
class QToolButton;
class QPushButton;

namespace Tocsin {

/// A sentence at the edge of a page that stops nobody: with an action such as Undo, closing after a time, by Esc or its
/// button. One message at a time; a new one ends the one before.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds defaultTime{10};

    explicit MessageBar(QWidget *parent = nullptr);

    struct Message
    {
        QString text = {};
        ColorRole role = ColorRole::Inactive; ///< Inactive: neutral
        QString actionText = {}; ///< empty: no action
        std::function<void()> action = {};
        QKeySequence actionKeys = {};
        QString otherActionText = {}; ///< beside the first; empty: none
        std::function<void()> otherAction = {};
        /// Runs when the message ends without one of its actions.
        std::function<void()> lapsed = {};
        std::chrono::milliseconds time = defaultTime; ///< zero: stays until it is closed
    };
    void showMessage(Message message);
    /// Ends the message; its `lapsed` runs.
    void closeMessage();
    /// Ends a message that only says something; one with an action stays.
    void closeStatement();
    bool isShowing() const { return m_showing; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool hasFocusWithin() const;
    void goAway();
    void paintRole();
    void act(std::function<void()> Message::*action);

    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_otherAction;
    QToolButton *m_close;
    QTimer m_timer;
    Message m_message;
    QPointer<QWidget> m_cameFrom; ///< had the focus when the message came
    bool m_showing = false;
};

} // namespace Tocsin
