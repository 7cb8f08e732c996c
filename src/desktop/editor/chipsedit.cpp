// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chipsedit.h"

#include "flowlayout.h"
#include "icons.h"
#include "metrics.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStyleOptionFrame>
#include <QStylePainter>
#include <QToolButton>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int border = 1; // between the frame and the chips
constexpr int widestChip = 280; // of its text
constexpr int narrowestChip = 48;
constexpr int narrowestLine = 90;
} // namespace

ChipsEdit::ChipsEdit(QWidget *parent)
    : QFrame(parent)
    , m_edit(new QLineEdit(this))
    , m_layout(new FlowLayout(Metrics::tight, this))
{
    setFrameShape(QFrame::StyledPanel);
    setFocusProxy(m_edit);
    // One line of chips is as high as a line edit.
    m_lineHeight = m_edit->sizeHint().height() - 2 * (border + frameWidth());
    m_layout->setContentsMargins(border, border, border, border);
    m_layout->addWidget(m_edit);
    m_edit->setFrame(false);
    // Its text begins where a line edit's does: there is its own margin, the chips' and the frame.
    const int room = Metrics::small - 2 - border - frameWidth();
    m_edit->setTextMargins(room, 0, room, 0);
    m_edit->setFixedHeight(m_lineHeight);
    m_edit->setMinimumWidth(narrowestLine);
    m_edit->installEventFilter(this);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);

    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (text.contains(u'\n')) {
            commit();
        } else {
            noteChange();
        }
    });
    // A text that was set rather than typed (by assistive technology) is a value of its own.
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        if (!m_edit->isModified()) {
            commit();
        }
    });
    connect(m_edit, &QLineEdit::editingFinished, this, &ChipsEdit::commit);
}

QString ChipsEdit::label() const
{
    return m_edit->accessibleName();
}

void ChipsEdit::setLabel(const QString &label)
{
    setAccessibleName(label);
    m_edit->setAccessibleName(label);
}

void ChipsEdit::setPlaceholderText(const QString &text)
{
    m_placeholder = text;
    m_edit->setPlaceholderText(m_values.isEmpty() ? text : QString());
}

QStringList ChipsEdit::split(const QString &text) const
{
    static const QRegularExpression lines(u"[\\r\\n]+"_s);
    static const QRegularExpression spaces(u"\\s+"_s);
    QStringList values;
    for (const QString &part : text.split(m_splitsAtSpaces ? spaces : lines, Qt::SkipEmptyParts)) {
        if (const QString value = part.trimmed(); !value.isEmpty()) {
            values.append(value);
        }
    }
    return values;
}

QStringList ChipsEdit::values() const
{
    QStringList all = m_values;
    all.append(split(m_edit->text()));
    all.removeDuplicates();
    return all;
}

void ChipsEdit::setValues(const QStringList &values)
{
    if (values == this->values()) {
        return;
    }
    m_values = values;
    const QSignalBlocker blocker(m_edit);
    m_edit->clear();
    rebuild();
}

QString ChipsEdit::text() const
{
    return values().join(", "_L1);
}

void ChipsEdit::add(const QStringList &values)
{
    m_values.append(values);
    m_values.removeDuplicates();
    rebuild();
    noteChange();
}

void ChipsEdit::commit()
{
    const QStringList typed = split(m_edit->text());
    if (typed.isEmpty()) {
        return;
    }
    {
        const QSignalBlocker blocker(m_edit);
        m_edit->clear();
    }
    add(typed);
}

void ChipsEdit::remove(const QString &value)
{
    m_values.removeOne(value);
    m_edit->setFocus();
    rebuild();
    noteChange();
}

