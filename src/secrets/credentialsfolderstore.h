// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secretstore.h"

namespace Tocsin {

/// A folder with one file a key (`/` in a key is `.` in the file's name), as systemd's LoadCredential= makes it. Only
/// read, only where nobody but this process's user or root may open it, and only files of which the same is true. One
/// newline at a file's end is no part of the secret. Files are small (at most 1 MiB) and read at once.
class CredentialsFolderStore : public SecretStore
{
    Q_OBJECT

public:
    static constexpr SentenceMaker say{"Tocsin::CredentialsFolderStore"};

    explicit CredentialsFolderStore(const QString &folder, QObject *parent = nullptr);

    SecretJob *read(const QString &key) override;
    SecretJob *write(const QString &key, const QString &value) override; ///< always Failed: the folder is only read
    SecretJob *remove(const QString &key) override; ///< always Failed: the folder is only read
    void availability(QObject *context, Reply<SecretAvailability> reply) override;
    bool isReadOnly() const override { return true; }

private:
    SecretOutcome readFile(const QString &key) const;
    SecretOutcome refusal() const;

    QString m_folder;
};

} // namespace Tocsin
