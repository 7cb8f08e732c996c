// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhookcommands.h"

#include "shownname.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

WebhookCommands::WebhookCommands(Engine &engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
{
}

void WebhookCommands::report(const QString &text, ColorRole role)
{
    Q_EMIT message({.text = text, .role = role});
}

EngineJob *WebhookCommands::watched(EngineJob *job)
{
    ++m_underWay;
    connect(job, &EngineJob::waitingForKeychain, this,
            [this] { report(tr("Waiting for the keychain, which asks its owner."), ColorRole::Warning); });
    connect(job, &EngineJob::finished, this, &WebhookCommands::stepDone);
    return job;
}

void WebhookCommands::stepDone()
{
    if (--m_underWay == 0) {
        Q_EMIT idle();
    }
}

void WebhookCommands::setActive(const QStringList &ids, bool active)
{
    for (const auto &id : ids) {
        ++m_underWay;
        m_engine.store().setActive(id, active, this, [this](const Result<void> &result) {
            if (!result) {
                report(result.error().message, ColorRole::Error);
            }
            stepDone();
        });
    }
}

/// How many deliveries of these webhooks are not finished; 0 where that cannot be said.
void WebhookCommands::countWaiting(const QStringList &ids, const std::function<void(qint64)> &then)
{
    if (!m_outbox) {
        then(0);
        return;
    }
    ++m_underWay;
    m_outbox->counts(this, [this, ids, then](const Result<DeliveryCounts> &counts) {
        qint64 waiting = 0;
        for (const auto &id : counts ? ids : QStringList()) {
            const auto states = counts->webhooks.value(id);
            waiting += states.value(DeliveryState::Pending) + states.value(DeliveryState::Waiting);
        }
        then(waiting);
        stepDone();
    });
}

/// Until there is nothing left that died of it: many die in parts.
void WebhookCommands::reviveDeliveries(const QString &id, const QDateTime &since)
{
    if (!m_outbox) {
        return;
    }
    ++m_underWay;
    m_outbox->replayCondemned(id, since, this, [this, id, since](const Result<int> &revived) {
        if (!revived) {
            report(revived.error().message, ColorRole::Error);
        } else if (*revived > 0) {
            reviveDeliveries(id, since);
        }
        stepDone();
    });
}

void WebhookCommands::sendStatus(const QList<Webhook> &webhooks)
{
    if (!m_outbox || webhooks.isEmpty()) {
        return;
    }
    struct Sending
    {
        qsizetype left = 0;
        qsizetype made = 0;
        std::optional<Error> error{};
    };
    const auto sending = std::make_shared<Sending>(Sending{.left = webhooks.size()});
    for (const auto &webhook : webhooks) {
        ++m_underWay;
        m_outbox->sync(webhook.id, this, [this, sending, webhooks](const Result<QStringList> &made) {
            if (made) {
                sending->made += made->size();
            } else {
                sending->error = made.error();
            }
            if (--sending->left == 0) {
                const auto count = static_cast<int>(sending->made);
                if (sending->error) {
                    report(sending->error->message, ColorRole::Error);
                } else if (count > 0) {
                    report(webhooks.size() == 1
                               ? tr("%Ln statuses will be sent to %1.", nullptr, count).arg(webhooks.constFirst().name)
                               : tr("%Ln statuses will be sent.", nullptr, count),
                           ColorRole::Success);
                } else {
                    report(webhooks.size() == 1
                               ? tr("Nothing is sent: the filters of %1 match no integration's current status.")
                                     .arg(webhooks.constFirst().name)
                               : tr("Nothing is sent: the filters match no integration's current status."),
                           ColorRole::Inactive);
                }
            }
            stepDone();
        });
    }
}

void WebhookCommands::duplicate(const QString &id)
{
    connect(watched(m_engine.duplicate(id)), &EngineJob::finished, this, [this](const Result<Webhook> &result) {
        if (!result) {
            report(result.error().message, ColorRole::Error);
            return;
        }
        report(tr("Saved a copy as %1.").arg(result->name), ColorRole::Success);
        Q_EMIT saved(result->id);
    });
}

void WebhookCommands::rename(const StoredWebhook &stored, const QString &name)
{
    WebhookInput input{.webhook = stored.webhook, .secretHeaders = {}, .plainHeaders = {}};
    input.webhook.name = name;
    input.basedOn = stored.version;
    connect(watched(m_engine.save(input)), &EngineJob::finished, this,
            [this, id = stored.webhook.id, old = stored.webhook.name, name](const Result<Webhook> &result) {
                if (result) {
                    report(tr("Renamed %1 to %2.").arg(old, result->name), ColorRole::Success);
                } else {
                    report(tr("%1 keeps its name: %2").arg(old, result.error().message), ColorRole::Error);
                    Q_EMIT renameRefused(id, name);
                }
            });
}

void WebhookCommands::remove(const QList<Webhook> &webhooks)
{
    QStringList ids;
    for (const auto &webhook : webhooks) {
        ids.append(webhook.id);
    }
    if (!ids.isEmpty()) {
        countWaiting(ids, [this, webhooks](qint64 waiting) { removeNow(webhooks, waiting); });
    }
}

void WebhookCommands::removeNow(const QList<Webhook> &webhooks, qint64 waiting)
{
    struct Removal
    {
        QList<Webhook> removed;
        qsizetype left = 0;
        QDateTime since = QDateTime::currentDateTimeUtc();
    };
    auto removal = std::make_shared<Removal>();
    removal->left = webhooks.size();
    for (const auto &webhook : webhooks) {
        auto *job = watched(m_engine.remove(webhook.id, SecretRemoval::Later));
        connect(job, &EngineJob::finished, this, [this, removal, waiting](const Result<Webhook> &result) {
            if (result) {
                removal->removed.append(*result);
            } else {
                report(result.error().message, ColorRole::Error);
            }
            if (--removal->left > 0 || removal->removed.isEmpty()) {
                return;
            }
            const auto removed = removal->removed;
            QString text = removed.size() == 1
                ? tr("Deleted %1.").arg(removed.first().name)
                : tr("Deleted %n webhook(s).", nullptr, static_cast<int>(removed.size()));
            if (waiting > 0) {
                text += u' ' % tr("%Ln waiting deliveries are dead now.", nullptr, int(waiting));
            }
            Q_EMIT message({.text = text,
                            .actionText = tr("Undo"),
                            .action = [this, removed, since = removal->since] { restore(removed, since); },
                            .actionKeys = QKeySequence::Undo,
                            .lapsed =
                                [this, removed] {
                                    for (const auto &gone : removed) {
                                        watched(m_engine.purgeSecrets(gone.id));
                                    }
                                }});
        });
    }
}

void WebhookCommands::restore(const QList<Webhook> &webhooks, const QDateTime &since)
{
    for (const auto &webhook : webhooks) {
        auto *job = watched(m_engine.save({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}}));
        connect(job, &EngineJob::finished, this, [this, since](const Result<Webhook> &result) {
            if (result) {
                reviveDeliveries(result->id, since);
                Q_EMIT saved(result->id);
            } else {
                report(result.error().message, ColorRole::Error);
            }
        });
    }
}

