// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "calmstyle.h"
#include "checklistbutton.h"
#include "chipsedit.h"
#include "codeeditor.h"
#include "colorroles.h"
#include "disclosurebutton.h"
#include "linkbutton.h"
#include "menubutton.h"
#include "primarybutton.h"
#include "rowtable.h"
#include "toggleswitch.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QStyleFactory>
#include <QTest>
#include <QToolButton>

#include <functional>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

using Make = std::function<QWidget *(QWidget *)>;

QPalette plain(const QColor &window, const QColor &text, const QColor &highlight)
{
    QPalette palette(window);
    for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button}) {
        palette.setColor(role, window);
    }
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(role, text);
    }
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, window);
    return palette;
}

const QList<std::pair<const char *, QPalette>> &palettes()
{
    static const QList<std::pair<const char *, QPalette>> all{
        {"light", lightPalette()},
        {"dark", darkPalette()},
        {"light high contrast", plain(Qt::white, Qt::black, QColor(0x37, 0x00, 0x6e))},
        {"dark high contrast", plain(Qt::black, Qt::white, QColor(0x1a, 0xeb, 0xff))},
    };
    return all;
}

template <typename Widget>
QWidget *withText(QWidget *parent)
{
    auto *widget = new Widget(parent);
    widget->setText(u"Text"_s);
    return widget;
}

QWidget *comboBox(QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->addItems({u"POST"_s, u"PUT"_s});
    return box;
}

QWidget *table(QWidget *parent)
{
    auto *rows = new RowTable(parent);
    auto *model = new QStandardItemModel(3, 2, rows);
    rows->setModel(model);
    rows->setSelectionBehavior(QAbstractItemView::SelectRows);
    rows->setCurrentIndex(model->index(1, 0));
    return rows;
}

struct Kind
{
    const char *name;
    Make make;
    bool hasBorder;
};

const QList<Kind> &kinds()
{
    static const QList<Kind> all{
        {"line edit", withText<QLineEdit>, true},
        {"combo box", comboBox, true},
        {"spin box", [](QWidget *parent) { return new QSpinBox(parent); }, true},
        {"text edit", [](QWidget *parent) { return new QPlainTextEdit(parent); }, true},
        {"code editor", [](QWidget *parent) { return new CodeEditor(parent); }, true},
        {"chips", [](QWidget *parent) { return new ChipsEdit(parent); }, true},
        {"checklist", [](QWidget *parent) { return new ChecklistButton(parent); }, true},
        {"button", withText<QPushButton>, true},
        {"menu button", withText<MenuButton>, true},
        {"chip",
         [](QWidget *parent) {
             auto *chip = withText<QToolButton>(parent);
             chip->setFocusPolicy(Qt::StrongFocus);
             return chip;
         },
         true},
        {"table", table, true},
        {"primary button", withText<PrimaryButton>, false},
        {"tool button",
         [](QWidget *parent) {
             auto *button = new QToolButton(parent);
             button->setText(u"Text"_s);
             button->setAutoRaise(true);
             button->setFocusPolicy(Qt::StrongFocus);
             return button;
         },
         false},
        {"check box", withText<QCheckBox>, false},
        {"switch", [](QWidget *parent) { return new ToggleSwitch(parent); }, false},
        {"link", withText<LinkButton>, false},
        {"disclosure", withText<DisclosureButton>, false},
    };
    return all;
}

} // namespace

/// What shows where a control ends, and where the focus is, read off the pixels that are drawn.
class TestOutlines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_form.reset(); }
    void focusIsSeen_data();
    void focusIsSeen();
    void bordersAreSeen_data();
    void bordersAreSeen();

private:
    QWidget *open(const QPalette &palette, const Make &make);

    std::unique_ptr<QWidget> m_form;
    QWidget *m_other = nullptr;
};

void TestOutlines::initTestCase()
{
    auto *style = new CalmStyle;
    style->setBaseStyle(QStyleFactory::create(u"fusion"_s));
    QApplication::setStyle(style);
    QApplication::setCursorFlashTime(0);
}

QWidget *TestOutlines::open(const QPalette &palette, const Make &make)
{
    QApplication::setPalette(palette);
    m_form = std::make_unique<QWidget>();
    m_form->resize(400, 300);
    m_other = new QPushButton(m_form.get());
    m_other->move(300, 250);
    QWidget *widget = make(m_form.get());
    widget->setGeometry(20, 20, 200, std::min(120, widget->sizeHint().height()));
    m_form->show();
    m_other->setFocus();
    return QTest::qWaitForWindowActive(m_form.get()) ? widget : nullptr;
}

void TestOutlines::focusIsSeen_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::addColumn<Make>("make");
    for (const auto &[name, palette] : palettes()) {
        for (const Kind &kind : kinds()) {
            QTest::addRow("%s, %s", kind.name, name) << palette << kind.make;
        }
    }
}

void TestOutlines::focusIsSeen()
{
    QFETCH(const QPalette, palette);
    QFETCH(const Make, make);
    QWidget *widget = open(palette, make);
    QVERIFY(widget);
    const QImage before = m_form->grab(widget->geometry()).toImage();
    m_form->setAttribute(Qt::WA_KeyboardFocusChange); // as once Tab was pressed
    widget->setFocus(Qt::TabFocusReason);
    QVERIFY(widget->hasFocus() || (widget->focusProxy() && widget->focusProxy()->hasFocus()));
    const QImage after = m_form->grab(widget->geometry()).toImage();
    int changed = 0;
    for (int y = 0; y < after.height(); ++y) {
        for (int x = 0; x < after.width(); ++x) {
            changed += contrast(before.pixelColor(x, y), after.pixelColor(x, y)) >= 3.0 ? 1 : 0;
        }
    }
    // As much as a line below it all, at least: the cursor in a text is less.
    QCOMPARE_GE(changed, 60);
}

void TestOutlines::bordersAreSeen_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::addColumn<Make>("make");
    for (const auto &[name, palette] : palettes()) {
        for (const Kind &kind : kinds()) {
            if (kind.hasBorder && qstrcmp(name, "light") != 0) {
                QTest::addRow("%s, %s", kind.name, name) << palette << kind.make;
            }
        }
    }
}

void TestOutlines::bordersAreSeen()
{
    QFETCH(const QPalette, palette);
    QFETCH(const Make, make);
    QWidget *widget = open(palette, make);
    QVERIFY(widget);
    const QImage image = m_form->grab(widget->geometry()).toImage();
    const QColor window = palette.color(QPalette::Window);
    const auto strongest = [&](QPoint from, QPoint step) { // within three pixels of an edge
        double most = 1;
        for (int i = 0; i < 3; ++i) {
            most = std::max(most, contrast(image.pixelColor(from + i * step), window));
        }
        return most;
    };
    const QRect all = image.rect();
    QCOMPARE_GE(strongest({all.center().x(), 0}, {0, 1}), 3.0);
    QCOMPARE_GE(strongest({all.center().x(), all.bottom()}, {0, -1}), 3.0);
    QCOMPARE_GE(strongest({0, all.center().y()}, {1, 0}), 3.0);
    QCOMPARE_GE(strongest({all.right(), all.center().y()}, {-1, 0}), 3.0);
}

QTEST_MAIN(TestOutlines)
#include "tst_outlines.moc"
