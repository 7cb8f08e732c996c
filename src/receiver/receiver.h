// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "receiveranswer.h"
#include "result.h"
#include "webhook.h"

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
    int answeredWith = 0; ///< 0: the connection was reset instead
    ReceiverAnswer::Manner manner = ReceiverAnswer::Manner::AtOnce;
};

/// A local HTTPS target. Answers every request as it is told, which can be changed while it runs. Loopback unless told
/// otherwise. Use on one thread; signals come there.
class Receiver : public QObject
{
    Q_OBJECT

public:
    explicit Receiver(QObject *parent = nullptr);
    ~Receiver() override;

    /// Port 0 takes a free one. Certificates are of `authority`, or of a new one that ends with this.
    Result<void> listen(const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0,
                        const CertificateAuthority *authority = nullptr,
                        ReceiverCertificate certificate = ReceiverCertificate::Right);
    void close();
    bool isListening() const;

    QUrl url() const; ///< https://localhost:PORT/
    QByteArray certificateAuthority() const; ///< PEM, for a webhook's CA certificates

    /// For the requests from now on; what is out of its range is drawn into it.
    void setAnswer(const ReceiverAnswer &answer);

Q_SIGNALS:
    /// A request has been answered, or its connection reset.
    void received(const Tocsin::ReceivedRequest &request);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
