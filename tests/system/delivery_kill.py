#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was accepted arrives, in order, whatever is killed: two `tocsinctl serve` on one profile are killed (-9) at random
moments while events come in and the target answers well, badly, late or not at all. delivery_kill.py BIN [SEED]"""
import collections
import http.client
import itertools
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

from recorder import Recorder

KILLS = 14
INTEGRATIONS = 24
TOKEN = "tok-8d1f4c2b9a7e"
BIN = pathlib.Path(sys.argv[1]) / "tocsinctl"
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
chance = random.Random(SEED)
turns = itertools.count()


def event(integration, number):
    return {"event_type": "IntegrationStatusChanged", "event_time": number,
            "data": {"id": integration, "name": integration, "type": "mysql",
                     "status": "Error" if number % 2 else "Warning", "issues": []}}


class Serve:
    """One `tocsinctl serve`, started again after each kill."""

    def __init__(self, profile, credentials):
        self.call = [BIN, "--json", "--profile", profile, "--credentials", credentials, "serve", "--lease", "1",
                     "--listen", "127.0.0.1:0"]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        announced = self.process.stdout.readline()
        assert announced, f"serve did not start: {self.process.wait()}"
        self.port = int(json.loads(announced)["url"].rstrip("/").rsplit(":", 1)[1])

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.start()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=20)
        self.process.stdout.close()
        return status


class Sender(threading.Thread):
    """Posts one integration's events in order, each once: what was not answered is nobody's promise."""

    def __init__(self, integration, servers, stopping):
        super().__init__(daemon=True)
        self.integration, self.servers, self.stopping = integration, servers, stopping
        self.accepted, self.unanswered = [], 0
        self.chance = random.Random(f"{SEED} {integration}")

    def run(self):
        number = 0
        while not self.stopping.is_set():
            number += 1
            connection = http.client.HTTPConnection("127.0.0.1", self.chance.choice(self.servers).port, timeout=20)
            try:
                connection.request("POST", "/v1/events?force=true", json.dumps(event(self.integration, number)),
                                   {"Authorization": f"Bearer {TOKEN}"})
                response = connection.getresponse()
                answer = json.loads(response.read())
                assert response.status == 202, answer
                self.accepted.append(number)
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
            finally:
                connection.close()
            self.stopping.wait(self.chance.uniform(0.02, 0.08))


def answer(path, _):
    if path == "/gone":
        return 410, {}
    turn = next(turns)
    if turn % 97 == 1:
        return 500, {}
    if turn % 151 == 2:
        return 429, {"Retry-After": "1"}
    if turn % 173 == 3:
        return None
    return 200, {}


def wait_for(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"seed {SEED}: not within {seconds} s: {what()}")
        time.sleep(0.1)


def ctl(profile, credentials, *arguments):
    run = subprocess.run([BIN, "--json", "--profile", profile, "--credentials", credentials, *arguments], check=True,
                         stdout=subprocess.PIPE, text=True)
    return json.loads(run.stdout)


def document(name, url, recorder, types):
    return {"name": name, "type": {"http_request": {"method": "POST", "url": url}}, "filters": {"type": types},
            "body_template": '{"integration": "{{data.id}}", "sequence": {{event_time}}}',
            "signing": {"secret": "${secret:signing}"}, "tls": {"ca_certificates": recorder.authority},
            "delivery": {"retry_delays_in_sec": [1] * 20, "concurrency": 32}}


def losses_duplicates_reorderings(arrivals, accepted):
    delivered, last, ids = set(), collections.defaultdict(int), {}
    duplicates = reorderings = 0
    for _, message, body, status in arrivals:
        key = (body["integration"], body["sequence"])
        assert ids.setdefault(message, key) == key, "one webhook-id on two events"
        reorderings += body["sequence"] < last[body["integration"]]
        last[body["integration"]] = max(last[body["integration"]], body["sequence"])
        if status == 200:
            duplicates += key in delivered
            delivered.add(key)
    assert len(set(ids.values())) == len(ids), "two webhook-ids on one event"
    return accepted - delivered, duplicates, reorderings


def tell(folder):
    credentials = folder / "credentials"
    credentials.mkdir(mode=0o700)
    for key, value in (("ingest.token", TOKEN), ("signing", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")):
        (credentials / key).touch(mode=0o600)
        (credentials / key).write_text(value)
    profile = folder / "profile"
    recorder = Recorder(folder / "target", answer)
    documents = [document("target", recorder.url_of("/hook"), recorder, ["mysql"]),
                 document("gone", recorder.url_of("/gone"), recorder, ["mysql"])]
    (folder / "webhooks.json").write_text(json.dumps(documents))
    ctl(profile, credentials, "webhook", "import", folder / "webhooks.json")

    servers = [Serve(profile, credentials), Serve(profile, credentials)]
    stopping = threading.Event()
    senders = [Sender(f"integration-{n}", servers, stopping) for n in range(INTEGRATIONS)]
    for sender in senders:
        sender.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.2))
        servers[chance.randrange(2)].kill()
    stopping.set()
    for sender in senders:
        sender.join()
    accepted = {(sender.integration, number) for sender in senders for number in sender.accepted}

    def arrived():
        with recorder.lock:
            return {(a[2]["integration"], a[2]["sequence"]) for a in recorder.arrivals if a[0] == "/hook" and a[3] == 200}

    wait_for(lambda: accepted <= arrived(), 30, lambda: f"{len(accepted - arrived())} of {len(accepted)} did not arrive")
    wait_for(lambda: not ctl(profile, credentials, "delivery", "list", "--state", "pending,sending,waiting"), 10,
             lambda: "something is not finished")
    assert [server.stop() for server in servers] == [0, 0], "serve did not end well"
    arrivals = [arrival for arrival in recorder.arrivals if arrival[0] == "/hook"]
    lost, duplicates, reorderings = losses_duplicates_reorderings(arrivals, accepted)
    statuses = collections.Counter(arrival[3] for arrival in arrivals)
    print(f"seed {SEED}: {len(accepted)} events accepted, {sum(s.unanswered for s in senders)} unanswered, {KILLS} kills, "
          f"{len(lost)} lost, {duplicates} duplicates, {reorderings} reorderings; answers {dict(statuses)}")
    assert not lost and not reorderings
    assert len(accepted) > 300 and statuses[500] and statuses[0] and statuses[429]
    states = {webhook["name"]: webhook["active"] for webhook in ctl(profile, credentials, "webhook", "list")}
    assert states == {"target": True, "gone": False}, states
    recorder.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as place:
        tell(pathlib.Path(place))
