// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codeeditor.h"
#include "colorroles.h"

#include "bodytemplate.h"
#include "calmstyle.h"
#include "codehint.h"
#include "completionlist.h"
#include "findbar.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

using Sci = QsciScintillaBase;

/// One letter a style, so that a line of code and its styles can be read one under the other.
QByteArray letters(const std::vector<CodeStyle> &styles)
{
    static constexpr char names[codeStyleCount + 1] = ".ksnwpbc$";
    QByteArray result;
    for (const CodeStyle style : styles) {
        result += names[int(style)];
    }
    return result;
}

struct Form : QWidget
{
    QLineEdit before;
    CodeEditor editor;
    QLineEdit after;

    Form()
    {
        auto *layout = new QVBoxLayout(this);
        layout->addWidget(&before);
        layout->addWidget(&editor);
        layout->addWidget(&after);
        editor.setLanguage(CodeLanguage::BodyTemplate);
        resize(500, 400);
        show();
        editor.setFocus();
    }

    /// The list of completions, if it is shown.
    CompletionList *list() const
    {
        auto *list = findChild<CompletionList *>();
        return list && list->isVisible() ? list : nullptr;
    }

    /// The bar that finds text, if it is shown.
    QLineEdit *findLine() const
    {
        auto *bar = findChild<FindBar *>();
        return bar && bar->isVisible() ? bar->findChild<QLineEdit *>() : nullptr;
    }
    QString count() const { return findChild<FindBar *>()->findChild<QLabel *>()->text(); }
};

/// The words of a list, in order.
QStringList wordsOf(const CompletionList &list)
{
    QStringList words;
    for (int row = 0; row < list.count(); ++row) {
        words << list.item(row)->text();
    }
    return words;
}

Problem problemAt(Severity severity, int line, int column, const QString &message)
{
    return {.severity = severity,
            .field = u"body_template"_s,
            .message = message,
            .position = {.line = line, .column = column, .offset = -1}};
}

} // namespace

class TestCodeEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new CalmStyle); }
    void stylesBytes_data();
    void stylesBytes();
    void styledDocumentKeepsItsLengthAndStyles();
    void marksProblemsWhereTheyAre();
    void marksWhatThereIsToSay();
    void goesFromProblemToProblem();
    void placesCountCodePoints();
    void tabMovesTheFocus();
    void escapeIsTheWindows();
    void shortcutsAreTheWindows();
    void indentsAsOneTypes();
    void completesPlaceholders();
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
    void insertsPlaceholders_data();
    void insertsPlaceholders();
    void readOnlyTextStays();
    void followsThePalette();
    void growsWithItsLines();
    void isAnEditableTextToAScreenReader();
};

void TestCodeEditor::stylesBytes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("styles");
    QTest::addColumn<CodeLanguage>("language");
    const auto row = [](const char *name, const char *text, const char *styles,
                        CodeLanguage language = CodeLanguage::BodyTemplate) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(styles) << language;
    };
    row("member", R"({"a": "b"})", R"(.kkk..sss.)");
    row("numbers and words", R"([-1.5e3,true,nil])", R"(.nnnnnn.wwww.....)");
    row("placeholder in a string", R"("a{{b}}c")", R"(sspppppss)");
    row("placeholder in a key", R"("{{b}}": 1)", R"(kpppppk..n)");
    row("bare placeholder", R"({{a.b}},)", R"(ppppppp.)");
    row("blocks", R"({{#if a}}1{{else}}2{{/if}})", R"(bbbbbbbbbnbbbbbbbbnbbbbbbb)");
    row("comment over a brace", R"({{!-- }} --}}1)", R"(cccccccccccccn)");
    row("escaped mustache", R"("\{{a}}")", R"(s...ssss)");
    row("secret", R"("x${secret:a/b}")", R"(ss$$$$$$$$$$$$$s)");
    row("literal dollar", R"("$${secret:a}")", R"(s...ssssssssss)");
    row("escaped quote", R"("a\"b" 1)", R"(ssssss.n)");
    row("string ends with its line", "\"ab\n1", "sss.n");
    row("open placeholder", "{{ab\n1", "pppp.n");
    row("json knows no placeholder", R"({{1}})", R"(..n..)", CodeLanguage::JsonText);
    row("text knows nothing", R"({"a": 1})", R"(........)", CodeLanguage::Text);
    row("nothing", "", "");
}

