// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "copying.h"

#include "isolates.h"

#include <QAccessible>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QToolTip>
#include <QWidget>

namespace Tocsin {

namespace {
constexpr int shownInMs = 2000;
} // namespace

void copyText(const QString &text, QWidget *button)
{
    QGuiApplication::clipboard()->setText(withoutIsolates(text));
    QToolTip::showText(button->mapToGlobal(QPoint(0, button->height())),
                       QCoreApplication::translate("Tocsin::Copying", "Copied"), button, {}, shownInMs);
    QAccessibleEvent alert(button, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace Tocsin
