-- SPDX-FileCopyrightText: Tocsin contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a delivery failed of, so that those that died alike are found together: the kind of the last failure, the HTTP
-- status where that is the failure (else 0), and the webhook's field that mends it, apart by spaces. `webhook` for what
-- befell the webhook, `event` for a document that could not be read; empty: not known. A long attempt is compressed, and
-- its cause in a profile that is older stays unknown.

ALTER TABLE delivery ADD COLUMN cause TEXT NOT NULL DEFAULT '';

UPDATE delivery SET cause = CASE WHEN attempts = 0 THEN 'webhook 0 ' ELSE coalesce((SELECT
    json_extract(CAST(a.document AS TEXT), '$.error.kind') || ' '
    || CASE json_extract(CAST(a.document AS TEXT), '$.error.kind') WHEN 'http' THEN delivery.last_http_status ELSE 0 END || ' '
    || coalesce(json_extract(CAST(a.document AS TEXT), '$.error.field'), '')
    FROM attempt a WHERE a.delivery = delivery.id AND a.number = delivery.attempts AND hex(substr(a.document, 1, 1)) = '7B'), '') END
    WHERE state = 'dead';

CREATE INDEX delivery_dead ON delivery (target, cause, finished_at, created_at) WHERE state = 'dead';
