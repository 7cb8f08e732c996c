// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "headerrowedit.h"

#include "fonts.h"
#include "icons.h"
#include "metrics.h"
#include "oneline.h"
#include "secretedit.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace Tocsin {

HeaderRowEdit::HeaderRowEdit(Kind kind, QWidget *parent)
    : NamedGroup(parent)
    , m_kind(kind)
    , m_key(new QLineEdit(this))
    , m_value(new SecretEdit(this))
    , m_lock(new QToolButton(this))
    , m_remove(new QToolButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addWidget(m_key, keyShare);
    layout->addWidget(m_value, valueShare);
    layout->addWidget(m_lock);
    layout->addWidget(m_remove);
    m_key->setFont(fixedFont());
    m_key->setLayoutDirection(Qt::LeftToRight);
    m_key->setAccessibleName(m_kind == Kind::Header ? tr("Key") : tr("Parameter key"));
    m_value->edit()->setFont(fixedFont());
    m_value->setLabel(m_kind == Kind::Header ? tr("Value") : tr("Parameter value"));
    keepToOneLine(m_value->edit());
    m_lock->setCheckable(true);
    m_lock->setVisible(m_kind == Kind::Header);
    m_remove->setIcon(icon(Symbol::Close));
    for (QToolButton *button : {m_lock, m_remove}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->installEventFilter(this);
    }
    m_key->installEventFilter(this);

    connect(m_key, &QLineEdit::textChanged, this, &HeaderRowEdit::keyChanged);
    connect(m_value, &SecretEdit::valueChanged, this, [this] {
        updateLock();
        Q_EMIT changed();
    });
    connect(m_key, &QLineEdit::returnPressed, m_value->edit(), [this] {
        if (!m_key->text().isEmpty()) {
            m_value->edit()->setFocus(Qt::TabFocusReason);
        }
    });
    connect(m_value->edit(), &QLineEdit::returnPressed, this, &HeaderRowEdit::entered);
    connect(m_lock, &QToolButton::toggled, this, [this](bool locked) {
        m_locked = locked;
        updateLock();
        Q_EMIT changed();
    });
    connect(m_remove, &QToolButton::clicked, this, &HeaderRowEdit::removeRequested);
    setNumber(1);
}

QList<QWidget *> HeaderRowEdit::tabStops() const
{
    const auto buttons = m_kind == Kind::Header ? QList<QWidget *>{m_lock, m_remove} : QList<QWidget *>{m_remove};
    return QList<QWidget *>{m_key} + m_value->tabStops() + buttons;
}

int HeaderRowEdit::buttonsWidth() const
{
    const int lockWidth = m_kind == Kind::Header ? m_lock->sizeHint().width() + Metrics::tight : 0;
    return lockWidth + m_remove->sizeHint().width();
}

void HeaderRowEdit::setNumber(int number)
{
    m_number = number;
    if (m_kind == Kind::Header) {
        setAccessibleName(tr("Header %1").arg(number));
        m_remove->setAccessibleName(tr("Remove header %1").arg(number));
        m_remove->setToolTip(tr("Remove header %1 (Delete)").arg(number));
    } else {
        setAccessibleName(tr("Parameter %1").arg(number));
        m_remove->setAccessibleName(tr("Remove parameter %1").arg(number));
        m_remove->setToolTip(tr("Remove parameter %1 (Delete)").arg(number));
    }
    updateLock();
}

void HeaderRowEdit::setRow(const HeaderRow &row)
{
    {
        const QSignalBlocker blocker(m_key);
        if (m_key->text() != row.name) {
            m_key->setText(row.name);
        }
    }
    m_value->setValue(row.value);
    m_locked = row.locked;
    updateLock();
}

HeaderRow HeaderRowEdit::row() const
{
    return {.name = m_key->text().trimmed(), .value = m_value->value(), .locked = m_locked};
}

bool HeaderRowEdit::isLocked(const HeaderRow &row) const
{
    return m_kind == Kind::Header ? row.isLocked() : looksSecretParameter(row.name) || row.isStored();
}

void HeaderRowEdit::setRemovable(bool removable)
{
    // Hidden, it would still have to keep its place, so that the columns stay columns.
    m_remove->setEnabled(removable);
}

void HeaderRowEdit::keyChanged(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    if (text.contains(u'\n') || (colon >= 0 && colon < text.size() - 1)) {
        const QSignalBlocker blocker(m_key);
        m_key->clear();
        Q_EMIT pasted(text);
        return;
    }
    if (colon >= 0) {
        const QSignalBlocker blocker(m_key);
        m_key->setText(text.first(colon));
        m_value->setFocus(Qt::TabFocusReason);
    }
    updateLock();
    Q_EMIT changed();
}

void HeaderRowEdit::updateLock()
{
    const HeaderRow now = row();
    const bool locked = isLocked(now);
    {
        const QSignalBlocker blocker(m_lock);
        m_lock->setChecked(locked);
    }
    m_lock->setIcon(icon(locked ? Symbol::Lock : Symbol::Unlock));
    m_lock->setAccessibleName(tr("Keep header %1 in keychain").arg(m_number));
    m_lock->setEnabled(!m_value->isStored());
    m_lock->setToolTip(m_value->isStored() ? tr("The value is in the keychain; type another to change it")
                           : locked        ? tr("The value is kept in the keychain; press to keep it in the open")
                                           : tr("The value is kept in the open; press to keep it in the keychain"));
    m_value->setSecret(locked);
    setSummary(now.name);
}

bool HeaderRowEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete
        && m_remove->isEnabled() && (watched != m_key || m_key->text().isEmpty())) {
        Q_EMIT removeRequested();
        return true;
    }
    return NamedGroup::eventFilter(watched, event);
}

} // namespace Tocsin

#include "moc_headerrowedit.cpp"
