// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checktesting.h"
#include "nginxserver.h"
#include "testingproxy.h"

#include <QTcpServer>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// A check goes by the proxy that a delivery goes by.
class TestCheckProxy : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;
    const IssuedCertificate m_certificate = m_pki.authority.issueServer({u"target.test"_s}).value();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;

    Webhook webhook() const
    {
        auto webhook = sampleWebhook(u"checked"_s);
        webhook.url = u"https://target.test:8443/hook"_s;
        webhook.caCertificates = m_pki.trusted();
        return webhook;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine =
            std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = m_folder->path()});
        QVERIFY(openProfile(*m_engine).isOk());
    }

    void cleanup()
    {
        m_engine.reset();
        qunsetenv("https_proxy");
    }

    void leadsToTheTarget()
    {
        NginxServer server(m_certificate, R"(location / { return 200 '{}'; })");
        QVERIFY(server.start());
        TestingProxy proxy(static_cast<quint16>(server.url().port()));
        const auto place = u"127.0.0.1:%1"_s.arg(proxy.serverPort());
        qputenv("https_proxy", QByteArray("http://" + place.toLatin1()));
        const auto result = checked(*m_engine, webhook());
        QCOMPARE(outline(result), u"document ok, template ok, connection ok, tls ok, certificate ok, certificate ok"_s);
        const auto connection = linesOf(result, CheckSubject::Connection)[0].found.text();
        QVERIFY2(connection.contains("through the proxy "_L1 + place), qUtf8Printable(connection));
        QCOMPARE(proxy.asked.size(), 1);
        QVERIFY2(proxy.asked[0].startsWith("CONNECT target.test:8443 "), proxy.asked[0].constData());
        QCOMPARE(server.log(), QByteArrayList());
    }

    void thatRefusesIsSaid()
    {
        TestingProxy proxy(1);
        proxy.answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
        qputenv("https_proxy", QByteArray("http://127.0.0.1:" + QByteArray::number(proxy.serverPort())));
        const auto result = checked(*m_engine, webhook());
        QCOMPARE(outline(result), u"document ok, template ok, connection failed, tls skipped"_s);
        QVERIFY2(told(result).contains("403"_L1), qUtf8Printable(told(result)));
    }

    void thatIsSilentIsSaid_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("by its address") << u"127.0.0.1"_s;
        QTest::newRow("by its name") << u"localhost"_s;
    }

    void thatIsSilentIsSaid()
    {
        QFETCH(const QString, host);
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const auto place = u"%1:%2"_s.arg(host).arg(silent.serverPort());
        qputenv("https_proxy", QByteArray("http://" + place.toLatin1()));
        auto late = webhook();
        late.timeout = std::chrono::seconds(1);
        const auto result = checked(*m_engine, late);
        QCOMPARE(outline(result), u"document ok, template ok, connection failed, tls skipped"_s);
        const auto line = linesOf(result, CheckSubject::Connection)[0];
        QVERIFY2(line.found.text().startsWith("The proxy "_L1 + place), qUtf8Printable(told(result)));
        QVERIFY2(line.hint.text().contains("proxy settings"_L1), qUtf8Printable(told(result)));
        QCOMPARE(line.field, QString());
    }

    void theCertificateOfAnotherIsTheProxys()
    {
        TestingProxy proxy(1);
        proxy.speakTls(m_certificate, m_pki.authority.certificate());
        qputenv("https_proxy", QByteArray("https://localhost:" + QByteArray::number(proxy.serverPort())));
        const auto result = checked(*m_engine, webhook());
        const auto lines = linesOf(result, CheckSubject::Tls);
        QCOMPARE(lines.size(), 1);
        QVERIFY2(lines[0].found.text().contains("the proxy localhost:"_L1), qUtf8Printable(told(result)));
        QVERIFY2(lines[0].hint.text().contains("proxy's certificate"_L1), qUtf8Printable(told(result)));
        QCOMPARE(lines[0].field, QString());
    }
};

QTEST_GUILESS_MAIN(TestCheckProxy)
#include "tst_checkproxy.moc"
