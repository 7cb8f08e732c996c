// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "asking.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUuid>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

Webhook fullWebhook()
{
    Webhook webhook = webhookNamed(u"Überwachung 漢字"_s);
    webhook.active = false;
    webhook.method = HttpMethod::Put;
    webhook.headers = {{u"X-A"_s, u"1"_s}, {u"Authorization"_s, u"Bearer ${secret:key}"_s}};
    webhook.bodyTemplate = u"{\"text\": \"{{data.name}} \\\"🔔\\\"\\n\"}"_s;
    webhook.filters = {.integrations = {u"i-1"_s}, .types = {u"postgresql"_s}, .statuses = {IntegrationStatus::Error}};
    webhook.timeout = 45s;
    webhook.responseValidators = {{.jsonPath = u"$.data.ok"_s, .expectedValues = {u"true"_s, u"1"_s}}};
    webhook.signingSecret = u"${secret:signing}"_s;
    webhook.previousSigningSecret = u"${secret:signing-previous}"_s;
    webhook.concurrency = 2;
    webhook.retryDelays = {1s, 2s};
    return webhook;
}

Invocation invocationOf(const QString &webhookId, const QDateTime &startedAt, int status = 200)
{
    Invocation invocation;
    invocation.webhookId = webhookId;
    invocation.startedAt = startedAt;
    invocation.verdict = status == 200 ? Verdict::Successful : Verdict::Failed;
    invocation.reason = Sentence(u"The target answered %1."_s.arg(status));
    invocation.request = SentRequest{.method = u"POST"_s,
                                     .url = u"https://example.org/hook"_s,
                                     .headers = {{u"Content-Type"_s, u"application/json"_s}},
                                     .body = "{\"a\": 1}"};
    invocation.response = ReceivedResponse{
        .status = status, .reasonPhrase = {}, .httpVersion = u"1.1"_s, .headers = {}, .body = "ok", .truncated = false};
    invocation.sent = 1;
    invocation.timings.total = Milliseconds(12.5);
    return invocation;
}

const QDateTime noon(QDate(2026, 1, 2), QTime(12, 0), Qt::UTC);

} // namespace

