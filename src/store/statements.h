// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tocsin {

/// Every prepared statement of the store, in one place. They keep to what SQLite and PostgreSQL have in common; what
/// only one of them knows (PRAGMA, BEGIN IMMEDIATE) is in Database.
enum class Statement {
    SelectWebhooks, ///< () -> document, id, created_at, changed_at, version, and the last invocation's summary
    SelectWebhook, ///< (id, name_folded, id) -> the same, one row
    SelectNameOwner, ///< (name_folded, id) -> id of another webhook with that name
    SelectDocument, ///< (id) -> document, version
    CountWebhookVersion, ///< (): the next UpsertWebhook's version is a new one
    UpsertWebhook, ///< (id, name, name_folded, active, document, created_at, changed_at)
    DeleteWebhook, ///< (id)
    InsertInvocation, ///< (webhook_id, started_at, verdict, reason, http_status, total_ms, document)
    DeleteOldInvocations, ///< (webhook_id, webhook_id, how many to keep)
    SelectInvocations, ///< (webhook_id) -> document
    SelectIntegrations, ///< () -> id, name, type
    UpsertIntegration, ///< (id, name, name_folded, type)
    SelectSecretKeys, ///< () -> name
    InsertSecretKey, ///< (name, made_for, made_at)
    SelectMadeSecretKeys, ///< () -> name, made_for, made_at of those that were made for a webhook
    SelectStaleSecretKeys, ///< (made_at) -> the same, made before and not referred to by that webhook
    CountSecretNumber, ///< ()
    SelectSecretNumber, ///< () -> the number
    DeleteSecretKey, ///< (name)
    SelectProfile, ///< () -> id
    InsertProfile, ///< (id)
    SelectSettings, ///< () -> name, value
    UpsertSetting ///< (name, value)
};

QString sql(Statement statement);

} // namespace Tocsin
