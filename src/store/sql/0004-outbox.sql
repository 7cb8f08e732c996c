-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Events, the deliveries that they cause, and the attempts of these. A target is a webhook as the outbox counts it, and
-- outlives it; a lane is a target and an integration: deliveries of one lane go out in the order of their places.
-- Documents are JSON in UTF-8; an attempt's is compressed where it is long.

ALTER TABLE integration ADD COLUMN status TEXT NOT NULL DEFAULT '';

ALTER TABLE integration ADD COLUMN since BIGINT NOT NULL DEFAULT 0;

ALTER TABLE integration ADD COLUMN last_event_at BIGINT NOT NULL DEFAULT 0;

ALTER TABLE integration ADD COLUMN issues TEXT NOT NULL DEFAULT '[]';

-- `deliveries` counts the rows that still need the event.
CREATE TABLE event (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    nonce BIGINT NOT NULL,
    integration_id TEXT NOT NULL,
    integration_name TEXT NOT NULL,
    integration_type TEXT NOT NULL,
    status TEXT NOT NULL,
    accepted_at BIGINT NOT NULL,
    suppressed INTEGER NOT NULL,
    deliveries INTEGER NOT NULL,
    document BLOB NOT NULL
);

CREATE INDEX event_without_deliveries ON event (accepted_at) WHERE deliveries = 0;

-- An unfinished delivery of an earlier epoch than its target's is to die, for the reason given there.
CREATE TABLE target (
    id INTEGER NOT NULL PRIMARY KEY,
    webhook_id TEXT NOT NULL UNIQUE,
    webhook_name TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    epoch BIGINT NOT NULL DEFAULT 0,
    epoch_reason TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE lane (
    id INTEGER NOT NULL PRIMARY KEY,
    target BIGINT NOT NULL,
    integration_id TEXT NOT NULL,
    UNIQUE (target, integration_id)
);

CREATE INDEX lane_by_integration ON lane (integration_id);

-- `head` marks the first unfinished one of its lane, the only one that may be claimed. `tries` counts the attempts since
-- the last replay. `scheduled_at` is when `due_at` was chosen: later than now where the clock was set back since.
CREATE TABLE delivery (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    nonce BIGINT NOT NULL,
    event BIGINT NOT NULL,
    target BIGINT NOT NULL,
    lane BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    state TEXT NOT NULL,
    head INTEGER NOT NULL,
    place BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    scheduled_at BIGINT NOT NULL,
    finished_at BIGINT,
    owner TEXT NOT NULL,
    last_http_status INTEGER NOT NULL,
    last_reason TEXT NOT NULL,
    last_total_ms DOUBLE PRECISION
);

CREATE INDEX delivery_pending ON delivery (target, due_at, id) WHERE head = 1 AND state = 'pending';

CREATE INDEX delivery_waiting ON delivery (target, due_at, id) WHERE head = 1 AND state = 'waiting';

CREATE INDEX delivery_scheduled ON delivery (state, scheduled_at) WHERE head = 1 AND state = 'waiting';

CREATE INDEX delivery_sending ON delivery (state, target) WHERE state = 'sending';

CREATE INDEX delivery_held ON delivery (state, owner) WHERE state = 'sending';

CREATE INDEX delivery_unfinished ON delivery (lane, place) WHERE finished_at IS NULL;

CREATE INDEX delivery_finished ON delivery (finished_at) WHERE finished_at IS NOT NULL;

CREATE INDEX delivery_by_state ON delivery (state, id);

CREATE INDEX delivery_by_target ON delivery (target, id);

CREATE INDEX delivery_by_lane ON delivery (lane, id);

CREATE TABLE certificate_chain (
    id INTEGER NOT NULL PRIMARY KEY,
    fingerprints TEXT NOT NULL UNIQUE,
    document BLOB NOT NULL
);

CREATE TABLE attempt (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    delivery BIGINT NOT NULL,
    number INTEGER NOT NULL,
    certificate_chain BIGINT NOT NULL,
    document BLOB NOT NULL
);

CREATE INDEX attempt_of_delivery ON attempt (delivery, number);

CREATE VIRTUAL TABLE attempt_text USING fts5 (request, response, content = '');

-- A process that delivers, and until when what it claimed is its own: milliseconds of the machine's steady clock, in
-- the boot that they count from.
CREATE TABLE lease (
    owner TEXT NOT NULL PRIMARY KEY,
    boot TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    length BIGINT NOT NULL
);

-- How many deliveries there are by state, and what ended in each minute, so that nothing is counted anew.
CREATE TABLE tally (
    target BIGINT NOT NULL,
    state TEXT NOT NULL,
    deliveries BIGINT NOT NULL,
    PRIMARY KEY (target, state)
);

CREATE TABLE outcome (
    minute BIGINT NOT NULL,
    target BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    dead BIGINT NOT NULL,
    PRIMARY KEY (minute, target)
);
