// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of delivery in the editor: what is typed, what is wrong with it, and what the form says of it.
#include "actionregistry.h"
#include "codeeditor.h"
#include "deliverysummary.h"
#include "deliverytext.h"
#include "disclosurebutton.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "engine.h"
#include "filtersentence.h"
#include "mutes.h"
#include "problemlabel.h"
#include "webhookdraft.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using Field = WebhookDraft::Field;

namespace {

Webhook validWebhook()
{
    Webhook webhook;
    webhook.name = u"mine"_s;
    webhook.url = u"https://example.com/hook"_s;
    webhook.bodyTemplate = uR"({"name": "{{data.name}}"})"_s;
    return webhook;
}

QStringList messages(const Problems &problems)
{
    QStringList texts;
    for (const Problem &problem : problems) {
        texts.append(problem.message);
    }
    return texts;
}

using Edit = std::function<void(WebhookDraft &)>;

} // namespace

Q_DECLARE_METATYPE(Edit)
Q_DECLARE_METATYPE(WebhookDraft::Fields)

class TestDeliveryRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhichRangeARuleHas_data();
    void saysWhichRangeARuleHas();
    void takesRulesOrNone();
    void keepsItsOwnersRulesInAPreset();
    void saysWhatIsHeld();
    void theClosedDeliverySaysWhatItsRulesAre_data();
    void theClosedDeliverySaysWhatItsRulesAre();
    void readsWhatTheReadmeSays();
    void savesTheRulesOfDelivery();
    void tabGoesThroughTheRulesInTheirOrder();
    void fieldsStandInOneColumn_data();
    void fieldsStandInOneColumn();
    void saysWhatTheRulesMakeOfTheFilters();
    void saysThatTheWebhookIsMuted();
    void opensTheSectionOfAProblem_data();
    void opensTheSectionOfAProblem();

private:
    void openPage();
    template <typename Widget>
    Widget *child(const QString &name) const
    {
        return m_page->findChild<Widget *>(name);
    }
    QLineEdit *line(const QString &name) const { return child<QLineEdit>(name + u"LineEdit"_s); }
    Webhook savedWebhook();

    QTemporaryDir m_folder;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<EditorPage> m_page;
};

/// With a webhook that could be saved.
void TestDeliveryRules::openPage()
{
    m_page.reset();
    m_engine.reset();
    m_engine = std::make_unique<Engine>(
        EngineOptions{.profile = m_folder.path(), .credentialsFolder = {}, .prompt = SecretStore::Prompt::Never},
        std::make_unique<MemoryStore>());
    bool isOpen = false;
    m_engine->open(this, [&isOpen](const Result<void> &result) { isOpen = result.isOk(); });
    QTRY_VERIFY(isOpen);
    m_page = std::make_unique<EditorPage>(*m_engine, m_actions);
    m_page->resize(1000, 800);
    m_page->addWebhook(validWebhook());
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

Webhook TestDeliveryRules::savedWebhook()
{
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    m_page->save();
    if (!saved.wait()) {
        return {};
    }
    std::optional<StoredWebhook> stored;
    m_engine->store().webhook(saved.constFirst().constFirst().toString(), this,
                              [&stored](const Result<std::optional<StoredWebhook>> &found) { stored = *found; });
    return QTest::qWaitFor([&stored] { return stored.has_value(); }) ? stored->webhook : Webhook();
}

void TestDeliveryRules::saysWhichRangeARuleHas_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<Field>("field");
    QTest::addColumn<QString>("message");
    const auto row = [](Field field, const QString &message, const Edit &edit) {
        QTest::newRow(qPrintable(message)) << edit << field << message;
    };
    row(Field::Settle, u"The settle time must be from 0 seconds to 3600 seconds (one hour)."_s,
        [](WebhookDraft &draft) { draft.setSettle(u"2h"_s); });
    row(Field::Settle, u"The settle time is not a duration; write one up to one hour, as 30 s or 5 min."_s,
        [](WebhookDraft &draft) { draft.setSettle(u"a while"_s); });
    row(Field::MaximumAge, u"The maximum age must be from 60 seconds to 2592000 seconds (30 days)."_s,
        [](WebhookDraft &draft) { draft.setMaximumAge(u"5 s"_s); });
    row(Field::MaximumAge, u"The maximum age is not a duration; write one from 60 s to 30 d, as 15 min or 2 h."_s,
        [](WebhookDraft &draft) { draft.setMaximumAge(u"1 week"_s); });
    row(Field::Rate, u"The rate must be a whole number from 1 to 60000 a minute."_s,
        [](WebhookDraft &draft) { draft.setRate(u"0"_s); });
    row(Field::Rate, u"The rate is not a number; write a whole number from 1 to 60000, or nothing."_s,
        [](WebhookDraft &draft) { draft.setRate(u"60 a minute"_s); });
}

