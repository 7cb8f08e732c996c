// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "actionregistry.h"
#include "checkrun.h"
#include "checkview.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "receiver.h"
#include "wrappingtext.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

class HeldCheck : public WebhookCheckJob
{
public:
    void cancel() override { end({}, true); }
    void end(const QList<CheckLine> &lines, bool isCancelled = false)
    {
        WebhookCheckResult result;
        result.lines = lines;
        result.isCancelled = isCancelled;
        Q_EMIT finished(result);
        deleteLater();
    }
};

CheckLine line(CheckState state, const QString &found)
{
    return {.subject = CheckSubject::Tls, .state = state, .found = Sentence(found)};
}

} // namespace

/// The Check of the form: its button, what the bar and the panel say, and how it ends.
class TestEditorCheck : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<EditorPage> m_page;

    template <typename Widget>
    Widget *part(const QString &name) const
    {
        return m_page->findChild<Widget *>(name);
    }
    QString barText() const { return part<QLabel>(u"resultLabel"_s)->text(); }
    CheckView *view() const { return m_page->findChild<CheckView *>(); }

    /// What the panel lists, as it is read: "TLS: OK".
    QStringList listed() const
    {
        QStringList names;
        const auto texts = view()->findChildren<WrappingText *>();
        for (const auto *text : texts) {
            names.append(text->accessibleName());
        }
        return names;
    }

    void add(const QString &url, const QString &authorities = {})
    {
        Webhook webhook;
        webhook.name = u"checked"_s;
        webhook.url = url;
        webhook.bodyTemplate = uR"({"name": "{{data.name}}"})"_s;
        webhook.caCertificates = authorities;
        m_page->addWebhook(webhook);
    }

    void addFor(QTcpServer &silent)
    {
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        add(u"https://127.0.0.1:%1/"_s.arg(silent.serverPort()));
    }

