// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"
#include "secretstore.h"

#include <QByteArray>
#include <QHostAddress>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace Tocsin {

struct IngestOptions
{
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 0; ///< 0: a free one
    QByteArray certificate{}; ///< PEM; needed, with its key, where the address is not a loopback one
    QByteArray key{}; ///< PEM
    QByteArray token{}; ///< what POST must bear; never empty
    std::chrono::milliseconds tokenKept{5'000}; ///< for so long one that was read is not looked at again
    std::chrono::milliseconds tokenLooked{1'000}; ///< for so long not even where another one comes
    int connections = 256; ///< in all
    int connectionsPerAddress = 64;
    int idleSeconds = 30; ///< after so long a silence a connection is closed
    int requestSeconds = 60; ///< the longest that a request's head may take to arrive, and its body
};

/// Takes events over HTTP into the outbox and answers once they are on the disk: POST /v1/events (one event, an array,
/// NDJSON, each perhaps packed with gzip; `?force=true` delivers what has not changed, too; a body may have an id, in
/// the field webhook-id or Idempotency-Key), GET /healthz, GET /metrics. What it holds at once is bounded, whatever is
/// sent: a body beyond that is refused with 503, to be sent again later. Make and use it on the outbox's thread; the
/// server has threads of its own, and one that reads bodies, one by one.
class Ingest : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 maximumBody = qint64(16) * 1024 * 1024; ///< bytes, unpacked, too
    static constexpr qint64 maximumBodies = 3 * maximumBody; ///< bytes of all that have not been read yet
    static constexpr qsizetype maximumValues = 100'000; ///< JSON values in a body; an event has about ten

    explicit Ingest(Outbox &outbox, QObject *parent = nullptr);
    ~Ingest() override;

    /// Where the token is looked at again when what was read is old, so that a changed one counts without a new start.
    /// While the store cannot tell, the last one that was read counts; where it has none, none does.
    void followToken(SecretStore &secrets, const QString &key);
    /// Who writes the text of /metrics, on this object's thread.
    void setMetrics(std::function<QByteArray(const DeliveryCounts &)> text);
    Result<void> listen(const IngestOptions &options);
    /// Takes no new requests, answers those that wait, and ends.
    void close();
    QUrl url() const;

Q_SIGNALS:
    void accepted(const QList<Tocsin::AcceptedEvent> &events);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
