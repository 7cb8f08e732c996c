// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preferences.h"

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {
constexpr auto languageKey = "language"_L1;
constexpr auto appearanceKey = "appearance"_L1;
constexpr auto deliveringKey = "delivery/whileOpen"_L1;
constexpr auto trayKey = "delivery/tray"_L1;
constexpr auto notifyingKey = "delivery/notify"_L1;
constexpr auto receiverPortKey = "receiver/port"_L1;
} // namespace

Preferences::Preferences(const QString &profile, QObject *parent)
    : QObject(parent)
    , m_settings(profile + u"/window.ini"_s, QSettings::IniFormat)
{
}

QString Preferences::language() const
{
    return m_settings.value(languageKey).toString();
}

void Preferences::setLanguage(const QString &language)
{
    if (language != this->language()) {
        m_settings.setValue(languageKey, language);
        Q_EMIT languageChanged();
    }
}

quint16 Preferences::receiverPort() const
{
    return static_cast<quint16>(m_settings.value(receiverPortKey).toUInt());
}

void Preferences::setReceiverPort(quint16 port)
{
    if (port != receiverPort()) {
        m_settings.setValue(receiverPortKey, port);
    }
}

Appearance Preferences::appearance() const
{
    const QString text = m_settings.value(appearanceKey).toString();
    return text == "light"_L1 ? Appearance::Light : (text == "dark"_L1 ? Appearance::Dark : Appearance::System);
}

void Preferences::setAppearance(Appearance appearance)
{
    if (appearance == this->appearance()) {
        return;
    }
    switch (appearance) {
    case Appearance::System:
        m_settings.remove(appearanceKey);
        break;
    case Appearance::Light:
        m_settings.setValue(appearanceKey, u"light"_s);
        break;
    case Appearance::Dark:
        m_settings.setValue(appearanceKey, u"dark"_s);
        break;
    }
    Q_EMIT appearanceChanged();
}

bool Preferences::deliversWhileOpen() const
{
    return m_settings.value(deliveringKey, true).toBool();
}

void Preferences::setDeliversWhileOpen(bool delivers)
{
    setDelivery(deliveringKey, delivers, true);
}

bool Preferences::staysInTray() const
{
    return m_settings.value(trayKey, false).toBool();
}

void Preferences::setStaysInTray(bool stays)
{
    setDelivery(trayKey, stays, false);
}

bool Preferences::notifiesOfDead() const
{
    return m_settings.value(notifyingKey, true).toBool();
}

void Preferences::setNotifiesOfDead(bool notifies)
{
    setDelivery(notifyingKey, notifies, true);
}

void Preferences::setDelivery(QLatin1StringView key, bool value, bool usual)
{
    if (m_settings.value(key, usual).toBool() != value) {
        m_settings.setValue(key, value);
        Q_EMIT deliveryChanged();
    }
}

QByteArray Preferences::state(const QString &name) const
{
    return m_settings.value("state/"_L1 + name).toByteArray();
}

void Preferences::setState(const QString &name, const QByteArray &state)
{
    m_settings.setValue("state/"_L1 + name, state);
}

} // namespace Tocsin

#include "moc_preferences.cpp"
