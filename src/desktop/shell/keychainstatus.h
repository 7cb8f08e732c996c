// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"
#include "engine.h"

#include <QObject>

namespace Tocsin {

/// The keychain's state in words, asked for at the start and when the window is turned to again.
class KeychainStatus : public QObject
{
    Q_OBJECT

public:
    explicit KeychainStatus(Engine &engine, QObject *parent = nullptr);

    void check();
    ColorRole role() const { return m_role; }
    QString words() const { return m_words; } ///< "Keychain ready"
    QString sentence() const { return m_sentence; } ///< what it means and what to do

Q_SIGNALS:
    void changed();

private:
    void take(SecretAvailability availability);

    Engine &m_engine;
    ColorRole m_role = ColorRole::Inactive;
    QString m_words;
    QString m_sentence;
    bool m_asking = false;
};

} // namespace Tocsin
