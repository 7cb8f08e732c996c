// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "waterfall.h"

#include <QWidget>

namespace Tocsin {

/// The phases of an invocation as bars on one axis, each with its name and its duration in human units; the exact ones
/// are in the tooltip. To a screen reader it is a text that lists them in order.
class WaterfallView : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString accessibleValue READ text STORED false)

public:
    explicit WaterfallView(QWidget *parent = nullptr);

    void setInvocation(const Invocation &invocation);
    void clear() { setInvocation({}); }

    QString text() const { return m_text; }
    /// "name lookup 1 ms, connect 11 ms, TLS 23 ms, …, in all 84 ms"
    static QString text(const Invocation &invocation);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// It may be taller or lower than before.
    void laidOut();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    /// A row as it is drawn, from the top of the contents.
    struct Line
    {
        QString label;
        QString duration;
        QString toolTip;
        int tokenExchange;
        Milliseconds start;
        Milliseconds end;
        int top;
        int height;
    };

    void layOut();
    QSize sizeWithTrack(int track) const;

    std::vector<WaterfallRow> m_rows;
    Milliseconds m_span{0};
    bool m_isNumbered = false;
    QString m_text;
    std::vector<Line> m_lines;
    int m_labelWidth = 0;
    int m_durationWidth = 0;
};

} // namespace Tocsin
