// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessiblechart.h"

#include "deliverieschart.h"

namespace Tocsin {

namespace {

QAccessibleInterface *makeChartInterface(const QString &, QObject *object)
{
    auto *chart = qobject_cast<DeliveriesChart *>(object);
    return chart ? new AccessibleChart(chart) : nullptr;
}

} // namespace

void installChartAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeChartInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

AccessibleChart::AccessibleChart(DeliveriesChart *chart)
    : AccessibleValue(chart)
{
}

DeliveriesChart *AccessibleChart::chart() const
{
    return qobject_cast<DeliveriesChart *>(object());
}

int AccessibleChart::childCount() const
{
    return chart() ? chart()->count() : 0;
}

QAccessibleInterface *AccessibleChart::child(int index) const
{
    if (index < 0 || index >= childCount()) {
        return nullptr;
    }
    return m_bars.item(index, [this, index] { return new AccessibleBar(chart(), index); });
}

int AccessibleChart::indexOfChild(const QAccessibleInterface *child) const
{
    return m_bars.indexOf(child);
}

QAccessibleInterface *AccessibleChart::childAt(int x, int y) const
{
    return chart() ? child(chart()->barAt(chart()->mapFromGlobal(QPoint(x, y)))) : nullptr;
}

QAccessibleInterface *AccessibleChart::focusChild() const
{
    return chart() && chart()->hasFocus() ? child(chart()->current()) : nullptr;
}

AccessibleBar::AccessibleBar(DeliveriesChart *chart, int bar)
    : m_chart(chart)
    , m_bar(bar)
{
}

bool AccessibleBar::isValid() const
{
    return m_chart && m_bar < m_chart->count();
}

QAccessibleInterface *AccessibleBar::parent() const
{
    return m_chart ? QAccessible::queryAccessibleInterface(m_chart) : nullptr;
}

QString AccessibleBar::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Name && isValid() ? m_chart->text(m_bar) : QString();
}

QRect AccessibleBar::rect() const
{
    if (!isValid() || !m_chart->isVisible()) {
        return {};
    }
    const QRect place = m_chart->place(m_bar);
    return {m_chart->mapToGlobal(place.topLeft()), place.size()};
}

QAccessible::State AccessibleBar::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.invisible = !m_chart->isVisible();
    state.focusable = true;
    state.focused = m_chart->hasFocus() && m_chart->current() == m_bar;
    return state;
}

void AccessibleBar::doAction(const QString &actionName)
{
    if (actionName == pressAction() && isValid()) {
        m_chart->choose(m_bar);
    }
}

} // namespace Tocsin