void TestCodeEditor::stylesBytes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, styles);
    QFETCH(CodeLanguage, language);
    QCOMPARE(letters(codeStyles(text.toStdString(), language)), styles);
}

void TestCodeEditor::styledDocumentKeepsItsLengthAndStyles()
{
    Form form;
    form.editor.setText(u"{\n  \"ü\": \"{{data.id}}\"\n}"_s);
    form.editor.SendScintilla(Sci::SCI_COLOURISE, 0UL, -1L);
    const long placeholder = form.editor.text().toUtf8().indexOf("{{");
    QCOMPARE(form.editor.SendScintilla(Sci::SCI_GETSTYLEAT, placeholder), long(CodeStyle::Placeholder));
    QCOMPARE(form.editor.SendScintilla(Sci::SCI_GETENDSTYLED), form.editor.text().toUtf8().size());
}

void TestCodeEditor::marksProblemsWhereTheyAre()
{
    Form form;
    form.editor.setText(u"{\n  \"ü😀\": {{data.stats}},\n  \"b\": 1\n}"_s);
    form.editor.setProblems({problemAt(Severity::Warning, 2, 9, u"The schema knows data.status."_s),
                             problemAt(Severity::Error, 3, 9, u"A comma is missing."_s),
                             problemAt(Severity::Error, 0, 0, u"Too big."_s)});
    const auto isMarked = [&form](int indicator, long position) {
        return form.editor.SendScintilla(Sci::SCI_INDICATORVALUEAT, static_cast<unsigned long>(indicator), position)
            != 0;
    };
    const QByteArray text = form.editor.text().toUtf8();
    const long opening = text.indexOf("{{");
    const long closing = text.indexOf("}}") + 1;
    QVERIFY(!isMarked(2, opening - 1));
    QVERIFY(isMarked(2, opening));
    QVERIFY(isMarked(2, closing));
    QVERIFY(!isMarked(2, closing + 1));
    QVERIFY(isMarked(3, text.lastIndexOf('1')));
    QCOMPARE(form.editor.markersAtLine(1), 1u << 2);
    QCOMPARE(form.editor.markersAtLine(2), 1u << 3);
    QCOMPARE(form.editor.problemTextAt(int(opening)), u"The schema knows data.status."_s);
    QCOMPARE(form.editor.accessibleDescription(),
             u"Line 2, column 9: The schema knows data.status.\nLine 3, column 9: A comma is missing.\nToo big."_s);

    form.editor.setProblems({});
    QVERIFY(!isMarked(2, opening));
    QCOMPARE(form.editor.markersAtLine(1), 0u);
    QVERIFY(form.editor.accessibleDescription().isEmpty());
}

void TestCodeEditor::marksWhatThereIsToSay()
{
    Form form;
    form.editor.setText(u"{\n  \"ü😀\": 1, \"token\": \"0123456789ab\"\n}"_s);
    const QString text = form.editor.text();
    const CodeMark mark{
        .begin = text.indexOf(u"0123"_s), .length = 12, .symbol = Symbol::Lock, .text = u"Save moves it."_s};
    form.editor.setMarks({mark});
    const int from = int(text.left(mark.begin).toUtf8().size());
    QCOMPARE(form.editor.problemTextAt(from), u"Save moves it."_s);
    QCOMPARE(form.editor.problemTextAt(from + 11), u"Save moves it."_s);
    QCOMPARE(form.editor.problemTextAt(from - 1), QString());
    QCOMPARE(form.editor.problemTextAt(from + 12), QString());
    QVERIFY(form.editor.markersAtLine(1) != 0);
    QCOMPARE(form.editor.accessibleDescription(), u"Save moves it."_s);

    // it moves with the text, and stands beside a problem
    form.editor.insertAt(u"  "_s, 0, 0);
    QCOMPARE(form.editor.problemTextAt(from + 2), u"Save moves it."_s);
    form.editor.setProblems({problemAt(Severity::Error, 2, 3, u"No."_s)});
    QCOMPARE(form.editor.problemTextAt(from + 2), u"No.\nSave moves it."_s);
    QCOMPARE(form.editor.accessibleDescription(), u"Line 2, column 3: No.\nSave moves it."_s);
    form.editor.setProblems({});
    QCOMPARE(form.editor.accessibleDescription(), u"Save moves it."_s);
    form.editor.setMarks({});
    QCOMPARE(form.editor.problemTextAt(from + 2), QString());
    QCOMPARE(form.editor.markersAtLine(1), 0u);
    QVERIFY(form.editor.accessibleDescription().isEmpty());
}

