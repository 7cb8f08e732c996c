// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chartaxis.h"

#include "metrics.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <functional>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct ChartAxis
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ChartAxis)
};

enum class Unit { Minute, Day, Month };

struct AxisStep
{
    Unit unit;
    int size;
};

constexpr int minutesOfDay = 24 * 60;
constexpr std::array<AxisStep, 17> axisSteps{{{Unit::Minute, 5},
                                              {Unit::Minute, 10},
                                              {Unit::Minute, 15},
                                              {Unit::Minute, 30},
                                              {Unit::Minute, 60},
                                              {Unit::Minute, 120},
                                              {Unit::Minute, 180},
                                              {Unit::Minute, 240},
                                              {Unit::Minute, 360},
                                              {Unit::Minute, 720},
                                              {Unit::Day, 1},
                                              {Unit::Day, 2},
                                              {Unit::Day, 7},
                                              {Unit::Month, 1},
                                              {Unit::Month, 3},
                                              {Unit::Month, 6},
                                              {Unit::Month, 12}}};

qint64 lengthOf(const AxisStep &step) // minutes
{
    switch (step.unit) {
    case Unit::Minute:
        return step.size;
    case Unit::Day:
        return qint64(step.size) * minutesOfDay;
    case Unit::Month:
        break;
    }
    return qint64(step.size) * 30 * minutesOfDay;
}

bool isOnStep(const AxisStep &step, const QDate &day)
{
    return step.unit == Unit::Month ? day.day() == 1 && (day.month() - 1) % step.size == 0
                                    : day.toJulianDay() % step.size == 0;
}

/// The moments of a step after `start`, up to `end`; both in local time.
QList<QDateTime> momentsOf(const AxisStep &step, const QDateTime &start, const QDateTime &end)
{
    QList<QDateTime> moments;
    for (QDate day = start.date(); day <= end.date(); day = day.addDays(1)) {
        if (step.unit != Unit::Minute) {
            if (isOnStep(step, day)) {
                moments.append(day.startOfDay());
            }
            continue;
        }
        for (int minute = 0; minute < minutesOfDay; minute += step.size) {
            moments.append(QDateTime(day, QTime(minute / 60, minute % 60)));
        }
    }
    moments.removeIf([&](const QDateTime &moment) { return moment < start || moment > end; });
    return moments;
}

QString labelWords(const AxisStep &step, const QDateTime &moment, bool beginsDay)
{
    const QLocale locale;
    switch (step.unit) {
    case Unit::Minute:
        return beginsDay ? locale.toString(moment, u"ddd HH:mm"_s) : locale.toString(moment, u"HH:mm"_s);
    case Unit::Day:
        return locale.toString(moment, ChartAxis::tr("d MMM", "day and month, as QDateTime::toString takes it"));
    case Unit::Month:
        break;
    }
    return locale.toString(moment, u"MMM yyyy"_s);
}

} // namespace

QList<AxisLabel> axisLabels(const QDateTime &start, const QDateTime &end, int width, const QFontMetrics &metrics)
{
    const QDateTime first = start.toLocalTime();
    const QDateTime last = end.toLocalTime();
    const qint64 span = first.msecsTo(last);
    if (span <= 0 || width <= 0) {
        return {};
    }
    const int widest = metrics.horizontalAdvance(u"Www 00:00"_s) + Metrics::huge;
    const auto *const step = std::find_if(axisSteps.begin(), axisSteps.end() - 1, [&](const AxisStep &one) {
        return lengthOf(one) * 60'000 * width / span >= widest;
    });
    const QString now = ChartAxis::tr("now");
    const int nowLeft = width - metrics.horizontalAdvance(now);
    QList<AxisLabel> labels;
    QDate day;
    int free = 0; // up to there, texts stand
    for (const auto &moment : momentsOf(*step, first, last)) {
        AxisLabel label{.text = labelWords(*step, moment, moment.date() != day),
                        .position = static_cast<int>(first.msecsTo(moment) * width / span)};
        const int length = metrics.horizontalAdvance(label.text);
        label.left = std::max(0, label.position - length / 2);
        if (label.left >= free && label.left + length + Metrics::medium <= nowLeft) {
            day = moment.date();
            free = label.left + length + Metrics::small;
            labels.append(label);
        }
    }
    labels.append({.text = now, .position = width, .left = std::max(0, nowLeft)});
    return labels;
}

} // namespace Tocsin
