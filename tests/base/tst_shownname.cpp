// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shownname.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestShownName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("shown");
        for (const auto *const name :
             {"", "a", "name", "body_template", "custom_validation_error_message", "DD-API-KEY", "X-Amz-Content-Sha256",
              "k8s", "X-B3-TraceId", "oauth2.token", "größe", "v1"}) {
            QTest::addRow("whole: %s", name) << QString::fromUtf8(name) << QString::fromUtf8(name);
        }
        QTest::newRow("field and value") << u"Authorization: Bearer abc"_s << u"Auth…"_s;
        QTest::newRow("never more than a quarter") << u"S3CRET"_s << u"S…"_s;
        QTest::newRow("a short one") << u"a b!?"_s << u"a b!?"_s;
        QTest::newRow("hexadecimal") << u"deadbeef01020304"_s << u"dead…"_s;
        QTest::newRow("UUID") << u"550e8400-e29b-41d4-a716-446655440000"_s << u"550e…"_s;
        QTest::newRow("prefixed") << u"sk_live_51H8xT2eZvKYlo2C"_s << u"sk_l…"_s;
        QTest::newRow("digits alone") << u"1234-5678"_s << u"12…"_s;
        QTest::newRow("a long word") << QString(21, u'a') << u"aaaa…"_s;
        QTest::newRow("many words") << u"ab-"_s.repeated(14) << u"ab-a…"_s;
        QTest::newRow("a control character") << u"a\nbcdefgh"_s << u"…"_s;
        QTest::newRow("no half of a character") << u"abc\U0001F512defghijklmn"_s << u"abc…"_s;
    }

    void names()
    {
        QFETCH(const QString, typed);
        QTEST(shownName(typed), "shown");
    }

    void paths_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("shown");
        for (const auto *const path :
             {"", "this", "..", "../name", "@index", "@root.data", "data.issues.[0].message", "data.[odd key]",
              "$.data.issues[12]", "[1].name", "type.http_request.headers.DD-API-KEY",
              "authentication_config.oauth.parameters.audience"}) {
            QTest::addRow("whole: %s", path) << QString::fromUtf8(path) << QString::fromUtf8(path);
        }
        QTest::newRow("from the first that is none")
            << u"type.http_request.headers.Authorization: Bearer a.b"_s << u"type.http_request.headers.Auth…"_s;
        QTest::newRow("words as one") << u"data.[Bearer 3c9e0b7f4a11d2]"_s << u"data.[Bear…"_s;
        QTest::newRow("at once") << u"S3CRET.name"_s << u"S3…"_s;
        QTest::newRow("long") << u"data."_s.repeated(25) << u"data."_s.repeated(24) + u"d…"_s;
    }

    void paths()
    {
        QFETCH(const QString, typed);
        QTEST(shownPath(typed), "shown");
    }
};

QTEST_APPLESS_MAIN(TestShownName)
#include "tst_shownname.moc"
