// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginetesting.h"
#include "memorysecretstore.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms

Result<void> set(Engine &engine, const QString &key, const QString &text)
{
    return await<Result<void>>(
        [&](QObject *context, auto reply) { engine.setSetting(key, text, context, std::move(reply)); });
}

} // namespace

/// The profile's settings, set here and elsewhere.
class TestEngineSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine = makeEngine();
    }

    void cleanup() { m_engine.reset(); }

    void areAsUsualAtFirst()
    {
        QCOMPARE(m_engine->settings(), Settings());
        QVERIFY(openProfile(*m_engine));
        QCOMPARE(m_engine->settings(), Settings());
    }

    void areKept()
    {
        QVERIFY(openProfile(*m_engine));
        QSignalSpy changes(m_engine.get(), &Engine::settingsChanged);
        QVERIFY(set(*m_engine, allowLinkLocalKey, u"true"_s));
        QVERIFY(m_engine->settings().isLinkLocalAllowed);
        QVERIFY(set(*m_engine, allowLinkLocalKey, u"true"_s));
        QCOMPARE(changes.size(), 1);
        m_engine = makeEngine();
        QVERIFY(!m_engine->settings().isLinkLocalAllowed);
        QVERIFY(openProfile(*m_engine));
        QVERIFY(m_engine->settings().isLinkLocalAllowed); // at once
    }

    void cannotBeSetBeforeOpening()
    {
        const auto answer = set(*m_engine, allowLinkLocalKey, u"true"_s);
        QVERIFY(!answer);
        QVERIFY(answer.error().message.contains(m_folder->path()));
        QVERIFY(!m_engine->settings().isLinkLocalAllowed);
    }

    void refusesWhatIsNoSetting()
    {
        QVERIFY(openProfile(*m_engine));
        QCOMPARE(set(*m_engine, allowLinkLocalKey, u"maybe"_s).error(),
                 Error{.message = u"egress.allow_link_local takes true or false, not \"maybe\"."_s});
        QVERIFY(!set(*m_engine, u"egress.allow"_s, u"true"_s));
        const auto stored = await<Result<QMap<QString, QString>>>(
            [this](QObject *context, auto reply) { m_engine->store().settings(context, std::move(reply)); });
        QVERIFY(stored);
        QVERIFY(stored->isEmpty());
    }

    void aReplyEndsWithItsContext()
    {
        QVERIFY(openProfile(*m_engine));
        auto context = std::make_unique<QObject>();
        int answers = 0;
        for (const auto &text : {u"maybe"_s, u"true"_s}) {
            m_engine->setSetting(allowLinkLocalKey, text, context.get(), [&answers](const auto &) { ++answers; });
        }
        context.reset();
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->settings().isLinkLocalAllowed, patience);
        QCOMPARE(answers, 0);
    }

    void followWhatAnotherSets()
    {
        QVERIFY(openProfile(*m_engine));
        const auto other = makeEngine();
        QVERIFY(openProfile(*other));
        QSignalSpy changes(m_engine.get(), &Engine::settingsChanged);
        for (const bool isAllowed : {true, false, true}) {
            QVERIFY(set(*other, allowLinkLocalKey, isAllowed ? u"true"_s : u"false"_s));
            QTRY_COMPARE_WITH_TIMEOUT(m_engine->settings().isLinkLocalAllowed, isAllowed, patience);
        }
        QCOMPARE(changes.size(), 3);
    }

    /// Before it is known in any other way: no event has told of it.
    void aTestGoesByWhatAnotherHasSet()
    {
        QVERIFY(openProfile(*m_engine));
        const auto other = makeEngine();
        QVERIFY(openProfile(*other));
        Webhook webhook = sampleWebhook(u"test"_s);
        webhook.headers = {{u"Authorization"_s, u"Bearer ${secret:not/there}"_s}};
        bool isAllowed = false;
        other->setSetting(allowLinkLocalKey, u"true"_s, this, [&](const Result<void> &stored) {
            QVERIFY(stored);
            auto *job = m_engine->test({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}});
            connect(job, &InvocationJob::finished, this, [&] { isAllowed = m_engine->settings().isLinkLocalAllowed; });
            connect(job, &InvocationJob::finished, &m_loop, &QEventLoop::quit);
        });
        m_loop.exec();
        QVERIFY(isAllowed);
    }

    /// An address without its interface: where it is allowed, the system itself connects to nothing.
    void reachWhatSends()
    {
        QVERIFY(openProfile(*m_engine));
        const auto other = makeEngine();
        QVERIFY(openProfile(*other));
        Webhook webhook = sampleWebhook(u"test"_s);
        webhook.url = u"https://[fe80::1]:1/"_s;
        const auto isRefused = [&] {
            auto *job = m_engine->test({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}});
            const auto invocation = awaitSignal(job, &InvocationJob::finished);
            return invocation.error && invocation.error->kind == ErrorKind::Egress;
        };
        QVERIFY(isRefused());
        QVERIFY(set(*other, allowLinkLocalKey, u"true"_s));
        QVERIFY(!isRefused());
        QVERIFY(set(*m_engine, allowLinkLocalKey, u"false"_s));
        QVERIFY(isRefused());
    }

    void leaveWhatALaterVersionWrote()
    {
        QVERIFY(openProfile(*m_engine));
        for (const auto &[key, value] :
             {std::pair(allowLinkLocalKey, u"some"_s), std::pair(u"of.a.later.version"_s, u"7"_s)}) {
            QVERIFY(await<Result<void>>([this, key = key, value = value](QObject *context, auto reply) {
                m_engine->store().saveSetting(key, value, context, std::move(reply));
            }));
        }
        m_engine = makeEngine();
        QVERIFY(openProfile(*m_engine));
        QCOMPARE(m_engine->settings(), Settings());
        QVERIFY(set(*m_engine, allowLinkLocalKey, u"true"_s));
        QVERIFY(m_engine->settings().isLinkLocalAllowed);
    }

private:
    std::unique_ptr<Engine> makeEngine() const
    {
        return std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}},
                                        std::make_unique<MemorySecretStore>(std::make_shared<SecretShelf>()));
    }

    QEventLoop m_loop;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
};

QTEST_GUILESS_MAIN(TestEngineSettings)
#include "tst_enginesettings.moc"
