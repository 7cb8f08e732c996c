// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"
#include "deliveriesfeed.h"

#include <QWidget>

namespace Tocsin {

/// What was delivered, failed and died over time, as stacked bars over their hours, with a legend. A bar can be chosen
/// by a click, or with the arrow keys and Enter; Esc lets go of it. Each bar is a child with its figures to a screen
/// reader.
class DeliveriesChart : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString accessibleValue READ currentText STORED false)
    Q_PROPERTY(int accessibleRole READ accessibleRole CONSTANT STORED false)

public:
    explicit DeliveriesChart(QWidget *parent = nullptr);

    void setTimeline(const DeliveryTimeline &timeline);
    /// Which states the table shows; empty: all. The others are not drawn.
    void setStates(const QList<DeliveryState> &states);
    /// The bar's time that the table shows; none: all.
    void setChosen(const std::optional<TimeRange> &range);

    int count() const { return static_cast<int>(m_timeline.spans.size()); }
    TimeRange range(int bar) const;
    /// "03:00 – 03:30: 12 delivered, 1 failed attempt, 2 dead"
    QString text(int bar) const;
    /// What the colours that are drawn stand for, in their order from below.
    QStringList legend() const;
    QString currentText() const { return text(m_current); }
    /// What the bars do not show; empty: nothing.
    QString limitInWords() const;
    int current() const { return m_current; }
    int accessibleRole() const;
    /// The whole height at a bar's place; empty where there is no such bar.
    QRect place(int bar) const;
    int barAt(const QPoint &position) const; ///< -1: none
    void choose(int bar);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const Tocsin::TimeRange &range);
    void released(); ///< the chosen bar, again to all

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void moveTo(int bar);
    void setHovered(int bar);
    void paintLimit(QPainter &painter) const;
    void paintBar(QPainter &painter, int bar, qint64 highest) const;
    void paintAxis(QPainter &painter) const;
    void paintLegend(QPainter &painter) const;

    /// One colour of a bar.
    struct Segment
    {
        qint64 count = 0;
        ColorRole role = ColorRole::Success;
        QString words; ///< in the legend
        QString figure; ///< "12 delivered"
    };
    QList<Segment> segmentsOf(const DeliveryOutcomes &outcomes) const; ///< those that are drawn, from below
    QFont smallFont() const;
    int lineHeight() const; ///< of the axis's and of the legend's
    void makeRoomBelow();

    DeliveryTimeline m_timeline;
    std::optional<TimeRange> m_chosen;
    QList<DeliveryState> m_states;
    int m_current = -1;
    int m_hovered = -1;
};

} // namespace Tocsin
