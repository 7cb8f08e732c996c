// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

namespace Tocsin {

/// The focus of widgets that cannot have it for a while: another has it meanwhile, and they have it back afterwards.
/// Without it, Qt moves the focus on to whatever comes next when what has it is disabled or hidden.
class FocusLoan
{
public:
    /// Before `owners` are disabled or hidden: `standIn`, which can be seen by then, takes the focus if it is on one of
    /// them or in it.
    void lend(const QList<QWidget *> &owners, QWidget *standIn);
    /// Once the owners are back and before `standIn` goes: where that has the focus still, the one that lent it has it
    /// again, or `usual` when a person had come to the stand-in.
    void giveBack(QWidget *standIn, QWidget *usual = nullptr);

private:
    QPointer<QWidget> m_owner;
};

} // namespace Tocsin
