// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rowtable.h"

#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

#include <algorithm>

namespace Tocsin {

namespace {

/// Qt would show no more than the first line, and an ellipsis.
class OneLineDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->text.replace(QChar::LineSeparator, QChar::Space);
    }
};

} // namespace

RowTable::RowTable(QWidget *parent)
    : HiddenCells(parent)
{
    setItemDelegate(new OneLineDelegate(this));
}

void RowTable::keyPressEvent(QKeyEvent *event)
{
    const auto modifiers = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier);
    const bool isHome = event->key() == Qt::Key_Home;
    const bool goes = (isHome || event->key() == Qt::Key_End) && !modifiers.testFlag(Qt::AltModifier);
    if (event->key() == Qt::Key_F10 && modifiers == Qt::ShiftModifier) { // Qt knows it on Windows alone
        openMenu();
    } else if (goes && modifiers.testFlag(Qt::ShiftModifier) && selectionMode() == ExtendedSelection) {
        selectUpTo(moveCursor(isHome ? MoveHome : MoveEnd, {}));
    } else if (goes) {
        const QScopedValueRollback going(m_goesToARow, true);
        setCurrentIndex(moveCursor(isHome ? MoveHome : MoveEnd, {}));
    } else {
        QTableView::keyPressEvent(event);
    }
}

QItemSelectionModel::SelectionFlags RowTable::selectionCommand(const QModelIndex &index, const QEvent *event) const
{
    return m_goesToARow ? QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows // with Ctrl, Qt would not
                        : QTableView::selectionCommand(index, event);
}

QModelIndex RowTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if ((action != MoveHome && action != MoveEnd) || !model() || model()->rowCount(rootIndex()) == 0) {
        return QTableView::moveCursor(action, modifiers);
    }
    const int row = action == MoveHome ? 0 : model()->rowCount(rootIndex()) - 1;
    return model()->index(row, std::max(0, currentIndex().column()), rootIndex());
}

void RowTable::openMenu()
{
    const QPoint place = visualRect(currentIndex()).center();
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, place, viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(viewport(), &asked);
}

/// Qt selects by places on the screen, and finds none for what was scrolled out above it.
void RowTable::selectUpTo(const QModelIndex &target)
{
    if (!target.isValid()) {
        return;
    }
    int anchor = std::max(0, currentIndex().row());
    const QItemSelection selection = selectionModel()->selection();
    if (selection.size() == 1 && selection.constFirst().top() == anchor) {
        anchor = selection.constFirst().bottom();
    } else if (selection.size() == 1 && selection.constFirst().bottom() == anchor) {
        anchor = selection.constFirst().top();
    }
    selectionModel()->setCurrentIndex(target, QItemSelectionModel::NoUpdate);
    selectionModel()->select(QItemSelection(target.siblingAtRow(anchor), target),
                             QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

} // namespace Tocsin

#include "moc_rowtable.cpp"
