// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "actionregistry.h"
#include "comparedialog.h"
#include "conflictbar.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "messagebar.h"

#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace Tocsin;

/// The form while somebody else changes the same webhook, through a store of their own on the same profile.
class TestEditorConflict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installAccessibility(); }
    void init();
    void cleanup();

    void showsWhatChangedWhereNothingWasTyped();
    void asksWhereSomethingWasTyped();
    void keepsMine();
    void asksOnceAboutOneChange();
    void keepsMineAgainstWhatWasCompared();
    void reloadsAndBringsBack();
    void comparesWithoutSecrets();
    void refusesWhatItHasNotSeenYet();
    void saysThatItWasDeleted();
    void leadsToTheFieldToMend();

private:
    template <typename Widget>
    Widget *child(const QString &name) const
    {
        return m_page->findChild<Widget *>(name);
    }
    QLineEdit *nameEdit() const { return child<QLineEdit>(u"nameLineEdit"_s); }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : bar()->findChildren<QPushButton *>()) {
            if (one->text().remove(u'&') == text) {
                return one;
            }
        }
        return nullptr;
    }
    ConflictBar *bar() const { return m_page->findChild<ConflictBar *>(); }
    std::optional<StoredWebhook> stored() const;
    void changeElsewhere(const std::function<void(Webhook &)> &change);
    void open(const Webhook &webhook);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Store> m_elsewhere;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<EditorPage> m_page;
    QString m_id;
};

void TestEditorConflict::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<Engine>(
        EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}, .prompt = SecretStore::Prompt::Never},
        std::make_unique<MemoryStore>());
    bool opened = false;
    m_engine->open(this, [&opened](const Result<void> &result) { opened = result.isOk(); });
    QTRY_VERIFY(opened);
    m_elsewhere = std::make_unique<Store>(m_folder->path());
    bool isThere = false;
    m_elsewhere->open(this, [&isThere](const Result<void> &result) { isThere = result.isOk(); });
    QTRY_VERIFY(isThere);
    Webhook webhook;
    webhook.name = u"mine"_s;
    webhook.url = u"https://example.com/hook"_s;
    webhook.bodyTemplate = u"{}"_s;
    open(webhook);
}

void TestEditorConflict::cleanup()
{
    m_page.reset();
    m_elsewhere.reset();
    m_engine.reset();
    m_folder.reset();
}

void TestEditorConflict::open(const Webhook &webhook)
{
    auto *job = m_engine->save({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}});
    m_id.clear();
    connect(job, &EngineJob::finished, this, [this](const Result<Webhook> &result) { m_id = result->id; });
    QTRY_VERIFY(!m_id.isEmpty());
    m_page = std::make_unique<EditorPage>(*m_engine, m_actions);
    m_page->resize(1000, 700);
    m_page->editWebhook(m_id);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTRY_COMPARE(nameEdit()->text(), webhook.name);
}

std::optional<StoredWebhook> TestEditorConflict::stored() const
{
    std::optional<std::optional<StoredWebhook>> answer;
    m_elsewhere->webhook(m_id, m_elsewhere.get(),
                         [&answer](const Result<std::optional<StoredWebhook>> &found) { answer = *found; });
    return QTest::qWaitFor([&answer] { return answer.has_value(); }) ? *answer : std::nullopt;
}

void TestEditorConflict::changeElsewhere(const std::function<void(Webhook &)> &change)
{
    Webhook webhook = stored()->webhook;
    change(webhook);
    bool isDone = false;
    m_elsewhere->saveWebhook(webhook, this, [&isDone](const Result<Webhook> &saved) { isDone = saved.isOk(); });
    QTRY_VERIFY(isDone);
}

void TestEditorConflict::showsWhatChangedWhereNothingWasTyped()
{
    changeElsewhere([](Webhook &webhook) { webhook.name = u"theirs"_s; });
    QTRY_COMPARE(nameEdit()->text(), u"theirs"_s);
    QVERIFY(bar()->isHidden());
    QVERIFY(child<MessageBar>(u"messageBar"_s)->isShowing());
    QVERIFY(m_page->mayLeave());
}

void TestEditorConflict::asksWhereSomethingWasTyped()
{
    nameEdit()->setText(u"typed here"_s);
    changeElsewhere([](Webhook &webhook) { webhook.active = false; });
    QTRY_VERIFY(bar()->isVisible());
    QCOMPARE(nameEdit()->text(), u"typed here"_s);

    // not saved before it is decided, and the keyboard is where it can be
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    m_page->save();
    QTRY_VERIFY(button(u"Compare"_s)->hasFocus());
    QCOMPARE(saved.size(), 0);
    QCOMPARE(stored()->webhook.name, u"mine"_s);

    // and back to where it was: nothing to decide any more
    changeElsewhere([](Webhook &webhook) { webhook.active = true; });
    QTRY_VERIFY(bar()->isHidden());
    m_page->save();
    QVERIFY(saved.wait());
    QCOMPARE(stored()->webhook.name, u"typed here"_s);
}

