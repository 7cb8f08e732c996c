// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginetesting.h"
#include "memorysecretstore.h"
#include "receiver.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto queryToken = u"tok-1a5c0e9b7d-in-the-url"_s;
const auto routingKey = u"R0f1e2d3c4b5a69788f0e1d2c3b4a596"_s;
const auto nestedToken = u"tok-77aa1be2c0-in-a-string"_s;

} // namespace

/// Secrets in a URL and a body template, from Save to the target.
class TestEngineLifting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_receiver.listen().isOk()); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_shelf = std::make_shared<SecretShelf>();
        reopen();
        m_receiver.setAnswer({.body = R"({"ok": true})"});
    }

    void cleanup() { m_engine.reset(); }

    void saveLiftsAndTheTargetSeesTheSame()
    {
        const WebhookInput given = input();
        const auto saved = ended(m_engine->save(given));
        QVERIFY2(saved.isOk(), qPrintable(saved.isOk() ? QString() : saved.error().message));
        for (const QString &secret : {queryToken, routingKey, nestedToken}) {
            QVERIFY(m_shelf->values.values().contains(secret));
            QVERIFY(!saved->url.contains(secret) && !saved->bodyTemplate.contains(secret));
        }
        QVERIFY2(saved->url.contains(u"token=${secret:%1/url/token"_s.arg(saved->id)), qPrintable(saved->url));
        QVERIFY2(saved->bodyTemplate.contains(u"\"${secret:%1/body/routing_key"_s.arg(saved->id)),
                 qPrintable(saved->bodyTemplate));

        const auto before = sent(given);
        const auto after = sent({.webhook = *saved, .secretHeaders = {}, .plainHeaders = {}});
        QVERIFY(before.body.contains(routingKey.toUtf8()));
        QCOMPARE(after.body, before.body);
        QCOMPARE(after.target, before.target);
        m_engine.reset();
        for (const QString &secret : {queryToken, routingKey, nestedToken}) {
            QCOMPARE(filesWith(m_folder->path(), secret), QStringList());
        }
    }

    void aTestOfWhatIsNotSavedShowsNone()
    {
        m_receiver.setAnswer({.body = "{\"ok\": true, \"echo\": \"" + routingKey.toUtf8() + "\"}"});
        const auto invocation = awaitSignal(m_engine->test(input()), &InvocationJob::finished);
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        const QString shown = QString::fromStdString(writeJson(toJson(invocation)));
        for (const QString &secret : {queryToken, routingKey, nestedToken}) {
            QVERIFY2(!shown.contains(secret), qPrintable(shown));
        }
        QVERIFY2(invocation.request->url.contains("token="_L1 % redactionMark), qPrintable(invocation.request->url));
        QVERIFY(m_shelf->values.isEmpty());
    }

    void whatIsKeptAsTextStaysSo()
    {
        WebhookInput given = input();
        given.keptAsText = QSet<QString>{u"url/token"_s};
        const auto saved = ended(m_engine->save(given));
        QVERIFY(saved.isOk());
        QVERIFY(saved->url.contains(queryToken));
        QVERIFY(!saved->bodyTemplate.contains(routingKey));
        QCOMPARE(m_engine->keptAsText(saved->id), QSet<QString>{u"url/token"_s});

        // by who does not choose anew, in another process
        reopen();
        QCOMPARE(m_engine->keptAsText(saved->id), QSet<QString>{u"url/token"_s});
        WebhookInput again = input();
        again.webhook.id = saved->id;
        again.webhook.bodyTemplate.replace(routingKey, QString(routingKey % u"-new"_s));
        const auto replaced = ended(m_engine->importWebhooks({again}, ExistingWebhooks::Replace));
        QVERIFY(replaced.isOk());
        QVERIFY(replaced->url.contains(queryToken));
        QVERIFY(!replaced->bodyTemplate.contains(routingKey));

        // it is no secret, so it is shown
        const auto invocation = awaitSignal(
            m_engine->test({.webhook = *replaced, .secretHeaders = {}, .plainHeaders = {}}), &InvocationJob::finished);
        QVERIFY(invocation.request->url.contains(queryToken));

        // a copy keeps it, too
        const auto copy = ended(m_engine->duplicate(saved->id));
        QVERIFY2(copy.isOk(), qPrintable(copy.isOk() ? QString() : copy.error().message));
        QVERIFY(copy->url.contains(queryToken));

        // until it is chosen otherwise
        again.webhook = *replaced;
        again.keptAsText = QSet<QString>();
        const auto lifted = ended(m_engine->save(again));
        QVERIFY(lifted.isOk());
        QVERIFY(!lifted->url.contains(queryToken));
        reopen();
        QCOMPARE(m_engine->keptAsText(saved->id), QSet<QString>());
    }

    void whatStaysReadableIsSaid()
    {
        WebhookInput given = input();
        given.webhook.bodyTemplate = u"{\"token\": 123456789012}"_s;
        Problems problems;
        const auto problemsOf = [&problems](EngineJob *job) {
            connect(job, &EngineJob::finished, job, [job, &problems] { problems = job->problems(); });
            return job;
        };
        const auto saved = ended(problemsOf(m_engine->save(given)));
        QVERIFY(saved.isOk());
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.constFirst().field, u"body_template"_s);
        QVERIFY(problems.constFirst().message.contains("stays readable"_L1));

        // until it is a choice, which an import under the same name knows
        given.webhook.id = saved->id;
        given.keptAsText = QSet<QString>{u"body/token"_s};
        QVERIFY(ended(problemsOf(m_engine->save(given))).isOk());
        QCOMPARE(problems, Problems());
        given.webhook.id.clear();
        given.keptAsText.reset();
        QVERIFY(ended(problemsOf(m_engine->importWebhooks({given}, ExistingWebhooks::Replace))).isOk());
        QCOMPARE(problems, Problems());
    }

    void aTokenEndpointsUrlIsAsTheOthers()
    {
        m_shelf->values.insert(u"team/key"_s, u"a value of the whole team"_s);
        WebhookInput given = input();
        given.webhook.headers.clear();
        given.webhook.oauth = OAuthClientCredentials{
            .clientId = u"a"_s,
            .clientSecret = u"b"_s,
            .tokenEndpointUrl =
                u"https://localhost/token?api_key=0123456789ab&code=0123456789cd&key=${secret:team/key}"_s,
            .scopes = {}};
        given.keptAsText = QSet<QString>{u"oauth/url/code"_s};
        given.typedSecrets = {{u"team/key"_s, u"short"_s}};
        const auto saved = ended(m_engine->save(given));
        QVERIFY2(saved.isOk(), qPrintable(saved.isOk() ? QString() : saved.error().message));
        const QString url = saved->oauth->tokenEndpointUrl;
        QVERIFY2(url.contains(u"api_key=${secret:%1/oauth/url/api_key"_s.arg(saved->id)), qPrintable(url));
        QVERIFY2(url.contains("code=0123456789cd"_L1), qPrintable(url));
        QVERIFY2(url.contains(u"key=${secret:%1/oauth/url/key"_s.arg(saved->id)), qPrintable(url));
        QVERIFY(m_shelf->values.values().contains(u"0123456789ab"_s));
        QVERIFY(m_shelf->values.values().contains(u"short"_s));
        QCOMPARE(m_shelf->values.value(u"team/key"_s), u"a value of the whole team"_s);
        QCOMPARE(m_engine->keptAsText(saved->id), QSet<QString>{u"oauth/url/code"_s});
    }

    void aTypedSecretReplacesWhatIsReferredTo()
    {
        m_shelf->values.insert(u"team/key"_s, u"a value of the whole team"_s);
        WebhookInput given = input();
        given.webhook.bodyTemplate = u"{\"routing_key\": \"${secret:team/key}\", \"x\": \"${secret:asked}\"}"_s;
        given.typedSecrets = {{u"team/key"_s, u"short"_s}, {u"asked"_s, u"a \"quoted\" one"_s}};

        const auto before = sent(given);
        QCOMPARE(before.body, "{\"routing_key\": \"short\", \"x\": \"a \\\"quoted\\\" one\"}"_ba);
        QCOMPARE(m_shelf->values.size(), 1);

        const auto saved = ended(m_engine->save(given));
        QVERIFY2(saved.isOk(), qPrintable(saved.isOk() ? QString() : saved.error().message));
        QVERIFY(!saved->bodyTemplate.contains("team/key"_L1));
        QCOMPARE(m_shelf->values.value(u"team/key"_s), u"a value of the whole team"_s);
        QCOMPARE(sent({.webhook = *saved, .secretHeaders = {}, .plainHeaders = {}}).body, before.body);
    }

