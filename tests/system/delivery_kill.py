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
import random
import sys
import tempfile
import threading
import time

from recorder import Recorder
from serving import SIGNING_SECRET, TOKEN, Place, Serve, document, event, wait_for

KILLS = 14
INTEGRATIONS = 24
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
chance = random.Random(SEED)
turns = itertools.count()


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


def start(place):
    return Serve(place, "--lease", "1")


def tell(place):
    place.secret("signing", SIGNING_SECRET)
    recorder = Recorder(place.folder / "target", answer)
    place.webhooks(*(document(name, recorder.url_of(path), recorder, filters={"type": ["mysql"]},
                              signing={"secret": "${secret:signing}"})
                     for name, path in (("target", "/hook"), ("gone", "/gone"))))

    servers = [start(place), start(place)]
    stopping = threading.Event()
    senders = [Sender(f"integration-{n}", servers, stopping) for n in range(INTEGRATIONS)]
    for sender in senders:
        sender.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.2))
        killed = chance.randrange(2)
        servers[killed].__exit__()
        servers[killed] = start(place)
    stopping.set()
    for sender in senders:
        sender.join()
    accepted = {(sender.integration, number) for sender in senders for number in sender.accepted}

    def missing():
        return accepted - {(integration, sequence) for integration, sequence, status in recorder.arrived() if status == 200}

    wait_for(lambda: not missing(), lambda: f"seed {SEED}: {len(missing())} of {len(accepted)} did not arrive")
    place.wait_until_finished()
    for server in servers:
        server.stop()
    arrivals = [arrival for arrival in recorder.arrivals if arrival[0] == "/hook"]
    lost, duplicates, reorderings = losses_duplicates_reorderings(arrivals, accepted)
    statuses = collections.Counter(arrival[3] for arrival in arrivals)
    print(f"seed {SEED}: {len(accepted)} events accepted, {sum(s.unanswered for s in senders)} unanswered, {KILLS} kills, "
          f"{len(lost)} lost, {duplicates} duplicates, {reorderings} reorderings; answers {dict(statuses)}")
    assert not lost and not reorderings
    assert len(accepted) > 300 and statuses[500] and statuses[0] and statuses[429]
    states = {webhook["name"]: webhook["active"] for webhook in place.ctl("webhook", "list")}
    assert states == {"target": True, "gone": False}, states
    recorder.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as place:
        tell(Place(place))
