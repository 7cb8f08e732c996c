-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- The rules of delivery: the newest status only, a time to settle, a maximum age, a rate, and mutes.

-- The outbox's own time, in milliseconds, goes on as the machine's clock since its boot does, however the wall clock is
-- set. `boot_offset` is the wall's time when that clock was 0, `shift` what the wall is ahead of the outbox's time,
-- `latest` a moment that has been. `due_at` and `scheduled_at` of deliveries are in it, and all that is new below unless
-- it says another.
CREATE TABLE clock (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    boot TEXT NOT NULL,
    boot_offset BIGINT NOT NULL,
    shift BIGINT NOT NULL,
    latest BIGINT NOT NULL
);

INSERT INTO clock (id, boot, boot_offset, shift, latest) VALUES (1, '-', 0, 0, 0);

-- The status that was delivered last, and the one before a change that has not settled: delivered, or lasting as long as
-- that takes. `unknown`: a request went out, and nobody heard what became of it.
ALTER TABLE lane ADD COLUMN delivered_status TEXT NOT NULL DEFAULT '';

ALTER TABLE lane ADD COLUMN settled_status TEXT NOT NULL DEFAULT '';

-- When the integration turned to that; 0: it was delivered.
ALTER TABLE lane ADD COLUMN settled_at BIGINT NOT NULL DEFAULT 0;

UPDATE lane SET delivered_status = coalesce((SELECT e.status FROM delivery d JOIN event e ON e.id = d.event
    WHERE d.lane = lane.id AND d.state = 'delivered' ORDER BY d.finished_at DESC LIMIT 1), '');

UPDATE lane SET settled_status = delivered_status;

-- When an integration turned to its status, and the last event that it had.
ALTER TABLE integration ADD COLUMN turned_at BIGINT NOT NULL DEFAULT 0;

ALTER TABLE integration ADD COLUMN last_event BIGINT NOT NULL DEFAULT 0;

-- By which rules a webhook's unfinished deliveries were dated, in seconds; 0: none.
ALTER TABLE target ADD COLUMN settle BIGINT NOT NULL DEFAULT 0;

ALTER TABLE target ADD COLUMN maximum_age BIGINT NOT NULL DEFAULT 0;

-- `previous` is the other way of `next`, of an unfinished one that is not the head. `rule` says what a waiting one waits
-- for: `settle`, `mute`, or nothing for a retry. `asked`: a person wanted it now. `overtaken`: a newer status came while it
-- was being sent, so that it is not to be tried again. `counted_from`: it was accepted, or replayed.
ALTER TABLE delivery ADD COLUMN previous BIGINT NOT NULL DEFAULT 0;

ALTER TABLE delivery ADD COLUMN rule TEXT NOT NULL DEFAULT '';

ALTER TABLE delivery ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;

ALTER TABLE delivery ADD COLUMN overtaken INTEGER NOT NULL DEFAULT 0;

ALTER TABLE delivery ADD COLUMN counted_from BIGINT NOT NULL DEFAULT 0;

ALTER TABLE delivery ADD COLUMN expires_at BIGINT;

CREATE INDEX delivery_next ON delivery (next) WHERE next <> 0;

UPDATE delivery SET counted_from = created_at, previous = coalesce((SELECT p.id FROM delivery p
    WHERE p.next <> 0 AND p.next = delivery.id AND p.finished_at IS NULL), 0) WHERE finished_at IS NULL;

DROP INDEX delivery_next;

-- Only what is held by such a rule is in these.
CREATE INDEX delivery_ruled ON delivery (rule, target, id) WHERE rule <> '';

CREATE INDEX delivery_expiring ON delivery (expires_at) WHERE expires_at IS NOT NULL AND finished_at IS NULL;

-- Attempts that were claimed in a second.
CREATE TABLE rate (
    target BIGINT NOT NULL,
    second BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    PRIMARY KEY (target, second)
);

-- Of a webhook or an integration, until then or, where that is null, until it is ended. `is_wall`: the moment is one of
-- the wall clock. `applied`: all that waited has been looked through.
CREATE TABLE mute (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    until BIGINT,
    is_wall INTEGER NOT NULL,
    set_at BIGINT NOT NULL,
    applied INTEGER NOT NULL,
    PRIMARY KEY (kind, subject)
);

-- What is wrong with a webhook, and the status that was told of it: see HealthReason.
CREATE TABLE health (
    target BIGINT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (target, reason)
);

ALTER TABLE target ADD COLUMN health TEXT NOT NULL DEFAULT '';

UPDATE target SET health = 'Disabled'
    WHERE removed = 1 OR webhook_id IN (SELECT id FROM webhook WHERE active = 0);
