// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QWidget>

namespace Tocsin {

/// A part of a form that is one thing to a screen reader: a group with a name, and in short what it holds.
class NamedGroup : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString accessibleValue READ summary STORED false)
    Q_PROPERTY(int accessibleRole READ groupingRole CONSTANT STORED false)

public:
    using QWidget::QWidget;

    QString summary() const { return m_summary; }
    void setSummary(const QString &summary) { m_summary = summary; }

private:
    static int groupingRole() { return QAccessible::Grouping; }

    QString m_summary;
};

} // namespace Tocsin
