// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverywords.h"

#include "holdtext.h"
#include "moment.h"

#include <QCoreApplication>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct DeliveryWords
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::DeliveryWords)
};

} // namespace

QString whyInWords(const Delivery &delivery)
{
    const QString reason = delivery.lastReason.text();
    QStringList sentences(reason.isEmpty() ? QStringList() : QStringList(reason));
    if (delivery.heldBy) {
        const QString until = delivery.nextAttemptAt ? shownMoment(*delivery.nextAttemptAt) : QString();
        sentences.append(DeliveryWords::tr("It %1.", "what it waits for").arg(holdInWords(*delivery.heldBy, until)));
    } else if (delivery.state == DeliveryState::Waiting && delivery.nextAttemptAt
               && (!delivery.expiresAt || *delivery.nextAttemptAt < *delivery.expiresAt)) {
        sentences.append(DeliveryWords::tr("It is tried again at %1.").arg(shownMoment(*delivery.nextAttemptAt)));
    }
    if (delivery.expiresAt && !isFinished(delivery.state)) {
        sentences.append(
            DeliveryWords::tr("It dies of its age at %1, unless delivered.").arg(shownMoment(*delivery.expiresAt)));
    }
    if (sentences.size() > 1 && !reason.isEmpty() && !reason.endsWith(u'.')) {
        sentences.front() += u'.';
    }
    return sentences.join(u' ');
}

} // namespace Tocsin
