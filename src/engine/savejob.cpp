// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "savejob.h"

#include "bodytemplate.h"
#include "enginecore.h"
#include "secretlifting.h"
#include "secretreferences.h"

#include <QUuid>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

SaveJob::SaveJob(EngineCore &core, const QList<WebhookInput> &inputs, Mode mode, QObject *parent)
    : EngineStep(core, parent)
    , m_inputs(inputs)
    , m_mode(mode)
{
}

void SaveJob::addSecrets(const QHash<QString, QString> &values)
{
    for (auto value = values.begin(); value != values.end(); ++value) {
        m_writes.append({.kind = SecretStep::Kind::Write, .key = value.key(), .value = value.value()});
    }
}

QString SaveJob::fieldPrefix(qsizetype index) const
{
    return m_inputs.size() == 1 ? QString() : u'[' + QString::number(index) + "]."_L1;
}

Problem SaveJob::problemAt(qsizetype index, const QString &field, const QString &message) const
{
    return {.severity = Severity::Error, .field = fieldPrefix(index) + field, .message = message, .position = {}};
}

Error SaveJob::errorAt(const SecretSequenceOutcome &outcome) const
{
    Error error = errorOf(outcome);
    for (qsizetype i = 0; i < m_lifted.size(); ++i) {
        const auto references = secretReferences(m_lifted.at(i));
        for (const SecretReference &reference : references) {
            if (reference.key == outcome.failedKey) {
                error.where = fieldPrefix(i) + reference.field;
                return error;
            }
        }
    }
    return error;
}

void SaveJob::begin()
{
    if (m_inputs.isEmpty()) {
        finish(Error{.message = tr("There is no webhook to save.")});
        return;
    }
    Problems problems;
    for (qsizetype i = 0; i < m_inputs.size(); ++i) {
        auto found = checkWebhook(m_inputs.at(i).webhook);
        for (Problem &problem : found) {
            problem.field.prepend(fieldPrefix(i));
        }
        problems += found;
    }
    if (hasErrors(problems)) {
        fail(problems);
        return;
    }
    m_problems = problems;
    core().store.webhooks(context(), [this](const Result<QList<StoredWebhook>> &stored) {
        if (stored) {
            identify(*stored);
        } else {
            rollBack(stored.error());
        }
    });
}

void SaveJob::identify(const QList<StoredWebhook> &stored)
{
    m_stored = stored;
    const auto withId = [&stored](const QString &id) {
        return std::find_if(stored.begin(), stored.end(),
                            [&id](const StoredWebhook &other) { return other.webhook.id == id; });
    };
    const auto withName = [&stored](const QString &name) {
        return std::find_if(stored.begin(), stored.end(), [&name](const StoredWebhook &other) {
            return other.webhook.name.compare(name, Qt::CaseInsensitive) == 0;
        });
    };
    Problems problems;
    QSet<QString> names;
    QSet<QString> ids;
    for (qsizetype i = 0; i < m_inputs.size(); ++i) {
        Webhook &webhook = m_inputs[i].webhook;
        const auto sameName = withName(webhook.name);
        const auto sameId = webhook.id.isEmpty() ? stored.end() : withId(webhook.id);
        if (m_mode == Mode::Add && sameId != stored.end()) {
            problems += problemAt(i, u"id"_s,
                                  tr("The webhook \"%1\" already has this id; replace it, or leave the id out.")
                                      .arg(sameId->webhook.name));
        } else if (m_mode == Mode::Replace && webhook.id.isEmpty() && sameName != stored.end()) {
            webhook.id = sameName->webhook.id;
        } else if (m_mode == Mode::Replace && sameId == stored.end() && sameName != stored.end()) {
            webhook.id = sameName->webhook.id;
        } else if (sameName != stored.end() && sameName->webhook.id != webhook.id) {
            problems += problemAt(i, u"name"_s,
                                  tr("A webhook named \"%1\" exists already; choose another name.").arg(webhook.name));
        }
        if (webhook.id.isEmpty()) {
            webhook.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        }
        if (names.contains(webhook.name.toCaseFolded())) {
            problems += problemAt(i, u"name"_s, tr("The name \"%1\" stands here twice.").arg(webhook.name));
        } else if (ids.contains(webhook.id)) {
            problems += problemAt(i, u"id"_s, tr("The id %1 stands here twice.").arg(webhook.id));
        }
        names.insert(webhook.name.toCaseFolded());
        ids.insert(webhook.id);
    }
    if (!problems.isEmpty()) {
        fail(problems);
        return;
    }
    lift();
}

void SaveJob::lift()
{
    QStringList keys;
    QSet<QString> referredNow;
    for (const WebhookInput &input : std::as_const(m_inputs)) {
        const LiftedWebhook lifted = liftSecrets(input.webhook, input.secretHeaders, input.plainHeaders);
        for (auto value = lifted.secrets.begin(); value != lifted.secrets.end(); ++value) {
            m_writes.append({.kind = SecretStep::Kind::Write, .key = value.key(), .value = value.value()});
        }
        const QStringList referred = referencedKeys(lifted.webhook);
        keys += referred;
        referredNow += QSet<QString>(referred.begin(), referred.end());
        m_lifted.append(lifted.webhook);
    }
    const auto isReplaced = [this](const QString &id) {
        return std::any_of(m_lifted.cbegin(), m_lifted.cend(),
                           [&id](const Webhook &webhook) { return webhook.id == id; });
    };
    for (const StoredWebhook &other : std::as_const(m_stored)) {
        const QStringList referred = referencedKeys(other.webhook);
        if (!isReplaced(other.webhook.id)) {
            referredNow += QSet<QString>(referred.begin(), referred.end());
            continue;
        }
        std::copy_if(referred.begin(), referred.end(), std::back_inserter(m_unused),
                     [&other](const QString &key) { return isOwnSecret(other.webhook.id, key); });
    }
    m_unused.removeIf([&referredNow](const QString &key) { return referredNow.contains(key); });
    keys.removeDuplicates();
    runSecrets(SecretSequence::reads(keys), [this](const SecretSequenceOutcome &outcome) { checkReferences(outcome); });
}