void TestCodeEditor::goesFromProblemToProblem()
{
    Form form;
    form.editor.setText(u"1\n2\n3"_s);
    form.editor.setProblems({problemAt(Severity::Error, 3, 1, u"c"_s), problemAt(Severity::Error, 2, 1, u"b"_s)});
    QTest::keyClick(&form.editor, Qt::Key_F8);
    QCOMPARE(form.editor.cursorPlace().line, 2);
    QTest::keyClick(&form.editor, Qt::Key_F8);
    QCOMPARE(form.editor.cursorPlace().line, 3);
    QTest::keyClick(&form.editor, Qt::Key_F8);
    QCOMPARE(form.editor.cursorPlace().line, 2);
}

void TestCodeEditor::placesCountCodePoints()
{
    Form form;
    form.editor.setText(u"x\n😀üb"_s);
    form.editor.goTo({.line = 2, .column = 3, .offset = -1});
    QCOMPARE(form.editor.cursorPlace(), (TextPosition{.line = 2, .column = 3, .offset = 8}));
    form.editor.goTo({.line = 2, .column = 99, .offset = -1});
    QCOMPARE(form.editor.cursorPlace().column, 4);
    form.editor.goTo({.line = 99, .column = 1, .offset = -1});
    QCOMPARE(form.editor.cursorPlace().line, 2);
}

