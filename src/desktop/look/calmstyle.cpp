// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "calmstyle.h"

#include "buttonlabel.h"
#include "colorroles.h"
#include "icons.h"
#include "isolates.h"
#include "metrics.h"
#include "primarybutton.h"
#include "scrollbar.h"
#include "tabs.h"

#include <QAbstractScrollArea>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QStyleOption>
#include <QTableView>

#include <algorithm>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

/// Fusion draws its outlines in the window's colour, darkened by 140 %, and the focus in the highlight's, by 125 %:
/// neither is seen on a dark window. This palette makes them come out as they should.
QPalette outlining(const QPalette &palette)
{
    QPalette outlined = palette;
    outlined.setColor(QPalette::Window, outline(palette).lighter(140));
    outlined.setColor(QPalette::Highlight, focusColor(palette).lighter(125));
    return outlined;
}

/// One flat colour: Fusion's gradient pales it until its text is no longer readable.
void drawPrimaryPanel(const QStyleOption &option, QPainter &painter)
{
    const QStyle::State state = option.state;
    QColor fill = option.palette.color(QPalette::Button);
    if (state.testFlag(QStyle::State_Sunken)) {
        fill = fill.darker(115);
    } else if (state.testFlag(QStyle::State_MouseOver)) {
        fill = fill.lighter(106);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(fill.darker(120));
    painter.setBrush(fill);
    const QRectF panel = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(panel, 2, 2);
    if (state.testFlag(QStyle::State_HasFocus)) {
        painter.setPen(option.palette.color(QPalette::ButtonText));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(panel.adjusted(2, 2, -2, -2), 1, 1);
    }
    painter.restore();
}

/// Fusion colours the outline, which differs too little from one without the focus: this is twice as thick.
void drawFocusRing(const QStyleOption &option, QPainter &painter)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(focusColor(option.palette), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 2, 2);
    painter.restore();
}

/// Around what scrolls: a line, and a pixel within it for the focus.
void drawScrollFrame(const QStyleOption &option, QPainter &painter, const QColor &line)
{
    // At a scale that is no whole number, Fusion's lines fall beside the pixels that are the widget's.
    const auto draw = [&painter](const QRectF &frame, const QColor &color) {
        painter.fillRect(QRectF(frame.topLeft(), QSizeF(frame.width(), 1)), color);
        painter.fillRect(QRectF(frame.topLeft(), QSizeF(1, frame.height())), color);
        painter.fillRect(QRectF(frame.left(), frame.bottom() - 1, frame.width(), 1), color);
        painter.fillRect(QRectF(frame.right() - 1, frame.top(), 1, frame.height()), color);
    };
    const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
    const QColor focus = focusColor(option.palette);
    const QRectF frame(option.rect);
    draw(frame, hasFocus ? focus : line);
    draw(frame.adjusted(1, 1, -1, -1), hasFocus ? focus : option.palette.color(QPalette::Base));
}

/// What is not typed into shows the focus once keys have moved it.
bool showsFocusOfKeys(const QStyleOption &option)
{
    return option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange);
}

/// A label's lines begin where its window's do: a QLabel lets the text's own direction say it, and English
/// would stand at the wrong end of its column in a window that runs from right to left.
int inItsPlace(int flags, const QPainter &painter)
{
    const auto *device = painter.device();
    const auto *label = device && device->devType() == QInternal::Widget
        ? qobject_cast<const QLabel *>(static_cast<const QWidget *>(device))
        : nullptr;
    if (!label) {
        return flags;
    }
    const auto horizontal =
        QStyle::visualAlignment(label->layoutDirection(), label->alignment()) & Qt::AlignHorizontal_Mask;
    return (flags & ~int(Qt::AlignHorizontal_Mask)) | int(horizontal);
}

/// As it is drawn: a text without a letter from right to left runs from left to right in any window.
QString inItsDirection(const QString &text, Qt::LayoutDirection direction)
{
    return direction == Qt::RightToLeft && !hasRightToLeftLetter(text) ? isolated(text) : text;
}

/// A menu's item: its words and, after a tab, its keys.
QString itemInItsDirection(const QString &text, Qt::LayoutDirection direction)
{
    QStringList parts = text.split(u'\t');
    for (QString &part : parts) {
        part = inItsDirection(part, direction);
    }
    return parts.join(u'\t');
}

