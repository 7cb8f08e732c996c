-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a profile knows beside its webhooks: the integrations seen, the names of the secrets in the keychain, and the name
-- that keeps those apart from other profiles' (one row).

CREATE TABLE integration (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    type TEXT NOT NULL
);

CREATE TABLE secret_key (
    name TEXT NOT NULL PRIMARY KEY
);

CREATE TABLE profile (
    id TEXT NOT NULL PRIMARY KEY
);
