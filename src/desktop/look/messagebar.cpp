// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "messagebar.h"

#include "icons.h"
#include "metrics.h"
#include "ownpalette.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace Tocsin {

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_otherAction(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setAutoFillBackground(true);
    m_text->setObjectName(QStringLiteral("textLabel"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAutoRaise(true);
    m_close->setIcon(icon(Symbol::Close));
    m_close->setAccessibleName(tr("Close message"));
    m_close->setToolTip(tr("Close message (Esc)"));
    m_timer.setSingleShot(true);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::medium, Metrics::small, Metrics::small, Metrics::small);
    layout->setSpacing(Metrics::small);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_otherAction);
    layout->addWidget(m_close);

    connect(m_action, &QPushButton::clicked, this, [this] { act(&Message::action); });
    connect(m_otherAction, &QPushButton::clicked, this, [this] { act(&Message::otherAction); });
    connect(m_close, &QToolButton::clicked, this, &MessageBar::closeMessage);
    connect(&m_timer, &QTimer::timeout, this, &MessageBar::closeMessage);
    keepPalette(this, [this] { paintRole(); });
    hide();
}

void MessageBar::showMessage(Message message)
{
    closeMessage();
    m_message = std::move(message);
    m_showing = true;
    m_cameFrom = window()->focusWidget();
    m_text->setText(m_message.text);
    m_text->setAccessibleName(m_message.text);
    m_action->setText(m_message.actionText);
    m_action->setShortcut(m_message.actionKeys);
    if (!m_message.actionKeys.isEmpty()) {
        qApp->installEventFilter(this);
    }
    const QString keys = m_message.actionKeys.toString(QKeySequence::NativeText);
    m_action->setToolTip(keys.isEmpty() ? QString() : QStringLiteral("%1 (%2)").arg(m_message.actionText, keys));
    m_action->setVisible(!m_message.actionText.isEmpty());
    m_otherAction->setText(m_message.otherActionText);
    m_otherAction->setVisible(!m_message.otherActionText.isEmpty());
    paintRole();
    show();
    if (m_message.time.count() > 0) {
        m_timer.start(m_message.time);
    }
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::closeMessage()
{
    if (!m_showing) {
        return;
    }
    goAway();
    const auto lapsed = std::exchange(m_message, {}).lapsed;
    if (lapsed) {
        lapsed();
    }
}

void MessageBar::closeStatement()
{
    if (!m_message.action && !m_message.otherAction) {
        closeMessage();
    }
}

void MessageBar::act(std::function<void()> Message::*action)
{
    if (!m_showing) {
        return;
    }
    goAway();
    const auto work = std::exchange(m_message, {}).*action;
    if (work) {
        work();
    }
}

bool MessageBar::hasFocusWithin() const
{
    const QWidget *focused = window()->focusWidget();
    return focused && isAncestorOf(focused);
}

void MessageBar::goAway()
{
    qApp->removeEventFilter(this);
    m_showing = false;
    m_timer.stop();
    if (hasFocusWithin() && m_cameFrom && m_cameFrom->isVisible() && m_cameFrom->isEnabled()) {
        m_cameFrom->setFocus(Qt::OtherFocusReason); // Qt would move it on to whatever comes next
    }
    hide();
}

/// A line takes Ctrl+Z for itself even where it has nothing to undo: then it is the message's.
bool MessageBar::eventFilter(QObject *watched, QEvent *event)
{
    const auto *line = qobject_cast<QLineEdit *>(watched);
    if (event->type() == QEvent::ShortcutOverride && line && !line->isUndoAvailable() && isVisible()
        && window() == line->window()
        && QKeySequence(static_cast<QKeyEvent *>(event)->keyCombination()) == m_message.actionKeys) {
        event->ignore();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void MessageBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        closeMessage();
        return;
    }
    QFrame::keyPressEvent(event);
}

void MessageBar::paintRole()
{
    const QPalette application = QPalette();
    const bool neutral = m_message.role == ColorRole::Inactive;
    QPalette own;
    own.setColor(QPalette::Window, tint(m_message.role, application));
    setPalette(own);
    const QColor mark = neutral ? application.color(QPalette::WindowText) : color(m_message.role, application);
    m_icon->setPixmap(
        pixmap(neutral ? Symbol::Information : symbolOf(m_message.role), mark, Metrics::icon, devicePixelRatioF()));
}

} // namespace Tocsin

#include "moc_messagebar.cpp"
