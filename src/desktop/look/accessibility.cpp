// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"

#include "accessiblecombobox.h"
#include "accessiblevalue.h"

#include <QAccessible>

namespace Tocsin {

namespace {

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    if (auto *comboBox = qobject_cast<QComboBox *>(object)) {
        return new AccessibleComboBox(comboBox);
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
