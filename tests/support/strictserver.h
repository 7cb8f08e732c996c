// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "certificateauthority.h"

#include <QDebug>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace Tocsin {

/// `openssl s_server`, which refuses whom `authority` did not issue in the handshake, and says why by an alert.
class StrictServer
{
public:
    StrictServer(const IssuedCertificate &server, const QByteArray &authority, const QStringList &options)
    {
        write(QStringLiteral("leaf.pem"), server.certificate + server.key);
        write(QStringLiteral("authority.pem"), authority);
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(QStringLiteral("openssl"),
                        QStringList{QStringLiteral("s_server"), QStringLiteral("-accept"),
                                    QStringLiteral("127.0.0.1:0"), QStringLiteral("-cert"),
                                    path(QStringLiteral("leaf.pem")), QStringLiteral("-CAfile"),
                                    path(QStringLiteral("authority.pem")), QStringLiteral("-no-CAstore"),
                                    QStringLiteral("-no-CApath"), QStringLiteral("-Verify"), QStringLiteral("1"),
                                    QStringLiteral("-verify_return_error"), QStringLiteral("-www")}
                            + options);
    }

    ~StrictServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /// The port that it has found for itself, to be asked for once; 0 where it did not start.
    int port()
    {
        static const QRegularExpression announced(QStringLiteral("ACCEPT 127\\.0\\.0\\.1:(\\d+)"));
        QByteArray said;
        while (!announced.match(QString::fromLatin1(said)).hasMatch()) {
            if (!m_process.waitForReadyRead(20'000)) {
                qWarning().noquote() << "openssl s_server did not start:" << m_process.errorString() << said;
                return 0;
            }
            said += m_process.readAll();
        }
        return announced.match(QString::fromLatin1(said)).captured(1).toInt();
    }

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        file.open(QIODevice::WriteOnly);
        file.write(content);
    }

    QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace Tocsin
