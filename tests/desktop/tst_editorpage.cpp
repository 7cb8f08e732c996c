// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "actionregistry.h"
#include "codeeditor.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "engine.h"
#include "invocationpanel.h"
#include "messagebar.h"
#include "receiver.h"
#include "secrettext.h"
#include "targetpreset.h"
#include "testrun.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestEditorPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installAccessibility(); }
    void init();
    void cleanup();

    void everyControlHasItsName_data();
    void everyControlHasItsName();
    void savesWhatWasTyped();
    void opensMoreOfOAuthWhereItIsSetOrWrong();
    void focusesTheFirstProblem();
    void everyPresetIsFinishedInTheForm_data();
    void everyPresetIsFinishedInTheForm();
    void opensAtAField();
    void countsTheFieldsThatAreStillWrong();
    void escCancelsTheTestBeforeItLeaves();
    void focusWaitsWhereTheTestIsCancelled();
    void focusStaysWhereAPersonHasMovedIt();
    void showsADuplicateNameBesideTheName();
    void keepsWhatWasTypedWhenTheKeychainRefuses();
    void asksBeforeChangesAreLost();
    void tellsThatGetSendsNoBody();
    void testsTheUnsavedForm();
    void keepsTheTestOfAWebhookThatIsSavedLater();
    void doesNotTestWithoutATarget();
    void lateResultsSayWhatTheyAreFor();
    void dimsWhatCountsNoLonger();

private:
    void addFor(QTcpServer &silent);
    template <typename Widget>
    Widget *named(const QString &name) const;
    QAction *preset(const QString &name) const;
    Webhook savedWebhook();
    void fill(const QString &name);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    MemoryStore *m_secrets = nullptr;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<EditorPage> m_page;
};

void TestEditorPage::init()
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
}

void TestEditorPage::cleanup()
{
    m_page.reset();
    m_engine.reset();
    m_folder.reset();
}

template <typename Widget>
Widget *TestEditorPage::named(const QString &name) const
{
    for (Widget *widget : m_page->findChildren<Widget *>()) {
        if (widget->accessibleName() == name) {
            return widget;
        }
    }
    return nullptr;
}

void TestEditorPage::fill(const QString &name)
{
    named<QLineEdit>(u"Integration Webhook Name"_s)->setText(name);
    named<QLineEdit>(u"URL"_s)->setText(u"https://example.com/hook"_s);
    named<CodeEditor>(u"Body Template"_s)->setText(uR"({"name": "{{data.name}}"})"_s);
    named<QLineEdit>(u"Key"_s)->setText(u"X-Api-Key"_s);
    named<QLineEdit>(u"Value"_s)->setText(u"s3cret-value"_s);
}

void TestEditorPage::everyControlHasItsName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QAccessible::Role>("role");
    const auto row = [](const char *name, QAccessible::Role role) {
        QTest::newRow(name) << QString::fromLatin1(name) << role;
    };
    row("Integration Webhook Name", QAccessible::EditableText);
    row("Status", QAccessible::CheckBox);
    row("Type", QAccessible::ComboBox);
    row("Method", QAccessible::ComboBox);
    row("URL", QAccessible::EditableText);
    row("Body Template", QAccessible::EditableText);
    row("View event's payload schema", QAccessible::Button);
    row("Authentication Type", QAccessible::ComboBox);
    row("Bearer Token", QAccessible::EditableText);
    row("Client ID", QAccessible::EditableText);
    row("Client Secret", QAccessible::EditableText);
    row("Token Endpoint URL", QAccessible::EditableText);
    row("Scopes", QAccessible::EditableText);
    row("More OAuth settings", QAccessible::Button);
    row("Client authentication", QAccessible::ComboBox);
    row("Parameter key", QAccessible::EditableText);
    row("Parameter value", QAccessible::EditableText);
    row("Key", QAccessible::EditableText);
    row("Value", QAccessible::EditableText);
    row("Filters", QAccessible::Grouping);
    row("Integration", QAccessible::ComboBox);
    row("Timeout in seconds", QAccessible::EditableText);
    row("+ Add", QAccessible::Button);
    row("Delivery", QAccessible::Button);
    row("Retries", QAccessible::EditableText);
    row("Concurrency", QAccessible::EditableText);
    row("Rate", QAccessible::EditableText);
    row("Only the newest status", QAccessible::CheckBox);
    row("Settle time", QAccessible::EditableText);
    row("Maximum age", QAccessible::EditableText);
    row("Advanced", QAccessible::Button);
    row("CA certificates", QAccessible::EditableText);
    row("Client certificate", QAccessible::EditableText);
    row("Client key", QAccessible::EditableText);
    row("Signing secret", QAccessible::EditableText);
    row("Previous signing secret", QAccessible::EditableText);
    row("Test", QAccessible::Button);
    row("View Invocation Data", QAccessible::Button);
    row("Cancel", QAccessible::Button);
    row("Save Webhook", QAccessible::Button);
}

