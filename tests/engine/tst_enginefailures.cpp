// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "databasebeside.h"
#include "enginetesting.h"
#include "memorysecretstore.h"
#include "secretjournal.h"
#include "secretlifting.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

WebhookInput withTwoSecrets(const QString &name)
{
    Webhook webhook = sampleWebhook(name);
    webhook.headers = {{u"X-Api-Key"_s, u"first-secret-value"_s}, {u"X-Auth-Token"_s, u"second-secret-value"_s}};
    return {.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}};
}

} // namespace

/// What is taken back when the keychain or the database fails in the midst of it.
class TestEngineFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_shelf = std::make_shared<SecretShelf>();
        reopen();
    }

    void cleanup() { m_engine.reset(); }

    void aRefusedWriteTakesTheEarlierOnesBack()
    {
        m_shelf->failWriteAt = 1;
        const auto result = ended(m_engine->save(withTwoSecrets(u"one"_s)));
        QVERIFY(!result.isOk());
        QCOMPARE(result.error().message, u"The keychain refused."_s);
        QCOMPARE(m_shelf->writes, 2);
        QCOMPARE(m_shelf->values.size(), 0);
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
        QCOMPARE(rememberedKeys(*m_engine), QStringList());
    }

    void aRefusedWriteBringsFormerValuesBack()
    {
        const auto saved = ended(m_engine->save(withTwoSecrets(u"one"_s)));
        const auto before = m_shelf->values;
        QCOMPARE(before.size(), 2);
        WebhookInput changed = withTwoSecrets(u"one"_s);
        changed.webhook.id = saved->id;
        changed.webhook.headers[0].value = u"a-new-value"_s;
        changed.webhook.headers[1].value = u"a-newer-value"_s;
        m_shelf->failWriteAt = m_shelf->writes + 1;
        QVERIFY(!ended(m_engine->save(changed)).isOk());
        QCOMPARE(m_shelf->values, before);
        QCOMPARE(rememberedKeys(*m_engine).size(), 2);
        QCOMPARE(storedWebhooks(*m_engine).at(0).webhook, *saved);
    }

    void aRefusingDatabaseTakesTheSecretsBack()
    {
        refuseNewWebhooks();
        const auto result = ended(m_engine->save(withTwoSecrets(u"one"_s)));
        QVERIFY(!result.isOk());
        QCOMPARE(m_shelf->writes, 2);
        QCOMPARE(m_shelf->values.size(), 0);
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
        QCOMPARE(rememberedKeys(*m_engine), QStringList());
    }

    void aSaveThatWaitsForTheKeychainCanBeCancelled()
    {
        m_shelf->hangs = true;
        EngineJob *job = m_engine->save(withTwoSecrets(u"one"_s));
        QSignalSpy waiting(job, &EngineJob::waitingForKeychain);
        QSignalSpy finished(job, &EngineJob::finished);
        bool isRefused = false;
        connect(job, &EngineJob::finished, this,
                [&isRefused](const Result<Webhook> &result) { isRefused = !result.isOk(); });
        QVERIFY(waiting.wait());
        QCOMPARE(finished.size(), 0);
        job->cancel();
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(isRefused);
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
    }

    void aSaveCanBeCancelledAtOnce()
    {
        EngineJob *job = m_engine->save(withTwoSecrets(u"one"_s));
        QSignalSpy finished(job, &EngineJob::finished);
        job->cancel();
        job->cancel();
        QCOMPARE(finished.size(), 1);
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
        QCOMPARE(m_shelf->log, QStringList());
    }

    void aSaveCanBeCancelledAtAnyMoment()
    {
        bool wasRefused = false;
        bool wasSaved = false;
        for (int turns = 0; turns < 1000 && !wasSaved; ++turns) {
            EngineJob *job = m_engine->save(withTwoSecrets(u"one"_s));
            int endings = 0;
            connect(job, &EngineJob::finished, this, [&](const Result<Webhook> &result) {
                ++endings;
                wasSaved = result.isOk();
            });
            for (int i = 0; i < turns && endings == 0; ++i) {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            }
            if (endings == 0) {
                job->cancel();
            }
            QTRY_COMPARE(endings, 1);
            letKeysGrowOld();
            reopen(); // which removes what a write that was cancelled may have left
            wasRefused = wasRefused || !wasSaved;
            QCOMPARE(storedWebhooks(*m_engine).size(), wasSaved ? 1 : 0);
            QCOMPARE(m_shelf->values.size(), wasSaved ? 2 : 0);
            QCOMPARE(rememberedKeys(*m_engine).size(), wasSaved ? 2 : 0);
        }
        QVERIFY(wasRefused);
        QVERIFY(wasSaved);
    }

    /// The document has its own values, whenever the process ends in which it is saved.
    void aSaveMayEndAtAnyMoment()
    {
        const QString before = u"before"_s;
        const QString after = u"after"_s;
        auto stored = ended(m_engine->save(ofVersion(before, {})));
        QVERIFY(stored);
        QSet<QString> found;
        bool hasEnded = false;
        int leftOver = 0;
        for (int turns = 0; turns < 1000 && !hasEnded; ++turns) {
            EngineJob *job = m_engine->save(ofVersion(after, stored->id));
            connect(job, &EngineJob::finished, this, [&hasEnded] { hasEnded = true; });
            for (int i = 0; i < turns && !hasEnded; ++i) {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            }
            reopen();
            const Webhook now = storedWebhooks(*m_engine).constFirst().webhook;
            const QString version = now.url.section(u'/', -1);
            found.insert(version);
            const QStringList keys = referencedKeys(now);
            QCOMPARE(keys.size(), 2);
            for (const QString &key : keys) {
                QCOMPARE(m_shelf->values.value(key), QString(u"value-of-"_s + version));
                QVERIFY(rememberedKeys(*m_engine).contains(key));
            }
            leftOver += static_cast<int>(m_shelf->values.size() - keys.size());
            letKeysGrowOld();
            reopen();
            QCOMPARE(m_shelf->values.size(), 2);
            QCOMPARE(rememberedKeys(*m_engine).size(), 2);
            stored = ended(m_engine->save(ofVersion(before, now.id)));
            QVERIFY(stored);
        }
        QVERIFY(hasEnded);
        QVERIFY(leftOver > 0); // the young ones stayed
        QCOMPARE(found, (QSet<QString>{before, after}));
    }

    void whatIsBeingChangedIsNotSwept()
    {
        const auto saved = ended(m_engine->save(withTwoSecrets(u"one"_s)));
        QVERIFY(await<Result<void>>([&](QObject *context, auto reply) {
                    m_engine->store().rememberSecretKeys({{.name = saved->id + u"/header/X/99"_s,
                                                           .madeFor = saved->id,
                                                           .madeAt = QDateTime::currentDateTimeUtc().addSecs(-7200)}},
                                                         context, reply);
                }).isOk());
        m_shelf->values.insert(saved->id + u"/header/X/99"_s, u"left"_s);
        {
            const auto journal = SecretJournal::begin(m_folder->path(), saved->id);
            QVERIFY(journal);
            reopen();
            QCOMPARE(m_shelf->values.size(), 3);
        }
        m_shelf->isLocked = true;
        reopen();
        QCOMPARE(m_shelf->values.size(), 3);
        m_shelf->isLocked = false;
        reopen();
        QCOMPARE(m_shelf->values.size(), 2);
        QCOMPARE(rememberedKeys(*m_engine).size(), 2);
    }

    void withoutSecretsNoKeychainIsAsked()
    {
        const auto saved =
            ended(m_engine->save({.webhook = sampleWebhook(u"one"_s), .secretHeaders = {}, .plainHeaders = {}}));
        QVERIFY(saved.isOk());
        QVERIFY(ended(m_engine->remove(saved->id)).isOk());
        QCOMPARE(m_shelf->log, QStringList());
    }

    void aLockedKeychainKeepsNoWebhookFromGoing()
    {
        const auto saved = ended(m_engine->save(withTwoSecrets(u"one"_s)));
        m_shelf->isLocked = true;
        EngineJob *job = m_engine->remove(saved->id);
        Problems warnings;
        connect(job, &EngineJob::finished, this, [job, &warnings] { warnings = job->problems(); });
        QVERIFY(ended(job).isOk());
        QCOMPARE(warnings.size(), 1);
        QCOMPARE(warnings.at(0).severity, Severity::Warning);
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
        QCOMPARE(m_shelf->values.size(), 2);

        reopen();
        QCOMPARE(m_shelf->values.size(), 2);
        m_shelf->isLocked = false;
        reopen();
        QCOMPARE(m_shelf->values.size(), 0);
        QCOMPARE(rememberedKeys(*m_engine), QStringList());
    }

    void anEngineMayEndInTheMidstOfASave()
    {
        m_shelf->hangs = true;
        EngineJob *job = m_engine->save(withTwoSecrets(u"one"_s));
        QSignalSpy waiting(job, &EngineJob::waitingForKeychain);
        QVERIFY(waiting.wait());
        m_engine.reset();
        m_shelf->hangs = false;
        reopen();
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
        QVERIFY(ended(m_engine->save(withTwoSecrets(u"one"_s))).isOk());
    }

    void aProfileThatCannotBeWrittenIsSaid()
    {
        const QString file = m_folder->filePath(u"file"_s);
        QVERIFY(QFile(file).open(QIODevice::WriteOnly));
        Engine engine({.profile = file + "/profile"_L1, .credentialsFolder = {}});
        const auto opened = openProfile(engine);
        QVERIFY(!opened.isOk());
        QVERIFY(!opened.error().message.isEmpty());
        QVERIFY(!engine.isOpen());
    }

