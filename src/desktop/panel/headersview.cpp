// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "headersview.h"

#include "fonts.h"
#include "metrics.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QWheelEvent>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Values such as tokens and cookies have nowhere to break: what is drawn may break anywhere within a long word.
class BreakAnywhereDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QString displayText(const QVariant &value, const QLocale &) const override
    {
        constexpr qsizetype longestWord = 32;
        QStringList words = value.toString().split(u' ');
        for (QString &word : words) {
            const bool isLong = word.size() > longestWord;
            for (qsizetype at = word.size() - 1; isLong && at > 0; --at) {
                if (!word[at].isLowSurrogate()) {
                    word.insert(at, QChar(0x200b));
                }
            }
        }
        return words.join(u' ');
    }
};

QTableWidgetItem *textItem(const QString &text)
{
    auto *item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
    item->setToolTip(text);
    return item;
}

} // namespace

HeadersView::HeadersView(QWidget *parent)
    : HiddenCells(0, 2, parent)
{
    setAccessibleName(tr("Headers"));
    setHorizontalHeaderLabels({tr("Key"), tr("Value")});
    horizontalHeader()->hide();
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setItemDelegate(new BreakAnywhereDelegate(this));
    setWordWrap(true);
    setTextElideMode(Qt::ElideNone);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFont(fixedFont());
    setLayoutDirection(Qt::LeftToRight); // as they are on the wire
}

void HeadersView::setHeaders(const QList<Header> &headers)
{
    setRowCount(int(headers.size()));
    for (int row = 0; row < headers.size(); ++row) {
        setItem(row, 0, textItem(headers[row].name));
        setItem(row, 1, textItem(headers[row].value));
    }
    fitRows();
}

QSize HeadersView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 48, verticalHeader()->length() + 2 * frameWidth()};
}

QSize HeadersView::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, sizeHint().height()};
}

void HeadersView::resizeEvent(QResizeEvent *event)
{
    QTableWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        fitRows();
    }
}

void HeadersView::changeEvent(QEvent *event)
{
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fitRows();
    }
}

void HeadersView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
    } else {
        QTableWidget::keyPressEvent(event);
    }
}

void HeadersView::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

bool HeadersView::focusNextPrevChild(bool next)
{
    return QAbstractScrollArea::focusNextPrevChild(next);
}

void HeadersView::copySelection() const
{
    QStringList lines;
    for (int row = 0; row < rowCount(); ++row) {
        if (selectionModel()->isRowSelected(row)) {
            lines << item(row, 0)->text() + u": "_s + item(row, 1)->text();
        }
    }
    if (!lines.isEmpty()) {
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    }
}

void HeadersView::fitRows()
{
    int widest = 0;
    for (int row = 0; row < rowCount(); ++row) {
        widest = std::max(widest, fontMetrics().horizontalAdvance(item(row, 0)->text()));
    }
    const int padding = 2 * Metrics::small + Metrics::tight;
    const int names = std::min(widest + padding, viewport()->width() * 2 / 5);
    setColumnWidth(0, names);
    setColumnWidth(1, std::max(viewport()->width() - names, 1));
    resizeRowsToContents();
    updateGeometry();
}

} // namespace Tocsin

#include "moc_headersview.cpp"
