// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkjob.h"

#include "blankfields.h"
#include "bodytemplate.h"
#include "connectionlines.h"
#include "enginecore.h"
#include "httpurl.h"
#include "jsonwebtoken.h"
#include "missingsecret.h"
#include "placeholdertext.h"
#include "secretreferences.h"
#include "secrettext.h"
#include "signingsecret.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

CheckJob::CheckJob(EngineCore &core, const WebhookInput &input, CheckManner manner, QObject *parent)
    : WebhookCheckJob(parent)
    , m_core(core)
    , m_input(input)
    , m_manner(manner)
    , m_typed(withTypedSecrets(input.webhook, input.typedSecrets))
    , m_webhook(m_typed.webhook)
{
    m_result.webhookId = m_webhook.id;
    m_result.webhookName = m_webhook.name;
    m_result.checkedAt = QDateTime::currentDateTimeUtc();
    QMetaObject::invokeMethod(this, &CheckJob::begin, Qt::QueuedConnection);
}

void CheckJob::cancel()
{
    if (m_isFinished) {
        return;
    }
    if (m_sequence) {
        m_sequence->disconnect(this);
        m_sequence->cancel();
    }
    const auto underWay = std::exchange(m_underWay, {});
    for (const auto &job : underWay) {
        if (job) {
            job->disconnect(this);
            job->cancel();
        }
    }
    finish(true);
}

void CheckJob::begin()
{
    if (m_isFinished) {
        return;
    }
    if (!m_core.isOpen) {
        checkDocument();
        return;
    }
    m_core.settings.read(this, [this](const Result<void> &) {
        if (!m_isFinished) {
            lookForStored();
        }
    });
}

void CheckJob::lookForStored()
{
    if (m_webhook.id.isEmpty()) {
        checkDocument();
        return;
    }
    m_core.store.webhook(m_webhook.id, this, [this](const Result<std::optional<StoredWebhook>> &stored) {
        if (stored && *stored && (*stored)->webhook == m_webhook) {
            m_result.version = (*stored)->version;
        }
        if (!m_isFinished) {
            checkDocument();
        }
    });
}

void CheckJob::checkDocument()
{
    m_aside.run([webhook = m_webhook] { return checkWebhook(webhook) + blankFields(webhook); },
                [this](const Problems &problems) {
                    if (!m_isFinished) {
                        takeProblems(problems);
                        askKeychain();
                    }
                });
}

void CheckJob::takeProblems(const Problems &problems)
{
    for (const auto &problem : problems) {
        const bool isError = problem.severity == Severity::Error;
        if (isError) {
            m_faulty.insert(problem.field);
        }
        add({.subject = problem.field == "body_template"_L1 ? CheckSubject::Template : CheckSubject::Document,
             .state = isError ? CheckState::Failed : CheckState::Warning,
             .found = Sentence(problem.message),
             .field = problem.field,
             .position = problem.position});
    }
    const bool isSound = std::none_of(m_result.lines.begin(), m_result.lines.end(),
                                      [](const CheckLine &line) { return line.subject == CheckSubject::Document; });
    if (isSound) {
        add({.subject = CheckSubject::Document, .found = say("All fields are as they should be.")});
    }
}

QStringList CheckJob::wantedKeys() const
{
    auto keys = referencedKeys(m_webhook);
    keys.removeIf([this](const QString &key) { return m_typed.secrets.contains(key); });
    return keys;
}

/// A check that nobody waits for puts no prompt on the screen.
void CheckJob::askKeychain()
{
    if (m_manner == CheckManner::Asked || wantedKeys().isEmpty() || !m_core.secrets) {
        readSecrets();
        return;
    }
    m_core.secrets->availability(this, [this](SecretAvailability availability) {
        if (m_isFinished) {
            return;
        }
        if (availability == SecretAvailability::Available) {
            readSecrets();
            return;
        }
        keychainFailed(CheckState::Skipped, describe(availability));
        secretsDone();
    });
}

void CheckJob::readSecrets()
{
    const auto keys = wantedKeys();
    if (keys.isEmpty()) {
        m_secrets = m_typed.secrets;
        secretsDone();
        return;
    }
    if (!m_core.secrets) {
        keychainFailed(CheckState::Failed, say("The profile is not open."));
        secretsDone();
        return;
    }
    m_sequence = new SecretSequence(*m_core.secrets, SecretSequence::reads(keys), this);
    connect(m_sequence, &SecretSequence::waitingForPrompt, this, &WebhookCheckJob::waitingForKeychain);
    connect(m_sequence, &SecretSequence::finished, this, [this](const SecretSequenceOutcome &outcome) {
        m_sequence = nullptr;
        takeSecrets(outcome);
    });
    m_sequence->start();
}

void CheckJob::takeSecrets(const SecretSequenceOutcome &outcome)
{
    m_secrets = outcome.values;
    m_secrets.insert(m_typed.secrets);
    if (outcome.error) {
        keychainFailed(CheckState::Failed, outcome.error->message);
        secretsDone();
        return;
    }
    if (!outcome.missing.isEmpty() && m_result.version != 0) {
        readAgain();
        return;
    }
    secretsDone();
}

