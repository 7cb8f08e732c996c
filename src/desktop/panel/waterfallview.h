// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "waterfall.h"

#include <QWidget>

namespace Tocsin {

/// The measured phases of an invocation as bars on one axis, each with its name and its duration in human units; the
/// exact one is in the tooltip. To a screen reader it is a text that says the same.
class WaterfallView : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString accessibleValue READ text STORED false)

public:
    explicit WaterfallView(QWidget *parent = nullptr);

    void setInvocation(const Invocation &invocation);
    void clear() { setInvocation({}); }

    QString text() const { return text(m_bars); }
    /// "name lookup 1 ms, connect, TLS 23 ms, …"
    static QString text(const std::vector<WaterfallBar> &bars);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    static QString label(const WaterfallBar &bar);
    int rowHeight() const;
    int labelWidth() const;
    int durationWidth() const;

    std::vector<WaterfallBar> m_bars;
    Milliseconds m_span{0};
};

} // namespace Tocsin
