// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

/// Qt's own transport, with the test's authority.
class QtNetwork : public QNetworkAccessManager
{
public:
    explicit QtNetwork(const QByteArray &authority)
        : m_authority(QSslCertificate::fromData(authority))
    {
    }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body) override
    {
        auto trusting = request;
        auto tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(m_authority);
        trusting.setSslConfiguration(tls);
        return QNetworkAccessManager::createRequest(operation, trusting, body);
    }

private:
    const QList<QSslCertificate> m_authority;
};

} // namespace

/// The dispatcher over a QNetworkAccessManager that knows nothing of HttpTerms and HttpRecord.
class TestAnyNetwork : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;

    std::unique_ptr<Dispatcher> dispatcher() const
    {
        return std::make_unique<Dispatcher>(
            nullptr, 1, [authority = m_pki.authority.certificate()] { return std::make_unique<QtNetwork>(authority); });
    }

private Q_SLOTS:
    void sendsAndJudges()
    {
        FakeServer server(m_pki.server,
                          FakeServer::sending(FakeServer::response(201, "{\"ok\": true}", {"X-Answer: yes"})));
        const auto sender = dispatcher();
        auto request = requestTo(server.url(), m_pki);
        request.webhook.headers = {{u"X-Own"_s, u"mine"_s}};
        request.webhook.responseValidators = {{u"$.data.ok"_s, {u"true"_s}}, {u"$.headers['x-answer']"_s, {u"yes"_s}}};
        const auto invocation = invoke(*sender, request);
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.response->status, 201);
        QCOMPARE(invocation.sent, 1);
        QCOMPARE(server.requests().size(), 1);
        QVERIFY(server.requests().first().toLower().contains("\r\nx-own: mine\r\n"));
        QVERIFY(server.requests().first().endsWith("{\"hello\": \"world\"}"));
    }

    void saysThatNothingListens()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const auto port = closed.serverPort();
        closed.close();
        const auto sender = dispatcher();
        const auto invocation = invoke(*sender, requestTo(QUrl(u"https://127.0.0.1:%1/"_s.arg(port)), m_pki));
        QCOMPARE(errorWord(invocation), u"refused"_s);
        QVERIFY(!invocation.response);
    }

    void canBeCancelled()
    {
        FakeServer server(m_pki.server, FakeServer::silence());
        const auto sender = dispatcher();
        auto *job = sender->invoke(requestTo(server.url(), m_pki));
        QSignalSpy finished(job, &InvocationJob::finished);
        QTRY_COMPARE(server.requests().size(), 1);
        job->cancel();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(errorWord(finished.first().first().value<Invocation>()), u"cancelled"_s);
    }
};

QTEST_GUILESS_MAIN(TestAnyNetwork)
#include "tst_anynetwork.moc"
