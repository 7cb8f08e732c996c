// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "palettechoice.h"

#include "colorroles.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QStyle>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

const QString portal = u"org.freedesktop.portal.Desktop"_s;
const QString portalPath = u"/org/freedesktop/portal/desktop"_s;
const QString portalSettings = u"org.freedesktop.portal.Settings"_s;
const QString appearanceGroup = u"org.freedesktop.appearance"_s;
const QString colorScheme = u"color-scheme"_s;

bool prefersDark(QVariant value)
{
    while (value.canConvert<QDBusVariant>()) {
        value = value.value<QDBusVariant>().variant();
    }
    return value.toUInt() == 1;
}

} // namespace

PaletteChoice::PaletteChoice(Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_platformHasPalette(QApplication::palette().color(QPalette::Window)
                           != QApplication::style()->standardPalette().color(QPalette::Window))
{
    connect(&m_preferences, &Preferences::appearanceChanged, this, &PaletteChoice::apply);
    apply();
    if (!m_platformHasPalette) {
        askPortal();
        connect(qApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
            if (state == Qt::ApplicationActive) {
                askPortal();
            }
        });
    }
}

void PaletteChoice::apply()
{
    switch (m_preferences.appearance()) {
    case Appearance::Light:
        QApplication::setPalette(lightPalette());
        return;
    case Appearance::Dark:
        QApplication::setPalette(darkPalette());
        return;
    case Appearance::System:
        break;
    }
    if (m_platformHasPalette) {
        QApplication::setPalette({});
        QApplication::setPalette(mended(QApplication::palette()));
    } else {
        QApplication::setPalette(m_desktopPrefersDark ? darkPalette() : lightPalette());
    }
}

void PaletteChoice::askPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(portal, portalPath, portalSettings, u"Read"_s);
    call << appearanceGroup << colorScheme;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        const bool dark = !reply.isError() && prefersDark(QVariant::fromValue(reply.value()));
        if (dark != m_desktopPrefersDark) {
            m_desktopPrefersDark = dark;
            apply();
        }
    });
}

} // namespace Tocsin

#include "moc_palettechoice.cpp"
