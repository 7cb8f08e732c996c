// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

/// Opens tunnels (RFC 9110 §9.3.6), all to one port of this machine.
class TunnelProxy : public QTcpServer
{
public:
    explicit TunnelProxy(quint16 targetPort)
        : m_targetPort(targetPort)
    {
        listen(QHostAddress::LocalHost);
    }

    QByteArrayList asked;
    bool refuses = false;

protected:
    void incomingConnection(qintptr handle) override
    {
        auto *client = new QTcpSocket(this);
        client->setSocketDescriptor(handle);
        connect(
            client, &QIODevice::readyRead, client, [this, client] { open(client); }, Qt::SingleShotConnection);
    }

private:
    void open(QTcpSocket *client)
    {
        asked.append(client->readAll().split('\r').first());
        if (refuses) {
            client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                          "Content-Length: 0\r\n\r\n");
            return;
        }
        auto *target = new QTcpSocket(client);
        connect(target, &QAbstractSocket::connected, client, [client, target] {
            client->write("HTTP/1.1 200 Connection established\r\n\r\n");
            connect(client, &QIODevice::readyRead, target, [client, target] { target->write(client->readAll()); });
        });
        connect(target, &QIODevice::readyRead, client, [client, target] { client->write(target->readAll()); });
        target->connectToHost(QHostAddress::LocalHost, m_targetPort);
    }

    const quint16 m_targetPort;
};

} // namespace

/// The system's proxy settings, here those of the environment.
class TestProxy : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;
    const IssuedCertificate m_certificate = m_pki.authority.issueServer({u"target.test"_s}).value();

private Q_SLOTS:
    void goesThroughTheProxyAndShowsIt()
    {
        FakeServer server(m_certificate, FakeServer::sending(FakeServer::response(200, "{}")));
        TunnelProxy proxy(server.serverPort());
        const auto place = u"127.0.0.1:%1"_s.arg(proxy.serverPort());
        qputenv("https_proxy", QByteArray("http://" + place.toLatin1()));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(QUrl(u"https://target.test:8443/a"_s), m_pki));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.proxy, place);
        QCOMPARE(proxy.asked, QByteArrayList{"CONNECT target.test:8443 HTTP/1.1"});
        QVERIFY(!invocation.timings.lookup);
        QVERIFY(invocation.timings.connect);
        QCOMPARE(server.requests().size(), 1);
        QVERIFY(server.requests().first().startsWith("POST /a HTTP/1.1\r\nHost: target.test:8443\r\n"));
        QVERIFY(!server.requests().first().toLower().contains("proxy-"));
    }

    void saysThatTheProxyFailed_data()
    {
        QTest::addColumn<bool>("listens");
        QTest::newRow("wants a password") << true;
        QTest::newRow("is not there") << false;
    }

    void saysThatTheProxyFailed()
    {
        QFETCH(const bool, listens);
        TunnelProxy proxy(1);
        proxy.refuses = true;
        const auto place = u"127.0.0.1:%1"_s.arg(proxy.serverPort());
        qputenv("https_proxy", QByteArray("http://" + place.toLatin1()));
        if (!listens) {
            proxy.close();
        }
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(QUrl(u"https://target.test:8443/a"_s), m_pki));
        QCOMPARE(errorWord(invocation), u"refused"_s);
        QVERIFY2(invocation.reason.text().contains(place), qPrintable(invocation.reason));
        QVERIFY2(invocation.error->hint.text().contains(u"proxy"_s), qPrintable(invocation.error->hint));
        QCOMPARE(invocation.error->field, QString());
        QCOMPARE(invocation.proxy, place);
        QCOMPARE(invocation.sent, 0);
    }
};

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
