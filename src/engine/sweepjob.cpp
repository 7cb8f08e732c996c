// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sweepjob.h"

#include "enginecore.h"

namespace Tocsin {

void SweepJob::begin()
{
    const QDateTime limit = QDateTime::currentDateTimeUtc().addMSecs(-std::chrono::milliseconds(youngestAge).count());
    core().store.staleSecretKeys(limit, context(), [this](const Result<QList<MadeSecretKey>> &stale) {
        if (!stale) {
            finish(stale.error());
        } else {
            removeUnused(*stale, {}, [this](bool) { finish(Webhook()); });
        }
    });
}

} // namespace Tocsin

#include "moc_sweepjob.cpp"
