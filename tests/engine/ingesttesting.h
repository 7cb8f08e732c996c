// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "await.h"
#include "enginetesting.h"
#include "ingest.h"

#include <QTcpSocket>
#include <QTemporaryDir>

namespace Tocsin {

inline const QByteArray ingestToken = "tok-4a6f0d2c77-very-secret";
inline const QByteArray ingestBearer = "Authorization: Bearer " + ingestToken + "\r\n";

inline QByteArray ingestEvent(const QByteArray &id, const QByteArray &more = {})
{
    return R"({"event_type":"IntegrationStatusChanged","event_time":1696263265.8,"data":{"id":")" + id
        + R"(","name":"n","type":"mysql","status":"Error","issues":[])" + more + "}}";
}

/// A request whose body is as long as it says.
inline QByteArray ingestRequest(const QByteArray &line, const QByteArray &headers, const QByteArray &body = {})
{
    return line + " HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}

/// An outbox without webhooks, and what takes events into it.
struct TestIngestPlace
{
    QTemporaryDir folder;
    std::unique_ptr<Engine> engine =
        std::make_unique<Engine>(EngineOptions{.profile = folder.path(), .credentialsFolder = {}});
    std::unique_ptr<Ingest> ingest;

    bool open()
    {
        return await<Result<void>>([this](QObject *context, auto reply) {
                   engine->store().open(context, reply);
               }).isOk()
            && await<Result<void>>([this](QObject *context, auto reply) { engine->openOutbox(context, reply); }).isOk();
    }

    bool listen(IngestOptions options = {})
    {
        options.token = ingestToken;
        if (!ingest) {
            ingest = std::make_unique<Ingest>(engine->outbox());
        }
        return ingest->listen(options).isOk();
    }

    quint16 port() const { return static_cast<quint16>(ingest->url().port()); }

    /// How many integrations are known: one for each event's id.
    int integrations()
    {
        const auto known = await<Result<QList<IntegrationState>>>(
            [this](QObject *context, auto reply) { engine->outbox().integrations(context, reply); });
        return known ? static_cast<int>(known->size()) : -1;
    }
};

} // namespace Tocsin
