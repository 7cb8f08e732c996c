// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QFormLayout;
class QWidget;

namespace Tocsin {

/// The columns that all form layouts below one widget have in common: labels in one column beside their fields, in
/// all not wider than Metrics::formWidth; where that is too narrow, labels above their fields.
class FormColumns : public QObject
{
    Q_OBJECT

public:
    explicit FormColumns(QWidget *form);

    /// Its fields may be wider than others: they take what the window has.
    void setWide(QFormLayout *layout);
    /// The narrowest width at which all of the form is seen, which is with labels above.
    int leastWidth() const;
    bool areLabelsAbove() const { return m_areLabelsAbove; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void arrange();
    void place(QFormLayout &layout) const;
    void turnLinks(const QFormLayout &layout) const;
    void limit(QFormLayout &layout, int surplus) const;
    int measuredColumn() const;
    int width() const;

    QWidget *m_form;
    QList<QFormLayout *> m_layouts;
    QList<QFormLayout *> m_wide;
    int m_column = 0;
    int m_surplus = -1;
    bool m_areLabelsAbove = false;
};

} // namespace Tocsin
