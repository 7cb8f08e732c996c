// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "localreceiver.h"
#include "metrics.h"
#include "preferences.h"
#include "problemlabel.h"
#include "receiverpage.h"

#include <QFileInfo>
#include <QLineEdit>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestLocalReceiver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        begin();
    }
    void cleanup() { m_receiver.reset(); }

    void staysWhereItsWebhooksKnowIt();
    void makesAnotherAuthorityOfADamagedFile();
    void runsForItsOwnWebhooks();
    void saysWhenItsPortIsTaken();
    void showsAnotherCertificateInItsPlace();
    void keepsWhatElseIsToldBesideABadBody();
    void saysWhatBecameOfARequest();
    void saysBesideTheBodyWhatIsWrongWithIt();
    void focusDoesNotFallOnAnAnswerWhenTheListIsCleared();

private:
    /// As after a start of the program.
    void begin()
    {
        m_receiver.reset();
        m_preferences = std::make_unique<Preferences>(m_profile->path());
        m_receiver = std::make_unique<LocalReceiver>(m_profile->path(), *m_preferences);
    }
    /// Waits until it has arrived.
    void send(const Webhook &own, QNetworkAccessManager &network)
    {
        QNetworkRequest request(QUrl(own.url));
        QSslConfiguration tls;
        tls.setCaCertificates(QSslCertificate::fromData(own.caCertificates.toLatin1()));
        request.setSslConfiguration(tls);
        const std::unique_ptr<QNetworkReply> reply(network.post(request, "{}"));
        QSignalSpy arrived(m_receiver.get(), &LocalReceiver::arrived);
        arrived.wait();
    }
    QString authorityFile() const { return m_profile->filePath(u"receiver.pem"_s); }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<LocalReceiver> m_receiver;
};

void TestLocalReceiver::staysWhereItsWebhooksKnowIt()
{
    const auto made = m_receiver->sampleWebhook();
    QVERIFY(made.isOk());
    QCOMPARE(QFileInfo(authorityFile()).permissions() & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::Permissions(QFile::ReadOwner | QFile::WriteOwner));
    begin();
    QVERIFY(!m_receiver->isRunning());
    QVERIFY(m_receiver->isTargetOf(*made));
    QVERIFY(m_receiver->start().isOk());
    QCOMPARE(m_receiver->url(), made->url);
    QCOMPARE(QString::fromUtf8(m_receiver->certificateAuthority()), made->caCertificates);
}

void TestLocalReceiver::makesAnotherAuthorityOfADamagedFile()
{
    QVERIFY(m_receiver->start().isOk());
    const QByteArray before = m_receiver->certificateAuthority();
    QFile file(authorityFile());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(file.size() / 2));
    file.close();
    begin();
    QVERIFY(m_receiver->start().isOk());
    QVERIFY(m_receiver->certificateAuthority() != before);
    QVERIFY(m_receiver->certificateAuthority().startsWith("-----BEGIN CERTIFICATE-----"));
}

void TestLocalReceiver::runsForItsOwnWebhooks()
{
    const Webhook own = *m_receiver->sampleWebhook();
    Webhook other = own;
    other.url = u"https://localhost:1/"_s;
    Webhook elsewhere = own;
    elsewhere.url.replace(u"localhost"_s, u"target.example"_s);
    begin();
    QVERIFY(m_receiver->startFor({other, elsewhere}).isOk());
    QVERIFY(!m_receiver->isRunning());
    QVERIFY(m_receiver->startFor({other, own}).isOk());
    QVERIFY(m_receiver->isRunning());

    m_receiver->stop();
    QVERIFY(m_receiver->startFor({own}).isOk());
    QVERIFY(!m_receiver->isRunning()); // somebody wants to see what happens then
    QVERIFY(m_receiver->start().isOk());
    QCOMPARE(m_receiver->url(), own.url);
}

void TestLocalReceiver::saysWhenItsPortIsTaken()
{
    const Webhook own = *m_receiver->sampleWebhook();
    begin();
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, static_cast<quint16>(QUrl(own.url).port())));
    QSignalSpy moved(m_receiver.get(), &LocalReceiver::moved);
    QVERIFY(m_receiver->start().isOk());
    QCOMPARE(moved.size(), 1);
    QCOMPARE(moved.constFirst().constFirst().toInt(), QUrl(own.url).port());
    QVERIFY(m_receiver->url() != own.url);
    QVERIFY(!m_receiver->isTargetOf(own)); // another program answers there
}

