// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "menubutton.h"
#include "preferences.h"
#include "rowtable.h"
#include "tablecolumns.h"

#include <QAbstractItemDelegate>
#include <QAccessible>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QStyleOptionButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {
enum Column { Mark, Name, Host, Note, When };

/// Shows what it tells its style.
class OpenMenuButton : public MenuButton
{
public:
    bool looksLikeAMenu() const
    {
        QStyleOptionButton option;
        initStyleOption(&option);
        return option.features.testFlag(QStyleOptionButton::HasMenu);
    }
};
} // namespace

/// What all tables of the window have in common: their columns, and the keys that go through their rows.
class TestTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup()
    {
        m_table.reset();
        m_preferences.reset();
    }

    void cellsOfAHiddenTableAreNotTold()
    {
        const auto isTold = [this] {
            QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_table.get());
            return !table->tableInterface()->cellAt(0, 0)->state().invisible;
        };
        QTRY_VERIFY(isTold());
        m_table->hide();
        QVERIFY(!isTold());
        m_table->show();
        QTRY_VERIFY(isTold());
    }

    void whatWasStretchedIsNoWish()
    {
        m_table->resize(900, 300);
        const int wide = width(Note);
        QVERIFY(wide > 300);
        m_table->resize(700, 300);
        QCOMPARE(width(Note), wide - 200);
        header()->resizeSection(Name, 150);
        QCOMPARE(width(Note), wide - 200 - 50);
        reopen();
        m_table->resize(1200, 300);
        QCOMPARE(width(Name), 150);
        QCOMPARE(width(Note), wide + 300 - 50);
        QCOMPARE(width(Host), 120);
    }

    void whatHasNoRoomIsLeftOutAndComesBack()
    {
        m_table->resize(900, 300);
        QCOMPARE(shown(), (QList<int>{Mark, Name, Host, Note, When}));
        m_table->resize(400, 300);
        QCOMPARE(shown(), (QList<int>{Mark, Name, Note}));
        m_table->resize(250, 300);
        QCOMPARE(shown(), (QList<int>{Mark, Name}));
        QVERIFY(!m_table->horizontalScrollBar()->isVisible());
        reopen();
        m_table->resize(900, 300);
        QCOMPARE(shown(), (QList<int>{Mark, Name, Host, Note, When}));
        QCOMPARE(width(Name), 100);
    }

    void aColumnTakesMoreOrIsContentWithLess()
    {
        using Kind = TableColumns::Kind;
        RowTable table;
        table.setModel(&m_model);
        new TableColumns(&table,
                         {{Mark, u"mark"_s, 40, Kind::Fixed},
                          {Name, u"name"_s, 100, Kind::Usual, true, 180, 60},
                          {Host, u"host"_s, 100},
                          {Note, u"note"_s, 200, Kind::TakesRest, false},
                          {When, u"when"_s, 80}},
                         {When, Host}, *m_preferences, u"another table"_s);
        table.show();
        const auto nameWithin = [&table](int room) {
            table.resize(table.width() + room - table.viewport()->width(), 300);
            return table.viewport()->width() == room ? table.columnWidth(Name) : -1;
        };
        QTRY_COMPARE(nameWithin(1000), 180);
        QTRY_COMPARE(nameWithin(540), 120); // what others leave beside their own
        QTRY_COMPARE(nameWithin(340), 100);
        QVERIFY(table.isColumnHidden(Host));
        QTRY_COMPARE(nameWithin(310), 70);
        QTRY_COMPARE(nameWithin(290), 60);
    }

    void aPersonShowsAndHides()
    {
        m_table->resize(900, 300);
        choose(u"Host"_s);
        QCOMPARE(shown(), (QList<int>{Mark, Name, Note, When}));
        QVERIFY(!action(u"Host"_s)->isChecked());
        QVERIFY(!action(u"Name"_s)->isEnabled());
        choose(u"Mark"_s); // has no title, but a name
        reopen();
        m_table->resize(900, 300);
        QCOMPARE(shown(), (QList<int>{Name, Note, When}));
        m_table->resize(400, 300);
        QCOMPARE(shown(), (QList<int>{Name, Note}));
        choose(u"When"_s); // wanted though there is no room
        QVERIFY(shown().contains(When));
        choose(u"Reset Columns"_s);
        QCOMPARE(shown(), (QList<int>{Mark, Name, Note}));
        m_table->resize(900, 300);
        reopen();
        m_table->resize(900, 300);
        QCOMPARE(shown(), (QList<int>{Mark, Name, Host, Note, When}));
    }

    void theRestGoesToTheNameWhereNobodyElseTakesIt()
    {
        m_table->resize(900, 300);
        choose(u"Note"_s);
        QVERIFY(header()->sectionResizeMode(Name) == QHeaderView::Stretch);
        QCOMPARE(header()->length(), m_table->viewport()->width());
        choose(u"Note"_s);
        QCOMPARE(width(Name), 100);
    }

    void theHeadersMenuOpens()
    {
        m_table->show();
        QContextMenuEvent asked(QContextMenuEvent::Mouse, QPoint(10, 5), header()->mapToGlobal(QPoint(10, 5)));
        QCoreApplication::sendEvent(header()->viewport(), &asked);
        QTRY_VERIFY(m_columns->menu()->isVisible());
        m_columns->menu()->close();
    }

    void theRowsMenuOpensByKeyboard()
    {
        m_table->setContextMenuPolicy(Qt::CustomContextMenu);
        QSignalSpy asked(m_table.get(), &QWidget::customContextMenuRequested);
        m_table->setCurrentIndex(m_model.index(2, Name));
        QTest::keyClick(m_table.get(), Qt::Key_F10, Qt::ShiftModifier);
        QCOMPARE(asked.size(), 1);
        QVERIFY(m_table->visualRect(m_table->currentIndex()).contains(asked.constFirst().constFirst().toPoint()));
    }

    void theOrderIsRemembered()
    {
        m_table->sortByColumn(Host, Qt::DescendingOrder);
        reopen();
        QCOMPARE(header()->sortIndicatorSection(), int(Host));
        QVERIFY(header()->sortIndicatorOrder() == Qt::DescendingOrder);
    }

    void whatIsDamagedIsAsIfNothingHadBeenChosen()
    {
        m_table.reset();
        for (const QByteArray &damaged :
             {QByteArray("\1\2"), QByteArray("[1]"), QByteArray(R"({"widths": {"name": "wide", "host": -5}})")}) {
            m_preferences->setState(u"table"_s, damaged);
            makeTable();
            m_table->resize(900, 300);
            QCOMPARE(width(Name), 100);
            QVERIFY(width(Host) > 0);
            m_table.reset();
        }
    }

    void homeAndEndGoThroughTheRows()
    {
        QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
        m_table->setCurrentIndex(m_model.index(5, Host));
        QTest::keyClick(m_table.get(), Qt::Key_End);
        QCOMPARE(m_table->currentIndex(), m_model.index(29, Host));
        QTest::keyClick(m_table.get(), Qt::Key_Home);
        QCOMPARE(m_table->currentIndex(), m_model.index(0, Host));
        QTest::keyClick(m_table.get(), Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(selected(), std::pair(29, 29));
        QTest::keyClick(m_table.get(), Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(selected(), std::pair(0, 0));
        QTest::keyClick(m_table.get(), Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(selected(), std::pair(0, 29));
        m_table->selectionModel()->setCurrentIndex(m_model.index(10, Host),
                                                   QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        QTest::keyClick(m_table.get(), Qt::Key_End, Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(selected(), std::pair(10, 29));
        QTest::keyClick(m_table.get(), Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(selected(), std::pair(0, 10));
        m_model.removeRows(0, 30);
        QTest::keyClick(m_table.get(), Qt::Key_End);
        QVERIFY(!m_table->currentIndex().isValid());
    }

    void aTextOfTwoLinesIsShownInOne()
    {
        m_model.setItem(0, Note, new QStandardItem(u"database of\nthe orders"_s));
        m_model.setItem(1, Note, new QStandardItem(u"database of the orders"_s));
        QStyleOptionViewItem option;
        option.initFrom(m_table.get());
        const auto sizeOf = [&](int row) {
            const auto index = m_model.index(row, Note);
            return m_table->itemDelegateForIndex(index)->sizeHint(option, index);
        };
        QCOMPARE(sizeOf(0), sizeOf(1));
    }

    void aMenuButtonLooksLikeOne()
    {
        OpenMenuButton button;
        QVERIFY(!button.looksLikeAMenu());
        const QString text = u"Replay what was not delivered"_s; // wider than the least that a button takes
        button.setText(text);
        QVERIFY(button.looksLikeAMenu());
        QPushButton plain(text);
        plain.setAutoDefault(false);
        QVERIFY(button.sizeHint().width() > plain.sizeHint().width());
    }

private:
    void makeTable()
    {
        m_model.clear();
        m_model.setHorizontalHeaderLabels({QString(), u"Name"_s, u"Host"_s, u"Note"_s, u"When"_s});
        m_model.setHeaderData(Mark, Qt::Horizontal, u"Mark"_s, Qt::AccessibleTextRole);
        m_model.setRowCount(30);
        m_table = std::make_unique<RowTable>();
        m_table->setSortingEnabled(true);
        m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
        m_table->setModel(&m_model);
        m_table->sortByColumn(Name, Qt::AscendingOrder);
        using Kind = TableColumns::Kind;
        m_columns = new TableColumns(m_table.get(),
                                     {{Mark, u"mark"_s, 40, Kind::Fixed},
                                      {Name, u"name"_s, 100, Kind::Usual, false},
                                      {Host, u"host"_s, 120},
                                      {Note, u"note"_s, 200, Kind::TakesRest},
                                      {When, u"when"_s, 80}},
                                     {When, Host, Note}, *m_preferences, u"table"_s);
        m_table->show();
    }
    void open()
    {
        m_preferences = std::make_unique<Preferences>(m_profile->path());
        makeTable();
    }
    /// As the program's next start does.
    void reopen()
    {
        m_table.reset();
        m_preferences.reset();
        open();
    }

    QHeaderView *header() const { return m_table->horizontalHeader(); }
    int width(int column) const { return m_table->columnWidth(column); }
    QList<int> shown() const
    {
        QList<int> columns;
        for (int column = 0; column < m_model.columnCount(); ++column) {
            if (!m_table->isColumnHidden(column)) {
                columns.append(column);
            }
        }
        return columns;
    }
    /// The first and the last row of all that is selected.
    std::pair<int, int> selected() const
    {
        const auto selection = m_table->selectionModel()->selection();
        return selection.size() == 1 ? std::pair(selection.constFirst().top(), selection.constFirst().bottom())
                                     : std::pair(-1, -1);
    }
    QAction *action(const QString &text) const
    {
        Q_EMIT m_columns->menu()->aboutToShow();
        for (auto *one : m_columns->menu()->actions()) {
            if (one->text().remove(u'&') == text) {
                return one;
            }
        }
        return nullptr;
    }
    void choose(const QString &text) const { action(text)->trigger(); }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Preferences> m_preferences;
    QStandardItemModel m_model;
    std::unique_ptr<RowTable> m_table;
    TableColumns *m_columns = nullptr;
};

QTEST_MAIN(TestTables)
#include "tst_tables.moc"