void TestCodeEditor::tabMovesTheFocus()
{
    Form form;
    form.editor.setText(u"{}"_s);
    QTRY_VERIFY(form.editor.hasFocus());
    QTest::keyClick(&form.editor, Qt::Key_Tab);
    QVERIFY(form.after.hasFocus());
    form.editor.setFocus();
    QTest::keyClick(&form.editor, Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(form.before.hasFocus());
    QCOMPARE(form.editor.text(), u"{}"_s);
}

void TestCodeEditor::escapeIsTheWindows()
{
    Form form;
    QShortcut escape(QKeySequence(Qt::Key_Escape), &form);
    QSignalSpy closed(&escape, &QShortcut::activated);
    QVERIFY(QTest::qWaitForWindowActive(&form));
    QTest::keyClick(&form.editor, Qt::Key_Escape);
    QCOMPARE(closed.size(), 1);
    QTest::keyClicks(&form.editor, u"{{"_s);
    QVERIFY(form.list());
    QTest::keyClick(&form.editor, Qt::Key_Escape);
    QVERIFY(!form.list());
    QCOMPARE(closed.size(), 1);
    QVERIFY(form.editor.hasFocus());
    QTest::keyClicks(&form.editor, u"da"_s); // closed by hand: it stays so here
    QVERIFY(!form.list());
    QTest::keyClick(&form.editor, Qt::Key_Escape);
    QCOMPARE(closed.size(), 2);
    QTest::keyClick(&form.editor, Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(form.list());
    QTest::keyClick(&form.editor, Qt::Key_Escape);
    QTest::keyClicks(&form.editor, u"}} {{"_s);
    QVERIFY(form.list());
}

void TestCodeEditor::shortcutsAreTheWindows()
{
    Form form;
    form.editor.setText(u"{}"_s);
    QVERIFY(QTest::qWaitForWindowActive(&form));
    for (const Qt::Key key : {Qt::Key_L, Qt::Key_D, Qt::Key_T, Qt::Key_U, Qt::Key_N, Qt::Key_S, Qt::Key_K}) {
        QShortcut shortcut(QKeySequence(Qt::CTRL | key), &form);
        QSignalSpy activated(&shortcut, &QShortcut::activated);
        QTest::keyClick(&form.editor, key, Qt::ControlModifier);
        QCOMPARE(activated.size(), 1);
    }
    QCOMPARE(form.editor.text(), u"{}"_s);
}

void TestCodeEditor::indentsAsOneTypes()
{
    Form form;
    QTest::keyClicks(&form.editor, u"{"_s);
    QTest::keyClick(&form.editor, Qt::Key_Return);
    QTest::keyClicks(&form.editor, u"\"a\": ["_s);
    QTest::keyClick(&form.editor, Qt::Key_Return);
    QTest::keyClicks(&form.editor, u"1"_s);
    QTest::keyClick(&form.editor, Qt::Key_Return);
    QTest::keyClicks(&form.editor, u"]"_s);
    QTest::keyClick(&form.editor, Qt::Key_Return);
    QTest::keyClicks(&form.editor, u"}"_s);
    QCOMPARE(form.editor.text(), u"{\n  \"a\": [\n    1\n  ]\n}"_s);

    form.editor.setText(u"{}"_s);
    form.editor.goTo({.line = 1, .column = 2, .offset = -1});
    QTest::keyClick(&form.editor, Qt::Key_Return);
    QCOMPARE(form.editor.text(), u"{\n  \n}"_s);
    QCOMPARE(form.editor.cursorPlace().line, 2);
    QCOMPARE(form.editor.cursorPlace().column, 3);
}

void TestCodeEditor::completesPlaceholders()
{
    Form form;
    QTest::keyClicks(&form.editor, u"{{data.is"_s);
    QVERIFY(form.list());
    QTest::keyClick(&form.editor, Qt::Key_Tab);
    QCOMPARE(form.editor.text(), u"{{data.issues}}"_s);
    QCOMPARE(form.editor.cursorPlace().column, 16);
    QCOMPARE(form.focusWidget(), &form.editor);
    QVERIFY(!form.list());
    form.editor.undo();
    QCOMPARE(form.editor.text(), u"{{data.is"_s);

    form.editor.setText({});
    QTest::keyClicks(&form.editor, u"{{#e"_s);
    QTest::keyClick(&form.editor, Qt::Key_Return);
    QCOMPARE(form.editor.text(), u"{{#each "_s);
    QVERIFY(form.list()); // a path follows, arrays first
    QCOMPARE(wordsOf(*form.list()).constFirst(), u"data.issues"_s);
    QTest::keyClick(&form.editor, Qt::Key_Return);
    QCOMPARE(form.editor.text(), u"{{#each data.issues}}"_s);

    form.editor.setText(u"{{data.i}}"_s);
    form.editor.goTo({.line = 1, .column = 9, .offset = -1});
    QTest::keyClick(&form.editor, Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(form.list());
    QTest::keyClick(&form.editor, Qt::Key_Return);
    QCOMPARE(form.editor.text(), u"{{data.id}}"_s);
    QCOMPARE(form.editor.cursorPlace().column, 12);

    form.editor.setText({});
    QTest::keyClicks(&form.editor, u"data"_s);
    QVERIFY(!form.list());
}

void TestCodeEditor::listStaysWhileOneTypes()
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

void TestCodeEditor::completesInScope()
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

void TestCodeEditor::listTellsScreenReaders()
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

void TestCodeEditor::tellsOfPlaceholders()
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

void TestCodeEditor::mendsWithAButton()
{
    Form form;
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
    QTest::mouseClick(buttons.constFirst(), Qt::LeftButton);
    QVERIFY(!hint->isVisible());
    QCOMPARE(form.editor.text(), QString(text).replace(u"nmae"_s, u"name"_s));
    form.editor.undo();
    QCOMPARE(form.editor.text(), text);
}

void TestCodeEditor::mendsByKeyboard()
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

void TestCodeEditor::finds()
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

void TestCodeEditor::findBarIsClosedAlone()
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

void TestCodeEditor::findsInReadOnlyText()
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

void TestCodeEditor::findsInAMebibyte()
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

void TestCodeEditor::drawsItsFrame()
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

void TestCodeEditor::drawsItsFrameAtEachScale_data()
{
    QTest::addColumn<QString>("scale");
    for (const char *scale : {"1", "1.25", "1.5", "1.75", "2"}) {
        QTest::newRow(scale) << QString::fromLatin1(scale);
    }
}

/// A scale is chosen once for a process.
void TestCodeEditor::drawsItsFrameAtEachScale()
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

void TestCodeEditor::insertsPlaceholders_data()
{
    QTest::addColumn<QString>("before"); // | is the cursor
    QTest::addColumn<QString>("after");
    QTest::newRow("empty") << u"|"_s << u"{{data.id}}|"_s;
    QTest::newRow("in a string") << u"\"a|b\""_s << u"\"a{{data.id}}|b\""_s;
    QTest::newRow("begun") << u"\"{{|\""_s << u"\"{{data.id}}|\""_s;
    QTest::newRow("begun path") << u"\"{{dat|a.x}} {{b}}\""_s << u"\"{{data.id}}| {{b}}\""_s;
    QTest::newRow("after a whole one") << u"{{a}}|"_s << u"{{a}}{{data.id}}|"_s;
    QTest::newRow("in a block") << u"{{#if |}}1{{/if}}"_s << u"{{#if data.id}}|1{{/if}}"_s;
}

void TestCodeEditor::insertsPlaceholders()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    Form form;
    const auto cursor = int(before.indexOf(u'|'));
    form.editor.setText(before.remove(u'|'));
    form.editor.goTo({.line = 1, .column = cursor + 1, .offset = -1});
    form.editor.insertPlaceholder(u"data.id"_s);
    QString text = form.editor.text();
    QCOMPARE(text.insert(form.editor.cursorPlace().column - 1, u'|'), after);
}

void TestCodeEditor::readOnlyTextStays()
{
    Form form;
    form.editor.setText(u"{}"_s);
    form.editor.setReadOnly(true);
    QTest::keyClicks(&form.editor, u"x"_s);
    form.editor.insertPlaceholder(u"data.id"_s);
    QCOMPARE(form.editor.text(), u"{}"_s);
    form.editor.setText(u"[]"_s);
    QCOMPARE(form.editor.text(), u"[]"_s);
    QVERIFY(form.editor.isReadOnly());
}

void TestCodeEditor::followsThePalette()
{
    Form form;
    const auto inkOf = [&form](CodeStyle style) {
        const auto bgr = quint32(form.editor.SendScintilla(Sci::SCI_STYLEGETFORE, int(style)));
        return QColor(int(bgr & 0xff), int((bgr >> 8) & 0xff), int((bgr >> 16) & 0xff));
    };
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        form.setPalette(palette);
        QCOMPARE(inkOf(CodeStyle::Placeholder), color(ColorRole::Placeholder, palette));
        for (int style = 0; style < codeStyleCount; ++style) {
            QVERIFY2(contrast(inkOf(CodeStyle(style)), palette.color(QPalette::Base)) >= 4.5,
                     qPrintable(QString::number(style)));
        }
    }
}

void TestCodeEditor::growsWithItsLines()
{
    Form form;
    form.editor.setLineRange(3, 6);
    const int line = form.editor.textHeight(0);
    const int three = form.editor.sizeHint().height();
    form.editor.setText(u"1\n2\n3\n4\n5"_s);
    QCOMPARE(form.editor.sizeHint().height(), three + 2 * line);
    form.editor.setText(QString(100, u'\n'));
    QCOMPARE(form.editor.sizeHint().height(), three + 3 * line);
}

void TestCodeEditor::isAnEditableTextToAScreenReader()
{
    Form form;
    form.editor.setAccessibleName(u"Body Template"_s);
    form.editor.setText(u"x😀y"_s);
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&form.editor);
    QVERIFY(accessible);
    QCOMPARE(accessible->role(), QAccessible::EditableText);
    QCOMPARE(accessible->text(QAccessible::Name), u"Body Template"_s);
    QVERIFY(accessible->state().editable);
    QAccessibleTextInterface *text = accessible->textInterface();
    QVERIFY(text);
    QCOMPARE(text->characterCount(), 4);
    QCOMPARE(text->text(1, 3), u"😀"_s);
    text->setSelection(0, 1, 3);
    QCOMPARE(form.editor.selectedText(), u"😀"_s);
    text->setCursorPosition(4);
    QCOMPARE(text->cursorPosition(), 4);
    QAccessibleEditableTextInterface *editable = accessible->editableTextInterface();
    QVERIFY(editable);
    QSignalSpy changed(&form.editor, &QsciScintilla::textChanged);
    editable->replaceText(1, 3, u"ü"_s);
    QCOMPARE(form.editor.text(), u"xüy"_s);
    QVERIFY(!changed.isEmpty());
    accessible->setText(QAccessible::Value, u"{}"_s);
    QCOMPARE(form.editor.text(), u"{}"_s);
    form.editor.undo();
    QCOMPARE(form.editor.text(), u"xüy"_s);

    form.editor.setReadOnly(true);
    QVERIFY(!accessible->editableTextInterface());
    QVERIFY(accessible->state().readOnly);
}

QTEST_MAIN(TestCodeEditor)
#include "tst_codeeditor.moc"
