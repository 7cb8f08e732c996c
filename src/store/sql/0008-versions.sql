-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- A webhook's document has a version, by which a change is noticed, and a delivery that is being sent knows by which one.
-- Of a secret's key it is known which webhook's Save has made it, and when; those that a person chose are nobody's.

-- Never gives a number twice: a webhook that was removed and came back has a version that it never had.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

INSERT INTO counter (name, value) VALUES ('webhook_version', 0);

INSERT INTO counter (name, value) VALUES ('secret_key', 0);

ALTER TABLE webhook ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

ALTER TABLE delivery ADD COLUMN webhook_version BIGINT NOT NULL DEFAULT 0;

ALTER TABLE secret_key ADD COLUMN made_for TEXT NOT NULL DEFAULT '';

ALTER TABLE secret_key ADD COLUMN made_at BIGINT NOT NULL DEFAULT 0;

UPDATE secret_key SET made_for = coalesce((SELECT w.id FROM webhook w WHERE secret_key.name IN
    (w.id || '/oauth/client_secret', w.id || '/signing/secret', w.id || '/signing/secret_2',
     w.id || '/signing/previous_secret', w.id || '/signing/previous_secret_2', w.id || '/tls/client_key')
    OR secret_key.name LIKE w.id || '/header/%' OR secret_key.name LIKE w.id || '/header-sha256/%'), '');
