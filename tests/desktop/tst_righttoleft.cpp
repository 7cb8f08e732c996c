// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "actionregistry.h"
#include "calmstyle.h"
#include "codeeditor.h"
#include "colorroles.h"
#include "copying.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "engine.h"
#include "format.h"
#include "headersview.h"
#include "invocationpanel.h"
#include "invocationtext.h"
#include "isolates.h"
#include "sampleinvocations.h"
#include "verdictstrip.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStyleFactory>
#include <QStyleOptionButton>
#include <QStyleOptionMenuItem>
#include <QStyleOptionViewItem>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

constexpr QSize area(240, 32);

template <typename Draw>
QImage drawn(Qt::LayoutDirection direction, const Draw &draw)
{
    QImage image(area, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setLayoutDirection(direction);
    draw(painter, direction);
    return image;
}

bool hasIsolates(const QString &text)
{
    return withoutIsolates(text) != text;
}

/// The first control that reaches out of its form.
QString clipped(const QWidget &form)
{
    for (const QWidget *widget : form.findChildren<QWidget *>()) {
        const bool isOwn = qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QPushButton *>(widget)
            || qobject_cast<const QLabel *>(widget);
        const QRect place(widget->mapTo(&form, QPoint()), widget->size());
        if (isOwn && widget->isVisible() && !form.rect().contains(place)) {
            return u"%1 “%2”: %3 to %4 of %5"_s.arg(widget->objectName(), widget->accessibleName())
                .arg(place.left())
                .arg(place.right())
                .arg(form.width());
        }
    }
    return {};
}

} // namespace

/// What a machine wrote runs from left to right in a window that does not.
class TestRightToLeft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QApplication::setLayoutDirection(Qt::RightToLeft); }
    void cleanup() { QApplication::setLayoutDirection(Qt::LeftToRight); }

    void textsKeepTheirOrder_data();
    void textsKeepTheirOrder();
    void wordsOfTheLanguageAreLeftAlone();
    void aButtonsWordsStandBesideItsIcon();
    void labelsBeginWhereTheirWindowDoes();
    void partsOfASentenceKeepTheirOrder();
    void isolatesStayOnTheScreen();
    void codeAndFieldsRunFromLeftToRight();
    void codeIsDrawnFromLeftToRight();
    void nothingIsClipped();

private:
    CalmStyle *m_style = nullptr;
};

void TestRightToLeft::initTestCase()
{
    installAccessibility();
    m_style = new CalmStyle;
    m_style->setBaseStyle(QStyleFactory::create(u"fusion"_s));
    QApplication::setStyle(m_style);
}

void TestRightToLeft::textsKeepTheirOrder_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("a duration") << u"84 ms"_s;
    QTest::newRow("a size") << u"1.2 KiB"_s;
    QTest::newRow("a host that was shortened") << u"…internal.example.com:8443"_s;
    QTest::newRow("a path") << u"/v1/events/?x={{data.id}}"_s;
    QTest::newRow("a name with an end of its own") << u"From file…"_s;
    QTest::newRow("keys") << u"Ctrl+,"_s;
}

/// As labels, cells and menus draw them.
void TestRightToLeft::textsKeepTheirOrder()
{
    QFETCH(const QString, text);
    const QPalette palette = lightPalette();
    const auto label = [&](QPainter &painter, Qt::LayoutDirection) {
        m_style->drawItemText(&painter, QRect({}, area), Qt::AlignCenter, palette, true, text, QPalette::WindowText);
    };
    QCOMPARE(drawn(Qt::RightToLeft, label), drawn(Qt::LeftToRight, label));
    const auto cell = [&](QPainter &painter, Qt::LayoutDirection direction) {
        QStyleOptionViewItem option;
        option.rect = QRect({}, area);
        option.palette = palette;
        option.direction = direction;
        option.text = text;
        option.features = QStyleOptionViewItem::HasDisplay;
        option.displayAlignment = Qt::AlignCenter;
        option.state = QStyle::State_Enabled;
        m_style->drawControl(QStyle::CE_ItemViewItem, &option, &painter, nullptr);
    };
    QCOMPARE(drawn(Qt::RightToLeft, cell), drawn(Qt::LeftToRight, cell));
}

