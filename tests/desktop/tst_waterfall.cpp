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

using Phase = InvocationPhase;

/// Everything that an invocation may do: no valid token, the connection refused the first one with 401.
Invocation longest()
{
    Invocation invocation;
    const auto add = [&invocation](Phase phase, double milliseconds, int tokenExchange = 0) {
        invocation.timeline.append(
            {.phase = phase, .tokenExchange = tokenExchange, .duration = Milliseconds(milliseconds)});
    };
    add(Phase::Secrets, 0.03);
    add(Phase::Render, 0.04);
    add(Phase::Queued, 0.02, 1);
    add(Phase::Connect, 6, 1);
    add(Phase::Tls, 12, 1);
    add(Phase::Wait, 20, 1);
    add(Phase::Queued, 0.01);
    add(Phase::Lookup, 1);
    add(Phase::Connect, 5);
    add(Phase::Tls, 14);
    add(Phase::Send, 0.05);
    add(Phase::Wait, 30);
    add(Phase::Receive, 0.5);
    add(Phase::Wait, 18, 2);
    add(Phase::Send, 0.04);
    add(Phase::Wait, 25);
    add(Phase::Receive, 0.08);
    add(Phase::Judge, 0.06);
    return invocation;
}

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
    void timelineIsShownAsItIs();
    void shortNeighboursShareALine();
    void longLabelsTakeMoreLines();
    void tlsIsToldApartWhereItWasMeasured();
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
    QVERIFY(bars[0].phase == InvocationPhase::Lookup);
    QCOMPARE(bars[1].start, Milliseconds(1));
    QVERIFY(bars[3].phase == InvocationPhase::Wait);
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
    QVERIFY(bars[0].phase == InvocationPhase::Queued);
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
    QCOMPARE(bars[0].tokenExchange, 1);
    QCOMPARE(bars[1].tokenExchange, 0);
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

void TestWaterfall::timelineIsShownAsItIs()
{
    Invocation invocation = longest();
    invocation.timings = timings(1, 10, 2, 40, 3);
    invocation.tokenExchange = TokenExchange();
    invocation.tokenExchange->timings.total = Milliseconds(500);
    const auto bars = waterfallBars(invocation);
    QCOMPARE(qsizetype(bars.size()), invocation.timeline.size());
    Milliseconds end(0);
    for (std::size_t place = 0; place < bars.size(); ++place) {
        const auto &span = invocation.timeline[qsizetype(place)];
        QCOMPARE(bars[place].start, end);
        QCOMPARE(bars[place].duration, span.duration);
        QVERIFY(bars[place].phase == span.phase);
        QCOMPARE(bars[place].tokenExchange, span.tokenExchange);
        end = bars[place].end();
    }
    QCOMPARE(waterfallSpan(invocation), end);
    QCOMPARE(waterfallSpan(invocation), *totalTime(invocation));
}

void TestWaterfall::shortNeighboursShareALine()
{
    const Invocation invocation = longest();
    const auto bars = waterfallBars(invocation);
    const auto rows = waterfallRows(bars, waterfallSpan(invocation));
    std::vector<WaterfallBar> shown;
    for (const auto &row : rows) {
        QVERIFY(!row.empty());
        for (const auto &bar : row) {
            QCOMPARE(bar.tokenExchange, row.front().tokenExchange);
        }
        shown.insert(shown.end(), row.begin(), row.end());
    }
    QVERIFY(shown == bars);
    QCOMPARE(rows.front().size(), std::size_t(2));
    QCOMPARE(rows[1].size(), std::size_t(1)); // short too, but the token exchange's
    QCOMPARE(rows.back().size(), std::size_t(2));
    QCOMPARE(rows.size(), bars.size() - 2);

    // A tenth of a millisecond is much where all took one.
    const auto onLoopback = waterfallRows({{.phase = Phase::Secrets, .duration = Milliseconds(0.05)},
                                           {.phase = Phase::Render, .duration = Milliseconds(0.05)}},
                                          Milliseconds(1));
    QCOMPARE(onLoopback.size(), std::size_t(2));
}

void TestWaterfall::longLabelsTakeMoreLines()
{
    Invocation invocation;
    WaterfallView view;
    const auto add = [&invocation](Phase phase, double milliseconds) {
        invocation.timeline.append({.phase = phase, .tokenExchange = 0, .duration = Milliseconds(milliseconds)});
    };
    add(Phase::Wait, 30);
    view.setInvocation(invocation);
    const int height = view.sizeHint().height();
    for (const Phase phase : {Phase::Secrets, Phase::Render, Phase::Queued, Phase::Lookup, Phase::Connect}) {
        add(phase, 0.01);
    }
    view.setInvocation(invocation);
    QVERIFY(view.sizeHint().height() > 2 * height - view.contentsMargins().top() - view.contentsMargins().bottom());
    QVERIFY(view.minimumSizeHint().width() <= 360);
    QVERIFY(!view.grab().isNull());
}

void TestWaterfall::tlsIsToldApartWhereItWasMeasured()
{
    Invocation invocation;
    invocation.timings.connect = Milliseconds(11);
    QCOMPARE(WaterfallView::text(invocation), u"connect, TLS 11 ms"_s);
    invocation.timings.tls = Milliseconds(23);
    QCOMPARE(WaterfallView::text(invocation), u"connect 11 ms, TLS 23 ms"_s);
    invocation.timings.tls.reset();
    invocation.timeline = {{.phase = Phase::Connect, .tokenExchange = 0, .duration = Milliseconds(11)}};
    QCOMPARE(WaterfallView::text(invocation), u"connect 11 ms, in all 11 ms"_s);
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
    QCOMPARE(
        waterfallRect(Milliseconds(start), Milliseconds(start + duration), Milliseconds(span), QRectF(10, 5, 200, 8)),
        expected);
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
    view.setInvocation(longest());
    QCOMPARE(
        view.text(),
        u"reading secrets 0.03 ms, rendering 0.04 ms, token 1: waiting for a connection 0.02 ms, "
        "token 1: connect 6 ms, token 1: TLS 12 ms, token 1: wait 20 ms, waiting for a connection 0.01 ms, "
        "name lookup 1 ms, connect 5 ms, TLS 14 ms, send 0.05 ms, wait 30 ms, receive 0.5 ms, token 2: wait 18 ms, "
        "send 0.04 ms, wait 25 ms, receive 0.08 ms, judging 0.06 ms, in all 132 ms"_s);
    QCOMPARE(view.property("accessibleValue").toString(), view.text());
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

    view.setInvocation(longest());
    QApplication::sendEvent(&view, &event);
    QCOMPARE(QToolTip::text(),
             u"reading secrets: 0.03 ms, starting after 0 ms\n"
             "rendering: 0.04 ms, starting after 0.03 ms\nIn all: 131.83 ms"_s);
}

QTEST_MAIN(TestWaterfall)
#include "tst_waterfall.moc"
