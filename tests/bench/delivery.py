# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures delivery: `tocsinctl serve` empties an outbox into nginx over TLS, beside loops that only post.

delivery.py BINARIES [throughput] [names] [latency] [backlog] [ids] [rules]: all of them where none is named.
"""
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "system"))
from loop import Loop, row  # noqa: E402
from target import Target  # noqa: E402

ROUNDS = 15
WEBHOOKS = 4
INTEGRATIONS = 5000
DRAINED = 10_000  # deliveries a round, whatever waits behind them
NAMES = 1000
RULED = 1000  # webhooks
BACKLOG = 1_000_000
BATCH = 100_000  # events an emit
LATENCY_EVENTS = 2000
LATENCY_RATE = 200  # events a second
SENDERS = 8
SENT = 1600  # requests a round
TOKEN = "tok-5b0c77e1f2"

CONFIGURATION = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    log_format arrived '$msec $http_webhook_id';
    access_log off;
    keepalive_requests 100000000;
    keepalive_timeout 600s;
    default_type application/json;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/leaf.pem;
        ssl_certificate_key {folder}/leaf.key;
        location / {{ return 200 '{{"status":"ok"}}'; }}
        location /logged {{ access_log {folder}/arrived.log arrived; return 200 '{{"status":"ok"}}'; }}
    }}
}}
"""


