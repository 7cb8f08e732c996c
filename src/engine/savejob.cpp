// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "savejob.h"

#include "blankfields.h"
#include "bodytemplate.h"
#include "enginecore.h"
#include "freshsecrets.h"
#include "readablesecrets.h"
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
    m_added = values;
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
    readStored([this] { identify(); });
}

void SaveJob::readStored(std::function<void()> then)
{
    core().store.webhooks(context(), [this, then = std::move(then)](const Result<QList<StoredWebhook>> &stored) {
        if (!stored) {
            rollBack(stored.error());
            return;
        }
        m_stored = *stored;
        core().store.madeSecretKeys(context(), [this, then](const Result<QList<MadeSecretKey>> &made) {
            if (made) {
                m_made = *made;
                then();
            } else {
                rollBack(made.error());
            }
        });
    });
}

void SaveJob::identify()
{
    const auto &stored = m_stored;
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
    noteReadable();
    if (const auto opened = openJournals(); !opened) {
        rollBack(opened.error());
    } else if (m_journals.empty()) {
        takeNumber();
    } else {
        readStored([this] { takeNumber(); }); // as a change that ended meanwhile has left it
    }
}

/// What stays text by choice is known only once it is known whose place a webhook takes.
void SaveJob::noteReadable()
{
    for (qsizetype i = 0; i < m_inputs.size(); ++i) {
        const WebhookInput &input = m_inputs.at(i);
        auto readable = blankFields(input.webhook) + readableSecrets(input.webhook, core().keptAsText(input));
        for (Problem &problem : readable) {
            problem.field.prepend(fieldPrefix(i));
        }
        m_problems += readable;
    }
}

bool SaveJob::isSaved(const QString &webhookId) const
{
    return std::any_of(m_inputs.cbegin(), m_inputs.cend(),
                       [&webhookId](const WebhookInput &input) { return input.webhook.id == webhookId; });
}

QStringList SaveJob::storedKeys(const QString &webhookId) const
{
    const auto found = std::find_if(m_stored.cbegin(), m_stored.cend(),
                                    [&webhookId](const StoredWebhook &other) { return other.webhook.id == webhookId; });
    return found == m_stored.cend() ? QStringList() : referencedKeys(found->webhook);
}

/// Those whose secrets are changed or referred to by this: nobody else may remove any of these meanwhile.
QStringList SaveJob::heldWebhooks()
{
    QStringList ids;
    QStringList keys;
    QStringList borrowed; // anew: whom they were made for may be gone, or going
    QStringList owners;
    for (const WebhookInput &input : std::as_const(m_inputs)) {
        const QString &id = input.webhook.id;
        const QStringList before = storedKeys(id);
        QStringList referred = referencedKeys(input.webhook);
        keys += before + referred;
        if (!referred.isEmpty() || core().keptJournals.contains(id)
            || !liftAfresh(input, core().keptAsText(input), 0).secrets.isEmpty()) {
            ids.append(id);
        }
        referred.removeIf([&before](const QString &key) { return before.contains(key); });
        borrowed += referred;
        owners.append(id);
    }
    for (const StoredWebhook &other : std::as_const(m_stored)) {
        owners.append(other.webhook.id);
    }
    std::copy_if(owners.cbegin(), owners.cend(), std::back_inserter(ids), [&keys](const QString &id) {
        return std::any_of(keys.cbegin(), keys.cend(), [&id](const QString &key) { return isOwnSecret(id, key); });
    });
    for (const MadeSecretKey &key : std::as_const(m_made)) {
        if (borrowed.contains(key.name)) {
            ids.append(key.madeFor);
        }
    }
    ids.removeDuplicates();
    return ids;
}

Result<void> SaveJob::openJournals()
{
    if (core().secrets->isReadOnly()) {
        return {};
    }
    const QStringList ids = heldWebhooks();
    for (const QString &id : ids) {
        const bool wasKept = core().keptJournals.contains(id);
        auto journal = core().takeJournal(id);
        if (!journal) {
            return journal.error();
        }
        m_journals.push_back({.webhookId = id, .journal = std::move(journal).value(), .wasKept = wasKept});
    }
    return {};
}

void SaveJob::takeNumber()
{
    const bool liftsSome = std::any_of(m_inputs.cbegin(), m_inputs.cend(), [this](const WebhookInput &input) {
        return !liftAfresh(input, core().keptAsText(input), 0).secrets.isEmpty();
    });
    if (!liftsSome) {
        lift(0);
        return;
    }
    core().store.nextSecretNumber(context(), [this](const Result<qint64> &number) {
        if (number) {
            lift(*number);
        } else {
            rollBack(number.error());
        }
    });
}

void SaveJob::lift(qint64 number)
{
    m_lifted.clear();
    m_fresh.clear();
    QStringList keys;
    for (const WebhookInput &input : std::as_const(m_inputs)) {
        const QSet<QString> keptAsText = core().keptAsText(input);
        const LiftedWebhook lifted = liftAfresh(input, keptAsText, number);
        m_lifted.append(lifted.webhook);
        keys += referencedKeys(lifted.webhook);
        for (auto secret = lifted.secrets.begin(); secret != lifted.secrets.end(); ++secret) {
            FreshSecret fresh{.webhookId = input.webhook.id,
                              .key = secret.key(),
                              .value = secret.value(),
                              .earlier = storedKeys(input.webhook.id)};
            fresh.earlier.removeIf([&fresh](const QString &key) { return !isForTheSame(key, fresh.key); });
            keys += fresh.earlier;
            m_fresh.append(fresh);
        }
    }
    keys.removeDuplicates();
    runSecrets(SecretSequence::reads(keys), [this](const SecretSequenceOutcome &outcome) {
        if (outcome.error) {
            rollBack(errorAt(outcome));
        } else {
            useValues(outcome);
        }
    });
}

