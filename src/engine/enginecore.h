// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"
#include "outbox.h"
#include "profilesettings.h"
#include "secretjournal.h"

#include <QHash>

#include <memory>
#include <unordered_map>

namespace Tocsin {

/// What the engine's jobs share. Outlives them.
struct EngineCore
{
    EngineCore(const EngineOptions &engineOptions, std::unique_ptr<SecretStore> givenSecrets);

    /// Takes the webhook's journal: the one kept since a removal that can be undone, or a new one.
    Result<std::unique_ptr<SecretJournal>> takeJournal(const QString &webhookId);

    /// What every request goes through, by the profile's settings as they are at the time; made by the first test or
    /// deliverer.
    Dispatcher &network();

    /// What `input` says of the places that stay text, else what is remembered.
    QSet<QString> keptAsText(const WebhookInput &input) const;

    EngineOptions options;
    QString profile;
    Store store;
    ProfileSettings settings;
    std::unique_ptr<SecretStore> secrets; ///< may be there before the profile is open, if it was given
    std::unique_ptr<Dispatcher> dispatcher; ///< see network()
    std::unique_ptr<Outbox> outbox; ///< made by the first openOutbox()
    std::unordered_map<QString, std::unique_ptr<SecretJournal>> keptJournals; ///< by webhook id
    QHash<QString, QList<Invocation>>
        keptInvocations; ///< newest first, by the id of a webhook whose removal can be undone
    QHash<QString, WebhookCheckResult> lastChecks; ///< by webhook id
    bool isOpen = false;
};

} // namespace Tocsin
