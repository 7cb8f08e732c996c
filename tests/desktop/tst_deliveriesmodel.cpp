// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "attemptsbar.h"
#include "deliveriesfeed.h"
#include "deliveriesmodel.h"
#include "deliverytext.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

Delivery deliveryOf(int id, DeliveryState state = DeliveryState::Delivered)
{
    Delivery delivery;
    delivery.id = QString::number(id);
    delivery.messageId = u"msg_%1"_s.arg(id);
    delivery.webhookName = u"hook"_s;
    delivery.integrationName = u"orders-db"_s;
    delivery.state = state;
    static const QDateTime created = QDateTime::currentDateTimeUtc(); // the same each time, else it would be a change
    delivery.createdAt = created;
    return delivery;
}

/// From `newest` down, `count` of them.
QList<Delivery> page(int newest, int count)
{
    QList<Delivery> deliveries;
    for (int id = newest; id > newest - count; --id) {
        deliveries.append(deliveryOf(id));
    }
    return deliveries;
}

} // namespace

class TestDeliveriesModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<DeliveriesModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        connect(m_model.get(), &DeliveriesModel::olderWanted, this, [this] { ++m_asked; });
        m_asked = 0;
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void rowsTellAll()
    {
        Delivery dead = deliveryOf(2, DeliveryState::Dead);
        dead.attempts = 10;
        dead.lastHttpStatus = 401;
        dead.lastReason = u"The target refused the token."_s;
        dead.lastTotal = Milliseconds(92.4);
        Delivery silent = deliveryOf(1, DeliveryState::Waiting);
        silent.attempts = 1;
        silent.nextAttemptAt = QDateTime::currentDateTimeUtc().addDays(300);
        m_model->show({dead, silent}, true);
        const auto text = [this](int row, int column, int role = Qt::DisplayRole) {
            return m_model->index(row, column).data(role).toString();
        };
        QCOMPARE(text(0, DeliveriesModel::State), u"Dead"_s);
        QCOMPARE(text(0, DeliveriesModel::Http), u"401"_s);
        QCOMPARE(text(0, DeliveriesModel::Attempts), u"10"_s);
        QCOMPARE(text(0, DeliveriesModel::Duration), u"92 ms"_s);
        QCOMPARE(text(0, DeliveriesModel::Duration, Qt::ToolTipRole), u"92.4 ms"_s);
        QCOMPARE(text(0, DeliveriesModel::Http, Qt::ToolTipRole), dead.lastReason);
        QCOMPARE(text(1, DeliveriesModel::Http), u"–"_s);
        QCOMPARE(text(1, DeliveriesModel::State), u"Waiting, next "_s + shortTime(*silent.nextAttemptAt));
        QVERIFY(!m_model->index(0, DeliveriesModel::State).data(Qt::DecorationRole).isNull());
        QVERIFY(m_model->index(0, DeliveriesModel::State).data(Qt::ForegroundRole).value<QColor>()
                != m_model->index(1, DeliveriesModel::State).data(Qt::ForegroundRole).value<QColor>());
        for (int column = 0; column < DeliveriesModel::ColumnCount; ++column) {
            const int alignment = m_model->index(0, column).data(Qt::TextAlignmentRole).toInt();
            QCOMPARE((alignment & Qt::AlignRight) != 0, column >= DeliveriesModel::Http);
            QVERIFY(!m_model->headerData(column, Qt::Horizontal).toString().isEmpty());
        }
    }

    void newestAreMerged()
    {
        m_model->show(page(10, 5), false);
        const QPersistentModelIndex kept = m_model->indexOf(u"8"_s);
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        auto now = page(12, 5);
        now.last() = deliveryOf(8, DeliveryState::Dead);
        QVERIFY(m_model->mergeNewest(now, false));
        QCOMPARE(ids(), (QList<int>{12, 11, 10, 9, 8, 7, 6}));
        QCOMPARE(kept.row(), 4);
        QCOMPARE(m_model->index(kept.row(), DeliveriesModel::State).data().toString(), u"Dead"_s);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(reset.size(), 0);
    }

    void aGapIsNotHidden()
    {
        m_model->show(page(10, 5), false);
        QVERIFY(!m_model->mergeNewest(page(30, 5), false));
        QCOMPARE(ids(), (QList<int>{10, 9, 8, 7, 6}));
        QVERIFY(m_model->mergeNewest(page(30, 5), true));
        QCOMPARE(ids(), (QList<int>{30, 29, 28, 27, 26}));
    }

    void whatNoLongerMatchesGoes()
    {
        m_model->show(page(10, 6), false);
        m_model->mergeFrom(u"9"_s, {deliveryOf(9), deliveryOf(7)}, false);
        QCOMPARE(ids(), (QList<int>{10, 9, 7, 6, 5}));
        m_model->mergeFrom(u"7"_s, {deliveryOf(6)}, true);
        QCOMPARE(ids(), (QList<int>{10, 9, 6}));
        m_model->mergeFrom(u"9"_s, {}, true);
        QCOMPARE(ids(), (QList<int>{10}));
    }

    void olderOnesComeAsAskedFor()
    {
        m_tester.reset(); // which asks for more by itself
        m_model->show(page(10, 3), false);
        QVERIFY(m_model->canFetchMore({}));
        m_model->fetchMore({});
        QVERIFY(!m_model->canFetchMore({}));
        QCOMPARE(m_asked, 1);
        QCOMPARE(m_model->lastId(), u"8"_s);
        m_model->append(page(7, 2), true);
        QCOMPARE(ids(), (QList<int>{10, 9, 8, 7, 6}));
        QVERIFY(!m_model->canFetchMore({}));
    }

    void buckets_data()
    {
        QTest::addColumn<int>("minutes");
        QTest::addColumn<int>("bucket");
        QTest::newRow("nothing") << 0 << 1;
        QTest::newRow("an hour") << 60 << 2;
        QTest::newRow("a day") << 24 * 60 << 30;
        QTest::newRow("a week") << 7 * 24 * 60 << 180;
        QTest::newRow("ten years") << 3650 * 24 * 60 << 365 * 24 * 60;
    }

    void buckets()
    {
        QFETCH(const int, minutes);
        QFETCH(const int, bucket);
        QCOMPARE(static_cast<int>(bucketFor(std::chrono::minutes(minutes)).count()), bucket);
    }

    void manyAttemptsAreElided()
    {
        QCOMPARE(AttemptsBar::shown(0, 0), QList<int>());
        QCOMPARE(AttemptsBar::shown(6, 6), (QList<int>{1, 2, 3, 4, 5, 6}));
        QCOMPARE(AttemptsBar::shown(10, 10), (QList<int>{1, 2, 10}));
        QCOMPARE(AttemptsBar::shown(10, 5), (QList<int>{1, 2, 5, 10}));
    }

private:
    QList<int> ids() const
    {
        QList<int> ids;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            ids.append(m_model->index(row, 0).data(DeliveriesModel::IdRole).toInt());
        }
        return ids;
    }

    std::unique_ptr<DeliveriesModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    int m_asked = 0;
};

QTEST_MAIN(TestDeliveriesModel)
#include "tst_deliveriesmodel.moc"
