// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline.h"
#include "timelinetext.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Phase = InvocationPhase;

class TestTimeline : public QObject
{
    Q_OBJECT

private:
    const Timeline::Clock::time_point m_start = Timeline::Clock::time_point(1h);

    static TimelineSpan span(Phase phase, double milliseconds, int tokenExchange = 0)
    {
        return {.phase = phase, .tokenExchange = tokenExchange, .duration = Milliseconds(milliseconds)};
    }

private Q_SLOTS:
    void spansFollowOneAnotherAndAddUp()
    {
        Timeline timeline(m_start);
        timeline.enter(Phase::Secrets, m_start + 1ms);
        timeline.enter(Phase::Queued, m_start + 3ms, 1);
        timeline.enter(Phase::Wait, m_start + 4500us, 1);
        timeline.enter(Phase::Wait, m_start + 10ms);
        timeline.enter(Phase::Judge, m_start + 30ms);
        const auto spans = timeline.spans(m_start + 31ms);
        QCOMPARE(spans,
                 (QList<TimelineSpan>{span(Phase::Secrets, 3), span(Phase::Queued, 1.5, 1), span(Phase::Wait, 5.5, 1),
                                      span(Phase::Wait, 20), span(Phase::Judge, 1)}));
        QCOMPARE(totalOf(spans), Milliseconds(31));
    }

    void whatIsBegunTwiceIsOnePhase()
    {
        Timeline timeline(m_start);
        timeline.enter(Phase::Wait, m_start);
        timeline.enter(Phase::Wait, m_start + 2ms);
        timeline.enter(Phase::Receive, m_start + 3ms);
        QCOMPARE(timeline.spans(m_start + 4ms), (QList<TimelineSpan>{span(Phase::Wait, 3), span(Phase::Receive, 1)}));
    }

    void whatTookNoTimeVanishes()
    {
        Timeline timeline(m_start);
        timeline.enter(Phase::Secrets, m_start);
        timeline.enter(Phase::Render, m_start);
        timeline.enter(Phase::Connect, m_start + 2ms);
        timeline.enter(Phase::Render, m_start + 2ms); // what was before goes on
        timeline.enter(Phase::Wait, m_start + 5ms);
        timeline.enter(Phase::Judge, m_start + 6ms);
        QCOMPARE(timeline.spans(m_start + 6ms), (QList<TimelineSpan>{span(Phase::Render, 5), span(Phase::Wait, 1)}));
        QVERIFY(timeline.spans(m_start).isEmpty());
        QVERIFY(Timeline(m_start).spans(m_start + 1ms).isEmpty());
    }

    void marksStayInOrderAndBeforeTheEnd()
    {
        Timeline timeline(m_start);
        timeline.enter(Phase::Connect, m_start);
        timeline.enter(Phase::Tls, m_start + 5ms);
        timeline.enter(Phase::Send, m_start + 3ms); // taken down late: begins where the last one did
        timeline.enter(Phase::Wait, m_start + 8ms);
        timeline.enter(Phase::Receive, m_start + 20ms);
        const auto spans = timeline.spans(m_start + 10ms);
        QCOMPARE(spans, (QList<TimelineSpan>{span(Phase::Connect, 5), span(Phase::Send, 3), span(Phase::Wait, 2)}));
        QCOMPARE(totalOf(spans), Milliseconds(10));
    }

    void phasesHaveNames()
    {
        QSet<QString> names;
        QSet<QString> texts;
        for (int phase = 0; phase <= int(Phase::Judge); ++phase) {
            const auto name = toString(Phase(phase));
            QCOMPARE(invocationPhaseFromString(name), std::optional(Phase(phase)));
            names.insert(name);
            texts.insert(phaseText(Phase(phase)));
        }
        QCOMPARE(names.size(), int(Phase::Judge) + 1);
        QCOMPARE(texts.size(), int(Phase::Judge) + 1);
        QVERIFY(!names.contains(QString()) && !texts.contains(QString()));
        QVERIFY(!invocationPhaseFromString(u"TLS"_s));
    }

    void tokenExchangesAreNumberedWhereThereAreTwo()
    {
        QCOMPARE(phaseLabel({u"send"_s, u"wait"_s}, 0, true), u"send, wait"_s);
        QCOMPARE(phaseLabel({u"send"_s, u"wait"_s}, 1, false), u"token: send, wait"_s);
        QCOMPARE(phaseLabel({u"send"_s}, 2, true), u"token 2: send"_s);
        QVERIFY(!hasTwoTokenExchanges({span(Phase::Wait, 1, 1), span(Phase::Wait, 1)}));
        QVERIFY(hasTwoTokenExchanges({span(Phase::Wait, 1, 1), span(Phase::Wait, 1, 2)}));
    }
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
