// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records.h"

#include "sentencejson.h"

#include <QUuid>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

const auto successful = u"successful"_s;
const auto failed = u"failed"_s;

/// The form in which names are equal that differ only by case, or by how an accent is composed.
QString folded(const QString &name)
{
    return name.normalized(QString::NormalizationForm_C).toCaseFolded();
}

/// A null is no text in SQL.
QString notNull(const QString &value)
{
    return value.isNull() ? u""_s : value;
}

QDateTime moment(const QVariant &stored)
{
    return QDateTime::fromMSecsSinceEpoch(stored.toLongLong(), Qt::UTC);
}

QString documentText(const Json &document)
{
    return QString::fromStdString(writeJson(document));
}

Error unknownWebhook(const QString &id)
{
    return {.message = Store::tr("There is no webhook with the id “%1”.").arg(id), .where = u"id"_s, .position = {}};
}

/// Parses what a row holds; the error names the row.
Result<Json> parseDocument(const Database &database, const QString &text, const QString &row)
{
    auto document = parseJson(text.toUtf8());
    if (!document) {
        return Error{.message = Store::tr("The database %1 holds a damaged document (%2): %3")
                                    .arg(database.path(), row, document.error().message),
                     .where = database.path(),
                     .position = {}};
    }
    return document;
}

/// A stored document that breaks a rule made later is still shown, so that it can be mended.
Result<Webhook> readWebhook(const Database &database, const QString &text, const QString &id)
{
    const auto document = parseDocument(database, text, id);
    if (!document) {
        return document.error();
    }
    Webhook webhook = webhookFromJson(*document).webhook;
    webhook.id = id;
    return webhook;
}

Result<StoredWebhook> readStoredWebhook(const Database &database, const Rows &rows)
{
    auto webhook = readWebhook(database, rows.value(0).toString(), rows.value(1).toString());
    if (!webhook) {
        return webhook.error();
    }
    StoredWebhook stored{.webhook = *std::move(webhook),
                         .createdAt = moment(rows.value(2)),
                         .changedAt = moment(rows.value(3)),
                         .version = rows.value(4).toLongLong(),
                         .lastInvocation = {}};
    if (!rows.value(5).isNull()) {
        stored.lastInvocation =
            InvocationSummary{.startedAt = moment(rows.value(5)),
                              .verdict = rows.value(6).toString() == successful ? Verdict::Successful : Verdict::Failed,
                              .reason = sentenceFromColumn(rows.value(7).toString()),
                              .httpStatus = rows.value(8).toInt(),
                              .total = Milliseconds(rows.value(9).toDouble())};
    }
    return stored;
}

Result<MadeSecretKey> readMadeSecretKey(const Rows &rows)
{
    return MadeSecretKey{
        .name = rows.value(0).toString(), .madeFor = rows.value(1).toString(), .madeAt = moment(rows.value(2))};
}

/// Every row of a statement as `read` understands it.
template <typename T, typename Read>
Result<QList<T>> all(Database &database, Statement statement, const QVariantList &values, Read read)
{
    auto rows = database.run(statement, values);
    if (!rows) {
        return rows.error();
    }
    QList<T> result;
    while (rows.value().next()) {
        Result<T> item = read(rows.value());
        if (!item) {
            return item.error();
        }
        result.append(std::move(item).value());
    }
    if (const auto ended = rows->end(); !ended) {
        return ended.error();
    }
    return result;
}

/// Runs a statement without rows; how many it changed.
Result<int> change(Database &database, Statement statement, const QVariantList &values)
{
    const auto rows = database.run(statement, values);
    if (!rows) {
        return rows.error();
    }
    return rows->changed();
}

/// For one statement that changes the database alone.
Result<void> changeAlone(Database &database, Statement statement, const QVariantList &values)
{
    return database.transaction([&]() -> Result<void> {
        const auto changed = change(database, statement, values);
        return changed ? Result<void>() : changed.error();
    });
}

/// One that is not there (any more) is nobody's change.
Result<void> checkVersion(Database &database, const Webhook &webhook, qint64 basedOn)
{
    const auto versions = all<qint64>(database, Statement::SelectDocument, {webhook.id},
                                      [](const Rows &rows) { return Result<qint64>(rows.value(1).toLongLong()); });
    if (!versions) {
        return versions.error();
    }
    if (!versions->isEmpty() && versions->first() != basedOn) {
        return Error{.message = Store::tr("“%1” was changed elsewhere meanwhile.").arg(webhook.name),
                     .where = u"version"_s,
                     .position = {}};
    }
    return {};
}

