// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "certificateauthority.h"

#include <QByteArrayList>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QUrl>

namespace Tocsin {

/// A real nginx over TLS on a free loopback port, with a folder of its own that goes with it.
class NginxServer
{
public:
    /// `body` is what stands inside nginx's `server` block; `root` there is files()'s folder.
    NginxServer(const IssuedCertificate &certificate, const QByteArray &body);
    ~NginxServer();
    NginxServer(const NginxServer &) = delete;
    NginxServer &operator=(const NginxServer &) = delete;

    bool start(); ///< false with a message on standard error
    QUrl url(const QString &target = QStringLiteral("/"), const QString &host = QStringLiteral("localhost")) const;

    /// A file beside nginx.conf.
    void addConfiguration(const QString &name, const QByteArray &content) const;
    /// A file below `root`.
    void addFile(const QString &name, const QByteArray &content) const;
    /// One line a request that was answered: "POST /path 200 CONNECTION".
    QByteArrayList log() const;
    /// Those whose target begins so. nginx writes its log after the answer has gone out: wait for what should be there.
    QByteArrayList logged(const QByteArray &target) const;

private:
    bool tryPort(quint16 port);
    void write(const QString &name, const QByteArray &content) const;

    QTemporaryDir m_folder;
    IssuedCertificate m_certificate;
    QByteArray m_body;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace Tocsin
