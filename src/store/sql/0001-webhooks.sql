-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- A webhook is its document; the columns beside it are for finding it. Moments are milliseconds since 1970, UTC.
-- Every statement of these files ends in a semicolon at the end of a line.

CREATE TABLE webhook (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL UNIQUE,
    active INTEGER NOT NULL,
    document TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