void TestLocalReceiver::showsAnotherCertificateInItsPlace()
{
    QVERIFY(m_receiver->setCertificate(ReceiverCertificate::Expired).isOk());
    const Webhook own = *m_receiver->sampleWebhook();
    const auto error = [&] {
        QNetworkRequest request(QUrl(own.url));
        QSslConfiguration tls;
        tls.setCaCertificates(QSslCertificate::fromData(own.caCertificates.toLatin1()));
        request.setSslConfiguration(tls);
        QNetworkAccessManager network;
        const std::unique_ptr<QNetworkReply> reply(network.get(request));
        QSignalSpy errors(reply.get(), &QNetworkReply::sslErrors);
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        finished.wait();
        return errors.isEmpty() ? QSslError::NoError
                                : errors.constFirst().constFirst().value<QList<QSslError>>().constFirst().error();
    };
    QCOMPARE(error(), QSslError::CertificateExpired);
    QVERIFY(m_receiver->setCertificate(ReceiverCertificate::OtherName).isOk());
    QCOMPARE(error(), QSslError::HostNameMismatch);
    QVERIFY(m_receiver->setCertificate(ReceiverCertificate::Right).isOk());
    QCOMPARE(error(), QSslError::NoError);
    QCOMPARE(m_receiver->url(), own.url);
}

void TestLocalReceiver::keepsWhatElseIsToldBesideABadBody()
{
    QVERIFY(m_receiver->setAnswer({.status = 201, .body = "[1]"}).isOk());
    const auto bad = m_receiver->setAnswer({.status = 503, .body = "[1", .manner = ReceiverAnswer::Manner::Late});
    QVERIFY(!bad.isOk());
    QCOMPARE(m_receiver->answer().status, 503);
    QCOMPARE(m_receiver->answer().manner, ReceiverAnswer::Manner::Late);
    QCOMPARE(m_receiver->answer().body, "[1]"_ba);
}

void TestLocalReceiver::saysWhatBecameOfARequest()
{
    const Webhook own = *m_receiver->sampleWebhook();
    QNetworkAccessManager network;
    const auto answered = [&](ReceiverAnswer::Manner manner) {
        m_receiver->clear();
        static_cast<void>(m_receiver->setAnswer({.status = 202, .body = "[]", .manner = manner}));
        send(own, network);
        return m_receiver->index(0, LocalReceiver::Answered).data().toString();
    };
    QCOMPARE(answered(ReceiverAnswer::Manner::AtOnce), u"202"_s);
    QCOMPARE(answered(ReceiverAnswer::Manner::CutOff), u"202, cut off"_s);
    QCOMPARE(answered(ReceiverAnswer::Manner::Reset), u"reset"_s);
}

void TestLocalReceiver::saysBesideTheBodyWhatIsWrongWithIt()
{
    ReceiverPage page(*m_receiver);
    page.resize(900, 900);
    page.show();
    auto *body = page.findChild<QPlainTextEdit *>(u"answerBodyPlainTextEdit"_s);
    const auto *problem = page.findChild<ProblemLabel *>(u"answerProblemLabel"_s);
    body->setPlainText(u"{"_s);
    QTRY_VERIFY(problem->isVisible() && problem->height() > 0);
    QCoreApplication::processEvents();
    QCOMPARE_LE(problem->y() - body->geometry().bottom(), Metrics::small + 1);
    QCOMPARE(problem->height(), problem->heightForWidth(problem->width()));
    const auto *status = page.findChild<QWidget *>(u"answerStatusSpinBox"_s);
    QCOMPARE_LE(body->y() - status->geometry().bottom(), Metrics::small + 1);
}

void TestLocalReceiver::focusDoesNotFallOnAnAnswerWhenTheListIsCleared()
{
    const Webhook own = *m_receiver->sampleWebhook();
    ReceiverPage page(*m_receiver);
    page.show();
    page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QNetworkAccessManager network;
    send(own, network);
    auto *clear = page.findChild<QPushButton *>(u"clearPushButton"_s);
    QTRY_VERIFY(clear->isVisible());
    clear->setFocus();
    QTest::keyClick(clear, Qt::Key_Space);
    QVERIFY(!clear->isVisible());
    QVERIFY(page.findChild<QLineEdit *>(u"urlLineEdit"_s)->hasFocus());
}

QTEST_MAIN(TestLocalReceiver)
#include "tst_localreceiver.moc"