void TestRightToLeft::wordsOfTheLanguageAreLeftAlone()
{
    QVERIFY(hasRightToLeftLetter(u"שלום 84 ms"_s));
    QVERIFY(!hasRightToLeftLetter(u"84 ms, {{data.id}}"_s));
    const QString sentence = u"שלום, 84"_s;
    const auto byStyle = drawn(Qt::RightToLeft, [&](QPainter &painter, Qt::LayoutDirection) {
        m_style->drawItemText(&painter, QRect({}, area), Qt::AlignCenter, lightPalette(), true, sentence,
                              QPalette::WindowText);
    });
    const auto plainly = drawn(Qt::RightToLeft, [&](QPainter &painter, Qt::LayoutDirection) {
        painter.setPen(lightPalette().color(QPalette::WindowText));
        painter.drawText(QRect({}, area), Qt::AlignCenter, sentence);
    });
    QCOMPARE(byStyle, plainly);
}

/// In one piece, and clear of the arrow at the left.
void TestRightToLeft::aButtonsWordsStandBesideItsIcon()
{
    QPixmap icon(16, 16);
    icon.fill(Qt::black);
    QStyleOptionButton button;
    button.rect = QRect({}, area);
    button.palette = lightPalette();
    button.direction = Qt::RightToLeft;
    button.fontMetrics = QFontMetrics(QApplication::font());
    button.icon = icon;
    button.iconSize = icon.size();
    button.text = u"Replay"_s;
    button.state = QStyle::State_Enabled;
    button.features = QStyleOptionButton::HasMenu;
    const QImage image = drawn(Qt::RightToLeft, [&](QPainter &painter, Qt::LayoutDirection) {
        m_style->drawControl(QStyle::CE_PushButtonLabel, &button, &painter, nullptr);
    });
    QList<int> columns;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (contrast(image.pixelColor(x, y), Qt::white) > 2) {
                columns.append(x);
                break;
            }
        }
    }
    QVERIFY(columns.size() > 40);
    for (qsizetype i = 1; i < columns.size(); ++i) {
        QCOMPARE_LT(columns.at(i) - columns.at(i - 1), 12);
    }
    const int arrow = m_style->pixelMetric(QStyle::PM_MenuButtonIndicator, &button, nullptr);
    const int middle = (columns.constFirst() + columns.constLast()) / 2;
    QVERIFY2(std::abs(middle - (arrow + area.width()) / 2) < 4, qPrintable(QString::number(middle)));
    QCOMPARE(image.pixelColor(columns.constLast(), area.height() / 2), QColor(Qt::black)); // the icon's
}

/// Where there is ink, in columns of the picture; a label beside a field is as wide as the widest of them.
void TestRightToLeft::labelsBeginWhereTheirWindowDoes()
{
    bool isSelectable = false; // by mouse: it is a document then
    const auto middleOfInk = [&](Qt::LayoutDirection direction, const QString &text, Qt::Alignment alignment) {
        QLabel label(text);
        label.setTextInteractionFlags(isSelectable ? Qt::TextSelectableByMouse : Qt::NoTextInteraction);
        label.setLayoutDirection(direction);
        label.setAlignment(alignment);
        label.resize(area);
        const QImage image = label.grab().toImage();
        int first = image.width();
        int last = -1;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (contrast(image.pixelColor(x, y), image.pixelColor(0, 0)) > 2) {
                    first = std::min(first, x);
                    last = std::max(last, x);
                }
            }
        }
        return last < 0 ? -1 : 100 * (first + last) / 2 / image.width();
    };
    for (const QString &text : {u"Status"_s, u"מצב"_s}) {
        QCOMPARE_LT(middleOfInk(Qt::LeftToRight, text, Qt::AlignLeft), 30);
        QCOMPARE_GT(middleOfInk(Qt::RightToLeft, text, Qt::AlignLeft), 70);
        QCOMPARE_LT(middleOfInk(Qt::RightToLeft, text, Qt::AlignRight), 30);
        QCOMPARE_GT(middleOfInk(Qt::LeftToRight, text, Qt::AlignRight), 70);
        QVERIFY(std::abs(middleOfInk(Qt::RightToLeft, text, Qt::AlignHCenter) - 50) < 3);
    }
    isSelectable = true;
    QCOMPARE_LT(middleOfInk(Qt::LeftToRight, u"Status"_s, Qt::AlignLeft), 30);
    QCOMPARE_GT(middleOfInk(Qt::RightToLeft, u"Status"_s, Qt::AlignLeft), 70);
}

