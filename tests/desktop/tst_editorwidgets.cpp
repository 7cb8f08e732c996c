// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "checklistbutton.h"
#include "chipsedit.h"
#include "filtersedit.h"
#include "headerrowedit.h"
#include "headersedit.h"
#include "secretedit.h"
#include "tokenparametersedit.h"
#include "validatorsedit.h"
#include "webhookform.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

QToolButton *buttonNamed(const QWidget &parent, const QString &name)
{
    for (QToolButton *button : parent.findChildren<QToolButton *>()) {
        if (button->accessibleName() == name && !button->isHidden()) {
            return button;
        }
    }
    return nullptr;
}

QString valueOf(QWidget *widget)
{
    return QAccessible::queryAccessibleInterface(widget)->textInterface()->text(0, 1000);
}

} // namespace

class TestEditorWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installAccessibility(); }

    void chipsAreMadeAndRemovedByKeys();
    void chipsSplitWhatIsPasted();
    void chipsTakeATextThatWasSet();
    void chipsStandInLineWithLineEdits();
    void scopesSplitAtSpaces();
    void headersKeepOneEmptyRow();
    void headersTakePastedLines();
    void headersTakeNoMoreThanCanBeSent();
    void headersMoveOnAtAColon();
    void headersAreRemovedByDelete();
    void headersLeadOnWithReturn();
    void headersLockWhatLooksSecret();
    void whatIsPastedStaysOneLine();
    void parametersAreEditedAsHeadersAre();
    void secretsShowOnlyForAMoment();
    void storedSecretsAreReplacedOrForgotten();
    void checklistWorksByKeyboard();
    void checklistOpensWhereItIsSeen();
    void checklistTakesTypedValues();
    void checklistIsSetAsText();
    void filtersSayWhatTheyMean();
    void validatorsFollowTheDraft();
};

void TestEditorWidgets::chipsAreMadeAndRemovedByKeys()
{
    ChipsEdit chips;
    chips.setLabel(u"Expected Values"_s);
    chips.show();
    QSignalSpy changed(&chips, &ChipsEdit::valuesChanged);
    QTest::keyClicks(chips.edit(), u"true"_s);
    QCOMPARE(chips.values(), QStringList{u"true"_s}); // counts before Enter, too
    QTest::keyClick(chips.edit(), Qt::Key_Return);
    QCOMPARE(chips.edit()->text(), QString());
    QTest::keyClicks(chips.edit(), u"200"_s);
    QTest::keyClick(chips.edit(), Qt::Key_Return);
    QCOMPARE(chips.values(), (QStringList{u"true"_s, u"200"_s}));
    QCOMPARE(valueOf(&chips), u"true, 200"_s);
    QVERIFY(buttonNamed(chips, u"Remove true"_s));
    QTest::keyClick(chips.edit(), Qt::Key_Backspace);
    QCOMPARE(chips.values(), QStringList{u"true"_s});
    QCOMPARE(changed.constLast().constFirst().toStringList(), QStringList{u"true"_s});
    QTest::keyClick(chips.edit(), Qt::Key_Left);
    QTest::keyClick(buttonNamed(chips, u"Remove true"_s), Qt::Key_Delete);
    QCOMPARE(chips.values(), QStringList());
}

void TestEditorWidgets::chipsSplitWhatIsPasted()
{
    ChipsEdit chips;
    chips.show();
    QApplication::clipboard()->setText(u"ok\r\naccepted\n\nqueued one"_s);
    chips.edit()->paste();
    QCOMPARE(chips.values(), (QStringList{u"ok"_s, u"accepted"_s, u"queued one"_s}));
    QCOMPARE(chips.edit()->text(), QString());
}

void TestEditorWidgets::chipsTakeATextThatWasSet()
{
    ChipsEdit chips;
    auto *line = QAccessible::queryAccessibleInterface(chips.edit());
    line->editableTextInterface()->replaceText(0, 0, u"true"_s);
    line->editableTextInterface()->replaceText(0, 0, u"1"_s);
    QCOMPARE(chips.values(), (QStringList{u"true"_s, u"1"_s}));
}

