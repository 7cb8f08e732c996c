// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keychainstatus.h"

#include <QGuiApplication>

namespace Tocsin {

KeychainStatus::KeychainStatus(Engine &engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_words(tr("Asking the keychain"))
    , m_sentence(m_words)
{
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive) {
            check();
        }
    });
}

void KeychainStatus::check()
{
    if (m_asking || !m_engine.isOpen()) {
        return;
    }
    m_asking = true;
    m_engine.secrets().availability(this, [this](SecretAvailability availability) {
        m_asking = false;
        take(availability);
    });
}

void KeychainStatus::take(SecretAvailability availability)
{
    m_sentence = describe(availability);
    switch (availability) {
    case SecretAvailability::Available:
        m_role = ColorRole::Success;
        m_words = m_engine.secrets().isReadOnly() ? tr("Credentials folder") : tr("Keychain ready");
        break;
    case SecretAvailability::Locked:
        m_role = ColorRole::Warning;
        m_words = tr("Keychain locked");
        break;
    case SecretAvailability::Absent:
        m_role = ColorRole::Error;
        m_words = tr("No keychain");
        break;
    case SecretAvailability::Denied:
        m_role = ColorRole::Error;
        m_words = tr("Keychain refused");
        break;
    }
    Q_EMIT changed();
}

} // namespace Tocsin

#include "moc_keychainstatus.cpp"
