// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a code view offers, tells, mends and finds; and its frame.
#include "bodytemplate.h"
#include "calmstyle.h"
#include "codeform.h"
#include "codehint.h"
#include "colorroles.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QProcess>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

using Sci = QsciScintillaBase;

/// The words of a list, in order.
QStringList wordsOf(const CompletionList &list)
{
    QStringList words;
    for (int row = 0; row < list.count(); ++row) {
        words << list.item(row)->text();
    }
    return words;
}

} // namespace

class TestCodeHelp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new CalmStyle); }
    void listStaysWhileOneTypes();
    void completesInScope();
    void listTellsScreenReaders();
    void tellsOfPlaceholders();
    void mendsWithAButton();
    void mendsByKeyboard();
    void finds();
    void findBarIsClosedAlone();
    void findsInReadOnlyText();
    void findsInAMebibyte();
    void drawsItsFrame();
    void drawsItsFrameAtEachScale_data();
    void drawsItsFrameAtEachScale();
};

void TestCodeHelp::listStaysWhileOneTypes()
{
    Form form;
    QVERIFY(QTest::qWaitForWindowActive(&form));
    QTest::keyClicks(&form.editor, u"\"{{"_s);
    QVERIFY(form.list());
    const int all = form.list()->count();
    QVERIFY(wordsOf(*form.list()).contains(u"data.name"_s));
    QVERIFY(wordsOf(*form.list()).indexOf(u"#each"_s) > wordsOf(*form.list()).indexOf(u"data.name"_s));
    for (const QChar letter : u"data.n"_s) {
        QTest::keyClick(&form.editor, letter.toLatin1());
        QVERIFY(form.list());
    }
    QCOMPARE(wordsOf(*form.list()), QStringList{u"data.name"_s});
    for (int i = 0; i < 6; ++i) {
        QTest::keyClick(&form.editor, Qt::Key_Backspace);
        QVERIFY(form.list());
    }
    QCOMPARE(form.list()->count(), all);

    QTest::keyClick(&form.editor, Qt::Key_Down);
    QTest::keyClick(&form.editor, Qt::Key_Down);
    QTest::keyClick(&form.editor, Qt::Key_Up);
    QCOMPARE(form.list()->currentRow(), 1);
    QCOMPARE(form.editor.cursorPlace().line, 1);
    const QString second = form.list()->currentItem()->text();
    QTest::keyClick(&form.editor, Qt::Key_Return);
    QCOMPARE(form.editor.text(), QString(u"\"{{"_s + second + u"}}"_s));
    QVERIFY(!form.list());

    QTest::keyClicks(&form.editor, u"{{"_s);
    QVERIFY(form.list());
    QTest::keyClick(&form.editor, Qt::Key_Home); // out of the braces
    QTRY_VERIFY(!form.list());
    QTest::keyClick(&form.editor, Qt::Key_End);
    QTest::keyClick(&form.editor, Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(form.list());
    form.after.setFocus();
    QTRY_VERIFY(!form.list());
}

void TestCodeHelp::completesInScope()
{
    Form form;
    form.editor.setText(u"[{{#each data.issues}}\n\n{{/each}}]"_s);
    form.editor.goTo({.line = 2, .column = 1, .offset = -1});
    QTest::keyClicks(&form.editor, u"{{"_s);
    QVERIFY(form.list());
    QCOMPARE(wordsOf(*form.list()).constFirst(), u"status"_s);
    QTest::keyClicks(&form.editor, u"m"_s);
    QTest::keyClick(&form.editor, Qt::Key_Return);
    QCOMPARE(form.editor.text(1), u"{{message}}\n"_s);
}

void TestCodeHelp::listTellsScreenReaders()
{
    Form form;
    QTest::keyClicks(&form.editor, u"{{data.na"_s);
    QVERIFY(form.list());
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(form.list());
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->text(QAccessible::Name), u"Completions"_s);
    QCOMPARE(list->childCount(), 1);
    const QString told = list->child(0)->text(QAccessible::Name);
    QVERIFY2(told.startsWith(u"data.name, string, "_s), qPrintable(told));
    QVERIFY2(told.endsWith(u"The integration's name."_s), qPrintable(told));
}

