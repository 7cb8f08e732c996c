// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "factgrid.h"

#include "fonts.h"
#include "metrics.h"
#include "rolelabel.h"
#include "wrappingtext.h"

#include <QGridLayout>

namespace Tocsin {

FactGrid::FactGrid(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(Metrics::medium);
    m_layout->setVerticalSpacing(Metrics::tight);
    m_layout->setColumnStretch(1, 1);
}

void FactGrid::addFact(const QString &label, const QString &value, Face face, const QString &toolTip)
{
    if (value.isEmpty()) {
        return;
    }
    auto *name = new RoleLabel(label, this);
    auto *text = new WrappingText(this);
    if (face == Face::Fixed) {
        text->setFont(fixedFont());
        text->setLayoutDirection(Qt::LeftToRight);
        text->setWordWrapMode(QTextOption::WrapAnywhere);
    }
    text->setPlainText(value);
    text->setAccessibleName(label);
    text->setToolTip(toolTip);
    name->setBuddy(text);
    m_layout->addWidget(name, m_rows, 0, Qt::AlignTop);
    m_layout->addWidget(text, m_rows, 1);
    ++m_rows;
}

} // namespace Tocsin

#include "moc_factgrid.cpp"
