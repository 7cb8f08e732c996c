// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "busyindicator.h"
#include "calmstyle.h"
#include "colorroles.h"
#include "headinglabel.h"
#include "icons.h"
#include "menubutton.h"
#include "messagebar.h"
#include "oneline.h"
#include "primarybutton.h"
#include "statusdot.h"
#include "toggleswitch.h"

#include <QAccessible>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyleFactory>
#include <QStyleOptionViewItem>
#include <QTableView>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

Q_DECLARE_METATYPE(Tocsin::ColorRole)

class TestLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void contrastIsWcags();
    void rolesAreReadable_data();
    void rolesAreReadable();
    void palettesAreReadable_data();
    void palettesAreReadable();
    void unreadablePaletteIsMended();
    void readablePalettesAreLeftAlone();
    void headingGivesWay();
    void fieldsHaveRoom_data();
    void fieldsHaveRoom();
    void tablesHaveRoom();
    void primaryButtonIsReadable_data();
    void primaryButtonIsReadable();
    void everySymbolHasItsDrawing();
    void iconsFollowThePalette();
    void switchIsToldApart();
    void switchTogglesByKey();
    void comboBoxHasNameAndValue();
    void itemsOfAComboBoxCanBeChosen();
    void editableComboBoxTakesText();
    void whatIsPastedStaysOneLine();
    void menuButtonHoldsItsMenu();
    void scrollAreaOutlivesItsScrollBar();
    void messageBarActs();
    void messageBarTakesTheUndoOfALineWithoutOne();
    void messageBarLapses();
    void messageBarGivesTheFocusBack();
};

namespace {

QPalette plain(const QColor &window, const QColor &text)
{
    QPalette palette(window);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::Base, window);
    palette.setColor(QPalette::WindowText, text);
    return palette;
}

const QList<std::pair<const char *, QPalette>> &palettes()
{
    static const QList<std::pair<const char *, QPalette>> all{
        {"light", lightPalette()},
        {"dark", darkPalette()},
        {"light high contrast", plain(Qt::white, Qt::black)},
        {"dark high contrast", plain(Qt::black, Qt::white)},
    };
    return all;
}

} // namespace

void TestLook::initTestCase()
{
    installAccessibility();
}

void TestLook::contrastIsWcags()
{
    QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrast(Qt::black, Qt::black), 1.0);
    QVERIFY(std::abs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
}

void TestLook::rolesAreReadable_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::addColumn<ColorRole>("role");
    for (const auto &[name, palette] : palettes()) {
        for (const auto role :
             {ColorRole::Success, ColorRole::Warning, ColorRole::Error, ColorRole::Inactive, ColorRole::Placeholder}) {
            QTest::addRow("%s, role %d", name, static_cast<int>(role)) << palette << role;
        }
    }
}

void TestLook::rolesAreReadable()
{
    QFETCH(const QPalette, palette);
    QFETCH(const ColorRole, role);
    const double least = isHighContrast(palette) ? 7.0 : 4.5;
    QCOMPARE_GE(contrast(color(role, palette), palette.color(QPalette::Window)), least);
    QCOMPARE_GE(contrast(color(role, palette), palette.color(QPalette::Base)), least);
    QCOMPARE_GE(contrast(color(role, palette), tint(role, palette)), 4.5);
    QCOMPARE_GE(contrast(palette.color(QPalette::WindowText), tint(role, palette)), 4.5);
    if (!isHighContrast(palette)) {
        QCOMPARE_GE(contrast(color(role, palette), quietSelection(palette).color(QPalette::Highlight)), 3.0);
    }
}

void TestLook::palettesAreReadable_data()
{
    QTest::addColumn<QPalette>("palette");
    for (const auto &[name, palette] : palettes()) {
        QTest::addRow("%s", name) << palette;
    }
}

void TestLook::palettesAreReadable()
{
    QFETCH(const QPalette, palette);
    const QColor window = palette.color(QPalette::Window);
    const QColor base = palette.color(QPalette::Base);
    QCOMPARE_GE(contrast(palette.color(QPalette::WindowText), window), 7.0);
    QCOMPARE_GE(contrast(quietText(palette), window), 4.5);
    QCOMPARE_GE(contrast(quietText(palette), base), 4.5);
    QCOMPARE_GE(contrast(outline(palette), window), isDark(palette) || isHighContrast(palette) ? 3.0 : 2.0);
    QCOMPARE_GE(contrast(focusColor(palette), window), 3.0);
    if (!isHighContrast(palette)) {
        QCOMPARE_GE(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)), 4.5);
        QCOMPARE_GE(contrast(palette.color(QPalette::Link), window), 4.5);
        const QPalette quiet = quietSelection(palette);
        QCOMPARE_GE(contrast(quiet.color(QPalette::HighlightedText), quiet.color(QPalette::Highlight)), 4.5);
        QCOMPARE_GE(contrast(palette.color(QPalette::PlaceholderText), base), 4.5);
        QCOMPARE_GE(contrast(palette.color(QPalette::ButtonText), palette.color(QPalette::Button)), 4.5);
    }
}

