// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "conflictbar.h"

#include "colorroles.h"
#include "icons.h"
#include "metrics.h"
#include "ownpalette.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace Tocsin {

ConflictBar::ConflictBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_reload(new QPushButton(tr("Re&load"), this))
    , m_keep(new QPushButton(tr("&Keep Mine"), this))
    , m_compare(new QPushButton(tr("C&ompare"), this))
{
    setAutoFillBackground(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_reload->setToolTip(tr("Show what is stored now; what was typed here can be brought back by Undo"));
    m_keep->setToolTip(tr("Save Webhook replaces what is stored by what stands here"));
    m_compare->setToolTip(tr("Where both differ"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::huge, Metrics::small, Metrics::huge, Metrics::small);
    layout->setSpacing(Metrics::small);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    for (QPushButton *button : {m_reload, m_keep, m_compare}) {
        button->setAutoDefault(false);
        layout->addWidget(button);
    }
    connect(m_reload, &QPushButton::clicked, this, &ConflictBar::reloadRequested);
    connect(m_keep, &QPushButton::clicked, this, &ConflictBar::keepRequested);
    connect(m_compare, &QPushButton::clicked, this, &ConflictBar::compareRequested);
    keepPalette(this, [this] { paintRole(); });
    hide();
}

void ConflictBar::showChange()
{
    tell(tr("This webhook was changed elsewhere while it is being edited here."), true);
}

void ConflictBar::showRemoval()
{
    tell(tr("This webhook was deleted elsewhere; Save Webhook adds it again."), false);
}

void ConflictBar::takeFocus()
{
    (m_compare->isHidden() ? m_keep : m_compare)->setFocus(Qt::OtherFocusReason);
}

void ConflictBar::tell(const QString &text, bool isChange)
{
    for (QPushButton *button : {m_reload, m_keep, m_compare}) {
        button->setVisible(isChange);
    }
    if (!isHidden() && text == m_text->text()) {
        return;
    }
    m_text->setText(text);
    paintRole();
    show();
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ConflictBar::paintRole()
{
    const QPalette application;
    QPalette own;
    own.setColor(QPalette::Window, tint(ColorRole::Warning, application));
    setPalette(own);
    m_icon->setPixmap(pixmap(symbolOf(ColorRole::Warning), color(ColorRole::Warning, application), Metrics::icon,
                             devicePixelRatioF()));
}

} // namespace Tocsin

#include "moc_conflictbar.cpp"
