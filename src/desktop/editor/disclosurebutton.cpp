// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "disclosurebutton.h"

#include "colorroles.h"
#include "headinglabel.h"
#include "icons.h"
#include "metrics.h"

#include <QStyleOptionFocusRect>
#include <QStylePainter>

#include <algorithm>

namespace Tocsin {

DisclosureButton::DisclosureButton(QWidget *parent)
    : QPushButton(parent)
{
    setFlat(true);
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QPushButton::clicked, this, [this] { setOpen(!m_open); });
    describe();
}

void DisclosureButton::setOpen(bool open)
{
    if (open != m_open) {
        m_open = open;
        describe();
        update();
        Q_EMIT openChanged(open);
    }
}

void DisclosureButton::setSummary(const QString &summary)
{
    if (summary != m_summary) {
        m_summary = summary;
        describe();
        update();
    }
}

void DisclosureButton::describe()
{
    setAccessibleDescription(m_open                    ? tr("The section is open")
                                 : m_summary.isEmpty() ? tr("The section is closed")
                                                       : tr("The section is closed: %1").arg(m_summary));
    const bool isCut = !m_open && fontMetrics().horizontalAdvance(m_summary) > roomForSummary();
    setToolTip(isCut ? m_summary : QString());
}

int DisclosureButton::roomForSummary() const
{
    return width() - Metrics::icon - Metrics::tight - QFontMetrics(semiboldFont()).horizontalAdvance(text())
        - Metrics::small;
}

void DisclosureButton::resizeEvent(QResizeEvent *event)
{
    QPushButton::resizeEvent(event);
    describe();
}

QSize DisclosureButton::sizeHint() const
{
    const QFontMetrics metrics(semiboldFont());
    return QSize(
        Metrics::icon + Metrics::tight + metrics.horizontalAdvance(text()),
        std::max({metrics.height() + Metrics::tight + 1, Metrics::icon + Metrics::tight + 1, Metrics::target}));
}

void DisclosureButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    const QRect line = rect().adjusted(0, 0, 0, -Metrics::tight - 1);
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    const QRect mark = QStyle::visualRect(layoutDirection(), line,
                                          QRect(0, (line.height() - Metrics::icon) / 2, Metrics::icon, Metrics::icon));
    const QColor ink = palette().color(QPalette::WindowText);
    painter.drawPixmap(mark,
                       pixmap(m_open            ? Symbol::Down
                                  : leftToRight ? Symbol::Forward
                                                : Symbol::Back,
                              ink, Metrics::icon, devicePixelRatioF()));
    painter.setFont(semiboldFont());
    painter.setPen(ink);
    const QRect words =
        QStyle::visualRect(layoutDirection(), line, line.adjusted(Metrics::icon + Metrics::tight, 0, 0, 0));
    painter.drawText(words, Qt::AlignLeading | Qt::AlignVCenter, text());
    if (!m_open && !m_summary.isEmpty()) {
        painter.setFont(font());
        painter.setPen(quietText(palette()));
        const QRect rest =
            QStyle::visualRect(layoutDirection(), line, line.adjusted(line.width() - roomForSummary(), 0, 0, 0));
        painter.drawText(rest, Qt::AlignLeading | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_summary, Qt::ElideRight, rest.width()));
    }
    painter.fillRect(QRect(0, height() - 1, width(), 1), hairline(palette()));
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.rect = line;
        option.backgroundColor = palette().color(QPalette::Window);
        painter.drawPrimitive(QStyle::PE_FrameFocusRect, option);
    }
}

} // namespace Tocsin

#include "moc_disclosurebutton.cpp"