void TestEditorConflict::keepsMine()
{
    nameEdit()->setText(u"typed here"_s);
    changeElsewhere([](Webhook &webhook) { webhook.name = u"theirs"_s; });
    QTRY_VERIFY(bar()->isVisible());
    button(u"Keep Mine"_s)->click();
    QVERIFY(bar()->isHidden());
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    m_page->save();
    QVERIFY(saved.wait());
    QCOMPARE(stored()->webhook.name, u"typed here"_s);
}

/// A delivery of it, or a change of another webhook, has the stored one looked at again.
void TestEditorConflict::asksOnceAboutOneChange()
{
    nameEdit()->setText(u"mine edited"_s);
    changeElsewhere([](Webhook &webhook) { webhook.name = u"theirs"_s; });
    QTRY_VERIFY(bar()->isVisible());
    button(u"Keep Mine"_s)->click();
    QVERIFY(bar()->isHidden());
    QSignalSpy looked(&m_engine->store(), &Store::changed);
    Webhook another;
    another.name = u"another"_s;
    another.url = u"https://example.com/hook"_s;
    another.bodyTemplate = u"{}"_s;
    m_engine->save({.webhook = another, .secretHeaders = {}, .plainHeaders = {}});
    QTRY_VERIFY(!looked.isEmpty());
    bool isAnswered = false; // and what the page asked before, too
    m_engine->store().webhook(m_id, this, [&isAnswered](const auto &) { isAnswered = true; });
    QTRY_VERIFY(isAnswered);
    QVERIFY(bar()->isHidden());
    changeElsewhere([](Webhook &webhook) { webhook.name = u"theirs again"_s; });
    QTRY_VERIFY(bar()->isVisible());
}

void TestEditorConflict::keepsMineAgainstWhatWasCompared()
{
    nameEdit()->setText(u"mine edited"_s);
    changeElsewhere([](Webhook &webhook) { webhook.name = u"theirs"_s; });
    QTRY_VERIFY(bar()->isVisible());
    button(u"Compare"_s)->click();
    auto *dialog = m_page->findChild<CompareDialog *>();
    QVERIFY(dialog);
    QSignalSpy looked(&m_engine->store(), &Store::changed);
    changeElsewhere([](Webhook &webhook) { webhook.name = u"theirs again"_s; });
    QTRY_VERIFY(!looked.isEmpty());
    bool isAnswered = false; // and what the page asked before, too
    m_engine->store().webhook(m_id, this, [&isAnswered](const auto &) { isAnswered = true; });
    QTRY_VERIFY(isAnswered);
    Q_EMIT dialog->keepRequested();
    QVERIFY(bar()->isVisible()); // nobody has seen the second one
    m_page->save();
    QCOMPARE(stored()->webhook.name, u"theirs again"_s);
    button(u"Keep Mine"_s)->click();
    QVERIFY(bar()->isHidden());
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    m_page->save();
    QVERIFY(saved.wait());
    QCOMPARE(stored()->webhook.name, u"mine edited"_s);
}

void TestEditorConflict::reloadsAndBringsBack()
{
    nameEdit()->setText(u"typed here"_s);
    changeElsewhere([](Webhook &webhook) { webhook.name = u"theirs"_s; });
    QTRY_VERIFY(bar()->isVisible());
    button(u"Reload"_s)->click();
    QCOMPARE(nameEdit()->text(), u"theirs"_s);
    QVERIFY(bar()->isHidden());
    child<MessageBar>(u"messageBar"_s)->findChild<QPushButton *>()->click(); // Undo
    QCOMPARE(nameEdit()->text(), u"typed here"_s);
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    m_page->save();
    QVERIFY(saved.wait());
    QCOMPARE(stored()->webhook.name, u"typed here"_s);
}

