// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodyview.h"
#include "codeeditor.h"
#include "findbar.h"
#include "invocationpanel.h"
#include "metrics.h"
#include "sampleinvocations.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QTest>

#include <algorithm>

using namespace Tocsin;

/// Where a response's body, and what belongs to it, stands in the panel.
class TestResponseBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void emptyBodyKeepsItsHeadingAndFactsTogether();
    void searchComesIntoSight();

private:
    BodyView *body() const;

    std::unique_ptr<InvocationPanel> m_panel;
};

void TestResponseBody::init()
{
    m_panel = std::make_unique<InvocationPanel>();
    m_panel->resize(460, 800);
    m_panel->show();
}

BodyView *TestResponseBody::body() const
{
    const auto all = m_panel->findChildren<BodyView *>();
    const auto shown = std::find_if(all.cbegin(), all.cend(), [](const BodyView *view) { return view->isVisible(); });
    return shown == all.cend() ? nullptr : *shown;
}

void TestResponseBody::emptyBodyKeepsItsHeadingAndFactsTogether()
{
    Invocation invocation = successfulInvocation();
    invocation.response->body.clear();
    m_panel->setInvocation(invocation);
    const auto labels = body()->findChildren<QLabel *>();
    const auto withWords = [&labels](const QString &words) {
        const auto found = std::find_if(labels.cbegin(), labels.cend(), [&words](const QLabel *label) {
            return label->isVisible() && label->text().contains(words);
        });
        return found == labels.cend() ? nullptr : *found;
    };
    const auto *title = withWords(u"Response body"_s);
    const auto *facts = withWords(u"empty"_s);
    QVERIFY(title && facts);
    QCoreApplication::processEvents();
    QVERIFY(body()->height() > 100); // as high as what is left
    const int gap = facts->mapTo(m_panel.get(), QPoint()).y() - title->mapTo(m_panel.get(), QPoint()).y();
    QCOMPARE_LE(gap, 2 * Metrics::target);
}

void TestResponseBody::searchComesIntoSight()
{
    Invocation invocation = successfulInvocation();
    QByteArray items("[\"first\"");
    for (int i = 0; i < 60; ++i) {
        items += ",\"another\"";
    }
    invocation.response->body = items + ",\"last\"]";
    m_panel->resize(460, 620);
    m_panel->setInvocation(invocation);
    auto *editor = body()->findChild<CodeEditor *>();
    const QScrollArea *area = nullptr;
    for (const QWidget *around = editor; around && !area; around = around->parentWidget()) {
        area = qobject_cast<const QScrollArea *>(around);
    }
    QVERIFY(area);
    const auto isSeen = [area](const QWidget *widget, const QRect &part) {
        const QRect there(widget->mapTo(area->viewport(), part.topLeft()), part.size());
        return area->viewport()->rect().contains(there);
    };
    QTRY_VERIFY(editor->height() > 300 && !isSeen(editor, editor->rect())); // it does not fit below its facts
    editor->setFocus();
    QTest::keyClick(editor, Qt::Key_F, Qt::ControlModifier);
    auto *bar = editor->findChild<FindBar *>();
    QVERIFY(isSeen(bar, bar->rect()));
    auto *line = bar->findChild<QLineEdit *>();
    for (const auto &sought : {u"last"_s, u"first"_s}) {
        line->setText(sought);
        QCOMPARE(editor->selectedText(), sought);
        const QRect match = editor->globalRect(editor->SendScintilla(QsciScintilla::SCI_GETSELECTIONSTART));
        QVERIFY(isSeen(editor, {editor->mapFromGlobal(match.topLeft()), match.size()}));
        QVERIFY(isSeen(bar, bar->rect()));
    }

    // an area that is too low for both shows the match
    m_panel->resize(460, 420);
    QCoreApplication::processEvents();
    line->setText(u"last"_s);
    line->setText(u"first"_s);
    const QRect match = editor->globalRect(editor->SendScintilla(QsciScintilla::SCI_GETSELECTIONSTART));
    QVERIFY(isSeen(editor, {editor->mapFromGlobal(match.topLeft()), match.size()}));
}

QTEST_MAIN(TestResponseBody)
#include "tst_responsebody.moc"
