// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessiblevalue.h"

#include <QHash>
#include <QPointer>

namespace Tocsin {

class DeliveriesChart;

/// Installs the two below, once.
void installChartAccessibility();

/// The chart: its bars are its children, the current one's figures its value.
class AccessibleChart : public AccessibleValue
{
public:
    explicit AccessibleChart(DeliveriesChart *chart);
    ~AccessibleChart() override;

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

private:
    DeliveriesChart *chart() const;

    mutable QHash<int, QAccessible::Id> m_bars;
};

/// One bar, whose name says its figures; pressing it chooses its time.
class AccessibleBar : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    AccessibleBar(DeliveriesChart *chart, int bar);

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString &actionName) override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    QPointer<DeliveriesChart> m_chart;
    int m_bar;
};

} // namespace Tocsin
