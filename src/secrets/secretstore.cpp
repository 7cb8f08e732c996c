// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretstore.h"

#include "credentialsfolderstore.h"
#include "keychainstore.h"

namespace Tocsin {

Sentence describe(SecretAvailability availability)
{
    switch (availability) {
    case SecretAvailability::Available:
        return SecretStore::say("The keychain is open.");
    case SecretAvailability::Locked:
        return SecretStore::say("The keychain is locked: unlock it, and do this again.");
    case SecretAvailability::Absent:
        return SecretStore::say("There is no keychain in this session: start GNOME Keyring or KWallet, or use a "
                                "credentials folder.");
    case SecretAvailability::Denied:
        return SecretStore::say("The keychain refused access: allow Tocsin to use it.");
    }
    return {};
}

std::unique_ptr<SecretStore> makeSecretStore(const QString &credentialsFolder, const QString &profileId,
                                             SecretStore::Prompt prompt)
{
    if (!credentialsFolder.isEmpty()) {
        return std::make_unique<CredentialsFolderStore>(credentialsFolder);
    }
    return std::make_unique<KeychainStore>(profileId, prompt);
}

} // namespace Tocsin

#include "moc_secretstore.cpp"
