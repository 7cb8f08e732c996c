// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layoutfacts.h"

#include "colorroles.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>

#include <cmath>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int smallestTarget = 24;
constexpr double leastContrast = 4.5; // WCAG 2.2, 1.4.3
constexpr double leastContrastOfMarks = 3.0; // 1.4.11
constexpr double nothingPainted = 1.05;
constexpr int pixelsEach = 2; // of a picture for a logical one, so that letters have strokes of their full colour

QString nameOf(const QWidget &widget)
{
    QString name = widget.accessibleName();
    if (const auto *label = qobject_cast<const QLabel *>(&widget); label && name.isEmpty()) {
        name = label->text();
    } else if (const auto *button = qobject_cast<const QAbstractButton *>(&widget); button && name.isEmpty()) {
        name = button->text();
    }
    return u"%1 %2 “%3”"_s.arg(QString::fromLatin1(widget.metaObject()->className()), widget.objectName(),
                               name.left(40));
}

QString placeOf(const QRect &rect)
{
    return u"%1,%2 %3×%4"_s.arg(rect.x()).arg(rect.y()).arg(rect.width()).arg(rect.height());
}

/// Whether the widget lays out its own children, which are not this project's.
bool hasPartsOfItsOwn(const QWidget &widget)
{
    return qobject_cast<const QAbstractScrollArea *>(&widget) || qobject_cast<const QComboBox *>(&widget)
        || qobject_cast<const QAbstractSpinBox *>(&widget) || qobject_cast<const QLineEdit *>(&widget)
        || qobject_cast<const QTabWidget *>(&widget) || qobject_cast<const QTabBar *>(&widget)
        || qobject_cast<const QSplitter *>(&widget) || qobject_cast<const QMainWindow *>(&widget)
        || qobject_cast<const QScrollBar *>(&widget);
}

bool isPart(const QWidget &widget)
{
    const auto *parent = widget.parentWidget();
    if (!parent || hasPartsOfItsOwn(*parent)) {
        return true;
    }
    const auto *area = qobject_cast<const QAbstractScrollArea *>(parent->parentWidget());
    return area && area->viewport() == parent; // what is scrolled, an editor in a cell
}

/// What lies over others on purpose.
bool isOverlay(const QWidget &widget)
{
    return widget.testAttribute(Qt::WA_TransparentForMouseEvents) || widget.inherits("Tocsin::Veil")
        || widget.inherits("Tocsin::FindBar");
}

QList<const QWidget *> seen(const QWidget &window)
{
    QList<const QWidget *> widgets;
    for (const auto *widget : window.findChildren<QWidget *>()) {
        if (widget->window() == &window && widget->isVisible() && !widget->visibleRegion().isEmpty()) {
            widgets.append(widget);
        }
    }
    return widgets;
}

void findOutside(const QWidget &widget, QStringList &faults)
{
    if (!isPart(widget) && !widget.parentWidget()->rect().contains(widget.geometry())) {
        faults.append(u"%1 at %2 is cut off by %3 of %4"_s.arg(nameOf(widget), placeOf(widget.geometry()),
                                                               nameOf(*widget.parentWidget()),
                                                               placeOf(widget.parentWidget()->rect())));
    }
}

/// Whether `other` stands beside the tabs of a bar, where that has none.
bool isBesideTabs(const QWidget &widget, const QWidget &other)
{
    const auto *bar = qobject_cast<const QTabBar *>(&widget);
    if (!bar) {
        return false;
    }
    const auto place = other.geometry().translated(-bar->pos());
    for (int i = 0; i < bar->count(); ++i) {
        if (bar->tabRect(i).intersects(place)) {
            return false;
        }
    }
    return true;
}

