-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- How many bytes may be forgotten for their size: those of delivered deliveries, and of events that caused none. What
-- waits, and what is dead, does not count. Bytes are those of documents: a delivery's are its attempts' and its part of
-- the event's, an event's its own where it caused none.

ALTER TABLE delivery ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0;

ALTER TABLE event ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0;

UPDATE delivery SET bytes = coalesce((SELECT sum(length(a.document)) FROM attempt a WHERE a.delivery = delivery.id), 0)
    + coalesce((SELECT length(e.document) / max(e.deliveries, 1) FROM event e WHERE e.id = delivery.event), 0);

UPDATE event SET bytes = length(document) WHERE deliveries = 0;

INSERT INTO counter (name, value) VALUES ('forgettable_bytes',
    coalesce((SELECT sum(bytes) FROM delivery WHERE state = 'delivered'), 0) + coalesce((SELECT sum(bytes) FROM event), 0));

DROP INDEX delivery_finished;

CREATE INDEX delivery_finished ON delivery (state, finished_at) WHERE finished_at IS NOT NULL;
