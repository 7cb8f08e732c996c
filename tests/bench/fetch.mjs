// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Node's fetch posts, 64 at a time and nothing kept. Its authorities come by NODE_EXTRA_CA_CERTS.
// One line in for each round ("post N"), one line out: nanoseconds a request.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [url, bodyFile] = process.argv.slice(2);
const body = readFileSync(bodyFile);
const inFlight = 64;

async function post(count) {
    let toPost = count;
    const one = async () => {
        while (toPost-- > 0) {
            const answer = await fetch(url, { method: "POST", body, headers: { "Content-Type": "application/json" } });
            if (!answer.ok) throw new Error(`the target answered ${answer.status}`);
            await answer.arrayBuffer();
        }
    };
    await Promise.all(Array.from({ length: inFlight }, one));
}

for await (const line of createInterface({ input: process.stdin })) {
    const count = Number(line.split(" ")[1]);
    const start = process.hrtime.bigint();
    await post(count);
    console.log(Number(process.hrtime.bigint() - start) / count);
}
