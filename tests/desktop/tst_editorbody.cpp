// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The body template in the real page: completed, mended, searched and previewed.
#include "actionregistry.h"
#include "codeeditor.h"
#include "codehint.h"
#include "completionlist.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "engine.h"
#include "findbar.h"
#include "previewpanel.h"
#include "webhookform.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestEditorBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void completesTheBodyTemplate();
    void mendsTheBodyTemplate();
    void findsInTheBodyTemplate();
    void previewsALargeTemplateAfterAPause();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<EditorPage> m_page;
};

void TestEditorBody::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<Engine>(
        EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}, .prompt = SecretStore::Prompt::Never},
        std::make_unique<MemoryStore>());
    bool opened = false;
    m_engine->open(this, [&opened](const Result<void> &result) { opened = result.isOk(); });
    QTRY_VERIFY(opened);
    m_page = std::make_unique<EditorPage>(*m_engine, m_actions);
    m_page->resize(1000, 800);
    m_page->addWebhook();
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestEditorBody::cleanup()
{
    m_page.reset();
    m_engine.reset();
    m_folder.reset();
}

void TestEditorBody::completesTheBodyTemplate()
{
    auto *editor = m_page->findChild<WebhookForm *>()->bodyEditor();
    editor->setFocus();
    QTest::keyClicks(editor, u"{\"a\": \"{{"_s);
    auto *list = m_page->findChild<CompletionList *>();
    QVERIFY(list && list->isVisible());
    QCOMPARE(list->window(), m_page.get());
    QVERIFY(m_page->rect().contains(list->geometry()));
    QTest::keyClicks(editor, u"data.na"_s);
    QVERIFY(list->isVisible());
    QCOMPARE(list->count(), 1);
    QTest::keyClick(editor, Qt::Key_Return);
    QTest::keyClicks(editor, u"\"}"_s);
    QCOMPARE(editor->text(), uR"({"a": "{{data.name}}"})"_s);
    QVERIFY(!list->isVisible());
    QVERIFY(editor->hasFocus());
}

void TestEditorBody::mendsTheBodyTemplate()
{
    auto *editor = m_page->findChild<WebhookForm *>()->bodyEditor();
    editor->setFocus();
    QTest::keyClicks(editor, uR"({"a": "{{data.nmae}}"})"_s);
    QTRY_COMPARE(editor->problems().size(), 1);
    editor->goToNextProblem();
    QTest::keyClick(editor, Qt::Key_Return, Qt::AltModifier);
    auto *hint = m_page->findChild<CodeHint *>();
    QVERIFY(hint && hint->isVisible());
    QVERIFY(hint->isAncestorOf(m_page->focusWidget()));
    QTest::keyClick(m_page->focusWidget(), Qt::Key_Space);
    QCOMPARE(editor->text(), uR"({"a": "{{data.name}}"})"_s);
    QTRY_VERIFY(editor->problems().isEmpty());
}

void TestEditorBody::findsInTheBodyTemplate()
{
    auto *editor = m_page->findChild<WebhookForm *>()->bodyEditor();
    editor->setText(uR"({"name": "{{data.name}}"})"_s);
    editor->setFocus();
    QTest::keyClick(editor, Qt::Key_F, Qt::ControlModifier);
    auto *line = editor->findChild<FindBar *>()->findChild<QLineEdit *>();
    QVERIFY(line && line->isVisible());
    QTRY_VERIFY(line->hasFocus());
    QTest::keyClicks(line, u"NAME"_s);
    QCOMPARE(editor->selectedText(), u"name"_s);
    QTest::keyClick(line, Qt::Key_Escape);
    QVERIFY(!line->isVisible());
    QVERIFY(editor->hasFocus());
}

/// As one types, nothing of it is rendered; what is shown in the end is of the last text.
void TestEditorBody::previewsALargeTemplateAfterAPause()
{
    auto *editor = m_page->findChild<WebhookForm *>()->bodyEditor();
    auto *preview = m_page->findChild<PreviewPanel *>();
    auto *shown = preview->findChild<CodeEditor *>(u"bodyEditor"_s);
    editor->setText(u"[0]"_s);
    m_page->findChild<QPushButton *>(u"previewButton"_s)->click();
    QTRY_COMPARE(shown->text(), u"[0]"_s);
    editor->setText(u"[1]"_s);
    QTRY_COMPARE(shown->text(), u"[1]"_s);
    const QString large = u"[\""_s + QString(20'000, u'x') + u"\", "_s;
    editor->setText(large + u"2]"_s);
    editor->setText(large + u"3]"_s);
    QVERIFY(!shown->text().contains(u'x'));
    QTRY_VERIFY(shown->text().endsWith(u" 3]"_s));
}

QTEST_MAIN(TestEditorBody)
#include "tst_editorbody.moc"
