// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QLockFile>
#include <QString>
#include <QStringList>

#include <memory>

namespace Tocsin {

/// A mark in the profile's folder that the secrets of one webhook are being changed. It is there as long as keychain
/// and database may disagree, so that a later process can put right what one that ended too early has left; while it
/// is held, no other process (nor another change here) touches that webhook's secrets.
class SecretJournal
{
public:
    /// Refused while another change of the same webhook is under way.
    static Result<std::unique_ptr<SecretJournal>> begin(const QString &profile, const QString &webhookId);
    /// The webhooks whose change did not end, or is under way.
    static QStringList marked(const QString &profile);

    /// Gives the webhook free; the mark stays unless settle() was called.
    ~SecretJournal() = default;

    /// Keychain and database agree.
    void settle();

private:
    explicit SecretJournal(const QString &path);

    QString m_path;
    QLockFile m_lock;
};

} // namespace Tocsin
