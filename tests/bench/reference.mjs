// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The same loops as tocsin_bench, by the libraries that it is measured against.
// One line in for each round ("render N", "helpers N" or "jsonpath N"), one line out: nanoseconds an operation.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Handlebars from "handlebars";
import { JSONPath } from "jsonpath-plus";
import { helpers } from "./helpers.mjs";

const template = readFileSync(process.argv[2], "utf8");
const event = JSON.parse(readFileSync(process.argv[3], "utf8"));
const answer = JSON.parse(readFileSync(process.argv[4], "utf8"));

// Handlebars finds nothing at data.issues.status, since it repeats nothing by itself: it has two values fewer to write.
const compiled = Handlebars.compile(template, { noEscape: true });
Handlebars.registerHelper(helpers);
const withHelpers = Handlebars.compile(readFileSync(process.argv[5], "utf8"), { noEscape: true });
let sink = 0;

const loops = {
    render(count) {
        for (let i = 0; i < count; ++i) sink += compiled(event).length;
    },
    helpers(count) {
        for (let i = 0; i < count; ++i) sink += withHelpers(event).length;
    },
    jsonpath(count) {
        for (let i = 0; i < count; ++i) sink += JSONPath({ path: "$.data.id", json: answer }).length;
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const [name, count] = line.split(" ");
    const start = process.hrtime.bigint();
    loops[name](Number(count));
    console.log(Number(process.hrtime.bigint() - start) / Number(count));
}
if (sink < 0) process.exit(1);
