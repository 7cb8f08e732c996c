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
            const QModelIndexList rows = view->selectionModel()->selectedRows();
            const QModelIndex current = view->currentIndex();
            if (rows.size() == 1 && rows.constFirst() != current.siblingAtColumn(0)) {
                view->setCurrentIndex(rows.constFirst());
                view->setFocus(Qt::OtherFocusReason);
            }
        },
        Qt::QueuedConnection);
}

} // namespace Tocsin
