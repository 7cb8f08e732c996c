// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hiddencells.h"

#include <QItemSelectionModel>
#include <QTableView>

namespace Tocsin {

/// A table in which one moves by rows: Home and End, with Ctrl as without, go to the first and the last one, and with
/// Shift they select up to it. Shift+F10 opens the row's menu everywhere, as the menu key does. A text with line breaks
/// is shown in its row's one line.
class RowTable : public HiddenCells<QTableView>
{
    Q_OBJECT

public:
    explicit RowTable(QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index, const QEvent *event) const override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    void openMenu();
    void selectUpTo(const QModelIndex &target);

    bool m_goesToARow = false;
};

} // namespace Tocsin
