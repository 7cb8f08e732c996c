// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"
#include "codeeditor.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "engine.h"
#include "metrics.h"
#include "previewpanel.h"
#include "sidepanel.h"
#include "webhookform.h"

#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// What the editor makes of a large window.
class TestWide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void bodyTakesWhatTheFormLeaves();
    void bodyTakesTheHeightThatIsLeft();
    void previewOpensWhereThereIsRoom_data();
    void previewOpensWhereThereIsRoom();
    void previewStaysClosed();

private:
    void open(QSize size);
    SidePanel *panel() { return m_page->findChild<SidePanel *>(); }
    CodeEditor *body() { return m_page->findChild<WebhookForm *>()->bodyEditor(); }
    QLineEdit *url() { return m_page->findChild<QLineEdit *>(u"urlLineEdit"_s); }
    QScrollArea *scrollArea() { return m_page->findChild<QScrollArea *>(u"scrollArea"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<EditorPage> m_page;
};

void TestWide::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<Engine>(
        EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}, .prompt = SecretStore::Prompt::Never},
        std::make_unique<MemoryStore>());
    bool opened = false;
    m_engine->open(this, [&opened](const Result<void> &result) { opened = result.isOk(); });
    QTRY_VERIFY(opened);
}

void TestWide::cleanup()
{
    m_page.reset();
    m_engine.reset();
    m_folder.reset();
}

void TestWide::open(QSize size)
{
    m_page = std::make_unique<EditorPage>(*m_engine, m_actions);
    m_page->resize(size);
    m_page->addWebhook();
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestWide::bodyTakesWhatTheFormLeaves()
{
    open({1200, 800}); // too narrow for the panel to open by itself
    const int field = Metrics::formWidth - Metrics::labelColumn - Metrics::medium;
    QTRY_COMPARE(url()->width(), field);
    QCOMPARE_GT(body()->width(), field + 300);
    QCOMPARE(body()->mapTo(m_page.get(), QPoint()).x(), url()->mapTo(m_page.get(), QPoint()).x());
    m_page->resize(780, 800);
    QTRY_COMPARE(body()->width(), url()->width());
    m_page->setLayoutDirection(Qt::RightToLeft);
    m_page->resize(1200, 800);
    QTRY_COMPARE(url()->width(), field);
    QTRY_COMPARE_GT(body()->width(), field + 300);
    const auto right = [this](const QWidget *widget) {
        return widget->mapTo(m_page.get(), QPoint(widget->width(), 0)).x();
    };
    QCOMPARE(right(body()), right(url()));
}

void TestWide::bodyTakesTheHeightThatIsLeft()
{
    open({1200, 800});
    const int low = body()->height();
    m_page->resize(1200, 1600);
    QTRY_COMPARE_GT(body()->height(), low + 300);
    QTRY_VERIFY(!scrollArea()->verticalScrollBar()->isVisible());
    // A long one may have most of what is seen.
    body()->setText(u"\n"_s.repeated(200));
    QTRY_COMPARE_GT(body()->height(), 900);
    m_page->resize(1200, 800);
    QTRY_COMPARE_LT(body()->height(), 600);
}

void TestWide::previewOpensWhereThereIsRoom_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("opens");
    QTest::newRow("in a window of 900") << 843 << false;
    QTest::newRow("in a window of 1440") << 1244 << false;
    QTest::newRow("in a window of 1600") << 1404 << true;
    QTest::newRow("in a window of 2560") << 2364 << true;
}

void TestWide::previewOpensWhereThereIsRoom()
{
    QFETCH(const int, width);
    QFETCH(const bool, opens);
    open({width, 900});
    QCOMPARE(panel()->isVisible(), opens);
    QTRY_VERIFY(m_page->findChild<QLineEdit *>(u"nameLineEdit"_s)->hasFocus());
    if (opens) {
        QVERIFY(panel()->preview()->isVisible());
        QTRY_COMPARE_GE(scrollArea()->viewport()->width(), Metrics::formWidth + 2 * Metrics::huge);
    }
}

void TestWide::previewStaysClosed()
{
    open({1404, 900});
    QVERIFY(panel()->isVisible());
    panel()->closePanel();
    m_page->hide();
    m_page->show(); // as after a look at another page
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    QVERIFY(!panel()->isVisible());
}

QTEST_MAIN(TestWide)
#include "tst_wide.moc"
