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
    static HttpFields signedFields(const QString &secrets, const QByteArray &body = R"({"test": 2432232314})")
    {
        const auto at = QDateTime::fromSecsSinceEpoch(1614265330);
        return signatureFields(secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, body).value();
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
    }

    void badBase64IsRefusedWithoutTellingIt()
    {
        const auto result = signatureFields(u"whsec_***not-base64***"_s, "id", QDateTime::currentDateTimeUtc(), {});
        QVERIFY(!result);
        QCOMPARE(result.error().where, u"signing.secret"_s);
        QVERIFY(!result.error().message.contains(u"not-base64"_s));
    }
};

QTEST_GUILESS_MAIN(TestSignature)
#include "tst_signature.moc"
