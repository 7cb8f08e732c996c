// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "testjob.h"

#include "enginecore.h"
#include "missingsecret.h"
#include "payloadschema.h"
#include "secretlifting.h"
#include "secretreferences.h"

namespace Tocsin {

TestJob::TestJob(EngineCore &core, const WebhookInput &input, const Json &event, QObject *parent)
    : InvocationJob(parent)
    , m_core(core)
    , m_input(input)
    , m_typed(withTypedSecrets(input.webhook, input.typedSecrets))
    , m_webhook(m_typed.webhook)
    , m_event(event.is_null() ? PayloadSchema::instance().mockEvent() : event)
    , m_startedAt(QDateTime::currentDateTimeUtc())
{
    QMetaObject::invokeMethod(this, &TestJob::begin, Qt::QueuedConnection);
}

void TestJob::cancel()
{
    if (m_finished) {
        return;
    }
    if (m_invocation) {
        m_invocation->cancel();
        return;
    }
    if (m_sequence) {
        m_sequence->disconnect(this);
        m_sequence->cancel();
    }
    failWith(ErrorKind::Cancelled, {}, say("The test was cancelled before anything was sent."), {});
}

void TestJob::begin()
{
    if (m_finished) {
        return;
    }
    if (!m_core.isOpen) {
        readSecrets();
        return;
    }
    m_timeline.enter(InvocationPhase::Profile);
    // What another process has set a moment ago counts; where it cannot be read, what was known before.
    m_core.settings.read(this, [this](const Result<void> &) {
        if (!m_finished) {
            lookForStored();
        }
    });
}

void TestJob::lookForStored()
{
    if (m_webhook.id.isEmpty()) {
        readSecrets();
        return;
    }
    m_core.store.webhook(m_webhook.id, this, [this](const Result<std::optional<StoredWebhook>> &stored) {
        if (stored && *stored && (*stored)->webhook.id == m_webhook.id) {
            m_stored = (*stored)->webhook;
            m_isAsStored = *m_stored == m_webhook;
        }
        if (!m_finished) {
            readSecrets();
        }
    });
}

void TestJob::readSecrets()
{
    QStringList keys = referencedKeys(m_webhook);
    keys.removeIf([this](const QString &key) { return m_typed.secrets.contains(key); });
    if (keys.isEmpty()) {
        dispatch({});
        return;
    }
    if (!m_core.secrets) {
        failWithSecret({.kind = SecretError::Kind::Absent, .message = say("The profile is not open.")},
                       keys.constFirst());
        return;
    }
    m_timeline.enter(InvocationPhase::Secrets);
    Q_EMIT phaseChanged(InvocationPhase::Secrets);
    m_sequence = new SecretSequence(*m_core.secrets, SecretSequence::reads(keys), this);
    connect(m_sequence, &SecretSequence::waitingForPrompt, this, &InvocationJob::waitingForKeychain);
    connect(m_sequence, &SecretSequence::finished, this, [this](const SecretSequenceOutcome &outcome) {
        m_sequence = nullptr;
        if (outcome.error) {
            failWithSecret(*outcome.error, outcome.failedKey);
        } else if (!outcome.missing.isEmpty()) {
            readAgain(outcome.missing.constFirst());
        } else {
            dispatch(outcome.values);
        }
    });
    m_sequence->start();
}

/// Where the stored document was tested and has been changed meanwhile, its secrets have other names by now.
void TestJob::readAgain(const QString &missing)
{
    const auto fail = [this, missing] {
        failWithSecret({.kind = SecretError::Kind::NotFound, .message = {}}, missing);
    };
    if (!m_isAsStored) {
        fail();
        return;
    }
    m_core.store.webhook(m_webhook.id, this, [this, fail](const Result<std::optional<StoredWebhook>> &stored) {
        const bool isChanged =
            stored && *stored && (*stored)->webhook.id == m_webhook.id && (*stored)->webhook != *m_stored;
        if (m_finished) {
            return;
        }
        if (!isChanged) {
            fail();
            return;
        }
        m_webhook = (*stored)->webhook;
        m_stored = m_webhook;
        readSecrets();
    });
}

void TestJob::dispatch(QHash<QString, QString> secrets)
{
    secrets.insert(m_typed.secrets);
    m_invocation = m_core.network().invoke({.webhook = m_webhook,
                                            .event = m_event,
                                            .secrets = secrets,
                                            .messageId = {},
                                            .secretHeaders = m_input.secretHeaders,
                                            .keptAsText = m_core.keptAsText(m_input),
                                            .timeline = m_timeline});
    connect(m_invocation, &InvocationJob::phaseChanged, this, &InvocationJob::phaseChanged);
    connect(m_invocation, &InvocationJob::finished, this, &TestJob::finish);
}

void TestJob::finish(const Invocation &invocation)
{
    if (m_finished) {
        return;
    }
    m_finished = true;
    if (m_stored) {
        m_core.store.addInvocation(invocation, &m_core.store, [](const Result<void> &) {});
    }
    Q_EMIT finished(invocation);
    deleteLater();
}

void TestJob::failWith(ErrorKind kind, const QString &field, const Sentence &message, const Sentence &hint)
{
    Invocation invocation;
    invocation.webhookId = m_webhook.id;
    invocation.startedAt = m_startedAt;
    invocation.reason = message;
    invocation.error =
        InvocationError{.kind = kind, .message = message, .hint = hint, .field = field, .causes = {}, .position = {}};
    finish(invocation);
}

void TestJob::failWithSecret(const SecretError &error, const QString &key)
{
    const bool isMissing = error.kind == SecretError::Kind::NotFound;
    failWith(ErrorKind::Secret, fieldOf(key), isMissing ? missingSecretMessage(key) : error.message,
             isMissing ? missingSecretHint(key) : Sentence());
}

QString TestJob::fieldOf(const QString &key) const
{
    const auto references = secretReferences(m_webhook);
    for (const SecretReference &reference : references) {
        if (reference.key == key) {
            return reference.field;
        }
    }
    return {};
}

} // namespace Tocsin

#include "moc_testjob.cpp"