void TestRightToLeft::partsOfASentenceKeepTheirOrder()
{
    const QString summary = VerdictStrip::summary(successfulInvocation());
    QVERIFY(summary.contains(isolated(u"202 Accepted"_s)));
    QVERIFY(summary.contains(isolated(formatDuration(Milliseconds(84.213)))));
    QApplication::setLayoutDirection(Qt::LeftToRight);
    QVERIFY(!hasIsolates(VerdictStrip::summary(successfulInvocation())));
}

void TestRightToLeft::isolatesStayOnTheScreen()
{
    InvocationPanel panel;
    panel.setInvocation(successfulInvocation());
    panel.show();
    int isolating = 0;
    for (const auto *label : panel.findChildren<QLabel *>()) {
        const bool isolates = hasIsolates(label->text());
        isolating += isolates ? 1 : 0;
        auto *interface = QAccessible::queryAccessibleInterface(const_cast<QLabel *>(label));
        QVERIFY(!hasIsolates(interface->text(QAccessible::Name)));
        QVERIFY(!isolates || !label->textInteractionFlags().testFlag(Qt::TextSelectableByMouse));
    }
    QCOMPARE_GT(isolating, 1);
    QVERIFY(!hasIsolates(invocationText(successfulInvocation())));
    QPushButton button;
    copyText(u"in "_s + isolated(u"84 ms"_s), &button);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"in 84 ms"_s);
}

void TestRightToLeft::codeAndFieldsRunFromLeftToRight()
{
    InvocationPanel panel;
    panel.setInvocation(successfulInvocation());
    for (const auto *code : panel.findChildren<CodeEditor *>()) {
        QCOMPARE(code->layoutDirection(), Qt::LeftToRight);
    }
    for (const auto *headers : panel.findChildren<HeadersView *>()) {
        QCOMPARE(headers->layoutDirection(), Qt::LeftToRight);
    }
    QCOMPARE(panel.layoutDirection(), Qt::RightToLeft);
}

void TestRightToLeft::codeIsDrawnFromLeftToRight()
{
    const auto draw = [] {
        CodeEditor editor;
        editor.setLanguage(CodeLanguage::JsonText);
        editor.setText(u"{\n  \"text\": [1, 2]\n}"_s);
        editor.resize(300, 120);
        return editor.grab().toImage();
    };
    const QImage mirrored = draw();
    QApplication::setLayoutDirection(Qt::LeftToRight);
    QCOMPARE(mirrored, draw());
}

void TestRightToLeft::nothingIsClipped()
{
    QTemporaryDir folder;
    Engine engine(
        EngineOptions{.profile = folder.path(), .credentialsFolder = {}, .prompt = SecretStore::Prompt::Never},
        std::make_unique<MemoryStore>());
    bool opened = false;
    engine.open(this, [&opened](const Result<void> &result) { opened = result.isOk(); });
    QTRY_VERIFY(opened);
    QWidget keys;
    ActionRegistry actions(&keys);
    EditorPage page(engine, actions);
    Webhook webhook;
    webhook.url = u"https://hooks.example.com/services/{{data.id}}"_s;
    webhook.headers = {{.name = u"X-Name"_s, .value = u"value;"_s}};
    webhook.responseValidators = {{.jsonPath = u"$.data.ok"_s, .expectedValues = {u"true"_s}}};
    page.addWebhook(webhook);
    page.show();
    for (const int width : {843, 1244, 2364}) {
        page.resize(width, 800);
        QTRY_COMPARE(page.findChild<QWidget *>(u"bar"_s)->width(), width);
        QTRY_COMPARE(clipped(*page.findChild<QScrollArea *>(u"scrollArea"_s)->widget()), QString());
    }
    for (const auto *name : {"urlLineEdit", "tokenUrlLineEdit", "caTextEdit"}) {
        QCOMPARE(page.findChild<QWidget *>(QString::fromLatin1(name))->layoutDirection(), Qt::LeftToRight);
    }
    QCOMPARE(page.findChild<QWidget *>(u"nameLineEdit"_s)->layoutDirection(), Qt::RightToLeft);
    for (const auto *edit : page.findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == u"Key"_s || edit->accessibleName() == u"Value"_s
            || edit->accessibleName() == u"Json Path"_s) {
            QCOMPARE(edit->layoutDirection(), Qt::LeftToRight);
        }
    }
}

QTEST_MAIN(TestRightToLeft)
#include "tst_righttoleft.moc"