void SaveJob::useValues(const SecretSequenceOutcome &outcome)
{
    const bool isTaken = std::any_of(m_fresh.cbegin(), m_fresh.cend(), [&outcome](const FreshSecret &fresh) {
        return outcome.values.contains(fresh.key);
    });
    if (isTaken) { // by a person, or before the database was restored from a backup
        takeNumber();
        return;
    }
    QHash<QString, QString> unchanged;
    for (auto value = m_added.cbegin(); value != m_added.cend(); ++value) {
        m_writes.append({.kind = SecretStep::Kind::Write, .key = value.key(), .value = value.value()});
    }
    for (const FreshSecret &fresh : std::as_const(m_fresh)) {
        const auto same =
            std::find_if(fresh.earlier.cbegin(), fresh.earlier.cend(), [&outcome, &fresh](const QString &key) {
                return outcome.values.contains(key) && outcome.values.value(key) == fresh.value;
            });
        if (same == fresh.earlier.cend()) {
            m_writes.append({.kind = SecretStep::Kind::Write, .key = fresh.key, .value = fresh.value});
        } else {
            unchanged.insert(fresh.key, *same);
        }
    }
    for (Webhook &webhook : m_lifted) {
        webhook = withRenamedSecrets(webhook, unchanged);
    }
    checkReferences(outcome);
}

void SaveJob::checkReferences(const SecretSequenceOutcome &outcome)
{
    QSet<QString> missing(outcome.missing.begin(), outcome.missing.end());
    for (const SecretStep &write : std::as_const(m_writes)) {
        missing.remove(write.key);
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
        giveJournalsBack(false);
        fail(problems);
        return;
    }
    rememberKeys();
}

void SaveJob::rememberKeys()
{
    if (m_writes.isEmpty()) {
        store();
        return;
    }
    QList<MadeSecretKey> keys;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const SecretStep &write : std::as_const(m_writes)) {
        const auto owner = std::find_if(m_lifted.cbegin(), m_lifted.cend(), [&write](const Webhook &webhook) {
            return isOwnSecret(webhook.id, write.key);
        });
        keys.append({.name = write.key, .madeFor = owner == m_lifted.cend() ? QString() : owner->id, .madeAt = now});
        m_remembered.append(write.key); // before the answer, which a cancelled job does not hear
    }
    core().store.rememberSecretKeys(keys, context(), [this](const Result<void> &result) {
        if (result) {
            writeSecrets();
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
            const auto kind = outcome.error->kind;
            m_mayStillBeWritten = kind != SecretError::Kind::Denied && kind != SecretError::Kind::Locked;
            rollBack(errorAt(outcome));
        } else {
            store();
        }
    });
}

void SaveJob::store()
{
    commit();
    QHash<QString, qint64> basedOn;
    for (const WebhookInput &input : std::as_const(m_inputs)) {
        if (input.basedOn) {
            basedOn.insert(input.webhook.id, *input.basedOn);
        }
    }
    core().store.saveWebhooks(m_lifted, basedOn, context(), [this](const Result<QList<Webhook>> &result) {
        if (result) {
            m_webhooks = *result;
            for (const WebhookInput &input : std::as_const(m_inputs)) {
                core().settings.setKeptAsText(input.webhook.id, core().keptAsText(input));
            }
            restoreInvocations();
            removeReplaced();
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

/// What a Save had made for the documents whose place was taken, or for others, and the new ones do not refer to. What
/// a person chose is not among it.
QList<MadeSecretKey> SaveJob::replacedKeys() const
{
    QStringList keys;
    for (const Webhook &webhook : m_webhooks) {
        keys += storedKeys(webhook.id);
    }
    for (const Webhook &webhook : m_webhooks) {
        const QStringList referred = referencedKeys(webhook);
        keys.removeIf([&referred](const QString &key) { return referred.contains(key); });
    }
    QList<MadeSecretKey> replaced = m_made;
    replaced.removeIf([&keys](const MadeSecretKey &key) { return !keys.contains(key.name); });
    return replaced;
}

void SaveJob::removeReplaced()
{
    QStringList held;
    for (const OpenJournal &open : m_journals) {
        held.append(open.webhookId);
    }
    removeUnused(replacedKeys(), held, [this](bool) { end(); }); // what could not be removed, a sweep does
}

void SaveJob::end()
{
    giveJournalsBack(true);
    finish(m_webhooks.constFirst());
}

void SaveJob::giveJournalsBack(bool wasSaved)
{
    for (OpenJournal &open : m_journals) {
        if (wasSaved && isSaved(open.webhookId)) {
            open.journal->settle();
        } else if (open.wasKept) {
            core().keptJournals[open.webhookId] = std::move(open.journal);
        }
    }
    m_journals.clear();
}

void SaveJob::rollBack(const Error &error)
{
    commit();
    QStringList written;
    for (const SecretStep &write : m_writes.first(m_written)) {
        written.append(write.key);
    }
    runSecrets(SecretSequence::removals(written), [this, error, written](const SecretSequenceOutcome &outcome) {
        // A write that was cancelled, or not answered, may still happen: its name stays known for a later sweep.
        QStringList gone = outcome.error ? QStringList() : written;
        for (qsizetype later = m_written + (m_mayStillBeWritten ? 1 : 0); later < m_writes.size(); ++later) {
            gone.append(m_writes.at(later).key);
        }
        gone.removeIf([this](const QString &key) { return !m_remembered.contains(key); });
        forgetKeys(gone, [this, error] {
            giveJournalsBack(false);
            finish(error);
        });
    });
}

} // namespace Tocsin

#include "moc_savejob.cpp"
