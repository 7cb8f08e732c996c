// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "certificateauthority.h"
#include "tlsidentity.h"

#include <QSslCertificate>
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
    void authoritiesAreAddedToTheSystems()
    {
        const auto other = CertificateAuthority::create(u"Another"_s);
        const auto made =
            tlsConfiguration({.caCertificates = QString::fromLatin1(m_authority.certificate() + other->certificate()),
                              .clientCertificate = {},
                              .clientKey = {}});
        QVERIFY(made);
        const auto before = QSslConfiguration::defaultConfiguration().caCertificates();
        QCOMPARE(made->caCertificates().size(), before.size() + 2);
        QVERIFY(made->caCertificates().contains(QSslCertificate(m_authority.certificate())));
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
        const auto made = tlsConfiguration(material);
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