void TestLook::unreadablePaletteIsMended()
{
    QPalette palette = plain(Qt::black, Qt::white);
    palette.setColor(QPalette::Text, Qt::white);
    palette.setColor(QPalette::PlaceholderText, QColor(0, 0, 0, 128));
    palette.setColor(QPalette::AlternateBase, Qt::white);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, Qt::black);
    }
    const QPalette better = mended(palette).resolve(palette);
    QCOMPARE_GE(contrast(better.color(QPalette::PlaceholderText), Qt::black), 4.5);
    QCOMPARE_GE(contrast(better.color(QPalette::Text), better.color(QPalette::AlternateBase)), 4.5);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        QCOMPARE_GE(contrast(better.color(QPalette::Disabled, role), Qt::black), 2.0);
    }
    QCOMPARE(better.color(QPalette::Window), palette.color(QPalette::Window));
}

void TestLook::readablePalettesAreLeftAlone()
{
    for (const auto &palette : {lightPalette(), darkPalette()}) {
        QCOMPARE(mended(palette).resolve(palette), palette);
    }
}

void TestLook::headingGivesWay()
{
    HeadingLabel heading(u"Local Receiver, on this machine, as long as it is"_s);
    QCOMPARE_LT(heading.minimumSizeHint().width(), heading.sizeHint().width() / 2);
    heading.resize(heading.minimumSizeHint());
    const QImage shortened = heading.grab().toImage();
    heading.setText(heading.fontMetrics().elidedText(heading.text(), Qt::ElideRight, heading.width()));
    QVERIFY(heading.text().endsWith(u'…'));
    QCOMPARE(shortened, heading.grab().toImage());
}

void TestLook::fieldsHaveRoom_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

/// What is drawn first in a field stands eight pixels from its edge.
void TestLook::fieldsHaveRoom()
{
    QFETCH(const Qt::LayoutDirection, direction);
    CalmStyle style;
    style.setBaseStyle(QStyleFactory::create(u"fusion"_s));
    QWidget form;
    form.setLayoutDirection(direction);
    QLineEdit line(&form);
    QComboBox box(&form);
    QComboBox editable(&form);
    editable.setEditable(true);
    QSpinBox spin(&form);
    // Fills its place from the first pixel on; behind a mark that makes it a text of that direction.
    const QString block = (direction == Qt::RightToLeft ? u"\u200F"_s : u"\u200E"_s) + u"████"_s;
    line.setText(block);
    box.addItem(block);
    editable.addItem(block);
    spin.setPrefix(block);
    for (QWidget *field : QList<QWidget *>{&line, &box, &editable, &spin}) {
        field->setStyle(&style);
        for (auto *part : field->findChildren<QLineEdit *>()) {
            part->setStyle(&style);
        }
        field->resize(200, field->sizeHint().height());
        const QImage image = field->grab().toImage();
        const int y = image.height() / 2;
        const QColor ink = field->palette().color(QPalette::Text);
        int at = 2;
        const auto pixel = [&](int x) {
            return image.pixelColor(direction == Qt::RightToLeft ? image.width() - 1 - x : x, y);
        };
        while (at < image.width() / 2 && contrast(pixel(at), ink) > 2.0) {
            ++at;
        }
        QVERIFY2(at >= 8 && at <= 11,
                 qPrintable(u"%1: %2"_s.arg(QString::fromLatin1(field->metaObject()->className())).arg(at)));
    }
}

void TestLook::tablesHaveRoom()
{
    CalmStyle style;
    QTableView table;
    QStyleOptionViewItem cell;
    cell.rect = QRect(0, 0, 100, 30);
    cell.text = u"text"_s;
    cell.features = QStyleOptionViewItem::HasDisplay;
    const auto left = [&](const QWidget *widget) {
        return style.subElementRect(QStyle::SE_ItemViewItemText, &cell, widget).left();
    };
    QCOMPARE_GE(left(&table), left(nullptr) + 4);
}

