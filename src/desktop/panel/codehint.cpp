// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codehint.h"

#include "metrics.h"

#include <QApplication>
#include <QCursor>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr int widestHint = 420;
constexpr std::chrono::milliseconds leavingDelay{300}; // the way from the text to the button
} // namespace

CodeHint::CodeHint(QWidget *owner)
    : QFrame(owner->window())
    , m_owner(owner)
    , m_text(new QLabel(this))
    , m_layout(new QVBoxLayout(this))
{
    setFrameStyle(QFrame::StyledPanel | QFrame::Raised);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setAccessibleName(tr("Hint"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_layout->setContentsMargins(Metrics::small, Metrics::small, Metrics::small, Metrics::small);
    m_layout->setSpacing(Metrics::small);
    m_layout->addWidget(m_text);
    m_leaving.setSingleShot(true);
    m_leaving.setInterval(leavingDelay);
    connect(&m_leaving, &QTimer::timeout, this, &CodeHint::leaveIfAway);
    hide();
}

void CodeHint::showAt(const QRect &globalPlace, const QString &text, const QList<Offer> &offers)
{
    m_place = globalPlace;
    m_text->setText(text);
    setAccessibleDescription(text);
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (const Offer &offer : offers) {
        auto *button = new QPushButton(QString(offer.label).replace(u'&', QStringLiteral("&&")), this);
        button->setAccessibleName(offer.label);
        button->setAccessibleDescription(text);
        connect(button, &QPushButton::clicked, this, [this, offer] {
            close();
            offer.work();
        });
        m_layout->addWidget(button, 0, Qt::AlignLeft);
        m_buttons.append(button);
    }
    const QWidget *window = parentWidget();
    const int margins = 2 * (Metrics::small + frameWidth());
    int width = std::min(m_text->fontMetrics().boundingRect(QRect(), 0, text).width() + Metrics::small, widestHint);
    for (const QWidget *button : std::as_const(m_buttons)) {
        width = std::max(width, button->sizeHint().width());
    }
    width = std::min(width + margins, window->width());
    m_text->setFixedWidth(width - margins);
    const QSize size(width, m_layout->totalHeightForWidth(width - 2 * frameWidth()) + 2 * frameWidth());
    const QRect place(window->mapFromGlobal(globalPlace.topLeft()), globalPlace.size());
    const bool goesBelow = place.bottom() + 1 + size.height() <= window->height() || place.top() < size.height();
    const int y = goesBelow ? place.bottom() + 1 : place.top() - size.height();
    setGeometry({QPoint(std::clamp(place.left(), 0, window->width() - size.width()), y), size});
    show();
    raise();
    qApp->installEventFilter(this);
}

void CodeHint::takeFocus()
{
    if (!m_buttons.isEmpty()) {
        m_buttons.constFirst()->setFocus(Qt::PopupFocusReason);
    }
}

void CodeHint::close()
{
    qApp->removeEventFilter(this);
    m_leaving.stop();
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    hide();
    if (hadFocus) {
        m_owner->setFocus(Qt::PopupFocusReason);
    }
}

bool CodeHint::event(QEvent *event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            event->accept();
            if (event->type() == QEvent::KeyPress) {
                close();
            }
            return true;
        }
    }
    return QFrame::event(event);
}

bool CodeHint::eventFilter(QObject *watched, QEvent *event)
{
    auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget) {
        return QFrame::eventFilter(watched, event);
    }
    const bool isOwn = widget == this || isAncestorOf(widget);
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (isKey && !isOwn && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) { // meant for what is on top
        return CodeHint::event(event);
    }
    switch (event->type()) {
    case QEvent::MouseMove:
    case QEvent::Leave:
        if (!m_leaving.isActive()) {
            m_leaving.start();
        }
        break;
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::KeyPress:
        if (!isOwn) {
            close();
        }
        break;
    case QEvent::FocusIn:
        if (!isOwn && widget != m_owner) {
            close();
        }
        break;
    case QEvent::WindowDeactivate:
        close();
        break;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

void CodeHint::leaveIfAway()
{
    const QPoint mouse = QCursor::pos();
    const bool isNear = m_place.contains(mouse) || QRect(mapToGlobal(QPoint()), size()).contains(mouse);
    if (!isNear && !isAncestorOf(QApplication::focusWidget())) {
        close();
    }
}

} // namespace Tocsin

#include "moc_codehint.cpp"
