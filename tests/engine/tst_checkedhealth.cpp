// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkedhealth.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// What of a check belongs to a webhook's health.
class TestCheckedHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWhatEndsAndWhatCannotBeUsed()
    {
        const auto line = [](CheckSubject subject, CheckState state, const QString &found) {
            return CheckLine{.subject = subject, .state = state, .found = Sentence(found)};
        };
        auto ending = line(CheckSubject::Certificate, CheckState::Warning, u"It ends."_s);
        ending.ends = QDateTime::currentDateTimeUtc().addDays(3);
        auto ended = line(CheckSubject::ClientCertificate, CheckState::Failed, u"It has ended."_s);
        ended.ends = QDateTime::currentDateTimeUtc().addDays(-3);
        auto fine = line(CheckSubject::Certificate, CheckState::Ok, u"It is good."_s);
        fine.ends = QDateTime::currentDateTimeUtc().addDays(300);
        auto locked = line(CheckSubject::Secrets, CheckState::Failed, u"The keychain is locked."_s);
        locked.isKeychains = true;
        WebhookCheckResult result;
        result.lines = {line(CheckSubject::Document, CheckState::Ok, u"Good."_s),
                        line(CheckSubject::Template, CheckState::Failed, u"It renders to nothing."_s),
                        locked,
                        line(CheckSubject::Secrets, CheckState::Failed, u"There is none."_s),
                        line(CheckSubject::Connection, CheckState::Failed, u"Nobody answers."_s),
                        fine,
                        ending,
                        ended};
        const auto health = healthOf(result);
        QCOMPARE(health.ends.text(), u"It ends. It has ended."_s);
        QCOMPARE(health.fault.text(), u"It renders to nothing. There is none."_s);
        result.lines = {fine, locked};
        QVERIFY(healthOf(result) == CheckedHealth());
    }
};

QTEST_GUILESS_MAIN(TestCheckedHealth)

#include "tst_checkedhealth.moc"
