// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

/// The size of the first whole request (RFC 9112 §6.2), or -1.
qsizetype requestSize(const QByteArray &data)
{
    const auto end = data.indexOf("\r\n\r\n");
    if (end < 0) {
        return -1;
    }
    const auto lower = data.first(end).toLower();
    const auto at = lower.indexOf("\r\ncontent-length:");
    qsizetype length = 0;
    if (at >= 0) {
        const auto from = at + 17;
        const auto lineEnd = lower.indexOf('\r', from);
        length = lower.mid(from, lineEnd < 0 ? -1 : lineEnd - from).trimmed().toLongLong();
    }
    const auto size = end + 4 + length;
    return data.size() >= size ? size : -1;
}

} // namespace

FakeServer::FakeServer(const IssuedCertificate &certificate, Answer answer)
    : m_certificate(certificate)
    , m_answer(std::move(answer))
{
    listen(QHostAddress::LocalHost);
}

QUrl FakeServer::url(const QString &target) const
{
    return QUrl(u"https://localhost:%1%2"_s.arg(serverPort()).arg(target));
}

int FakeServer::openConnections() const
{
    return static_cast<int>(findChildren<QSslSocket *>(QString(), Qt::FindDirectChildrenOnly).size());
}

FakeServer::Answer FakeServer::sending(const QByteArray &response)
{
    return [response](QSslSocket &socket, const QByteArray &) {
        socket.write(response);
    };
}

QByteArray FakeServer::response(int status, const QByteArray &body, const QByteArrayList &headers)
{
    QByteArray text = "HTTP/1.1 " + QByteArray::number(status) + " Some Reason\r\n";
    for (const auto &header : headers) {
        text += header + "\r\n";
    }
    return text + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

FakeServer::Answer FakeServer::silence()
{
    return [](QSslSocket &, const QByteArray &) {
    };
}

FakeServer::Answer FakeServer::hangUp()
{
    return [](QSslSocket &socket, const QByteArray &) {
        socket.abort();
    };
}

void FakeServer::incomingConnection(qintptr handle)
{
    ++m_connections;
    auto *socket = new QSslSocket(this);
    socket->setSocketDescriptor(handle);
    connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
    Q_EMIT connected();
    if (!m_speaksTls) {
        return;
    }
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(m_certificate.certificate, QSsl::Pem));
    configuration.setPrivateKey(QSslKey(m_certificate.key, QSsl::Ec, QSsl::Pem));
    if (!m_clientAuthority.isEmpty()) {
        configuration.setCaCertificates(QSslCertificate::fromData(m_clientAuthority));
        configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    }
    socket->setSslConfiguration(configuration);
    connect(socket, &QAbstractSocket::readyRead, this, [this, socket] { read(socket); });
    socket->startServerEncryption();
}

void FakeServer::read(QSslSocket *socket)
{
    const auto size = requestSize(socket->peek(socket->bytesAvailable()));
    if (size < 0) {
        return;
    }
    const auto request = socket->read(size);
    m_requests.append(request);
    Q_EMIT requestArrived(request);
    m_answer(*socket, request);
}

} // namespace Tocsin
