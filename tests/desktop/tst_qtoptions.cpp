// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "qtoptions.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestQtOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesWhatIsOurs_data();
    void leavesWhatIsOurs();
};

void TestQtOptions::leavesWhatIsOurs_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("ours");
    const auto row = [](const char *name, const QString &arguments, const QString &ours) {
        QTest::newRow(name) << QString(u"tocsin "_s + arguments).split(u' ', Qt::SkipEmptyParts)
                            << QString(u"tocsin "_s + ours).split(u' ', Qt::SkipEmptyParts);
    };
    row("none", u""_s, u""_s);
    row("ours alone", u"--profile a --version"_s, u"--profile a --version"_s);
    row("a style", u"-style fusion --profile a"_s, u"--profile a"_s);
    row("a style with =", u"--profile a -style=fusion"_s, u"--profile a"_s);
    row("two dashes", u"--platform offscreen --reverse --help"_s, u"--help"_s);
    row("a flag takes no value", u"-reverse --profile a"_s, u"--profile a"_s);
    row("all of them", u"-platform xcb -display :1 -reverse -title x -qwindowgeometry 100x100 -session 1_2"_s, u""_s);
    row("an unknown one stays", u"-styled fusion"_s, u"-styled fusion"_s);
    row("a value that is missing", u"-style"_s, u""_s);
    row("a value that looks like one", u"--profile -style"_s, u"--profile"_s); // as Qt takes it, too
    row("after --", u"-reverse -- -style"_s, u"-- -style"_s);
}

void TestQtOptions::leavesWhatIsOurs()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QStringList, ours);
    QCOMPARE(withoutQtOptions(arguments), ours);
    QCOMPARE(withoutQtOptions({}), QStringList());
}

QTEST_APPLESS_MAIN(TestQtOptions)
#include "tst_qtoptions.moc"