Result<void> writeWebhook(Database &database, const Webhook &webhook)
{
    const QString name = folded(webhook.name);
    const auto owners = all<QString>(database, Statement::SelectNameOwner, {name, webhook.id},
                                     [](const Rows &rows) { return Result<QString>(rows.value(0).toString()); });
    if (!owners) {
        return owners.error();
    }
    if (!owners->isEmpty()) {
        return Error{.message =
                         Store::tr("There is already a webhook named “%1”: names are unique without regard to case.")
                             .arg(webhook.name),
                     .where = u"name"_s,
                     .position = {}};
    }
    if (const auto counted = change(database, Statement::CountWebhookVersion, {}); !counted) {
        return counted.error();
    }
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto changed =
        change(database, Statement::UpsertWebhook,
               {webhook.id, webhook.name, name, webhook.active ? 1 : 0, documentText(toJson(webhook)), now, now});
    return changed ? Result<void>() : changed.error();
}

} // namespace

Result<QList<StoredWebhook>> selectWebhooks(Database &database)
{
    return all<StoredWebhook>(database, Statement::SelectWebhooks, {},
                              [&](const Rows &rows) { return readStoredWebhook(database, rows); });
}

Result<std::optional<StoredWebhook>> selectWebhook(Database &database, const QString &idOrName)
{
    const auto found = all<StoredWebhook>(database, Statement::SelectWebhook, {idOrName, folded(idOrName), idOrName},
                                          [&](const Rows &rows) { return readStoredWebhook(database, rows); });
    if (!found) {
        return found.error();
    }
    return found->isEmpty() ? std::optional<StoredWebhook>() : found->first();
}

Result<QList<Webhook>> saveWebhooks(Database &database, const QList<Webhook> &webhooks,
                                    const QHash<QString, qint64> &basedOn)
{
    return database.transaction([&]() -> Result<QList<Webhook>> {
        QList<Webhook> saved = webhooks;
        for (auto &webhook : saved) {
            if (const auto based = basedOn.constFind(webhook.id); based != basedOn.cend()) {
                if (const auto unchanged = checkVersion(database, webhook, *based); !unchanged) {
                    return unchanged.error();
                }
            }
            if (webhook.id.isEmpty()) {
                webhook.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
            }
            if (const auto written = writeWebhook(database, webhook); !written) {
                return written.error();
            }
        }
        return saved;
    });
}

Result<void> setActive(Database &database, const QString &id, bool active)
{
    return database.transaction([&]() -> Result<void> {
        const auto webhooks = all<Webhook>(database, Statement::SelectDocument, {id}, [&](const Rows &rows) {
            return readWebhook(database, rows.value(0).toString(), id);
        });
        if (!webhooks) {
            return webhooks.error();
        }
        if (webhooks->isEmpty()) {
            return unknownWebhook(id);
        }
        Webhook webhook = webhooks->first();
        if (webhook.active == active) {
            return {};
        }
        webhook.active = active;
        return writeWebhook(database, webhook);
    });
}

Result<void> deleteWebhook(Database &database, const QString &id)
{
    return database.transaction([&]() -> Result<void> {
        const auto changed = change(database, Statement::DeleteWebhook, {id});
        if (!changed) {
            return changed.error();
        }
        return *changed == 0 ? unknownWebhook(id) : Result<void>();
    });
}

Result<void> insertInvocation(Database &database, const Invocation &invocation)
{
    const QString &id = invocation.webhookId;
    const QVariantList values{id,
                              invocation.startedAt.toMSecsSinceEpoch(),
                              invocation.verdict == Verdict::Successful ? successful : failed,
                              sentenceToColumn(invocation.reason),
                              invocation.response ? invocation.response->status : 0,
                              invocation.timings.total.value_or(Milliseconds(0)).count(),
                              documentText(toJson(invocation))};
    return database.transaction([&]() -> Result<void> {
        const auto webhooks = all<QString>(database, Statement::SelectDocument, {id},
                                           [](const Rows &rows) { return Result<QString>(rows.value(0).toString()); });
        if (!webhooks) {
            return webhooks.error();
        }
        if (webhooks->isEmpty()) {
            return unknownWebhook(id);
        }
        if (const auto inserted = change(database, Statement::InsertInvocation, values); !inserted) {
            return inserted.error();
        }
        const auto deleted =
            change(database, Statement::DeleteOldInvocations, {id, id, Store::invocationsKeptPerWebhook});
        return deleted ? Result<void>() : deleted.error();
    });
}

