// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "waterfall.h"
#include "waterfallview.h"

#include <QHelpEvent>
#include <QTest>
#include <QToolTip>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

Timings timings(double lookup, double connect, double send, double wait, double receive)
{
    Timings result;
    result.lookup = Milliseconds(lookup);
    result.connect = Milliseconds(connect);
    result.send = Milliseconds(send);
    result.wait = Milliseconds(wait);
    result.receive = Milliseconds(receive);
    return result;
}

} // namespace

class TestWaterfall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void phasesFollowOneAnother();
    void phasesThatDidNotHappenAreLeftOut();
    void tokenExchangeComesFirstOnTheSameAxis();
    void axisReachesTheTotal();
    void rectangles_data();
    void rectangles();
    void viewSaysWhatItShows();
    void viewWithoutPhasesIsHidden();
    void tooltipIsExact();
};

void TestWaterfall::phasesFollowOneAnother()
{
    Invocation invocation;
    invocation.timings = timings(1, 10, 2, 40, 3);
    const auto bars = waterfallBars(invocation);
    QCOMPARE(bars.size(), std::size_t(5));
    QCOMPARE(bars[0].phase, InvocationPhase::Lookup);
    QCOMPARE(bars[1].start, Milliseconds(1));
    QCOMPARE(bars[3].phase, InvocationPhase::Wait);
    QCOMPARE(bars[3].start, Milliseconds(13));
    QCOMPARE(bars[4].duration, Milliseconds(3));
    QCOMPARE(waterfallSpan(invocation), Milliseconds(56));
}

void TestWaterfall::phasesThatDidNotHappenAreLeftOut()
{
    Invocation invocation;
    invocation.timings.queued = Milliseconds(5);
    invocation.timings.wait = Milliseconds(7);
    const auto bars = waterfallBars(invocation);
    QCOMPARE(bars.size(), std::size_t(2));
    QCOMPARE(bars[0].phase, InvocationPhase::Queued);
    QCOMPARE(bars[1].start, Milliseconds(5));
    QVERIFY(waterfallBars({}).empty());
}

void TestWaterfall::tokenExchangeComesFirstOnTheSameAxis()
{
    Invocation invocation;
    invocation.timings = timings(1, 10, 2, 40, 3);
    invocation.tokenExchange = TokenExchange();
    invocation.tokenExchange->timings.wait = Milliseconds(20);
    invocation.tokenExchange->timings.total = Milliseconds(25);
    const auto bars = waterfallBars(invocation);
    QCOMPARE(bars.size(), std::size_t(6));
    QVERIFY(bars[0].isTokenExchange);
    QVERIFY(!bars[1].isTokenExchange);
    QCOMPARE(bars[1].start, Milliseconds(25));
    QCOMPARE(waterfallSpan(invocation), Milliseconds(81));
}

void TestWaterfall::axisReachesTheTotal()
{
    Invocation invocation;
    invocation.timings = timings(1, 1, 1, 1, 1);
    invocation.timings.total = Milliseconds(50);
    QCOMPARE(waterfallSpan(invocation), Milliseconds(50));
    invocation.timings.total = Milliseconds(2);
    QCOMPARE(waterfallSpan(invocation), Milliseconds(5));
}

void TestWaterfall::rectangles_data()
{
    QTest::addColumn<double>("start");
    QTest::addColumn<double>("duration");
    QTest::addColumn<double>("span");
    QTest::addColumn<QRectF>("expected");
    QTest::newRow("first half") << 0.0 << 50.0 << 100.0 << QRectF(10, 5, 100, 8);
    QTest::newRow("last quarter") << 75.0 << 25.0 << 100.0 << QRectF(160, 5, 50, 8);
    QTest::newRow("too short to see") << 50.0 << 0.01 << 100.0 << QRectF(110, 5, 2, 8);
    QTest::newRow("too short at the end") << 100.0 << 0.0 << 100.0 << QRectF(208, 5, 2, 8);
    QTest::newRow("longer than the axis") << 0.0 << 500.0 << 100.0 << QRectF(10, 5, 200, 8);
    QTest::newRow("no axis") << 0.0 << 0.0 << 0.0 << QRectF(10, 5, 2, 8);
}

void TestWaterfall::rectangles()
{
    QFETCH(double, start);
    QFETCH(double, duration);
    QFETCH(double, span);
    QFETCH(QRectF, expected);
    const WaterfallBar bar{.phase = InvocationPhase::Wait,
                           .isTokenExchange = false,
                           .start = Milliseconds(start),
                           .duration = Milliseconds(duration)};
    QCOMPARE(waterfallRect(bar, Milliseconds(span), QRectF(10, 5, 200, 8)), expected);
}

void TestWaterfall::viewSaysWhatItShows()
{
    Invocation invocation;
    invocation.timings.connect = Milliseconds(34.1);
    invocation.timings.wait = Milliseconds(1234);
    invocation.tokenExchange = TokenExchange();
    invocation.tokenExchange->timings.wait = Milliseconds(0.4);
    WaterfallView view;
    view.setInvocation(invocation);
    QCOMPARE(view.text(), u"token: wait 0.4 ms, connect, TLS 34 ms, wait 1.2 s"_s);
    QCOMPARE(view.property("accessibleValue").toString(), view.text());
    QVERIFY(!view.accessibleName().isEmpty());
    view.resize(view.minimumSizeHint());
    QVERIFY(!view.grab().isNull());
}

void TestWaterfall::viewWithoutPhasesIsHidden()
{
    QWidget window;
    WaterfallView view(&window);
    view.setInvocation({});
    QVERIFY(view.isHidden());
    Invocation invocation;
    invocation.timings.wait = Milliseconds(1);
    view.setInvocation(invocation);
    QVERIFY(!view.isHidden());
}

void TestWaterfall::tooltipIsExact()
{
    Invocation invocation;
    invocation.timings.wait = Milliseconds(47.9123);
    WaterfallView view;
    view.resize(400, 60);
    view.setInvocation(invocation);
    const QPoint place = view.contentsRect().topLeft() + QPoint(5, 5);
    QHelpEvent event(QEvent::ToolTip, place, view.mapToGlobal(place));
    QApplication::sendEvent(&view, &event);
    QVERIFY(QToolTip::text().contains(u"47.912 ms"_s));
}

QTEST_MAIN(TestWaterfall)
#include "tst_waterfall.moc"
