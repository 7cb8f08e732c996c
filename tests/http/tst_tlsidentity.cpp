// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "certificateauthority.h"
#include "tlsidentity.h"

#include <QSslKey>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestTlsIdentity : public QObject
{
    Q_OBJECT

private:
    const CertificateAuthority m_authority = std::move(CertificateAuthority::create(u"Authority"_s)).value();
    const IssuedCertificate m_client = m_authority.issueClient(u"client"_s).value();
    const IssuedCertificate m_other = m_authority.issueClient(u"other"_s).value();

private Q_SLOTS:
    void equalMaterialIsOneIdentity()
    {
        const TlsMaterial material{QString::fromLatin1(m_authority.certificate()), {}, {}};
        const auto one = TlsIdentity::create(material);
        const auto same = TlsIdentity::create(material);
        const auto other = TlsIdentity::create({});
        QVERIFY(one && same && other);
        QCOMPARE(one->get(), same->get());
        QCOMPARE_NE(one->get(), other->get());
        QCOMPARE(other->get(), TlsIdentity::plain().get());
        QCOMPARE((*one)->authorities(), (*same)->authorities());
    }

    void takesKeysOfAnyType_data()
    {
        QTest::addColumn<CertificateOptions::KeyType>("type");
        QTest::newRow("EC") << CertificateOptions::KeyType::EcP256;
        QTest::newRow("RSA") << CertificateOptions::KeyType::Rsa2048;
        QTest::newRow("Ed25519") << CertificateOptions::KeyType::Ed25519;
        QTest::newRow("RSA-PSS") << CertificateOptions::KeyType::RsaPss2048;
    }

    void takesKeysOfAnyType()
    {
        QFETCH(const CertificateOptions::KeyType, type);
        const auto client = m_authority.issueClient(u"client"_s, {.keyType = type});
        QVERIFY(client);
        const auto made =
            TlsIdentity::create({{}, QString::fromLatin1(client->certificate), QString::fromLatin1(client->key)});
        QVERIFY2(made, made ? "" : qPrintable(made.error().message));
        QVERIFY((*made)->hasClientCertificate());
    }

    void faults_data()
    {
        QTest::addColumn<TlsMaterial>("material");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("inMessage");
        const auto certificate = QString::fromLatin1(m_client.certificate);
        const auto key = QString::fromLatin1(m_client.key);
        const auto encrypted = QString::fromLatin1(QSslKey(m_client.key, QSsl::Ec, QSsl::Pem).toPem("password"));
        QVERIFY(encrypted.contains(u"ENCRYPTED"_s));
        QTest::newRow("authorities") << TlsMaterial{u"nonsense"_s, {}, {}} << u"tls.ca_certificates"_s << u"PEM"_s;
        QTest::newRow("certificate") << TlsMaterial{{}, u"nonsense"_s, key} << u"tls.client_certificate"_s << u"PEM"_s;
        QTest::newRow("key") << TlsMaterial{{}, certificate, u"nonsense"_s} << u"tls.client_key"_s << u"PEM"_s;
        QTest::newRow("no key") << TlsMaterial{{}, certificate, {}} << u"tls.client_key"_s << u"needs"_s;
        QTest::newRow("no certificate") << TlsMaterial{{}, {}, key} << u"tls.client_certificate"_s << u"needs"_s;
        QTest::newRow("another's key") << TlsMaterial{{}, certificate, QString::fromLatin1(m_other.key)}
                                       << u"tls.client_key"_s << u"does not belong"_s;
        QTest::newRow("encrypted key") << TlsMaterial{{}, certificate, encrypted} << u"tls.client_key"_s
                                       << u"encrypted"_s;
    }

    void faults()
    {
        QFETCH(const TlsMaterial, material);
        QFETCH(const QString, field);
        QFETCH(const QString, inMessage);
        const auto made = TlsIdentity::create(material);
        QVERIFY(!made);
        QCOMPARE(made.error().where, field);
        QVERIFY2(made.error().message.contains(inMessage), qPrintable(made.error().message));
    }

    void fingerprintsTellIdentitiesApart()
    {
        const TlsMaterial one{u"a"_s, u"b"_s, u"c"_s};
        QCOMPARE(one.fingerprint(), (TlsMaterial{u" a\n"_s, u"b"_s, u"c"_s}).fingerprint());
        QCOMPARE_NE(one.fingerprint(), (TlsMaterial{u"ab"_s, {}, u"c"_s}).fingerprint());
        QCOMPARE_NE(one.fingerprint(), (TlsMaterial{u"a"_s, u"b"_s, u"d"_s}).fingerprint());
    }
};

QTEST_GUILESS_MAIN(TestTlsIdentity)
#include "tst_tlsidentity.moc"
