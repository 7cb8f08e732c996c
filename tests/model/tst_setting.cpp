// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "setting.h"
#include "shownname.h"

#include <QFloat16> // QCOMPARE of a Json asks whether it converts
#include <QSet>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestSetting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachIsNamedAndExplained()
    {
        QSet<QString> keys;
        const auto known = knownSettings();
        QVERIFY(!known.isEmpty());
        for (const Setting &setting : known) {
            QVERIFY2(!keys.contains(setting.key), qPrintable(setting.key));
            keys.insert(setting.key);
            QVERIFY(setting.description.endsWith(u'.'));
            QVERIFY(!setting.description.contains(u'\n'));
            QCOMPARE(findSetting(setting.key)->key, setting.key);
            Settings settings;
            QVERIFY(setting.read(setting.text(Settings()), settings)); // what it prints, it takes
            QCOMPARE(settings, Settings());
        }
    }

    void linkLocalIsRefusedUnlessAllowed()
    {
        const auto setting = *findSetting(u"egress.allow_link_local"_s);
        QCOMPARE(setting.key, allowLinkLocalKey);
        Settings settings;
        QVERIFY(!settings.isLinkLocalAllowed);
        QCOMPARE(setting.text(settings), u"false"_s);
        QCOMPARE(setting.value(settings), Json(false));
        QVERIFY(setting.read(u"true"_s, settings));
        QVERIFY(settings.isLinkLocalAllowed);
        QCOMPARE(setting.text(settings), u"true"_s);
        QCOMPARE(setting.value(settings), Json(true));
        QVERIFY(setting.read(u"false"_s, settings));
        QVERIFY(!settings.isLinkLocalAllowed);
    }

    void badValues_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto &text :
             {u""_s, u"maybe"_s, u"True"_s, u"1"_s, u"yes"_s, u" true"_s, u"true\n"_s, u"tok-3c9e0b7f4a"_s}) {
            QTest::newRow(qPrintable(text)) << text;
        }
    }

    void badValues()
    {
        QFETCH(const QString, text);
        Settings settings{.isLinkLocalAllowed = true};
        const auto read = findSetting(allowLinkLocalKey)->read(text, settings);
        QVERIFY(!read);
        QCOMPARE(read.error().message,
                 u"egress.allow_link_local takes true or false, not \"%1\"."_s.arg(shownName(text)));
        QVERIFY(!read.error().message.contains("3c9"_L1));
        QVERIFY(settings.isLinkLocalAllowed);
    }

    void unknownKeys()
    {
        QCOMPARE(findSetting(u"egress.allow_linklocal"_s).error().message,
                 u"There is no setting \"egress.allow_linklocal\"; the nearest known one is "
                 "\"egress.allow_link_local\"."_s);
        QCOMPARE(findSetting(u"colour"_s).error().message,
                 u"There is no setting \"colour\"; known are egress.allow_link_local."_s);
        QVERIFY(!findSetting(QString()));
    }

    void readsWhatIsStored()
    {
        QCOMPARE(settingsFrom({}), Settings());
        QVERIFY(settingsFrom({{allowLinkLocalKey, u"true"_s}}).isLinkLocalAllowed);
        QCOMPARE(settingsFrom({{allowLinkLocalKey, u"loopback"_s}, {u"of.a.later.version"_s, u"true"_s}}), Settings());
    }
};

QTEST_GUILESS_MAIN(TestSetting)
#include "tst_setting.moc"
