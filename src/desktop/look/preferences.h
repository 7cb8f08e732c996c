// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSettings>

namespace Tocsin {

enum class Appearance { System, Light, Dark };

/// What the window remembers, in the profile's folder: choices of the Settings dialog, sizes and places. Nothing is
/// written before something is set.
class Preferences : public QObject
{
    Q_OBJECT

public:
    explicit Preferences(const QString &profile, QObject *parent = nullptr);

    /// A locale's name ("de"); empty: the system's.
    QString language() const;
    void setLanguage(const QString &language);

    Appearance appearance() const;
    void setAppearance(Appearance appearance);

    bool deliversWhileOpen() const; ///< true unless it was turned off
    void setDeliversWhileOpen(bool delivers);
    bool staysInTray() const; ///< whether deliveries go on when the window is closed; false unless turned on
    void setStaysInTray(bool stays);
    bool notifiesOfDead() const; ///< true unless it was turned off
    void setNotifiesOfDead(bool notifies);

    /// Where the local receiver listens, so that its webhooks find it again; 0: it never did.
    quint16 receiverPort() const;
    void setReceiverPort(quint16 port);

    /// A size, a place, a header's state … by name.
    QByteArray state(const QString &name) const;
    void setState(const QString &name, const QByteArray &state);

Q_SIGNALS:
    void languageChanged();
    void appearanceChanged();
    void deliveryChanged(); ///< one of the three choices about deliveries

private:
    void setDelivery(QLatin1StringView key, bool value, bool usual);

    QSettings m_settings;
};

} // namespace Tocsin