void TestLook::primaryButtonIsReadable_data()
{
    palettesAreReadable_data();
}

void TestLook::primaryButtonIsReadable()
{
    QFETCH(const QPalette, palette);
    CalmStyle style;
    PrimaryButton button;
    QStyleOptionButton option;
    option.rect = QRect(0, 0, 80, 24);
    option.state = QStyle::State_Enabled | QStyle::State_Raised | QStyle::State_MouseOver;
    option.palette = palette;
    option.palette.setColor(QPalette::Button, palette.color(QPalette::Highlight));
    QImage image(option.rect.size(), QImage::Format_RGB32);
    QPainter painter(&image);
    style.drawPrimitive(QStyle::PE_PanelButtonCommand, &option, &painter, &button);
    painter.end();
    QCOMPARE_GE(contrast(palette.color(QPalette::HighlightedText), image.pixelColor(40, 4)), 4.5);
}

void TestLook::whatIsPastedStaysOneLine()
{
    QLineEdit edit;
    keepToOneLine(&edit);
    edit.insert(u"orders\r\n"_s);
    QTRY_COMPARE(edit.text(), u"orders"_s);
    QCOMPARE(edit.cursorPosition(), 6);
    edit.setCursorPosition(0);
    edit.insert(u"\n all \n\tthe "_s);
    QTRY_COMPARE(edit.text(), u"all the orders"_s);
    QCOMPARE(edit.cursorPosition(), 8);
    edit.setSelection(4, 4);
    edit.insert(u"his\n"_s);
    QTRY_COMPARE(edit.text(), u"all hisorders"_s);
    edit.undo();
    QCOMPARE(edit.text(), u"all the orders"_s);
    edit.redo();
    QCOMPARE(edit.text(), u"all hisorders"_s);
    edit.setText(u"\n"_s);
    QTRY_COMPARE(edit.text(), QString());
    edit.insert(u"two  spaces "_s); // are the writer's own
    QCOMPARE(edit.text(), u"two  spaces "_s);
}

void TestLook::everySymbolHasItsDrawing()
{
    const auto drawings = QDir(u":/icons"_s).entryList({u"*.svg"_s});
    const int symbols = static_cast<int>(Symbol::Webhooks) + 1;
    QCOMPARE(drawings.size(), symbols + 1); // and the program's own
    for (int i = 0; i < symbols; ++i) {
        const QImage image = pixmap(static_cast<Symbol>(i), Qt::red, 32, 1).toImage();
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                inked += pixel.alpha() > 128;
                QVERIFY(pixel.alpha() == 0 || (pixel.green() == 0 && pixel.blue() == 0));
            }
        }
        QVERIFY2(inked > 8, qPrintable(u"symbol %1 is empty"_s.arg(i)));
    }
}

void TestLook::iconsFollowThePalette()
{
    const QIcon stop = icon(Symbol::Stop);
    const QPalette before = QApplication::palette();
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        QApplication::setPalette(palette);
        const QImage image = stop.pixmap(QSize(32, 32), 1.0).toImage();
        int inked = 0;
        for (int x = 0; x < 32; ++x) {
            const QColor pixel = image.pixelColor(x, 16);
            if (pixel.alpha() == 255) {
                QCOMPARE(pixel.rgb(), palette.color(QPalette::ButtonText).rgb());
                ++inked;
            }
        }
        QCOMPARE_GT(inked, 0);
    }
    QApplication::setPalette(before);
}

void TestLook::switchIsToldApart()
{
    ToggleSwitch toggle;
    toggle.setAccessibleName(u"Status"_s);
    toggle.setOnText(u"Active"_s);
    toggle.setOffText(u"Inactive"_s);
    auto *interface = QAccessible::queryAccessibleInterface(&toggle);
    QVERIFY(interface);
    QCOMPARE(interface->role(), QAccessible::CheckBox);
    QCOMPARE(interface->text(QAccessible::Name), u"Status"_s);
    QCOMPARE(interface->text(QAccessible::Value), u"Inactive"_s);
    QVERIFY(!interface->state().checked);
    QVERIFY(interface->actionInterface());
    interface->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
    QVERIFY(toggle.isChecked());
    QVERIFY(interface->state().checked);
    QCOMPARE(interface->text(QAccessible::Value), u"Active"_s);
    QVERIFY(!interface->editableTextInterface());
}

