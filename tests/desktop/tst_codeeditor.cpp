// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codeform.h"
#include "colorroles.h"

#include <QAccessible>
#include <QApplication>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>

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

    // One line, one icon: that of its error, whichever comes first.
    auto both = Problems{problemAt(Severity::Warning, 2, 9, u"It may be wrong."_s),
                         problemAt(Severity::Error, 2, 3, u"It is wrong."_s)};
    form.editor.setProblems(both);
    QCOMPARE(form.editor.markersAtLine(1), 1u << 3);
    QVERIFY(isMarked(2, opening));
    std::reverse(both.begin(), both.end());
    form.editor.setProblems(both);
    QCOMPARE(form.editor.markersAtLine(1), 1u << 3);

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
    QCOMPARE(form.list()->item(0)->text(), u"data.issues"_s);
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
