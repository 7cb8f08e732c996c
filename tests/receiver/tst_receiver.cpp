// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "receiver.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestReceiver : public QObject
{
    Q_OBJECT

private:
    static QNetworkRequest requestTo(const Receiver &receiver, const QString &target = u"/"_s)
    {
        QNetworkRequest request(receiver.url().resolved(QUrl(target)));
        auto tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromData(receiver.certificateAuthority()));
        request.setSslConfiguration(tls);
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        return request;
    }

private Q_SLOTS:
    void showsWhatArrives()
    {
        Receiver receiver;
        QVERIFY(receiver.listen());
        QVERIFY(receiver.isListening());
        QCOMPARE(receiver.url().host(), u"localhost"_s);
        QSignalSpy spy(&receiver, &Receiver::received);
        QNetworkAccessManager network;
        auto request = requestTo(receiver, u"/a%2Fb?x=%20y"_s);
        request.setRawHeader("x-name", "grün");
        request.setRawHeader("Content-Type", "text/plain");
        const std::unique_ptr<QNetworkReply> reply(network.put(request, "körper"));
        QTRY_VERIFY(reply->isFinished());
        QTRY_COMPARE(spy.count(), 1);
        QCOMPARE(reply->error(), QNetworkReply::NoError);
        QCOMPARE(reply->readAll(), "{\"ok\":true}"_ba);
        QCOMPARE(reply->header(QNetworkRequest::ContentTypeHeader).toString(), u"application/json"_s);
        const auto seen = spy.first().first().value<ReceivedRequest>();
        QCOMPARE(seen.method, u"PUT"_s);
        QCOMPARE(seen.target, u"/a%2Fb?x=%20y"_s);
        QCOMPARE(seen.body, "körper"_ba);
        QCOMPARE(seen.answeredWith, 200);
        QVERIFY(seen.peer.startsWith(u"127.0.0.1:"_s));
        QVERIFY(seen.at.isValid());
        QVERIFY(seen.headers.contains(Header{.name = u"x-name"_s, .value = u"grün"_s}));
    }

    void answersAsItIsTold()
    {
        Receiver receiver;
        QVERIFY(receiver.listen());
        receiver.setAnswer({.status = 503, .body = "later", .contentType = "text/plain"});
        QNetworkAccessManager network;
        const std::unique_ptr<QNetworkReply> reply(network.get(requestTo(receiver)));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 503);
        QCOMPARE(reply->readAll(), "later"_ba);
    }

    void keepsOneMebibyteOfABody()
    {
        Receiver receiver;
        QVERIFY(receiver.listen());
        QSignalSpy spy(&receiver, &Receiver::received);
        QNetworkAccessManager network;
        const std::unique_ptr<QNetworkReply> reply(
            network.post(requestTo(receiver), QByteArray(3 * 1024 * 1024 + 5, 'x')));
        QTRY_COMPARE(spy.count(), 1);
        QCOMPARE(spy.first().first().value<ReceivedRequest>().body.size(), 1024 * 1024);
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->error(), QNetworkReply::NoError);
    }

    void aClientThatLeavesDoesNoHarm()
    {
        Receiver receiver;
        QVERIFY(receiver.listen());
        QSignalSpy spy(&receiver, &Receiver::received);
        QSslSocket socket;
        auto tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromData(receiver.certificateAuthority()));
        socket.setSslConfiguration(tls);
        socket.connectToHostEncrypted(u"localhost"_s, static_cast<quint16>(receiver.url().port()));
        QVERIFY(socket.waitForEncrypted());
        socket.write("POST /half HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345");
        QVERIFY(socket.waitForBytesWritten());
        socket.abort();
        QNetworkAccessManager network;
        const std::unique_ptr<QNetworkReply> reply(network.get(requestTo(receiver, u"/whole"_s)));
        QTRY_COMPARE(spy.count(), 1);
        QCOMPARE(spy.first().first().value<ReceivedRequest>().target, u"/whole"_s);
    }

    void resetsWhereItIsToldTo()
    {
        Receiver receiver;
        QVERIFY(receiver.listen());
        receiver.setAnswer({.manner = ReceiverAnswer::Manner::Reset});
        QSignalSpy spy(&receiver, &Receiver::received);
        QSslSocket socket;
        auto tls = socket.sslConfiguration();
        tls.setCaCertificates(QSslCertificate::fromData(receiver.certificateAuthority()));
        socket.setSslConfiguration(tls);
        QSignalSpy failed(&socket, &QAbstractSocket::errorOccurred);
        socket.connectToHostEncrypted(u"localhost"_s, static_cast<quint16>(receiver.url().port()));
        QTRY_VERIFY(socket.isEncrypted());
        socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTRY_COMPARE(spy.count(), 1);
        const auto request = spy.first().first().value<ReceivedRequest>();
        QCOMPARE(request.answeredWith, 0);
        QCOMPARE(request.manner, ReceiverAnswer::Manner::Reset);
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(socket.readAll(), QByteArray());
    }

    /// What it waits for on purpose keeps nobody who closes it.
    void closesAtOnceWhileItAnswersSlowly_data()
    {
        QTest::addColumn<ReceiverAnswer::Manner>("manner");
        QTest::newRow("late") << ReceiverAnswer::Manner::Late;
        QTest::newRow("byte by byte") << ReceiverAnswer::Manner::Dripping;
    }

    void closesAtOnceWhileItAnswersSlowly()
    {
        QFETCH(const ReceiverAnswer::Manner, manner);
        Receiver receiver;
        QVERIFY(receiver.listen());
        receiver.setAnswer({.manner = manner, .pause = ReceiverAnswer::mostPause});
        QNetworkAccessManager network;
        const std::unique_ptr<QNetworkReply> slow(network.get(requestTo(receiver)));
        QSignalSpy sent(slow.get(), &QNetworkReply::requestSent);
        QTRY_COMPARE(sent.count(), 1);
        if (manner == ReceiverAnswer::Manner::Dripping) {
            QTRY_COMPARE(slow->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
            receiver.setAnswer({}); // from the next one on
            const std::unique_ptr<QNetworkReply> next(network.get(requestTo(receiver)));
            QTRY_VERIFY(next->isFinished());
            QCOMPARE(next->error(), QNetworkReply::NoError);
            QVERIFY(!slow->isFinished());
        }
        receiver.close();
        QTRY_VERIFY(slow->isFinished());
        QVERIFY(slow->error() != QNetworkReply::NoError);
    }

    void aTakenPortIsAnError()
    {
        Receiver first;
        QVERIFY(first.listen());
        Receiver second;
        const auto result = second.listen(QHostAddress::LocalHost, static_cast<quint16>(first.url().port()));
        QVERIFY(!result);
        QVERIFY(result.error().message.contains(u"127.0.0.1:%1"_s.arg(first.url().port())));
        QVERIFY(!second.isListening());
    }

    void listensOnIpv6AndAgain()
    {
        Receiver receiver;
        QVERIFY(receiver.listen(QHostAddress::LocalHostIPv6));
        const auto authority = receiver.certificateAuthority();
        receiver.close();
        QVERIFY(!receiver.isListening());
        QVERIFY(receiver.listen(QHostAddress::LocalHostIPv6));
        QCOMPARE_NE(receiver.certificateAuthority(), authority);
        QNetworkAccessManager network;
        auto request = requestTo(receiver);
        request.setUrl(QUrl(u"https://[::1]:%1/"_s.arg(receiver.url().port())));
        const std::unique_ptr<QNetworkReply> reply(network.get(request));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->error(), QNetworkReply::NoError);
    }
};

QTEST_GUILESS_MAIN(TestReceiver)
#include "tst_receiver.moc"
