// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktopnotifications.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {
constexpr auto service = "org.freedesktop.Notifications"_L1;
constexpr auto path = "/org/freedesktop/Notifications"_L1;
constexpr int asTheDesktopLikes = -1; // for how long it is shown
} // namespace

DesktopNotifications::DesktopNotifications(QObject *parent)
    : QObject(parent)
{
    auto bus = QDBusConnection::sessionBus();
    bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(noteAction(uint, QString)));
    bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(noteClosed(uint, uint)));
}

void DesktopNotifications::show(const QString &title, const QString &text, const QString &actionText)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, u"Notify"_s);
    call << u"Tocsin"_s << m_id << u"tocsin"_s << title << text.toHtmlEscaped() // the text is markup, the title is not
         << QStringList{u"default"_s, actionText} << QVariantMap{{u"desktop-entry"_s, u"tocsin"_s}}
         << asTheDesktopLikes;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, title, text] {
        const QDBusPendingReply<uint> reply = *watcher;
        watcher->deleteLater();
        if (reply.isError()) {
            Q_EMIT unavailable(title, text);
        } else {
            m_id = reply.value();
        }
    });
}

void DesktopNotifications::noteAction(uint id, const QString &)
{
    if (id == m_id) {
        Q_EMIT clicked();
    }
}

void DesktopNotifications::noteClosed(uint id, uint)
{
    if (id == m_id) {
        m_id = 0;
        Q_EMIT closed();
    }
}

} // namespace Tocsin
