// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "certificateauthority.h"

#include <QSslCertificate>
#include <QSslError>
#include <QSslKey>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestCertificateAuthority : public QObject
{
    Q_OBJECT

private:
    static CertificateAuthority authority(const QString &name = u"Some authority"_s)
    {
        return std::move(CertificateAuthority::create(name)).value();
    }
    static QSslCertificate parsed(const QByteArray &pem) { return QSslCertificate(pem, QSsl::Pem); }

private Q_SLOTS:
    void aServerCertificateCarriesItsNames()
    {
        const auto ca = authority();
        const auto issued = ca.issueServer({u"localhost"_s, u"example.test"_s, u"127.0.0.1"_s, u"::1"_s});
        QVERIFY(issued);
        const auto certificate = parsed(issued->certificate);
        QCOMPARE(certificate.subjectInfo(QSslCertificate::CommonName), QStringList{u"localhost"_s});
        QCOMPARE(certificate.issuerInfo(QSslCertificate::CommonName), QStringList{u"Some authority"_s});
        const auto names = certificate.subjectAlternativeNames();
        QCOMPARE(names.values(QSsl::DnsEntry).size(), 2);
        QVERIFY(names.values(QSsl::IpAddressEntry).contains(u"127.0.0.1"_s));
        QVERIFY(names.values(QSsl::IpAddressEntry).contains(u"::1"_s)
                || names.values(QSsl::IpAddressEntry).contains(u"0:0:0:0:0:0:0:1"_s));
        const auto days = QDateTime::currentDateTimeUtc().daysTo(certificate.expiryDate());
        QVERIFY2(days == 6 || days == 7, qPrintable(QString::number(days)));
    }

    void theChainVerifiesAgainstItsOwnAuthorityOnly()
    {
        const auto ca = authority();
        const auto other = authority(u"Another authority"_s);
        const auto leaf = parsed(ca.issueServer({u"localhost"_s})->certificate);
        const auto verify = [&leaf](const CertificateAuthority &trusted) {
            QList<QSslCertificate> chain{leaf, parsed(trusted.certificate())};
            return QSslCertificate::verify(chain, u"localhost"_s);
        };
        // A root that is not the system's is all that is wrong with the chain.
        for (const auto &error : verify(ca)) {
            QCOMPARE(error.error(), QSslError::SelfSignedCertificateInChain);
        }
        bool unknown = false;
        for (const auto &error : verify(other)) {
            unknown = unknown || error.error() == QSslError::UnableToGetLocalIssuerCertificate;
        }
        QVERIFY(unknown);
    }

    void validityAndCommonNameAreAsAsked()
    {
        const auto ca = authority();
        const auto from = QDateTime::fromString(u"2020-01-01T00:00:00Z"_s, Qt::ISODate);
        const auto until = QDateTime::fromString(u"2020-02-01T00:00:00Z"_s, Qt::ISODate);
        const auto issued =
            ca.issueServer({u"localhost"_s}, {.commonName = u"old"_s, .notBefore = from, .notAfter = until});
        QVERIFY(issued);
        const auto certificate = parsed(issued->certificate);
        QCOMPARE(certificate.effectiveDate().toUTC(), from);
        QCOMPARE(certificate.expiryDate().toUTC(), until);
        QCOMPARE(certificate.subjectInfo(QSslCertificate::CommonName), QStringList{u"old"_s});
    }

    void keysBelongToTheirCertificates_data()
    {
        QTest::addColumn<CertificateOptions::KeyType>("type");
        QTest::addColumn<QSsl::KeyAlgorithm>("algorithm");
        QTest::newRow("EC") << CertificateOptions::KeyType::EcP256 << QSsl::Ec;
        QTest::newRow("RSA") << CertificateOptions::KeyType::Rsa2048 << QSsl::Rsa;
    }

    void keysBelongToTheirCertificates()
    {
        QFETCH(const CertificateOptions::KeyType, type);
        QFETCH(const QSsl::KeyAlgorithm, algorithm);
        const auto ca = authority();
        const auto issued = ca.issueClient(u"tocsin"_s, {.keyType = type});
        QVERIFY(issued);
        const QSslKey key(issued->key, algorithm, QSsl::Pem);
        QVERIFY(!key.isNull());
        QCOMPARE(parsed(issued->certificate).publicKey().algorithm(), algorithm);
        QCOMPARE(parsed(issued->certificate).publicKey().length(), key.length());
    }

    void serialNumbersDiffer()
    {
        const auto ca = authority();
        QCOMPARE_NE(parsed(ca.issueServer({u"localhost"_s})->certificate).serialNumber(),
                    parsed(ca.issueServer({u"localhost"_s})->certificate).serialNumber());
    }
};

QTEST_GUILESS_MAIN(TestCertificateAuthority)
#include "tst_certificateauthority.moc"
