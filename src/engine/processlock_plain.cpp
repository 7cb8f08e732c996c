// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "processlock.h"

#include <QLockFile>

namespace Tocsin {

struct ProcessLock::Private
{
    explicit Private(const QString &path)
        : lock(path)
    {
        lock.setStaleLockTime(0); // stale only when its process is gone
    }

    QLockFile lock;
};

ProcessLock::ProcessLock(const QString &path)
    : d(std::make_unique<Private>(path))
{
}

ProcessLock::~ProcessLock() = default;

ProcessLock::Taking ProcessLock::take()
{
    if (d->lock.tryLock(0)) {
        return Taking::Taken;
    }
    return d->lock.error() == QLockFile::LockFailedError ? Taking::Busy : Taking::Failed;
}

} // namespace Tocsin
