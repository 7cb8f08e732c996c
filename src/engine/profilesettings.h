// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "setting.h"
#include "store.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace Tocsin {

/// The profile's settings, as they were read last. Once it follows, what another process sets is known within a second
/// or two.
class ProfileSettings : public QObject
{
    Q_OBJECT

public:
    explicit ProfileSettings(Store &store); ///< outlives this

    const Settings &current() const { return m_current; } ///< as usual before the first read()
    /// By a webhook's id, what of it stays text though it looks secret (SecretPlace::what).
    const QHash<QString, QSet<QString>> &keptAsText() const { return m_keptAsText; }
    /// Counts at once; where it cannot be stored, only for this process.
    void setKeptAsText(const QString &webhookId, const QSet<QString> &places);
    void read(QObject *context, Reply<Result<void>> reply);
    /// Stores the value that `text` says; refuses an unknown key and a bad value.
    void set(const QString &key, const QString &text, QObject *context, Reply<Result<void>> reply);
    void follow();

Q_SIGNALS:
    void changed();

private:
    void readAgain();
    void readSoon();
    void take(const Settings &settings, const QHash<QString, QSet<QString>> &keptAsText);

    Store &m_store;
    Settings m_current;
    QHash<QString, QSet<QString>> m_keptAsText;
    QTimer m_pause;
};

} // namespace Tocsin
