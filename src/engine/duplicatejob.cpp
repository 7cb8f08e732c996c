// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "duplicatejob.h"

#include "enginecore.h"
#include "savejob.h"
#include "secretlifting.h"
#include "secretreferences.h"

#include <QUuid>

#include <algorithm>

namespace Tocsin {

namespace {

constexpr qsizetype maximumNameLength = 64;

} // namespace

DuplicateJob::DuplicateJob(EngineCore &core, const QString &id, QObject *parent)
    : EngineStep(core, parent)
    , m_id(id)
{
}

void DuplicateJob::cancel()
{
    if (m_save) {
        m_save->cancel();
    } else {
        EngineStep::cancel();
    }
}

void DuplicateJob::begin()
{
    core().store.webhooks(context(), [this](const Result<QList<StoredWebhook>> &stored) {
        if (!stored) {
            rollBack(stored.error());
            return;
        }
        const auto original = std::find_if(stored->begin(), stored->end(),
                                           [this](const StoredWebhook &other) { return other.webhook.id == m_id; });
        if (original == stored->end()) {
            rollBack(Error{.message = tr("There is no such webhook any more.")});
            return;
        }
        const auto isTaken = [&stored](const QString &name) {
            return std::any_of(stored->begin(), stored->end(), [&name](const StoredWebhook &other) {
                return other.webhook.name.compare(name, Qt::CaseInsensitive) == 0;
            });
        };
        QString name;
        for (int number = 1; name.isEmpty() || isTaken(name); ++number) {
            //: The end of a copied webhook's name: letters, digits, spaces, hyphens and underscores only
            const QString ending = number == 1 ? tr(" copy") : tr(" copy %1").arg(number);
            name = original->webhook.name.left(maximumNameLength - ending.size()) + ending;
        }
        copySecrets(original->webhook, name);
    });
}

void DuplicateJob::copySecrets(const Webhook &original, const QString &name)
{
    QStringList own = referencedKeys(original);
    own.removeIf([this](const QString &key) { return !isOwnSecret(m_id, key); });
    runSecrets(SecretSequence::reads(own), [this, original, name](const SecretSequenceOutcome &outcome) {
        if (outcome.error) {
            rollBack(errorOf(outcome));
            return;
        }
        if (!outcome.missing.isEmpty() && original != m_original) {
            m_original = original; // perhaps it was changed meanwhile; if not, the save says what is missing
            begin();
            return;
        }
        const QString newId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        QHash<QString, QString> renamed;
        QHash<QString, QString> values;
        for (auto value = outcome.values.begin(); value != outcome.values.end(); ++value) {
            const QString newKey = newId + value.key().mid(m_id.size());
            renamed.insert(value.key(), newKey);
            values.insert(newKey, value.value());
        }
        Webhook copy = withRenamedSecrets(original, renamed);
        copy.id = newId;
        copy.name = name;
        commit();
        auto *save = new SaveJob(core(),
                                 {{.webhook = copy,
                                   .secretHeaders = {},
                                   .plainHeaders = {},
                                   .keptAsText = core().settings.keptAsText().value(m_id)}},
                                 SaveJob::Mode::Save, this);
        save->addSecrets(values);
        m_save = save;
        connect(save, &EngineJob::waitingForKeychain, this, &EngineJob::waitingForKeychain);
        connect(save, &EngineJob::finished, this, [this, save](const Result<Webhook> &result) {
            m_problems = save->problems();
            m_webhooks = save->webhooks();
            finish(result);
        });
    });
}

} // namespace Tocsin

#include "moc_duplicatejob.cpp"
