// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "statements.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

const auto webhooks = u"SELECT w.document, w.id, w.created_at, w.changed_at, w.version, "
                      "i.started_at, i.verdict, i.reason, i.http_status, i.total_ms "
                      "FROM webhook w LEFT JOIN invocation i ON i.id = "
                      "(SELECT l.id FROM invocation l WHERE l.webhook_id = w.id "
                      "ORDER BY l.started_at DESC, l.id DESC LIMIT 1) "_s;

} // namespace

QString sql(Statement statement)
{
    switch (statement) {
    case Statement::SelectWebhooks:
        return webhooks % u"ORDER BY w.name_folded"_s;
    case Statement::SelectWebhook:
        return webhooks
            % u"WHERE w.id = ? OR w.name_folded = ? ORDER BY CASE WHEN w.id = ? THEN 0 ELSE 1 END LIMIT 1"_s;
    case Statement::SelectNameOwner:
        return u"SELECT id FROM webhook WHERE name_folded = ? AND id <> ?"_s;
    case Statement::SelectDocument:
        return u"SELECT document, version FROM webhook WHERE id = ?"_s;
    case Statement::CountWebhookVersion:
        return u"UPDATE counter SET value = value + 1 WHERE name = 'webhook_version'"_s;
    case Statement::UpsertWebhook:
        return u"INSERT INTO webhook (id, name, name_folded, active, document, created_at, changed_at, version) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT value FROM counter WHERE name = 'webhook_version')) ON CONFLICT "
               "(id) DO UPDATE SET name = excluded.name, "
               "name_folded = excluded.name_folded, active = excluded.active, document = excluded.document, "
               "changed_at = excluded.changed_at, version = excluded.version"_s;
    case Statement::DeleteWebhook:
        return u"DELETE FROM webhook WHERE id = ?"_s;
    case Statement::InsertInvocation:
        return u"INSERT INTO invocation (webhook_id, started_at, verdict, reason, http_status, total_ms, document) "
               "VALUES (?, ?, ?, ?, ?, ?, ?)"_s;
    case Statement::DeleteOldInvocations:
        return u"DELETE FROM invocation WHERE webhook_id = ? AND id NOT IN "
               "(SELECT id FROM invocation WHERE webhook_id = ? ORDER BY started_at DESC, id DESC LIMIT ?)"_s;
    case Statement::SelectInvocations:
        return u"SELECT document FROM invocation WHERE webhook_id = ? ORDER BY started_at DESC, id DESC"_s;
    case Statement::SelectIntegrations:
        return u"SELECT id, name, type FROM integration ORDER BY name_folded, id"_s;
    case Statement::UpsertIntegration:
        return u"INSERT INTO integration (id, name, name_folded, type) VALUES (?, ?, ?, ?) "
               "ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_folded = excluded.name_folded, "
               "type = excluded.type WHERE integration.name <> excluded.name OR integration.type <> excluded.type"_s;
    case Statement::SelectSecretKeys:
        return u"SELECT name FROM secret_key ORDER BY name"_s;
    case Statement::InsertSecretKey:
        return u"INSERT INTO secret_key (name, made_for, made_at) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING"_s;
    case Statement::SelectMadeSecretKeys:
        return u"SELECT name, made_for, made_at FROM secret_key WHERE made_for <> '' ORDER BY name"_s;
    case Statement::SelectStaleSecretKeys:
        return u"SELECT name, made_for, made_at FROM secret_key WHERE made_for <> '' AND made_at < ? AND NOT EXISTS "
               "(SELECT 1 FROM webhook w WHERE w.id = secret_key.made_for "
               "AND replace(w.document, '${secret:' || secret_key.name || '}', '') <> w.document) ORDER BY name"_s;
    case Statement::CountSecretNumber:
        return u"UPDATE counter SET value = value + 1 WHERE name = 'secret_key'"_s;
    case Statement::SelectSecretNumber:
        return u"SELECT value FROM counter WHERE name = 'secret_key'"_s;
    case Statement::DeleteSecretKey:
        return u"DELETE FROM secret_key WHERE name = ?"_s;
    case Statement::SelectProfile:
        return u"SELECT id FROM profile"_s;
    case Statement::InsertProfile:
        return u"INSERT INTO profile (id) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM profile)"_s;
    case Statement::SelectSettings:
        return u"SELECT name, value FROM setting"_s;
    case Statement::UpsertSetting:
        return u"INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET "
               "value = excluded.value WHERE setting.value <> excluded.value"_s;
    }
    return {};
}

} // namespace Tocsin
