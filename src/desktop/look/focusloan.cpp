// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "focusloan.h"

#include <algorithm>
#include <utility>

namespace Tocsin {

void FocusLoan::lend(const QList<QWidget *> &owners, QWidget *standIn)
{
    QWidget *focused = standIn->window()->focusWidget(); // also while another window is active
    const bool isTheirs = focused && std::any_of(owners.cbegin(), owners.cend(), [focused](const QWidget *owner) {
                              return owner == focused || owner->isAncestorOf(focused);
                          });
    if (isTheirs) {
        m_owner = focused;
        standIn->setFocus(Qt::OtherFocusReason);
    }
}

void FocusLoan::giveBack(QWidget *standIn, QWidget *usual)
{
    const QPointer<QWidget> owner = std::exchange(m_owner, nullptr);
    QWidget *next = owner ? owner.data() : usual;
    if (next && standIn->window()->focusWidget() == standIn) {
        next->setFocus(Qt::OtherFocusReason);
    }
}

} // namespace Tocsin