void WebhookCommands::test(const Webhook &webhook)
{
    if (m_tests.contains(webhook.id)) {
        return;
    }
    Q_EMIT aboutToTest(webhook);
    InvocationJob *job = m_engine.test({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}});
    m_tests.insert(webhook.id, job);
    Q_EMIT testStarted(webhook.id);
    connect(job, &InvocationJob::finished, this, [this, id = webhook.id](const Invocation &invocation) {
        m_tests.remove(id);
        Q_EMIT testFinished(id, invocation);
    });
}

void WebhookCommands::cancelTest(const QString &id)
{
    if (auto *job = m_tests.value(id)) {
        job->cancel();
    }
}

void WebhookCommands::importFile(const QString &path)
{
    const QString fileName = QFileInfo(path).fileName();
    const auto refuse = [&](const QString &why) {
        report(tr("Nothing was imported from %1: %2").arg(fileName, why), ColorRole::Error);
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        refuse(file.errorString());
        return;
    }
    const auto json = parseJson(file.readAll(), RepeatedMembers::Refused);
    if (!json) {
        const auto &error = json.error();
        refuse(error.position.line > 0
                   ? tr("line %1, column %2: %3").arg(error.position.line).arg(error.position.column).arg(error.message)
                   : error.where.isEmpty() ? error.message
                                           : QString(error.where % u": "_s % error.message));
        return;
    }
    const Json documents = json->is_array() ? *json : Json::array({*json});
    QList<WebhookInput> inputs;
    QStringList faults;
    for (const auto &document : documents) {
        const WebhookReading reading = webhookFromJson(document);
        inputs.append({.webhook = reading.webhook, .secretHeaders = {}, .plainHeaders = {}});
        const QString place = documents.size() == 1
            ? QString()
            : QString(tr("webhook %1 of %2").arg(inputs.size()).arg(documents.size()) % u": "_s);
        for (const auto &problem : reading.problems) {
            if (problem.severity == Severity::Error) {
                const QString field = problem.field.isEmpty() ? QString() : QString(shownPath(problem.field) % u": "_s);
                faults.append(place % field % problem.message);
            }
        }
    }
    if (!faults.isEmpty()) {
        const auto others = static_cast<int>(faults.size()) - 1;
        refuse(others == 0 ? faults.constFirst()
                           : QString(faults.constFirst() % u' ' % tr("It has %n more faults.", nullptr, others)));
        return;
    }
    if (inputs.isEmpty()) {
        refuse(tr("it holds no webhooks."));
        return;
    }
    importInputs(fileName, inputs, ExistingWebhooks::Refuse);
}

