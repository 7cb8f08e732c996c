// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "messagebar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// Save Webhook while a test runs.
class TestTestAndSave : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void savesWhenTheTestHasEnded()
    {
        constexpr int patience = 60'000; // ms
        QTemporaryDir folder;
        Engine engine(
            EngineOptions{.profile = folder.path(), .credentialsFolder = {}, .prompt = SecretStore::Prompt::Never},
            std::make_unique<MemoryStore>());
        bool opened = false;
        engine.open(this, [&opened](const Result<void> &result) { opened = result.isOk(); });
        QTRY_VERIFY(opened);
        QWidget keys; // those of the window
        ActionRegistry actions(&keys);
        EditorPage page(engine, actions);
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        Webhook webhook;
        webhook.name = u"tested meanwhile"_s;
        webhook.url = u"https://127.0.0.1:%1/"_s.arg(silent.serverPort());
        webhook.bodyTemplate = u"{}"_s;
        page.addWebhook(webhook);
        page.show();
        QSignalSpy saved(&page, &EditorPage::saved);
        const auto *stop = page.findChild<QPushButton *>(u"stopButton"_s);
        const auto *bar = page.findChild<MessageBar *>();
        const auto *words = bar->findChild<QLabel *>(u"textLabel"_s);

        page.test();
        page.save();
        QVERIFY2(words->text().contains(u"as soon as the test has ended"_s), qPrintable(words->text()));
        page.stepBack(); // neither of them any more
        QTRY_VERIFY_WITH_TIMEOUT(!stop->isVisible(), patience);
        QVERIFY(!bar->isShowing());
        QCOMPARE(saved.size(), 0);
        while (silent.hasPendingConnections()) {
            silent.nextPendingConnection()->abort();
        }

        page.test();
        page.save();
        QTRY_VERIFY_WITH_TIMEOUT(silent.hasPendingConnections(), patience);
        QCOMPARE(saved.size(), 0);
        silent.nextPendingConnection()->abort();
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QList<Invocation> kept;
        engine.store().invocations(saved.constFirst().constFirst().toString(), this,
                                   [&kept](const Result<QList<Invocation>> &found) { kept = *found; });
        QTRY_COMPARE(kept.size(), 1);
    }
};

QTEST_MAIN(TestTestAndSave)
#include "tst_testandsave.moc"