void TestEditorWidgets::chipsStandInLineWithLineEdits()
{
    ChipsEdit chips;
    const QLineEdit line;
    chips.resize(400, 100);
    QCOMPARE(chips.heightForWidth(400), line.sizeHint().height());
    chips.setValues({u"true"_s, u"200"_s});
    QCOMPARE(chips.heightForWidth(400), line.sizeHint().height());
}

void TestEditorWidgets::scopesSplitAtSpaces()
{
    ChipsEdit chips;
    chips.setSplitsAtSpaces(true);
    QTest::keyClicks(chips.edit(), u"read write"_s);
    QTest::keyClick(chips.edit(), Qt::Key_Return);
    QCOMPARE(chips.values(), (QStringList{u"read"_s, u"write"_s}));
}

void TestEditorWidgets::headersKeepOneEmptyRow()
{
    HeadersEdit headers;
    QCOMPARE(headers.findChildren<HeaderRowEdit *>().size(), 1);
    QTest::keyClicks(headers.findChild<HeaderRowEdit *>()->keyEdit(), u"X-Team"_s);
    QCOMPARE(headers.findChildren<HeaderRowEdit *>().size(), 2);
    QTest::keyClicks(headers.findChildren<HeaderRowEdit *>().constFirst()->valueEdit()->edit(), u"ops"_s);
    const QList<HeaderRow> expected{{.name = u"X-Team"_s, .value = u"ops"_s, .locked = {}}};
    QCOMPARE(headers.rows(), expected);
    headers.setRows({});
    QCOMPARE(headers.rows(), QList<HeaderRow>());
}

void TestEditorWidgets::headersTakePastedLines()
{
    HeadersEdit headers;
    QApplication::clipboard()->setText(u"DD-API-KEY: abc:def\nX-Team:ops\r\n\nAccept: */*"_s);
    headers.findChild<HeaderRowEdit *>()->keyEdit()->paste();
    const QList<HeaderRow> expected{{.name = u"DD-API-KEY"_s, .value = u"abc:def"_s, .locked = {}},
                                    {.name = u"X-Team"_s, .value = u"ops"_s, .locked = {}},
                                    {.name = u"Accept"_s, .value = u"*/*"_s, .locked = {}}};
    QCOMPARE(headers.rows(), expected);
}

void TestEditorWidgets::headersTakeNoMoreThanCanBeSent()
{
    HeadersEdit headers;
    QString lines;
    for (int i = 0; i < 10'000; ++i) {
        lines += u"X-%1: value\n"_s.arg(i);
    }
    QGuiApplication::clipboard()->setText(lines);
    headers.findChild<HeaderRowEdit *>()->keyEdit()->paste();
    QCOMPARE(headers.rows().size(), 65); // the rule says that 64 are the most
}

void TestEditorWidgets::headersMoveOnAtAColon()
{
    HeadersEdit headers;
    headers.show();
    auto *row = headers.findChild<HeaderRowEdit *>();
    row->keyEdit()->setFocus();
    QTest::keyClicks(row->keyEdit(), u"X-Team:"_s);
    QCOMPARE(row->keyEdit()->text(), u"X-Team"_s);
    QTRY_VERIFY(row->valueEdit()->edit()->hasFocus());
}

void TestEditorWidgets::headersAreRemovedByDelete()
{
    HeadersEdit headers;
    headers.setRows({{.name = u"A"_s, .value = u"1"_s, .locked = {}}, {.name = u"B"_s, .value = u"2"_s, .locked = {}}});
    auto *key = headers.findChildren<HeaderRowEdit *>().constFirst()->keyEdit();
    key->setCursorPosition(0);
    QTest::keyClick(key, Qt::Key_Delete);
    QCOMPARE(headers.rows().constFirst().name, QString());
    QTest::keyClick(key, Qt::Key_Delete);
    const QList<HeaderRow> expected{{.name = u"B"_s, .value = u"2"_s, .locked = {}}};
    QCOMPARE(headers.rows(), expected);
    QVERIFY(buttonNamed(headers, u"Remove header 1"_s));
}

