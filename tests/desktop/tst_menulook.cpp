// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "calmstyle.h"
#include "colorroles.h"
#include "icons.h"

#include <QApplication>
#include <QImage>
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
};

QTEST_MAIN(TestMenuLook)
#include "tst_menulook.moc"
