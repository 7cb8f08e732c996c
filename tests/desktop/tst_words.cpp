// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the window words what it shows.
#include "advancedsummary.h"
#include "colorroles.h"
#include "disclosurebutton.h"
#include "format.h"
#include "icons.h"
#include "metrics.h"
#include "problemlabel.h"
#include "sampleinvocations.h"
#include "troubleshootingtext.h"

#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestWords : public QObject
{
    Q_OBJECT

private:
    static Problem problem(Severity severity, const QString &message)
    {
        return {.severity = severity, .field = {}, .message = message, .position = {}};
    }

    /// The label that says so, and the icon beside it.
    static std::pair<QLabel *, QLabel *> wordsAndIcon(const ProblemLabel &label, const QString &words)
    {
        for (auto *text : label.findChildren<QLabel *>()) {
            if (text->text() == words) {
                for (auto *icon : text->parentWidget()->findChildren<QLabel *>()) {
                    if (icon != text) {
                        return {text, icon};
                    }
                }
            }
        }
        return {};
    }

private Q_SLOTS:
    void aWarningBesideAnErrorHasItsOwnIcon()
    {
        ProblemLabel label;
        QLineEdit field;
        label.setField(&field);
        label.setProblems(
            {problem(Severity::Warning, u"It may be misspelt."_s), problem(Severity::Error, u"It is empty."_s)});
        for (const auto &[words, role] : {std::pair{u"It is empty."_s, ColorRole::Error},
                                          std::pair{u"It may be misspelt."_s, ColorRole::Warning}}) {
            const auto [text, icon] = wordsAndIcon(label, words);
            QVERIFY2(text && icon, qPrintable(words));
            QVERIFY(!text->isHidden() && !icon->isHidden());
            QCOMPARE(text->palette().color(QPalette::WindowText), color(role, QPalette()));
            QCOMPARE(
                icon->pixmap(Qt::ReturnByValue).toImage(),
                pixmap(symbolOf(role), color(role, QPalette()), Metrics::icon, label.devicePixelRatioF()).toImage());
        }
        QCOMPARE(label.text(), u"It is empty.\nIt may be misspelt."_s);
        QCOMPARE(field.accessibleDescription(), label.text());

        label.setProblems({problem(Severity::Warning, u"It may be misspelt."_s)});
        QCOMPARE(label.text(), u"It may be misspelt."_s);
        label.setProblems({});
        QVERIFY(label.isHidden());
        QCOMPARE(field.accessibleDescription(), QString());
    }

    void theClosedSectionSaysWhatItHolds()
    {
        WebhookDraft draft;
        QCOMPARE(advancedSummary(draft.fields()), u"Nothing set"_s);
        draft.setClientKey(u"key"_s);
        QCOMPARE(advancedSummary(draft.fields()), u"Client certificate"_s);
        draft.setSigningSecret(u"whsec_"_s);
        QCOMPARE(advancedSummary(draft.fields()), u"Client certificate, signing"_s);
        draft.setCaCertificates(u"pem"_s);
        draft.setRetries(u"1 s"_s); // is another section's
        QCOMPARE(advancedSummary(draft.fields()), u"CA certificates, client certificate, signing"_s);

        DisclosureButton button;
        button.setText(u"Advanced"_s);
        button.setSummary(u"Signing"_s);
        QVERIFY(button.accessibleDescription().contains(u"Signing"_s));
        button.resize(400, button.sizeHint().height());
        const auto closed = button.grab().toImage();
        button.setSummary({});
        QVERIFY(button.grab().toImage() != closed); // it is painted
        button.setSummary(u"Signing"_s);
        button.setOpen(true);
        QVERIFY(!button.accessibleDescription().contains(u"Signing"_s));
        button.setOpen(false);
        QCOMPARE(button.toolTip(), QString());
        button.setSummary(u"Signing "_s.repeated(40));
        QCOMPARE(button.toolTip(), u"Signing "_s.repeated(40)); // it is cut off
        button.setOpen(true);
        QCOMPARE(button.toolTip(), QString());
    }

    void aTimeThatWasSetIsSaidInOneUnit()
    {
        using namespace std::chrono_literals;
        QCOMPARE(formatSpan(0s), u"0 s"_s);
        QCOMPARE(formatSpan(90s), u"90 s"_s);
        QCOMPARE(formatSpan(120s), u"2 min"_s);
        QCOMPARE(formatSpan(36h), u"36 h"_s);
        QCOMPARE(formatSpan(48h), u"2 day(s)"_s);
        QCOMPARE(formatRoughSpan(90s), u"90 s"_s);
        QCOMPARE(formatRoughSpan(305s), u"5 min"_s);
        QCOMPARE(formatRoughSpan(31h), u"31 h"_s);
        QCOMPARE(formatRoughSpan(272'105s), u"3 day(s)"_s); // a new webhook's retries
    }

    void evidenceNamesThePathOnce()
    {
        auto invocation = failedInvocation(ErrorKind::Http, u"The target answered 500."_s);
        invocation.validators = {{.jsonPath = u"$.status"_s,
                                  .expectedValues = {u"200"_s},
                                  .actual = u"500"_s,
                                  .passed = false,
                                  .message = Sentence(u"$.status is 500, not 200."_s)},
                                 {.jsonPath = u"$.data"_s,
                                  .expectedValues = {u"ok"_s},
                                  .actual = {},
                                  .passed = false,
                                  .message = Sentence(u"The response has no body."_s)}};
        const auto found = troubleshoot(invocation);
        QVERIFY(found.evidence.contains(u"$.status is 500, not 200."_s));
        QVERIFY(found.evidence.contains(u"$.data: The response has no body."_s));
    }

    void whatWentOutOnceIsSaidSo()
    {
        auto invocation = failedInvocation(ErrorKind::Timeout, u"It took too long."_s);
        invocation.response.reset();
        invocation.sent = 1;
        QVERIFY(
            troubleshoot(invocation).evidence.contains(u"The request went out once, and no whole answer came back."_s));
        invocation.sent = 0;
        QVERIFY(troubleshoot(invocation).evidence.contains(u"The request was not sent."_s));
    }
};

QTEST_MAIN(TestWords)
#include "tst_words.moc"
