// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginetesting.h"
#include "memorysecretstore.h"
#include "payloadschema.h"
#include "receiver.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto token = u"tok-51d0c2ee94-very-secret"_s;

} // namespace

/// One Test, from the secrets to the record, against a real HTTPS target.
class TestEngineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_receiver.listen().isOk()); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_shelf = std::make_shared<SecretShelf>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecretStore>(m_shelf));
        QVERIFY(openProfile(*m_engine).isOk());
        m_receiver.setAnswer({.body = R"({"ok": true})"});
    }

    void cleanup() { m_engine.reset(); }

    void sendsTheSecretAndShowsDots()
    {
        const auto saved = ended(m_engine->save(input()));
        QVERIFY(saved.isOk());
        QSignalSpy received(&m_receiver, &Receiver::received);
        const auto invocation = run({.webhook = *saved, .secretHeaders = {}, .plainHeaders = {}});
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QTRY_COMPARE(received.size(), 1);
        const auto request = received.at(0).at(0).value<ReceivedRequest>();
        QVERIFY(request.headers.contains(Header{u"Authorization"_s, "Bearer "_L1 + token}));
        QVERIFY(invocation.request);
        QVERIFY(!QString::fromStdString(writeJson(toJson(invocation))).contains(token));
        QVERIFY(invocation.request->headers.contains(Header{u"Authorization"_s, "Bearer "_L1 + redactionMark}));
    }

    void recordsWhatIsStored()
    {
        const auto saved = ended(m_engine->save(input()));
        const auto invocation = run({.webhook = *saved, .secretHeaders = {}, .plainHeaders = {}});
        const auto kept = await<Result<QList<Invocation>>>(
            [&](QObject *context, auto reply) { m_engine->store().invocations(saved->id, context, std::move(reply)); });
        QVERIFY(kept.isOk());
        QCOMPARE(kept->size(), 1);
        QCOMPARE(kept->at(0).reason, invocation.reason);
        const auto last = storedWebhooks(*m_engine).at(0).lastInvocation;
        QVERIFY(last);
        QCOMPARE(last->verdict, Verdict::Successful);
        m_engine.reset();
        QCOMPARE(filesWith(m_folder->path(), token), QStringList());
    }

    void recordsNothingForWhatIsNot()
    {
        WebhookInput unsaved = input();
        unsaved.webhook.id = u"6f1c0b1e-2f0a-4a55-9d0e-0d9d0f0b5b11"_s;
        QCOMPARE(run(unsaved).verdict, Verdict::Successful);
        const auto kept = await<Result<QList<Invocation>>>([&](QObject *context, auto reply) {
            m_engine->store().invocations(unsaved.webhook.id, context, std::move(reply));
        });
        QVERIFY(kept.isOk());
        QCOMPARE(kept->size(), 0);
    }

    void worksBeforeOpeningWithoutReferences()
    {
        const QString nowhere = m_folder->filePath(u"not-made"_s);
        Engine closed({.profile = nowhere, .credentialsFolder = {}});
        const auto invocation = awaitSignal(closed.test(input()), &InvocationJob::finished);
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QVERIFY(!QFile::exists(nowhere));
    }

    void aMissingSecretIsNamed_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("not there") << false;
        QTest::newRow("empty") << true;
    }

    void aMissingSecretIsNamed()
    {
        QFETCH(const bool, isThere);
        if (isThere) {
            m_shelf->values.insert(u"team/token"_s, {});
        }
        WebhookInput missing = input();
        missing.webhook.headers[0].value = u"Bearer ${secret:team/token}"_s;
        QSignalSpy received(&m_receiver, &Receiver::received);
        const auto invocation = run(missing);
        QCOMPARE(invocation.verdict, Verdict::Failed);
        QVERIFY(invocation.error);
        QVERIFY(invocation.error->kind == ErrorKind::Secret);
        QVERIFY(invocation.error->message.text().contains("team/token"_L1));
        QCOMPARE(invocation.error->field, u"type.http_request.headers.Authorization"_s);
        QCOMPARE(received.size(), 0);
    }

    void anEventCannotPullASecretOut()
    {
        m_shelf->values.insert(u"team/token"_s, token);
        WebhookInput curious = input();
        curious.webhook.headers.clear();
        curious.webhook.bodyTemplate = u"{\"name\": \"{{data.name}}\"}"_s;
        Json event = PayloadSchema::instance().mockEvent();
        event["data"]["name"] = "${secret:team/token}";
        QSignalSpy received(&m_receiver, &Receiver::received);
        QCOMPARE(run(curious, event).verdict, Verdict::Successful);
        QTRY_COMPARE(received.size(), 1);
        QCOMPARE(received.at(0).at(0).value<ReceivedRequest>().body, "{\"name\": \"${secret:team/token}\"}"_ba);
        QCOMPARE(m_shelf->log, QStringList());
    }

    void canBeCancelledWhileTheKeychainAsks()
    {
        const auto saved = ended(m_engine->save(input()));
        m_shelf->hangs = true;
        InvocationJob *job = m_engine->test({.webhook = *saved, .secretHeaders = {}, .plainHeaders = {}});
        QSignalSpy waiting(job, &InvocationJob::waitingForKeychain);
        QSignalSpy finished(job, &InvocationJob::finished);
        QVERIFY(waiting.wait());
        job->cancel();
        job->cancel();
        QCOMPARE(finished.size(), 1);
        const auto invocation = finished.at(0).at(0).value<Invocation>();
        QVERIFY(invocation.error->kind == ErrorKind::Cancelled);
        QCOMPARE(invocation.sent, 0);
    }

    void credentialsFolder()
    {
        const QString credentials = m_folder->filePath(u"credentials"_s);
        QVERIFY(QDir().mkdir(credentials, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QFile file(credentials + "/team.token"_L1);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(token.toUtf8());
        file.close();
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner));
        Engine engine({.profile = m_folder->filePath(u"profile"_s), .credentialsFolder = credentials});
        QVERIFY(openProfile(engine).isOk());
        WebhookInput referring = input();
        referring.webhook.headers[0].value = u"Bearer ${secret:team/token}"_s;
        const auto saved = ended(engine.save(referring));
        QVERIFY2(saved.isOk(), qPrintable(saved.isOk() ? QString() : saved.error().message));
        QSignalSpy received(&m_receiver, &Receiver::received);
        const auto invocation = awaitSignal(engine.test({.webhook = *saved, .secretHeaders = {}, .plainHeaders = {}}),
                                            &InvocationJob::finished);
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QTRY_COMPARE(received.size(), 1);
        QVERIFY(received.at(0).at(0).value<ReceivedRequest>().headers.contains(
            Header{u"Authorization"_s, "Bearer "_L1 + token}));

        const auto literal = ended(engine.save(input()));
        QVERIFY(!literal.isOk());
        QVERIFY(ended(engine.remove(saved->id)).isOk());
        QVERIFY(file.exists());
    }

private:
    WebhookInput input() const
    {
        Webhook webhook = sampleWebhook(u"test"_s);
        webhook.url = m_receiver.url().toString() + "hook"_L1;
        webhook.caCertificates = QString::fromLatin1(m_receiver.certificateAuthority());
        webhook.headers = {{u"Authorization"_s, "Bearer "_L1 + token}};
        webhook.responseValidators = {{u"$.data.ok"_s, {u"true"_s}}};
        return {.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}};
    }

    Invocation run(const WebhookInput &what, const Json &event = nullptr)
    {
        return awaitSignal(m_engine->test(what, event), &InvocationJob::finished);
    }

    Receiver m_receiver;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<SecretShelf> m_shelf;
    std::unique_ptr<Engine> m_engine;
};

QTEST_GUILESS_MAIN(TestEngineTest)
#include "tst_enginetest.moc"
