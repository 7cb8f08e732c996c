// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the reference library says of requests: node verify.mjs, with [{"secret", "headers", "body"}, …] on standard input,
// prints an array with "verified" or the library's objection for each.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const verdict = ({ secret, headers, body }) => {
  try {
    new Webhook(secret).verify(body, headers);
    return "verified";
  } catch (objection) {
    return objection.message;
  }
};
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(verdict)));
