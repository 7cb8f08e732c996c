// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "payloadschemamodel.h"
#include "payloadschemaview.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestPayloadSchemaView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void modelIsATree();
    void everyPathHasItsRow();
    void enterInserts();
    void enterInsertsWhatWasSelectedFromOutside();
    void doubleClickInserts();
    void buttonSaysWhatItInserts();
    void searchFindsFields();
    void searchThatFindsNothingSaysSo();

private:
    std::unique_ptr<PayloadSchemaView> m_view;
    QTreeView *m_tree = nullptr;
    QLineEdit *m_search = nullptr;
    QPushButton *m_insert = nullptr;
};

void TestPayloadSchemaView::init()
{
    m_view = std::make_unique<PayloadSchemaView>();
    m_tree = m_view->findChild<QTreeView *>(u"schemaTreeView"_s);
    m_search = m_view->findChild<QLineEdit *>(u"searchLineEdit"_s);
    m_insert = m_view->findChild<QPushButton *>(u"insertButton"_s);
    QVERIFY(m_tree && m_search && m_insert);
    m_view->resize(360, 500);
    m_view->show();
}

void TestPayloadSchemaView::modelIsATree()
{
    PayloadSchemaModel model(PayloadSchema::instance().fields());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.columnCount(), int(PayloadSchemaModel::ColumnCount));
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Field"_s);
    QCOMPARE(model.headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(), u"Sample"_s);
}

void TestPayloadSchemaView::everyPathHasItsRow()
{
    PayloadSchemaModel model(PayloadSchema::instance().fields());
    for (const QString &path : PayloadSchema::instance().paths()) {
        const auto found = model.match(model.index(0, 0), PayloadSchemaModel::PathRole, path, -1,
                                       Qt::MatchExactly | Qt::MatchRecursive | Qt::MatchCaseSensitive);
        QVERIFY2(found.size() == 1, qPrintable(path));
        const QModelIndex row = found.first();
        QVERIFY(!row.siblingAtColumn(PayloadSchemaModel::TypeColumn).data().toString().isEmpty());
        QVERIFY(!row.siblingAtColumn(PayloadSchemaModel::DescriptionColumn).data().toString().isEmpty());
    }
}

void TestPayloadSchemaView::enterInserts()
{
    QSignalSpy inserted(m_view.get(), &PayloadSchemaView::insertRequested);
    QTest::keyClicks(m_search, u"data.issues.message"_s);
    QTest::keyClick(m_search, Qt::Key_Down);
    QTest::keyClick(m_tree, Qt::Key_Return);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.first().first().toString(), u"data.issues.message"_s);
}

void TestPayloadSchemaView::enterInsertsWhatWasSelectedFromOutside()
{
    QSignalSpy inserted(m_view.get(), &PayloadSchemaView::insertRequested);
    QModelIndex nested = m_tree->model()->index(0, 0);
    int line = 0;
    while (nested.isValid() && nested.data(PayloadSchemaModel::PathRole) != u"data.status"_s) {
        nested = m_tree->indexBelow(nested);
        ++line;
    }
    QVERIFY(nested.isValid());
    auto *cell = QAccessible::queryAccessibleInterface(m_tree)->tableInterface()->cellAt(line, 0);
    QCOMPARE(cell->text(QAccessible::Name), nested.data().toString());
    cell->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
    QTRY_COMPARE(m_tree->currentIndex(), nested);
    QTest::keyClick(m_tree, Qt::Key_Return);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.first().first().toString(), u"data.status"_s);
}

void TestPayloadSchemaView::doubleClickInserts()
{
    QSignalSpy inserted(m_view.get(), &PayloadSchemaView::insertRequested);
    const QPoint place = m_tree->visualRect(m_tree->model()->index(1, 0)).center();
    QTest::mouseClick(m_tree->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(m_tree->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.first().first().toString(),
             m_tree->model()->index(1, 0).data(PayloadSchemaModel::PathRole).toString());
}

void TestPayloadSchemaView::buttonSaysWhatItInserts()
{
    QSignalSpy inserted(m_view.get(), &PayloadSchemaView::insertRequested);
    m_search->setText(u"data.status"_s);
    QVERIFY(m_insert->text().contains(u"{{data.status}}"_s));
    m_insert->click();
    QCOMPARE(inserted.first().first().toString(), u"data.status"_s);
}

void TestPayloadSchemaView::searchFindsFields()
{
    m_search->setText(u"MESSAGE"_s);
    QCOMPARE(m_view->currentPath(), u"data.issues.message"_s);
    QVERIFY(m_tree->isExpanded(m_tree->model()->index(0, 0)));
    m_search->clear();
    QCOMPARE(m_tree->model()->rowCount(), int(PayloadSchema::instance().fields().size()));
}

void TestPayloadSchemaView::searchThatFindsNothingSaysSo()
{
    QSignalSpy inserted(m_view.get(), &PayloadSchemaView::insertRequested);
    m_search->setText(u"no such field"_s);
    QVERIFY(!m_tree->isVisible());
    QVERIFY(m_view->findChild<QWidget *>(u"nothingLabel"_s)->isVisible());
    QVERIFY(!m_insert->isEnabled());
    QTest::keyClick(m_search, Qt::Key_Return);
    QVERIFY(inserted.isEmpty());
    m_search->clear();
    QVERIFY(m_tree->isVisible());
    QVERIFY(m_insert->isEnabled());
}

QTEST_MAIN(TestPayloadSchemaView)
#include "tst_payloadschemaview.moc"
