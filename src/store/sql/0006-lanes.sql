-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- A lane is a list: it knows its last delivery, and each unfinished one knows the next (0: there is none). Nothing needs
-- to be looked for when one ends: the index of places lost an entry then, on another of its pages for nearly each.

ALTER TABLE lane ADD COLUMN last_delivery BIGINT NOT NULL DEFAULT 0;

ALTER TABLE delivery ADD COLUMN next BIGINT NOT NULL DEFAULT 0;

UPDATE delivery SET next = coalesce((SELECT n.id FROM delivery n WHERE n.lane = delivery.lane AND n.finished_at IS NULL
    AND n.place > delivery.place ORDER BY n.place LIMIT 1), 0) WHERE finished_at IS NULL;

UPDATE lane SET last_delivery = coalesce((SELECT d.id FROM delivery d WHERE d.lane = lane.id AND d.finished_at IS NULL
    ORDER BY d.place DESC LIMIT 1), 0);

DROP INDEX delivery_unfinished;

ALTER TABLE delivery DROP COLUMN place;

-- One index instead of two on what is being sent.

DROP INDEX delivery_held;

DROP INDEX delivery_sending;

CREATE INDEX delivery_sending ON delivery (state, target, owner) WHERE state = 'sending';
