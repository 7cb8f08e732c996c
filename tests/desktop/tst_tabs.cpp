// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "calmstyle.h"
#include "colorroles.h"
#include "foldingtabwidget.h"
#include "menubutton.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QStyleFactory>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestTabs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_tabs.reset(); }

    void allStandWhereThereIsRoom();
    void shortenFirst();
    void foldThen();
    void chosenOneAlwaysStands();
    void foldedOneIsChosenFromTheMenu();
    void keysReachEveryTab();
    void hiddenOneIsNotFolded();
    void screenReaderKnowsAllOfThem();
    void chosenOneIsSeen_data();
    void chosenOneIsSeen();

private:
    FoldingTabBar *bar() const { return m_tabs->tabs(); }
    int fullWidth() const { return bar()->sizeHint().width(); }
    int shown(int index) const { return bar()->tabRect(index).width(); }
    void widen(int width);

    std::unique_ptr<FoldingTabWidget> m_tabs;
};

void TestTabs::initTestCase()
{
    installAccessibility();
    auto *style = new CalmStyle;
    style->setBaseStyle(QStyleFactory::create(u"fusion"_s));
    QApplication::setStyle(style);
}

void TestTabs::init()
{
    m_tabs = std::make_unique<FoldingTabWidget>();
    for (const auto &name :
         {u"Troubleshoot"_s, u"Request"_s, u"Response"_s, u"Validators 1/1"_s, u"TLS"_s, u"Token exchange"_s}) {
        m_tabs->addTab(new QLabel(name), name);
    }
    m_tabs->setCurrentIndex(2);
    m_tabs->resize(1000, 200);
    m_tabs->show();
    QVERIFY(QTest::qWaitForWindowActive(m_tabs.get()));
}

void TestTabs::widen(int width)
{
    m_tabs->resize(width, 200);
    QTRY_COMPARE(bar()->width(), width);
}

void TestTabs::allStandWhereThereIsRoom()
{
    widen(fullWidth());
    QVERIFY(bar()->foldedTabs().isEmpty());
    QVERIFY(!bar()->moreButton()->isVisible());
    const int before = shown(3);
    m_tabs->setCurrentIndex(3); // in a heavier face
    QCOMPARE(shown(3), before);
    QCOMPARE(bar()->tabRect(5).right() + 1, fullWidth());
}

void TestTabs::shortenFirst()
{
    const int troubleshoot = shown(0);
    const int tls = shown(4);
    widen(fullWidth() - 60);
    QVERIFY(bar()->foldedTabs().isEmpty());
    QVERIFY(!bar()->moreButton()->isVisible());
    QCOMPARE_LT(shown(0), troubleshoot);
    QCOMPARE(shown(4), tls);
    QCOMPARE_LE(bar()->tabRect(5).right(), bar()->width());
}

void TestTabs::foldThen()
{
    widen(300);
    const QList<int> folded = bar()->foldedTabs();
    QVERIFY(!folded.isEmpty());
    QCOMPARE(folded.constLast(), 5);
    QVERIFY(bar()->moreButton()->isVisible());
    const QRect more(bar()->moreButton()->mapTo(m_tabs.get(), QPoint()), bar()->moreButton()->size());
    QVERIFY(m_tabs->rect().contains(more));
    for (int i = 0; i < bar()->count(); ++i) {
        QCOMPARE(shown(i) == 0, folded.contains(i));
        QCOMPARE_LE(bar()->tabRect(i).right(), more.left());
    }
    widen(1000);
    QVERIFY(bar()->foldedTabs().isEmpty());
    QVERIFY(!bar()->moreButton()->isVisible());
}

void TestTabs::chosenOneAlwaysStands()
{
    for (int width = 700; width >= 120; width -= 20) {
        widen(width);
        for (int i = 0; i < bar()->count(); ++i) {
            m_tabs->setCurrentIndex(i);
            QCOMPARE_GT(shown(i), 0);
            QCOMPARE_LE(bar()->tabRect(i).right(), bar()->width());
        }
    }
}

