// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reveal.h"

#include "metrics.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPointer>
#include <QScrollArea>
#include <QStyle>
#include <QTimer>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace Tocsin {

namespace {

constexpr auto flashTime = 700ms;
constexpr int flashMargin = 3; // around the field
constexpr qreal flashWidth = 2;

/// A frame over a field and its surroundings, which goes by itself.
class FieldFlash : public QWidget
{
public:
    explicit FieldFlash(QWidget *field)
        : QWidget(field->parentWidget())
        , m_field(field)
    {
        setObjectName(QStringLiteral("fieldFlash"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        field->installEventFilter(this);
        follow();
        QTimer::singleShot(flashTime, this, &QObject::deleteLater);
        raise();
        show();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Move || event->type() == QEvent::Resize) {
            follow();
        } else if (event->type() == QEvent::Hide) {
            hide();
        }
        return QWidget::eventFilter(watched, event);
    }

    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(QPalette::Highlight), flashWidth));
        const qreal inset = flashWidth / 2;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), flashMargin, flashMargin);
    }

private:
    void follow()
    {
        if (m_field) {
            setGeometry(m_field->geometry().adjusted(-flashMargin, -flashMargin, flashMargin, flashMargin)
                        & parentWidget()->rect());
        }
    }

    QPointer<QWidget> m_field;
};

/// `rect`: of what it shows. QScrollArea::ensureWidgetVisible() shows no more of a field than where its cursor is.
void scrollArea(QScrollArea &area, const QRect &rect)
{
    const int room = (area.viewport()->height() - rect.height()) / 2;
    const int margin = std::clamp(room, 0, Metrics::huge);
    area.ensureVisible(rect.right(), rect.bottom(), Metrics::large, margin);
    area.ensureVisible(rect.left(), rect.top(), Metrics::large, margin);
}

/// The layout that `widget` itself stands in.
const QLayout *layoutOf(const QLayout *layout, QWidget *widget)
{
    if (!layout || layout->indexOf(widget) >= 0) {
        return layout;
    }
    for (int i = 0; i < layout->count(); ++i) {
        const QLayout *inner = layout->itemAt(i)->layout();
        if (const QLayout *found = inner ? layoutOf(inner, widget) : nullptr) {
            return found;
        }
    }
    return nullptr;
}

/// With what stands in one column with the field, or with the field that it is a part of.
void scrollToSurroundings(QWidget *field)
{
    QWidget *part = field;
    QWidget *around = part->parentWidget();
    const QLayout *layout = around ? layoutOf(around->layout(), part) : nullptr;
    if (layout && layout == around->layout() && around->parentWidget()) {
        part = around;
        around = part->parentWidget();
        layout = layoutOf(around->layout(), part);
    }
    if (layout && layout != around->layout() && qobject_cast<const QVBoxLayout *>(layout)) {
        scrollIntoSight(around, layout->geometry());
    }
}

/// What was opened just now has its place only when the layouts around it have been told.
void settleLayouts()
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

void selectAll(QWidget *field)
{
    if (auto *line = qobject_cast<QLineEdit *>(field)) {
        line->selectAll();
    } else if (auto *text = qobject_cast<QPlainTextEdit *>(field)) {
        text->selectAll();
    }
}

} // namespace

void scrollIntoSight(QWidget *widget, const QRect &part)
{
    for (QWidget *around = widget->parentWidget(); around; around = around->parentWidget()) {
        auto *area = qobject_cast<QScrollArea *>(around);
        if (area && area->widget()) {
            scrollArea(*area, {widget->mapTo(area->widget(), part.topLeft()), part.size()});
        }
    }
}

void scrollIntoSight(QWidget *widget)
{
    settleLayouts();
    scrollIntoSight(widget, widget->rect());
}

void reveal(QWidget *field)
{
    field->setFocus(Qt::OtherFocusReason);
    selectAll(field);
    settleLayouts();
    scrollToSurroundings(field);
    scrollIntoSight(field, field->rect());
    const QWidget *window = field->window();
    delete window->findChild<QWidget *>(QStringLiteral("fieldFlash")); // one at a time
    if (field->isVisible() && field->parentWidget()
        && field->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, field) > 0) {
        new FieldFlash(field);
    }
}

} // namespace Tocsin