void TestEditorWidgets::headersLeadOnWithReturn()
{
    HeadersEdit edit;
    edit.setRows({{.name = u"X-Key"_s, .value = {}, .locked = {}}, {.name = u"X-Other"_s, .value = {}, .locked = {}}});
    edit.show();
    edit.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&edit));
    const auto rows = edit.findChildren<HeaderRowEdit *>();
    const auto type = [](const QString &text) {
        QTest::keyClicks(QApplication::focusWidget(), text);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    };
    edit.focusRow(0);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget(), rows.at(0)->valueEdit()->edit());
    type(u"one"_s); // the next is named already
    QCOMPARE(QApplication::focusWidget(), rows.at(1)->valueEdit()->edit());
    type(u"two"_s); // the next is a new one
    QCOMPARE(QApplication::focusWidget(), rows.at(2)->keyEdit());
    type({}); // leads nowhere without a name
    QCOMPARE(QApplication::focusWidget(), rows.at(2)->keyEdit());
    QCOMPARE(edit.rows().at(1).value, u"two"_s);
}

/// As from a terminal, with the break behind it: no field but those that may hold lines keeps one.
void TestEditorWidgets::whatIsPastedStaysOneLine()
{
    WebhookDraft draft;
    WebhookForm form;
    form.setDraft(&draft);
    draft.addExpectation(u"$.data"_s, u"ok"_s);
    const QStringList ofLines{u"Failure message"_s, u"Client key"_s, // a stored text, a PEM
                              u"Key"_s, u"Parameter key"_s}; // takes many lines apart
    QStringList seen;
    for (auto *edit : form.findChildren<QLineEdit *>()) {
        const QString name = edit->accessibleName();
        const bool isChip = edit->parentWidget() && qobject_cast<ChipsEdit *>(edit->parentWidget());
        if (!name.isEmpty() && !isChip && !edit->isReadOnly() && !ofLines.contains(name)) {
            edit->clear();
            edit->insert(u"12\r\n"_s);
            QTRY_VERIFY2(edit->text() == u"12", qPrintable(name));
            seen.append(name);
        }
    }
    for (const auto &name : {u"URL"_s, u"Bearer Token"_s, u"Client Secret"_s, u"Value"_s, u"Json Path"_s}) {
        QVERIFY2(seen.contains(name), qPrintable(name + u" is not among "_s + seen.join(u", "_s)));
    }
}

void TestEditorWidgets::headersLockWhatLooksSecret()
{
    HeadersEdit headers;
    auto *row = headers.findChild<HeaderRowEdit *>();
    auto *lock = buttonNamed(headers, u"Keep header 1 in keychain"_s);
    QVERIFY(lock);
    QVERIFY(!lock->isChecked());
    row->keyEdit()->setText(u"X-Api-Key"_s);
    QVERIFY(lock->isChecked());
    QCOMPARE(row->valueEdit()->edit()->echoMode(), QLineEdit::Password);
    QAccessible::queryAccessibleInterface(lock)->actionInterface()->doAction(
        QAccessibleActionInterface::toggleAction());
    QCOMPARE(row->valueEdit()->edit()->echoMode(), QLineEdit::Normal);
    QCOMPARE(headers.rows().constFirst().locked, std::optional(false));
    headers.setRows({{.name = u"X-Team"_s, .value = u"${secret:a/b}"_s, .locked = {}}});
    QVERIFY(lock->isChecked());
    QVERIFY(!lock->isEnabled());
}

void TestEditorWidgets::parametersAreEditedAsHeadersAre()
{
    TokenParametersEdit edit;
    QSignalSpy changes(&edit, &TokenParametersEdit::parametersChanged);
    QApplication::clipboard()->setText(u"audience: https://a.example/\nclient_assertion: e30"_s);
    edit.findChild<HeaderRowEdit *>()->keyEdit()->paste();
    const QList<TokenParameter> expected{{.name = u"audience"_s, .value = u"https://a.example/"_s},
                                         {.name = u"client_assertion"_s, .value = u"e30"_s}};
    QVERIFY(changes.constLast().constFirst().value<QList<TokenParameter>>() == expected);
    const auto rows = edit.findChildren<HeaderRowEdit *>();
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows.at(0)->accessibleName(), u"Parameter 1"_s);
    QCOMPARE(rows.at(0)->valueEdit()->edit()->echoMode(), QLineEdit::Normal);
    QCOMPARE(rows.at(1)->valueEdit()->edit()->echoMode(), QLineEdit::Password);
    QVERIFY(buttonNamed(edit, u"Remove parameter 1"_s));
    edit.setParameters({});
    QVERIFY(edit.rows().isEmpty());
}