void TestLook::switchTogglesByKey()
{
    ToggleSwitch toggle;
    toggle.show();
    toggle.setFocus();
    QTest::keyClick(&toggle, Qt::Key_Space);
    QVERIFY(toggle.isChecked());
    QTest::keyClick(&toggle, Qt::Key_Space);
    QVERIFY(!toggle.isChecked());
}

void TestLook::comboBoxHasNameAndValue()
{
    QWidget form;
    auto *comboBox = new QComboBox(&form);
    comboBox->addItems({u"POST"_s, u"PUT"_s});
    auto *label = new QLabel(u"&Method"_s, &form);
    label->setBuddy(comboBox);
    auto *interface = QAccessible::queryAccessibleInterface(comboBox);
    QVERIFY(interface);
    QCOMPARE(interface->role(), QAccessible::ComboBox);
    QCOMPARE(interface->text(QAccessible::Name), u"Method"_s);
    QCOMPARE(interface->text(QAccessible::Value), u"POST"_s);
    comboBox->setAccessibleName(u"HTTP method"_s);
    QCOMPARE(interface->text(QAccessible::Name), u"HTTP method"_s);
    QCOMPARE(interface->textInterface()->text(0, 4), u"POST"_s);

    QSignalSpy activated(comboBox, &QComboBox::activated);
    interface->editableTextInterface()->replaceText(0, 4, u"PUT"_s);
    QCOMPARE(comboBox->currentText(), u"PUT"_s);
    QCOMPARE(activated.size(), 1);
    interface->editableTextInterface()->replaceText(0, 3, u"nothing of the kind"_s);
    QCOMPARE(comboBox->currentText(), u"PUT"_s);
}

void TestLook::itemsOfAComboBoxCanBeChosen()
{
    QComboBox comboBox;
    comboBox.addItems({u"POST"_s, u"PUT"_s});
    comboBox.show();
    QVERIFY(QTest::qWaitForWindowExposed(&comboBox));
    auto *list = QAccessible::queryAccessibleInterface(&comboBox)->child(0);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->childCount(), 2);
    auto *item = list->child(1);
    QCOMPARE(item->text(QAccessible::Name), u"PUT"_s);
    QCOMPARE(item->parent(), list);
    QCOMPARE(list->indexOfChild(item), 1);
    QVERIFY(item->state().invisible);
    QVERIFY(list->child(0)->state().selected);
    comboBox.showPopup();
    QTRY_VERIFY(!item->state().invisible);
    QSignalSpy activated(&comboBox, &QComboBox::activated);
    item->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(comboBox.currentText(), u"PUT"_s);
    QCOMPARE(activated.size(), 1);
    QTRY_VERIFY(item->state().invisible);
    QVERIFY(item->state().selected);
    comboBox.removeItem(1);
    QVERIFY(!item->isValid());
    QVERIFY(!list->child(1));
}

void TestLook::menuButtonHoldsItsMenu()
{
    MenuButton button;
    button.setAccessibleName(u"Use a preset"_s);
    int chosen = 0;
    button.offered()->addAction(u"Slack"_s, &button, [&] { ++chosen; });
    button.show();
    QVERIFY(QTest::qWaitForWindowExposed(&button));
    auto *interface = QAccessible::queryAccessibleInterface(&button);
    QCOMPARE(interface->role(), QAccessible::Button);
    QCOMPARE(interface->text(QAccessible::Name), u"Use a preset"_s);
    QVERIFY(!interface->textInterface());
    auto *menu = interface->child(0);
    QVERIFY(menu->state().invisible);
    QCOMPARE(interface->indexOfChild(menu), 0);
    interface->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QTRY_VERIFY(!menu->state().invisible);
    QVERIFY(interface->state().expanded);
    menu->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(chosen, 1);
    QTRY_VERIFY(menu->state().invisible);
}

void TestLook::editableComboBoxTakesText()
{
    QComboBox comboBox;
    comboBox.setEditable(true);
    comboBox.setAccessibleName(u"URL"_s);
    auto *interface = QAccessible::queryAccessibleInterface(&comboBox);
    QVERIFY(interface->state().editable);
    interface->editableTextInterface()->insertText(0, u"https://example.com"_s);
    QCOMPARE(comboBox.currentText(), u"https://example.com"_s);
    interface->editableTextInterface()->replaceText(8, 15, u"internal"_s);
    QCOMPARE(comboBox.currentText(), u"https://internal.com"_s);
    interface->editableTextInterface()->deleteText(0, -1);
    QCOMPARE(comboBox.currentText(), QString());
    QCOMPARE(interface->childCount(), 2);
    QCOMPARE(interface->child(1)->object(), comboBox.lineEdit());
}

