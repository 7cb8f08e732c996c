// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "aside.h"
#include "engine.h"
#include "secretlifting.h"
#include "secretsequence.h"
#include "templatecheck.h"
#include "tlsidentity.h"
#include "webhookcheck.h"

#include <QPointer>

namespace Tocsin {

struct EngineCore;
struct SecretReference;

/// Everything of a webhook but the request: document, secrets, template, then connection and token at once.
class CheckJob : public WebhookCheckJob
{
    Q_OBJECT

public:
    static constexpr SentenceMaker say{"Tocsin::CheckJob"};
    static constexpr CountedSentenceMaker sayCounted{"Tocsin::CheckJob"};

    CheckJob(EngineCore &core, const WebhookInput &input, CheckManner manner, QObject *parent);

    void cancel() override;

private:
    void begin();
    void lookForStored();
    void checkDocument();
    void takeProblems(const Problems &problems);
    void askKeychain();
    void readSecrets();
    void takeSecrets(const SecretSequenceOutcome &outcome);
    void readAgain();
    void secretsDone();
    void checkSigning();
    void checkEnd(const SecretReference &reference);
    void checkFilled(const SecretReference &reference);
    void renderNext();
    void takeRendered(const std::optional<InvocationError> &error);
    void checkWire();
    void connectToTarget();
    std::shared_ptr<const TlsIdentity> identity();
    void fetchToken();
    void run(const InvocationRequest &request, const std::function<void(const Invocation &)> &then);
    void add(const CheckLine &line);
    void add(const QList<CheckLine> &lines);
    void keychainFailed(CheckState state, const Sentence &message);
    bool hasAll(const QString &text) const;
    QString resolved(const QString &text) const;
    QStringList wantedKeys() const;
    void finish(bool isCancelled = false);

    EngineCore &m_core;
    const WebhookInput m_input;
    const CheckManner m_manner;
    LiftedWebhook m_typed; ///< with references to what was typed, and that
    Webhook m_webhook; ///< what is checked
    QHash<QString, QString> m_secrets;
    QSet<QString> m_faulty; ///< fields of which an error was told
    QList<CheckCase> m_cases;
    qsizetype m_rendered = 0; ///< of the cases
    QPointer<SecretSequence> m_sequence;
    QList<QPointer<InvocationJob>> m_underWay;
    QList<CheckLine> m_tokenLines; ///< told after what the connection came to, whichever ends first
    int m_open = 0; ///< what is still to be heard of the wire
    WebhookCheckResult m_result;
    bool m_isFinished = false;
    Aside m_aside; // the first to go: nothing is told any more
};

} // namespace Tocsin
