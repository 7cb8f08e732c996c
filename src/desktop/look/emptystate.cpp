// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "emptystate.h"

#include "headinglabel.h"
#include "metrics.h"
#include "primarybutton.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr int iconSize = 48;
constexpr int textWidth = 440; // where there is so much
constexpr int narrowestText = 200;
} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_heading(new HeadingLabel(this))
    , m_sentence(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    m_icon->setAlignment(Qt::AlignCenter);
    m_heading->setAlignment(Qt::AlignCenter);
    m_heading->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_buttons->setSpacing(Metrics::small);
    m_buttons->addStretch();
    m_buttons->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setSizeConstraint(QLayout::SetNoConstraint);
    layout->setSpacing(Metrics::medium);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addWidget(m_heading);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    layout->addSpacing(Metrics::tight);
    layout->addLayout(m_buttons);
    layout->addStretch(3);
}

void EmptyState::setWords(Symbol symbol, const QString &heading, const QString &sentence)
{
    m_symbol = symbol;
    m_heading->setText(heading);
    m_sentence->setText(sentence);
    if (isVisible()) {
        fit();
    }
}

QPushButton *EmptyState::addAction(const QString &text, bool primary)
{
    QPushButton *button = primary ? new PrimaryButton(text, this) : new QPushButton(text, this);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    const bool changesLook = event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange;
    if (changesLook && isVisible()) {
        fit();
    }
}

void EmptyState::showEvent(QShowEvent *event)
{
    fit();
    QWidget::showEvent(event);
}

void EmptyState::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

/// Its sentence gives way.
QSize EmptyState::minimumSizeHint() const
{
    const auto margins = layout()->contentsMargins();
    return {std::max(narrowestText, m_buttons->minimumSize().width()) + margins.left() + margins.right(),
            layout()->minimumSize().height()};
}

void EmptyState::fit()
{
    const auto margins = layout()->contentsMargins();
    const int text = std::clamp(width() - margins.left() - margins.right(), narrowestText, textWidth);
    m_sentence->setFixedSize(text, m_sentence->heightForWidth(text));
    m_icon->setPixmap(pixmap(m_symbol, color(ColorRole::Inactive, palette()), iconSize, devicePixelRatioF()));
}

} // namespace Tocsin

#include "moc_emptystate.cpp"
