// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "certificateauthority.h"

#include <QByteArrayList>
#include <QObject>
#include <QSslSocket>
#include <QTcpServer>
#include <QUrl>

#include <functional>

namespace Tocsin {

/// A TLS server for what a real one cannot be made to do: it answers each whole request as it is told, or not at all.
/// Lives on the test's thread.
class FakeServer : public QTcpServer
{
    Q_OBJECT

public:
    /// What is done with one whole request, as it came.
    using Answer = std::function<void(QSslSocket &socket, const QByteArray &request)>;

    FakeServer(const IssuedCertificate &certificate, Answer answer);

    QUrl url(const QString &target = QStringLiteral("/")) const; ///< https://localhost:PORT…
    const QByteArrayList &requests() const { return m_requests; }
    int connections() const { return m_connections; }
    int openConnections() const;

    void setAnswer(Answer answer) { m_answer = std::move(answer); }
    void setSpeaksTls(bool speaksTls) { m_speaksTls = speaksTls; } ///< false: takes connections and says nothing
    void setClientAuthority(const QByteArray &pem) { m_clientAuthority = pem; } ///< wants a certificate of it

    static Answer sending(const QByteArray &response);
    /// A response with its Content-Length.
    static QByteArray response(int status, const QByteArray &body, const QByteArrayList &headers = {});
    static Answer silence();
    static Answer hangUp(); ///< closes without an answer

Q_SIGNALS:
    void connected();
    void requestArrived(const QByteArray &request);

protected:
    void incomingConnection(qintptr handle) override;

private:
    void read(QSslSocket *socket);

    IssuedCertificate m_certificate;
    Answer m_answer;
    bool m_speaksTls = true;
    QByteArray m_clientAuthority;
    QByteArrayList m_requests;
    int m_connections = 0;
};

} // namespace Tocsin
