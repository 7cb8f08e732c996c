// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "icons.h"

#include <QAbstractButton>

namespace Tocsin {

/// One page in the navigation: icon, name, and at the right a count that matters. A page tab to a screen reader, with
/// the count as its value; where it cannot be checked, a button.
class NavigationButton : public QAbstractButton
{
    Q_OBJECT
    Q_PROPERTY(QString accessibleValue READ count STORED false)
    Q_PROPERTY(int accessibleRole READ accessibleRole STORED false)

public:
    NavigationButton(Symbol symbol, const QString &name, QWidget *parent = nullptr);

    QString count() const { return m_count; }
    void setCount(const QString &count);
    /// What the tooltip says beside the name.
    void setExplanation(const QString &explanation);
    /// That do the same; the tool tip says them.
    void setKeys(const QKeySequence &keys);
    /// Only the icon is shown; name and count are in the tooltip.
    void setCollapsed(bool collapsed);
    int accessibleRole() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void updateToolTip();

    Symbol m_symbol;
    QString m_count;
    QString m_explanation;
    QString m_keys;
    bool m_collapsed = false;
};

} // namespace Tocsin
