// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "actionregistry.h"
#include "backgrounddelivery.h"
#include "codeeditor.h"
#include "deliveriespage.h"
#include "editorpage.h"
#include "gotodialog.h"
#include "keychainstatus.h"
#include "localreceiver.h"
#include "mainwindow.h"
#include "memorysecrets.h"
#include "messagebar.h"
#include "navigation.h"
#include "navigationbutton.h"
#include "preferences.h"
#include "settingsdialog.h"
#include "webhookcommands.h"
#include "webhookspage.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void emptyPageOffersItsFirstActions();
    void tryingStartsTheReceiver();
    void editorOpensByEveryWay();
    void deletingCanBeUndone();
    void savingOnTheWayGoesOn_data();
    void savingOnTheWayGoesOn();
    void whatIsNotSavedKeepsTheWindow();
    void anEditorTakesAwayTheMessageOfThePageBefore();
    void lapsedDeletionTakesTheSecrets();
    void searchNarrowsAndEscapes();
    void renamesInPlace();
    void activatesAndDuplicates();
    void exportsAndImports();
    void badImportSaysWhy_data();
    void badImportSaysWhy();
    void keysAreAsTheyAreTold();
    void goesToAnything_data();
    void goesToAnything();
    void navigationCollapses();
    void pagesAreTabsToAScreenReader();
    void columnsGiveWayAndComeBack();
    void placeIsRemembered();

private:
    template <typename T>
    T *child(const QString &name)
    {
        return m_window->findChild<T *>(name);
    }
    /// In the editor.
    template <typename T>
    T *named(const QString &accessibleName)
    {
        const auto widgets = m_window->findChild<EditorPage *>()->findChildren<T *>();
        const auto found = std::find_if(widgets.begin(), widgets.end(), [&accessibleName](const T *widget) {
            return widget->accessibleName() == accessibleName;
        });
        return found == widgets.end() ? nullptr : *found;
    }
    QTableView *table() { return child<QTableView>(u"webhooksTableView"_s); }
    MessageBar *messageBar() { return child<MessageBar>(u"messageBar"_s); }
    QString message()
    {
        return messageBar()->isShowing() ? messageBar()->findChild<QLabel *>(u"textLabel"_s)->text() : QString();
    }
    QList<NavigationButton *> pageButtons()
    {
        auto buttons = child<Navigation>(u"navigation"_s)->findChildren<NavigationButton *>();
        buttons.removeIf([](const NavigationButton *button) { return !button->isCheckable(); }); // Settings
        return buttons;
    }
    QAction &action(Command command) { return (*m_window->findChild<ActionRegistry *>())[command]; }
    QStringList shown();
    void add(const QString &name, const QList<Header> &headers = {});
    void makeWindow();
    void beginWebhook(const QString &name, const QString &url);

    std::unique_ptr<QTemporaryDir> m_profile;
    std::shared_ptr<MemorySecrets::Values> m_secrets;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<WebhookCommands> m_commands;
    std::unique_ptr<LocalReceiver> m_receiver;
    std::unique_ptr<KeychainStatus> m_keychain;
    std::unique_ptr<BackgroundDelivery> m_delivery;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::initTestCase()
{
    installAccessibility();
}

void TestMainWindow::init()
{
    m_profile = std::make_unique<QTemporaryDir>();
    m_secrets = std::make_shared<MemorySecrets::Values>();
    m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_profile->path(), .credentialsFolder = {}},
                                        std::make_unique<MemorySecrets>(m_secrets));
    bool opened = false;
    m_engine->open(this, [&](const Result<void> &result) { opened = result.isOk(); });
    QTRY_VERIFY(opened);
    m_commands = std::make_unique<WebhookCommands>(*m_engine);
    m_preferences = std::make_unique<Preferences>(m_profile->path());
    m_receiver = std::make_unique<LocalReceiver>(m_engine->profile(), *m_preferences);
    m_keychain = std::make_unique<KeychainStatus>(*m_engine);
    m_delivery = std::make_unique<BackgroundDelivery>(*m_engine);
    makeWindow();
}

void TestMainWindow::makeWindow()
{
    m_window =
        std::make_unique<MainWindow>(*m_engine, *m_commands, *m_receiver, *m_keychain, *m_delivery, *m_preferences);
    m_window->resize(1300, 800);
    m_window->show();
    m_window->load();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_preferences.reset();
    m_delivery.reset();
    m_keychain.reset();
    m_receiver.reset();
    m_commands.reset();
    m_engine.reset();
    m_profile.reset();
}

