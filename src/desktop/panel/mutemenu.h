// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mute.h"

#include <QMenu>

class QTableView;

namespace Tocsin {

/// For how long something is to be muted; the last entry asks for a moment.
class MuteMenu : public QMenu
{
    Q_OBJECT

public:
    explicit MuteMenu(QWidget *parent);

    /// At the current row, as a context menu is.
    void popUpAt(const QTableView &table);

Q_SIGNALS:
    void chosen(const Tocsin::MuteSpan &span);

private:
    void offer(const QString &text, const MuteSpan &span);
    void askForMoment();
};

} // namespace Tocsin
