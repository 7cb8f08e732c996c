// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rowselection.h"

#include <QAbstractItemView>

namespace Tocsin {

void RowSelection::select(const QModelIndex &index, SelectionFlags command)
{
    QItemSelectionModel::select(index, command | Rows);
}

void RowSelection::select(const QItemSelection &selection, SelectionFlags command)
{
    QItemSelectionModel::select(selection, command | Rows);
}

void followSelection(QAbstractItemView *view)
{
    // Later, because a row that becomes the current one is selected before it is.
    QObject::connect(
        view->selectionModel(), &QItemSelectionModel::selectionChanged, view,
        [view] {
            const QItemSelection selection = view->selectionModel()->selection();
            if (selection.size() != 1 || selection.constFirst().height() != 1) {
                return; // counted by ranges: there may be hundreds of thousands of rows
            }
            const QItemSelectionRange range = selection.constFirst();
            const QModelIndex row = view->model()->index(range.top(), 0, range.parent());
            if (row != view->currentIndex().siblingAtColumn(0)) {
                view->setCurrentIndex(row);
                view->setFocus(Qt::OtherFocusReason);
            }
        },
        Qt::QueuedConnection);
}

} // namespace Tocsin

#include "moc_rowselection.cpp"