void TestTabs::foldedOneIsChosenFromTheMenu()
{
    widen(300);
    QVERIFY(bar()->foldedTabs().contains(5));
    QTest::mouseClick(bar()->moreButton(), Qt::LeftButton);
    const QMenu *menu = bar()->moreButton()->offered();
    QTRY_VERIFY(menu->isVisible());
    QCOMPARE(menu->actions().size(), bar()->foldedTabs().size());
    QCOMPARE(menu->actions().constLast()->text(), u"Token exchange"_s);
    menu->actions().constLast()->trigger();
    QCOMPARE(m_tabs->currentIndex(), 5);
    QVERIFY(!bar()->foldedTabs().contains(5));
    QCOMPARE_GT(shown(5), 0);
    QTRY_VERIFY(!menu->isVisible());
}

void TestTabs::keysReachEveryTab()
{
    widen(300);
    m_tabs->setCurrentIndex(0);
    bar()->setFocus();
    for (int i = 1; i < bar()->count(); ++i) {
        QTest::keyClick(bar(), Qt::Key_Right);
        QCOMPARE(m_tabs->currentIndex(), i);
        QCOMPARE_GT(shown(i), 0);
    }
    m_tabs->setCurrentIndex(0);
    QTest::keyClick(bar(), Qt::Key_Tab);
    QVERIFY(bar()->moreButton()->hasFocus());
    widen(1000); // the button goes, the focus stays among the tabs
    QVERIFY(bar()->hasFocus());
}

void TestTabs::hiddenOneIsNotFolded()
{
    widen(300);
    m_tabs->setTabVisible(5, false);
    QVERIFY(!bar()->foldedTabs().contains(5));
    m_tabs->setTabVisible(0, false);
    m_tabs->setTabVisible(3, false);
    QTRY_VERIFY(bar()->foldedTabs().isEmpty());
    QTRY_VERIFY(!bar()->moreButton()->isVisible());
}

void TestTabs::screenReaderKnowsAllOfThem()
{
    widen(300);
    auto *tabs = QAccessible::queryAccessibleInterface(bar());
    for (int i = 0; i < bar()->count(); ++i) {
        auto *tab = tabs->child(i);
        QCOMPARE(tab->role(), QAccessible::PageTab);
        QCOMPARE(tab->text(QAccessible::Name), bar()->tabText(i));
        QCOMPARE(bool(tab->state().selected), i == m_tabs->currentIndex());
    }
    tabs->child(5)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(m_tabs->currentIndex(), 5);
    auto *more = QAccessible::queryAccessibleInterface(bar()->moreButton());
    QCOMPARE(more->text(QAccessible::Name), u"More tabs"_s);
    QVERIFY(more->parent()->indexOfChild(more) >= 0);
}

void TestTabs::chosenOneIsSeen_data()
{
    QTest::addColumn<QPalette>("palette");
    const auto plain = [](const QColor &window, const QColor &text) {
        QPalette palette(window);
        palette.setColor(QPalette::Window, window);
        palette.setColor(QPalette::Base, window);
        palette.setColor(QPalette::WindowText, text);
        return palette;
    };
    QTest::newRow("light") << lightPalette();
    QTest::newRow("dark") << darkPalette();
    QTest::newRow("light high contrast") << plain(Qt::white, Qt::black);
    QTest::newRow("dark high contrast") << plain(Qt::black, Qt::white);
}

void TestTabs::chosenOneIsSeen()
{
    QFETCH(const QPalette, palette);
    m_tabs->setPalette(palette);
    const QImage image = bar()->grab().toImage();
    const auto below = [&](int index) {
        const QRect tab = bar()->tabRect(index);
        return image.pixelColor(tab.center().x(), tab.bottom() - 1);
    };
    const QColor window = palette.color(QPalette::Window);
    QCOMPARE_GE(contrast(below(2), window), 3.0);
    QCOMPARE(below(1), window);
    QCOMPARE_GE(contrast(below(2), below(1)), 3.0);
}

QTEST_MAIN(TestTabs)
#include "tst_tabs.moc"