void SaveJob::checkReferences(const SecretSequenceOutcome &outcome)
{
    if (outcome.error) {
        rollBack(errorAt(outcome));
        return;
    }
    QSet<QString> missing(outcome.missing.begin(), outcome.missing.end());
    for (const SecretStep &write : std::as_const(m_writes)) {
        missing.remove(write.key);
        if (outcome.values.contains(write.key)) {
            m_previousValues.insert(write.key, outcome.values.value(write.key));
        }
    }
    Problems problems;
    for (qsizetype i = 0; i < m_lifted.size(); ++i) {
        const auto references = secretReferences(m_lifted.at(i));
        for (const SecretReference &reference : references) {
            if (missing.contains(reference.key)) {
                problems += problemAt(
                    i, reference.field,
                    tr("There is no secret named %1; store it first, or enter its value here.").arg(reference.key));
            }
        }
    }
    if (!problems.isEmpty()) {
        fail(problems);
        return;
    }
    openJournals();
}

void SaveJob::openJournals()
{
    for (const Webhook &webhook : std::as_const(m_lifted)) {
        const bool wasKept = core().keptJournals.contains(webhook.id);
        const auto isOwn = [&webhook](const QString &key) {
            return isOwnSecret(webhook.id, key);
        };
        const bool changesSecrets = std::any_of(m_unused.cbegin(), m_unused.cend(), isOwn)
            || std::any_of(m_writes.cbegin(), m_writes.cend(),
                           [&isOwn](const SecretStep &step) { return isOwn(step.key); })
            || wasKept;
        if (!changesSecrets) {
            continue;
        }
        auto journal = core().takeJournal(webhook.id);
        if (!journal) {
            rollBack(journal.error());
            return;
        }
        m_journals.push_back({.webhookId = webhook.id, .journal = std::move(journal).value(), .wasKept = wasKept});
    }
    rememberKeys(0);
}

void SaveJob::rememberKeys(qsizetype index)
{
    if (index == m_writes.size()) {
        writeSecrets();
        return;
    }
    const QString key = m_writes.at(index).key;
    if (!m_previousValues.contains(key)) {
        m_remembered.append(key); // before the answer, which a cancelled job does not hear
    }
    core().store.rememberSecretKey(key, context(), [this, index](const Result<void> &result) {
        if (result) {
            rememberKeys(index + 1);
        } else {
            rollBack(result.error());
        }
    });
}

void SaveJob::writeSecrets()
{
    runSecrets(m_writes, [this](const SecretSequenceOutcome &outcome) {
        m_written = outcome.done;
        if (outcome.error) {
            // Then the write that waited may still happen: the mark stays for a later open().
            m_writeWasCancelled = outcome.error->kind == SecretError::Kind::Cancelled;
            rollBack(errorAt(outcome));
        } else {
            store();
        }
    });
}

void SaveJob::store()
{
    commit();
    core().store.saveWebhooks(m_lifted, context(), [this](const Result<QList<Webhook>> &result) {
        if (result) {
            m_webhooks = *result;
            restoreInvocations();
            removeUnused();
        } else {
            rollBack(result.error());
        }
    });
}

void SaveJob::restoreInvocations()
{
    for (const Webhook &webhook : std::as_const(m_webhooks)) {
        const QList<Invocation> kept = core().keptInvocations.take(webhook.id);
        for (auto invocation = kept.crbegin(); invocation != kept.crend(); ++invocation) {
            core().store.addInvocation(*invocation, &core().store, [](const Result<void> &) {});
        }
    }
}

void SaveJob::removeUnused()
{
    removeSecrets(m_unused, [this](bool removed) {
        for (const OpenJournal &open : m_journals) {
            if (removed) {
                open.journal->settle();
            }
        }
        m_journals.clear(); // a mark that is left makes a later open() remove them
        finish(m_webhooks.constFirst());
    });
}

void SaveJob::rollBack(const Error &error)
{
    commit();
    QList<SecretStep> steps;
    for (const SecretStep &write : m_writes.first(m_written)) {
        if (m_previousValues.contains(write.key)) {
            steps.append(
                {.kind = SecretStep::Kind::Write, .key = write.key, .value = m_previousValues.value(write.key)});
        } else {
            steps.append({.kind = SecretStep::Kind::Remove, .key = write.key, .value = {}});
        }
    }
    runSecrets(steps, [this, error](const SecretSequenceOutcome &outcome) {
        const bool isClean = !outcome.error && !m_writeWasCancelled;
        for (OpenJournal &open : m_journals) {
            if (open.wasKept) {
                core().keptJournals[open.webhookId] = std::move(open.journal);
            } else if (isClean) {
                open.journal->settle();
            }
        }
        m_journals.clear();
        forgetKeys(isClean ? m_remembered : QStringList(), [this, error] { finish(error); });
    });
}

} // namespace Tocsin
