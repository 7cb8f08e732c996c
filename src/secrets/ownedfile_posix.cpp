// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ownedfile.h"

#include <QFile>
#include <QtEndian>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef Q_OS_LINUX
#include <sys/xattr.h>
#endif

namespace Tocsin {

namespace {

class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Q_DISABLE_COPY_MOVE(Descriptor)

    int number() const { return m_number; }

private:
    int m_number;
};

OwnedFile refused(OwnedFile::State state)
{
    return {.state = state, .content = {}, .systemMessage = {}};
}

OwnedFile failed(int error, OwnedFile::State state = OwnedFile::State::Unreadable)
{
    return {.state = state, .content = {}, .systemMessage = qt_error_string(error)};
}

#ifdef Q_OS_LINUX
/// With an access control list, the mode's group bits are the list's mask (acl(5)): systemd gives its credentials to a
/// service's user that way. True where the list, as the kernel keeps it, names nobody but owner and `user`.
bool listIsFor(int descriptor, uid_t user)
{
    constexpr int headerSize = 4;
    constexpr int entrySize = 8; // tag, permissions, id; little endian
    constexpr quint16 ownerTag = 0x01;
    constexpr quint16 userTag = 0x02;
    constexpr quint16 maskTag = 0x10;
    std::array<char, headerSize + 64 * entrySize> list{};
    const auto size = ::fgetxattr(descriptor, "system.posix_acl_access", list.data(), list.size());
    if (size < headerSize) {
        return false;
    }
    for (ssize_t at = headerSize; at + entrySize <= size; at += entrySize) {
        const char *entry = list.data() + at;
        const auto tag = qFromLittleEndian<quint16>(entry);
        const auto permissions = qFromLittleEndian<quint16>(entry + 2);
        const auto id = qFromLittleEndian<quint32>(entry + 4);
        const bool concernsUs = tag == ownerTag || tag == maskTag || (tag == userTag && id == user);
        if (!concernsUs && permissions != 0) {
            return false;
        }
    }
    return true;
}
#else
bool listIsFor(int, uid_t)
{
    return false;
}
#endif

bool isOwnedByOthers(const struct stat &status)
{
    return status.st_uid != ::geteuid() && status.st_uid != 0;
}

bool isForOthersToo(const struct stat &status, const Descriptor &opened)
{
    return (status.st_mode & S_IRWXO) != 0
        || ((status.st_mode & S_IRWXG) != 0 && !listIsFor(opened.number(), ::geteuid()));
}

/// Who may write to the folder could put a file of theirs in the place of another; that they see its names is no harm.
bool isWritableByOthers(const struct stat &status, const Descriptor &opened)
{
    return (status.st_mode & S_IWOTH) != 0
        || ((status.st_mode & S_IWGRP) != 0 && !listIsFor(opened.number(), ::geteuid()));
}

/// Why nothing is read from the folder; else Read, without a content.
OwnedFile judgedFolder(const Descriptor &folder, int openError)
{
    if (folder.number() < 0) {
        return openError == ENOENT || openError == ENOTDIR ? refused(OwnedFile::State::FolderMissing)
                                                           : failed(openError, OwnedFile::State::FolderUnreadable);
    }
    struct stat status = {};
    if (::fstat(folder.number(), &status) != 0) {
        return failed(errno, OwnedFile::State::FolderUnreadable);
    }
    return refused(isOwnedByOthers(status)                  ? OwnedFile::State::FolderOwnedByOthers
                       : isWritableByOthers(status, folder) ? OwnedFile::State::FolderWritableByOthers
                                                            : OwnedFile::State::Read);
}

int openedFolder(const QString &folder)
{
    return ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_CLOEXEC | O_DIRECTORY);
}

} // namespace

OwnedFile::State ownedFolderState(const QString &folder)
{
    const Descriptor opened(openedFolder(folder));
    return judgedFolder(opened, errno).state;
}

OwnedFile readOwnedFile(const QString &folder, const QString &name)
{
    const Descriptor opened(openedFolder(folder));
    if (auto judged = judgedFolder(opened, errno); judged.state != OwnedFile::State::Read) {
        return judged;
    }
    // not blocking, so that a pipe of this name does not hold us up
    const Descriptor file(
        ::openat(opened.number(), QFile::encodeName(name).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0) {
        return errno == ENOENT || errno == ENOTDIR ? refused(OwnedFile::State::Missing) : failed(errno);
    }
    struct stat status = {};
    if (::fstat(file.number(), &status) != 0) {
        return failed(errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return refused(OwnedFile::State::NotAFile);
    }
    if (isOwnedByOthers(status)) {
        return refused(OwnedFile::State::OwnedByOthers);
    }
    if (isForOthersToo(status, file)) {
        return refused(OwnedFile::State::ForOthersToo);
    }
    QFile reader;
    if (!reader.open(file.number(), QIODevice::ReadOnly | QIODevice::Unbuffered, QFileDevice::DontCloseHandle)) {
        return failed(EIO);
    }
    QByteArray content = reader.read(OwnedFile::maximumSize + 1);
    if (reader.error() != QFileDevice::NoError) {
        return {.state = OwnedFile::State::Unreadable, .content = {}, .systemMessage = reader.errorString()};
    }
    if (content.size() > OwnedFile::maximumSize) {
        return refused(OwnedFile::State::TooLarge);
    }
    return {.state = OwnedFile::State::Read, .content = std::move(content), .systemMessage = {}};
}

} // namespace Tocsin
