// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "formcolumns.h"

#include "metrics.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>
#include <utility>

namespace Tocsin {

namespace {

constexpr int narrowestField = 320; ///< beside a label; a narrower one is better off below it

/// A row's label, or the label and the links below it.
QList<QWidget *> labelsOf(const QFormLayout &layout, int row)
{
    QLayoutItem *item = layout.itemAt(row, QFormLayout::LabelRole);
    if (!item) {
        return {};
    }
    if (item->widget()) {
        return {item->widget()};
    }
    QList<QWidget *> labels;
    const QLayout *several = item->layout();
    for (int i = 0; several && i < several->count(); ++i) {
        if (QWidget *widget = several->itemAt(i)->widget()) {
            labels.append(widget);
        }
    }
    return labels;
}

/// What stands in a row has less height than it needs at its width.
bool isTooLow(const QLayoutItem *item)
{
    if (!item || item->isEmpty()) {
        return false;
    }
    const QSize size = item->geometry().size();
    const int needed = item->hasHeightForWidth() ? item->heightForWidth(size.width()) : item->minimumSize().height();
    return size.height() < needed;
}

/// Qt (6.4) may lay rows out that have a height for their width with the heights of the width it was asked about last.
void renewRows(QFormLayout &layout)
{
    bool areTooLow = false;
    for (int row = 0; row < layout.rowCount() && !areTooLow; ++row) {
        areTooLow = isTooLow(layout.itemAt(row, QFormLayout::FieldRole));
    }
    const QRect place = layout.geometry();
    if (areTooLow && place.height() >= layout.heightForWidth(place.width())) {
        layout.heightForWidth(place.width() + 1); // it forgets what it has for this width
        layout.setGeometry(place.adjusted(0, 0, 0, 1)); // the same place would be nothing to do
        layout.setGeometry(place);
    }
}

} // namespace

FormColumns::FormColumns(QWidget *form)
    : QObject(form)
    , m_form(form)
    , m_layouts(form->findChildren<QFormLayout *>())
{
    form->installEventFilter(this);
    for (const QFormLayout *layout : m_layouts) {
        layout->parentWidget()->installEventFilter(this); // once, if it has several
    }
    arrange();
}

void FormColumns::setWide(QFormLayout *layout)
{
    m_wide.append(layout);
    m_surplus = -1;
    arrange();
}

int FormColumns::width() const
{
    const QMargins margins = m_form->layout()->contentsMargins();
    return m_form->width() - margins.left() - margins.right();
}

int FormColumns::leastWidth() const
{
    const int now = m_form->layout()->totalMinimumSize().width();
    return m_areLabelsAbove ? now : now - m_column - Metrics::medium;
}

/// As wide as ever, unless the system's font is so large that a word would not fit.
int FormColumns::measuredColumn() const
{
    int column = Metrics::labelColumn;
    for (const QFormLayout *layout : m_layouts) {
        for (int row = 0; row < layout->rowCount(); ++row) {
            for (const QWidget *label : labelsOf(*layout, row)) {
                column = std::max(column, label->minimumSizeHint().width());
            }
        }
    }
    return column;
}

void FormColumns::arrange()
{
    const int column = measuredColumn();
    const QMargins margins = m_form->layout()->contentsMargins();
    const int needed = std::max(leastWidth() - margins.left() - margins.right(), narrowestField);
    const bool areAbove = width() < needed + column + Metrics::medium;
    if (areAbove != m_areLabelsAbove || column != m_column) {
        m_areLabelsAbove = areAbove;
        m_column = column;
        for (QFormLayout *layout : m_layouts) {
            place(*layout);
        }
    }
    for (const QFormLayout *layout : std::as_const(m_layouts)) {
        turnLinks(*layout);
    }
    const int surplus = std::max(0, width() - Metrics::formWidth);
    if (surplus != m_surplus) {
        m_surplus = surplus;
        for (QFormLayout *layout : m_layouts) {
            limit(*layout, m_wide.contains(layout) ? 0 : surplus);
        }
    }
}

void FormColumns::place(QFormLayout &layout) const
{
    // As high as a line to type in, so that both stand on one baseline whatever grows below the line.
    const int lineHeight = m_areLabelsAbove ? 0 : QLineEdit().sizeHint().height();
    layout.setRowWrapPolicy(m_areLabelsAbove ? QFormLayout::WrapAllRows : QFormLayout::DontWrapRows);
    layout.setVerticalSpacing(m_areLabelsAbove ? Metrics::tight : Metrics::small);
    for (int row = 0; row < layout.rowCount(); ++row) {
        const QList<QWidget *> labels = labelsOf(layout, row);
        for (QWidget *label : labels) {
            label->setMaximumWidth(m_areLabelsAbove ? QWIDGETSIZE_MAX : m_column);
        }
        if (labels.isEmpty()) {
            continue;
        }
        labels.constFirst()->setMinimumSize(m_areLabelsAbove ? 0 : m_column, lineHeight);
        QLayoutItem *item = layout.itemAt(row, QFormLayout::LabelRole);
        item->setAlignment(m_areLabelsAbove ? Qt::Alignment() : Qt::AlignTop);
        // Above, nearer to its own field than to the one before.
        const QMargins margins(0, m_areLabelsAbove && row > 0 ? Metrics::small : 0, 0, 0);
        if (item->layout()) {
            item->layout()->setContentsMargins(margins);
        } else {
            labels.constFirst()->setContentsMargins(margins);
        }
        if (auto *text = qobject_cast<QLabel *>(labels.constFirst())) {
            text->setWordWrap(!m_areLabelsAbove);
            // At the window's side, whatever direction its words have.
            const bool isMirrored = m_form->layoutDirection() == Qt::RightToLeft;
            text->setAlignment((isMirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter);
        }
    }
}

/// Links stand beside their label where that fits above the field. Qt gives a layout its size hint's width there.
void FormColumns::turnLinks(const QFormLayout &layout) const
{
    for (int row = 0; row < layout.rowCount(); ++row) {
        QLayoutItem *item = layout.itemAt(row, QFormLayout::LabelRole);
        auto *several = item ? qobject_cast<QBoxLayout *>(item->layout()) : nullptr;
        if (!several) {
            continue;
        }
        int beside = -Metrics::medium;
        for (const QWidget *label : labelsOf(layout, row)) {
            beside += label->sizeHint().width() + Metrics::medium;
        }
        const bool areBeside = m_areLabelsAbove && beside <= width();
        const auto direction = areBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
        if (several->direction() != direction) { // each call would ask for another layout
            several->setDirection(direction);
            several->setSpacing(areBeside ? Metrics::medium : Metrics::tight);
        }
    }
}

void FormColumns::limit(QFormLayout &layout, int surplus) const
{
    const bool isLimitedAlready = std::any_of(m_layouts.cbegin(), m_layouts.cend(), [&layout](const auto *outer) {
        return outer->indexOf(layout.parentWidget()) >= 0;
    });
    if (!isLimitedAlready) {
        const bool isMirrored = m_form->layoutDirection() == Qt::RightToLeft;
        layout.setContentsMargins(isMirrored ? surplus : 0, 0, isMirrored ? 0 : surplus, 0);
    }
}

bool FormColumns::eventFilter(QObject *watched, QEvent *event)
{
    const bool isLaidOut = event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest;
    if (watched == m_form && (isLaidOut || event->type() == QEvent::LayoutDirectionChange)) {
        arrange();
    }
    if (isLaidOut) {
        for (QFormLayout *layout : std::as_const(m_layouts)) {
            if (layout->parentWidget() == watched) {
                renewRows(*layout);
            }
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Tocsin

#include "moc_formcolumns.cpp"
