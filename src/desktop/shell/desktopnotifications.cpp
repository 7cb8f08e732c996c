// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktopnotifications.h"

#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {
constexpr int asTheDesktopLikes = -1; // for how long it is shown
} // namespace

NotificationsInterface::NotificationsInterface(QObject *parent)
    : QDBusAbstractInterface(u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
                             "org.freedesktop.Notifications", QDBusConnection::sessionBus(), parent)
{
}

DesktopNotifications::DesktopNotifications(QObject *parent)
    : QObject(parent)
{
}

void DesktopNotifications::show(const QString &title, const QString &text, const QString &actionText)
{
    if (!m_interface) {
        m_interface = new NotificationsInterface(this);
        connect(m_interface, &NotificationsInterface::ActionInvoked, this, [this](uint id) {
            if (id == m_id) {
                Q_EMIT clicked();
            }
        });
        connect(m_interface, &NotificationsInterface::NotificationClosed, this, [this](uint id) {
            if (id == m_id) {
                m_id = 0;
                Q_EMIT closed();
            }
        });
    }
    const QVariantList values{u"Tocsin"_s,
                              m_id,
                              u"tocsin"_s,
                              title,
                              text.toHtmlEscaped(), // the text is markup, the title is not
                              QStringList{u"default"_s, actionText},
                              QVariantMap{{u"desktop-entry"_s, u"tocsin"_s}},
                              asTheDesktopLikes};
    auto *watcher = new QDBusPendingCallWatcher(m_interface->asyncCallWithArgumentList(u"Notify"_s, values), this);
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

} // namespace Tocsin

#include "moc_desktopnotifications.cpp"