QStringList TestMainWindow::shown()
{
    QStringList names;
    for (int row = 0; row < table()->model()->rowCount(); ++row) {
        names.append(table()->model()->index(row, 1).data().toString());
    }
    return names;
}

void TestMainWindow::add(const QString &name, const QList<Header> &headers)
{
    Webhook webhook;
    webhook.name = name;
    webhook.url = u"https://%1.example/hook"_s.arg(name);
    webhook.bodyTemplate = u"{}"_s;
    webhook.headers = headers;
    QSignalSpy finished(m_engine->save({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}}),
                        &EngineJob::finished);
    QTRY_COMPARE(finished.size(), 1);
    QTRY_VERIFY(shown().contains(name));
}

void TestMainWindow::emptyPageOffersItsFirstActions()
{
    QTRY_VERIFY(m_window->findChild<WebhooksPage *>()->findChild<QWidget *>(u"emptyWidget"_s)->isVisible());
    QStringList offered;
    for (const auto *button :
         m_window->findChild<WebhooksPage *>()->findChild<QWidget *>(u"emptyWidget"_s)->findChildren<QPushButton *>()) {
        offered.append(button->text());
    }
    QCOMPARE(offered, (QStringList{u"Add Webhook"_s, u"Try it with a local receiver"_s}));
    QVERIFY(!m_window->findChild<WebhooksPage *>()->findChild<QPushButton *>(u"addPushButton"_s)->isVisible());
    add(u"first"_s);
    QVERIFY(table()->isVisible());
    QVERIFY(m_window->findChild<WebhooksPage *>()->findChild<QPushButton *>(u"addPushButton"_s)->isVisible());
}

void TestMainWindow::tryingStartsTheReceiver()
{
    QTRY_VERIFY(m_window->findChild<WebhooksPage *>()->findChild<QWidget *>(u"emptyWidget"_s)->isVisible());
    m_window->findChild<WebhooksPage *>()
        ->findChild<QWidget *>(u"emptyWidget"_s)
        ->findChildren<QPushButton *>()
        .last()
        ->click();
    QVERIFY(m_receiver->isRunning());
    auto *editor = m_window->findChild<EditorPage *>();
    QVERIFY(editor && editor->isVisible());
    const auto lineEdits = editor->findChildren<QLineEdit *>();
    QVERIFY(std::any_of(lineEdits.begin(), lineEdits.end(),
                        [this](const QLineEdit *edit) { return edit->text() == m_receiver->url(); }));
}

void TestMainWindow::editorOpensByEveryWay()
{
    add(u"alpha"_s);
    const auto isEditing = [this] {
        const auto *editor = m_window->findChild<EditorPage *>();
        return editor && editor->isVisible();
    };
    const auto leave = [&] {
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QTRY_VERIFY(!isEditing());
    };
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(isEditing());
    leave();
    table()->selectRow(0);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_VERIFY(isEditing());
    QTRY_VERIFY(m_window->windowTitle().contains(u"alpha"_s));
    QVERIFY(!m_window->isWindowModified()); // it is as it is stored
    leave();
    QCOMPARE(m_window->windowTitle(), u"Webhooks — Tocsin"_s);
    QVERIFY(!m_window->isWindowModified());
}

void TestMainWindow::deletingCanBeUndone()
{
    add(u"alpha"_s, {{u"Authorization"_s, u"Bearer s3cret-token"_s}});
    add(u"beta"_s);
    QCOMPARE(m_secrets->size(), 1);
    table()->selectRow(0);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_COMPARE(shown(), QStringList{u"beta"_s});
    QTRY_COMPARE(message(), u"Deleted alpha."_s);
    QTRY_COMPARE(table()->selectionModel()->selectedRows().size(), 1); // the next one, for the next key
    QCOMPARE(m_secrets->size(), 1);
    messageBar()->findChild<QPushButton *>()->click();
    QTRY_COMPARE(shown(), (QStringList{u"alpha"_s, u"beta"_s}));
    QCOMPARE(m_secrets->size(), 1);
}

/// In the editor, not saved; the next question about that is answered with Save.
void TestMainWindow::beginWebhook(const QString &name, const QString &url)
{
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    named<QLineEdit>(u"Integration Webhook Name"_s)->setText(name);
    named<QLineEdit>(u"URL"_s)->setText(url);
    named<CodeEditor>(u"Body Template"_s)->setText(uR"({"name": "{{data.name}}"})"_s);
    QTimer::singleShot(0, qApp, [] {
        auto *question = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        QVERIFY(question);
        question->button(QMessageBox::Save)->click();
    });
}

void TestMainWindow::savingOnTheWayGoesOn_data()
{
    QTest::addColumn<QString>("way");
    for (const auto *way : {"close", "quit", "page", "other"}) {
        QTest::newRow(way) << QString::fromLatin1(way);
    }
}