class Bench:
    """A target, and profiles whose webhooks send there."""

    def __init__(self, binaries, folder):
        self.binaries, self.folder = binaries, folder
        self.target = Target(folder / "target", CONFIGURATION)
        self.credentials = folder / "credentials"
        self.credentials.mkdir(mode=0o700)
        for key, value in (("ingest.token", TOKEN), ("signing", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")):
            (self.credentials / key).touch(mode=0o600)
            (self.credentials / key).write_text(value)
        self.profiles = 0

    def url(self, path):
        return f"https://localhost:{self.target.port}{path}"

    def call(self, profile, *arguments):
        return [str(self.binaries / "tocsinctl"), "--profile", str(profile), "--credentials", str(self.credentials), *arguments]

    def ctl(self, profile, *arguments, **options):
        return subprocess.run(self.call(profile, *arguments), check=True, stdout=subprocess.PIPE, text=True, **options).stdout

    def new_profile(self, path, **more):
        self.profiles += 1
        profile = self.folder / f"profile-{self.profiles}"
        template = (HERE / "data" / "page-example.template").read_text()
        documents = [{"name": f"bench {n}", "type": {"http_request": {"method": "POST", "url": self.url(path)}},
                      "body_template": template, "filters": {"type": [f"type-{n}"]},
                      "tls": {"ca_certificates": self.target.authority}, "delivery": {"concurrency": 64}, **more}
                     for n in range(WEBHOOKS)]
        file = self.folder / "webhooks.json"
        file.write_text(json.dumps(documents))
        self.ctl(profile, "webhook", "import", str(file))
        return profile

    def fill(self, profile, count):
        for begin in range(0, count, BATCH):
            rows = "\n".join(json.dumps(event(n)) for n in range(begin, min(begin + BATCH, count)))
            self.ctl(profile, "emit", "--force", input=rows)

    def copy_of(self, profile):
        self.profiles += 1
        return shutil.copytree(profile, self.folder / f"profile-{self.profiles}")

    @contextlib.contextmanager
    def serve(self, profile, *arguments):
        """Yields the process; afterwards `peak` is the most memory that it had, in MiB."""
        process = subprocess.Popen(self.call(profile, "--json", "serve", *arguments), stdout=subprocess.PIPE, text=True)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            process.peak = usage.ru_maxrss / 1024
            process.stdout.close()
        if process.returncode != 0:
            sys.exit(f"serve ended with {process.returncode}")

    def drain(self, profile, count):
        """Deliveries a second, recorded with their attempts, and the process that made them."""
        def reading():
            return contextlib.closing(sqlite3.connect(f"file:{profile}/tocsin.db?mode=ro", uri=True))

        # Who reads while the process ends keeps it from working its log in, and leaves that to the next round.
        with self.serve(profile) as process, reading() as database:
            def done():
                return database.execute("SELECT coalesce(sum(deliveries), 0) FROM tally WHERE state = 'delivered'").fetchone()[0]

            before, began = done(), time.time()
            while done() < before + count:
                if process.poll() is not None:
                    sys.exit("serve ended by itself")
                time.sleep(0.02)
        with reading() as database:
            moments = [row[0] / 1000 for row in database.execute(
                "SELECT finished_at FROM delivery WHERE finished_at >= ? ORDER BY finished_at LIMIT ?", (1000 * began, count))]
        # without the first and the last tenth: the process starts, and there is not enough left for all at once
        first, last = count // 10, count - count // 10
        return (last - first) / (moments[last] - moments[first]), process


def event(number):
    integration = number % INTEGRATIONS
    return {"event_type": "IntegrationStatusChanged", "event_time": "2026-03-03T09:12:44Z",
            "data": {"id": f"integration-{integration}", "name": f"orders-{integration}", "type": f"type-{integration % WEBHOOKS}",
                     "status": "Error" if number // INTEGRATIONS % 2 else "Warning",
                     "issues": [{"status": "Error", "message": f"connection refused by 10.0.4.7:5432, {number}"}]}}


def throughput(bench):
    filled = bench.new_profile("/hook")
    bench.fill(filled, DRAINED)
    body = bench.folder / "body.json"
    first = json.loads(bench.ctl(filled, "--json", "render", "--webhook", "bench 0"))
    body.write_text(json.dumps(first))
    authority = bench.target.folder / "ca.pem"
    bare = Loop([str(bench.binaries / "bench_post"), bench.url("/hook"), str(authority), str(body)])
    curl = Loop([str(bench.binaries / "bench_curl"), bench.url("/hook"), str(authority), str(body)])
    node = Loop(["node", str(HERE / "fetch.mjs"), bench.url("/hook"), str(body)],
                env=dict(os.environ, NODE_EXTRA_CA_CERTS=str(authority), NODE_NO_WARNINGS="1"))
    bare.nanoseconds("post", 1000), curl.nanoseconds("post", 1000), node.nanoseconds("post", 1000)
    rounds = []
    for _ in range(ROUNDS):
        profile = bench.copy_of(filled)
        rounds.append((bench.drain(profile, DRAINED)[0], 1e9 / bare.nanoseconds("post", DRAINED),
                       1e9 / curl.nanoseconds("post", DRAINED), 1e9 / node.nanoseconds("post", DRAINED // 3)))
        shutil.rmtree(profile)
    bare.close(), curl.close(), node.close()
    for index, what, goal in ((1, "durable deliveries, Qt's own QNetworkAccessManager", "at least 1"),
                              (2, "durable deliveries, a bare libcurl multi loop", "at least 0.55"),
                              (3, "durable deliveries, Node's fetch", "at least 3")):
        row(what, f"{statistics.median(r[0] for r in rounds):.0f}", f"{statistics.median(r[index] for r in rounds):.0f}",
            statistics.median(r[0] / r[index] for r in rounds), goal, "1/s")


def names(bench):
    """One delivery to each of many names: a fresh connection, a handshake, and no more."""
    filled = bench.new_profile("/hook")
    template = (HERE / "data" / "page-example.template").read_text()
    url = f"https://n%d.targets.localhost:{bench.target.port}/hook"
    documents = [{"name": f"name {n}", "type": {"http_request": {"method": "POST", "url": url.replace("%d", str(n))}},
                  "body_template": template, "filters": {"type": [f"name-{n}"]},
                  "tls": {"ca_certificates": bench.target.authority}} for n in range(NAMES)]
    file = bench.folder / "names.json"
    file.write_text(json.dumps(documents))
    bench.ctl(filled, "webhook", "import", str(file))
    bench.ctl(filled, "emit", "--force", input="\n".join(
        json.dumps({**event(n), "data": {**event(n)["data"], "id": f"of-{n}", "type": f"name-{n}"}}) for n in range(NAMES)))
    body = bench.folder / "body.json"
    body.write_text(bench.ctl(filled, "--json", "render", "--webhook", "name 0"))
    curl = Loop([str(bench.binaries / "bench_curl"), url, str(bench.target.folder / "ca.pem"), str(body)])
    rounds = []
    for _ in range(ROUNDS):
        profile = bench.copy_of(filled)
        rounds.append((bench.drain(profile, NAMES)[0], 1e9 / curl.nanoseconds("names", NAMES)))
        shutil.rmtree(profile)
    curl.close()
    row(f"to {NAMES:,} names, one each, a bare libcurl loop", f"{statistics.median(a for a, _ in rounds):.0f}",
        f"{statistics.median(b for _, b in rounds):.0f}", statistics.median(a / b for a, b in rounds), "", "1/s")


def latency(bench):
    profile = bench.new_profile("/logged", signing={"secret": "${secret:signing}"})
    log = bench.target.folder / "arrived.log"
    with bench.serve(profile, "--listen", "127.0.0.1:0") as process:
        address = json.loads(process.stdout.readline())["url"].split("//")[1].rstrip("/")
        connection = http.client.HTTPConnection(address)
        start = time.perf_counter()
        for number in range(LATENCY_EVENTS):
            time.sleep(max(0, start + number / LATENCY_RATE - time.perf_counter()))
            connection.request("POST", "/v1/events", json.dumps(event(number)), {"Authorization": f"Bearer {TOKEN}"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 202, answer.status
        end = time.monotonic() + 60
        while len(log.read_text().splitlines()) < LATENCY_EVENTS:
            if time.monotonic() > end:
                sys.exit("not all events arrived within a minute")
            time.sleep(0.05)
    arrived = {message: float(moment) for moment, message in map(str.split, log.read_text().splitlines())}
    with contextlib.closing(sqlite3.connect(f"file:{profile}/tocsin.db?mode=ro", uri=True)) as database:
        taken = sorted(1000 * arrived[f"msg_{nonce % (1 << 64):016x}{number:x}"] - created for number, nonce, created
                       in database.execute("SELECT id, nonce, created_at FROM delivery"))
    p50, p95, p99 = (taken[int(len(taken) * share)] for share in (0.5, 0.95, 0.99))
    row(f"accepted to arrived, {LATENCY_RATE} events a second, p95", f"{p95:.0f}", "", p95 / 5, "at most 5 ms (ratio 1)", "ms")
    row("the same, p50 and p99", f"{p50:.0f}", f"{p99:.0f}", p99 / max(p50, 1), "", "ms")


def backlog(bench):
    small, large = bench.new_profile("/hook"), bench.new_profile("/hook")
    bench.fill(small, DRAINED)
    bench.fill(large, BACKLOG)
    rounds, peak = [], 0
    for _ in range(ROUNDS):
        profile = bench.copy_of(small)
        few, _ = bench.drain(profile, DRAINED)
        shutil.rmtree(profile)
        many, process = bench.drain(large, DRAINED)
        rounds.append((many, few))
        peak = max(peak, process.peak)
    row("of a million waiting, of ten thousand", f"{statistics.median(a for a, _ in rounds):.0f}",
        f"{statistics.median(b for _, b in rounds):.0f}",
        statistics.median(a / b for a, b in rounds), "at least 0.9", "1/s")
    row("memory with a million waiting", f"{peak:.0f}", "", peak / 200, "below 200 MiB (ratio 1)", "MiB")


def post_with_ids(address, requests, of_each):
    """Events a second, each with an id of its own."""
    def send(bodies):
        connection = http.client.HTTPConnection(address)
        for body in bodies:
            connection.request("POST", "/v1/events", body, {"Authorization": f"Bearer {TOKEN}"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 202, answer.status
        connection.close()

    bodies = [json.dumps([{**event(n), "id": str(uuid.uuid4())} for n in range(of_each)]) for _ in range(requests)]
    senders = [threading.Thread(target=send, args=(bodies[n::SENDERS],)) for n in range(SENDERS)]
    began = time.perf_counter()
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return requests * of_each / (time.perf_counter() - began)


def ids(bench):
    """Acceptance where a million ids are kept, beside where ten thousand are; without a webhook."""
    few, many = bench.folder / "few-ids", bench.folder / "many-ids"
    for profile, count in ((few, DRAINED), (many, BACKLOG)):
        for begin in range(0, count, BATCH):
            bench.ctl(profile, "emit", input="\n".join(
                json.dumps({**event(n), "id": str(uuid.uuid4())}) for n in range(begin, min(begin + BATCH, count))))
    with bench.serve(few, "--listen", "127.0.0.1:0") as one, bench.serve(many, "--listen", "127.0.0.1:0") as other:
        addresses = [json.loads(process.stdout.readline())["url"].split("//")[1].rstrip("/") for process in (other, one)]
        for of_each, goal in ((1, "at least 0.9"), (100, "")):
            rounds = [[post_with_ids(address, SENT // of_each, of_each) for address in addresses] for _ in range(ROUNDS)]
            row(f"accepted with ids, {of_each} a request: a million are kept, ten thousand are",
                f"{statistics.median(a for a, _ in rounds):.0f}", f"{statistics.median(b for _, b in rounds):.0f}",
                statistics.median(a / b for a, b in rounds), goal, "1/s")


def ruled_profile(bench, rules):
    """A profile of many webhooks with rules of delivery, each with some deliveries that wait."""
    bench.profiles += 1
    profile = bench.folder / f"profile-{bench.profiles}"
    template = (HERE / "data" / "page-example.template").read_text()
    documents = [{"name": f"ruled {n}", "type": {"http_request": {"method": "POST", "url": bench.url("/hook")}},
                  "body_template": template, "filters": {"type": [f"ruled-{n}"]},
                  "tls": {"ca_certificates": bench.target.authority}, "delivery": rules} for n in range(RULED)]
    file = bench.folder / "webhooks.json"
    file.write_text(json.dumps(documents))
    bench.ctl(profile, "webhook", "import", str(file))
    bench.ctl(profile, "emit", "--force", input="\n".join(json.dumps(
        {**event(n), "data": {**event(n)["data"], "id": f"of-{n}", "type": f"ruled-{n % RULED}"}}) for n in range(DRAINED)))
    return profile


def rules(bench):
    """A backlog of many webhooks with a rule, beside the same without; and one beside as many that are muted."""
    plain, muted = ruled_profile(bench, {}), bench.new_profile("/hook")
    beside = bench.copy_of(muted)
    others = json.loads((bench.folder / "webhooks.json").read_text())
    file = bench.folder / "others.json"
    file.write_text(json.dumps([{**one, "name": f"muted {n}", "filters": {"type": ["muted"]}, "delivery": {}}
                                for n, one in enumerate(others[0] for _ in range(RULED))]))
    for profile in (muted, beside):
        bench.ctl(profile, "webhook", "import", str(file))
        bench.fill(profile, DRAINED)
    with contextlib.closing(sqlite3.connect(muted / "tocsin.db")) as database:
        database.execute("INSERT INTO mute (kind, subject, until, is_wall, set_at, applied) "
                         "SELECT 'webhook', id, NULL, 0, 0, 0 FROM webhook WHERE name LIKE 'muted %'")
        database.commit()
    for what, with_rule, without in (("a rate", ruled_profile(bench, {"rate_per_minute": 60_000}), plain),
                                     ("a settle time", ruled_profile(bench, {"settle_in_sec": 1}), plain),
                                     ("a mute of as many others", muted, beside)):
        rounds = []
        for _ in range(ROUNDS):
            pair = [bench.copy_of(with_rule), bench.copy_of(without)]
            rounds.append([bench.drain(profile, DRAINED)[0] for profile in pair])
            for profile in pair:
                shutil.rmtree(profile)
        row(f"{RULED:,} webhooks with {what}, without", f"{statistics.median(a for a, _ in rounds):.0f}",
            f"{statistics.median(b for _, b in rounds):.0f}", statistics.median(a / b for a, b in rounds), "at least 0.9", "1/s")


PARTS = (throughput, names, latency, backlog, ids, rules)


def run(binaries, folder, parts=None):
    bench = Bench(binaries, folder)
    try:
        for part in parts or PARTS:
            part(bench)
    finally:
        bench.target.close()


if __name__ == "__main__":
    named = [part for part in PARTS if part.__name__ in sys.argv[2:]]
    with tempfile.TemporaryDirectory(prefix="tocsin-bench.", dir=os.environ.get("TMPDIR")) as name:
        run(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(name), named)
