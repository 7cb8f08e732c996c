// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "late.h"
#include "latelibrary.h"

#include <QFile>
#include <QTest>

#include <microhttpd.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestLate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesWithItsFirstCall();
    void saysWhichLibraryIsMissing();
};

namespace {

bool isLoaded(const QByteArray &library)
{
    QFile maps(u"/proc/self/maps"_s);
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains(library);
}

} // namespace

void TestLate::comesWithItsFirstCall()
{
    QVERIFY(!isLoaded("libmicrohttpd"));
    QVERIFY(loadHttpDaemon());
    QVERIFY(isLoaded("libmicrohttpd"));
    QCOMPARE(MHD_create_response_from_buffer(1, nullptr, MHD_RESPMEM_MUST_COPY), nullptr);

    QVERIFY(loadCrypto());
    QVERIFY(isLoaded("libcrypto"));
    auto *key = EVP_EC_gen("P-256");
    QVERIFY(key);
    QCOMPARE(EVP_PKEY_get_base_id(key), EVP_PKEY_EC);
    EVP_PKEY_free(key);
    QVERIFY(!EVP_EC_gen("P-0"));
}

void TestLate::saysWhichLibraryIsMissing()
{
    const LateLibrary library(u"tocsin-has-no-such"_s, 7);
    QVERIFY(library.error());
    QCOMPARE(library.error()->message,
             u"The library libtocsin-has-no-such.so.7, which this needs, cannot be loaded."_s);
}

QTEST_GUILESS_MAIN(TestLate)
#include "tst_late.moc"
