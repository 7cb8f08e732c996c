// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "attemptsbar.h"
#include "chartaxis.h"
#include "deliveriesfeed.h"
#include "deliveriesmodel.h"
#include "deliverybanner.h"
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
        dead.lastReason = Sentence(u"The target refused the token."_s);
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

    void aHeldOneSaysWhyAndUntilWhen()
    {
        const auto now = QDateTime::currentDateTime();
        const auto then = now.addDays(300);
        const QString until = shortTime(then);
        Delivery held = deliveryOf(1, DeliveryState::Waiting);
        held.nextAttemptAt = then;
        held.expiresAt = then.addDays(1);
        held.heldBy = HoldingRule::Settle;
        QCOMPARE(stateInWords(held), u"Settles at "_s + until);
        QCOMPARE(holdingInWords(held), u"Waiting for its status to last, "_s + until);
        held.heldBy = HoldingRule::Rate;
        QCOMPARE(stateInWords(held), u"Rate, next "_s + until);
        QCOMPARE(holdingInWords(held), u"Waiting for its webhook's rate, "_s + until);
        held.state = DeliveryState::Pending; // a rate holds what never went out
        QCOMPARE(stateInWords(held), u"Rate, next "_s + until);
        held.state = DeliveryState::Waiting;
        held.heldBy = HoldingRule::Mute;
        QCOMPARE(stateInWords(held), u"Muted until "_s + until);
        QCOMPARE(holdingInWords(held), u"Muted until "_s + until);
        m_model->show({held}, true);
        const auto toolTip = [this] {
            return m_model->index(0, DeliveriesModel::State).data(Qt::ToolTipRole).toString();
        };
        QVERIFY2(toolTip().startsWith(u"Muted until %1\nUntil: "_s.arg(until)), qPrintable(toolTip()));
        QVERIFY2(toolTip().contains("\nExpires: "_L1), qPrintable(toolTip()));
        held.nextAttemptAt.reset();
        held.expiresAt.reset();
        QCOMPARE(stateInWords(held), u"Muted"_s);
        m_model->show({held}, true);
        QCOMPARE(toolTip(), u"Muted until unmuted"_s);
    }

    void thePanelSaysWhyAndWhenItExpires()
    {
        DeliveryDetails details{.delivery = deliveryOf(1, DeliveryState::Waiting), .event = {}, .attempts = {}};
        details.delivery.heldBy = HoldingRule::Settle;
        details.delivery.expiresAt = QDateTime::currentDateTime().addDays(300);
        const QString expires = u"expires "_s + shortTime(*details.delivery.expiresAt);
        QVERIFY2(DeliveryBanner::summary(details, 3).endsWith(expires),
                 qPrintable(DeliveryBanner::summary(details, 3)));
        details.attempts = {Invocation()};
        QVERIFY2(DeliveryBanner::summary(details, 3).endsWith(expires),
                 qPrintable(DeliveryBanner::summary(details, 3)));
        details.delivery.state = DeliveryState::Superseded;
        details.delivery.expiresAt.reset();
        details.delivery.lastReason = Sentence(u"A newer status came."_s);
        QVERIFY2(DeliveryBanner::summary(details, 3).startsWith(u"A newer status came · "_s)
                     && !DeliveryBanner::summary(details, 3).contains("of 3"_L1), // there will be no other
                 qPrintable(DeliveryBanner::summary(details, 3)));
        details.attempts.clear();
        QVERIFY2(DeliveryBanner::summary(details, 3).startsWith(u"A newer status came · never tried"_s),
                 qPrintable(DeliveryBanner::summary(details, 3)));
    }

    void aTimeOfAnotherYearHasIt()
    {
        const QDateTime now(QDate(2026, 11, 29), QTime(22, 0));
        QCOMPARE(shortTime(now.addSecs(60), now), u"22:01"_s);
        QCOMPARE(shortTime(now.addDays(20), now), u"19 Dec 22:00"_s);
        QCOMPARE(shortTime(now.addDays(365), now), u"29 Nov 2027 22:00"_s);
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

    void aGapIsTold()
    {
        m_model->show(page(10, 5), false);
        QVERIFY(!m_model->mergeNewest(page(30, 5), false));
        QCOMPARE(ids(), (QList<int>{30, 29, 28, 27, 26, 10, 9, 8, 7, 6}));
        m_model->setIds({30, 29, 28, 27, 26, 25, 10, 7}, true);
        QCOMPARE(ids(), (QList<int>{30, 29, 28, 27, 26, 25, 10, 7}));
        QVERIFY(m_model->isAll());
        QVERIFY(m_model->mergeNewest(page(30, 5), true));
        QCOMPARE(ids(), (QList<int>{30, 29, 28, 27, 26}));
    }

    void allRowsAreThereBeforeTheyAreRead()
    {
        constexpr int many = 200'000;
        m_tester.reset(); // which looks at each of them
        QList<qint64> all;
        for (int id = many; id > 0; --id) {
            all.append(id);
        }
        m_model->show(page(many, 3), false);
        const QPersistentModelIndex kept = m_model->indexOf(QString::number(many - 1));
        m_model->setIds(all, true);
        QCOMPARE(m_model->rowCount(), many);
        QCOMPARE(kept.row(), 1);
        QVERIFY(!m_model->canFetchMore({}));
        QVERIFY(m_model->at(2) && !m_model->at(3));
        const QModelIndex last = m_model->index(many - 1, DeliveriesModel::Webhook);
        QCOMPARE(last.data(DeliveriesModel::IdRole).toString(), u"1"_s);
        QVERIFY(last.data().isNull());
        m_model->mergeFrom(u"5"_s, page(5, 5), true);
        QCOMPARE(m_model->rowCount(), many);
        QCOMPARE(last.data().toString(), u"hook"_s);
    }

    void whatIsNotSeenIsForgotten()
    {
        m_tester.reset();
        m_model->show(page(9000, 9000), true);
        m_model->forgetBeyond(4000, 4100);
        QCOMPARE(m_model->rowCount(), 9000);
        QVERIFY(m_model->at(4000) && m_model->at(4100));
        QVERIFY(!m_model->at(3999) && !m_model->at(4101));
        QCOMPARE(m_model->idAt(0), u"9000"_s);
    }

    void anotherQuerysRowsAreExchangedAtOnce()
    {
        QList<qint64> odd;
        for (int id = 1999; id > 0; id -= 2) {
            odd.append(id);
        }
        m_tester.reset();
        m_model->show(page(2000, 2000), true);
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->setIds(odd, true);
        QCOMPARE(reset.size(), 1);
        QCOMPARE(m_model->rowCount(), 1000);
        QCOMPARE(m_model->find(u"1999"_s)->id, u"1999"_s);
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
        m_model->append({7, 6}, true);
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

    void hoursStandOnTheAxis()
    {
        const QFontMetrics metrics((QFont()));
        const QDateTime start(QDate(2026, 11, 27), QTime(14, 0)); // a Friday, local time
        const auto day = axisLabels(start, start.addDays(1), 900, metrics);
        QVERIFY(day.size() > 4);
        QVERIFY2(day.constFirst().text.startsWith(QLocale().toString(start, u"ddd "_s)),
                 qPrintable(day.constFirst().text));
        QCOMPARE(day.constLast().text, u"now"_s);
        QVERIFY(std::any_of(day.begin(), day.end(), [](const AxisLabel &label) { return label.text == u"18:00"_s; }));
        const QDateTime midnight(QDate(2026, 11, 28), QTime(0, 0));
        QVERIFY(std::any_of(day.begin(), day.end(), [&](const AxisLabel &label) {
            return label.text.startsWith(QLocale().toString(midnight, u"ddd "_s)) && label.position >= 375;
        }));
        for (const int width : {120, 300, 900, 2500}) {
            for (const qint64 hours : {1, 24, 24 * 7, 24 * 365, 24 * 3650}) {
                int free = 0;
                for (const auto &label : axisLabels(start, start.addSecs(hours * 3600), width, metrics)) {
                    QVERIFY2(label.left >= free, qPrintable(label.text));
                    free = label.left + metrics.horizontalAdvance(label.text);
                    QVERIFY2(free <= width, qPrintable(label.text));
                }
            }
        }
        QVERIFY(axisLabels(start, start, 900, metrics).isEmpty());
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
