// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"
#include "secretlifting.h"
#include "secretsequence.h"

#include <QPointer>

namespace Tocsin {

struct EngineCore;

/// One invocation from the keychain to the record: resolves the secrets that the webhook refers to, dispatches, and
/// keeps the invocation with the stored webhook.
class TestJob : public InvocationJob
{
    Q_OBJECT

public:
    static constexpr SentenceMaker say{"Tocsin::TestJob"};

    TestJob(EngineCore &core, const WebhookInput &input, const Json &event, QObject *parent);

    void cancel() override;

private:
    void begin();
    void lookForStored();
    void readSecrets();
    void readAgain(const QString &missing);
    void dispatch(QHash<QString, QString> secrets);
    void finish(const Invocation &invocation);
    void failWith(ErrorKind kind, const QString &field, const Sentence &message, const Sentence &hint);
    void failWithSecret(const SecretError &error, const QString &key);
    QString fieldOf(const QString &key) const;

    EngineCore &m_core;
    const WebhookInput m_input;
    const LiftedWebhook m_typed; ///< with references to what was typed, and that
    Webhook m_webhook; ///< what is sent
    Json m_event;
    QDateTime m_startedAt;
    Timeline m_timeline;
    QPointer<SecretSequence> m_sequence;
    QPointer<InvocationJob> m_invocation;
    std::optional<Webhook> m_stored; ///< the document with its id
    bool m_isAsStored = false; ///< what is tested is that document
    bool m_finished = false;
};

} // namespace Tocsin
