// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deathcausesview.h"

#include "deathcauserow.h"

#include <QVBoxLayout>

#include <algorithm>

namespace Tocsin {

namespace {

constexpr int mostRowsSeen = 4;

bool isSame(const DeathCause &one, const DeathCause &other)
{
    return one.webhookId == other.webhookId && one.key == other.key;
}

} // namespace

DeathCausesView::DeathCausesView(QWidget *parent)
    : QScrollArea(parent)
{
    setAccessibleName(tr("Causes"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget(this);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setWidget(content);
}

void DeathCausesView::setCauses(const QList<DeathCause> &causes)
{
    QList<DeathCauseRow *> rows;
    for (const auto &cause : causes) {
        auto *row = rowOf(cause);
        if (!row) {
            row = addRow();
        }
        row->setCause(cause);
        row->setHasWebhook(m_known.contains(cause.webhookId));
        row->setChosen(m_chosen && isSame(*m_chosen, cause));
        rows.append(row);
    }
    for (auto *row : std::as_const(m_rows)) {
        if (!rows.contains(row)) {
            m_layout->removeWidget(row);
            row->deleteLater();
        }
    }
    if (m_rows != rows) {
        for (auto *row : std::as_const(rows)) {
            m_layout->removeWidget(row);
            m_layout->addWidget(row);
            row->show();
        }
        QWidget *before = nullptr;
        for (auto *row : std::as_const(rows)) {
            for (auto *widget : row->findChildren<QWidget *>()) {
                if (widget->focusPolicy() != Qt::NoFocus) {
                    setTabOrder(before ? before : this, widget);
                    before = widget;
                }
            }
        }
        m_rows = rows;
        updateGeometry();
    }
}

void DeathCausesView::setKnown(const QSet<QString> &webhooks)
{
    m_known = webhooks;
    for (auto *row : std::as_const(m_rows)) {
        row->setHasWebhook(m_known.contains(row->cause().webhookId));
    }
}

void DeathCausesView::setChosen(const std::optional<DeathCause> &cause)
{
    m_chosen = cause;
    for (auto *row : std::as_const(m_rows)) {
        row->setChosen(m_chosen && isSame(*m_chosen, row->cause()));
    }
}

bool DeathCausesView::isChosenThere() const
{
    return m_chosen && rowOf(*m_chosen);
}

QSize DeathCausesView::sizeHint() const
{
    int height = 2 * frameWidth();
    for (int i = 0; i < std::min<int>(mostRowsSeen, static_cast<int>(m_rows.size())); ++i) {
        height += m_rows.at(i)->sizeHint().height();
    }
    return {QScrollArea::sizeHint().width(), height};
}

DeathCauseRow *DeathCausesView::rowOf(const DeathCause &cause) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&cause](const DeathCauseRow *row) { return isSame(row->cause(), cause); });
    return found == m_rows.end() ? nullptr : *found;
}

DeathCauseRow *DeathCausesView::addRow()
{
    auto *row = new DeathCauseRow(widget());
    connect(row, &DeathCauseRow::toggled, this, [this, row](bool on) {
        if (on) {
            Q_EMIT chosen(row->cause());
        } else {
            Q_EMIT released();
        }
    });
    connect(row, &DeathCauseRow::editRequested, this,
            [this, row] { Q_EMIT editRequested(row->cause().webhookId, row->cause().field); });
    connect(row, &DeathCauseRow::replayRequested, this, [this, row] { Q_EMIT replayRequested(row->cause()); });
    return row;
}

} // namespace Tocsin

#include "moc_deathcausesview.cpp"