void TestEditorPage::everyControlHasItsName()
{
    QFETCH(QString, name);
    QFETCH(QAccessible::Role, role);
    bool found = false;
    for (QWidget *widget : m_page->findChildren<QWidget *>()) {
        auto *interface = QAccessible::queryAccessibleInterface(widget);
        found = found || (interface && interface->text(QAccessible::Name) == name && interface->role() == role);
    }
    QVERIFY(found);
}

void TestEditorPage::savesWhatWasTyped()
{
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    QSignalSpy closed(m_page.get(), &EditorPage::closed);
    fill(u"mine"_s);
    m_page->save();
    QVERIFY(saved.wait());
    QCOMPARE(closed.size(), 1);
    QVERIFY(m_page->mayLeave());
    std::optional<StoredWebhook> stored;
    m_engine->store().webhook(saved.constFirst().constFirst().toString(), this,
                              [&stored](const Result<std::optional<StoredWebhook>> &found) { stored = *found; });
    QTRY_VERIFY(stored);
    QCOMPARE(stored->webhook.name, u"mine"_s);
    QVERIFY(stored->webhook.headers.constFirst().value.startsWith(u"${secret:"_s));
    QCOMPARE(m_secrets->m_values.values(), QStringList{u"s3cret-value"_s});
}

QAction *TestEditorPage::preset(const QString &name) const
{
    for (QAction *action : m_page->findChild<QMenu *>()->actions()) {
        if (action->text() == name) {
            return action;
        }
    }
    return nullptr;
}

Webhook TestEditorPage::savedWebhook()
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

void TestEditorPage::everyPresetIsFinishedInTheForm_data()
{
    QTest::addColumn<QString>("presetName");
    for (const TargetPreset &preset : targetPresets()) {
        QTest::newRow(qPrintable(preset.id)) << preset.name;
    }
}

void TestEditorPage::everyPresetIsFinishedInTheForm()
{
    QFETCH(const QString, presetName);
    preset(presetName)->trigger();
    Webhook given;
    for (const TargetPreset &known : targetPresets()) {
        given = known.name == presetName ? known.webhook : given;
    }
    QStringList asked;
    QStringList typed;
    for (QLineEdit *line : m_page->findChildren<QLineEdit *>()) {
        if (line->isVisibleTo(m_page.get()) && line->accessibleName().startsWith("Secret "_L1)) {
            QVERIFY(line->text().isEmpty());
            asked.append(line->accessibleName());
            typed.append(u"short-%1"_s.arg(typed.size()));
            QTest::keyClicks(line, typed.constLast());
        }
    }
    QCOMPARE(typed.size(), (secretKeys(given.url) + secretKeys(given.bodyTemplate)).size());
    const Webhook webhook = savedWebhook();
    QCOMPARE(webhook.filters, given.filters);
    QVERIFY2(!webhook.id.isEmpty(),
             qPrintable(m_page->findChild<QLabel *>(u"messageLabel"_s)
                            ? m_page->findChild<QLabel *>(u"messageLabel"_s)->text()
                            : QString()));
    for (const QString &secret : std::as_const(typed)) {
        QVERIFY(m_secrets->m_values.values().contains(secret));
        QVERIFY(!webhook.url.contains(secret) && !webhook.bodyTemplate.contains(secret));
    }
    for (auto key = m_secrets->m_values.keyBegin(); key != m_secrets->m_values.keyEnd(); ++key) {
        QVERIFY2(key->startsWith(webhook.id), qPrintable(*key));
    }

    // open again, it is there, and another takes its place
    if (!typed.isEmpty()) {
        m_page->editWebhook(webhook.id);
        QLineEdit *line = nullptr;
        QTRY_VERIFY((line = named<QLineEdit>(asked.constFirst())) && line->isEnabled()
                    && line->isVisibleTo(m_page.get()) && !line->placeholderText().isEmpty());
        QTest::keyClicks(line, u"another-one"_s);
        QVERIFY(!savedWebhook().id.isEmpty());
        QVERIFY(m_secrets->m_values.values().contains(u"another-one"_s));
        QVERIFY(!m_secrets->m_values.values().contains(typed.constFirst()));
    }
}

