// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// An OpenID Connect provider that gives tokens for client credentials, and a target (POST /hook) that takes them.
// node server.mjs FOLDER: leaf.pem and leaf.key of that folder; a free port of 127.0.0.1 is printed as one line of JSON.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import Provider, { errors } from "oidc-provider";

const folder = process.argv[2];
const client = (id, authentication, scope = "hooks:write hooks:read") => ({
  client_id: id,
  client_secret: "s3cr3t: %+/&=~ value",
  grant_types: ["client_credentials"],
  response_types: [],
  redirect_uris: [],
  token_endpoint_auth_method: authentication,
  scope,
});

let provider;
let tokensGiven = 0;
const seen = new Set();
const refused = new Set();

function answer(response, status, body, headers = {}) {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

async function hook(request, response) {
  request.resume();
  const [scheme, token] = (request.headers.authorization ?? "").split(" ");
  const grant = scheme === "Bearer" && !refused.has(token) ? await provider.ClientCredentials.find(token) : undefined;
  if (!grant) {
    answer(response, 401, { error: "invalid_token", token }, { "WWW-Authenticate": 'Bearer error="invalid_token"' });
    return;
  }
  seen.add(token);
  answer(response, 200, { ok: true, client: grant.clientId, scope: grant.scope ?? null, audience: grant.aud ?? null, tokensGiven });
}

const server = createServer(
  { cert: readFileSync(join(folder, "leaf.pem")), key: readFileSync(join(folder, "leaf.key")) },
  (request, response) => {
    if (request.url === "/hook") {
      hook(request, response);
    } else if (request.url === "/forget") {
      request.resume();
      seen.forEach((token) => refused.add(token));
      answer(response, 200, { forgotten: refused.size });
    } else {
      provider.callback()(request, response);
    }
  },
);

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  provider = new Provider(`https://localhost:${port}`, {
    clients: [
      client("by-header", "client_secret_basic"),
      client("by-body", "client_secret_post"),
      client("reader", "client_secret_basic", "hooks:read"),
    ],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => undefined,
        getResourceServerInfo(context, resource) {
          if (resource !== "https://hooks.example/?a=b&c") {
            throw new errors.InvalidTarget();
          }
          return { scope: "hooks:write hooks:read", audience: resource, accessTokenFormat: "opaque" };
        },
      },
    },
    scopes: ["hooks:write", "hooks:read"],
    ttl: { ClientCredentials: 600 },
  });
  // The provider takes either kind of authentication from either client; others are strict (RFC 6749 §2.3).
  provider.use(async (context, next) => {
    const [scheme, credentials] = (context.get("Authorization") || "").split(" ");
    if (scheme === "Basic" && Buffer.from(credentials, "base64").toString().startsWith("by-body:")) {
      context.status = 401;
      context.body = { error: "invalid_client", error_description: "use client_secret_post" };
    } else {
      await next();
    }
  });
  provider.on("grant.success", () => {
    tokensGiven += 1;
  });
  console.log(JSON.stringify({ port }));
});
