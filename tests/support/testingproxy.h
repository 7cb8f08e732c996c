// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "certificateauthority.h"

#include <QByteArrayList>
#include <QHash>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>

namespace Tocsin {

/// A proxy that makes tunnels to one port of this machine: over HTTP (RFC 9110 §9.3.6), over TLS, or over SOCKS 5
/// (RFC 1928) by what comes first.
class TestingProxy : public QTcpServer
{
public:
    explicit TestingProxy(quint16 targetPort, const QHostAddress &targetAddress = QHostAddress::LocalHost)
        : m_targetPort(targetPort)
        , m_targetAddress(targetAddress)
    {
        listen(QHostAddress::LocalHost);
    }

    void speakTls(const IssuedCertificate &certificate, const QByteArray &clientAuthority)
    {
        m_tls = QSslConfiguration::defaultConfiguration();
        m_tls.setLocalCertificate(QSslCertificate(certificate.certificate, QSsl::Pem));
        m_tls.setPrivateKey(QSslKey(certificate.key, QSsl::Ec, QSsl::Pem));
        m_tls.setCaCertificates(QSslCertificate::fromData(clientAuthority));
        m_tls.setPeerVerifyMode(QSslSocket::QueryPeer);
        m_speaksTls = true;
    }

    QByteArray answer = "HTTP/1.1 200 Connection established\r\n\r\n";
    QByteArrayList asked; ///< heads, or names that SOCKS was asked for
    QByteArray throughTunnel; ///< what the client sent to the target
    QByteArrayList helloes; ///< of TLS with the proxy
    int clientCertificates = 0;

protected:
    void incomingConnection(qintptr handle) override
    {
        auto *client = new QSslSocket(this);
        client->setSocketDescriptor(handle);
        if (!m_speaksTls) {
            listenTo(client);
            return;
        }
        client->setSslConfiguration(m_tls);
        connect(client, &QSslSocket::encrypted, this,
                [this, client] { clientCertificates += client->peerCertificate().isNull() ? 0 : 1; });
        connect(
            client, &QIODevice::readyRead, this,
            [this, client] {
                helloes.append(client->peek(client->bytesAvailable()));
                client->startServerEncryption();
                listenTo(client);
            },
            Qt::SingleShotConnection);
    }

private:
    void listenTo(QSslSocket *client)
    {
        connect(client, &QIODevice::readyRead, this, [this, client] { read(client); });
    }

    void read(QSslSocket *client)
    {
        if (auto *target = m_tunnels.value(client)) {
            const auto data = client->readAll();
            throughTunnel += data;
            target->write(data);
            return;
        }
        const auto data = client->peek(client->bytesAvailable());
        if (data.startsWith('\x05')) {
            readSocks(client, data);
        } else if (data.contains("\r\n\r\n")) {
            asked.append(client->readAll());
            client->write(answer);
            if (answer.startsWith("HTTP/1.1 200")) {
                open(client);
            } else if (!answer.contains("Content-Length")) {
                client->disconnectFromHost();
            }
        }
    }

    void readSocks(QSslSocket *client, const QByteArray &data)
    {
        constexpr qsizetype nameAt = 5;
        client->readAll();
        if (data.size() < 3 || data.at(1) != 1 || data.size() == 2 + data.at(1)) {
            client->write(QByteArray("\x05\x00", 2)); // no authentication
            return;
        }
        asked.append(data.at(3) == 3 ? data.mid(nameAt, data.at(nameAt - 1)) : QByteArray("an address"));
        client->write(QByteArray("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00", 10));
        open(client);
    }

    void open(QSslSocket *client)
    {
        auto *target = new QTcpSocket(client);
        m_tunnels.insert(client, target);
        connect(target, &QIODevice::readyRead, client, [client, target] { client->write(target->readAll()); });
        target->connectToHost(m_targetAddress, m_targetPort);
    }

    const quint16 m_targetPort;
    const QHostAddress m_targetAddress;
    QHash<QSslSocket *, QTcpSocket *> m_tunnels;
    bool m_speaksTls = false;
    QSslConfiguration m_tls;
};

} // namespace Tocsin
