// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checklistbutton.h"

#include <QKeyEvent>
#include <QStyleOptionComboBox>
#include <QStylePainter>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int usualCharacters = 14;
constexpr int leastCharacters = 6;
} // namespace

ChecklistButton::ChecklistButton(QWidget *parent)
    : QAbstractButton(parent)
    , m_emptyText(tr("Any"))
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(this, &QAbstractButton::clicked, this, &ChecklistButton::togglePopup);
    noteChange();
}

ChecklistButton::~ChecklistButton()
{
    delete m_popup;
}

void ChecklistButton::setItems(const QList<ChecklistItem> &items)
{
    if (items != m_items) {
        m_items = items;
        noteChange();
    }
}

void ChecklistButton::setEmptyText(const QString &text)
{
    m_emptyText = text;
    noteChange();
}

void ChecklistButton::setValues(const QStringList &values)
{
    if (values != m_values) {
        m_values = values;
        noteChange();
    }
}

QString ChecklistButton::labelOf(const QString &value) const
{
    const auto item =
        std::find_if(m_items.cbegin(), m_items.cend(), [&](const ChecklistItem &one) { return one.value == value; });
    return item == m_items.cend() ? value : item->label;
}

std::optional<QString> ChecklistButton::valueOf(const QString &text) const
{
    const auto isNamed = [&](const ChecklistItem &item) {
        return item.value.compare(text, Qt::CaseInsensitive) == 0 || item.label.compare(text, Qt::CaseInsensitive) == 0;
    };
    const auto item = std::find_if(m_items.cbegin(), m_items.cend(), isNamed);
    if (item != m_items.cend()) {
        return item->value;
    }
    return m_allowsAdding ? std::optional(text) : std::nullopt;
}

QString ChecklistButton::valueText() const
{
    if (m_values.isEmpty()) {
        return m_emptyText;
    }
    QStringList labels;
    for (const QString &value : m_values) {
        labels.append(labelOf(value));
    }
    return labels.join(", "_L1);
}

void ChecklistButton::setValueText(const QString &text)
{
    QStringList values;
    const QStringList parts = text == m_emptyText ? QStringList() : text.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (const auto value = valueOf(part.trimmed()); value && !value->isEmpty()) {
            values.append(*value);
        }
    }
    values.removeDuplicates();
    choose(values);
}

void ChecklistButton::choose(const QStringList &values)
{
    if (values != m_values) {
        m_values = values;
        noteChange();
        Q_EMIT valuesChanged(m_values);
    }
}

QList<ChecklistItem> ChecklistButton::offered() const
{
    QList<ChecklistItem> all = m_items;
    for (const QString &value : m_values) {
        const auto isValue = [&](const ChecklistItem &item) {
            return item.value == value;
        };
        if (std::none_of(m_items.cbegin(), m_items.cend(), isValue)) {
            all.append({.value = value, .label = value});
        }
    }
    return all;
}

void ChecklistButton::noteChange()
{
    setToolTip(m_values.isEmpty() ? QString() : valueText());
    if (m_popup) {
        m_popup->setItems(offered(), m_values);
    }
    update();
    QAccessibleValueChangeEvent event(this, valueText());
    QAccessible::updateAccessibility(&event);
}

void ChecklistButton::togglePopup()
{
    if (m_popup && m_popup->isVisible()) {
        m_popup->close();
        return;
    }
    if (!m_popup) {
        m_popup = new ChecklistPopup(accessibleName(), m_allowsAdding, this);
        connect(m_popup, &ChecklistPopup::toggled, this, [this](const QString &value, bool checked) {
            QStringList values = m_values;
            values.removeAll(value);
            if (checked) {
                values.append(value);
            }
            choose(values);
        });
        connect(m_popup, &ChecklistPopup::added, this, [this](const QString &text) {
            QStringList values = m_values;
            values.append(valueOf(text).value_or(text));
            values.removeDuplicates();
            choose(values);
        });
    }
    m_popup->setEmptyText(m_emptyText);
    m_popup->setItems(offered(), m_values);
    m_popup->openAt(this);
}

void ChecklistButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_F4 || event->key() == Qt::Key_Return
        || event->key() == Qt::Key_Enter) {
        if (!event->modifiers().testFlag(Qt::ControlModifier)) {
            click();
            return;
        }
    }
    QAbstractButton::keyPressEvent(event);
}

void ChecklistButton::hideEvent(QHideEvent *event)
{
    if (m_popup) {
        m_popup->close();
    }
    QAbstractButton::hideEvent(event);
}

void ChecklistButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    option.initFrom(this);
    option.subControls = QStyle::SC_All;
    if (isDown()) {
        option.state |= QStyle::State_Sunken;
    }
    if (m_popup && m_popup->isVisible()) {
        option.state |= QStyle::State_On;
    }
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    const QRect field =
        style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this).adjusted(2, 0, -2, 0);
    option.currentText = fontMetrics().elidedText(valueText(), Qt::ElideRight, field.width());
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

QSize ChecklistButton::sizeHint() const
{
    QStyleOptionComboBox option;
    option.initFrom(this);
    const QSize content(fontMetrics().averageCharWidth() * usualCharacters, std::max(fontMetrics().height(), 14) + 2);
    return style()->sizeFromContents(QStyle::CT_ComboBox, &option, content, this);
}

QSize ChecklistButton::minimumSizeHint() const
{
    const QSize size = sizeHint();
    return QSize(size.width() - fontMetrics().averageCharWidth() * (usualCharacters - leastCharacters), size.height());
}

} // namespace Tocsin

#include "moc_checklistbutton.cpp"
