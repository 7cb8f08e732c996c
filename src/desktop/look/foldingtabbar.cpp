// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "foldingtabbar.h"

#include "headinglabel.h"
#include "icons.h"
#include "menubutton.h"
#include "metrics.h"

#include <QAction>
#include <QHelpEvent>
#include <QMenu>
#include <QStyleOptionTab>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace Tocsin {

namespace {
constexpr int shortestText = 7; ///< characters: what is shorter names nothing
} // namespace

FoldingTabBar::FoldingTabBar(QWidget *parent)
    : QTabBar(parent)
    , m_more(new MenuButton(parent))
{
    setExpanding(false);
    setUsesScrollButtons(false);
    setElideMode(Qt::ElideRight);
    m_more->setIcon(icon(Symbol::More));
    m_more->setFlat(true);
    m_more->setAccessibleName(tr("More tabs"));
    m_more->setToolTip(tr("More tabs"));
    m_more->hide();
    connect(m_more, &QPushButton::pressed, this, &FoldingTabBar::offerFolded);
    connect(this, &QTabBar::currentChanged, this, &FoldingTabBar::placeMore);
}

/// With the text as it is drawn when the tab is chosen, so that choosing one moves none.
int FoldingTabBar::fullWidth(int index) const
{
    const QFontMetrics metrics(semiboldFont());
    const int icon = tabIcon(index).isNull() ? 0 : iconSize().width() + Metrics::tight;
    return metrics.size(Qt::TextShowMnemonic, tabText(index)).width() + icon + 2 * Metrics::medium;
}

int FoldingTabBar::shortWidth(int index) const
{
    const QFontMetrics metrics(semiboldFont());
    const int text = metrics.averageCharWidth() * shortestText + metrics.horizontalAdvance(u'…');
    return std::min(fullWidth(index), text + 2 * Metrics::medium);
}

/// Of all tabs as they stand in the width that there is: zero for one that is hidden or folded.
QList<int> FoldingTabBar::widths() const
{
    QList<int> full;
    QList<int> given;
    for (int i = 0; i < count(); ++i) {
        full.append(isTabVisible(i) ? fullWidth(i) : 0);
        given.append(isTabVisible(i) ? shortWidth(i) : 0);
    }
    const auto sum = [](const QList<int> &all) {
        return std::accumulate(all.cbegin(), all.cend(), 0);
    };
    if (sum(full) <= width()) {
        return full;
    }
    if (sum(given) > width()) {
        const int room = width() - m_more->sizeHint().width();
        for (int i = count() - 1; i >= 0 && sum(given) > room; --i) {
            if (i != currentIndex()) {
                given[i] = 0;
            }
        }
        if (const int chosen = currentIndex(); chosen >= 0) {
            given[chosen] = std::min(given[chosen], std::max(room, 0));
        }
    }
    const int room = width() - (given.contains(0) ? m_more->sizeHint().width() : 0);
    // What is over goes to the shortest ones first: a short name stands in full before a long one gets longer.
    for (int surplus = room - sum(given); surplus > 0; --surplus) {
        int next = -1;
        for (int i = 0; i < count(); ++i) {
            if (given[i] > 0 && given[i] < full[i] && (next < 0 || given[i] < given[next])) {
                next = i;
            }
        }
        if (next < 0) {
            break;
        }
        ++given[next];
    }
    return given;
}

QList<int> FoldingTabBar::foldedTabs() const
{
    QList<int> folded;
    const QList<int> given = widths();
    for (int i = 0; i < count(); ++i) {
        if (isTabVisible(i) && given[i] == 0) {
            folded.append(i);
        }
    }
    return folded;
}

QSize FoldingTabBar::tabSizeHint(int index) const
{
    const int height = QFontMetrics(semiboldFont()).height() + 2 * Metrics::small;
    return {widths().value(index), height};
}

QSize FoldingTabBar::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

QSize FoldingTabBar::sizeHint() const
{
    int width = 0;
    for (int i = 0; i < count(); ++i) {
        width += isTabVisible(i) ? fullWidth(i) : 0;
    }
    return {width, tabSizeHint(0).height()};
}

QSize FoldingTabBar::minimumSizeHint() const
{
    int widest = 0;
    for (int i = 0; i < count(); ++i) {
        widest = std::max(widest, isTabVisible(i) ? shortWidth(i) : 0);
    }
    return {widest + m_more->sizeHint().width(), tabSizeHint(0).height()};
}

void FoldingTabBar::initStyleOption(QStyleOptionTab *option, int index) const
{
    QTabBar::initStyleOption(option, index);
    const QFontMetrics metrics(index == currentIndex() ? semiboldFont() : font());
    option->text = metrics.elidedText(tabText(index), Qt::ElideRight,
                                      std::max(0, option->rect.width() - 2 * Metrics::medium), Qt::TextShowMnemonic);
}

void FoldingTabBar::tabLayoutChange()
{
    QTabBar::tabLayoutChange();
    placeMore();
}

/// It is the parent's: a child of the tabs' own would be hidden from assistive technology.
void FoldingTabBar::placeMore()
{
    const bool isNeeded = isVisible() && !foldedTabs().isEmpty();
    if (isNeeded) {
        const int wide = m_more->sizeHint().width();
        const QRect own(QPoint(width() - wide, 0), QSize(wide, height()));
        m_more->setGeometry(QStyle::visualRect(layoutDirection(), rect(), own).translated(pos()));
        m_more->raise();
        QWidget::setTabOrder(this, m_more);
    } else if (m_more->hasFocus()) {
        setFocus(Qt::OtherFocusReason);
    }
    m_more->setVisible(isNeeded);
}

void FoldingTabBar::offerFolded()
{
    QMenu *menu = m_more->offered();
    menu->clear();
    for (const int index : foldedTabs()) {
        QAction *action =
            menu->addAction(tabIcon(index), tabText(index), this, [this, index] { setCurrentIndex(index); });
        action->setEnabled(isTabEnabled(index));
    }
}

bool FoldingTabBar::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::ParentChange:
        m_more->setParent(parentWidget());
        break;
    case QEvent::ToolTip: {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = tabAt(help->pos());
        if (index >= 0 && tabToolTip(index).isEmpty() && tabRect(index).width() < fullWidth(index)) {
            QToolTip::showText(help->globalPos(), tabText(index).remove(u'&'), this);
            return true;
        }
        break;
    }
    default:
        break;
    }
    const bool isHandled = QTabBar::event(event);
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::LayoutDirectionChange:
        placeMore();
        break;
    default:
        break;
    }
    return isHandled;
}

} // namespace Tocsin

#include "moc_foldingtabbar.cpp"
