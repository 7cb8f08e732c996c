// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "activitystrip.h"

#include "colorroles.h"
#include "metrics.h"

#include <QApplication>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace Tocsin {

namespace {

struct StripText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ActivityStrip)
};

using Mark = ActivityStrip::Mark;

constexpr int markWidth = 3;
constexpr int markStep = 4;
constexpr qint64 hourLength = 3600; // s

Mark markOf(const DeliveryOutcomes &span)
{
    if (span.dead > 0) {
        return Mark::Dead;
    }
    if (span.failed > 0) {
        return Mark::Failed;
    }
    return span.delivered > 0 ? Mark::Delivered : Mark::Nothing;
}

QColor colorOf(Mark mark, const QPalette &palette)
{
    switch (mark) {
    case Mark::Nothing:
        break;
    case Mark::Delivered:
        return color(ColorRole::Success, palette);
    case Mark::Failed:
        return color(ColorRole::Warning, palette);
    case Mark::Dead:
        return color(ColorRole::Error, palette);
    }
    return color(ColorRole::Inactive, palette);
}

int heightOf(Mark mark)
{
    switch (mark) {
    case Mark::Nothing:
        break;
    case Mark::Delivered:
        return Metrics::icon / 2;
    case Mark::Failed:
        return Metrics::icon * 3 / 4;
    case Mark::Dead:
        return Metrics::icon;
    }
    return 1;
}

} // namespace

ActivityStrip::ActivityStrip(const QList<DeliveryOutcomes> &spans, const QDateTime &now)
{
    const qint64 current = now.toSecsSinceEpoch() / hourLength;
    for (const auto &span : spans) {
        const qint64 age = current - span.start.toSecsSinceEpoch() / hourLength;
        if (age < 0 || age >= hours) {
            continue;
        }
        auto &mark = marks.at(static_cast<std::size_t>(hours - 1 - age));
        mark = std::max(mark, markOf(span));
        delivered += span.delivered;
        failed += span.failed;
        dead += span.dead;
    }
}

QString ActivityStrip::inWords() const
{
    if (delivered + failed + dead == 0) {
        return StripText::tr("24 hours: no deliveries");
    }
    const QLocale locale;
    return StripText::tr("24 hours: %1 delivered, %2 failed, %3 dead")
        .arg(locale.toString(delivered), locale.toString(failed), locale.toString(dead));
}

ActivityStripDelegate::ActivityStripDelegate(int role, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_role(role)
{
}

int ActivityStripDelegate::width()
{
    return ActivityStrip::hours * markStep + 2 * Metrics::small;
}

void ActivityStripDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    cell.text.clear();
    const auto *style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

    const QVariant value = index.data(m_role);
    if (!value.isValid()) {
        return;
    }
    const auto strip = value.value<ActivityStrip>();
    // In high contrast a chosen row has a colour that none of the marks can be told from; there their height says it.
    const bool isOfOneColor = cell.state.testFlag(QStyle::State_Selected) && isHighContrast(cell.palette);
    const int left = cell.rect.left() + Metrics::small;
    const int bottom = cell.rect.center().y() + Metrics::icon / 2;
    for (int hour = 0; hour < ActivityStrip::hours; ++hour) {
        const auto mark = strip.marks.at(static_cast<std::size_t>(hour));
        const int height = heightOf(mark);
        const QRect bar(left + hour * markStep, bottom - height, markWidth, height);
        painter->fillRect(QStyle::visualRect(cell.direction, cell.rect, bar),
                          isOfOneColor ? cell.palette.color(QPalette::HighlightedText) : colorOf(mark, cell.palette));
    }
}

QSize ActivityStripDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {width(), QStyledItemDelegate::sizeHint(option, index).height()};
}

} // namespace Tocsin

#include "moc_activitystrip.cpp"
