// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "toolbuttonrow.h"

#include "metrics.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace Tocsin {

ToolButtonRow::ToolButtonRow(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::tight);
    m_layout->setSizeConstraint(QLayout::SetNoConstraint);
    m_layout->addStretch();
}

void ToolButtonRow::add(QToolButton *button)
{
    m_layout->insertWidget(m_layout->count() - 1, button);
    m_buttons.append(button);
    connect(button->defaultAction(), &QAction::changed, this, &ToolButtonRow::measure);
    measure();
}

QSize ToolButtonRow::sizeHint() const
{
    return m_whole;
}

QSize ToolButtonRow::minimumSizeHint() const
{
    return m_least;
}

void ToolButtonRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void ToolButtonRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measure();
    }
}

void ToolButtonRow::measure()
{
    const auto sum = [this](Qt::ToolButtonStyle style) {
        setShown(style);
        QSize all(-m_layout->spacing(), 0);
        for (const auto *button : std::as_const(m_buttons)) {
            const QSize one = button->sizeHint();
            all = QSize(all.width() + one.width() + m_layout->spacing(), std::max(all.height(), one.height()));
        }
        return all;
    };
    m_least = sum(Qt::ToolButtonIconOnly);
    m_whole = sum(Qt::ToolButtonTextBesideIcon);
    updateGeometry();
    fit();
}

void ToolButtonRow::fit()
{
    setShown(width() < m_whole.width() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

void ToolButtonRow::setShown(Qt::ToolButtonStyle style)
{
    for (auto *button : std::as_const(m_buttons)) {
        button->setToolButtonStyle(style);
    }
}

} // namespace Tocsin

#include "moc_toolbuttonrow.cpp"