void TestMainWindow::savingOnTheWayGoesOn()
{
    QFETCH(QString, way);
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    beginWebhook(u"alpha"_s, u"https://example.com/hook"_s);
    if (way == u"close"_s) {
        m_window->close();
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.constFirst().constFirst().toBool(), false);
        QVERIFY(!m_window->isVisible());
    } else if (way == u"quit"_s) {
        m_window->quit();
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.constFirst().constFirst().toBool(), true);
    } else if (way == u"page"_s) {
        pageButtons().at(2)->click();
        QTRY_VERIFY(pageButtons().at(2)->isChecked());
        QVERIFY(m_window->windowTitle().contains(u"Integrations"_s));
    } else {
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE(shown(), QStringList{u"alpha"_s});
        QTRY_VERIFY(m_window->windowTitle().contains(u"Add Webhook"_s));
    }
    QTRY_COMPARE(shown(), QStringList{u"alpha"_s});
}

void TestMainWindow::whatIsNotSavedKeepsTheWindow()
{
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    beginWebhook(u"alpha"_s, u"http://example.com/not-https"_s);
    QCOMPARE(m_window->windowTitle(), u"alpha[*] — Tocsin"_s);
    QVERIFY(m_window->isWindowModified());
    m_window->quit();
    QCoreApplication::processEvents();
    QCOMPARE(closed.size(), 0);
    QVERIFY(m_window->isVisible());
    QVERIFY(m_window->windowTitle().contains(u"alpha"_s));
    named<QLineEdit>(u"URL"_s)->setText(u"https://example.com/hook"_s);
    action(Command::SaveWebhook).trigger(); // now it is only a Save
    QTRY_COMPARE(shown(), QStringList{u"alpha"_s});
    QCOMPARE(closed.size(), 0);
    QVERIFY(m_window->isVisible());
}

void TestMainWindow::anEditorTakesAwayTheMessageOfThePageBefore()
{
    m_window->showMessage({.text = u"Test failed: refused"_s, .role = ColorRole::Error});
    QVERIFY(messageBar()->isShowing());
    m_window->addWebhook();
    QVERIFY(!messageBar()->isShowing());
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QTRY_VERIFY(!m_window->findChild<EditorPage *>());

    bool undone = false;
    m_window->showMessage({.text = u"Deleted alpha."_s, .actionText = u"Undo"_s, .action = [&undone] {
                               undone = true;
                           }});
    m_window->addWebhook();
    QVERIFY(messageBar()->isShowing());
    messageBar()->findChild<QPushButton *>()->click();
    QVERIFY(undone);
}

void TestMainWindow::lapsedDeletionTakesTheSecrets()
{
    add(u"alpha"_s, {{u"Authorization"_s, u"Bearer s3cret-token"_s}});
    table()->selectRow(0);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_COMPARE(message(), u"Deleted alpha."_s);
    messageBar()->closeMessage();
    QTRY_VERIFY(m_secrets->isEmpty());
    QTRY_VERIFY(!m_commands->isBusy());
}

void TestMainWindow::searchNarrowsAndEscapes()
{
    add(u"alpha"_s);
    add(u"beta"_s);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    auto *search = child<QLineEdit>(u"searchLineEdit"_s);
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, u"bet"_s);
    QCOMPARE(shown(), QStringList{u"beta"_s});
    QTest::keyClicks(search, u"x"_s);
    QVERIFY(child<QWidget>(u"nothingFoundWidget"_s)->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QCOMPARE(shown().size(), 2);
    QVERIFY(table()->hasFocus());
    QCOMPARE(table()->selectionModel()->selectedRows().size(), 1);
}

void TestMainWindow::renamesInPlace()
{
    add(u"alpha"_s);
    add(u"beta"_s);
    table()->selectRow(0);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_F2);
    auto *edit = table()->viewport()->findChild<QLineEdit *>();
    QVERIFY(edit);
    edit->setText(u"gamma"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(shown(), (QStringList{u"beta"_s, u"gamma"_s}));
    QVERIFY(!m_window->findChild<EditorPage *>());

    QTRY_COMPARE(message(), u"Renamed alpha to gamma."_s);

    const auto &model = m_window->findChild<WebhooksPage *>()->model();
    int row = 0;
    while (model.at(row)->webhook.name != "gamma"_L1) {
        ++row;
    }
    m_commands->rename(*model.at(row), u"BETA"_s);
    QTRY_VERIFY(message().startsWith(u"gamma keeps its name: "_s));
    StoredWebhook stale = *model.at(row); // as it was before somebody else changed it
    --stale.version;
    m_commands->rename(stale, u"delta"_s);
    QTRY_VERIFY(message().contains(u"changed elsewhere"_s));
    QCOMPARE(shown(), (QStringList{u"beta"_s, u"gamma"_s}));
}