Result<QList<Invocation>> selectInvocations(Database &database, const QString &webhookId)
{
    return all<Invocation>(database, Statement::SelectInvocations, {webhookId},
                           [&](const Rows &rows) -> Result<Invocation> {
                               const auto document = parseDocument(database, rows.value(0).toString(), webhookId);
                               if (!document) {
                                   return document.error();
                               }
                               return invocationFromJson(*document);
                           });
}

Result<QList<KnownIntegration>> selectIntegrations(Database &database)
{
    return all<KnownIntegration>(database, Statement::SelectIntegrations, {}, [](const Rows &rows) {
        return Result<KnownIntegration>(KnownIntegration{
            .id = rows.value(0).toString(), .name = rows.value(1).toString(), .type = rows.value(2).toString()});
    });
}

Result<void> saveIntegration(Database &database, const KnownIntegration &integration)
{
    return changeAlone(database, Statement::UpsertIntegration,
                       {notNull(integration.id), notNull(integration.name), notNull(folded(integration.name)),
                        notNull(integration.type)});
}

Result<QStringList> selectSecretKeys(Database &database)
{
    const auto keys = all<QString>(database, Statement::SelectSecretKeys, {},
                                   [](const Rows &rows) { return Result<QString>(rows.value(0).toString()); });
    if (!keys) {
        return keys.error();
    }
    return QStringList(*keys);
}

Result<QList<MadeSecretKey>> selectMadeSecretKeys(Database &database)
{
    return all<MadeSecretKey>(database, Statement::SelectMadeSecretKeys, {}, readMadeSecretKey);
}

Result<QList<MadeSecretKey>> selectStaleSecretKeys(Database &database, const QDateTime &madeBefore)
{
    return all<MadeSecretKey>(database, Statement::SelectStaleSecretKeys, {madeBefore.toMSecsSinceEpoch()},
                              readMadeSecretKey);
}

Result<qint64> nextSecretNumber(Database &database)
{
    return database.transaction([&]() -> Result<qint64> {
        if (const auto counted = change(database, Statement::CountSecretNumber, {}); !counted) {
            return counted.error();
        }
        const auto numbers = all<qint64>(database, Statement::SelectSecretNumber, {},
                                         [](const Rows &rows) { return Result<qint64>(rows.value(0).toLongLong()); });
        if (!numbers) {
            return numbers.error();
        }
        return numbers->first();
    });
}

Result<void> insertSecretKeys(Database &database, const QList<MadeSecretKey> &keys)
{
    return database.transaction([&]() -> Result<void> {
        for (const MadeSecretKey &key : keys) {
            const auto inserted = change(database, Statement::InsertSecretKey,
                                         {key.name, notNull(key.madeFor), key.madeAt.toMSecsSinceEpoch()});
            if (!inserted) {
                return inserted.error();
            }
        }
        return {};
    });
}

Result<void> deleteSecretKey(Database &database, const QString &key)
{
    return changeAlone(database, Statement::DeleteSecretKey, {key});
}

Result<QString> profileId(Database &database)
{
    return database.transaction([&]() -> Result<QString> {
        const auto made =
            change(database, Statement::InsertProfile, {QUuid::createUuid().toString(QUuid::WithoutBraces)});
        if (!made) {
            return made.error();
        }
        const auto ids = all<QString>(database, Statement::SelectProfile, {},
                                      [](const Rows &rows) { return Result<QString>(rows.value(0).toString()); });
        if (!ids) {
            return ids.error();
        }
        return ids->first();
    });
}

Result<QMap<QString, QString>> selectSettings(Database &database)
{
    using Pair = std::pair<QString, QString>;
    const auto pairs = all<Pair>(database, Statement::SelectSettings, {}, [](const Rows &rows) {
        return Result<Pair>(Pair{rows.value(0).toString(), rows.value(1).toString()});
    });
    if (!pairs) {
        return pairs.error();
    }
    QMap<QString, QString> settings;
    for (const auto &[key, value] : *pairs) {
        settings.insert(key, value);
    }
    return settings;
}

Result<void> saveSetting(Database &database, const QString &key, const QString &value)
{
    return changeAlone(database, Statement::UpsertSetting, {notNull(key), notNull(value)});
}

} // namespace Tocsin