private Q_SLOTS:
    void initTestCase() { installAccessibility(); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<Engine>(
            EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}, .prompt = SecretStore::Prompt::Never},
            std::make_unique<MemoryStore>());
        bool opened = false;
        m_engine->open(this, [&opened](const Result<void> &result) { opened = result.isOk(); });
        QTRY_VERIFY(opened);
        m_page = std::make_unique<EditorPage>(*m_engine, m_actions);
        m_page->resize(1100, 800);
        m_page->addWebhook();
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTRY_VERIFY(m_page->focusWidget());
    }

    void cleanup()
    {
        m_page.reset();
        m_engine.reset();
        m_folder.reset();
    }

    void checksTheUnsavedFormAndSendsNothing()
    {
        Receiver receiver;
        QVERIFY(receiver.listen().isOk());
        QSignalSpy received(&receiver, &Receiver::received);
        add(receiver.url().toString(), QString::fromUtf8(receiver.certificateAuthority()));
        QVERIFY(!view()->isVisible());
        m_actions[Command::Check].trigger();
        QVERIFY(view()->isVisible());
        QTRY_COMPARE(barText(), u"Check successful; nothing was sent"_s);
        QCOMPARE(listed(),
                 QStringList({u"Document: OK"_s, u"Template: OK"_s, u"Name: OK"_s, u"Connection: OK"_s, u"TLS: OK"_s,
                              u"Certificate: OK"_s, u"Certificate: OK"_s}));
        QCOMPARE(received.size(), 0);

        // A test takes the bar, and is the first that arrives.
        m_page->test();
        QTRY_COMPARE(barText(), u"Test successful"_s);
        QCOMPARE(received.size(), 1);
    }

    void leadsToTheFieldAtFault()
    {
        add(u"https://localhost:1/"_s);
        m_page->check();
        QTRY_VERIFY2(barText().startsWith(u"Check failed: "_s), qPrintable(barText()));
        QVERIFY(listed().contains(u"Connection: Failed"_s));
        QVERIFY(listed().contains(u"TLS: Not checked"_s));
        QPushButton *edit = nullptr;
        const auto buttons = view()->findChildren<QPushButton *>();
        for (auto *button : buttons) {
            edit = button->text() == u"Edit URL"_s ? button : edit;
        }
        QVERIFY(edit);
        edit->click();
        auto *url = part<QLineEdit>(u"urlLineEdit"_s);
        QVERIFY(url);
        QTRY_VERIFY(url->hasFocus());
        url->setText(u"https://localhost:2/"_s);
        QVERIFY2(barText().startsWith(u"Before the last change: Check failed: "_s), qPrintable(barText()));
    }

    void focusWaitsWhereTheCheckIsCancelled()
    {
        QTcpServer silent;
        addFor(silent);
        auto *check = part<QPushButton>(u"checkButton"_s);
        auto *stop = part<QPushButton>(u"stopButton"_s);
        check->setFocus();
        QTest::keyClick(check, Qt::Key_Space);
        QTRY_VERIFY(stop->isVisible());
        QVERIFY(stop->hasFocus());
        QCOMPARE(stop->text(), u"Cancel the check"_s);
        QCOMPARE(barText(), u"Checking…"_s);
        QVERIFY(!check->isEnabled());
        QVERIFY(!part<QPushButton>(u"testButton"_s)->isEnabled());
        m_page->test(); // one at a time
        QTRY_VERIFY(silent.hasPendingConnections());
        QTest::keyClick(stop, Qt::Key_Space);
        QTRY_VERIFY(!stop->isVisible());
        QVERIFY(check->hasFocus());
        QCOMPARE(barText(), u"The check was cancelled."_s);
        QVERIFY(listed().contains(u"Template: OK"_s)); // what was found until then
    }

    void escCancelsTheCheckBeforeItLeaves()
    {
        QTcpServer silent;
        addFor(silent);
        QSignalSpy closed(m_page.get(), &EditorPage::closed);
        m_page->check();
        m_page->stepBack();
        QCOMPARE(barText(), u"The check was cancelled."_s);
        QCOMPARE(closed.size(), 0);
    }

    void doesNotCheckWithoutATarget()
    {
        m_page->check();
        QVERIFY2(barText().startsWith(u"Not checked: "_s), qPrintable(barText()));
        QTRY_VERIFY(part<QLineEdit>(u"urlLineEdit"_s)->hasFocus());
    }

    void lateResultsSayWhatTheyAreFor()
    {
        CheckRun run;
        QSignalSpy changed(&run, &CheckRun::changed);
        run.start(new HeldCheck, 1);
        auto *second = new HeldCheck;
        run.start(second, 2); // the first was given up, its end does not count
        QVERIFY(run.isRunning());
        Q_EMIT second->waitingForKeychain();
        QCOMPARE(run.progressText(), u"Waiting for the keychain…"_s);
        Q_EMIT second->progressed({});
        QCOMPARE(run.progressText(), u"Checking…"_s);
        QCOMPARE(run.resultText(), QString());
        run.setRevision(3);
        second->end({line(CheckState::Ok, u"Fine."_s), line(CheckState::Warning, u"Not long."_s)});
        QVERIFY(run.isOutdated());
        QCOMPARE(run.resultText(), u"Before the last change: Check with a warning: Not long."_s);
        QVERIFY(run.resultRole() == ColorRole::Inactive);

        auto *third = new HeldCheck;
        run.start(third, 3);
        third->end({line(CheckState::Warning, u"Not long."_s), line(CheckState::Failed, u"Broken."_s)});
        QCOMPARE(run.resultText(), u"Check failed: Broken."_s);
        QVERIFY(run.resultRole() == ColorRole::Error);

        auto *fourth = new HeldCheck;
        run.start(fourth, 3);
        fourth->end({line(CheckState::Ok, u"Fine."_s)});
        QCOMPARE(run.resultText(), u"Check successful; nothing was sent"_s);
        QVERIFY(run.resultRole() == ColorRole::Success);
    }
};

QTEST_MAIN(TestEditorCheck)
#include "tst_editorcheck.moc"
