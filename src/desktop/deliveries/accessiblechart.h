// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibleitem.h"
#include "accessiblevalue.h"

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

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

private:
    DeliveriesChart *chart() const;

    mutable AccessibleItems m_bars;
};

/// One bar, whose name says its figures; pressing it chooses its time.
class AccessibleBar : public AccessibleItem
{
public:
    AccessibleBar(DeliveriesChart *chart, int bar);

    bool isValid() const override;
    QAccessibleInterface *parent() const override;
    QString text(QAccessible::Text kind) const override;
    QRect rect() const override;
    QAccessible::State state() const override;
    void doAction(const QString &actionName) override;

private:
    QPointer<DeliveriesChart> m_chart;
    int m_bar;
};

} // namespace Tocsin
