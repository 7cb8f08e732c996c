-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- An event may have an id of its own, given by its sender. It stands apart from the event, whose document may be long
-- and would have to be read through to what is behind it.

CREATE TABLE event_own_id (
    event INTEGER NOT NULL PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    own_id TEXT NOT NULL
);

-- For seven days it is not taken again: what was answered then outlives the event. `digests` are that of the door which
-- the event came in by and its id (16 bytes), and that of what it says (32). `hash` is the beginning of the first: a
-- short index, so that little is written where there are a million of them. `answer` is JSON.
CREATE TABLE taken_id (
    id INTEGER NOT NULL PRIMARY KEY,
    hash BIGINT NOT NULL,
    digests BLOB NOT NULL,
    taken_at BIGINT NOT NULL,
    answer TEXT NOT NULL
);

CREATE INDEX taken_id_hash ON taken_id (hash);

CREATE INDEX taken_id_taken_at ON taken_id (taken_at);
