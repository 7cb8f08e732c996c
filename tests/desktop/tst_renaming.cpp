// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"
#include "await.h"
#include "engine.h"
#include "memorysecrets.h"
#include "preferences.h"
#include "webhookcommands.h"
#include "webhookspage.h"

#include <QLineEdit>
#include <QPointer>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// F2 in the list of webhooks.
class TestRenaming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatWasTypedWhereTheNameIsRefused()
    {
        QTemporaryDir profile;
        Engine engine(EngineOptions{.profile = profile.path(), .credentialsFolder = {}},
                      std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        const auto opened =
            await<Result<void>>([&engine](QObject *context, auto reply) { engine.open(context, std::move(reply)); });
        QVERIFY(opened.isOk());
        QStringList ids;
        for (const auto &name : {u"alpha"_s, u"beta"_s}) {
            WebhookInput input;
            input.webhook.name = name;
            input.webhook.url = u"https://127.0.0.1:1/"_s;
            input.webhook.bodyTemplate = u"{}"_s;
            ids.append(awaitSignal(engine.save(input), &EngineJob::finished).value().id);
        }
        WebhookCommands commands(engine);
        QStringList said;
        connect(&commands, &WebhookCommands::message, this,
                [&said](const MessageBar::Message &message) { said.append(message.text); });
        Preferences preferences(profile.path());
        QWidget keys; // those of the window
        ActionRegistry actions(&keys);
        WebhooksPage page(engine, commands, actions, preferences);
        page.resize(1000, 600);
        page.refresh();
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QTRY_COMPARE(page.model().rowCount(), 2);

        auto *table = page.findChild<QTableView *>();
        const auto editor = [table] {
            return table->viewport()->findChild<QLineEdit *>();
        };
        table->setFocus();
        table->selectRow(0);
        table->edit(table->model()->index(0, WebhooksModel::Name));
        const QPointer<QLineEdit> first = editor();
        QVERIFY(first);
        QCOMPARE(first->text(), u"alpha"_s);
        first->setText(u"BETA"_s);
        QTest::keyClick(first.data(), Qt::Key_Return);
        QTRY_VERIFY(!said.isEmpty());
        QVERIFY2(said.constFirst().startsWith(u"alpha keeps its name: "_s), qPrintable(said.constFirst()));
        QTRY_VERIFY(!first);
        QTRY_VERIFY(editor());
        QCOMPARE(editor()->text(), u"BETA"_s);

        editor()->setText(u"gamma"_s);
        QTest::keyClick(editor(), Qt::Key_Return);
        QTRY_COMPARE(page.model().find(ids.constFirst())->webhook.name, u"gamma"_s);
        const auto index = page.model().indexOf(ids.constFirst());
        QCOMPARE(page.model().data(index, Qt::EditRole).toString(), u"gamma"_s);
        QTRY_VERIFY(!commands.isBusy());
    }
};

QTEST_MAIN(TestRenaming)
#include "tst_renaming.moc"
