// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "processlock.h"
#include "result.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace Tocsin {

/// While it is held, no other process (nor another change here) touches the secrets of that webhook. A mark in the
/// profile's folder says that the webhook is being removed, so that a later process can put right what one that ended
/// too early has left; and as long as the removal can be undone, which secrets that needs.
class SecretJournal
{
public:
    /// Refused while another change of the same webhook is under way.
    static Result<std::unique_ptr<SecretJournal>> begin(const QString &profile, const QString &webhookId);
    /// The webhooks whose removal did not end, or can be undone.
    static QStringList marked(const QString &profile);
    /// The keys that the undoing of removals needs, but for that of one webhook.
    static QStringList neededKeys(const QString &profile, const QString &exceptWebhookId);

    /// Gives the webhook free; a mark stays unless settle() was called.
    ~SecretJournal() = default;

    /// What the mark that stands there names; nothing where there is none.
    std::optional<QStringList> markedKeys() const;
    /// `neededKeys` are the names of the secrets that stay for an undo.
    Result<void> mark(const QStringList &neededKeys);
    /// Keychain and database agree.
    void settle();

private:
    explicit SecretJournal(const QString &path);

    QString m_path;
    ProcessLock m_lock;
};

} // namespace Tocsin
