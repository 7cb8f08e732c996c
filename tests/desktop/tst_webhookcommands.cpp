// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "memorysecrets.h"
#include "outboxasking.h"
#include "webhookcommands.h"

#include <QFile>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {
constexpr int patience = 60'000; // ms
}

/// What becomes of deliveries that wait for a webhook, over a real outbox.
class TestWebhookCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_profile->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) { m_engine->open(context, reply); }));
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) { m_engine->openOutbox(context, reply); }));
        m_commands = std::make_unique<WebhookCommands>(*m_engine);
        m_commands->setOutbox(m_engine->outbox());
        connect(m_commands.get(), &WebhookCommands::message, this, [this](const auto &said) { m_said.append(said); });
        m_said.clear();
        m_slack = *save(m_engine->store(), webhookNamed(u"Slack"_s));
        m_other = *save(m_engine->store(), webhookNamed(u"Other"_s));
    }

    void cleanup()
    {
        m_commands.reset();
        m_engine.reset();
    }

    void undoBringsBackWhatWaited()
    {
        accept(3);
        oneDies();
        const States ofOther = statesOf(m_other);
        m_commands->remove({m_slack});
        QTRY_COMPARE_WITH_TIMEOUT(statesOf(m_slack), (States{{DeliveryState::Dead, 3}}), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_said.size(), 1, patience);
        const auto said = m_said.constFirst();
        QVERIFY2(said.text.contains(u"2 waiting deliveries"_s), qPrintable(said.text));
        QCOMPARE(said.actionText, u"Undo"_s);
        QCOMPARE(statesOf(m_other), ofOther);

        said.action();
        QTRY_COMPARE_WITH_TIMEOUT(statesOf(m_slack), (States{{DeliveryState::Dead, 1}, {DeliveryState::Pending, 2}}),
                                  patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_commands->isBusy(), patience);
        QCOMPARE(statesOf(m_slack), (States{{DeliveryState::Dead, 1}, {DeliveryState::Pending, 2}}));
    }

    void aBadImportSaysWhere_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("said");
        const QByteArray good =
            R"({"name":"a","type":{"http_request":{"url":"https://a.example"}},"body_template":"{}"})";
        const QByteArray bad =
            R"({"name":"b","type":{"http_request":{"url":"https://a.example"}},"body":1,"colour":2})";
        QTest::newRow("cut off") << QByteArray("{\n  \"name\": ") << u"in.json: line 2, column 11: "_s;
        QTest::newRow("one of two") << QByteArray("[" + good + "," + bad + "]") << u"in.json: webhook 2 of 2: "_s;
        QTest::newRow("how many") << QByteArray("[" + good + "," + bad + "]") << u" It has 2 more faults."_s;
        QTest::newRow("alone") << QByteArray(good).replace("}}", "}},\"colour\":1")
                               << u"Nothing was imported from in.json: colour: "_s;
    }

    void aBadImportSaysWhere()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, said);
        QFile file(m_profile->filePath(u"in.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        m_commands->importFile(file.fileName());
        QTRY_COMPARE_WITH_TIMEOUT(m_said.size(), 1, patience);
        QVERIFY2(m_said.constFirst().text.contains(said), qPrintable(m_said.constFirst().text));
    }

    void nothingIsSaidOfDeliveriesWhereNoneWaits()
    {
        m_commands->remove({m_slack});
        QTRY_COMPARE_WITH_TIMEOUT(m_said.size(), 1, patience);
        QCOMPARE(m_said.constFirst().text, u"Deleted Slack."_s);
    }

private:
    using States = QMap<DeliveryState, qint64>;

    AskedOutbox ask() const { return {m_engine->outbox()}; }

    /// Events of as many integrations, for both webhooks.
    void accept(int count) const
    {
        QList<IntegrationEvent> events;
        for (int i = 0; i < count; ++i) {
            events.append(eventOf(u"integration-%1"_s.arg(i), IntegrationStatus::Error));
        }
        QVERIFY(ask().accept(events));
    }

    /// One of Slack's, for a reason of its own; those of the other webhook that come before it arrive.
    void oneDies() const
    {
        while (statesOf(m_slack).value(DeliveryState::Dead) == 0) {
            const auto claimed = ask().claim({.owner = u"me"_s, .maximum = 1});
            QVERIFY(claimed && claimed->size() == 1);
            const auto &delivery = claimed->constFirst().delivery;
            const bool isOurs = delivery.webhookId == m_slack.id;
            QVERIFY(ask().end(u"me"_s, delivery.id, 1, isOurs ? AttemptOutcome::Dead : AttemptOutcome::Delivered));
        }
    }

    States statesOf(const Webhook &webhook) const
    {
        States states;
        for (const auto &delivery : *ask().list({.webhookId = webhook.id})) {
            ++states[delivery.state];
        }
        return states;
    }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<WebhookCommands> m_commands;
    QList<MessageBar::Message> m_said;
    Webhook m_slack;
    Webhook m_other;
};

QTEST_MAIN(TestWebhookCommands)
#include "tst_webhookcommands.moc"