void TestEditorPage::opensAtAField()
{
    EditorPage page(*m_engine, m_actions);
    page.addWebhook();
    page.mend({.field = u"type.http_request.url"_s}); // before the page is there, as when a panel's button opens it
    page.show();
    page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QTRY_VERIFY(page.findChild<QWidget *>(u"urlLineEdit"_s)->hasFocus());
    page.mend({});
    QTRY_VERIFY(page.findChild<QWidget *>(u"nameLineEdit"_s)->hasFocus());
}

void TestEditorPage::opensMoreOfOAuthWhereItIsSetOrWrong()
{
    Webhook webhook;
    webhook.name = u"mine"_s;
    webhook.url = u"https://example.com/hook"_s;
    webhook.bodyTemplate = u"{}"_s;
    webhook.oauth = OAuthClientCredentials{.clientId = u"me"_s,
                                           .clientSecret = u"the s3cret"_s,
                                           .tokenEndpointUrl = u"https://example.com/token"_s,
                                           .scopes = {}};
    m_page->addWebhook(webhook);
    auto *how = named<QComboBox>(u"Client authentication"_s);
    auto *key = named<QLineEdit>(u"Parameter key"_s);
    QVERIFY(!how->isVisible());
    QCOMPARE(how->currentData().toInt(), int(ClientAuthentication::Automatic));
    key->setText(u"scope"_s);
    m_page->save();
    QTRY_VERIFY(key->hasFocus()); // and its section has been opened
    QVERIFY(how->isVisible());
    key->setText(u"audience"_s);
    named<QLineEdit>(u"Parameter value"_s)->setText(u"https://a.example/"_s);
    how->setCurrentIndex(how->findData(int(ClientAuthentication::BasicRaw)));
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    m_page->save();
    QVERIFY(saved.wait());
    std::optional<StoredWebhook> stored;
    m_engine->store().webhook(saved.constFirst().constFirst().toString(), this,
                              [&stored](const Result<std::optional<StoredWebhook>> &found) { stored = *found; });
    QTRY_VERIFY(stored);
    const QList<TokenParameter> expected{{.name = u"audience"_s, .value = u"https://a.example/"_s}};
    QVERIFY(stored->webhook.oauth->parameters == expected);
    QVERIFY(stored->webhook.oauth->clientAuthentication == ClientAuthentication::BasicRaw);

    EditorPage another(*m_engine, m_actions);
    another.addWebhook(stored->webhook);
    another.show();
    QVERIFY(another.findChild<QComboBox *>(u"clientAuthenticationComboBox"_s)->isVisible());
}

void TestEditorPage::focusesTheFirstProblem()
{
    fill({});
    named<QLineEdit>(u"Timeout in seconds"_s)->setText(u"abc"_s);
    named<QLineEdit>(u"Concurrency"_s)->setText(u"0"_s);
    QVERIFY(!named<QLineEdit>(u"Concurrency"_s)->isVisible());
    m_page->save();
    auto *name = named<QLineEdit>(u"Integration Webhook Name"_s);
    QTRY_VERIFY(name->hasFocus());
    QVERIFY(!name->accessibleDescription().isEmpty());
    QVERIFY(!named<QLineEdit>(u"Timeout in seconds"_s)->accessibleDescription().isEmpty());
    name->setText(u"mine"_s);
    named<QLineEdit>(u"Timeout in seconds"_s)->setText(u"30"_s);
    m_page->save();
    QTRY_VERIFY(named<QLineEdit>(u"Concurrency"_s)->hasFocus()); // its section has been opened
}

void TestEditorPage::countsTheFieldsThatAreStillWrong()
{
    fill({});
    named<QLineEdit>(u"Timeout in seconds"_s)->setText(u"abc"_s);
    m_page->save();
    auto *bar = m_page->findChild<MessageBar *>();
    const auto *text = bar->findChild<QLabel *>(u"textLabel"_s);
    QTRY_COMPARE(text->text(), u"The webhook is not saved: 2 field(s) need a change."_s);
    named<QLineEdit>(u"Timeout in seconds"_s)->setText(u"30"_s);
    QTRY_COMPARE(text->text(), u"The webhook is not saved: 1 field(s) need a change."_s);
    QVERIFY(bar->isShowing());
    named<QLineEdit>(u"Integration Webhook Name"_s)->setText(u"mine"_s);
    QTRY_VERIFY(!bar->isShowing());
}