void TestDeliveryRules::saysWhichRangeARuleHas()
{
    QFETCH(Edit, edit);
    QFETCH(Field, field);
    QFETCH(QString, message);
    WebhookDraft draft;
    draft.load(validWebhook());
    edit(draft);
    QCOMPARE(messages(draft.problemsFor(field)), QStringList{message}); // once
    QVERIFY(!draft.firstError(WebhookDraft::Purpose::Test)); // a Test obeys none of them
}

void TestDeliveryRules::takesRulesOrNone()
{
    WebhookDraft draft;
    draft.load(validWebhook());
    draft.setRate(u" 60 "_s);
    draft.setKeep(KeptEvents::Newest);
    draft.setSettle(u"30s"_s);
    draft.setMaximumAge(u"1d"_s);
    QVERIFY(draft.isModified());
    QVERIFY(draft.isReady());
    Webhook expected = validWebhook();
    expected.ratePerMinute = 60;
    expected.keep = KeptEvents::Newest;
    expected.settle = std::chrono::seconds{30};
    expected.maximumAge = std::chrono::hours{24};
    QVERIFY(draft.toWebhook() == expected);

    draft.setRate({});
    draft.setKeep(KeptEvents::Every);
    draft.setSettle(u" "_s);
    draft.setMaximumAge({});
    QVERIFY(draft.isReady());
    QVERIFY(draft.toWebhook() == validWebhook());
    draft.setSettle({});
    QVERIFY(!draft.isModified());

    for (const auto &[path, field] :
         {std::pair(u"delivery.rate_per_minute"_s, Field::Rate), std::pair(u"delivery.keep"_s, Field::Keep),
          std::pair(u"delivery.settle_in_sec"_s, Field::Settle),
          std::pair(u"delivery.maximum_age_in_sec"_s, Field::MaximumAge)}) {
        QCOMPARE(draft.place({.severity = Severity::Error, .field = path, .message = {}, .position = {}}).field, field);
    }
}

void TestDeliveryRules::keepsItsOwnersRulesInAPreset()
{
    WebhookDraft draft;
    draft.setRetries(u"5 s"_s);
    draft.setConcurrency(u"1"_s);
    draft.setRate(u"60"_s);
    draft.setKeep(KeptEvents::Newest);
    draft.setSettle(u"30 s"_s);
    draft.setMaximumAge(u"1 d"_s);
    draft.fillFrom(validWebhook());
    const auto &fields = draft.fields();
    QCOMPARE(fields.url, validWebhook().url);
    QCOMPARE(QStringList({fields.retries, fields.concurrency, fields.rate, fields.settle, fields.maximumAge}),
             QStringList({u"5 s"_s, u"1"_s, u"60"_s, u"30 s"_s, u"1 d"_s}));
    QVERIFY(fields.keep == KeptEvents::Newest);

    Webhook preset = validWebhook(); // its target has a rate of its own
    preset.ratePerMinute = 10;
    preset.settle = std::chrono::seconds{5};
    draft.fillFrom(preset);
    QCOMPARE(draft.fields().rate, u"10"_s);
    QCOMPARE(draft.fields().settle, u"5 s"_s);
    QCOMPARE(draft.fields().concurrency, u"1"_s);
}

