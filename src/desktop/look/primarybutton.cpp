// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "primarybutton.h"

#include <QApplication>
#include <QEvent>

namespace Tocsin {

PrimaryButton::PrimaryButton(QWidget *parent)
    : PrimaryButton(QString(), parent)
{
}

PrimaryButton::PrimaryButton(const QString &text, QWidget *parent)
    : QPushButton(text, parent)
{
    setDefault(true);
    applyPalette();
}

void PrimaryButton::setPrimary(bool isPrimary)
{
    m_isPrimary = isPrimary;
    setDefault(isPrimary);
    applyPalette();
}

void PrimaryButton::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (!m_applying && (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)) {
        applyPalette();
    }
}

void PrimaryButton::applyPalette()
{
    m_applying = true;
    const QPalette application = QApplication::palette();
    QPalette own;
    const auto groups = m_isPrimary ? QList{QPalette::Active, QPalette::Inactive} : QList<QPalette::ColorGroup>();
    for (const auto group : groups) {
        own.setColor(group, QPalette::Button, application.color(QPalette::Active, QPalette::Highlight));
        own.setColor(group, QPalette::ButtonText, application.color(QPalette::Active, QPalette::HighlightedText));
    }
    setPalette(own);
    m_applying = false;
}

} // namespace Tocsin

#include "moc_primarybutton.cpp"
