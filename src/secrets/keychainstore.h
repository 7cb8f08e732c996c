// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secretstore.h"

#include <memory>

namespace Tocsin {

class KeychainJob;

/// The operating system's keychain. A key is stored under the service `tocsin` as `<profile id>:<key>`, so that keys of
/// two profiles never meet. Never falls back to a place that is not the keychain. Make it on the main thread.
class KeychainStore : public SecretStore
{
    Q_OBJECT

public:
    static constexpr SentenceMaker say{"Tocsin::KeychainStore"};

    KeychainStore(const QString &profileId, Prompt prompt, QObject *parent = nullptr);
    ~KeychainStore() override; ///< cancels the jobs that are still under way

    SecretJob *read(const QString &key) override;
    SecretJob *write(const QString &key, const QString &value) override;
    SecretJob *remove(const QString &key) override;
    void availability(QObject *context, Reply<SecretAvailability> reply) override;
    bool isReadOnly() const override { return false; }

private:
    friend class KeychainJob;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