/// A screen reader asks for a child by its number, which may have been that of a scroll bar that has gone meanwhile.
void TestLook::scrollAreaOutlivesItsScrollBar()
{
    QScrollArea area;
    auto *content = new QLabel(u"Content"_s);
    area.setWidget(content);
    area.resize(200, 200);
    content->resize(100, 1000);
    area.show();
    QVERIFY(QTest::qWaitForWindowExposed(&area));
    const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&area);
    QVERIFY(accessible && accessible->isValid());
    const auto has = [accessible](const QObject *widget) {
        for (int i = 0; i < accessible->childCount(); ++i) {
            const auto *child = accessible->child(i);
            if (child && child->object() == widget) {
                return accessible->indexOfChild(child) == i;
            }
        }
        return false;
    };
    QVERIFY(has(area.viewport()));
    QVERIFY(has(area.verticalScrollBar()->parent()));
    content->resize(100, 100);
    QTRY_VERIFY(!area.verticalScrollBar()->isVisible());
    QVERIFY(has(area.viewport()));
    for (const int index : {-1, accessible->childCount(), 1 << 28}) {
        QVERIFY2(!accessible->child(index), qPrintable(QString::number(index)));
    }
}

void TestLook::messageBarTakesTheUndoOfALineWithoutOne()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *edit = new QLineEdit(&window);
    auto *bar = new MessageBar(&window);
    layout->addWidget(edit);
    layout->addWidget(bar);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    edit->setFocus();
    int undone = 0;
    const auto show = [&] {
        bar->showMessage({.text = u"Filled in"_s,
                          .actionText = u"Undo"_s,
                          .action = [&undone] { ++undone; },
                          .actionKeys = QKeySequence::Undo,
                          .lapsed = {}});
    };
    show();
    QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(undone, 1);
    show();
    QTest::keyClicks(edit, u"typed"_s); // since then
    QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undone, 1);
    QCOMPARE(edit->text(), QString());
}

void TestLook::messageBarActs()
{
    MessageBar bar;
    bool undone = false;
    bool lapsed = false;
    bar.showMessage({.text = u"Deleted"_s,
                     .actionText = u"Undo"_s,
                     .action = [&] { undone = true; },
                     .lapsed =
                         [&] {
                             lapsed = true;
                         }});
    QVERIFY(bar.isVisible());
    bar.findChild<QPushButton *>()->click();
    QVERIFY(undone);
    QVERIFY(!lapsed);
    QVERIFY(!bar.isVisible());
}

void TestLook::messageBarLapses()
{
    MessageBar bar;
    QStringList lapsed;
    const auto message = [&](const QString &text, std::chrono::milliseconds time) {
        return MessageBar::Message{.text = text, .lapsed = [&lapsed, text] { lapsed.append(text); }, .time = time};
    };
    using namespace std::chrono_literals;
    bar.showMessage(message(u"replaced"_s, 1h));
    bar.showMessage(message(u"escaped"_s, 1h));
    QCOMPARE(lapsed, QStringList{u"replaced"_s});
    QTest::keyClick(&bar, Qt::Key_Escape);
    QCOMPARE(lapsed, (QStringList{u"replaced"_s, u"escaped"_s}));
    bar.showMessage(message(u"timed"_s, 1ms));
    QTRY_COMPARE(lapsed, (QStringList{u"replaced"_s, u"escaped"_s, u"timed"_s}));
    QVERIFY(!bar.isShowing());
}

void TestLook::messageBarGivesTheFocusBack()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *before = new QLineEdit(&window);
    auto *bar = new MessageBar(&window);
    auto *after = new QLineEdit(&window);
    layout->addWidget(before);
    layout->addWidget(bar);
    layout->addWidget(after);
    window.show();
    before->setFocus();
    bar->showMessage({.text = u"Deleted."_s, .actionText = u"Undo"_s, .action = [] {
                      }});
    auto *undo = bar->findChild<QPushButton *>();
    undo->setFocus();
    undo->click();
    QVERIFY(!bar->isVisible());
    QCOMPARE(window.focusWidget(), before);

    bar->showMessage({.text = u"Deleted."_s, .actionText = u"Undo"_s, .action = [after] {
                          after->setFocus();
                      }});
    undo->setFocus();
    undo->click();
    QCOMPARE(window.focusWidget(), after);
}

QTEST_MAIN(TestLook)
#include "tst_look.moc"