void TestCodeHelp::tellsOfPlaceholders()
{
    Form form;
    form.editor.setText(u"[{{#each data.issues}}\"{{message}}\"{{/each}}]"_s);
    const QString hint = form.editor.hintAt(int(form.editor.text().indexOf(u"essage"_s)));
    QVERIFY2(hint.startsWith(u"message\nWhat is wrong, in words.\nType: string\nSample: "_s), qPrintable(hint));
    QVERIFY(form.editor.hintAt(0).isEmpty());
    QVERIFY(form.editor.hintAt(int(form.editor.text().indexOf(u"#each"_s))).startsWith(u"#each\n"_s));

    const QRect place = form.editor.globalRect(form.editor.text().indexOf(u"essage"_s));
    const QPoint inView = form.editor.viewport()->mapFromGlobal(place.center());
    QHelpEvent help(QEvent::ToolTip, inView, place.center());
    QApplication::sendEvent(form.editor.viewport(), &help);
    QVERIFY(QToolTip::text().contains(u"What is wrong, in words."_s));
}

void TestCodeHelp::mendsWithAButton()
{
    Form form;
    QShortcut escape(QKeySequence(Qt::Key_Escape), &form);
    QSignalSpy closed(&escape, &QShortcut::activated);
    QVERIFY(QTest::qWaitForWindowActive(&form));
    const QString text = u"{\n  \"a\": \"{{data.nmae}}\"\n}"_s;
    form.editor.setText(text);
    form.editor.setProblems(BodyTemplate::compile(text.toStdString()).problems);
    QCOMPARE(form.editor.problems().size(), 1);
    const QRect place = form.editor.globalRect(text.indexOf(u"nmae"_s));
    const QPoint inView = form.editor.viewport()->mapFromGlobal(place.center());
    QHelpEvent help(QEvent::ToolTip, inView, place.center());
    QApplication::sendEvent(form.editor.viewport(), &help);
    auto *hint = form.findChild<CodeHint *>();
    QVERIFY(hint && hint->isVisible());
    QCOMPARE(hint->findChild<QLabel *>()->text(), form.editor.problems().constFirst().message);
    const auto buttons = hint->findChildren<QPushButton *>();
    QStringList mends;
    for (const QPushButton *button : buttons) {
        mends << button->text();
    }
    QCOMPARE(mends.join(u'|'), u"Replace with data.name"_s);
    QVERIFY(form.rect().contains(hint->geometry()));
    form.after.setFocus(); // which lies elsewhere: the mouse has opened it
    QApplication::sendEvent(form.editor.viewport(), &help);
    QVERIFY(hint->isVisible());
    QTest::keyClick(&form.after, Qt::Key_Escape);
    QVERIFY(!hint->isVisible());
    QCOMPARE(closed.size(), 0);
    QVERIFY(form.after.hasFocus());
    QApplication::sendEvent(form.editor.viewport(), &help);
    QTest::mouseClick(hint->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(!hint->isVisible());
    QCOMPARE(form.editor.text(), QString(text).replace(u"nmae"_s, u"name"_s));
    form.editor.undo();
    QCOMPARE(form.editor.text(), text);
}

void TestCodeHelp::mendsByKeyboard()
{
    Form form;
    QShortcut escape(QKeySequence(Qt::Key_Escape), &form);
    QSignalSpy closed(&escape, &QShortcut::activated);
    QVERIFY(QTest::qWaitForWindowActive(&form));
    const QString text = u"{\n  \"a\": \"{{data.name\"\n}"_s;
    form.editor.setText(text);
    form.editor.setProblems(BodyTemplate::compile(text.toStdString()).problems);
    form.editor.goToNextProblem();
    QTest::keyClick(&form.editor, Qt::Key_Return, Qt::AltModifier);
    auto *hint = form.findChild<CodeHint *>();
    QVERIFY(hint && hint->isVisible());
    auto *button = qobject_cast<QPushButton *>(form.focusWidget());
    QVERIFY(button && hint->isAncestorOf(button));
    QTest::keyClick(button, Qt::Key_Escape);
    QVERIFY(!hint->isVisible());
    QVERIFY(form.editor.hasFocus());
    QCOMPARE(closed.size(), 0);
    QCOMPARE(form.editor.text(), text);

    QTest::keyClick(&form.editor, Qt::Key_Return, Qt::AltModifier);
    QTest::keyClick(form.focusWidget(), Qt::Key_Space);
    QCOMPARE(form.editor.text(), QString(text).replace(u"data.name"_s, u"data.name}}"_s));
    QVERIFY(form.editor.hasFocus());
    QCOMPARE(form.editor.mendsAt(int(text.indexOf(u"data"_s))).size(), 0); // what is told is of the text as it was
}

void TestCodeHelp::finds()
{
    Form form;
    const QString text = u"Ü one\ntwo ü\nthree Üü"_s;
    form.editor.setText(text);
    QTest::keyClick(&form.editor, Qt::Key_F, Qt::ControlModifier);
    QLineEdit *line = form.findLine();
    QVERIFY(line);
    QTRY_VERIFY(line->hasFocus());
    QCOMPARE(line->accessibleName(), u"Find"_s);
    line->setText(u"ü"_s);
    QCOMPARE(form.count(), u"1 of 4"_s);
    QCOMPARE(form.editor.selectedText(), u"Ü"_s);
    const auto isMarked = [&form](qsizetype unit) {
        const auto place = form.editor.text().left(unit).toUtf8().size();
        return form.editor.SendScintilla(Sci::SCI_INDICATORVALUEAT, static_cast<unsigned long>(FindBar::indicator),
                                         place)
            != 0;
    };
    for (qsizetype unit = 0; unit < text.size(); ++unit) {
        QCOMPARE(isMarked(unit), text.at(unit).toLower() == u'ü');
    }
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(form.count(), u"2 of 4"_s);
    QCOMPARE(form.editor.cursorPlace().line, 2);
    QTest::keyClick(line, Qt::Key_F3);
    QTest::keyClick(line, Qt::Key_F3);
    QCOMPARE(form.count(), u"4 of 4"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(form.count(), u"1 of 4"_s);
    QTest::keyClick(line, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(form.count(), u"4 of 4"_s);
    QTest::keyClick(line, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(form.count(), u"3 of 4"_s);
    for (QToolButton *button : form.findChild<FindBar *>()->findChildren<QToolButton *>()) {
        if (button->isCheckable()) {
            button->click();
        }
    }
    QCOMPARE(form.count(), u"2 of 2"_s);
    QTest::keyClicks(line, u"x"_s);
    QCOMPARE(form.count(), u"No matches"_s);
    QCOMPARE(form.editor.text(), text);
}

void TestCodeHelp::findBarIsClosedAlone()
{
    Form form;
    QShortcut escape(QKeySequence(Qt::Key_Escape), &form);
    QShortcut search(QKeySequence::Find, &form);
    QSignalSpy closed(&escape, &QShortcut::activated);
    QSignalSpy searched(&search, &QShortcut::activated);
    QVERIFY(QTest::qWaitForWindowActive(&form));
    form.editor.setText(u"one two one"_s);
    const int height = form.editor.sizeHint().height();
    QTest::keyClick(&form.editor, Qt::Key_F, Qt::ControlModifier);
    QLineEdit *line = form.findLine();
    QVERIFY(line);
    QCOMPARE(searched.size(), 0);
    QVERIFY(form.editor.sizeHint().height() > height);
    QVERIFY(!form.editor.viewport()->geometry().intersects(form.findChild<FindBar *>()->geometry()));
    QTest::keyClicks(line, u"one"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTest::keyClick(line, Qt::Key_Escape);
    QVERIFY(!form.findLine());
    QCOMPARE(closed.size(), 0);
    QVERIFY(form.editor.hasFocus());
    QCOMPARE(form.editor.selectedText(), u"one"_s);
    QCOMPARE(form.editor.cursorPlace().column, 12);
    QCOMPARE(form.editor.sizeHint().height(), height);
    QTest::keyClick(&form.editor, Qt::Key_F3); // what was sought is still known
    QCOMPARE(form.editor.cursorPlace().column, 4);
    QTest::keyClick(&form.editor, Qt::Key_F, Qt::ControlModifier);
    form.editor.setFocus();
    QTest::keyClick(&form.editor, Qt::Key_Escape);
    QVERIFY(!form.findLine());
    QCOMPARE(closed.size(), 0);
    QTest::keyClick(&form.editor, Qt::Key_Escape);
    QCOMPARE(closed.size(), 1);
}

void TestCodeHelp::findsInReadOnlyText()
{
    Form form;
    form.editor.setLanguage(CodeLanguage::JsonText);
    form.editor.setText(u"{\"a\": 1}"_s);
    form.editor.setReadOnly(true);
    QTest::keyClick(&form.editor, Qt::Key_F, Qt::ControlModifier);
    QVERIFY(form.findLine());
    QTest::keyClicks(form.findLine(), u"1"_s);
    QCOMPARE(form.count(), u"1 of 1"_s);
    form.editor.setText(u"[1, 1]"_s);
    QTRY_VERIFY(form.count().startsWith(u"2 match"_s));
}

void TestCodeHelp::findsInAMebibyte()
{
    Form form;
    const QString line = u"  \"a name\": \"and its value\",\n"_s;
    const qsizetype lines = 1024 * 1024 / line.size();
    form.editor.setText(line.repeated(lines));
    QTest::keyClick(&form.editor, Qt::Key_F, Qt::ControlModifier);
    QVERIFY(form.findLine());
    form.findLine()->setText(u"a"_s);
    QCOMPARE(form.count(), QString(u"1 of "_s + QLocale().toString(4 * lines)));
    QTest::keyClick(form.findLine(), Qt::Key_Return,
                    Qt::ShiftModifier); // round the end: marked where it comes into sight
    QCOMPARE(form.editor.cursorPlace().line, int(lines));
    const long last = form.editor.SendScintilla(Sci::SCI_GETSELECTIONSTART);
    QVERIFY(form.editor.SendScintilla(Sci::SCI_INDICATORVALUEAT, static_cast<unsigned long>(FindBar::indicator), last)
            != 0);
}

void TestCodeHelp::drawsItsFrame()
{
    Form form;
    form.after.setFocus();
    form.editor.setText(u"{}"_s);
    const QImage image = form.grab().toImage();
    const qreal scale = image.devicePixelRatio();
    const QRect frame = form.editor.geometry();
    const QColor paper = form.palette().color(QPalette::Base);
    /// The strongest contrast to the paper in what a logical pixel touches, and a pixel of the screen around it.
    const auto contrastAt = [&](int x, int y) {
        double strongest = 1;
        for (int across = int(x * scale) - 1; across < (x + 1) * scale + 1; ++across) {
            for (int down = int(y * scale) - 1; down < (y + 1) * scale + 1; ++down) {
                strongest = std::max(strongest, contrast(image.pixelColor(across, down), paper));
            }
        }
        return strongest;
    };
    for (int x = frame.left() + 4; x < frame.right() - 4; ++x) {
        QVERIFY2(contrastAt(x, frame.top()) > 1.3, qPrintable(QString::number(x)));
        QVERIFY2(contrastAt(x, frame.bottom()) > 1.3, qPrintable(QString::number(x)));
    }
    for (int y = frame.top() + 4; y < frame.bottom() - 4; ++y) {
        QVERIFY2(contrastAt(frame.left(), y) > 1.3, qPrintable(QString::number(y)));
        QVERIFY2(contrastAt(frame.right(), y) > 1.3, qPrintable(QString::number(y)));
    }
}

void TestCodeHelp::drawsItsFrameAtEachScale_data()
{
    QTest::addColumn<QString>("scale");
    for (const char *scale : {"1", "1.25", "1.5", "1.75", "2"}) {
        QTest::newRow(scale) << QString::fromLatin1(scale);
    }
}

/// A scale is chosen once for a process.
void TestCodeHelp::drawsItsFrameAtEachScale()
{
    QFETCH(QString, scale);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_SCALE_FACTOR"_s, scale);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QCoreApplication::applicationFilePath(), {u"drawsItsFrame"_s});
    QVERIFY(process.waitForFinished());
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, process.readAll().constData());
}

QTEST_MAIN(TestCodeHelp)
#include "tst_codehelp.moc"
