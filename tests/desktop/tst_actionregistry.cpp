// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSet>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

QList<QAction *> commandsOf(const QMenu &menu)
{
    auto actions = menu.actions();
    actions.removeIf([](const QAction *action) { return action->isSeparator(); });
    return actions;
}

} // namespace

class TestActionRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QMainWindow>();
        m_actions = new ActionRegistry(m_window.get());
        m_actions->fill(*m_window->menuBar());
        auto *middle = new QWidget;
        auto *layout = new QVBoxLayout(middle);
        for (auto *&page : m_pages) {
            page = new QWidget;
            page->setFocusPolicy(Qt::StrongFocus);
            layout->addWidget(page);
        }
        m_pages[1]->hide();
        m_window->setCentralWidget(middle);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup() { m_window.reset(); }

    void everyCommandStandsInOneMenu()
    {
        QList<QAction *> inMenus;
        for (const auto *entry : m_window->menuBar()->actions()) {
            QVERIFY(!entry->menu()->isEmpty());
            QVERIFY2(!entry->menu()->actions().constFirst()->isSeparator(), qPrintable(entry->text()));
            inMenus.append(commandsOf(*entry->menu()));
        }
        const QSet<QAction *> different(inMenus.begin(), inMenus.end());
        QCOMPARE(different.size(), inMenus.size());
        const auto all = m_actions->all();
        QCOMPARE(different, QSet<QAction *>(all.begin(), all.end()));
        QCOMPARE(m_actions->all().size(), static_cast<int>(Command::ShowAbout) + 1);
    }

    /// Two commands with the same keys in one place would answer to neither.
    void keysAndMnemonicsAreTheirOwn()
    {
        QHash<QKeySequence, QString> byKeys;
        for (const auto *action : m_actions->all()) {
            QVERIFY(!action->text().isEmpty());
            for (const auto &keys : action->shortcuts()) {
                QVERIFY2(!byKeys.contains(keys), qPrintable(keys.toString()));
                byKeys.insert(keys, action->text());
            }
        }
        for (const auto *entry : m_window->menuBar()->actions()) {
            QSet<QKeySequence> mnemonics;
            for (const auto *action : commandsOf(*entry->menu())) {
                const auto mnemonic = QKeySequence::mnemonic(action->text());
                QVERIFY2(!mnemonic.isEmpty() && !mnemonics.contains(mnemonic), qPrintable(action->text()));
                mnemonics.insert(mnemonic);
            }
        }
    }

    void toolTipsSayWhatItDoesAndItsKeys()
    {
        const auto toolTip = [this](Command command) {
            return (*m_actions)[command].toolTip();
        };
        QCOMPARE(toolTip(Command::Duplicate), u"Save a copy of the selected webhook (Ctrl+D)"_s);
        QCOMPARE(toolTip(Command::SaveWebhook), u"Save Webhook (Ctrl+S)"_s);
        QCOMPARE(toolTip(Command::ToggleActive), u"Whether events fire the selected webhooks"_s);
        QCOMPARE(toolTip(Command::ShowAbout), u"About Tocsin"_s);
        QPushButton button(u"Go"_s);
        m_actions->explain(Command::Test, button);
        QCOMPARE(button.toolTip(), toolTip(Command::Test));
        QCOMPARE(button.text(), u"Go"_s);
        const std::unique_ptr<QToolButton> flat(m_actions->makeButton(Command::Delete, nullptr));
        QCOMPARE(flat->toolTip(), toolTip(Command::Delete));
        QCOMPARE(flat->defaultAction(), &(*m_actions)[Command::Delete]);
    }

    void theShownPageDoesIt()
    {
        QStringList done;
        for (int i = 0; i < 2; ++i) {
            m_actions->serve(Command::Test, m_pages.at(i), [&done, i] { done.append(QString::number(i)); });
        }
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(m_window.get(), Qt::Key_Enter, Qt::ControlModifier);
        QCOMPARE(done, QStringList({u"0"_s, u"0"_s}));
        m_pages[1]->show();
        m_pages[0]->hide();
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(done, QStringList({u"0"_s, u"0"_s, u"1"_s}));
    }

    void whatAHiddenPageOffersIsOver_data()
    {
        QTest::addColumn<bool>("showsFirst");
        QTest::newRow("the next page comes first") << true;
        QTest::newRow("the last page goes first") << false;
    }

    void whatAHiddenPageOffersIsOver()
    {
        QFETCH(const bool, showsFirst);
        auto &test = (*m_actions)[Command::Test];
        auto &rename = (*m_actions)[Command::Rename];
        for (auto *page : m_pages) {
            m_actions->serve(Command::Test, page, [] {});
        }
        m_actions->offer(Command::Test, m_pages[0], true);
        m_actions->offer(Command::Rename, m_pages[0], true);
        test.setText(u"Cancel"_s);
        m_actions->offer(Command::Test, m_pages[1], false); // nobody sees it
        QVERIFY(test.isEnabled() && rename.isEnabled());
        const auto showNext = [this] {
            m_pages[1]->show();
            m_actions->offer(Command::Test, m_pages[1], true);
        };
        if (showsFirst) {
            showNext();
            m_pages[0]->hide();
        } else {
            m_pages[0]->hide();
            QVERIFY(!test.isEnabled());
            QCOMPARE(test.text(), u"&Test"_s);
            showNext();
        }
        QVERIFY(test.isEnabled());
        QVERIFY(!rename.isEnabled());
    }

private:
    std::unique_ptr<QMainWindow> m_window;
    ActionRegistry *m_actions = nullptr;
    std::array<QWidget *, 2> m_pages{};
};

QTEST_MAIN(TestActionRegistry)
#include "tst_actionregistry.moc"
