// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrettext.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestSecretText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("parts"); // literals in <>, keys in ()
        QTest::newRow("nothing") << u""_s << u""_s;
        QTest::newRow("plain") << u"plain text"_s << u"<plain text>"_s;
        QTest::newRow("sole") << u"${secret:a/b-C_1.d}"_s << u"(a/b-C_1.d)"_s;
        QTest::newRow("around") << u"Bearer ${secret:k}!"_s << u"<Bearer >(k)<!>"_s;
        QTest::newRow("two") << u"${secret:a}${secret:b}"_s << u"(a)(b)"_s;
        QTest::newRow("escaped") << u"$${secret:a}"_s << u"<${secret:a}>"_s;
        QTest::newRow("other braces") << u"${other} $x $"_s << u"<${other} $x $>"_s;
        QTest::newRow("two dollars") << u"$$5"_s << u"<$$5>"_s;
        QTest::newRow("longest key") << QString(u"${secret:" + QString(128, u'k') + u'}')
                                     << QString(u'(' + QString(128, u'k') + u')');
    }

    void splits()
    {
        QFETCH(QString, text);
        const auto parts = parseSecretText(text);
        QVERIFY(parts.isOk());
        QString shown;
        for (const auto &part : *parts) {
            shown += part.isReference ? QString(u'(' + part.text + u')') : QString(u'<' + part.text + u'>');
        }
        QTEST(shown, "parts");
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("offset");
        QTest::newRow("not closed") << u"a ${secret:key"_s << 1 << 3 << 2;
        QTest::newRow("empty key") << u"${secret:}"_s << 1 << 1 << 0;
        QTest::newRow("space in key") << u"${secret:a b}"_s << 1 << 1 << 0;
        QTest::newRow("key too long") << QString(u"${secret:" + QString(129, u'k') + u'}') << 1 << 1 << 0;
        QTest::newRow("second line, code points, bytes") << u"x\n🔔ä${secret:ü}"_s << 2 << 3 << 8;
    }

    void refuses()
    {
        QFETCH(QString, text);
        const auto parts = parseSecretText(text);
        QVERIFY(!parts.isOk());
        QTEST(parts.error().position.line, "line");
        QTEST(parts.error().position.column, "column");
        QTEST(static_cast<int>(parts.error().position.offset), "offset");
        QVERIFY(secretKeys(text).isEmpty());
        QVERIFY(!soleSecretKey(text));
    }

    void listsKeysOnce()
    {
        QCOMPARE(secretKeys(u"${secret:b} ${secret:a} ${secret:b} $${secret:c}"_s), QStringList({u"b"_s, u"a"_s}));
    }

    void knowsASoleReference()
    {
        QCOMPARE(soleSecretKey(secretReference(u"k/1"_s)), u"k/1"_s);
        QVERIFY(!soleSecretKey(u" ${secret:k}"_s));
        QVERIFY(!soleSecretKey(u"${secret:k}${secret:k}"_s));
        QVERIFY(!soleSecretKey(u"$${secret:k}"_s));
    }

    void resolvesOnce()
    {
        const auto resolved = resolveSecretText(u"a ${secret:one} $${x}"_s, [](const QString &key) {
            return key == u"one"_s ? std::optional(u"${secret:two}"_s) : std::nullopt;
        });
        QVERIFY(resolved.isOk());
        QCOMPARE(*resolved, u"a ${secret:two} ${x}"_s);
    }

    void namesTheUnknownKey()
    {
        const auto resolved =
            resolveSecretText(u"${secret:gone}"_s, [](const QString &) { return std::optional<QString>(); });
        QVERIFY(!resolved.isOk());
        QVERIFY(resolved.error().message.contains(u"\"gone\""_s));
        QCOMPARE(resolved.error().where, u"gone"_s);
        QVERIFY(!resolveSecretText(u"${secret:gone}"_s, {}).isOk());
    }
};

QTEST_GUILESS_MAIN(TestSecretText)
#include "tst_secrettext.moc"
