// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signature.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestSignature : public QObject
{
    Q_OBJECT

private:
    static HttpFields signedFields(const QString &secret, const QString &previous = {})
    {
        const auto at = QDateTime::fromSecsSinceEpoch(1614265330);
        return signatureFields(secret, previous, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, R"({"test": 2432232314})").value();
    }

private Q_SLOTS:
    void followsTheStandardsExample()
    {
        // The example of the Standard Webhooks specification.
        const auto fields = signedFields(u"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_s);
        const HttpFields expected{{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                                  {"webhook-timestamp", "1614265330"},
                                  {"webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}};
        QCOMPARE(fields, expected);
    }

    void readsEverySpellingOfASecret_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::newRow("base64 alone") << u"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_s;
        QTest::newRow("version") << u"v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_s;
        QTest::newRow("version, no prefix") << u"v1,MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_s;
        QTest::newRow("spaces") << u"  whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\t"_s;
        QTest::newRow("a file's line end") << u"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\r\n"_s;
    }

    void readsEverySpellingOfASecret()
    {
        QFETCH(const QString, secret);
        QCOMPARE(signedFields(secret), signedFields(u"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_s));
    }

    void paddingMayBeMissing()
    {
        QCOMPARE(signedFields(u"whsec_c2VjcmV0LWtleQ"_s), signedFields(u"whsec_c2VjcmV0LWtleQ=="_s));
        QCOMPARE(signedFields(u"whsec_c2VjcmV0LWtleTE"_s), signedFields(u"whsec_c2VjcmV0LWtleTE="_s));
    }

    void severalKeysGiveSeveralSignatures()
    {
        const auto both = signedFields(u"whsec_AAAA v1,whsec_BBBB"_s).last().second;
        QCOMPARE(both, signedFields(u"whsec_AAAA"_s).last().second + ' ' + signedFields(u"whsec_BBBB"_s).last().second);
        QCOMPARE(signedFields(u"AAAA"_s, u"BBBB"_s).last().second, both);
    }

    void whatIsNoSecretIsRefusedWithoutTellingIt_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("said");
        QTest::newRow("not base64") << u"whsec_***N0PE***"_s << u"what follows is not base64"_s;
        QTest::newRow("only the prefix") << u"whsec_"_s << u"what follows is not base64"_s;
        QTest::newRow("prefix in capitals") << u"WHSEC_N0PE"_s << u"not base64"_s;
        QTest::newRow("a password") << u"N0PE, N0PE"_s << u"not base64"_s;
        QTest::newRow("alphabet for URLs") << u"whsec_N0PE_-AA"_s << u"not base64"_s;
        QTest::newRow("a letter too many") << u"whsec_N0PEN"_s << u"not base64"_s;
        QTest::newRow("padding too long") << u"whsec_N0==="_s << u"not base64"_s;
        QTest::newRow("padding too short") << u"whsec_N0="_s << u"not base64"_s;
        QTest::newRow("padding within") << u"whsec_N0=PN0PE"_s << u"not base64"_s;
        QTest::newRow("private key") << u"whsk_N0PE"_s << u"whsk_"_s;
        QTest::newRow("private key, version") << u"v1,whsk_N0PE"_s << u"whsk_"_s;
        QTest::newRow("quotes") << u"\"whsec_N0PE\""_s << u"quotation mark"_s;
        QTest::newRow("a mail's quotes") << u"“whsec_N0PE”"_s << u"quotation mark"_s;
        QTest::newRow("the second of two") << u"whsec_AAAA whsk_N0PE"_s << u"whsk_"_s;
    }

    void whatIsNoSecretIsRefusedWithoutTellingIt()
    {
        QFETCH(const QString, secret);
        QFETCH(const QString, said);
        const auto now = QDateTime::currentDateTimeUtc();
        const auto current = signatureFields(secret, u"whsec_AAAA"_s, "id", now, {});
        QVERIFY(!current);
        QCOMPARE(current.error().where, u"signing.secret"_s);
        QVERIFY2(current.error().message.contains(said), qPrintable(current.error().message));
        QVERIFY(!current.error().message.contains(u"N0"_s));
        const auto previous = signatureFields(u"whsec_AAAA"_s, secret, "id", now, {});
        QVERIFY(!previous);
        QCOMPARE(previous.error().where, u"signing.previous_secret"_s);
    }
};

QTEST_GUILESS_MAIN(TestSignature)
#include "tst_signature.moc"
