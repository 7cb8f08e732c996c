// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretedit.h"

#include "icons.h"
#include "metrics.h"
#include "secrettext.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace Tocsin {

SecretEdit::SecretEdit(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_reveal(new QToolButton(this))
    , m_forget(new QToolButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_reveal);
    layout->addWidget(m_forget);
    setFocusProxy(m_edit);
    m_edit->setLayoutDirection(Qt::LeftToRight);
    for (QToolButton *button : {m_reveal, m_forget}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    m_forget->setIcon(icon(Symbol::Delete));
    m_timer.setSingleShot(true);
    m_timer.setInterval(revealTime);

    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        refresh();
        Q_EMIT valueChanged(value());
    });
    connect(m_reveal, &QToolButton::clicked, this, [this] { reveal(!isRevealed()); });
    connect(m_forget, &QToolButton::clicked, this, &SecretEdit::forget);
    connect(&m_timer, &QTimer::timeout, this, [this] { reveal(false); });
    refresh();
}

QString SecretEdit::label() const
{
    return m_edit->accessibleName();
}

void SecretEdit::setLabel(const QString &label)
{
    m_edit->setAccessibleName(label);
    refresh();
}

void SecretEdit::setSecret(bool secret)
{
    m_secret = secret;
    refresh();
}

void SecretEdit::setForgettable(bool forgettable)
{
    m_forgettable = forgettable;
    refresh();
}

QString SecretEdit::value() const
{
    return m_edit->text().isEmpty() ? m_stored : m_edit->text();
}

void SecretEdit::setValue(const QString &value)
{
    if (value == this->value()) {
        return;
    }
    m_stored = secretKeys(value).isEmpty() ? QString() : value;
    m_timer.stop();
    const QSignalBlocker blocker(m_edit);
    m_edit->setText(m_stored.isEmpty() ? value : QString());
    refresh();
}

bool SecretEdit::isStored() const
{
    return !m_stored.isEmpty() && m_edit->text().isEmpty();
}

QList<QWidget *> SecretEdit::tabStops() const
{
    return {m_edit, m_reveal, m_forget};
}

void SecretEdit::reveal(bool revealed)
{
    if (revealed) {
        m_timer.start();
    } else {
        m_timer.stop();
    }
    refresh();
    QAccessibleEvent alert(m_reveal, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void SecretEdit::forget()
{
    m_stored.clear();
    refresh();
    m_edit->setFocus();
    Q_EMIT valueChanged(value());
}

void SecretEdit::refresh()
{
    const bool hasText = !m_edit->text().isEmpty();
    const bool hidden = m_secret && !isRevealed();
    m_edit->setEchoMode(hidden ? QLineEdit::Password : QLineEdit::Normal);
    m_edit->setPlaceholderText(isStored() ? tr("•••••••• in the keychain") : QString());
    // A button that goes while it has the focus would hand the focus to nowhere in particular.
    m_reveal->setVisible(m_secret && !isStored());
    m_reveal->setEnabled(hasText || m_reveal->hasFocus());
    m_reveal->setIcon(icon(hidden ? Symbol::Reveal : Symbol::Conceal));
    const QString name = hidden ? tr("Show %1 for a moment") : tr("Hide %1");
    m_reveal->setAccessibleName(name.arg(label()));
    m_reveal->setToolTip(name.arg(label()));
    m_forget->setVisible(m_forgettable && isStored());
    m_forget->setAccessibleName(tr("Forget the stored %1").arg(label()));
    m_forget->setToolTip(m_forget->accessibleName());
}

} // namespace Tocsin

#include "moc_secretedit.cpp"