/// Where the stored document has been changed meanwhile, its secrets have other names by now: the new one is checked.
void CheckJob::readAgain()
{
    m_core.store.webhook(m_webhook.id, this, [this](const Result<std::optional<StoredWebhook>> &stored) {
        if (m_isFinished) {
            return;
        }
        if (!stored || !*stored || (*stored)->version == m_result.version || (*stored)->webhook.id != m_webhook.id) {
            secretsDone();
            return;
        }
        m_webhook = (*stored)->webhook;
        m_result.webhookName = m_webhook.name;
        m_result.version = (*stored)->version;
        m_result.lines.clear();
        m_faulty.clear();
        checkDocument();
    });
}

void CheckJob::keychainFailed(CheckState state, const Sentence &message)
{
    add({.subject = CheckSubject::Secrets, .state = state, .found = message, .isKeychains = true});
}

void CheckJob::secretsDone()
{
    const bool isUnreachable = std::any_of(m_result.lines.begin(), m_result.lines.end(),
                                           [](const CheckLine &line) { return line.isKeychains; });
    int usable = 0;
    const auto references = secretReferences(m_webhook);
    QSet<QString> told;
    for (const auto &reference : references) {
        if (told.contains(reference.key)) {
            continue;
        }
        told.insert(reference.key);
        if (m_secrets.contains(reference.key)) {
            ++usable;
            checkEnd(reference);
            checkFilled(reference);
        } else if (!isUnreachable) {
            add({.subject = CheckSubject::Secrets,
                 .state = CheckState::Failed,
                 .found = missingSecretMessage(reference.key),
                 .hint = missingSecretHint(reference.key),
                 .field = reference.field});
        }
    }
    if (usable > 0 && usable == told.size()) {
        add({.subject = CheckSubject::Secrets, .found = sayCounted("%n secret(s) can be read.", usable)});
    }
    checkSigning();
    const bool isCompiled = !m_faulty.contains(u"body_template"_s);
    m_cases = isCompiled ? checkCases(m_webhook.filters) : QList<CheckCase>();
    renderNext();
}

/// A preset's words may have been put into the keychain before anybody filled them in.
void CheckJob::checkFilled(const SecretReference &reference)
{
    if (isLeftToFill(m_secrets.value(reference.key))) {
        add({.subject = CheckSubject::Secrets,
             .state = CheckState::Warning,
             .found =
                 say("The secret “%1” is empty or still holds what is left to you to fill in (YOUR…).", reference.key),
             .hint = say("Put your own value there."),
             .field = reference.field});
    }
}

/// Of a secret that is a token with an end of its own.
void CheckJob::checkEnd(const SecretReference &reference)
{
    const auto end = tokenEnd(m_secrets.value(reference.key));
    if (!end) {
        return;
    }
    const auto state = stateOfEnd({}, *end, m_result.checkedAt);
    const auto days = static_cast<int>(daysLeft(*end, m_result.checkedAt));
    add({.subject = CheckSubject::Secrets,
         .state = state,
         .found = state == CheckState::Failed
             ? say("The secret %1 is a token that expired on %2.", reference.key, *end)
             : sayCounted("The secret %1 is a token that is valid until %2: %n day(s) left.", days, reference.key,
                          *end),
         .hint = state == CheckState::Ok ? Sentence() : missingSecretHint(reference.key),
         .field = state == CheckState::Ok ? QString() : reference.field,
         .ends = *end});
}

bool CheckJob::hasAll(const QString &text) const
{
    const auto keys = secretKeys(text);
    return std::all_of(keys.begin(), keys.end(), [this](const QString &key) { return m_secrets.contains(key); });
}

QString CheckJob::resolved(const QString &text) const
{
    const auto result = resolveSecretText(text, [this](const QString &key) {
        return m_secrets.contains(key) ? std::optional(m_secrets.value(key)) : std::nullopt;
    });
    return result ? *result : QString();
}

void CheckJob::checkSigning()
{
    for (const auto &[field, text] : {std::pair(u"signing.secret"_s, m_webhook.signingSecret),
                                      std::pair(u"signing.previous_secret"_s, m_webhook.previousSigningSecret)}) {
        if (text.isEmpty() || m_faulty.contains(field) || !hasAll(text)) {
            continue;
        }
        if (const auto keys = signingKeys(resolved(text)); !keys) {
            add({.subject = CheckSubject::Secrets,
                 .state = CheckState::Failed,
                 .found = keys.error().toKeep(),
                 .hint = say("Copy the signing secret from the receiver again."),
                 .field = field});
        }
    }
}

/// One at a time, so that a cancelled check waits for one at most.
void CheckJob::renderNext()
{
    if (m_rendered == m_cases.size()) {
        if (!m_cases.isEmpty()) {
            add(templateLines(m_cases, m_faulty));
        }
        checkWire();
        return;
    }
    m_aside.run([request = templateRequest(m_webhook, m_secrets),
                 event = m_cases.at(m_rendered).event] { return templateError(request, event); },
                [this](const std::optional<InvocationError> &error) { takeRendered(error); });
}