void TestMainWindow::activatesAndDuplicates()
{
    add(u"alpha"_s);
    table()->selectRow(0);
    action(Command::ToggleActive).trigger();
    const auto status = [this] {
        return table()->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
    };
    QTRY_COMPARE(status(), u"Inactive"_s);
    QTRY_COMPARE(action(Command::ToggleActive).text(), u"Acti&vate"_s);
    action(Command::ToggleActive).trigger();
    QTRY_COMPARE(status(), u"Active"_s);
    action(Command::Duplicate).trigger();
    QTRY_COMPARE(shown(), (QStringList{u"alpha"_s, u"alpha copy"_s}));
    QTRY_COMPARE(m_window->findChild<WebhooksPage *>()->selected().value(0).name, u"alpha copy"_s);
}

void TestMainWindow::exportsAndImports()
{
    add(u"alpha"_s, {{u"Authorization"_s, u"Bearer s3cret-token"_s}});
    add(u"beta"_s);
    const auto *page = m_window->findChild<WebhooksPage *>();
    const QString path = m_profile->filePath(u"out.json"_s);
    m_commands->exportTo(path, page->all());
    QVERIFY(message().startsWith(u"Exported"_s));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains("\"alpha\"") && text.contains("\"beta\""));
    QVERIFY(!text.contains("s3cret-token"));

    m_commands->importFile(path);
    QTRY_VERIFY(message().startsWith(u"Nothing was imported from out.json"_s));
    auto *replace = messageBar()->findChild<QPushButton *>();
    QVERIFY(replace->isVisible());
    QCOMPARE(replace->text(), u"Replace"_s);
    replace->click();
    QTRY_VERIFY(message().startsWith(u"Imported"_s));
    QCOMPARE(shown(), (QStringList{u"alpha"_s, u"beta"_s}));
}

void TestMainWindow::badImportSaysWhy_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("not JSON") << QByteArray("{");
    QTest::newRow("not UTF-8") << QByteArray("\"\xff\"");
    QTest::newRow("not a webhook") << QByteArray("17");
    QTest::newRow("nothing") << QByteArray("[]");
    QTest::newRow("unknown member") << QByteArray(
        R"({"name":"a","type":{"http_request":{"url":"https://a.example"}},"body_template":"{}","colour":1})");
}

void TestMainWindow::badImportSaysWhy()
{
    QFETCH(const QByteArray, content);
    QFile file(m_profile->filePath(u"in.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    m_commands->importFile(file.fileName());
    QTRY_VERIFY(message().startsWith(u"Nothing was imported from in.json: "_s));
    QVERIFY(message().size() > 45);
    QCOMPARE(table()->model()->rowCount(), 0);
}

void TestMainWindow::keysAreAsTheyAreTold()
{
    QStringList keys;
    for (const auto *item : m_window->findChild<ActionRegistry *>()->all()) {
        keys.append(item->shortcut().toString(QKeySequence::PortableText));
    }
    for (const auto &wanted :
         {u"Ctrl+N"_s, u"Ctrl+S"_s, u"Ctrl+Return"_s, u"Ctrl+Shift+I"_s, u"Ctrl+K"_s, u"Ctrl+F"_s, u"Ctrl+1"_s,
          u"Ctrl+2"_s, u"Ctrl+3"_s, u"Ctrl+4"_s, u"F1"_s, u"F2"_s, u"Del"_s, u"Esc"_s}) {
        QVERIFY2(keys.count(wanted) == 1, qPrintable(wanted));
    }
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(m_window->windowTitle(), u"Deliveries — Tocsin"_s);
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(m_window->windowTitle(), u"Integrations — Tocsin"_s);
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(m_window->windowTitle(), u"Local Receiver — Tocsin"_s);
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(m_window->windowTitle(), u"Webhooks — Tocsin"_s);
}

void TestMainWindow::goesToAnything_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("title"); // of the window
    QTest::addColumn<QString>("focused"); // accessible name or text of what is then under the focus; empty: any
    QTest::newRow("webhook") << u"alph"_s << u"alpha[*] — Tocsin"_s << u"Integration Webhook Name"_s;
    QTest::newRow("command") << u"local rec"_s << u"Local Receiver — Tocsin"_s << QString();
    QTest::newRow("setting") << u"notify"_s << u"Webhooks — Tocsin"_s << u"&Notify when a delivery is dead"_s;
    QTest::newRow("dead") << u"dead del"_s << u"Deliveries — Tocsin"_s << QString();
    QTest::newRow("a webhook's deliveries") << u"deliveries of al"_s << u"Deliveries — Tocsin"_s << QString();
    QTest::newRow("a text in deliveries") << u"zq-17"_s << u"Deliveries — Tocsin"_s << QString();
}

void TestMainWindow::goesToAnything()
{
    QFETCH(const QString, typed);
    add(u"alpha"_s);
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    auto *dialog = m_window->findChild<GoToDialog *>();
    QVERIFY(dialog);
    dialog->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), typed);
    QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
    QFETCH(const QString, title);
    QTRY_COMPARE(m_window->windowTitle(), title);
    QFETCH(const QString, focused);
    if (!focused.isEmpty()) {
        const auto *settings = m_window->findChild<SettingsDialog *>();
        const QWidget *window = settings ? static_cast<const QWidget *>(settings) : m_window.get();
        const auto name = [window] {
            const auto *button = qobject_cast<QAbstractButton *>(window->focusWidget());
            return button ? button->text() : window->focusWidget()->accessibleName();
        };
        QTRY_VERIFY(window->focusWidget() && name() == focused);
    }
    const auto *search = m_window->findChild<DeliveriesPage *>()->findChild<QLineEdit *>(u"searchLineEdit"_s);
    QCOMPARE(search ? search->text() : QString(), typed == u"zq-17"_s ? typed : QString());
}

