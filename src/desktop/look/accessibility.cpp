// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"

#include "accessiblechoices.h"
#include "accessiblecombobox.h"
#include "accessiblemenubutton.h"
#include "accessibletabs.h"
#include "accessiblevalue.h"
#include "menubutton.h"

#include <QAbstractItemView>
#include <QAccessibleWidget>
#include <QComboBox>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

/// `className` is the object's class first, then each one that it inherits, until one is known.
QAccessibleInterface *makeInterface(const QString &className, QObject *object)
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
    if (auto *tabs = qobject_cast<FoldingTabBar *>(object)) {
        return new AccessibleTabs(tabs);
    }
    auto *widget = qobject_cast<QWidget *>(object);
    if (widget && widget->metaObject()->indexOfProperty("accessibleValue") >= 0) {
        return new AccessibleValue(widget);
    }
    // Qt's own one reads beyond its children when it is asked for a scroll bar that has just gone.
    if (className == "QScrollArea"_L1 || className == "QAbstractScrollArea"_L1) {
        return new QAccessibleWidget(widget, QAccessible::Client);
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
