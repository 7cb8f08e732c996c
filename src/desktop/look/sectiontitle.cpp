// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sectiontitle.h"

#include "colorroles.h"
#include "headinglabel.h"
#include "metrics.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace Tocsin {

SectionTitle::SectionTitle(QWidget *parent)
    : SectionTitle(QString(), parent)
{
}

SectionTitle::SectionTitle(const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(text, this))
{
    m_label->setTextFormat(Qt::PlainText);
    m_label->setFont(semiboldFont());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, Metrics::tight + 1);
    layout->addWidget(m_label);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QString SectionTitle::text() const
{
    return m_label->text();
}

void SectionTitle::setText(const QString &text)
{
    m_label->setText(text);
}

void SectionTitle::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange) {
        m_label->setFont(semiboldFont());
    }
    QWidget::changeEvent(event);
}

void SectionTitle::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(QRect(0, height() - 1, width(), 1), hairline(palette()));
}

} // namespace Tocsin

#include "moc_sectiontitle.cpp"
