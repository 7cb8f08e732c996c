// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "singlewindow.h"

#include <QCryptographicHash>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDir>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int patienceInMs = 3000;
constexpr qsizetype digits = 16; // of the name that stands for profile and display
const QString path = u"/org/tocsin/Tocsin"_s;

QString serviceOf(const QString &profile)
{
    const QString folder = QDir(profile).canonicalPath();
    QByteArray place = (folder.isEmpty() ? QDir(profile).absolutePath() : folder).toUtf8();
    for (const char *variable : {"WAYLAND_DISPLAY", "DISPLAY"}) { // two may share one bus
        place += '\n' + qgetenv(variable);
    }
    const QByteArray name = QCryptographicHash::hash(place, QCryptographicHash::Sha256).toHex().first(digits);
    return u"org.tocsin.Tocsin.Profile_"_s + QString::fromLatin1(name);
}

} // namespace

SingleWindow::SingleWindow(const QString &profile, QObject *parent)
    : QObject(parent)
    , m_service(serviceOf(profile))
{
}

bool SingleWindow::claim()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return true;
    }
    bus.registerObject(path, this, QDBusConnection::ExportScriptableSlots);
    if (bus.registerService(m_service)) {
        return true;
    }
    QDBusMessage activate =
        QDBusMessage::createMethodCall(m_service, path, u"org.freedesktop.Application"_s, u"Activate"_s);
    QVariantMap platformData;
    for (const auto &[key, variable] : {std::pair(u"activation-token"_s, "XDG_ACTIVATION_TOKEN"),
                                        std::pair(u"desktop-startup-id"_s, "DESKTOP_STARTUP_ID")}) {
        if (qEnvironmentVariableIsSet(variable)) {
            platformData.insert(key, qEnvironmentVariable(variable));
        }
    }
    activate.setArguments({platformData});
    return bus.call(activate, QDBus::Block, patienceInMs).type() != QDBusMessage::ReplyMessage;
}

void SingleWindow::release()
{
    QDBusConnection::sessionBus().unregisterService(m_service);
}

void SingleWindow::Activate(const QVariantMap &platformData)
{
    const QByteArray token = platformData.value(u"activation-token"_s).toString().toUtf8();
    if (!token.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", token); // for the window that is activated next
    }
    Q_EMIT activated();
}

} // namespace Tocsin

#include "moc_singlewindow.cpp"
