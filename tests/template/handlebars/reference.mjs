// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Handlebars makes of templates: one line in for each, {"template", "event", "data", "place"}, one line out: the text as
// a JSON string, or {"error"}. A place says how a value is written: as text, in a JSON string, or as a JSON value.
import { createInterface } from "node:readline";
import Handlebars from "handlebars";
import { helpers, textOf } from "./helpers.mjs";

Handlebars.registerHelper(helpers);
const places = {
    text: textOf,
    string: (value) => JSON.stringify(textOf(value)).slice(1, -1),
    bare: (value) => JSON.stringify(value === undefined ? null : value),
};
let place = places.text;
Handlebars.Utils.escapeExpression = (value) => place(value);

for await (const line of createInterface({ input: process.stdin })) {
    const { template, event, data, place: name } = JSON.parse(line);
    place = places[name];
    try {
        console.log(JSON.stringify(Handlebars.compile(template)(event, { data })));
    } catch (error) {
        console.log(JSON.stringify({ error: String(error) }));
    }
}
