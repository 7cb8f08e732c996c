// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"

#include "accessiblechoices.h"
#include "accessiblecombobox.h"
#include "accessiblemenubutton.h"
#include "accessiblevalue.h"
#include "menubutton.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QComboBox>

namespace Tocsin {

namespace {

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    if (auto *comboBox = qobject_cast<QComboBox *>(object)) {
        return new AccessibleComboBox(comboBox);
    }
    if (auto *view = qobject_cast<QAbstractItemView *>(object)) {
        const QWidget *container = view->parentWidget();
        auto *owner = qobject_cast<QComboBox *>(container ? container->parentWidget() : nullptr);
        if (owner && owner->view() == view) {
            return new AccessibleChoices(view, owner);
        }
    }
    if (auto *menuButton = qobject_cast<MenuButton *>(object)) {
        return new AccessibleMenuButton(menuButton);
    }
    auto *widget = qobject_cast<QWidget *>(object);
    if (widget && widget->metaObject()->indexOfProperty("accessibleValue") >= 0) {
        return new AccessibleValue(widget);
    }
    return nullptr;
}

} // namespace

void installAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace Tocsin