private:
    void reopen()
    {
        m_engine.reset();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecretStore>(m_shelf));
        QVERIFY(openProfile(*m_engine).isOk());
    }

    /// URL and secrets are of one version.
    static WebhookInput ofVersion(const QString &version, const QString &id)
    {
        WebhookInput input = withTwoSecrets(u"one"_s);
        input.webhook.id = id;
        input.webhook.url = u"https://localhost:1/"_s + version;
        for (Header &header : input.webhook.headers) {
            header.value = u"value-of-"_s + version;
        }
        return input;
    }

    void letKeysGrowOld() { onDatabase(u"UPDATE secret_key SET made_at = made_at - 7200000"_s); }

    /// From now on the database refuses webhooks, as a full or failing disk would.
    void refuseNewWebhooks()
    {
        onDatabase(u"CREATE TRIGGER refusal BEFORE INSERT ON webhook "
                   "BEGIN SELECT RAISE(ABORT, 'disk full'); END"_s);
    }

    void onDatabase(const QString &statement) { QCOMPARE(changeBeside(m_folder->path(), statement), QString()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<SecretShelf> m_shelf;
    std::unique_ptr<Engine> m_engine;
};

QTEST_GUILESS_MAIN(TestEngineFailures)
#include "tst_enginefailures.moc"
