-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- The last invocations of each webhook; the columns are what the table of webhooks shows of them.

CREATE TABLE invocation (
    id INTEGER NOT NULL PRIMARY KEY,
    webhook_id TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    started_at BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    http_status INTEGER NOT NULL,
    total_ms DOUBLE PRECISION NOT NULL,
    document TEXT NOT NULL
);

CREATE INDEX invocation_by_age ON invocation (webhook_id, started_at, id);
