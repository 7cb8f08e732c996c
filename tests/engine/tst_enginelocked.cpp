// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginetesting.h"

#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// A keychain that nobody may open: locked, or not there at all.
class TestEngineLocked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}});
        QVERIFY(openProfile(*m_engine).isOk());
    }

    void cleanup() { m_engine.reset(); }

    void nothingIsStored()
    {
        const auto secret = u"a-secret-that-goes-nowhere"_s;
        Webhook webhook = sampleWebhook(u"one"_s);
        webhook.headers = {{u"Authorization"_s, "Bearer "_L1 + secret}};
        const auto result = ended(m_engine->save({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}}));
        QVERIFY(!result.isOk());
        QVERIFY(result.error().message.contains("keychain"_L1, Qt::CaseInsensitive));
        QVERIFY(!result.error().message.contains(secret));
        QCOMPARE(result.error().where, u"type.http_request.headers.Authorization"_s);
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
        QCOMPARE(rememberedKeys(*m_engine), QStringList());
        m_engine.reset();
        QCOMPARE(filesWith(m_folder->path(), secret), QStringList());
    }

    void aTestSaysSo()
    {
        Webhook webhook = sampleWebhook(u"one"_s);
        webhook.headers = {{u"Authorization"_s, u"Bearer ${secret:team/token}"_s}};
        const auto invocation = awaitSignal(
            m_engine->test({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}}), &InvocationJob::finished);
        QCOMPARE(invocation.verdict, Verdict::Failed);
        QVERIFY(invocation.error);
        QVERIFY(invocation.error->kind == ErrorKind::Secret);
        QVERIFY(invocation.error->message.text().contains("keychain"_L1, Qt::CaseInsensitive));
        QCOMPARE(invocation.error->field, u"type.http_request.headers.Authorization"_s);
        QCOMPARE(invocation.sent, 0);
    }

    void whatHasNoSecretIsStored()
    {
        const auto result =
            ended(m_engine->save({.webhook = sampleWebhook(u"one"_s), .secretHeaders = {}, .plainHeaders = {}}));
        QVERIFY(result.isOk());
        QVERIFY(ended(m_engine->remove(result->id)).isOk());
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
};

QTEST_GUILESS_MAIN(TestEngineLocked)
#include "tst_enginelocked.moc"
