// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "engine.h"
#include "fakeserver.h"
#include "invoking.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto lacking = QByteArrayLiteral(
    "WWW-Authenticate: Bearer realm=\"events\", error=\"insufficient_scope\", scope=\"events.read events.write\"");

/// A token endpoint whose token is the scopes that were asked for, and a target that wants both.
void answer(QSslSocket &socket, const QByteArray &request)
{
    if (request.startsWith("POST /token ")) {
        const QByteArray token = request.contains("events.write") ? "both" : "one";
        socket.write(FakeServer::response(200, R"({"token_type": "Bearer", "access_token": ")" + token + "\"}",
                                          {"Content-Type: application/json"}));
    } else if (request.contains("Bearer both")) {
        socket.write(FakeServer::response(200, "{}"));
    } else {
        socket.write(FakeServer::response(403, "{}", {lacking}));
    }
}

} // namespace

/// From a test that fails for want of a scope to one that succeeds.
class TestMissingScope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMendedInFourActions()
    {
        const QTemporaryDir folder;
        const Pki pki;
        const FakeServer server(pki.server, answer);
        Engine engine(
            EngineOptions{.profile = folder.path(), .credentialsFolder = {}, .prompt = SecretStore::Prompt::Never},
            std::make_unique<MemoryStore>());
        bool opened = false;
        engine.open(this, [&opened](const Result<void> &result) { opened = result.isOk(); });
        QTRY_VERIFY(opened);
        m_page = std::make_unique<EditorPage>(engine, m_actions);
        m_page->resize(1300, 900);
        m_page->addWebhook(webhookFor(server, pki));
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        test();
        QTRY_VERIFY_WITH_TIMEOUT(result().startsWith(u"Test failed"_s), 60'000);
        QVERIFY2(result().contains(u"“events.write”"_s), qPrintable(result()));

        int actions = 0;
        if (!mend() || !mend()->isVisible()) {
            ++actions;
            press(u"View Invocation Data"_s);
        }
        QTRY_VERIFY(mend() && mend()->isVisible());
        ++actions;
        QTest::mouseClick(mend(), Qt::LeftButton);
        QTRY_VERIFY(QApplication::focusWidget() && QApplication::focusWidget()->accessibleName() == u"Scopes"_s);
        ++actions; // what is typed, with Return, is one
        QTest::keyClicks(QApplication::focusWidget(), u"events.write"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        ++actions;
        test();
        QTRY_VERIFY_WITH_TIMEOUT(result().startsWith(u"Test successful"_s), 60'000);
        QVERIFY2(actions <= 4, qPrintable(QString::number(actions)));
        m_page.reset();
    }

private:
    static Webhook webhookFor(const FakeServer &server, const Pki &pki)
    {
        Webhook webhook = requestTo(server.url(u"/hook"_s), pki).webhook;
        webhook.id.clear();
        webhook.name = u"Orders"_s;
        webhook.oauth = OAuthClientCredentials{.clientId = u"the client"_s,
                                               .clientSecret = u"the s3cret"_s,
                                               .tokenEndpointUrl = server.url(u"/token"_s).toString(),
                                               .scopes = {u"events.read"_s}};
        return webhook;
    }

    void test() const { QTest::mouseClick(m_page->findChild<QPushButton *>(u"testButton"_s), Qt::LeftButton); }

    QPushButton *mend() const
    {
        for (auto *button : m_page->findChildren<QPushButton *>()) {
            if (button->text() == u"Edit Scopes"_s) {
                return button;
            }
        }
        return nullptr;
    }

    void press(const QString &text) const
    {
        for (auto *button : m_page->findChildren<QAbstractButton *>()) {
            if (button->text() == text && button->isVisible()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
    }

    QString result() const { return m_page->findChild<QLabel *>(u"resultLabel"_s)->text(); }

    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<EditorPage> m_page;
};

QTEST_MAIN(TestMissingScope)
#include "tst_missingscope.moc"