void TestEditorWidgets::secretsShowOnlyForAMoment()
{
    SecretEdit secret;
    secret.setLabel(u"Client Secret"_s);
    QTest::keyClicks(secret.edit(), u"s3cret"_s);
    QCOMPARE(secret.edit()->echoMode(), QLineEdit::Password);
    auto *show = buttonNamed(secret, u"Show Client Secret for a moment"_s);
    QVERIFY(show);
    show->click();
    QVERIFY(secret.isRevealed());
    QCOMPARE(secret.edit()->echoMode(), QLineEdit::Normal);
    QCOMPARE(show->accessibleName(), u"Hide Client Secret"_s);
    show->click();
    QCOMPARE(secret.edit()->echoMode(), QLineEdit::Password);
}

void TestEditorWidgets::storedSecretsAreReplacedOrForgotten()
{
    SecretEdit secret;
    secret.setForgettable(true);
    secret.setLabel(u"Signing secret"_s);
    QSignalSpy changed(&secret, &SecretEdit::valueChanged);
    secret.setValue(u"${secret:a/signing}"_s);
    QVERIFY(secret.isStored());
    QCOMPARE(secret.edit()->text(), QString());
    QVERIFY(secret.edit()->placeholderText().contains(u"in the keychain"_s));
    QTest::keyClicks(secret.edit(), u"x"_s);
    QCOMPARE(secret.value(), u"x"_s);
    QTest::keyClick(secret.edit(), Qt::Key_Backspace);
    QCOMPARE(secret.value(), u"${secret:a/signing}"_s);
    buttonNamed(secret, u"Forget the stored Signing secret"_s)->click();
    QCOMPARE(secret.value(), QString());
    QCOMPARE(changed.constLast().constFirst().toString(), QString());
}

void TestEditorWidgets::checklistWorksByKeyboard()
{
    QWidget window;
    window.resize(600, 500);
    auto *layout = new QVBoxLayout(&window);
    auto *button = new ChecklistButton;
    button->setAccessibleName(u"Status"_s);
    button->setItems({{.value = u"Warning"_s, .label = u"Warning"_s}, {.value = u"Error"_s, .label = u"Error"_s}});
    layout->addWidget(button);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    button->setFocus();
    QCOMPARE(button->valueText(), u"Any"_s);
    QTest::keyClick(button, Qt::Key_Space);
    auto *popup = window.findChild<ChecklistPopup *>();
    QVERIFY(popup && popup->isVisible());
    auto *first = qobject_cast<QCheckBox *>(QApplication::focusWidget());
    QVERIFY(first);
    QTest::keyClick(first, Qt::Key_Space);
    QTest::keyClick(first, Qt::Key_Down);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(button->values(), (QStringList{u"Warning"_s, u"Error"_s}));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!popup->isVisible());
    QVERIFY(button->hasFocus());
    QTest::keyClick(button, Qt::Key_Down);
    QVERIFY(popup->isVisible());
    QAccessible::queryAccessibleInterface(first)->actionInterface()->doAction(
        QAccessibleActionInterface::toggleAction());
    QCOMPARE(button->values(), QStringList{u"Error"_s});
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(!popup->isVisible());
}

void TestEditorWidgets::checklistOpensWhereItIsSeen()
{
    QScrollArea window;
    auto *form = new QWidget;
    form->setFixedSize(300, 2000);
    auto *button = new ChecklistButton(form);
    button->setItems({{.value = u"Warning"_s, .label = u"Warning"_s}});
    button->setGeometry(10, 1500, 200, 30);
    window.setWidget(form);
    window.resize(400, 300);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(button->visibleRegion().isEmpty());
    button->click(); // as assistive technology does
    auto *popup = window.findChild<ChecklistPopup *>();
    QVERIFY(popup && popup->isVisible());
    QVERIFY(!button->visibleRegion().isEmpty());
    QVERIFY(window.rect().contains(popup->geometry()));
}

