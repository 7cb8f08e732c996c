// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentialsfolderstore.h"

#include "ownedfile.h"

#include <QDir>
#include <QFileInfo>
#include <QStringDecoder>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A job whose outcome is worked out when the event loop comes to it.
class CredentialJob : public SecretJob
{
    Q_OBJECT

public:
    CredentialJob(std::function<SecretOutcome()> work, QObject *parent)
        : SecretJob(parent)
    {
        QMetaObject::invokeMethod(
            this,
            [this, work = std::move(work)] {
                if (!m_isDone) {
                    end(work());
                }
            },
            Qt::QueuedConnection);
    }

    ~CredentialJob() override
    {
        if (!m_isDone) {
            Q_EMIT finished(cancelled());
        }
    }

    void cancel() override
    {
        if (!m_isDone) {
            end(cancelled());
        }
    }

private:
    static SecretOutcome cancelled()
    {
        return {.error = SecretError{SecretError::Kind::Cancelled,
                                     CredentialsFolderStore::say("The credential was not read: cancelled.")},
                .value = {}};
    }

    void end(const SecretOutcome &outcome)
    {
        m_isDone = true;
        deleteLater();
        Q_EMIT finished(outcome);
    }

    bool m_isDone = false;
};

} // namespace

CredentialsFolderStore::CredentialsFolderStore(const QString &folder, QObject *parent)
    : SecretStore(parent)
    , m_folder(folder)
{
}

SecretJob *CredentialsFolderStore::read(const QString &key)
{
    return new CredentialJob([this, key] { return readFile(key); }, this);
}

SecretJob *CredentialsFolderStore::write(const QString &, const QString &)
{
    return new CredentialJob([this] { return refusal(); }, this);
}

SecretJob *CredentialsFolderStore::remove(const QString &)
{
    return new CredentialJob([this] { return refusal(); }, this);
}

void CredentialsFolderStore::availability(QObject *context, Reply<SecretAvailability> reply)
{
    QMetaObject::invokeMethod(
        this,
        [this, reply = guarded(context, std::move(reply))] {
            const auto state = ownedFolderState(m_folder);
            reply(state == OwnedFile::State::FolderMissing ? SecretAvailability::Absent
                      : state == OwnedFile::State::Read && QFileInfo(m_folder).isExecutable()
                      ? SecretAvailability::Available
                      : SecretAvailability::Denied);
        },
        Qt::QueuedConnection);
}

SecretOutcome CredentialsFolderStore::readFile(const QString &key) const
{
    const auto failure = [](SecretError::Kind kind, const Sentence &message) {
        return SecretOutcome{.error = SecretError{kind, message}, .value = {}};
    };
    const QString name = QString(key).replace(u'/', u'.');
    const QString path = QDir(m_folder).filePath(name);
    const auto file = readOwnedFile(m_folder, name);
    switch (file.state) {
    case OwnedFile::State::Read:
        break;
    case OwnedFile::State::FolderMissing:
        return failure(SecretError::Kind::Absent,
                       say("There is no credentials folder %1: name one that exists.", m_folder));
    case OwnedFile::State::FolderWritableByOthers:
        return failure(
            SecretError::Kind::Denied,
            say("Others may write to the credentials folder %1: give it the mode 0700 (chmod 700).", m_folder));
    case OwnedFile::State::FolderOwnedByOthers:
        return failure(
            SecretError::Kind::Denied,
            say("The credentials folder %1 belongs to another user: it must be owned by the user Tocsin runs "
                "as, or by root.",
                m_folder));
    case OwnedFile::State::FolderUnreadable:
        return failure(SecretError::Kind::Denied,
                       say("The credentials folder %1 cannot be read: %2.", m_folder, file.systemMessage));
    case OwnedFile::State::Missing:
        return failure(SecretError::Kind::NotFound,
                       say("The credentials folder holds no secret “%1”: there is no file %2.", key, path));
    case OwnedFile::State::NotAFile:
        return failure(SecretError::Kind::Failed, say("The credential %1 is not a regular file.", path));
    case OwnedFile::State::ForOthersToo:
        return failure(SecretError::Kind::Denied,
                       say("The credential %1 may be read by others: give it the mode 0600 or 0400.", path));
    case OwnedFile::State::OwnedByOthers:
        return failure(SecretError::Kind::Denied,
                       say("The credential %1 belongs to another user: it must be owned by the user Tocsin runs as, or "
                           "by root.",
                           path));
    case OwnedFile::State::TooLarge:
        return failure(SecretError::Kind::Failed, say("The credential %1 is larger than 1 MiB.", path));
    case OwnedFile::State::Unreadable:
        return failure(SecretError::Kind::Denied,
                       say("The credential %1 cannot be read: %2.", path, file.systemMessage));
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    SecretOutcome outcome;
    outcome.value = decoder.decode(file.content);
    if (decoder.hasError()) {
        return failure(SecretError::Kind::Failed, say("The credential %1 is not UTF-8 text.", path));
    }
    if (outcome.value.endsWith(u'\n')) {
        outcome.value.chop(1);
    }
    return outcome;
}

SecretOutcome CredentialsFolderStore::refusal() const
{
    return {.error =
                SecretError{SecretError::Kind::Failed,
                            say("The credentials folder %1 is only read: put the secret there as a file of its own.",
                                m_folder)},
            .value = {}};
}

} // namespace Tocsin

#include "credentialsfolderstore.moc"

#include "moc_credentialsfolderstore.cpp"