void TestDeliveryRules::saysWhatIsHeld()
{
    using namespace std::chrono_literals;
    QCOMPARE(holdingSentence(KeptEvents::Every, 0s), QString());
    QCOMPARE(holdingSentence(KeptEvents::Every, 30s), u"A status is delivered once it has lasted 30 s."_s);
    QCOMPARE(holdingSentence(KeptEvents::Newest, 0s),
             u"Of what waits of one integration, only the newest status is delivered."_s);
    QCOMPARE(holdingSentence(KeptEvents::Newest, 5min),
             u"Only the newest status of each integration is delivered, once it has lasted 5 min."_s);
}

void TestDeliveryRules::theClosedDeliverySaysWhatItsRulesAre_data()
{
    using Fields = WebhookDraft::Fields;
    using Change = std::function<void(Fields &)>;
    QTest::addColumn<Fields>("fields");
    QTest::addColumn<QString>("summary");
    const auto row = [](const QString &summary, const Change &change) {
        Fields fields = WebhookDraft().fields();
        change(fields);
        QTest::newRow(qPrintable(summary)) << fields << summary;
    };
    row(u"Every status, as it comes; retried for about 3 day(s)"_s, [](Fields &) {});
    row(u"Every status, as it comes; tried once"_s, [](Fields &fields) { fields.retries.clear(); });
    row(u"Every status, as it comes; retried for about 3 min"_s,
        [](Fields &fields) { fields.retries = u"10 s, 1 min, 2 min"_s; });
    row(u"Every status, as it comes, one at a time"_s, [](Fields &fields) { fields.concurrency = u"1"_s; });
    row(u"Every status, after 1 min of calm"_s, [](Fields &fields) { fields.settle = u"60"_s; });
    row(u"Every status, as it comes; retried for about 3 day(s)"_s, [](Fields &fields) { fields.settle = u"0 s"_s; });
    row(u"Every status, at most 1,000 a minute"_s, [](Fields &fields) { fields.rate = u"1000"_s; });
    row(u"Every status, as it comes, for 90 min at most"_s, [](Fields &fields) { fields.maximumAge = u"90m"_s; });
    row(u"Only the newest status"_s, [](Fields &fields) { fields.keep = KeptEvents::Newest; });
    row(u"Only the newest status, after 30 s of calm, at most 60 a minute, 3 at once, for 1 day(s) at most; "
        "retried for about 5 s"_s,
        [](Fields &fields) {
            fields.keep = KeptEvents::Newest;
            fields.settle = u"30s"_s;
            fields.rate = u"60"_s;
            fields.concurrency = u"3"_s;
            fields.maximumAge = u"1 d"_s;
            fields.retries = u"5 s"_s;
        });
    for (const auto member :
         {&Fields::retries, &Fields::concurrency, &Fields::rate, &Fields::settle, &Fields::maximumAge}) {
        row(u"A field here needs a change"_s, [member](Fields &fields) { fields.*member = u"soon"_s; });
    }
}

void TestDeliveryRules::theClosedDeliverySaysWhatItsRulesAre()
{
    QFETCH(const WebhookDraft::Fields, fields);
    QFETCH(const QString, summary);
    QCOMPARE(deliverySummary(fields), summary);
}