void TestEditorWidgets::checklistTakesTypedValues()
{
    QWidget window;
    window.resize(600, 500);
    auto *button = new ChecklistButton(&window);
    button->setAllowsAdding(true);
    button->setItems({{.value = u"id-1"_s, .label = u"Orders"_s}});
    window.show();
    QSignalSpy changed(button, &ChecklistButton::valuesChanged);
    button->click();
    auto *line = window.findChild<ChecklistPopup *>()->findChild<QLineEdit *>();
    QTest::keyClicks(line, u"orders"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(button->values(), QStringList{u"id-1"_s});
    QTest::keyClicks(line, u"elsewhere"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(button->valueText(), u"Orders, elsewhere"_s);
    QCOMPARE(changed.size(), 2);
}

void TestEditorWidgets::checklistIsSetAsText()
{
    ChecklistButton button;
    button.setAccessibleName(u"Type"_s);
    button.setItems({{.value = u"mysql"_s, .label = u"mysql"_s}});
    auto *interface = QAccessible::queryAccessibleInterface(&button);
    QCOMPARE(interface->role(), QAccessible::ComboBox);
    QCOMPARE(interface->text(QAccessible::Name), u"Type"_s);
    interface->editableTextInterface()->replaceText(0, interface->textInterface()->characterCount(),
                                                    u"MySQL, unknown"_s);
    QCOMPARE(button.values(), QStringList{u"mysql"_s});
    button.setAllowsAdding(true);
    button.setValueText(u"mysql, mongo"_s);
    QCOMPARE(button.values(), (QStringList{u"mysql"_s, u"mongo"_s}));
    button.setValueText({});
    QCOMPARE(button.valueText(), u"Any"_s);
}

void TestEditorWidgets::filtersSayWhatTheyMean()
{
    FiltersEdit filters;
    auto *interface = QAccessible::queryAccessibleInterface(&filters);
    QCOMPARE(interface->role(), QAccessible::Grouping);
    QCOMPARE(interface->text(QAccessible::Name), u"Filters"_s);
    filters.setKnown({{.id = u"a"_s, .name = u"A"_s, .type = u"mysql"_s}, {.id = u"b"_s, .name = {}, .type = {}}});
    QSignalSpy changed(&filters, &FiltersEdit::changed);
    filters.findChild<ChecklistButton *>(u"typeButton"_s)->setValueText(u"mysql"_s);
    filters.findChild<ChecklistButton *>(u"statusButton"_s)->setValueText(u"error, Active"_s);
    const Filters expected{
        .integrations = {}, .types = {u"mysql"_s}, .statuses = {IntegrationStatus::Error, IntegrationStatus::Active}};
    QCOMPARE(changed.size(), 2);
    QCOMPARE(filters.filters(), expected);
    QCOMPARE(valueOf(&filters), u"A mysql integration turns Active or Error — one of the 2 known matches."_s);
}

void TestEditorWidgets::validatorsFollowTheDraft()
{
    WebhookDraft draft;
    ValidatorsEdit validators;
    validators.setDraft(&draft);
    auto *add = validators.findChild<QPushButton *>();
    QCOMPARE(add->accessibleName(), u"+ Add"_s);
    add->click();
    auto *path = validators.findChild<QLineEdit *>();
    QCOMPARE(path->accessibleName(), u"Json Path"_s);
    QTest::keyClicks(path, u"$.data.ok"_s);
    auto *chips = validators.findChild<ChipsEdit *>();
    QTest::keyClicks(chips->edit(), u"true"_s);
    QTest::keyClick(chips->edit(), Qt::Key_Return);
    const QList<ResponseValidator> expected{{.jsonPath = u"$.data.ok"_s, .expectedValues = {u"true"_s}}};
    QCOMPARE(draft.fields().validators, expected);
    add->click();
    QCOMPARE(draft.fields().validators.size(), 2);
    buttonNamed(validators, u"Remove response validator 1"_s)->click();
    QCOMPARE(draft.fields().validators, QList<ResponseValidator>{ResponseValidator{}});
}

QTEST_MAIN(TestEditorWidgets)
#include "tst_editorwidgets.moc"
