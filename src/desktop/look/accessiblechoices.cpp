// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessiblechoices.h"

#include <QAbstractItemView>
#include <QComboBox>

namespace Tocsin {

AccessibleChoices::AccessibleChoices(QAbstractItemView *view, QComboBox *comboBox)
    : QAccessibleWidget(view)
    , m_comboBox(comboBox)
{
}

QAccessible::State AccessibleChoices::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.invisible = !widget()->isVisible();
    return state;
}

QString AccessibleChoices::text(QAccessible::Text kind) const
{
    const QAccessibleInterface *comboBox = QAccessible::queryAccessibleInterface(m_comboBox);
    return kind == QAccessible::Name && comboBox ? comboBox->text(kind) : QAccessibleWidget::text(kind);
}

int AccessibleChoices::childCount() const
{
    return m_comboBox ? m_comboBox->count() : 0;
}

QAccessibleInterface *AccessibleChoices::child(int index) const
{
    if (index < 0 || index >= childCount()) {
        return nullptr;
    }
    return m_items.item(index, [this, index] { return new AccessibleChoice(m_comboBox, index); });
}

int AccessibleChoices::indexOfChild(const QAccessibleInterface *child) const
{
    return m_items.indexOf(child);
}

QAccessibleInterface *AccessibleChoices::childAt(int x, int y) const
{
    const auto *view = static_cast<QAbstractItemView *>(widget());
    const QModelIndex found = view->indexAt(view->viewport()->mapFromGlobal(QPoint(x, y)));
    return found.isValid() ? child(found.row()) : nullptr;
}

QAccessibleInterface *AccessibleChoices::focusChild() const
{
    const auto *view = static_cast<QAbstractItemView *>(widget());
    return view->hasFocus() ? child(view->currentIndex().row()) : nullptr;
}

AccessibleChoice::AccessibleChoice(QComboBox *comboBox, int row)
    : m_comboBox(comboBox)
    , m_row(row)
{
}

bool AccessibleChoice::isValid() const
{
    return m_comboBox && m_row < m_comboBox->count();
}

QAccessibleInterface *AccessibleChoice::parent() const
{
    return m_comboBox ? QAccessible::queryAccessibleInterface(m_comboBox->view()) : nullptr;
}

QString AccessibleChoice::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Name && isValid() ? m_comboBox->itemText(m_row) : QString();
}

QRect AccessibleChoice::rect() const
{
    if (!isValid() || !m_comboBox->view()->isVisible()) {
        return {};
    }
    const QAbstractItemView *view = m_comboBox->view();
    const QModelIndex index =
        m_comboBox->model()->index(m_row, m_comboBox->modelColumn(), m_comboBox->rootModelIndex());
    const QRect item = view->visualRect(index);
    return {view->viewport()->mapToGlobal(item.topLeft()), item.size()};
}

QAccessible::State AccessibleChoice::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    const QAbstractItemView *view = m_comboBox->view();
    state.invisible = !view->isVisible();
    state.disabled = !m_comboBox->isEnabled();
    state.selectable = true;
    state.selected = m_comboBox->currentIndex() == m_row;
    state.focusable = true;
    state.focused = view->hasFocus() && view->currentIndex().row() == m_row;
    return state;
}

void AccessibleChoice::doAction(const QString &actionName)
{
    if (actionName != pressAction() || !isValid() || !m_comboBox->isEnabled()) {
        return;
    }
    m_comboBox->hidePopup();
    m_comboBox->setCurrentIndex(m_row);
    Q_EMIT m_comboBox->activated(m_row);
}

} // namespace Tocsin
