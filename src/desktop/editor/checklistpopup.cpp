// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checklistpopup.h"

#include "metrics.h"

#include <QApplication>
#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr int narrowestPopup = 240;
constexpr int highestList = 260;
} // namespace

ChecklistPopup::ChecklistPopup(const QString &name, bool allowsAdding, QWidget *owner)
    : QFrame(owner->window())
    , m_owner(owner)
    , m_hint(new QLabel(this))
    , m_emptyLabel(new QLabel(this))
    , m_scroll(new QScrollArea(this))
    , m_list(new QWidget(m_scroll))
    , m_layout(new QVBoxLayout(m_list))
{
    setFrameStyle(QFrame::StyledPanel | QFrame::Raised);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setAccessibleName(name);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::small, Metrics::small, Metrics::small, Metrics::small);
    layout->setSpacing(Metrics::small);
    if (allowsAdding) {
        m_line = new QLineEdit(this);
        m_line->setPlaceholderText(tr("Search, or type another and press Enter"));
        m_line->setAccessibleName(tr("Search or add"));
        m_line->setClearButtonEnabled(true);
        connect(m_line, &QLineEdit::textChanged, this, &ChecklistPopup::search);
        layout->addWidget(m_line);
    }
    m_hint->setWordWrap(true);
    m_hint->setText(tr("Nothing is known yet; type a value and press Enter."));
    layout->addWidget(m_hint);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::tight);
    m_scroll->setWidget(m_list);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    for (QWidget *surface : {static_cast<QWidget *>(m_scroll), m_scroll->viewport(), m_list}) {
        surface->setBackgroundRole(QPalette::Base);
    }
    layout->addWidget(m_scroll);
    m_emptyLabel->setWordWrap(true);
    layout->addWidget(m_emptyLabel);
    hide();
}

void ChecklistPopup::setEmptyText(const QString &text)
{
    m_emptyLabel->setText(tr("If none is checked: %1").arg(text));
}

void ChecklistPopup::setItems(const QList<ChecklistItem> &items, const QStringList &checked)
{
    while (m_boxes.size() > items.size()) {
        delete m_boxes.takeLast();
    }
    while (m_boxes.size() < items.size()) {
        auto *box = new QCheckBox(m_list);
        connect(box, &QCheckBox::toggled, this,
                [this, box](bool on) { Q_EMIT toggled(box->property("value").toString(), on); });
        m_layout->addWidget(box);
        m_boxes.append(box);
    }
    for (qsizetype i = 0; i < items.size(); ++i) {
        const ChecklistItem &item = items.at(i);
        QCheckBox *box = m_boxes.at(i);
        box->setProperty("value", item.value);
        box->setText(QString(item.label).replace(u'&', QStringLiteral("&&")));
        box->setAccessibleName(item.label);
        const QSignalBlocker blocker(box);
        box->setChecked(checked.contains(item.value));
    }
    search(m_line ? m_line->text() : QString());
}

void ChecklistPopup::openAt(QWidget *owner)
{
    m_owner = owner;
    if (m_line) {
        m_line->clear();
    }
    showOwner();
    place();
    show();
    raise();
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, &ChecklistPopup::focusMoved, Qt::UniqueConnection);
    if (m_line) {
        m_line->setFocus(Qt::PopupFocusReason);
    } else if (!m_boxes.isEmpty()) {
        m_boxes.constFirst()->setFocus(Qt::PopupFocusReason);
    }
}

/// Assistive technology presses what is scrolled away, too.
void ChecklistPopup::showOwner()
{
    for (QWidget *parent = m_owner->parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(parent)) {
            area->ensureWidgetVisible(m_owner);
        }
    }
}

void ChecklistPopup::close()
{
    if (!isVisible()) {
        return;
    }
    qApp->removeEventFilter(this);
    disconnect(qApp, &QApplication::focusChanged, this, &ChecklistPopup::focusMoved);
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    hide();
    if (hadFocus) {
        m_owner->setFocus(Qt::PopupFocusReason);
    }
}

void ChecklistPopup::place()
{
    QWidget *window = parentWidget();
    int listHeight = 0;
    for (const QCheckBox *box : std::as_const(m_boxes)) {
        listHeight += box->isHidden() ? 0 : box->sizeHint().height() + Metrics::tight;
    }
    m_scroll->setFixedHeight(std::min(listHeight, highestList));
    m_scroll->setVisible(listHeight > 0);
    const QPoint corner = m_owner->mapTo(window, QPoint(0, m_owner->height()));
    const int lineWidth = m_line ? m_line->fontMetrics().horizontalAdvance(m_line->placeholderText()) : 0;
    const int width = std::min(std::max({m_owner->width(), narrowestPopup,
                                         std::max(lineWidth, m_list->sizeHint().width()) + 2 * Metrics::huge}),
                               window->width());
    setFixedWidth(width);
    layout()->activate();
    const int height = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height();
    const int above = corner.y() - m_owner->height() - height;
    const bool fitsBelow = corner.y() + height <= window->height() || above < 0;
    const int top = fitsBelow ? corner.y() : above;
    setGeometry(std::clamp(corner.x(), 0, std::max(0, window->width() - width)),
                std::clamp(top, 0, std::max(0, window->height() - height)), width, height);
}

void ChecklistPopup::search(const QString &text)
{
    for (QCheckBox *box : std::as_const(m_boxes)) {
        box->setVisible(box->accessibleName().contains(text.trimmed(), Qt::CaseInsensitive));
    }
    m_hint->setVisible(m_boxes.isEmpty() && m_line);
    if (isVisible()) {
        place();
    }
}

void ChecklistPopup::submit()
{
    const QString text = m_line ? m_line->text().trimmed() : QString();
    if (text.isEmpty()) {
        close();
        return;
    }
    m_line->clear();
    Q_EMIT added(text);
}

void ChecklistPopup::move(int step)
{
    QList<QWidget *> stops;
    if (m_line) {
        stops.append(m_line);
    }
    for (QCheckBox *box : std::as_const(m_boxes)) {
        if (!box->isHidden()) {
            stops.append(box);
        }
    }
    const qsizetype now = stops.indexOf(QApplication::focusWidget());
    if (!stops.isEmpty()) {
        QWidget *next = stops.at(std::clamp<qsizetype>(now + step, 0, stops.size() - 1));
        next->setFocus(step > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
        m_scroll->ensureWidgetVisible(next, 0, Metrics::small);
    }
}

bool ChecklistPopup::handleKey(QObject *watched, int key)
{
    switch (key) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        watched == m_line ? submit() : close();
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    default:
        return false;
    }
}

bool ChecklistPopup::eventFilter(QObject *watched, QEvent *event)
{
    auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || !isVisible()) {
        return QFrame::eventFilter(watched, event);
    }
    const bool isOurs = widget == this || isAncestorOf(widget);
    if (event->type() == QEvent::ShortcutOverride && isOurs
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress && isOurs && handleKey(watched, static_cast<QKeyEvent *>(event)->key())) {
        return true;
    }
    if (event->type() == QEvent::MouseButtonPress && !isOurs && widget != m_owner) {
        close();
    }
    if (event->type() == QEvent::Resize && widget == parentWidget()) {
        close();
    }
    return QFrame::eventFilter(watched, event);
}

void ChecklistPopup::focusMoved(QWidget *, QWidget *now)
{
    if (now && now != m_owner && now != this && !isAncestorOf(now)) {
        close();
    }
}

} // namespace Tocsin

#include "moc_checklistpopup.cpp"