void TestEditorConflict::comparesWithoutSecrets()
{
    nameEdit()->setText(u"typed here"_s);
    child<QLineEdit>(u"urlLineEdit"_s)->setText(u"https://example.com/hook?token=0123456789ab"_s);
    changeElsewhere([](Webhook &webhook) {
        webhook.name = u"theirs"_s;
        webhook.timeout = std::chrono::seconds(7);
        webhook.retryDelays = {std::chrono::seconds(5), std::chrono::minutes(5)};
        webhook.keep = KeptEvents::Newest;
        webhook.ratePerMinute = 60;
        webhook.settle = std::chrono::seconds(30);
        webhook.maximumAge = std::chrono::hours(24);
    });
    QTRY_VERIFY(bar()->isVisible());
    button(u"Compare"_s)->click();
    auto *dialog = m_page->findChild<CompareDialog *>();
    QVERIFY(dialog);
    const auto *table = dialog->findChild<QTableWidget *>();
    QStringList cells;
    for (int row = 0; row < table->rowCount(); ++row) {
        for (int column = 0; column < table->columnCount(); ++column) {
            cells.append(table->item(row, column)->text());
        }
    }
    const QString all = cells.join(u'\n');
    QVERIFY2(!all.contains("0123456789ab"_L1), qPrintable(all));
    QVERIFY2(all.contains(u"Integration Webhook Name\ntheirs\ntyped here"_s), qPrintable(all));
    QVERIFY2(all.contains(u"token=••••••••"_s), qPrintable(all));
    QVERIFY2(all.contains(u"Timeout in seconds\n7\n"_s), qPrintable(all));
    QVERIFY2(all.contains(u"Retries\n5 s, 5 min\n5 s, 5 min, 30 min"_s), qPrintable(all));
    QVERIFY2(all.contains(u"Only the newest status\nOn\nOff"_s), qPrintable(all));
    QVERIFY2(all.contains(u"Rate\n60 a minute\n(nothing)"_s), qPrintable(all));
    QVERIFY2(all.contains(u"Settle time\n30 s\n(nothing)"_s), qPrintable(all));
    QVERIFY2(all.contains(u"Maximum age\n1 d\n(nothing)"_s), qPrintable(all));
    QCOMPARE(table->rowCount(), 8);
}

void TestEditorConflict::refusesWhatItHasNotSeenYet()
{
    nameEdit()->setText(u"typed here"_s);
    changeElsewhere([](Webhook &webhook) { webhook.name = u"theirs"_s; });
    m_page->save(); // before the change was noticed, or after
    QTRY_VERIFY(bar()->isVisible());
    QTRY_VERIFY(nameEdit()->isEnabled());
    QCOMPARE(nameEdit()->text(), u"typed here"_s);
    QCOMPARE(stored()->webhook.name, u"theirs"_s);
}

void TestEditorConflict::saysThatItWasDeleted()
{
    nameEdit()->setText(u"typed here"_s);
    changeElsewhere([](Webhook &webhook) { webhook.name = u"theirs"_s; });
    QTRY_VERIFY(bar()->isVisible());
    button(u"Compare"_s)->click();
    const QPointer<CompareDialog> dialog = m_page->findChild<CompareDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    bool isGone = false;
    m_elsewhere->removeWebhook(m_id, this, [&isGone](const Result<void> &removed) { isGone = removed.isOk(); });
    QTRY_VERIFY(isGone);
    QTRY_VERIFY(!button(u"Keep Mine"_s)->isVisible());
    QVERIFY(bar()->isVisible());
    QTRY_VERIFY(!dialog); // nothing is left to compare with
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    m_page->save();
    QVERIFY(saved.wait());
    QCOMPARE(stored()->webhook.name, u"typed here"_s);
}

void TestEditorConflict::leadsToTheFieldToMend()
{
    const auto *area = child<QScrollArea>(u"scrollArea"_s);
    const auto leadsTo = [this, area](const QString &field, const QString &widget) {
        Invocation invocation;
        invocation.webhookId = m_id;
        invocation.reason = Sentence(u"It failed."_s);
        m_page->mend({.webhookId = m_id, .field = field, .invocation = invocation});
        auto *found = child<QWidget>(widget);
        if (!QTest::qWaitFor(
                [found] { return found->hasFocus() || (found->focusProxy() && found->focusProxy()->hasFocus()); })) {
            return false;
        }
        if (!m_page->findChild<QWidget *>(u"fieldFlash"_s)) {
            return false;
        }
        return QTest::qWaitFor([found, area] { // once the sections that were opened have their places
            const QRect seen(found->mapTo(area->viewport(), QPoint()), found->size());
            return area->viewport()->rect().intersects(seen) && area->viewport()->rect().contains(seen.topLeft());
        });
    };
    QVERIFY(leadsTo(u"tls.ca_certificates"_s, u"caTextEdit"_s)); // in a section that is closed at first
    QVERIFY(leadsTo(u"name"_s, u"nameLineEdit"_s));
    QCOMPARE(nameEdit()->selectedText(), u"mine"_s);
    QVERIFY(!child<QWidget>(u"settleLineEdit"_s)->isVisible());
    QVERIFY(leadsTo(u"delivery.settle_in_sec"_s, u"settleLineEdit"_s));
    QVERIFY(leadsTo(u"delivery.concurrency"_s, u"concurrencyLineEdit"_s));
    QVERIFY(leadsTo(u"delivery.rate_per_minute"_s, u"rateLineEdit"_s));
    QVERIFY(leadsTo(u"delivery.keep"_s, u"keepSwitch"_s));
    QVERIFY(leadsTo(u"delivery.maximum_age_in_sec"_s, u"maximumAgeLineEdit"_s));
    QTRY_VERIFY(!m_page->findChild<QWidget *>(u"fieldFlash"_s)); // once, and it goes by itself
}

QTEST_MAIN(TestEditorConflict)
#include "tst_editorconflict.moc"
