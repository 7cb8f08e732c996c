// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QItemSelectionModel>

class QAbstractItemView;

namespace Tocsin {

/// Selects whole rows though the view selects items: assistive technology that selects a row of a tree through Qt means
/// its place among its siblings, and Qt takes it for the place on the screen; selecting an item has no such doubt.
class RowSelection : public QItemSelectionModel
{
    Q_OBJECT

public:
    using QItemSelectionModel::QItemSelectionModel;

    void select(const QModelIndex &index, SelectionFlags command) override;
    void select(const QItemSelection &selection, SelectionFlags command) override;
};

/// What assistive technology selects becomes the current row and has the focus, so that the keys go there.
void followSelection(QAbstractItemView *view);

} // namespace Tocsin
