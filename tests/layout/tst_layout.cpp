// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "calmstyle.h"
#include "colorroles.h"
#include "layoutfacts.h"
#include "scenes.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array widths{900, 1440, 2560};
constexpr int height = 900;

QPalette blackAndWhite(QPalette palette, const QColor &behind, const QColor &ink, const QColor &chosen)
{
    for (const auto role : {QPalette::Window, QPalette::Base, QPalette::AlternateBase, QPalette::Button,
                            QPalette::ToolTipBase, QPalette::Light, QPalette::Midlight}) {
        palette.setColor(role, behind);
    }
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText, QPalette::BrightText,
          QPalette::PlaceholderText, QPalette::Dark, QPalette::Mid, QPalette::Shadow}) {
        palette.setColor(role, ink);
    }
    palette.setColor(QPalette::Highlight, chosen);
    palette.setColor(QPalette::HighlightedText, behind);
    return palette;
}

struct Appearances
{
    const char *name;
    QPalette palette;
};

QList<Appearances> appearances()
{
    return {{"light", lightPalette()},
            {"dark", darkPalette()},
            {"high-contrast-light", blackAndWhite(lightPalette(), Qt::white, Qt::black, Qt::darkBlue)},
            {"high-contrast-dark", blackAndWhite(darkPalette(), Qt::black, Qt::white, Qt::yellow)}};
}

} // namespace

/// Every page in each of its states: how it stands in every width and direction, and whether it can be read in every
/// palette. QT_SCALE_FACTOR sets the scale. With TOCSIN_PICTURES, a folder, a picture of each is written there.
class TestLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(new CalmStyle);
        installAccessibility();
    }

    void cleanup()
    {
        QApplication::setPalette(lightPalette());
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void stands_data() { addScenes(); }
    void stands()
    {
        QFETCH(const int, scene);
        const auto one = scenes().at(scene);
        QApplication::setPalette(lightPalette());
        QStringList faults;
        for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
            QApplication::setLayoutDirection(direction);
            Stage stage(one.profile);
            one.show(stage);
            for (const int width : widths) {
                const bool isWide = QTest::qWaitFor(
                    [&] { // what is still being read may need more room for a moment
                        stage.window().resize(width, height);
                        return stage.window().width() == width;
                    },
                    10'000);
                stage.settle();
                const auto *window = shownWindow(stage);
                const auto where = u"%1 px, %2"_s.arg(width).arg(direction == Qt::LeftToRight ? u"left to right"_s
                                                                                              : u"right to left"_s);
                if (!isWide) {
                    faults.append(u"%1: the window is %2 px wide"_s.arg(where).arg(stage.window().width()));
                }
                for (const auto &fault : layoutFaults(*window)) {
                    faults.append(where % u": "_s % fault);
                }
            }
        }
        tell(faults);
        QCOMPARE(faults.size(), 0);
    }

    void reads_data() { addScenes(); }
    void reads()
    {
        QFETCH(const int, scene);
        const auto one = scenes().at(scene);
        Stage stage(one.profile);
        stage.window().resize(widths[1], height);
        one.show(stage);
        QStringList faults;
        for (const auto &appearance : appearances()) {
            QApplication::setPalette(appearance.palette);
            stage.settle();
            for (const auto &fault : contrastFaults(*shownWindow(stage))) {
                faults.append(QString::fromLatin1(appearance.name) % u": "_s % fault);
            }
        }
        tell(faults);
        QCOMPARE(faults.size(), 0);
    }

    void pictures_data() { addScenes(); }
    void pictures()
    {
        QFETCH(const int, scene);
        const auto one = scenes().at(scene);
        const QString wanted = qEnvironmentVariable("TOCSIN_PICTURES");
        if (wanted.isEmpty()) { // one, which nobody keeps
            Stage stage(one.profile);
            one.show(stage);
            const QImage picture = shownWindow(stage)->grab().toImage();
            const auto first = picture.pixel(0, 0);
            bool isBlank = true;
            for (int y = 0; y < picture.height() && isBlank; ++y) {
                for (int x = 0; x < picture.width() && isBlank; ++x) {
                    isBlank = picture.pixel(x, y) == first;
                }
            }
            QVERIFY(!isBlank);
            return;
        }
        const QDir folder(wanted);
        const QString scale = qEnvironmentVariable("QT_SCALE_FACTOR", u"1"_s);
        for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
            QApplication::setLayoutDirection(direction);
            Stage stage(one.profile);
            one.show(stage);
            for (const int width : widths) {
                stage.window().resize(width, height);
                for (const auto &appearance : appearances()) {
                    QApplication::setPalette(appearance.palette);
                    stage.settle();
                    const QString name = u"%1-%2-%3-%4-%5.png"_s.arg(
                        QString::fromLatin1(one.name), QString::fromLatin1(appearance.name), scale,
                        QString::number(width), direction == Qt::LeftToRight ? u"ltr"_s : u"rtl"_s);
                    QVERIFY(shownWindow(stage)->grab().save(folder.filePath(name)));
                }
            }
        }
    }

private:
    /// One by one: what a test says is cut off after some lines.
    static void tell(QStringList &faults)
    {
        faults.removeDuplicates();
        for (const auto &fault : std::as_const(faults)) {
            qInfo().noquote() << fault;
        }
    }

    static void addScenes()
    {
        QTest::addColumn<int>("scene");
        const auto all = scenes();
        for (int i = 0; i < all.size(); ++i) {
            QTest::newRow(all.at(i).name) << i;
        }
    }
};

QTEST_MAIN(TestLayout)
#include "tst_layout.moc"
