// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mutes.h"

#include <QMenu>
#include <QPointer>

#include <functional>

class QTableView;

namespace Tocsin {

/// For how long something is to be muted; the last entry asks for a moment.
class MuteMenu : public QMenu
{
    Q_OBJECT

public:
    explicit MuteMenu(QWidget *parent);

    /// Whose mute the dialog that asks for a moment speaks of.
    void setSubjects(const std::function<QList<Mutes::Named>()> &subjects) { m_subjects = subjects; }
    /// At the current row, as a context menu is; once the table's window is active, where a dialog is closing: Qt hears
    /// of no activation while a popup is open, and the focus would be nowhere afterwards.
    void popUpAt(QTableView &table);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void chosen(const Tocsin::MuteSpan &span);

private:
    void offer(const QString &text, const MuteSpan &span);
    void popUpWhenActive();
    void askForMoment();
    QString question() const;

    std::function<QList<Mutes::Named>()> m_subjects;
    QPointer<QTableView> m_waiting; ///< where it is to open
};

} // namespace Tocsin