void findOverlaps(const QWidget &parent, QStringList &faults)
{
    if (hasPartsOfItsOwn(parent)) {
        return;
    }
    QList<const QWidget *> children;
    for (const auto *child : parent.findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
        if (child->isVisible() && !child->isWindow() && !isOverlay(*child) && !isPart(*child)) {
            children.append(child);
        }
    }
    for (qsizetype i = 0; i < children.size(); ++i) {
        for (qsizetype j = i + 1; j < children.size(); ++j) {
            const auto common = children.at(i)->geometry() & children.at(j)->geometry();
            const bool isApart =
                isBesideTabs(*children.at(i), *children.at(j)) || isBesideTabs(*children.at(j), *children.at(i));
            if (!common.isEmpty() && !isApart) {
                faults.append(u"%1 and %2 overlap at %3"_s.arg(nameOf(*children.at(i)), nameOf(*children.at(j)),
                                                               placeOf(common)));
            }
        }
    }
}

void findShortened(const QWidget &widget, QStringList &faults)
{
    const auto tell = [&](int needed, int there, const char *what) {
        if (there < needed) {
            faults.append(u"%1 has %2 of the %3 pixels of %4 that it needs"_s.arg(nameOf(widget))
                              .arg(there)
                              .arg(needed)
                              .arg(QLatin1StringView(what)));
        }
    };
    if (const auto *label = qobject_cast<const QLabel *>(&widget); label && !label->text().isEmpty()) {
        if (label->wordWrap()) {
            tell(label->heightForWidth(label->width()), label->height(), "height");
        } else if (label->toolTip().isEmpty()) {
            tell(label->sizeHint().width(), label->width(), "width");
        }
    } else if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        if (button->toolTip().isEmpty() && !button->text().isEmpty() && !isPart(widget)) {
            tell(button->fontMetrics().horizontalAdvance(QString(button->text()).remove(u'&')), button->width(),
                 "width");
        }
    } else if (const auto *choice = qobject_cast<const QComboBox *>(&widget)) {
        if (choice->toolTip().isEmpty()) {
            tell(choice->fontMetrics().horizontalAdvance(choice->currentText()), choice->width(), "width");
        }
    } else if (const auto *line = qobject_cast<const QLineEdit *>(&widget)) {
        tell(line->fontMetrics().height(), line->height(), "height");
    }
}

void findTooSmall(const QWidget &widget, QStringList &faults)
{
    const bool isTarget = qobject_cast<const QAbstractButton *>(&widget) || qobject_cast<const QLineEdit *>(&widget)
        || qobject_cast<const QComboBox *>(&widget) || qobject_cast<const QAbstractSpinBox *>(&widget);
    // Chips stand in a field that is high enough, each wider than the least (WCAG 2.2, 2.5.8: spacing).
    const bool isInField = widget.parentWidget()->inherits("Tocsin::ChipsEdit");
    if (isTarget && widget.isEnabled() && !isPart(widget) && !isInField && widget.width() > 0
        && (widget.width() < smallestTarget || widget.height() < smallestTarget)) {
        faults.append(u"%1 is a target of %2 pixels"_s.arg(nameOf(widget), placeOf(widget.geometry())));
    }
}

/// A label beside a field of one line.
void findAskew(const QWidget &window, const QWidget &widget, QStringList &faults)
{
    const auto *label = qobject_cast<const QLabel *>(&widget);
    const QWidget *field = label ? label->buddy() : nullptr;
    if (!field || !field->isVisible() || field->height() > 2 * widget.height() + smallestTarget || label->wordWrap()) {
        return;
    }
    const auto middle = [&](const QWidget &one) {
        return one.mapTo(&window, QPoint(0, one.height() / 2)).y();
    };
    const auto top = [&](const QWidget &one) {
        return one.mapTo(&window, QPoint()).y();
    };
    const bool isBeside = top(widget) < top(*field) + field->height() && top(*field) < top(widget) + widget.height();
    if (isBeside && field->height() < 2 * field->fontMetrics().height() + 4
        && std::abs(middle(widget) - middle(*field)) > 2) {
        faults.append(u"%1 stands %2 pixels off %3"_s.arg(nameOf(widget))
                          .arg(middle(widget) - middle(*field))
                          .arg(nameOf(*field)));
    }
}

