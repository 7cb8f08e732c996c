// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginetesting.h"
#include "secretlifting.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto token = u"tok-3c9e0b7f4a-very-secret"_s;
const auto otherToken = u"tok-77aa1be2c0-also-secret"_s;

WebhookInput withToken(const QString &name, const QString &value)
{
    Webhook webhook = sampleWebhook(name);
    webhook.headers = {{u"DD-API-KEY"_s, value}, {u"X-Team"_s, u"ops"_s}};
    return {.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}};
}

/// The key of its only secret.
QString keyOf(const Webhook &webhook)
{
    return referencedKeys(webhook).value(0);
}

WebhookInput inputOf(const Webhook &webhook)
{
    return {.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}};
}

} // namespace

/// The engine over a real keychain and a real database.
class TestEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        reopen();
    }

    void cleanup() { m_engine.reset(); }

    void putsSecretsIntoTheKeychainAlone()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        QVERIFY2(saved.isOk(), qPrintable(saved.isOk() ? QString() : saved.error().message));
        QVERIFY(!saved->id.isEmpty());
        const QString key = saved->id + "/header/DD-API-KEY/1"_L1;
        QCOMPARE(saved->headers.at(0).value, "${secret:"_L1 + key + '}'_L1);
        QCOMPARE(saved->headers.at(1).value, u"ops"_s);
        QCOMPARE(secretValue(*m_engine, key), token);
        QCOMPARE(storedWebhooks(*m_engine).at(0).webhook, *saved);
        QCOMPARE(rememberedKeys(*m_engine), QStringList{key});
        QCOMPARE(filesWith(m_folder->path(), token), QStringList());
        m_engine.reset();
        QCOMPARE(filesWith(m_folder->path(), token), QStringList());
    }

    void aLaterValueGetsAKeyOfItsOwn()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        WebhookInput changed = withToken(u"renamed"_s, otherToken);
        changed.webhook.id = saved->id;
        const auto again = ended(m_engine->save(changed));
        QVERIFY(again.isOk());
        QCOMPARE(storedWebhooks(*m_engine).size(), 1);
        QVERIFY(keyOf(*again) != keyOf(*saved));
        QCOMPARE(secretValue(*m_engine, keyOf(*again)), otherToken);
        QCOMPARE(secretValue(*m_engine, keyOf(*saved)), QString());
        QCOMPARE(rememberedKeys(*m_engine), QStringList{keyOf(*again)});
    }

    void aValueThatStaysKeepsItsKey()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        WebhookInput same = withToken(u"renamed"_s, token);
        same.webhook.id = saved->id;
        const auto again = ended(m_engine->save(same));
        QVERIFY(again.isOk());
        QCOMPARE(keyOf(*again), keyOf(*saved));
        QCOMPARE(rememberedKeys(*m_engine), QStringList{keyOf(*saved)});
    }

    void aKeyThatComesBackIsAnother()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        Webhook without = *saved;
        without.headers.clear();
        QVERIFY(ended(m_engine->save(inputOf(without))).isOk());
        WebhookInput with = withToken(u"one"_s, otherToken);
        with.webhook.id = saved->id;
        const auto again = ended(m_engine->save(with));
        QVERIFY(again.isOk());
        QVERIFY(keyOf(*again) != keyOf(*saved)); // who still goes by the first document must not read this value
    }

    void whatAPersonChoseStaysAsItIs()
    {
        WebhookInput input = withToken(u"one"_s, u"${secret:team/key}"_s);
        input.webhook.id = u"an-id"_s;
        input.webhook.headers[1] = {u"X-Own-Token"_s, u"${secret:an-id/chosen/1}"_s};
        choose(u"team/key"_s, token);
        choose(u"an-id/chosen/1"_s, token);
        choose(u"an-id/header/DD-API-KEY/1"_s, token); // as the next one that is made would be called
        QVERIFY(ended(m_engine->save(input)).isOk());
        input.webhook.headers = {{u"DD-API-KEY"_s, otherToken}};
        const auto again = ended(m_engine->save(input));
        QVERIFY(again.isOk());
        QCOMPARE(keyOf(*again), u"an-id/header/DD-API-KEY/2"_s);
        QCOMPARE(secretValue(*m_engine, keyOf(*again)), otherToken);
        for (const auto &key : {u"team/key"_s, u"an-id/chosen/1"_s, u"an-id/header/DD-API-KEY/1"_s}) {
            QCOMPARE(secretValue(*m_engine, key), token);
            QVERIFY(rememberedKeys(*m_engine).contains(key));
        }
    }

    void anUndoKeepsWhatItNeeds()
    {
        const auto owner = ended(m_engine->save(withToken(u"one"_s, token)));
        const auto borrower = ended(m_engine->save(withToken(u"two"_s, owner->headers.at(0).value)));
        QVERIFY(ended(m_engine->remove(borrower->id, SecretRemoval::Later)).isOk());
        Engine other(options());
        QVERIFY(openProfile(other).isOk());
        WebhookInput changed = withToken(u"one"_s, otherToken);
        changed.webhook.id = owner->id;
        QVERIFY(ended(other.save(changed)).isOk());
        QCOMPARE(secretValue(*m_engine, keyOf(*owner)), token);
        QVERIFY(ended(m_engine->save(inputOf(*borrower))).isOk());
        QCOMPARE(secretValue(*m_engine, keyOf(*borrower)), token);
    }

    void whatCanBeUndoneIsNotChangedElsewhere()
    {
        const auto owner = ended(m_engine->save(withToken(u"one"_s, token)));
        QVERIFY(ended(m_engine->remove(owner->id, SecretRemoval::Later)).isOk());
        Engine other(options());
        QVERIFY(openProfile(other).isOk());
        Webhook again = *owner;
        again.headers[0].value = otherToken;
        const auto refused = ended(other.save(inputOf(again)));
        QVERIFY(!refused.isOk());
        QVERIFY2(refused.error().message.contains("under way"_L1), qPrintable(refused.error().message));
        QVERIFY(ended(m_engine->save(inputOf(*owner))).isOk());
        QVERIFY(ended(other.save(inputOf(again))).isOk());
    }

    void whatNothingRefersToIsRemoved()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        Webhook without = *saved;
        without.headers.clear();
        QVERIFY(ended(m_engine->save({.webhook = without, .secretHeaders = {}, .plainHeaders = {}})).isOk());
        QCOMPARE(secretValue(*m_engine, keyOf(*saved)), QString());
        QCOMPARE(rememberedKeys(*m_engine), QStringList());
    }

    void whatAnotherWebhookRefersToStays()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        WebhookInput borrower = withToken(u"two"_s, saved->headers.at(0).value);
        QVERIFY(ended(m_engine->save(borrower)).isOk());
        QVERIFY(ended(m_engine->remove(saved->id)).isOk());
        QCOMPARE(secretValue(*m_engine, keyOf(*saved)), token);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("bodyTemplate");
        QTest::addColumn<QString>("field");
        const auto url = u"https://localhost:1/hook"_s;
        const auto body = u"{}"_s;
        QTest::newRow("a name that is taken") << u"TAKEN"_s << url << body << u"name"_s;
        QTest::newRow("no name") << QString() << url << body << u"name"_s;
        QTest::newRow("a plain URL") << u"new"_s << u"http://localhost/"_s << body << u"type.http_request.url"_s;
        QTest::newRow("no JSON") << u"new"_s << url << u"{"_s << u"body_template"_s;
        QTest::newRow("a secret that is not there")
            << u"new"_s << u"https://localhost/${secret:nowhere}"_s << body << u"type.http_request.url"_s;
    }

    void refuses()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, url);
        QFETCH(const QString, bodyTemplate);
        QVERIFY(ended(m_engine->save(withToken(u"taken"_s, token))).isOk());
        const QStringList keysBefore = rememberedKeys(*m_engine);
        WebhookInput input = withToken(name, otherToken);
        input.webhook.url = url;
        input.webhook.bodyTemplate = bodyTemplate;
        EngineJob *job = m_engine->save(input);
        Problems problems;
        connect(job, &EngineJob::finished, this, [job, &problems] { problems = job->problems(); });
        const auto result = ended(job);
        QVERIFY(!result.isOk());
        QTEST(result.error().where, "field");
        QVERIFY(hasErrors(problems));
        QVERIFY(!result.error().message.contains(otherToken));
        QCOMPARE(storedWebhooks(*m_engine).size(), 1);
        QCOMPARE(rememberedKeys(*m_engine), keysBefore);
    }

    void aWebhookGoesWithItsSecrets()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        const auto removed = ended(m_engine->remove(saved->id));
        QVERIFY(removed.isOk());
        QCOMPARE(removed->name, u"one"_s);
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
        QCOMPARE(secretValue(*m_engine, keyOf(*saved)), QString());
        QCOMPARE(rememberedKeys(*m_engine), QStringList());
        QVERIFY(!ended(m_engine->remove(saved->id)).isOk());
    }

    void aRemovalCanBeUndone()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        QVERIFY(ended(m_engine->remove(saved->id, SecretRemoval::Later)).isOk());
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
        const auto restored = ended(m_engine->save({.webhook = *saved, .secretHeaders = {}, .plainHeaders = {}}));
        QVERIFY2(restored.isOk(), qPrintable(restored.isOk() ? QString() : restored.error().message));
        QCOMPARE(*restored, *saved);
        QCOMPARE(secretValue(*m_engine, keyOf(*saved)), token);
        reopen();
        QCOMPARE(secretValue(*m_engine, keyOf(*saved)), token);
    }

    void anUndoneRemovalKeepsTheInvocations()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        const QStringList reasons{u"third"_s, u"second"_s, u"first"_s};
        for (qsizetype i = reasons.size(); i-- > 0;) {
            Invocation invocation;
            invocation.webhookId = saved->id;
            invocation.startedAt = QDateTime::fromMSecsSinceEpoch(1'000'000, Qt::UTC);
            invocation.reason = Sentence(reasons[i]);
            QVERIFY(await<Result<void>>([&](QObject *context, auto reply) {
                        m_engine->store().addInvocation(invocation, context, reply);
                    }).isOk());
        }
        const auto reasonsNow = [&] {
            const auto kept = await<Result<QList<Invocation>>>(
                [&](QObject *context, auto reply) { m_engine->store().invocations(saved->id, context, reply); });
            QStringList result;
            for (const auto &invocation : *kept) {
                result.append(invocation.reason);
            }
            return result;
        };
        QVERIFY(ended(m_engine->remove(saved->id, SecretRemoval::Later)).isOk());
        QCOMPARE(reasonsNow(), QStringList());
        QVERIFY(ended(m_engine->save({.webhook = *saved, .secretHeaders = {}, .plainHeaders = {}})).isOk());
        QCOMPARE(reasonsNow(), reasons);

        // what lapsed does not come back
        QVERIFY(ended(m_engine->remove(saved->id, SecretRemoval::Later)).isOk());
        QVERIFY(ended(m_engine->purgeSecrets(saved->id)).isOk());
        WebhookInput again = withToken(u"one"_s, token);
        again.webhook.id = saved->id;
        QVERIFY(ended(m_engine->save(again)).isOk());
        QCOMPARE(reasonsNow(), QStringList());
    }

    void aRemovalsUndoLapses()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        QVERIFY(ended(m_engine->remove(saved->id, SecretRemoval::Later)).isOk());
        QVERIFY(ended(m_engine->purgeSecrets(saved->id)).isOk());
        QCOMPARE(secretValue(*m_engine, keyOf(*saved)), QString());
    }

    void openingRemovesWhatAnEarlierProcessLeft()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        QVERIFY(ended(m_engine->remove(saved->id, SecretRemoval::Later)).isOk());
        QCOMPARE(secretValue(*m_engine, keyOf(*saved)), token);
        reopen();
        QCOMPARE(secretValue(*m_engine, keyOf(*saved)), QString());
        QCOMPARE(rememberedKeys(*m_engine), QStringList());
    }

    void openingElsewhereLeavesWhatIsUnderWay()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        QVERIFY(ended(m_engine->remove(saved->id, SecretRemoval::Later)).isOk());
        Engine other(options());
        QVERIFY(openProfile(other).isOk());
        QCOMPARE(secretValue(other, keyOf(*saved)), token);
    }

    void aCopyHasSecretsOfItsOwn()
    {
        WebhookInput input = withToken(u"one"_s, token);
        input.webhook.bodyTemplate = u"{\"literal\": \"$${secret:x}\", \"id\": \"{{data.id}}\"}"_s;
        const auto saved = ended(m_engine->save(input));
        const auto copy = ended(m_engine->duplicate(saved->id));
        QVERIFY2(copy.isOk(), qPrintable(copy.isOk() ? QString() : copy.error().message));
        QCOMPARE(copy->name, u"one copy"_s);
        QVERIFY(copy->id != saved->id);
        QCOMPARE(copy->bodyTemplate, saved->bodyTemplate);
        QVERIFY(ended(m_engine->remove(saved->id)).isOk());
        QCOMPARE(secretValue(*m_engine, keyOf(*copy)), token);
        QCOMPARE(copy->headers.at(0).value, "${secret:"_L1 + copy->id + "/header/DD-API-KEY/1}"_L1);
    }

    void copiesHaveNamesOfTheirOwn()
    {
        const QString longName = u"n"_s.repeated(64);
        const auto saved = ended(m_engine->save(withToken(longName, token)));
        const auto first = ended(m_engine->duplicate(saved->id));
        const auto second = ended(m_engine->duplicate(saved->id));
        QVERIFY(first.isOk());
        QVERIFY(second.isOk());
        QCOMPARE(first->name, u"n"_s.repeated(59) + " copy"_L1);
        QCOMPARE(second->name, u"n"_s.repeated(57) + " copy 2"_L1);
    }

    void anImportIsAllOrNothing()
    {
        const auto two = ended(m_engine->save(withToken(u"two"_s, token)));
        const QList<WebhookInput> inputs{withToken(u"one"_s, token), withToken(u"Two"_s, otherToken)};
        EngineJob *job = m_engine->importWebhooks(inputs, ExistingWebhooks::Refuse);
        Problems problems;
        connect(job, &EngineJob::finished, this, [job, &problems] { problems = job->problems(); });
        const auto refused = ended(job);
        QVERIFY(!refused.isOk());
        QCOMPARE(refused.error().where, u"[1].name"_s);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(storedWebhooks(*m_engine).size(), 1);
        QCOMPARE(rememberedKeys(*m_engine).size(), 1);

        QVERIFY(ended(m_engine->importWebhooks(inputs, ExistingWebhooks::Replace)).isOk());
        const auto stored = storedWebhooks(*m_engine);
        QCOMPARE(stored.size(), 2);
        QCOMPARE(stored.at(1).webhook.id, two->id);
        QCOMPARE(stored.at(1).webhook.name, u"Two"_s);
        QCOMPARE(secretValue(*m_engine, keyOf(stored.at(1).webhook)), otherToken);
    }

    void anImportRefusesWhatStandsThereTwice()
    {
        const auto result = ended(
            m_engine->importWebhooks({withToken(u"a"_s, token), withToken(u"A"_s, token)}, ExistingWebhooks::Replace));
        QVERIFY(!result.isOk());
        QCOMPARE(result.error().where, u"[1].name"_s);
        QCOMPARE(storedWebhooks(*m_engine).size(), 0);
    }

    void profilesDoNotSeeEachOthersSecrets()
    {
        const auto saved = ended(m_engine->save(withToken(u"one"_s, token)));
        const QTemporaryDir elsewhere;
        Engine other({.profile = elsewhere.path(), .credentialsFolder = {}});
        QVERIFY(openProfile(other).isOk());
        QCOMPARE(secretValue(other, keyOf(*saved)), QString());
    }

    void beforeOpeningJobsEndInAnError()
    {
        Engine closed(options());
        EngineJob *job = closed.save(withToken(u"one"_s, token));
        QSignalSpy spy(job, &EngineJob::finished);
        QVERIFY(!ended(job).isOk());
        QCOMPARE(spy.size(), 1);
    }

    void profileFolders()
    {
        QCOMPARE(Engine::profileFolder(u"/a/b"_s), u"/a/b"_s);
        qputenv("TOCSIN_PROFILE", "/from/environment");
        QCOMPARE(Engine::profileFolder({}), u"/from/environment"_s);
        QCOMPARE(Engine::profileFolder(u"/a/b"_s), u"/a/b"_s);
        qunsetenv("TOCSIN_PROFILE");
        QCOMPARE(Engine::profileFolder({}), qEnvironmentVariable("XDG_DATA_HOME") + "/tocsin"_L1);
    }

private:
    /// As `tocsinctl secret set` does.
    void choose(const QString &key, const QString &value)
    {
        QVERIFY(await<Result<void>>([&](QObject *context, auto reply) {
                    m_engine->store().rememberSecretKey(key, context, reply);
                }).isOk());
        QVERIFY(awaitSignal(m_engine->secrets().write(key, value), &SecretJob::finished).isOk());
    }

    EngineOptions options() const { return {.profile = m_folder->path(), .credentialsFolder = {}}; }

    void reopen()
    {
        m_engine.reset();
        m_engine = std::make_unique<Engine>(options());
        QVERIFY(openProfile(*m_engine).isOk());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