private:
    void reopen()
    {
        m_engine.reset();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecretStore>(m_shelf));
        QVERIFY(openProfile(*m_engine).isOk());
    }

    WebhookInput input() const
    {
        Webhook webhook = sampleWebhook(u"lifted"_s);
        webhook.url = m_receiver.url().toString() + "hook?x=1&token="_L1 + queryToken;
        webhook.caCertificates = QString::fromLatin1(m_receiver.certificateAuthority());
        webhook.bodyTemplate =
            u"{\n  \"routing_key\": \"%1\",\n  \"message\": \"{\\\"token\\\":\\\"%2\\\",\\\"id\\\":\\\"{{data.id}}\\\"}\"\n}\n"_s
                .arg(routingKey, nestedToken);
        return {.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}};
    }

    /// What a Test of it makes arrive.
    ReceivedRequest sent(const WebhookInput &what)
    {
        QSignalSpy received(&m_receiver, &Receiver::received);
        const auto invocation = awaitSignal(m_engine->test(what), &InvocationJob::finished);
        if (invocation.verdict != Verdict::Successful) {
            qWarning("%s", qPrintable(invocation.reason));
            return {};
        }
        return QTest::qWaitFor([&] { return received.size() == 1; }) ? received.at(0).at(0).value<ReceivedRequest>()
                                                                     : ReceivedRequest();
    }

    Receiver m_receiver;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<SecretShelf> m_shelf;
    std::unique_ptr<Engine> m_engine;
};

QTEST_GUILESS_MAIN(TestEngineLifting)
#include "tst_enginelifting.moc"