void CheckJob::takeRendered(const std::optional<InvocationError> &error)
{
    if (m_isFinished) {
        return;
    }
    m_cases[m_rendered++].error = error;
    renderNext();
}

void CheckJob::checkWire()
{
    m_open = 1; // so that what ends at once does not end the check
    connectToTarget();
    fetchToken();
    if (--m_open == 0) {
        finish();
    }
}

/// With what was wrong told where it is null.
std::shared_ptr<const TlsIdentity> CheckJob::identity()
{
    if (!hasAll(m_webhook.clientKey)) {
        return nullptr; // that it is missing has been told
    }
    auto identity = TlsIdentity::create({.caCertificates = m_webhook.caCertificates,
                                         .clientCertificate = m_webhook.clientCertificate,
                                         .clientKey = resolved(m_webhook.clientKey)});
    if (identity) {
        return *identity;
    }
    const auto &error = identity.error();
    if (!m_faulty.contains(error.where)) {
        const bool isClients = error.where.startsWith("tls.client"_L1);
        add({.subject = isClients ? CheckSubject::ClientCertificate : CheckSubject::Tls,
             .state = CheckState::Failed,
             .found = error.toKeep(),
             .field = error.where});
    }
    return nullptr;
}

void CheckJob::connectToTarget()
{
    const auto url = parseHttpUrl(withPlaceholdersBlanked(m_webhook.url), {});
    const auto identity = this->identity();
    if (identity) {
        add(clientCertificateLines(identity->clientCertificates(), m_result.checkedAt));
    }
    if (!url || !identity || m_faulty.contains(u"type.http_request.url"_s)) {
        add({.subject = CheckSubject::Connection,
             .state = CheckState::Skipped,
             .found = say("Not tried, as the webhook is not in order.")});
        return;
    }
    InvocationRequest request{.webhook = m_webhook, .event = {}, .secrets = m_secrets, .messageId = {}};
    request.webhook.url = u"https://%1/"_s.arg(QString::fromLatin1(url->authority()));
    request.webhook.method = HttpMethod::Get;
    request.webhook.headers.clear();
    request.webhook.oauth.reset();
    request.webhook.signingSecret.clear();
    request.webhook.previousSigningSecret.clear();
    request.extent = InvocationExtent::Connection;
    run(request,
        [this, host = QString::fromLatin1(url->peerHost()),
         hasCertificate = identity->hasClientCertificate()](const Invocation &invocation) {
            add(connectionLines(invocation, host, hasCertificate, m_result.checkedAt));
        });
}

void CheckJob::fetchToken()
{
    if (!m_webhook.oauth) {
        return;
    }
    auto webhook = m_webhook;
    webhook.url = u"https://localhost/"_s; // nothing goes there
    webhook.method = HttpMethod::Get;
    webhook.headers.clear();
    webhook.bodyTemplate.clear();
    webhook.signingSecret.clear();
    webhook.previousSigningSecret.clear();
    const auto keys = referencedKeys(webhook);
    const bool hasSecrets =
        std::all_of(keys.begin(), keys.end(), [this](const QString &key) { return m_secrets.contains(key); });
    const bool isFaulty = std::any_of(m_faulty.begin(), m_faulty.end(), [](const QString &field) {
        return field.startsWith("authentication_config.oauth"_L1) || field.startsWith("tls."_L1);
    });
    if (!hasSecrets || isFaulty) {
        add({.subject = CheckSubject::Token,
             .state = CheckState::Skipped,
             .found = say("Not asked for, as the webhook is not in order.")});
        return;
    }
    run({.webhook = webhook, .event = {}, .secrets = m_secrets, .messageId = {}, .extent = InvocationExtent::Token},
        [this](const Invocation &invocation) { m_tokenLines = tokenLines(invocation, m_result.checkedAt); });
}

void CheckJob::run(const InvocationRequest &request, const std::function<void(const Invocation &)> &then)
{
    ++m_open;
    auto *job = m_core.network().invoke(request);
    m_underWay.append(job);
    connect(job, &InvocationJob::finished, this, [this, then](const Invocation &invocation) {
        then(invocation);
        if (--m_open == 0) {
            finish();
        }
    });
}

void CheckJob::add(const CheckLine &line)
{
    const auto place =
        std::upper_bound(m_result.lines.begin(), m_result.lines.end(), line.subject,
                         [](CheckSubject subject, const CheckLine &other) { return subject < other.subject; });
    m_result.lines.insert(place, line);
    Q_EMIT progressed(m_result);
}

void CheckJob::add(const QList<CheckLine> &lines)
{
    for (const auto &line : lines) {
        add(line);
    }
}

void CheckJob::finish(bool isCancelled)
{
    if (std::exchange(m_isFinished, true)) {
        return;
    }
    add(m_tokenLines);
    m_result.isCancelled = isCancelled;
    Q_EMIT finished(m_result);
    deleteLater();
}

} // namespace Tocsin

#include "moc_checkjob.cpp"
