// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "result.h"
#include "webhook.h"

#include <QByteArray>
#include <QDateTime>
#include <QHostAddress>
#include <QObject>
#include <QUrl>

#include <memory>

namespace Tocsin {

class CertificateAuthority;

/// One request as it arrived at the receiver.
struct ReceivedRequest
{
    QDateTime at;
    QString method;
    QString target; ///< path and query
    QString peer;
    QList<Header> headers;
    QByteArray body; ///< at most 1 MiB kept
    int answeredWith = 0;
};

/// A local HTTPS target. Answers every request with a status and a JSON that
/// can be changed while it runs. Loopback unless told otherwise. Use on one thread; signals come there.
class Receiver : public QObject
{
    Q_OBJECT

public:
    explicit Receiver(QObject *parent = nullptr);
    ~Receiver() override;

    /// Port 0 takes a free one. Certificates are of `authority`, or of a new one that ends with this.
    Result<void> listen(const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0,
                        const CertificateAuthority *authority = nullptr);
    void close();
    bool isListening() const;

    QUrl url() const; ///< https://localhost:PORT/
    QByteArray certificateAuthority() const; ///< PEM, for a webhook's CA certificates

    void setAnswer(int status, const QByteArray &body, const QByteArray &contentType = "application/json");

Q_SIGNALS:
    /// A request has been answered.
    void received(const Tocsin::ReceivedRequest &request);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