void WebhookCommands::importInputs(const QString &fileName, const QList<WebhookInput> &inputs,
                                   ExistingWebhooks existing)
{
    auto *job = watched(m_engine.importWebhooks(inputs, existing));
    connect(job, &EngineJob::finished, this, [this, job, fileName, inputs, existing](const Result<Webhook> &result) {
        if (result) {
            const auto count = static_cast<int>(job->webhooks().size());
            report(tr("Imported %n webhook(s) from %1.", nullptr, count).arg(fileName), ColorRole::Success);
            Q_EMIT saved(result->id);
            return;
        }
        MessageBar::Message refused{
            .text = tr("Nothing was imported from %1: %2").arg(fileName, result.error().message),
            .role = ColorRole::Error,
        };
        const bool nameIsTaken = result.error().where.endsWith("name"_L1) || result.error().where.endsWith("id"_L1);
        if (nameIsTaken && existing == ExistingWebhooks::Refuse) {
            refused.actionText = tr("Replace");
            refused.action = [this, fileName, inputs] {
                importInputs(fileName, inputs, ExistingWebhooks::Replace);
            };
        }
        Q_EMIT message(refused);
    });
}

void WebhookCommands::exportTo(const QString &path, const QList<Webhook> &webhooks)
{
    Json documents = Json::array();
    for (const auto &webhook : webhooks) {
        documents.push_back(toJson(webhook));
    }
    const std::string text =
        writeJson(documents.size() == 1 ? documents.front() : documents, JsonFormat::Indented) + '\n';
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly)
        && file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size())
        && file.commit();
    if (!written) {
        report(tr("%1 was not written: %2").arg(path, file.errorString()), ColorRole::Error);
        return;
    }
    report(tr("Exported %n webhook(s) to %1; their secrets stay in the keychain.", nullptr,
              static_cast<int>(webhooks.size()))
               .arg(QFileInfo(path).fileName()),
           ColorRole::Success);
}

} // namespace Tocsin

#include "moc_webhookcommands.cpp"