void TestDeliveryRules::readsWhatTheReadmeSays()
{
    QFile readme(QStringLiteral(TOCSIN_TEST_DATA "/../../README.md"));
    QVERIFY(readme.open(QIODevice::ReadOnly));
    const QString chapter =
        QString::fromUtf8(readme.readAll()).section(u"## Rules of delivery\n"_s, 1).section(u"\n## "_s, 0, 0);
    static const QRegularExpression example(
        u"^    \\{.*?\\}\\}$"_s, QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    int examples = 0;
    WebhookDraft draft;
    for (auto found = example.globalMatch(chapter); found.hasNext(); ++examples) {
        const QString text = found.next().captured();
        const auto delivery = parseJson(text.toUtf8());
        QVERIFY2(delivery, qPrintable(text));
        Json document = toJson(validWebhook());
        document.update(*delivery);
        const auto reading = webhookFromJson(document);
        QVERIFY2(!hasErrors(reading.problems), qPrintable(messages(reading.problems).join(u'\n')));
        QVERIFY2(reading.webhook != validWebhook(), qPrintable(text));
        draft.load(reading.webhook);
    }
    QCOMPARE(examples, 5);
    QString summary = deliverySummary(draft.fields());
    QVERIFY2(chapter.simplified().contains(summary.replace(u"1 day(s)"_s, u"1 day"_s)), qPrintable(summary));
}

void TestDeliveryRules::savesTheRulesOfDelivery()
{
    openPage();
    auto *keep = child<QAbstractButton>(u"keepSwitch"_s);
    QVERIFY(!keep->isChecked());
    line(u"retries"_s)->setText(u"5 s, 1 min"_s);
    line(u"concurrency"_s)->setText(u"2"_s);
    line(u"rate"_s)->setText(u"60"_s);
    keep->click();
    line(u"settle"_s)->setText(u"30s"_s);
    line(u"maximumAge"_s)->setText(u"1d"_s);
    QVERIFY(child<DisclosureButton>(u"deliveryButton"_s)
                ->accessibleDescription()
                .contains("Only the newest status, after 30 s of calm, at most 60 a minute"_L1));
    const Webhook webhook = savedWebhook();
    QCOMPARE(webhook.retryDelays, (QList<std::chrono::seconds>{std::chrono::seconds(5), std::chrono::minutes(1)}));
    QCOMPARE(webhook.concurrency, 2);
    QCOMPARE(webhook.ratePerMinute, std::optional(60));
    QVERIFY(webhook.keep == KeptEvents::Newest);
    QVERIFY(webhook.settle == std::chrono::seconds(30));
    QVERIFY(webhook.maximumAge == std::chrono::hours(24));

    m_page->addWebhook(); // the form of another one
    QVERIFY(!keep->isChecked());
    QVERIFY(line(u"settle"_s)->text().isEmpty());
    m_page->editWebhook(webhook.id);
    QTRY_COMPARE(line(u"settle"_s)->text(), u"30 s"_s);
    QCOMPARE(line(u"maximumAge"_s)->text(), u"1 d"_s);
    QCOMPARE(line(u"rate"_s)->text(), u"60"_s);
    QCOMPARE(line(u"concurrency"_s)->text(), u"2"_s);
    QCOMPARE(line(u"retries"_s)->text(), u"5 s, 1 min"_s);
    QVERIFY(keep->isChecked());
    QVERIFY(m_page->mayLeave()); // as it is stored
}

void TestDeliveryRules::tabGoesThroughTheRulesInTheirOrder()
{
    openPage();
    for (const auto &name : {u"retries"_s, u"concurrency"_s, u"rate"_s, u"settle"_s, u"maximumAge"_s}) {
        QVERIFY(line(name)->accessibleDescription().contains(child<QLabel>(name + u"Hint"_s)->text()));
    }
    QVERIFY(line(u"rate"_s)->accessibleDescription().contains(u"a minute"_s));
    auto *delivery = child<DisclosureButton>(u"deliveryButton"_s);
    delivery->setFocus();
    QTest::keyClick(delivery, Qt::Key_Space);
    for (const auto *name : {"retriesLineEdit", "concurrencyLineEdit", "rateLineEdit", "keepSwitch", "settleLineEdit",
                             "maximumAgeLineEdit", "advancedButton"}) {
        QTest::keyClick(m_page->focusWidget(), Qt::Key_Tab);
        QCOMPARE(m_page->focusWidget()->objectName(), QString::fromLatin1(name));
    }
    auto *keep = child<QAbstractButton>(u"keepSwitch"_s);
    keep->setFocus();
    QTest::keyClick(keep, Qt::Key_Space);
    QVERIFY(keep->isChecked());
}

void TestDeliveryRules::fieldsStandInOneColumn_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

void TestDeliveryRules::fieldsStandInOneColumn()
{
    QFETCH(const Qt::LayoutDirection, direction);
    openPage();
    m_page->setLayoutDirection(direction);
    child<DisclosureButton>(u"deliveryButton"_s)->setOpen(true);
    const auto begin = [this, direction](const QWidget *widget) {
        return widget->mapTo(m_page.get(), QPoint(direction == Qt::LeftToRight ? 0 : widget->width(), 0)).x();
    };
    for (const auto &name : {u"concurrency"_s, u"rate"_s, u"settle"_s, u"maximumAge"_s}) {
        QTRY_COMPARE(begin(line(name)), begin(line(u"retries"_s)));
    }
    QTRY_COMPARE(begin(child<QWidget>(u"keepSwitch"_s)), begin(line(u"retries"_s)));
}

void TestDeliveryRules::saysWhatTheRulesMakeOfTheFilters()
{
    openPage();
    const auto *sentence = child<QLabel>(u"sentenceLabel"_s);
    const QString before = sentence->text();
    QVERIFY(!before.contains("lasted"_L1));
    line(u"settle"_s)->setText(u"30 s"_s);
    QCOMPARE(sentence->text(), before + u" A status is delivered once it has lasted 30 s."_s);
    line(u"settle"_s)->setText(u"2h"_s); // refused
    QCOMPARE(sentence->text(), before);
    line(u"settle"_s)->clear();
    QCOMPARE(sentence->text(), before);
}

void TestDeliveryRules::saysThatTheWebhookIsMuted()
{
    openPage();
    const auto name = u"a muted one"_s; // the profile keeps those of the other tests
    line(u"name"_s)->setText(name);
    QSignalSpy saved(m_page.get(), &EditorPage::saved);
    m_page->save();
    QVERIFY(saved.wait());
    bool isOpen = false;
    m_engine->openOutbox(this, [&isOpen](const Result<void> &result) { isOpen = result.isOk(); });
    QTRY_VERIFY(isOpen);
    Mutes mutes;
    mutes.setOutbox(m_engine->outbox());
    m_page->setMutes(mutes);
    m_page->editWebhook(saved.constFirst().constFirst().toString());
    const auto *sentence = child<QLabel>(u"sentenceLabel"_s);
    QTRY_COMPARE(line(u"name"_s)->text(), name);
    const QString before = sentence->text();
    const Mutes::Named subject{
        .subject = {.kind = MuteSubject::Kind::Webhook, .id = saved.constFirst().constFirst().toString()},
        .name = name};
    const auto end = QDateTime::currentDateTime().addDays(1);
    mutes.mute({subject}, {.until = end, .duration = {}});
    QTRY_COMPARE(sentence->text(), before + u" Nothing is sent while it is muted, until %1."_s.arg(shortTime(end)));
    mutes.mute({subject}, {});
    QTRY_COMPARE(sentence->text(), before + u" Nothing is sent until it is unmuted."_s);
    m_page->addWebhook();
    QTRY_VERIFY(!sentence->text().contains("Nothing is sent"_L1));
    m_page->editWebhook(subject.subject.id);
    QTRY_VERIFY(sentence->text().contains("Nothing is sent"_L1));
    mutes.unmute({subject});
    QTRY_COMPARE(sentence->text(), before);
}

void TestDeliveryRules::opensTheSectionOfAProblem_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::newRow("retries") << u"retries"_s << u"soon"_s;
    QTest::newRow("rate") << u"rate"_s << u"0"_s;
    QTest::newRow("settle") << u"settle"_s << u"2h"_s;
    QTest::newRow("age") << u"maximumAge"_s << u"5 s"_s;
}

void TestDeliveryRules::opensTheSectionOfAProblem()
{
    QFETCH(const QString, field);
    QFETCH(const QString, typed);
    openPage();
    auto *edit = line(field);
    edit->setText(typed);
    QVERIFY(!edit->isVisible());
    m_page->save();
    QTRY_VERIFY(edit->hasFocus());
    QVERIFY(edit->isVisible());
    QVERIFY(!child<ProblemLabel>(field + u"Problems"_s)->text().isEmpty());
    QVERIFY(edit->accessibleDescription().startsWith(child<ProblemLabel>(field + u"Problems"_s)->text()));
}

QTEST_MAIN(TestDeliveryRules)
#include "tst_deliveryrules.moc"
