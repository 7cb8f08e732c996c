// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverystateview.h"

#include "deliverywords.h"
#include "metrics.h"
#include "statusdot.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

DeliveryStateView::DeliveryStateView(QWidget *parent)
    : QWidget(parent)
    , m_dot(new StatusDot(this))
    , m_state(new QLabel(this))
    , m_figures(new QLabel(this))
{
    setContextMenuPolicy(Qt::ActionsContextMenu);
    m_state->setObjectName(u"deliveryStateLabel"_s);
    m_figures->setObjectName(u"deliveryFiguresLabel"_s);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(Metrics::medium, 0, 0, 0);
    layout->setHorizontalSpacing(Metrics::small);
    layout->setVerticalSpacing(0);
    layout->addWidget(m_dot, 0, 0);
    layout->addWidget(m_state, 0, 1);
    layout->addWidget(m_figures, 1, 1);
    layout->setColumnStretch(1, 1);
    for (auto *label : {m_state, m_figures}) {
        label->setTextFormat(Qt::PlainText);
    }
    m_figures->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // they go by the room that there is
    paintQuietly();
}

void DeliveryStateView::setWords(const DeliveryWords &words)
{
    m_dot->setStatus(words.role, words.line());
    m_state->setText(words.state);
    m_state->setAccessibleDescription(words.sentence);
    m_figuresText = words.figures;
    showFigures();
    m_figures->setVisible(!m_isCollapsed && !m_figuresText.isEmpty());
    const QString tip = words.sentence.isEmpty() ? words.line() : words.line() + u'\n' + words.sentence;
    for (QWidget *part : std::initializer_list<QWidget *>{m_dot, m_state, m_figures}) {
        part->setToolTip(tip);
    }
}

void DeliveryStateView::setCollapsed(bool collapsed)
{
    m_isCollapsed = collapsed;
    m_state->setVisible(!collapsed);
    m_figures->setVisible(!collapsed && !m_figuresText.isEmpty());
}

/// In one line, or one below the other where they are too long for that.
void DeliveryStateView::showFigures()
{
    const int room = width() - m_figures->x();
    const bool fits = m_figures->fontMetrics().horizontalAdvance(m_figuresText) <= room;
    m_figures->setText(fits ? m_figuresText : QString(m_figuresText).replace(u" · "_s, u"\n"_s));
}

void DeliveryStateView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showFigures();
}

void DeliveryStateView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        paintQuietly();
    }
    QWidget::changeEvent(event);
}

void DeliveryStateView::paintQuietly()
{
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, quietText(palette()));
    if (m_figures->palette() != quiet) {
        m_figures->setPalette(quiet);
    }
}

} // namespace Tocsin

#include "moc_deliverystateview.cpp"