constexpr int scrollFrameWidth = 2;
constexpr int cellInset = Metrics::small - 3; // the platform leaves three

/// A table's cells, or its horizontal header.
bool isOfTable(const QWidget *widget)
{
    const auto *header = qobject_cast<const QHeaderView *>(widget);
    return header ? header->orientation() == Qt::Horizontal && qobject_cast<const QTableView *>(header->parentWidget())
                  : qobject_cast<const QTableView *>(widget) != nullptr;
}

constexpr int lineEditMargin = 2; // a QLineEdit's own, within what the style gives it

/// `field` is what the style leaves for the text of `option`: narrower, so that Metrics::small stand between the edge
/// and the text, which its drawer moves in by `own`. One that ends at a button is narrower where it begins only.
QRect withRoom(const QRect &field, const QStyleOption &option, int own, bool endsAtButton)
{
    const bool isMirrored = option.direction == Qt::RightToLeft;
    const int there = isMirrored ? option.rect.right() - field.right() : field.left() - option.rect.left();
    const int inset = std::max(0, Metrics::small - own - there);
    const int end = endsAtButton ? 0 : inset;
    return isMirrored ? field.adjusted(end, 0, -inset, 0) : field.adjusted(inset, 0, -end, 0);
}

template <typename Option>
std::optional<Option> outlining(const QStyleOption *option)
{
    const auto *own = qstyleoption_cast<const Option *>(option);
    if (!own) {
        return std::nullopt;
    }
    Option copy(*own);
    copy.palette = outlining(option->palette);
    return copy;
}

} // namespace

/// Other styles' tabs, scroll bars and fields are left as they are.
bool CalmStyle::isFusion() const
{
    return baseStyle()->name() == "fusion"_L1;
}

bool CalmStyle::needsOutlines(const QStyleOption *option) const
{
    return (isDark(option->palette) || isHighContrast(option->palette)) && isFusion();
}

/// A text that can be selected is laid out by the label itself, and not by drawItemText().
void CalmStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    auto *label = qobject_cast<QLabel *>(widget);
    if (label && label->isRightToLeft() && label->textInteractionFlags().testFlag(Qt::TextSelectableByMouse)) {
        label->setAlignment(visualAlignment(Qt::RightToLeft, label->alignment()));
    }
}

QSize CalmStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
    if (item && type == CT_ItemViewItem && isOfTable(widget)) { // what wraps does so within the inset
        QStyleOptionViewItem inset(*item);
        inset.rect.adjust(cellInset, 0, -cellInset, 0);
        return QProxyStyle::sizeFromContents(type, &inset, size, widget).grownBy({cellInset, 0, cellInset, 0});
    }
    const QSize given = QProxyStyle::sizeFromContents(type, option, size, widget);
    constexpr QSize target(Metrics::target, Metrics::target);
    switch (type) {
    case CT_LineEdit:
    case CT_SpinBox:
    case CT_ComboBox:
        return (isFusion() ? given.grownBy({0, 0, Metrics::medium, 0}) : given).expandedTo(target);
    case CT_PushButton:
        return given.grownBy({0, 0, Metrics::large, 0}).expandedTo(target);
    case CT_CheckBox:
    case CT_RadioButton:
    case CT_ToolButton:
        return given.expandedTo(target);
    case CT_HeaderSection:
        return isOfTable(widget) ? given.grownBy({cellInset, 0, cellInset, 0}) : given;
    default:
        return given;
    }
}

QRect CalmStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (element == SE_LineEditContents && frame && frame->lineWidth > 0 && isFusion()) {
        const QRect given = QProxyStyle::subElementRect(element, option, widget);
        return withRoom(given, *option, lineEditMargin, false);
    }
    if (!isOfTable(widget)) {
        return QProxyStyle::subElementRect(element, option, widget);
    }
    switch (element) {
    case SE_ItemViewItemCheckIndicator:
    case SE_ItemViewItemDecoration:
    case SE_ItemViewItemText:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            QStyleOptionViewItem inset(*item);
            inset.rect.adjust(cellInset, 0, -cellInset, 0);
            return QProxyStyle::subElementRect(element, &inset, widget);
        }
        break;
    default:
        break;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

int CalmStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *data) const
{
    return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
}

void CalmStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    if (const auto *label = qstyleoption_cast<const QStyleOptionHeader *>(option);
        label && element == CE_HeaderLabel && isOfTable(widget)) {
        QStyleOptionHeader inset(*label);
        inset.rect.adjust(cellInset, 0, -cellInset, 0);
        QProxyStyle::drawControl(element, &inset, painter, widget);
        return;
    }
    if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        button && element == CE_PushButtonLabel && isMirroredTwice(*button)) {
        drawLabelFromRight(*button, *painter, *this);
        return;
    }
    if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option); tab && isFusion()) {
        if (element == CE_TabBarTabShape) {
            drawTabShape(*tab, *painter);
            return;
        }
        if (element == CE_TabBarTabLabel) {
            drawTabLabel(*tab, *painter, *this);
            return;
        }
    }
    if (const auto *entry = qstyleoption_cast<const QStyleOptionMenuItem *>(option); entry && element == CE_MenuItem) {
        QStyleOptionMenuItem isolating(*entry);
        isolating.text = itemInItsDirection(entry->text, entry->direction);
        isolating.palette = quietSelection(entry->palette); // as in a list: else an icon is dark on dark
        if (entry->state.testFlag(State_Selected) && isHighContrast(entry->palette) && !entry->icon.isNull()) {
            const int extent = pixelMetric(PM_SmallIconSize, option, widget);
            isolating.icon =
                entry->icon.pixmap({extent, extent}, painter->device()->devicePixelRatioF(),
                                   entry->state.testFlag(State_Enabled) ? QIcon::Selected : QIcon::Disabled);
        }
        QProxyStyle::drawControl(element, &isolating, painter, widget);
        return;
    }
    const auto *item = element == CE_ItemViewItem ? qstyleoption_cast<const QStyleOptionViewItem *>(option) : nullptr;
    if (!item) {
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    QStyleOptionViewItem quiet(*item);
    quiet.palette = quietSelection(item->palette);
    quiet.text = inItsDirection(item->text, item->direction);
    QProxyStyle::drawControl(element, &quiet, painter, widget);
}

void CalmStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    drawOutlined(element, option, painter, widget);
    const bool isButton =
        element == PE_PanelButtonCommand && showsFocusOfKeys(*option) && !qobject_cast<const PrimaryButton *>(widget);
    const bool isField = element == PE_FrameLineEdit && option->state.testFlag(State_HasFocus);
    if (isFusion() && (isButton || isField)) {
        drawFocusRing(*option, *painter);
    }
}

void CalmStyle::drawOutlined(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    if (element == PE_FrameFocusRect) {
        // A line only: Fusion's tint would lie over the text and pale it.
        const auto *ring = qstyleoption_cast<const QStyleOptionFocusRect *>(option);
        QColor line = focusColor(option->palette);
        if (ring && ring->backgroundColor.isValid() && contrast(line, ring->backgroundColor) < 3.0) {
            line = option->palette.color(QPalette::HighlightedText);
        }
        painter->save();
        painter->setPen(line);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    }
    if (element == PE_PanelButtonCommand && option->state.testFlag(State_Enabled)
        && qobject_cast<const PrimaryButton *>(widget)) {
        drawPrimaryPanel(*option, *painter);
        return;
    }
    if (element == PE_FrameTabBarBase && isFusion()) {
        drawTabBase(*option, *painter);
        return;
    }
    if (element == PE_Frame && isFusion() && qobject_cast<const QAbstractScrollArea *>(widget)) {
        drawScrollFrame(*option, *painter,
                        needsOutlines(option) ? outline(option->palette)
                                              : option->palette.color(QPalette::Window).darker(140).lighter(108));
        return;
    }
    if (needsOutlines(option)) {
        switch (element) {
        case PE_Frame:
        case PE_FrameLineEdit:
            if (const auto frame = outlining<QStyleOptionFrame>(option)) {
                QProxyStyle::drawPrimitive(element, &*frame, painter, widget);
                return;
            }
            break;
        case PE_PanelButtonTool: {
            QStyleOption button(*option);
            button.palette = outlining(option->palette);
            QProxyStyle::drawPrimitive(element, &button, painter, widget);
            return;
        }
        case PE_IndicatorCheckBox:
        case PE_IndicatorRadioButton:
        case PE_PanelButtonCommand:
            if (const auto button = outlining<QStyleOptionButton>(option)) {
                QProxyStyle::drawPrimitive(element, &*button, painter, widget);
                return;
            }
            break;
        default:
            break;
        }
    }
    const auto *row =
        element == PE_PanelItemViewRow ? qstyleoption_cast<const QStyleOptionViewItem *>(option) : nullptr;
    if (!row) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    QStyleOptionViewItem quiet(*row);
    quiet.palette = quietSelection(row->palette);
    QProxyStyle::drawPrimitive(element, &quiet, painter, widget);
}

void CalmStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                   const QWidget *widget) const
{
    if (const auto *bar = scrollBar(control, option)) {
        drawScrollBar(*bar, subControlRect(control, option, SC_ScrollBarSlider, widget), *painter);
        return;
    }
    drawOutlined(control, option, painter, widget);
    const bool isBox = control == CC_ComboBox && showsFocusOfKeys(*option);
    const bool isField = control == CC_SpinBox && option->state.testFlag(State_HasFocus);
    if (isFusion() && (isBox || isField)) {
        drawFocusRing(*option, *painter);
    }
}

void CalmStyle::drawOutlined(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                             const QWidget *widget) const
{
    if (needsOutlines(option)) {
        if (const auto box = outlining<QStyleOptionComboBox>(option)) {
            QProxyStyle::drawComplexControl(control, &*box, painter, widget);
            return;
        }
        if (const auto bar = outlining<QStyleOptionSlider>(option)) {
            QProxyStyle::drawComplexControl(control, &*bar, painter, widget);
            return;
        }
        if (const auto box = outlining<QStyleOptionSpinBox>(option)) {
            QProxyStyle::drawComplexControl(control, &*box, painter, widget);
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect CalmStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                const QWidget *widget) const
{
    if (const auto *bar = scrollBar(control, option)) {
        return scrollBarPart(*bar, part, pixelMetric(PM_ScrollBarSliderMin, option, widget));
    }
    const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    const bool isBox = box && control == CC_ComboBox && part == SC_ComboBoxEditField && box->frame;
    const bool isSpin = control == CC_SpinBox && part == SC_SpinBoxEditField;
    if ((isBox || isSpin) && isFusion()) {
        const int own = isBox && !box->editable ? 1 : lineEditMargin;
        return withRoom(QProxyStyle::subControlRect(control, option, part, widget), *option, own, true);
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

/// Fusion's has a handle that is lighter than its groove.
const QStyleOptionSlider *CalmStyle::scrollBar(ComplexControl control, const QStyleOptionComplex *option) const
{
    return control == CC_ScrollBar && isFusion() ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr;
}

void CalmStyle::drawItemText(QPainter *painter, const QRect &rectangle, int flags, const QPalette &palette,
                             bool enabled, const QString &text, QPalette::ColorRole textRole) const
{
    QProxyStyle::drawItemText(painter, rectangle, inItsPlace(flags, *painter), palette, enabled,
                              inItsDirection(text, painter->layoutDirection()), textRole);
}

int CalmStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
        return isFusion() ? 0 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_DefaultFrameWidth:
        return isFusion() && qobject_cast<const QAbstractScrollArea *>(widget)
            ? scrollFrameWidth
            : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_TabBarBaseOverlap:
        return isFusion() ? 1 : QProxyStyle::pixelMetric(metric, option, widget);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QIcon CalmStyle::standardIcon(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const
{
    switch (standard) {
    // The platform's come from files: each menu bar would load every image format's plugin for one that it never shows.
    case SP_ToolBarHorizontalExtensionButton:
        return icon(Symbol::More);
    case SP_LineEditClearButton:
        return icon(Symbol::Close);
    case SP_MessageBoxWarning:
        return icon(ColorRole::Warning);
    case SP_MessageBoxCritical:
        return icon(ColorRole::Error);
    default:
        return QProxyStyle::standardIcon(standard, option, widget);
    }
}

} // namespace Tocsin

#include "moc_calmstyle.cpp"