void ChipsEdit::rebuild()
{
    for (QWidget *chip : std::as_const(m_chips)) {
        m_layout->removeWidget(chip);
        // It may be the sender of the signal that led here.
        chip->hide();
        chip->deleteLater();
    }
    m_chips.clear();
    for (const QString &value : std::as_const(m_values)) {
        auto *chip = new QToolButton(this);
        chip->setIcon(icon(Symbol::Close));
        chip->setIconSize(QSize(Metrics::medium, Metrics::medium));
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        chip->setLayoutDirection(layoutDirection() == Qt::LeftToRight ? Qt::RightToLeft : Qt::LeftToRight);
        chip->setFixedHeight(m_lineHeight);
        chip->setMinimumWidth(narrowestChip);
        chip->setFocusPolicy(Qt::ClickFocus);
        chip->setAccessibleName(tr("Remove %1").arg(value));
        chip->setToolTip(tr("Remove %1").arg(value));
        chip->installEventFilter(this);
        connect(chip, &QToolButton::clicked, this, [this, value] { remove(value); });
        m_layout->insertWidget(int(m_chips.size()), chip);
        chip->show();
        m_chips.append(chip);
    }
    setPlaceholderText(m_placeholder);
    shorten();
    updateGeometry();
}

/// Chips are never wider than a line of theirs.
void ChipsEdit::shorten()
{
    const int room = contentsRect().width() - 2 * border;
    for (qsizetype i = 0; i < m_chips.size(); ++i) {
        QToolButton *chip = m_chips.at(i);
        const auto show = [chip, value = m_values.at(i)](int width) {
            QString shown = chip->fontMetrics().elidedText(value, Qt::ElideMiddle, width);
            shown.replace(u'&', "&&"_L1);
            const bool isMirrored = chip->layoutDirection() == Qt::LeftToRight; // the other way round than the window
            chip->setText(isMirrored ? QString(shown + u' ') : QString(u' ' + shown));
        };
        show(widestChip);
        if (const int surplus = chip->sizeHint().width() - room; surplus > 0) {
            show(chip->fontMetrics().horizontalAdvance(chip->text()) - surplus);
        }
    }
}

void ChipsEdit::noteChange()
{
    Q_EMIT valuesChanged(values());
    QAccessibleValueChangeEvent event(this, text());
    QAccessible::updateAccessibility(&event);
}

bool ChipsEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        update();
    }
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (watched == m_edit && isEnter && key->modifiers().testFlag(Qt::ControlModifier)) {
            return QFrame::eventFilter(watched, event);
        }
        if (watched == m_edit && isEnter) {
            commit();
            return true;
        }
        if (watched == m_edit && key->key() == Qt::Key_Backspace && m_edit->text().isEmpty() && !m_values.isEmpty()) {
            remove(m_values.constLast());
            return true;
        }
        const qsizetype chip = m_chips.indexOf(watched);
        if (chip >= 0 && (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace)) {
            remove(m_values.at(chip));
            return true;
        }
        const bool fromLine = watched == m_edit && m_edit->cursorPosition() == 0 && !m_edit->hasSelectedText();
        if (key->key() == Qt::Key_Left && (chip > 0 || (fromLine && !m_chips.isEmpty()))) {
            m_chips.at((chip > 0 ? chip : m_chips.size()) - 1)->setFocus(Qt::BacktabFocusReason);
            return true;
        }
        if (key->key() == Qt::Key_Right && chip >= 0) {
            QWidget *next = m_edit;
            if (chip + 1 < m_chips.size()) {
                next = m_chips.at(chip + 1);
            }
            next->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void ChipsEdit::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionFrame option;
    initStyleOption(&option);
    option.state |= QStyle::State_Sunken;
    option.state.setFlag(QStyle::State_HasFocus, m_edit->hasFocus());
    painter.drawPrimitive(QStyle::PE_PanelLineEdit, option);
}

void ChipsEdit::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    shorten();
}

void ChipsEdit::mousePressEvent(QMouseEvent *event)
{
    m_edit->setFocus(Qt::MouseFocusReason);
    QFrame::mousePressEvent(event);
}

} // namespace Tocsin

#include "moc_chipsedit.cpp"
