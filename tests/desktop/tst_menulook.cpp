// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "calmstyle.h"
#include "colorroles.h"
#include "icons.h"
#include "menubutton.h"

#include <QApplication>
#include <QImage>
#include <QMenu>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOptionMenuItem>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

QPalette blackAndWhite(QPalette palette, const QColor &paper, const QColor &ink, const QColor &chosen)
{
    for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button}) {
        palette.setColor(role, paper);
    }
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(role, ink);
    }
    palette.setColor(QPalette::Highlight, chosen);
    palette.setColor(QPalette::HighlightedText, paper);
    return palette;
}

} // namespace

class TestMenuLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto *style = new CalmStyle;
        style->setBaseStyle(QStyleFactory::create(u"fusion"_s));
        QApplication::setStyle(style);
    }

    void aChosenItemIsReadable_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
        QTest::newRow("light, high contrast") << blackAndWhite(lightPalette(), Qt::white, Qt::black, Qt::darkBlue);
        QTest::newRow("dark, high contrast") << blackAndWhite(darkPalette(), Qt::black, Qt::white, Qt::yellow);
    }

    /// Its icon and its words, each by itself.
    void aChosenItemIsReadable()
    {
        QFETCH(const QPalette, palette);
        QApplication::setPalette(palette);
        QStyleOptionMenuItem item;
        item.rect = QRect(0, 0, 200, 28);
        item.palette = palette;
        item.state = QStyle::State_Enabled | QStyle::State_Selected;
        item.menuItemType = QStyleOptionMenuItem::Normal;
        item.maxIconWidth = 24;
        for (const bool isIcon : {true, false}) {
            item.icon = isIcon ? icon(Symbol::Replay) : QIcon();
            item.text = isIcon ? QString() : u"Replay"_s;
            QImage image(item.rect.size(), QImage::Format_RGB32);
            image.fill(palette.color(QPalette::Window));
            QPainter painter(&image);
            QApplication::style()->drawControl(QStyle::CE_MenuItem, &item, &painter);
            painter.end();
            const QColor behind = image.pixelColor(190, 14);
            double best = 1;
            for (int x = 3; x < 190; ++x) {
                for (int y = 4; y < 24; ++y) {
                    best = std::max(best, contrast(image.pixelColor(x, y), behind));
                }
            }
            QCOMPARE_GE(best, isIcon ? 3.0 : 4.5);
        }
    }

    void aNameIsFoundByItsLetters()
    {
        MenuButton button;
        QString chosen;
        for (const QString &name : {u"Datadog"_s, u"Google Chat"_s, u"Slack"_s, u"Splunk HEC"_s}) {
            button.offered()->addAction(name, &button, [&chosen, name] { chosen = name; });
        }
        button.show();
        QVERIFY(QTest::qWaitForWindowExposed(&button));
        button.click();
        QTRY_VERIFY(button.offered()->isVisible());
        QTest::keyClicks(button.offered(), u"goo"_s);
        QCOMPARE(button.offered()->activeAction()->text(), u"Google Chat"_s);
        button.offered()->close();
        button.click();
        QTRY_VERIFY(button.offered()->isVisible());
        QTest::keyClicks(button.offered(), u"splunk h"_s); // a space is a part of it
        QCOMPARE(button.offered()->activeAction()->text(), u"Splunk HEC"_s);
        QCOMPARE(chosen, QString());
        QTest::keyClick(button.offered(), Qt::Key_Return);
        QCOMPARE(chosen, u"Splunk HEC"_s);
    }

    /// Where letters are underlined, these count, as in every menu.
    void underlinedLettersCount()
    {
        MenuButton button;
        int replayed = 0;
        button.offered()->addAction(u"Replay &all"_s, &button, [&replayed] { ++replayed; });
        button.offered()->addAction(u"Apart"_s);
        button.show();
        QVERIFY(QTest::qWaitForWindowExposed(&button));
        button.click();
        QTRY_VERIFY(button.offered()->isVisible());
        QTest::keyClick(button.offered(), Qt::Key_A);
        QCOMPARE(replayed, 1);
    }
};

QTEST_MAIN(TestMenuLook)
#include "tst_menulook.moc"
