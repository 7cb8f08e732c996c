#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A marked secret in every place where one can stand, through everything that Tocsin does; then it is looked for wherever a file, a
process or the window could hold it. Run in with-desktop, so that there is a real keyring:

    secrets_sweep.py BINARIES
"""
import base64
import html
import http.client
import http.server
import json
import os
import pathlib
import signal
import sqlite3
import ssl
import subprocess
import threading
import urllib.parse

import accessible
from accessible import Program, key, until
from secretforms import held, unpacked
from serving import event
from target import Target

NAME = "Sweep"
HARD = '9+/ü&<"\'>~x'  # what an escape of any kind changes
SECRETS = {
    "header": "Mk-header-" + HARD + "1",
    "bearer": "Mk-bearer-0123456789/+abc2",
    "client secret": "Mk-client-" + HARD + "3",
    "parameter": "Mk-parameter-0123456789-4",
    "access token": "Mk-access-0123456789-5",
    "signing secret": base64.b64encode(b"Mk-signing-0123456789-6").decode(),
    "query": "Mk-query-01234%2f%7E9-7",
    "body member": "Mk-member-" + HARD + "8",
    "ingest token": "Mk-ingest-0123456789-9",
}


class EchoTarget(Target):
    """Answers with all that it was sent, in one escape and encoding after the other; at /token it hands out a token."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir(parents=True)
        self._issue()
        self.requests = []
        target = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                fields = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
                whole = f"{self.requestline}\n{fields}\n{body}\n{urllib.parse.unquote(self.path)}"
                # a field's bytes as http.server took them, for those in UTF-8
                whole += "\n" + whole.encode("latin-1", "ignore").decode("utf-8", "ignore")
                target.requests.append(whole)
                echo = {"as it is": whole, "escaped": json.dumps(whole), "html": html.escape(whole), "in hex": whole.encode().hex(),
                        "percent": urllib.parse.quote(whole), "form": urllib.parse.quote_plus(whole),
                        "base64": [base64.b64encode(b" " * n + whole.encode()).decode() for n in range(3)]}
                if self.path == "/token":
                    echo = {"access_token": SECRETS["access token"], "token_type": "Bearer", "expires_in": 3600, "echo": whole}
                answer = json.dumps(echo).replace("<", "\\u003c").replace("&", "\\u0026").replace("+", "\\u002B").encode()
                self.send_response(500 if "/fails" in self.path else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.send_header("X-Echo", urllib.parse.quote(body))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "leaf.pem", self.folder / "leaf.key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url_of(self, path):
        return f"https://localhost:{self.port}{path}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def documents(target):
    """Two that carry everything between them: OAuth has the Authorization field for itself."""
    body = json.dumps({"routing_key": SECRETS["body member"], "text": "{{data.name}}"}, ensure_ascii=False)
    common = {"body_template": body, "tls": {"ca_certificates": target.authority}, "delivery": {"retry_delays_in_sec": [1]},
              "signing": {"secret": "whsec_" + SECRETS["signing secret"]}}
    request = {"method": "POST", "headers": {"X-Api-Key": SECRETS["header"], "Authorization": "Bearer " + SECRETS["bearer"]}}
    oauth = {"client_id": "sweeper", "client_secret": SECRETS["client secret"], "token_endpoint_url": target.url_of("/token"),
             "client_authentication": "body", "parameters": {"api_key": SECRETS["parameter"]}}
    return [{"name": NAME, "type": {"http_request": {**request, "url": target.url_of("/works?token=" + SECRETS["query"])}}, **common},
            {"name": NAME + " fails", "type": {"http_request": {**request, "url": target.url_of("/fails?sig=" + SECRETS["query"])}}, **common},
            {"name": NAME + " by token", "type": {"http_request": {"url": target.url_of("/works")}},
             "authentication_config": {"oauth": oauth}, **common}]


class Sweep:
    def __init__(self, binaries, folder):
        self.ctl = str(binaries / "tocsinctl")
        self.folder = folder
        self.profile = folder / "profile"
        self.environment = {**os.environ, "QT_LOGGING_RULES": "*=true;qt.accessibility.*=false"}  # Qt falls over that one itself
        self.hits = []
        self.looked = 0

    def look(self, where, data):
        self.looked += len(data)
        self.hits += [f"{where} holds the {name}" for name in sorted(held(data, SECRETS))]

    def run(self, *arguments, text=None):
        """Its output and errors are looked through; what it says may be what is wanted."""
        run = subprocess.run([self.ctl, "--profile", str(self.profile), *arguments], input=text, capture_output=True, text=True,
                             env=self.environment)
        for name, said in (("output", run.stdout), ("errors", run.stderr)):
            self.look(f"the {name} of {' '.join(arguments)}", said.encode())
        return run

    def process(self, process):
        for file in ("cmdline", "environ"):
            self.look(f"a process's {file}", (pathlib.Path("/proc") / str(process.pid) / file).read_bytes())

    def files(self):
        for path in (p for p in self.folder.rglob("*") if p.is_file() and p.parent.name != "given"):
            self.look(path, path.read_bytes())
        with sqlite3.connect(f"file:{self.profile}/tocsin.db?mode=ro", uri=True) as database:
            tables = [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                for row in database.execute(f'SELECT * FROM "{table}"'):
                    for value in row:
                        for data in unpacked(value) if isinstance(value, bytes) else [str(value).encode()]:
                            self.look(f"the table {table}", data)


def at_the_command_line(sweep, target):
    given = sweep.folder / "given"
    given.mkdir()
    for number, document in enumerate(documents(target)):
        (given / f"{number}.json").write_text(json.dumps(document))
        tested = sweep.run("test", "--webhook", str(given / f"{number}.json"), "--json")
        assert tested.returncode == (1 if number == 1 else 0), tested.stdout + tested.stderr
    imported = sweep.run("webhook", "import", text=json.dumps(documents(target)))
    assert imported.returncode == 0, imported.stderr
    assert sweep.run("secret", "set", "ingest/token", text=SECRETS["ingest token"]).returncode == 0
    for arguments in (["webhook", "export"], ["webhook", "show", NAME], ["webhook", "list"], ["secret", "list"], ["setting", "list"]):
        assert sweep.run(*arguments, "--json").returncode == 0
    for document in documents(target):
        sweep.run("test", "--webhook", document["name"])
        sweep.run("render", "--webhook", document["name"])


def deliver(sweep, target):
    log = (sweep.folder / "serve.log").open("w")
    serve = subprocess.Popen([sweep.ctl, "--profile", str(sweep.profile), "serve", "--listen", "127.0.0.1:0", "--json"],
                             stdout=subprocess.PIPE, stderr=log, env=sweep.environment, text=True)
    port = int(json.loads(serve.stdout.readline())["url"].rstrip("/").rsplit(":", 1)[1])

    def post(token, body):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", "/v1/events", body, {"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        sweep.look("an answer of the ingest", answer.read())
        connection.close()
        return answer.status

    assert post(SECRETS["ingest token"], json.dumps(event("one", 1))) == 202
    assert post(SECRETS["ingest token"] + "x", json.dumps(event("one", 2))) == 401
    assert post(SECRETS["ingest token"], json.dumps({"event_type": SECRETS["ingest token"]})) == 400
    sweep.process(serve)
    until(lambda: not json.loads(sweep.run("delivery", "list", "--state", "pending,sending,waiting", "--json").stdout),
          "deliveries are not finished", 60)
    for one in json.loads(sweep.run("delivery", "list", "--json").stdout):
        sweep.run("delivery", "show", one["id"])
        sweep.run("delivery", "show", one["id"], "--json")
    serve.send_signal(signal.SIGKILL)  # what it left on disk is as a crash leaves it
    serve.wait()
    serve.stdout.close()


def in_the_window(sweep, binaries):
    with Program([str(binaries / "tocsin"), "--profile", str(sweep.profile)], env=sweep.environment) as program:
        program.says(NAME)
        table = program.find("Webhooks", ("table", "tree table"))
        table.queryComponent().grabFocus()
        key("Home", "Return")
        program.find("Integration Webhook Name", accessible.TEXTS)
        program.press("Test")
        program.says("Test successful", 30)
        program.press("View Invocation Data")
        for tab in ("Request", "Response", "TLS"):
            program.press(tab, ("page tab",))
            for node, _ in accessible.walk(program.root):
                sweep.look(f"the window's {node.getRoleName()} {node.name!r} in {tab}",
                           "\n".join([node.name or "", node.description or "", accessible.text_of(node)]).encode())
        sweep.process(program.process)
        sweep.look("what the window wrote", program.said().encode())


def story(binaries, folder):
    target = EchoTarget(folder / "target")
    sweep = Sweep(binaries, folder)
    try:
        at_the_command_line(sweep, target)
        deliver(sweep, target)
        in_the_window(sweep, binaries)
        sweep.files()
    finally:
        target.close()
    assert not sweep.hits, "\n".join(sorted(set(sweep.hits)))
    arrived = held("\n".join(target.requests).encode(), SECRETS)
    assert arrived >= set(SECRETS) - {"signing secret", "ingest token"}, f"not even the target got all of them: {arrived}"
    print(f"{len(SECRETS)} secrets, {sweep.looked / 1e6:.1f} MB of files, output, processes and the window looked through: no hit")


if __name__ == "__main__":
    accessible.tell(story)
