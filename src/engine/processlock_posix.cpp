// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "processlock.h"

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace Tocsin {

namespace {

constexpr mode_t ownerAlone = 0600;

/// Whether the file is still the one of that name: who held it before may have removed it.
bool isCalled(int file, const QByteArray &path)
{
    struct stat opened;
    struct stat named;
    return ::fstat(file, &opened) == 0 && ::stat(path.constData(), &named) == 0 && opened.st_dev == named.st_dev
        && opened.st_ino == named.st_ino;
}

} // namespace

// QLockFile goes by what stands in its file, and a process that is killed before it has written that holds it for ever.
struct ProcessLock::Private
{
    QByteArray path;
    int file = -1;
};

ProcessLock::ProcessLock(const QString &path)
    : d(std::make_unique<Private>(Private{.path = QFile::encodeName(path)}))
{
}

ProcessLock::~ProcessLock()
{
    if (d->file >= 0) {
        ::unlink(d->path.constData()); // while it is held
        ::close(d->file);
    }
}

ProcessLock::Taking ProcessLock::take()
{
    while (true) {
        const int file = ::open(d->path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, ownerAlone);
        if (file < 0) {
            return Taking::Failed;
        }
        if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
            const bool isBusy = errno == EWOULDBLOCK;
            ::close(file);
            return isBusy ? Taking::Busy : Taking::Failed;
        }
        if (isCalled(file, d->path)) {
            d->file = file;
            return Taking::Taken;
        }
        ::close(file);
    }
}

} // namespace Tocsin
