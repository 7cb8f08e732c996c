// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "delivery.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QList>

namespace Tocsin {

struct EventBatch;

/// What the ingest says to one request: JSON, but for the metrics.
struct IngestAnswer
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::IngestAnswer)

public:
    int status = 200;
    QByteArray body;
    QByteArray contentType = "application/json";
    QList<std::pair<QByteArray, QByteArray>> headers;
    bool isLast = false; ///< the connection is closed after it, and what comes is not listened to

    static IngestAnswer accepted(const QList<AcceptedEvent> &events);
    static IngestAnswer healthy();
    static IngestAnswer metrics(const QByteArray &text);
    static IngestAnswer faulty(const EventBatch &batch); ///< the first ones of its faults
    /// Ids that are other events'; `events` are all that were sent.
    static IngestAnswer conflicting(const QList<RefusedEvent> &refused, const QList<IntegrationEvent> &events);
    static IngestAnswer unclearBodyId(const QString &reason);
    static IngestAnswer unauthorized();
    static IngestAnswer notFound();
    static IngestAnswer wrongMethod(const QByteArray &allowed);
    static IngestAnswer badRequest(const QString &reason); ///< what could mean something else to another server
    static IngestAnswer unknownParameter(const QString &name); ///< of the query
    static IngestAnswer unclearForce();
    static IngestAnswer noLength(); ///< nobody said where its body ends
    static IngestAnswer unknownTransferCoding();
    static IngestAnswer unknownContentCoding();
    static IngestAnswer notPacked(); ///< though it said gzip, or not whole
    static IngestAnswer tooLarge();
    static IngestAnswer tooManyValues();
    static IngestAnswer unavailable(const QString &reason); ///< for now: it may be tried again

private:
    static IngestAnswer refusal(int status, const QString &message);
};

} // namespace Tocsin