void TestEditorPage::escCancelsTheTestBeforeItLeaves()
{
    QTcpServer silent;
    addFor(silent);
    m_page->test();
    QVERIFY(m_page->findChild<QPushButton *>(u"stopButton"_s)->isVisible());
    QSignalSpy closed(m_page.get(), &EditorPage::closed);
    m_page->stepBack();
    auto *result = m_page->findChild<QLabel *>(u"resultLabel"_s);
    QTRY_VERIFY_WITH_TIMEOUT(result->text().startsWith(u"Test failed"_s), 60'000);
    QCOMPARE(closed.size(), 0);
}

/// A webhook whose target takes a connection and says nothing.
void TestEditorPage::addFor(QTcpServer &silent)
{
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    Webhook webhook;
    webhook.url = u"https://127.0.0.1:%1/"_s.arg(silent.serverPort());
    webhook.bodyTemplate = u"{}"_s;
    m_page->addWebhook(webhook);
}

void TestEditorPage::focusWaitsWhereTheTestIsCancelled()
{
    QTcpServer silent;
    addFor(silent);
    auto *test = m_page->findChild<QPushButton *>(u"testButton"_s);
    auto *stop = m_page->findChild<QPushButton *>(u"stopButton"_s);
    test->setFocus();
    QTest::keyClick(test, Qt::Key_Space);
    QTRY_VERIFY(stop->isVisible());
    QVERIFY(stop->hasFocus());
    QTest::keyClick(stop, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(!stop->isVisible(), 60'000);
    QVERIFY(test->hasFocus());

    // started from elsewhere
    auto *name = named<QLineEdit>(u"Integration Webhook Name"_s);
    name->setFocus();
    m_page->test();
    QTRY_VERIFY(stop->isVisible());
    QVERIFY(name->hasFocus());
    stop->setFocus();
    QTest::keyClick(stop, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(!stop->isVisible(), 60'000);
    QVERIFY(test->hasFocus());
}

void TestEditorPage::focusStaysWhereAPersonHasMovedIt()
{
    QTcpServer silent;
    addFor(silent);
    auto *test = m_page->findChild<QPushButton *>(u"testButton"_s);
    auto *stop = m_page->findChild<QPushButton *>(u"stopButton"_s);
    test->setFocus();
    QTest::keyClick(test, Qt::Key_Space);
    QTRY_VERIFY(stop->hasFocus());
    auto *name = named<QLineEdit>(u"Integration Webhook Name"_s);
    name->setFocus();
    m_page->stepBack();
    QTRY_VERIFY_WITH_TIMEOUT(!stop->isVisible(), 60'000);
    QVERIFY(name->hasFocus());
}

void TestEditorPage::showsADuplicateNameBesideTheName()
{
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    fill(u"mine"_s);
    m_page->save();
    QVERIFY(saved.wait());
    m_page->addWebhook();
    fill(u"MINE"_s);
    m_page->save();
    auto *name = named<QLineEdit>(u"Integration Webhook Name"_s);
    QTRY_VERIFY(!name->accessibleDescription().isEmpty());
    QTRY_VERIFY(name->hasFocus());
    QCOMPARE(named<QLineEdit>(u"URL"_s)->text(), u"https://example.com/hook"_s);
    QCOMPARE(saved.size(), 1);
}

void TestEditorPage::keepsWhatWasTypedWhenTheKeychainRefuses()
{
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    m_secrets->m_locked = true;
    fill(u"mine"_s);
    m_page->save();
    const auto says = [this](const QString &words) {
        for (const QLabel *label : m_page->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(words)) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(says(u"Locked"_s) || says(u"locked"_s));
    QCOMPARE(named<QLineEdit>(u"Value"_s)->text(), u"s3cret-value"_s);
    QCOMPARE(saved.size(), 0);
}

void TestEditorPage::asksBeforeChangesAreLost()
{
    QVERIFY(m_page->mayLeave());
    fill(u"mine"_s);
    const auto answer = [](QMessageBox::StandardButton button) {
        QTimer::singleShot(0, qApp, [button] {
            auto *question = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            QVERIFY(question);
            question->button(button)->click();
        });
    };
    answer(QMessageBox::Cancel);
    QVERIFY(!m_page->mayLeave());
    QSignalSpy closed(m_page.get(), &EditorPage::closed);
    answer(QMessageBox::Save);
    QVERIFY(!m_page->mayLeave());
    QVERIFY(closed.wait());
    m_page->addWebhook();
    fill(u"other"_s);
    answer(QMessageBox::Discard);
    QVERIFY(m_page->mayLeave());
    QCOMPARE(m_secrets->m_values.size(), 1);
}

void TestEditorPage::tellsThatGetSendsNoBody()
{
    auto *hint = m_page->findChild<QLabel *>(u"bodyHint"_s);
    QVERIFY(hint->isHidden());
    auto *method = QAccessible::queryAccessibleInterface(m_page->findChild<QWidget *>(u"methodComboBox"_s));
    method->setText(QAccessible::Value, u"GET"_s);
    QVERIFY(!hint->isHidden());
}

void TestEditorPage::testsTheUnsavedForm()
{
    Receiver receiver;
    QVERIFY(receiver.listen().isOk());
    Webhook webhook;
    webhook.url = receiver.url().toString();
    webhook.bodyTemplate = uR"({"name": "{{data.name}}"})"_s;
    webhook.caCertificates = QString::fromUtf8(receiver.certificateAuthority());
    m_page->addWebhook(webhook);
    QSignalSpy received(&receiver, &Receiver::received);
    m_page->test();
    auto *result = m_page->findChild<QLabel *>(u"resultLabel"_s);
    QTRY_COMPARE_WITH_TIMEOUT(result->text(), u"Test successful"_s, 30000);
    QCOMPARE(received.size(), 1);
    named<QLineEdit>(u"URL"_s)->setText(u"https://localhost:1/"_s);
    QCOMPARE(result->text(), u"Before the last change: Test successful"_s);
    m_page->test();
    QTRY_VERIFY_WITH_TIMEOUT(result->text().startsWith(u"Test failed: "_s), 30000);
    QVERIFY(m_page->findChild<QPushButton *>(u"invocationButton"_s)->isEnabled());
}

void TestEditorPage::keepsTheTestOfAWebhookThatIsSavedLater()
{
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    Webhook webhook;
    webhook.name = u"tested first"_s;
    webhook.url = u"https://localhost:1/"_s;
    webhook.bodyTemplate = u"{}"_s;
    m_page->addWebhook(webhook);
    m_page->test();
    auto *result = m_page->findChild<QLabel *>(u"resultLabel"_s);
    QTRY_VERIFY_WITH_TIMEOUT(result->text().startsWith(u"Test failed: "_s), 60'000);
    m_page->save();
    QVERIFY(saved.wait());
    QList<Invocation> kept;
    m_engine->store().invocations(saved.constFirst().constFirst().toString(), this,
                                  [&kept](const Result<QList<Invocation>> &found) { kept = *found; });
    QTRY_COMPARE(kept.size(), 1);
    QVERIFY(kept.constFirst().error->kind == ErrorKind::Refused);
}

void TestEditorPage::doesNotTestWithoutATarget()
{
    m_page->test();
    auto *result = m_page->findChild<QLabel *>(u"resultLabel"_s);
    QVERIFY(result->text().startsWith(u"Test failed: "_s));
    QTRY_VERIFY(named<QLineEdit>(u"URL"_s)->hasFocus());
    m_page->showInvocationData(); // nothing of an earlier test stands there
    const auto *words = m_page->findChild<InvocationPanel *>()->findChild<QLabel *>(u"emptyLabel"_s);
    QVERIFY(words->isVisible());
    QVERIFY2(words->text().startsWith(u"Nothing was sent: "_s), qPrintable(words->text()));
}

void TestEditorPage::dimsWhatCountsNoLonger()
{
    m_page->showInvocationData();
    auto *panel = m_page->findChild<InvocationPanel *>();
    const auto *veil = panel->findChild<QWidget *>(u"veil"_s);
    panel->setInvocation({});
    QVERIFY(!veil->isVisible());
    panel->setOutdated(true);
    QVERIFY(veil->isVisible());
    QCOMPARE(veil->size(), panel->size());
    panel->setInvocation({}); // the next one is there
    QVERIFY(!veil->isVisible());
}

void TestEditorPage::lateResultsSayWhatTheyAreFor()
{
    TestRun run;
    QSignalSpy finished(&run, &TestRun::finished);
    auto *first = new HeldJob;
    run.start(first, 1);
    QVERIFY(run.isRunning());
    Q_EMIT first->phaseChanged(InvocationJob::Phase::Connect);
    QCOMPARE(run.phaseText(), u"Connecting…"_s);
    Q_EMIT first->waitingForKeychain();
    QCOMPARE(run.phaseText(), u"Waiting for the keychain…"_s);

    auto *second = new HeldJob;
    run.start(second, 2);
    QCOMPARE(finished.size(), 0); // the first was given up, its end does not count
    run.setRevision(3);
    second->end(Verdict::Successful);
    QCOMPARE(finished.size(), 1);
    QVERIFY(run.isOutdated());
    QCOMPARE(run.resultText(), u"Before the last change: Test successful"_s);

    auto *third = new HeldJob;
    run.start(third, 3);
    run.cancel();
    QVERIFY(!run.isRunning());
    QCOMPARE(run.resultText(), u"Test failed: Cancelled."_s);
}

QTEST_MAIN(TestEditorPage)
#include "tst_editorpage.moc"
