// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reveal.h"

#include "metrics.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPointer>
#include <QScrollArea>
#include <QStyle>
#include <QTimer>

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

void scrollTo(QWidget *field)
{
    // What was opened for the field has its place only when the layouts around it have been told.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    for (QWidget *around = field->parentWidget(); around; around = around->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(around)) {
            area->ensureWidgetVisible(field, Metrics::large, Metrics::huge);
        }
    }
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

void reveal(QWidget *field)
{
    field->setFocus(Qt::OtherFocusReason);
    selectAll(field);
    scrollTo(field);
    const QWidget *window = field->window();
    delete window->findChild<QWidget *>(QStringLiteral("fieldFlash")); // one at a time
    if (field->isVisible() && field->parentWidget()
        && field->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, field) > 0) {
        new FieldFlash(field);
    }
}

} // namespace Tocsin
