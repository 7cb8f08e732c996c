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

    void plainTextIsAKeyToo()
    {
        const auto decoded = QByteArray::fromBase64("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        QVERIFY(!QByteArrayView(decoded).isValidUtf8());
        QCOMPARE_NE(signedFields(u"plain"_s).last(), signedFields(u"other"_s).last());
        QCOMPARE(signedFields(u"plain"_s).last(),
                 signedFields("whsec_"_L1 % QString::fromLatin1("plain"_ba.toBase64())).last());
    }

    void severalKeysGiveSeveralSignatures()
    {
        const auto both = signedFields(u"first second"_s).last().second;
        QCOMPARE(both, signedFields(u"first"_s).last().second + ' ' + signedFields(u"second"_s).last().second);
        QCOMPARE(signedFields(u"first"_s, u"second"_s).last().second, both);
    }

    void badBase64IsRefusedWithoutTellingIt_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("previous");
        QTest::addColumn<QString>("where");
        QTest::newRow("current") << u"whsec_***not-base64***"_s << u"whsec_AAAA"_s << u"signing.secret"_s;
        QTest::newRow("previous") << u"whsec_AAAA"_s << u"whsec_***not-base64***"_s << u"signing.previous_secret"_s;
    }

    void badBase64IsRefusedWithoutTellingIt()
    {
        QFETCH(const QString, secret);
        QFETCH(const QString, previous);
        QFETCH(const QString, where);
        const auto result = signatureFields(secret, previous, "id", QDateTime::currentDateTimeUtc(), {});
        QVERIFY(!result);
        QCOMPARE(result.error().where, where);
        QVERIFY(!result.error().message.contains(u"not-base64"_s));
    }
};

QTEST_GUILESS_MAIN(TestSignature)
#include "tst_signature.moc"