class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_store = std::make_unique<Store>(m_folder->path());
        QVERIFY(openStore(*m_store).isOk());
    }

    void cleanup() { m_store.reset(); }

    void makesAFolderForItsOwnerOnly()
    {
        const QString folder = m_folder->filePath(u"some/where/profile"_s);
        Store store(folder);
        QVERIFY(!QFile::exists(folder)); // not before it is opened
        QVERIFY(openStore(store).isOk());
        const auto ownerFolder = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
        const auto asUser = QFile::ReadUser | QFile::WriteUser | QFile::ExeUser;
        QCOMPARE(QFile::permissions(folder) & ~asUser, ownerFolder);
        const auto names = QDir(folder).entryList(QDir::Files);
        QVERIFY(!names.isEmpty());
        for (const auto &name : names) {
            QCOMPARE(QFile::permissions(QDir(folder).filePath(name)) & ~asUser, QFile::ReadOwner | QFile::WriteOwner);
        }
    }

    void isOpenedOnce()
    {
        QVERIFY(openStore(*m_store).isOk());
        QVERIFY(save(*m_store, webhookNamed(u"a"_s)).isOk());
        QVERIFY(openStore(*m_store).isOk());
        QCOMPARE(webhooksOf(*m_store)->size(), 1);
    }

    void beforeItIsOpenEveryCallSaysSo()
    {
        Store store(m_folder->path());
        const auto answer = webhooksOf(store);
        QVERIFY(!answer.isOk());
        QVERIFY(answer.error().message.contains(m_folder->path()));
    }

    void savesAndReads()
    {
        const auto before = QDateTime::currentDateTimeUtc().addMSecs(-1);
        const auto saved = save(*m_store, fullWebhook());
        QVERIFY(saved.isOk());
        QVERIFY(!QUuid::fromString(saved->id).isNull());
        QVERIFY(!saved->id.startsWith(u'{'));
        auto expected = fullWebhook();
        expected.id = saved->id;
        QCOMPARE(*saved, expected);

        const auto stored = webhooksOf(*m_store);
        QCOMPARE(stored->size(), 1);
        QCOMPARE(stored->first().webhook, expected);
        QVERIFY(stored->first().createdAt >= before);
        QCOMPARE(stored->first().changedAt, stored->first().createdAt);
        QVERIFY(!stored->first().lastInvocation);
    }

    void survivesReopening()
    {
        const auto saved = save(*m_store, fullWebhook());
        m_store = std::make_unique<Store>(m_folder->path());
        QVERIFY(openStore(*m_store).isOk());
        QCOMPARE(webhooksOf(*m_store)->first().webhook, *saved);
    }

    void takesAnIdThatIsGiven()
    {
        auto webhook = webhookNamed(u"a"_s);
        webhook.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        QCOMPARE(save(*m_store, webhook)->id, webhook.id);
        QCOMPARE(webhooksOf(*m_store)->first().webhook.id, webhook.id);
    }

    void replacesByItsId()
    {
        auto webhook = *save(*m_store, webhookNamed(u"a"_s));
        const auto first = webhooksOf(*m_store)->first();
        QVERIFY(addInvocation(*m_store, invocationOf(webhook.id, noon)).isOk());
        webhook.name = u"b"_s;
        webhook.url = u"https://example.org/other"_s;
        QTRY_VERIFY(QDateTime::currentDateTimeUtc() > first.createdAt);
        QVERIFY(save(*m_store, webhook).isOk());
        const auto stored = webhooksOf(*m_store);
        QCOMPARE(stored->size(), 1);
        QCOMPARE(stored->first().webhook, webhook);
        QCOMPARE(stored->first().createdAt, first.createdAt);
        QVERIFY(stored->first().changedAt > first.changedAt);
        QVERIFY(stored->first().lastInvocation.has_value()); // a rename keeps what was seen
    }

    void refusesANameThatExists_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("same") << u"alerts"_s << u"alerts"_s << true;
        QTest::newRow("case") << u"Alerts"_s << u"aLERTS"_s << true;
        QTest::newRow("umlaut") << u"Ärger"_s << u"äRGER"_s << true;
        QTest::newRow("Greek sigma") << u"ΟΔΟΣ"_s << u"οδος"_s << true;
        QTest::newRow("composed otherwise") << u"caf\u00e9"_s << u"cafe\u0301"_s << true;
        QTest::newRow("accent") << u"cafe"_s << u"café"_s << false;
        QTest::newRow("space") << u"alerts"_s << u"alerts 2"_s << false;
        QTest::newRow("wildcards are letters") << u"a_b"_s << u"axb"_s << false;
    }

    void refusesANameThatExists()
    {
        QFETCH(const QString, first);
        QFETCH(const QString, second);
        QFETCH(const bool, isRefused);
        const auto saved = save(*m_store, webhookNamed(first));
        QVERIFY(saved.isOk());
        const auto other = save(*m_store, webhookNamed(second));
        QCOMPARE(other.isOk(), !isRefused);
        if (isRefused) {
            QCOMPARE(other.error().where, u"name"_s);
            QVERIFY(other.error().message.contains(u"“%1”"_s.arg(second)));
            QCOMPARE(webhooksOf(*m_store)->size(), 1);
            // its own name, spelt otherwise, is no other webhook's
            auto renamed = *saved;
            renamed.name = second;
            QVERIFY(save(*m_store, renamed).isOk());
        }
    }

    void listsByNameWithoutRegardToCase()
    {
        for (const auto &name : {u"delta"_s, u"Alpha"_s, u"charlie"_s, u"Bravo"_s, u"ALPHA 2"_s}) {
            QVERIFY(save(*m_store, webhookNamed(name)).isOk());
        }
        const auto webhooks = webhooksOf(*m_store);
        QStringList names;
        for (const auto &stored : *webhooks) {
            names << stored.webhook.name;
        }
        QCOMPARE(names, (QStringList{u"Alpha"_s, u"ALPHA 2"_s, u"Bravo"_s, u"charlie"_s, u"delta"_s}));
    }

    void findsByIdOrName()
    {
        const auto find = [this](const QString &what) {
            const auto found = answerOf<std::optional<StoredWebhook>>(
                [&](QObject *context, auto reply) { m_store->webhook(what, context, reply); });
            return found.isOk() && *found ? (*found)->webhook.name : QString();
        };
        const auto first = *save(*m_store, webhookNamed(u"First one"_s));
        QVERIFY(save(*m_store, webhookNamed(u"second"_s)).isOk());
        QVERIFY(save(*m_store, webhookNamed(first.id)).isOk()); // a name that is another's id: the id counts
        QCOMPARE(find(first.id), u"First one"_s);
        QCOMPARE(find(u"first ONE"_s), u"First one"_s);
        QCOMPARE(find(u"third"_s), QString());
        QCOMPARE(find(QString()), QString());
        QCOMPARE(find(u"First%"_s), QString());
    }

    void savesAllOrNone()
    {
        const auto saveAll = [this](const QList<Webhook> &webhooks) {
            return answerOf<QList<Webhook>>(
                [&](QObject *context, auto reply) { m_store->saveWebhooks(webhooks, {}, context, reply); });
        };
        const auto refused = saveAll({webhookNamed(u"a"_s), webhookNamed(u"b"_s), webhookNamed(u"A"_s)});
        QCOMPARE(refused.error().where, u"name"_s);
        QVERIFY(webhooksOf(*m_store)->isEmpty());
        const auto saved = saveAll({webhookNamed(u"b"_s), webhookNamed(u"a"_s)});
        QCOMPARE(saved->size(), 2);
        QCOMPARE(saved->at(0).name, u"b"_s);
        QVERIFY(saved->at(0).id != saved->at(1).id);
        QCOMPARE(webhooksOf(*m_store)->size(), 2);
        QVERIFY(saveAll({})->isEmpty());
    }

    void refusesWhatIsBasedOnAnotherVersion()
    {
        const Webhook first = *save(*m_store, webhookNamed(u"first"_s));
        const qint64 version = webhooksOf(*m_store)->constFirst().version;
        const auto saveOn = [this](const Webhook &webhook, qint64 basedOn) {
            return answerOf<QList<Webhook>>([&](QObject *context, auto reply) {
                m_store->saveWebhooks({webhook, webhookNamed(u"beside"_s)}, {{webhook.id, basedOn}}, context, reply);
            });
        };
        Webhook changed = first;
        changed.name = u"changed"_s;
        const auto refused = saveOn(changed, version - 1);
        QCOMPARE(refused.error().where, u"version"_s);
        QVERIFY(refused.error().message.contains(u"changed"_s));
        QCOMPARE(webhooksOf(*m_store)->size(), 1); // none of them
        QVERIFY(saveOn(changed, version).isOk());
        QCOMPARE(webhooksOf(*m_store)->size(), 2);
        QCOMPARE(saveOn(first, version).error().where, u"version"_s); // once only
        QVERIFY(saveOn(webhookNamed(u"new"_s), version).error().where != u"version"_s); // not there yet
    }

    void activates()
    {
        const auto activate = [this](const QString &id, bool active) {
            return answerOf<void>(
                [&](QObject *context, auto reply) { m_store->setActive(id, active, context, reply); });
        };
        const auto saved = *save(*m_store, webhookNamed(u"a"_s));
        for (const bool active : {false, false, true}) {
            QVERIFY(activate(saved.id, active).isOk());
            QCOMPARE(webhooksOf(*m_store)->first().webhook.active, active);
        }
        QCOMPARE(activate(u"unknown"_s, true).error().where, u"id"_s);
    }

    void removes()
    {
        const auto remove = [this](const QString &id) {
            return answerOf<void>([&](QObject *context, auto reply) { m_store->removeWebhook(id, context, reply); });
        };
        const auto saved = *save(*m_store, webhookNamed(u"a"_s));
        QVERIFY(addInvocation(*m_store, invocationOf(saved.id, noon)).isOk());
        QVERIFY(remove(saved.id).isOk());
        QVERIFY(webhooksOf(*m_store)->isEmpty());
        QVERIFY(invocations(saved.id)->isEmpty());
        const auto again = remove(saved.id);
        QCOMPARE(again.error().where, u"id"_s);
        QVERIFY(again.error().message.contains(saved.id));
        // undone: the same id, and nothing of what was
        QCOMPARE(save(*m_store, saved)->id, saved.id);
        QVERIFY(!webhooksOf(*m_store)->first().lastInvocation);
    }

    void keepsTheNewestInvocations()
    {
        const auto one = save(*m_store, webhookNamed(u"one"_s))->id;
        const auto two = save(*m_store, webhookNamed(u"two"_s))->id;
        QVERIFY(addInvocation(*m_store, invocationOf(two, noon.addDays(-1))).isOk());
        for (int i = 0; i < Store::invocationsKeptPerWebhook + 5; ++i) {
            QVERIFY(addInvocation(*m_store, invocationOf(one, noon.addSecs(i))).isOk());
        }
        QVERIFY(addInvocation(*m_store, invocationOf(one, noon.addDays(-2))).isOk()); // too old to stay
        const auto kept = invocations(one);
        QCOMPARE(kept->size(), Store::invocationsKeptPerWebhook);
        QCOMPARE(kept->first().startedAt, noon.addSecs(Store::invocationsKeptPerWebhook + 4));
        QCOMPARE(kept->last().startedAt, noon.addSecs(5));
        QVERIFY(std::is_sorted(kept->begin(), kept->end(),
                               [](const auto &a, const auto &b) { return a.startedAt > b.startedAt; }));
        QCOMPARE(invocations(two)->size(), 1);
    }

    void keepsAnInvocationWhole()
    {
        const auto id = save(*m_store, webhookNamed(u"one"_s))->id;
        auto invocation = invocationOf(id, noon.addMSecs(123), 500);
        invocation.error = InvocationError{.kind = ErrorKind::Http,
                                           .message = Sentence(u"The target answered 500."_s),
                                           .hint = Sentence(u"Look there."_s),
                                           .field = {},
                                           .causes = {Sentence(u"a cause"_s)},
                                           .position = {}};
        invocation.response->body = QByteArray(1024 * 1024, 'x');
        QVERIFY(addInvocation(*m_store, invocation).isOk());
        QCOMPARE(*invocations(id), QList<Invocation>{invocation});
    }

    void showsTheLastInvocation()
    {
        const auto id = save(*m_store, webhookNamed(u"one"_s))->id;
        QVERIFY(addInvocation(*m_store, invocationOf(id, noon, 503)).isOk());
        QVERIFY(addInvocation(*m_store, invocationOf(id, noon.addSecs(-1), 200)).isOk());
        const InvocationSummary expected{.startedAt = noon,
                                         .verdict = Verdict::Failed,
                                         .reason = Sentence(u"The target answered 503."_s),
                                         .httpStatus = 503,
                                         .total = Milliseconds(12.5)};
        QCOMPARE(webhooksOf(*m_store)->first().lastInvocation, expected);
        // of two at the same moment, the later one
        QVERIFY(addInvocation(*m_store, invocationOf(id, noon, 200)).isOk());
        QCOMPARE(webhooksOf(*m_store)->first().lastInvocation->httpStatus, 200);
        QCOMPARE(invocations(id)->first().response->status, 200);
    }

    void takesAnInvocationWithoutAnAnswer()
    {
        const auto id = save(*m_store, webhookNamed(u"one"_s))->id;
        Invocation invocation;
        invocation.webhookId = id;
        invocation.startedAt = noon;
        QVERIFY(addInvocation(*m_store, invocation).isOk());
        QCOMPARE(webhooksOf(*m_store)->first().lastInvocation->httpStatus, 0);
        QCOMPARE(webhooksOf(*m_store)->first().lastInvocation->reason, QString());
    }

    void refusesAnInvocationOfNoWebhook()
    {
        for (const auto &id : {u"unknown"_s, QString()}) {
            QCOMPARE(addInvocation(*m_store, invocationOf(id, noon)).error().where, u"id"_s);
            QVERIFY(invocations(id)->isEmpty());
        }
    }

    void remembersIntegrations()
    {
        const auto remember = [this](const KnownIntegration &integration) {
            return answerOf<void>(
                [&](QObject *context, auto reply) { m_store->rememberIntegration(integration, context, reply); });
        };
        const auto known = [this] {
            return *answerOf<QList<KnownIntegration>>(
                [&](QObject *context, auto reply) { m_store->knownIntegrations(context, reply); });
        };
        QVERIFY(remember({u"2"_s, u"beta"_s, u"postgresql"_s}).isOk());
        QVERIFY(remember({u"1"_s, u"Alpha"_s, u"aws"_s}).isOk());
        QVERIFY(remember({u"3"_s, QString(), QString()}).isOk());
        QCOMPARE(known(),
                 (QList<KnownIntegration>{
                     {u"3"_s, u""_s, u""_s}, {u"1"_s, u"Alpha"_s, u"aws"_s}, {u"2"_s, u"beta"_s, u"postgresql"_s}}));
        QVERIFY(remember({u"1"_s, u"Gamma"_s, u"gcp"_s}).isOk());
        QCOMPARE(known().last(), (KnownIntegration{u"1"_s, u"Gamma"_s, u"gcp"_s}));
        QCOMPARE(known().size(), 3);
    }

    void remembersSecretKeys()
    {
        const auto keys = [this] {
            return *answerOf<QStringList>([&](QObject *context, auto reply) { m_store->secretKeys(context, reply); });
        };
        const auto remember = [this](const QString &key) {
            return answerOf<void>(
                [&](QObject *context, auto reply) { m_store->rememberSecretKey(key, context, reply); });
        };
        const auto forget = [this](const QString &key) {
            return answerOf<void>([&](QObject *context, auto reply) { m_store->forgetSecretKey(key, context, reply); });
        };
        QVERIFY(keys().isEmpty());
        for (const auto &key : {u"b"_s, u"a/header/X"_s, u"b"_s, u"B"_s}) {
            QVERIFY(remember(key).isOk());
        }
        QCOMPARE(keys(), (QStringList{u"B"_s, u"a/header/X"_s, u"b"_s}));
        QVERIFY(forget(u"b"_s).isOk());
        QVERIFY(forget(u"never there"_s).isOk());
        QCOMPARE(keys(), (QStringList{u"B"_s, u"a/header/X"_s}));
    }

    void keepsSettings()
    {
        const auto settings = [this] {
            return *answerOf<QMap<QString, QString>>(
                [&](QObject *context, auto reply) { m_store->settings(context, reply); });
        };
        const auto set = [this](const QString &key, const QString &value) {
            return answerOf<void>(
                [&](QObject *context, auto reply) { m_store->saveSetting(key, value, context, reply); });
        };
        QVERIFY(settings().isEmpty());
        QSignalSpy changed(m_store.get(), &Store::changed);
        QVERIFY(set(u"b.two"_s, u"true"_s).isOk());
        QVERIFY(set(u"a.one"_s, u"”Grüße”\n漢字 'x'; --"_s).isOk());
        QVERIFY(set(u"a.none"_s, QString()).isOk());
        QTRY_COMPARE(changed.size(), 3);
        const QMap<QString, QString> expected{
            {u"b.two"_s, u"true"_s}, {u"a.one"_s, u"”Grüße”\n漢字 'x'; --"_s}, {u"a.none"_s, u""_s}};
        QCOMPARE(settings(), expected);
        QVERIFY(set(u"b.two"_s, u"true"_s).isOk()); // as it was: says nothing
        QVERIFY(set(u"b.two"_s, u"false"_s).isOk());
        QTRY_COMPARE(changed.size(), 4);
        m_store = std::make_unique<Store>(m_folder->path());
        QVERIFY(openStore(*m_store).isOk());
        QCOMPARE(settings().value(u"b.two"_s), u"false"_s);
        QCOMPARE(settings().size(), 3);
    }

    void tellsOfASettingThatAnotherStoreChanges()
    {
        Store other(m_folder->path());
        QVERIFY(openStore(other).isOk());
        QSignalSpy changed(m_store.get(), &Store::changed);
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    other.saveSetting(u"a"_s, u"1"_s, context, reply);
                }).isOk());
        QTRY_COMPARE(changed.size(), 1);
    }

    void knowsWhereAProfileIs()
    {
        QVERIFY(Store::isIn(m_folder->path()));
        QVERIFY(!Store::isIn(m_folder->filePath(u"elsewhere"_s)));
        const QTemporaryDir empty;
        QVERIFY(!Store::isIn(empty.path()));
    }

    void hasANameOfItsOwn()
    {
        const auto nameOf = [](Store &store) {
            return *answerOf<QString>([&](QObject *context, auto reply) { store.profileId(context, reply); });
        };
        const auto name = nameOf(*m_store);
        QVERIFY(!QUuid::fromString(name).isNull());
        QCOMPARE(nameOf(*m_store), name);
        Store again(m_folder->path());
        QVERIFY(openStore(again).isOk());
        QCOMPARE(nameOf(again), name);
        QTemporaryDir otherFolder;
        Store other(otherFolder.path());
        QVERIFY(openStore(other).isOk());
        QVERIFY(nameOf(other) != name);
    }

    void saysWhatChanges()
    {
        QSignalSpy changed(m_store.get(), &Store::changed);
        const auto saved = *save(*m_store, webhookNamed(u"a"_s));
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(addInvocation(*m_store, invocationOf(saved.id, noon)).isOk());
        QTRY_COMPARE(changed.size(), 2);
        // what changes nothing says nothing
        QVERIFY(webhooksOf(*m_store).isOk());
        QVERIFY(!save(*m_store, webhookNamed(u"A"_s)).isOk());
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_store->setActive(saved.id, true, context, reply);
                }).isOk());
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    m_store->forgetSecretKey(u"none"_s, context, reply);
                }).isOk());
        QVERIFY(save(*m_store, webhookNamed(u"b"_s)).isOk());
        QTRY_COMPARE(changed.size(), 3);
    }

    void sayWhatAnotherStoreChanges()
    {
        Store other(m_folder->path());
        QVERIFY(openStore(other).isOk());
        QSignalSpy changed(m_store.get(), &Store::changed);
        QSignalSpy changedByItself(&other, &Store::changed);
        for (int i = 1; i <= 3; ++i) {
            QVERIFY(save(other, webhookNamed(QString::number(i))).isOk());
            QTRY_COMPARE(changed.size(), i);
            QCOMPARE(webhooksOf(*m_store)->size(), i);
        }
        QCOMPARE(changedByItself.size(), 3);
    }

    void waitsAtItsEndForWhatWasAsked()
    {
        constexpr int count = 100;
        int answers = 0;
        for (int i = 0; i < count; ++i) {
            m_store->saveWebhook(webhookNamed(QString::number(i)), this, [&answers](const auto &) { ++answers; });
        }
        m_store.reset();
        QCoreApplication::processEvents();
        QCOMPARE(answers, 0); // nobody is left to answer
        Store store(m_folder->path());
        QVERIFY(openStore(store).isOk());
        QCOMPARE(webhooksOf(store)->size(), count);
    }

    void aReplyEndsWithItsContext()
    {
        auto context = std::make_unique<QObject>();
        int answers = 0;
        m_store->webhooks(context.get(), [&answers](const auto &) { ++answers; });
        context.reset();
        QVERIFY(webhooksOf(*m_store).isOk());
        QCOMPARE(answers, 0);
    }

    void aReplyMayDestroyTheStore()
    {
        m_store->webhooks(this, [this](const auto &) { m_store.reset(); });
        m_store->webhooks(this, [](const auto &) { QFAIL("answered after its end"); });
        QTRY_VERIFY(!m_store);
        QCoreApplication::processEvents();
    }

    void holdsAThousand()
    {
        constexpr int count = 1000;
        QList<Webhook> webhooks;
        for (int i = 0; i < count; ++i) {
            webhooks.append(fullWebhook());
            webhooks.last().name = u"webhook %1"_s.arg(i, 4, 10, QLatin1Char('0'));
        }
        const auto saved = answerOf<QList<Webhook>>(
            [&](QObject *context, auto reply) { m_store->saveWebhooks(webhooks, {}, context, reply); });
        QVERIFY(saved.isOk());
        QVERIFY(addInvocation(*m_store, invocationOf(saved->at(500).id, noon)).isOk());
        const auto stored = webhooksOf(*m_store);
        QCOMPARE(stored->size(), count);
        for (int i = 0; i < count; ++i) {
            QCOMPARE(stored->at(i).webhook, saved->at(i));
            QCOMPARE(stored->at(i).lastInvocation.has_value(), i == 500);
        }
    }

private:
    Result<QList<Invocation>> invocations(const QString &id)
    {
        return answerOf<QList<Invocation>>(
            [&](QObject *context, auto reply) { m_store->invocations(id, context, reply); });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
