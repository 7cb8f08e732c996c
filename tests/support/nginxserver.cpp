// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nginxserver.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

const QByteArray configurationText = R"(
@USER@
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr warn;
events { worker_connections 256; }
http {
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    log_format arrived '$request_method $request_uri $status $connection';
    access_log access.log arrived;
    default_type application/json;
    server {
        listen 127.0.0.1:@PORT@ ssl;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_certificate leaf.pem;
        ssl_certificate_key leaf.key;
        root files;
        @BODY@
    }
}
)";

QString nginxProgram()
{
    const auto found = QStandardPaths::findExecutable(u"nginx"_s);
    return found.isEmpty() ? u"/usr/sbin/nginx"_s : found;
}

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

bool isRoot()
{
    return QFileInfo(u"/proc/self"_s).ownerId() == 0;
}

} // namespace

NginxServer::NginxServer(const IssuedCertificate &certificate, const QByteArray &body)
    : m_certificate(certificate)
    , m_body(body)
{
    QDir(m_folder.path()).mkdir(u"files"_s);
}

NginxServer::~NginxServer()
{
    m_process.terminate();
    if (!m_process.waitForFinished(5000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

bool NginxServer::start()
{
    constexpr int attempts = 5; // another program may take the port in between
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (tryPort(freePort())) {
            return true;
        }
        qWarning().noquote() << "nginx did not start:" << m_process.errorString() << m_process.readAllStandardError();
        m_process.kill();
        m_process.waitForFinished();
    }
    return false;
}

bool NginxServer::tryPort(quint16 port)
{
    auto configuration = configurationText;
    // As root, nginx would hand its work to somebody who may not enter the folder.
    configuration.replace("@USER@", isRoot() ? "user root;" : "");
    configuration.replace("@PORT@", QByteArray::number(port)).replace("@BODY@", m_body);
    write(u"leaf.pem"_s, m_certificate.certificate);
    write(u"leaf.key"_s, m_certificate.key);
    write(u"nginx.conf"_s, configuration);
    m_port = port;
    m_process.start(nginxProgram(),
                    {u"-e"_s, u"stderr"_s, u"-p"_s, m_folder.path(), u"-c"_s, m_folder.filePath(u"nginx.conf"_s)});
    return QTest::qWaitFor(
               [this] {
                   QTcpSocket socket;
                   socket.connectToHost(QHostAddress::LocalHost, m_port);
                   return m_process.state() == QProcess::NotRunning || socket.waitForConnected(100);
               },
               20000)
        && m_process.state() == QProcess::Running;
}

QUrl NginxServer::url(const QString &target, const QString &host) const
{
    return QUrl(u"https://%1:%2%3"_s.arg(host).arg(m_port).arg(target));
}

void NginxServer::write(const QString &name, const QByteArray &content) const
{
    QFile file(m_folder.filePath(name));
    file.open(QIODevice::WriteOnly);
    file.write(content);
}

void NginxServer::addConfiguration(const QString &name, const QByteArray &content) const
{
    write(name, content);
}

void NginxServer::addFile(const QString &name, const QByteArray &content) const
{
    write("files/"_L1 % name, content);
}

QByteArrayList NginxServer::log() const
{
    QFile file(m_folder.filePath(u"access.log"_s));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    auto lines = file.readAll().split('\n');
    lines.removeAll(QByteArray());
    return lines;
}

QByteArrayList NginxServer::logged(const QByteArray &target) const
{
    auto lines = log();
    const QByteArray wanted = ' ' + target;
    lines.removeIf([&wanted](const QByteArray &line) { return !line.contains(wanted); });
    return lines;
}

} // namespace Tocsin
