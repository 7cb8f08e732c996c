// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "urltext.h"

#include <QApplication>
#include <QFontMetrics>
#include <QLineEdit>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestUrlText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shortens_data();
    void shortens();
    void hostStandsAtEveryWidth_data();
    void hostStandsAtEveryWidth();
    void beginningIsShownAfterwards();
};

void TestUrlText::shortens_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("shortened"); // the first shape that is narrower than the one before
    const auto row = [](const char *name, const QString &url, const QString &shortened) {
        QTest::newRow(name) << url << shortened;
    };
    row("the path's middle", u"https://hooks.example.com/services/B0000/T0000"_s,
        u"https://hooks.example.com/…/T0000"_s);
    row("the query, where the path is short", u"https://a.example/x?token=0123456789abcdef"_s,
        u"https://a.example/x?…"_s);
    row("path and query", u"https://a.example/one/two/three?token=0123456789"_s, u"https://a.example/…/three?…"_s);
    row("a path that is one piece", u"https://a.example/one-piece-that-is-long"_s, u"https://a.example/…"_s);
    row("the scheme goes last", u"https://a.example/one-piece-that-is-long"_s, u"a.example/…"_s);
    row("an IPv6 address", u"https://[2001:db8::8a2e:370:7334]:8443/services/hooks/x"_s,
        u"https://[2001:db8::8a2e:370:7334]:8443/…"_s);
    row("whose host it is, not whom it names", u"https://hooks.slack.com:secret@evil.example/services/x"_s,
        u"https://…@evil.example/…/x"_s);
    row("without the user at last", u"https://hooks.slack.com:secret@evil.example/services/x"_s, u"evil.example"_s);
    row("a host's end", u"https://a.very.long.host.name.that.goes.on.internal.example.com:8443/x"_s,
        u"…internal.example.com:8443"_s);
    row("a host alone", u"a.very.long.host.name.internal.example.com:8443"_s, u"…internal.example.com:8443"_s);
    row("a placeholder in the path", u"https://a.example/v1/{{data.name}}/events/{{data.id}}"_s,
        u"https://a.example/…/{{data.id}}"_s);
    row("a placeholder with a slash and a question mark", u"https://a.example/v1/{{lookup a/b \"?\"}}"_s,
        u"https://a.example/…"_s);
    row("a placeholder as the host", u"https://{{data.host}}/v1/services/x"_s, u"https://{{data.host}}/…/x"_s);
    row("a secret as the path", u"https://a.example/${secret:0f6a/url/path}"_s, u"https://a.example/…"_s);
    row("words", u"in the keychain of this machine"_s, u"in the keychain…"_s);
    row("nothing", {}, {});
}

void TestUrlText::shortens()
{
    QFETCH(const QString, url);
    QFETCH(const QString, shortened);
    const QFontMetrics metrics(QApplication::font());
    QCOMPARE(elidedUrl(url, metrics, metrics.horizontalAdvance(url)), url);
    QCOMPARE(elidedUrl(url, metrics, metrics.horizontalAdvance(shortened) + 1), shortened);
}

void TestUrlText::hostStandsAtEveryWidth_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("host");
    const auto row = [](const char *name, const QString &url, const QString &host) {
        QTest::newRow(name) << url << host;
    };
    row("plain", u"https://hooks.example.com/services/B0000/T0000?x=1#y"_s, u"hooks.example.com"_s);
    row("user", u"https://user:password@hooks.example.com:8443/services/B0000"_s, u"hooks.example.com:8443"_s);
    row("IPv6", u"https://[2001:db8::1]/services/B0000"_s, u"[2001:db8::1]"_s);
    row("no path", u"https://hooks.example.com?x=0123456789"_s, u"hooks.example.com"_s);
    row("template", u"https://hooks.example.com/{{#each data.issues}}{{id}}/{{/each}}"_s, u"hooks.example.com"_s);
    row("an at sign in the path", u"https://hooks.example.com/@evil.example/x"_s, u"hooks.example.com"_s);
}

void TestUrlText::hostStandsAtEveryWidth()
{
    QFETCH(const QString, url);
    QFETCH(const QString, host);
    const QFontMetrics metrics(QApplication::font());
    for (int width = metrics.horizontalAdvance(url); width >= metrics.horizontalAdvance(host); width -= 3) {
        const QString shown = elidedUrl(url, metrics, width);
        QVERIFY2(shown.contains(host), qPrintable(shown));
        QCOMPARE_LE(metrics.horizontalAdvance(shown), width);
    }
    const QString narrow = elidedUrl(url, metrics, metrics.horizontalAdvance(host) - 10);
    QVERIFY2(narrow.startsWith(u'…') && host.endsWith(narrow.sliced(1)), qPrintable(narrow));
}

void TestUrlText::beginningIsShownAfterwards()
{
    QWidget form;
    QLineEdit url(&form);
    QLineEdit other(&form);
    other.move(0, 40);
    showBeginningAfterwards(&url);
    form.show();
    QVERIFY(QTest::qWaitForWindowActive(&form));
    url.setFocus();
    QTest::keyClicks(&url, u"https://hooks.example.com/services/B0000/T0000"_s);
    QCOMPARE(url.cursorPosition(), url.text().size());
    other.setFocus(Qt::TabFocusReason);
    QCOMPARE(url.cursorPosition(), 0);
}

QTEST_MAIN(TestUrlText)
#include "tst_urltext.moc"
