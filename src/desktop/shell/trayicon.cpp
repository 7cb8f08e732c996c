// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trayicon.h"

#include "backgrounddelivery.h"
#include "deliverywords.h"
#include "icons.h"
#include "pauseaction.h"

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

TrayIcon::TrayIcon(BackgroundDelivery &delivery, QObject *parent)
    : QObject(parent)
    , m_delivery(delivery)
    , m_state(m_menu.addAction(QString()))
    , m_icon(applicationIcon())
{
    m_state->setEnabled(false);
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("Open Tocsin")), &QAction::triggered, this, &TrayIcon::openRequested);
    pauseBy(*m_menu.addAction(QString()), delivery);
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("Quit")), &QAction::triggered, this, &TrayIcon::quitRequested);
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::notificationClicked);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick) {
            Q_EMIT openRequested();
        }
    });
    connect(&m_delivery, &BackgroundDelivery::stateChanged, this, &TrayIcon::showState);
    showState();
}

bool TrayIcon::isAvailable()
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void TrayIcon::show()
{
    m_icon.show();
}

void TrayIcon::hide()
{
    m_icon.hide();
}

void TrayIcon::notify(const QString &title, const QString &text)
{
    if (m_icon.isVisible()) {
        m_icon.showMessage(title, text, m_icon.icon());
    }
}

void TrayIcon::showState()
{
    const DeliveryWords words(m_delivery);
    m_state->setText(words.line());
    m_icon.setToolTip(u"Tocsin: "_s + words.line());
}

} // namespace Tocsin

#include "moc_trayicon.cpp"
