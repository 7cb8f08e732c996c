// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "navigation.h"

#include "deliverystateview.h"
#include "metrics.h"
#include "navigationbutton.h"
#include "statusdot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace Tocsin {

namespace {
constexpr int expandedWidth = 196;
} // namespace

Navigation::Navigation(QWidget *parent)
    : QWidget(parent)
    , m_pages(new QVBoxLayout)
    , m_deliveryState(new DeliveryStateView(this))
    , m_keychainDot(new StatusDot(this))
    , m_keychainLabel(new QLabel(this))
    , m_settings(new NavigationButton(Symbol::Settings, tr("Settings"), this))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(tr("Pages"));
    m_pages->setSpacing(2);
    m_keychainLabel->setTextFormat(Qt::PlainText);
    m_settings->setCheckable(false);

    auto *state = new QHBoxLayout;
    state->setContentsMargins(Metrics::medium, 0, 0, 0);
    state->setSpacing(Metrics::small);
    state->addWidget(m_keychainDot, 0, Qt::AlignLeft);
    state->addWidget(m_keychainLabel, 1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::small, Metrics::medium, Metrics::small + 1, Metrics::medium);
    layout->setSpacing(Metrics::tight);
    layout->addLayout(m_pages);
    layout->addStretch();
    layout->addWidget(m_deliveryState);
    layout->addLayout(state);
    layout->addWidget(m_settings);

    connect(m_settings, &QAbstractButton::clicked, this, &Navigation::settingsChosen);
    setCollapsed(false);
}

NavigationButton *Navigation::addPage(Symbol symbol, const QString &name, const QKeySequence &keys)
{
    auto *button = new NavigationButton(symbol, name, this);
    button->setKeys(keys);
    button->setCollapsed(m_collapsed);
    const int page = static_cast<int>(m_buttons.size());
    m_buttons.append(button);
    m_pages->addWidget(button);
    connect(button, &QAbstractButton::clicked, this, [this, page] { Q_EMIT pageChosen(page); });
    return button;
}

void Navigation::setCurrentPage(int page)
{
    if (auto *button = m_buttons.value(page)) {
        button->setChecked(true);
    }
}

void Navigation::setKeychainStatus(ColorRole role, const QString &words, const QString &sentence)
{
    m_keychainDot->setStatus(role, words);
    m_keychainDot->setToolTip(sentence);
    m_keychainLabel->setText(words);
    m_keychainLabel->setToolTip(sentence);
    m_keychainLabel->setAccessibleDescription(sentence);
}

void Navigation::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    for (auto *button : std::as_const(m_buttons)) {
        button->setCollapsed(collapsed);
    }
    m_deliveryState->setCollapsed(collapsed);
    m_keychainLabel->setVisible(!collapsed);
    m_settings->setCollapsed(collapsed);
    setFixedWidth(collapsed ? Metrics::icon + 2 * Metrics::medium + 2 * Metrics::small + 1 : expandedWidth);
}

void Navigation::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window).darker(isDark(palette()) ? 115 : 103));
    painter.fillRect(layoutDirection() == Qt::RightToLeft ? QRect(0, 0, 1, height())
                                                          : QRect(width() - 1, 0, 1, height()),
                     hairline(palette()));
}

} // namespace Tocsin

#include "moc_navigation.cpp"