/// The colour that most pixels have, and the one that differs most from it.
double painted(const QImage &image, const QRect &place)
{
    QHash<QRgb, int> counts;
    for (int y = std::max(0, place.top()); y <= std::min(place.bottom(), image.height() - 1); ++y) {
        for (int x = std::max(0, place.left()); x <= std::min(place.right(), image.width() - 1); ++x) {
            ++counts[image.pixel(x, y)];
        }
    }
    QRgb behind = 0;
    int most = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (it.value() > most) {
            most = it.value();
            behind = it.key();
        }
    }
    double best = 1;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        best = std::max(best, contrast(QColor(it.key()), QColor(behind)));
    }
    return best;
}

/// Cells of a list or a table, each in two halves: what is painted there, text or mark, differs enough from what is
/// behind it.
void findFaintCells(const QWidget &window, const QImage &image, const QAbstractItemView &view, QStringList &faults)
{
    const QRect seen = view.viewport()->visibleRegion().boundingRect();
    const auto *model = view.model();
    for (int row = 0; model && row < model->rowCount(view.rootIndex()); ++row) {
        for (int column = 0; column < model->columnCount(view.rootIndex()); ++column) {
            // Without its frame, and that of the view's focus.
            const QRect cell = view.visualRect(model->index(row, column, view.rootIndex())).adjusted(4, 4, -4, -4);
            if (cell.width() < smallestTarget || !seen.adjusted(2, 2, -2, -2).contains(cell)) {
                continue;
            }
            for (const QRect &half :
                 {cell.adjusted(0, 0, -cell.width() / 2, 0), cell.adjusted(cell.width() / 2, 0, 0, 0)}) {
                const QRect place(view.viewport()->mapTo(&window, half.topLeft()) * pixelsEach,
                                  half.size() * pixelsEach);
                const double ratio = painted(image, place);
                if (ratio > nothingPainted && ratio < leastContrastOfMarks) {
                    faults.append(u"row %1, column %2 of %3 has a contrast of %4"_s.arg(row)
                                      .arg(column)
                                      .arg(nameOf(view))
                                      .arg(ratio, 0, 'f', 2));
                }
            }
        }
    }
}

bool hasText(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        return !label->text().trimmed().isEmpty();
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        return !button->text().trimmed().isEmpty();
    }
    if (const auto *line = qobject_cast<const QLineEdit *>(&widget)) {
        return !line->displayText().isEmpty() || !line->placeholderText().isEmpty();
    }
    return false;
}

} // namespace

QStringList layoutFaults(const QWidget &window)
{
    QStringList faults;
    findOverlaps(window, faults);
    for (const auto *widget : seen(window)) {
        findOutside(*widget, faults);
        findOverlaps(*widget, faults);
        findShortened(*widget, faults);
        findTooSmall(*widget, faults);
        findAskew(window, *widget, faults);
    }
    return faults;
}

QStringList contrastFaults(QWidget &window)
{
    QImage image(window.size() * pixelsEach, QImage::Format_RGB32);
    image.setDevicePixelRatio(pixelsEach);
    window.render(&image);
    QStringList faults;
    for (const auto *widget : seen(window)) {
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget)) {
            findFaintCells(window, image, *view, faults);
        }
        const bool isTextOfItsOwn = !isPart(*widget) && widget->isEnabled() && hasText(*widget);
        if (!isTextOfItsOwn) {
            continue;
        }
        // Without the frame, which may be of any colour.
        const QRect inner = widget->visibleRegion().boundingRect().adjusted(4, 4, -4, -4);
        const QRect place(widget->mapTo(&window, inner.topLeft()) * pixelsEach, inner.size() * pixelsEach);
        if (inner.height() < widget->fontMetrics().height() / 2) {
            continue; // hardly in sight
        }
        if (const double ratio = painted(image, place); ratio < leastContrast) {
            faults.append(u"%1 has a contrast of %2"_s.arg(nameOf(*widget)).arg(ratio, 0, 'f', 2));
        }
    }
    return faults;
}

} // namespace Tocsin
