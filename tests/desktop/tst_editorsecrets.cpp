// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "actionregistry.h"
#include "codeeditor.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "engine.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// What the form says of the secrets that stand in it, and Save does with them.
class TestEditorSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installAccessibility(); }
    void init();
    void cleanup();

    void saysWhatSaveMovesToTheKeychain();
    void saysWhatSaveMovesFromTheTokenEndpointsUrl();
    void saysWhatSaveCannotMove();

private:
    template <typename Widget>
    Widget *named(const QString &name) const;
    Webhook savedWebhook();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    MemoryStore *m_secrets = nullptr;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<EditorPage> m_page;
};

void TestEditorSecrets::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto secrets = std::make_unique<MemoryStore>();
    m_secrets = secrets.get();
    m_engine = std::make_unique<Engine>(
        EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}, .prompt = SecretStore::Prompt::Never},
        std::move(secrets));
    bool opened = false;
    m_engine->open(this, [&opened](const Result<void> &result) { opened = result.isOk(); });
    QTRY_VERIFY(opened);
    m_page = std::make_unique<EditorPage>(*m_engine, m_actions);
    m_page->resize(1000, 800);
    m_page->addWebhook();
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTRY_VERIFY(named<QLineEdit>(u"Integration Webhook Name"_s)->hasFocus());
    named<QLineEdit>(u"Integration Webhook Name"_s)->setText(u"mine"_s);
    named<QLineEdit>(u"URL"_s)->setText(u"https://example.com/hook"_s);
    named<CodeEditor>(u"Body Template"_s)->setText(uR"({"name": "{{data.name}}"})"_s);
}

void TestEditorSecrets::cleanup()
{
    m_page.reset();
    m_engine.reset();
    m_folder.reset();
}

template <typename Widget>
Widget *TestEditorSecrets::named(const QString &name) const
{
    const auto widgets = m_page->findChildren<Widget *>();
    const auto found = std::find_if(widgets.begin(), widgets.end(),
                                    [&name](const Widget *widget) { return widget->accessibleName() == name; });
    return found == widgets.end() ? nullptr : *found;
}

Webhook TestEditorSecrets::savedWebhook()
{
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    m_page->save();
    std::optional<StoredWebhook> stored;
    if (!saved.wait()) {
        return {};
    }
    m_engine->store().webhook(saved.constFirst().constFirst().toString(), this,
                              [&stored](const Result<std::optional<StoredWebhook>> &found) { stored = *found; });
    return QTest::qWaitFor([&stored] { return stored.has_value(); }) ? stored->webhook : Webhook();
}

void TestEditorSecrets::saysWhatSaveMovesToTheKeychain()
{
    named<QLineEdit>(u"URL"_s)->setText(u"https://example.com/hook?token=0123456789ab&sig=0123456789cd"_s);
    auto *body = named<CodeEditor>(u"Body Template"_s);
    body->setText(uR"({"routing_key": "0123456789ef"})"_s);
    QPushButton *keep = nullptr;
    QTRY_VERIFY((keep = named<QPushButton>(u"Keep token as text"_s)));
    QVERIFY(named<QPushButton>(u"Keep sig as text"_s));
    QVERIFY(named<QPushButton>(u"Keep routing_key as text"_s));
    QCOMPARE(body->problemTextAt(int(body->text().indexOf(u"0123"_s))), u"Save moves “routing_key” to the keychain."_s);

    // by keyboard: Tab goes from the URL to the buttons below it
    named<QLineEdit>(u"URL"_s)->setFocus();
    QTest::keyClick(m_page->focusWidget(), Qt::Key_Tab);
    QTRY_VERIFY(keep->hasFocus());
    QTest::keyClick(keep, Qt::Key_Space);
    QTRY_COMPARE(keep->accessibleName(), u"Move token to the keychain"_s);
    QVERIFY(keep->hasFocus());

    // and on from the editor to the button below it
    body->setFocus();
    QTest::keyClick(body, Qt::Key_Tab);
    QTRY_COMPARE(m_page->focusWidget(), named<QPushButton>(u"Keep routing_key as text"_s));

    const Webhook webhook = savedWebhook();
    QVERIFY(webhook.url.startsWith("https://example.com/hook?token=0123456789ab&sig=${secret:"_L1));
    QVERIFY(!webhook.bodyTemplate.contains("0123456789ef"_L1));
    QCOMPARE(m_secrets->m_values.size(), 2);

    // and that stays so
    m_page->editWebhook(webhook.id);
    QTRY_VERIFY(named<QPushButton>(u"Move token to the keychain"_s));
    const Webhook again = savedWebhook();
    QCOMPARE(again.url, webhook.url);
}

