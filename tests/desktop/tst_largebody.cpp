// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codeeditor.h"
#include "previewpanel.h"
#include "webhookdraft.h"

#include <QSignalSpy>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using Field = WebhookDraft::Field;

namespace {

/// Members of some 100 KiB, then `last` as a member's value.
QString largeTemplate(const QString &last)
{
    QString text = u"{\n"_s;
    for (int i = 0; i < 3000; ++i) {
        text += u"  \"member %1\": \"{{data.name}}\",\n"_s.arg(i);
    }
    return text + u"  \"last\": "_s + last + u"\n}\n"_s;
}

} // namespace

/// A body template that is too large to be checked and rendered between two key presses.
class TestLargeBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsItsProblemsAside()
    {
        WebhookDraft draft;
        QSignalSpy announced(&draft, &WebhookDraft::problemsChanged);
        draft.setBodyTemplate(largeTemplate(u"\"{{data.nam}}\""_s));
        QCOMPARE(draft.problemsFor(Field::BodyTemplate), Problems());
        QTRY_COMPARE(announced.count(), 1);
        QCOMPARE(draft.problemsFor(Field::BodyTemplate).size(), 1);
        QCOMPARE(draft.problemsFor(Field::BodyTemplate).constFirst().position.line, 3002);
    }

    void findsItsSecretsAside()
    {
        WebhookDraft draft;
        Webhook webhook;
        webhook.bodyTemplate = largeTemplate(u"1,\n  \"api_key\": \"0123456789abcdef\""_s);
        QSignalSpy announced(&draft, &WebhookDraft::problemsChanged);
        draft.load(webhook);
        QTRY_COMPARE(draft.literalSecrets(Field::BodyTemplate).size(), 1);
        QCOMPARE(announced.count(), 2);
    }

    /// Save and Test may come while it is still being checked.
    void isCheckedAtOnceForAQuestion()
    {
        WebhookDraft draft;
        draft.setName(u"Orders"_s);
        draft.setUrl(u"https://example.com/hook"_s);
        draft.setBodyTemplate(largeTemplate(u"{{data.name"_s));
        const auto error = draft.firstError();
        QVERIFY(error);
        QCOMPARE(error->field, Field::BodyTemplate);
        draft.setBodyTemplate(largeTemplate(u"1"_s));
        QVERIFY(draft.isReady());
        draft.setBodyTemplate(largeTemplate(u"1,\n  \"api_key\": \"0123456789abcdef\""_s));
        draft.setKeptAsText(u"body/api_key"_s, true);
        QCOMPARE(draft.toInput().keptAsText, QSet<QString>{u"body/api_key"_s});
    }

    void saysNothingOfATextThatIsGone()
    {
        WebhookDraft draft;
        QSignalSpy announced(&draft, &WebhookDraft::problemsChanged);
        Webhook broken;
        broken.bodyTemplate = largeTemplate(u"{{data.nam}}"_s);
        draft.load(broken);
        draft.setBodyTemplate(largeTemplate(u"1"_s));
        QTRY_COMPARE(announced.count(), 2); // the load's, and that of the text as it is now
        QCOMPARE(draft.problemsFor(Field::BodyTemplate), Problems());
    }

    void isPreviewedAside()
    {
        PreviewPanel panel;
        panel.show();
        auto *body = panel.findChild<CodeEditor *>(u"bodyEditor"_s);
        QVERIFY(body);
        panel.setBodyTemplate(largeTemplate(u"1"_s));
        panel.setBodyTemplate(largeTemplate(u"\"the last of two\""_s));
        QTRY_VERIFY(body->text().contains(u"the last of two"_s));

        bool isStaleShown = false;
        connect(body, &QsciScintilla::textChanged, this,
                [&isStaleShown, body] { isStaleShown |= body->text().contains(u"stale"_s); });
        panel.hide();
        panel.setBodyTemplate(largeTemplate(u"\"stale\""_s));
        panel.show(); // and now it is being rendered
        panel.setBodyTemplate(u"{\"small\": 1}"_s);
        QCOMPARE(body->text(), u"{\"small\": 1}"_s);
        panel.setBodyTemplate(largeTemplate(u"\"the newest\""_s));
        QTRY_VERIFY(body->text().contains(u"the newest"_s));
        QVERIFY(!isStaleShown);
    }
};

QTEST_MAIN(TestLargeBody)
#include "tst_largebody.moc"
