-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- How long finished deliveries are kept (seconds) and up to which size (bytes), as it was said last: one row, or none.
CREATE TABLE retention (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    maximum_age BIGINT NOT NULL,
    maximum_bytes BIGINT NOT NULL
);