void TestEditorSecrets::saysWhatSaveMovesFromTheTokenEndpointsUrl()
{
    auto *type = named<QComboBox>(u"Authentication Type"_s);
    QVERIFY(type);
    type->setCurrentIndex(type->findText(u"OAuth"_s));
    named<QLineEdit>(u"Client ID"_s)->setText(u"a"_s);
    named<QLineEdit>(u"Client Secret"_s)->setText(u"b"_s);
    auto *url = named<QLineEdit>(u"Token Endpoint URL"_s);
    url->setText(u"https://id.example/token?api_key=0123456789ab&code=0123456789cd"_s);
    QPushButton *keep = nullptr;
    QTRY_VERIFY((keep = named<QPushButton>(u"Keep the token endpoint's api_key as text"_s)) && keep->isVisible());
    QVERIFY(named<QPushButton>(u"Keep the token endpoint's code as text"_s));
    const auto isLock = [](const QAction *action) {
        return action->isVisible() && action->text().contains(u"Save moves “code” to the keychain."_s);
    };
    const auto actions = url->actions();
    QVERIFY(std::any_of(actions.begin(), actions.end(), isLock));

    // by keyboard: Tab goes from the URL to the buttons below it
    url->setFocus();
    QTest::keyClick(m_page->focusWidget(), Qt::Key_Tab);
    QTRY_VERIFY(keep->hasFocus());
    QTest::keyClick(keep, Qt::Key_Space);
    QTRY_COMPARE(keep->accessibleName(), u"Move the token endpoint's api_key to the keychain"_s);

    const Webhook webhook = savedWebhook();
    QVERIFY(webhook.oauth.has_value());
    QVERIFY2(
        webhook.oauth->tokenEndpointUrl.startsWith("https://id.example/token?api_key=0123456789ab&code=${secret:"_L1),
        qPrintable(webhook.oauth->tokenEndpointUrl));
    QVERIFY(m_secrets->m_values.values().contains(u"0123456789cd"_s));

    // open again it is there, and another takes its place
    m_page->editWebhook(webhook.id);
    QTRY_VERIFY(named<QPushButton>(u"Move the token endpoint's api_key to the keychain"_s));
    QLineEdit *line = nullptr;
    QTRY_VERIFY((line = named<QLineEdit>(u"Secret Token endpoint code"_s)) && line->isEnabled()
                && line->isVisibleTo(m_page.get()) && !line->placeholderText().isEmpty());
    QTest::keyClicks(line, u"another-one"_s);
    const Webhook again = savedWebhook();
    QVERIFY(again.oauth->tokenEndpointUrl.contains("api_key=0123456789ab"_L1));
    QVERIFY(m_secrets->m_values.values().contains(u"another-one"_s));
    QVERIFY(!m_secrets->m_values.values().contains(u"0123456789cd"_s));
}

void TestEditorSecrets::saysWhatSaveCannotMove()
{
    auto *body = named<CodeEditor>(u"Body Template"_s);
    body->setText(uR"({"token": 123456789012})"_s);
    QPushButton *keep = nullptr;
    QTRY_VERIFY((keep = named<QPushButton>(u"Keep token as text"_s)));
    QTRY_VERIFY(body->problemTextAt(int(body->text().indexOf(u"1234"_s))).contains("because it is a number"_L1));
    keep->click();
    QTRY_VERIFY(named<QPushButton>(u"Warn about token"_s));
    QTRY_VERIFY(!body->problemTextAt(int(body->text().indexOf(u"1234"_s))).contains("because"_L1));
    const Webhook webhook = savedWebhook();
    QCOMPARE(m_engine->keptAsText(webhook.id), QSet<QString>{u"body/token"_s});
}

QTEST_MAIN(TestEditorSecrets)
#include "tst_editorsecrets.moc"