void TestMainWindow::navigationCollapses()
{
    auto *navigation = child<Navigation>(u"navigation"_s);
    QVERIFY(!navigation->isCollapsed());
    const int wide = navigation->width();
    m_window->resize(1099, 800);
    QTRY_VERIFY(navigation->isCollapsed());
    QTRY_VERIFY(navigation->width() < wide / 2);
    QCOMPARE(pageButtons().first()->toolTip(), u"Webhooks (Ctrl+1)"_s);
    m_window->resize(1100, 800);
    QTRY_VERIFY(!navigation->isCollapsed());
}

void TestMainWindow::pagesAreTabsToAScreenReader()
{
    add(u"alpha"_s);
    const auto buttons = pageButtons();
    QCOMPARE(buttons.size(), 4);
    auto *interface = QAccessible::queryAccessibleInterface(buttons.first());
    QCOMPARE(interface->role(), QAccessible::PageTab);
    QCOMPARE(interface->text(QAccessible::Name), u"Webhooks"_s);
    QCOMPARE(interface->text(QAccessible::Value), u"1"_s);
    QVERIFY(interface->state().selected);
    auto *receiver = QAccessible::queryAccessibleInterface(buttons.last());
    receiver->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(m_window->windowTitle(), u"Local Receiver — Tocsin"_s);
    QVERIFY(!interface->state().selected);
}

void TestMainWindow::columnsGiveWayAndComeBack()
{
    const auto hidden = [this] {
        QList<int> columns;
        for (int column = 0; column < table()->model()->columnCount(); ++column) {
            if (table()->isColumnHidden(column)) {
                columns.append(column);
            }
        }
        return columns;
    };
    add(u"alpha"_s);
    m_window->resize(2000, 800);
    QTRY_COMPARE(hidden(), QList<int>());
    m_window->resize(800, 700);
    QTRY_VERIFY(child<Navigation>(u"navigation"_s)->isCollapsed());
    QCoreApplication::processEvents(); // the layout that follows
    const auto narrow = hidden();
    QVERIFY(narrow.size() > 1);
    m_window->resize(790, 700);
    m_window->resize(780, 700);
    m_window->resize(800, 700);
    QTRY_COMPARE(hidden(), narrow);
    QVERIFY(!table()->horizontalScrollBar()->isVisible());
    m_window->resize(2000, 800);
    QTRY_COMPARE(hidden(), QList<int>());
}

void TestMainWindow::placeIsRemembered()
{
    m_window->resize(790, 580);
    const QSize remembered = m_window->size();
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    m_window->close();
    QCOMPARE(closed.size(), 1);
    m_window.reset();
    m_receiver.reset();
    m_preferences = std::make_unique<Preferences>(m_profile->path());
    m_receiver = std::make_unique<LocalReceiver>(m_engine->profile(), *m_preferences);
    m_window =
        std::make_unique<MainWindow>(*m_engine, *m_commands, *m_receiver, *m_keychain, *m_delivery, *m_preferences);
    QCOMPARE(m_window->size(), remembered);
    QVERIFY(QFile::exists(m_profile->filePath(u"window.ini"_s)));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
