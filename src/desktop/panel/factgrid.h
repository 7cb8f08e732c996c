// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QGridLayout;

namespace Tocsin {

/// Labelled facts, one below the other: quiet labels in one column, values to read and copy in the next.
class FactGrid : public QWidget
{
    Q_OBJECT

public:
    enum class Face { Proportional, Fixed };

    explicit FactGrid(QWidget *parent = nullptr);

    /// A value that is empty is not shown.
    void addFact(const QString &label, const QString &value, Face face = Face::Proportional,
                 const QString &toolTip = {});
    bool isEmpty() const { return m_rows == 0; }

private:
    QGridLayout *m_layout;
    int m_rows = 0;
};

} // namespace Tocsin
