// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checklines.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// Checks as a terminal and a log have them.
class TestCheckLines : public QObject
{
    Q_OBJECT

private:
    static WebhookInput named(const QString &name)
    {
        WebhookInput input;
        input.webhook.name = name;
        return input;
    }

    static WebhookCheckResult result(const QString &name, const QList<CheckLine> &lines)
    {
        WebhookCheckResult result;
        result.webhookName = name;
        result.lines = lines;
        return result;
    }

    static CheckLine line(CheckSubject subject, CheckState state, const QString &found)
    {
        return {.subject = subject, .state = state, .found = Sentence(found)};
    }

private Q_SLOTS:
    void aLineForEachThingInColumns()
    {
        CheckLines lines({named(u"ops"_s), named(u"longer"_s)});
        auto failed = line(CheckSubject::Template, CheckState::Failed, u"It is\nwrong."_s);
        failed.hint = Sentence(u"Mend it."_s);
        failed.field = u"body_template"_s;
        failed.position = {.line = 3, .column = 4, .offset = 9};
        const auto text = lines.text(result(u"ops"_s,
                                            {line(CheckSubject::Document, CheckState::Ok, u"Fine."_s), failed,
                                             line(CheckSubject::Tls, CheckState::Skipped, u"Not reached."_s)}));
        const auto rows = text.split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[0].simplified(), u"ok ops Document Fine."_s);
        QCOMPARE(rows[1].simplified(), u"FAILED ops Template It is wrong. Mend it. (body_template:3:4)"_s);
        QCOMPARE(rows[2].simplified(), u"skipped ops TLS Not reached."_s);
        QCOMPARE(rows[0].indexOf("Fine."_L1), rows[1].indexOf("It is"_L1));
        QCOMPARE(rows[0].indexOf("Document"_L1), rows[2].indexOf("TLS"_L1));
    }

    void theKeychainIsToldOfOnce()
    {
        CheckLines lines({named(u"one"_s), named(u"two"_s)});
        auto locked = line(CheckSubject::Secrets, CheckState::Failed, u"The keychain is locked."_s);
        locked.isKeychains = true;
        const auto document = line(CheckSubject::Document, CheckState::Ok, u"Fine."_s);
        QVERIFY(lines.text(result(u"one"_s, {document, locked})).contains("locked"_L1));
        const auto second = lines.text(result(u"two"_s, {document, locked}));
        QVERIFY(second.contains("Fine."_L1));
        QVERIFY(!second.contains("locked"_L1));
    }

    void aLogHasALineForWhatIsWrong()
    {
        const auto ok = line(CheckSubject::Document, CheckState::Ok, u"Fine."_s);
        const auto warning = line(CheckSubject::Certificate, CheckState::Warning, u"It ends soon."_s);
        const auto failed = line(CheckSubject::Tls, CheckState::Failed, u"It is not trusted."_s);
        QCOMPARE(checkSummary(result(u"ops"_s, {ok})), QString());
        QCOMPARE(checkSummary(result(u"ops"_s, {ok, warning})),
                 u"The check of \"ops\" warns: Certificate: It ends soon."_s);
        QCOMPARE(checkSummary(result(u"ops"_s, {ok, warning, failed})),
                 u"The check of \"ops\" failed: TLS: It is not trusted. Certificate: It ends soon."_s);
    }
};

QTEST_GUILESS_MAIN(TestCheckLines)
#include "tst_checklines.moc"
