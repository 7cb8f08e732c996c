#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A webhook that is changed while its deliveries go out, over a real keychain: delivery_documents.py BIN STORY [SEED], where
STORY is one of those below."""
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time

from delivery_hardship import MovedClock
from recorder import Recorder
from serving import PATIENCE, TOKEN, Place, Serve, document, event, wait_for

REPLACEMENTS = 60
KILLED = 0.4  # of them
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
chance = random.Random(SEED)


class KeychainPlace(Place):
    """Its secrets are in the keychain, where Save and import put them."""

    def __init__(self, folder):
        super().__init__(folder)
        self.set_secret("ingest/token", TOKEN)

    def call(self, *arguments):
        call = super().call(*arguments)
        at = call.index("--credentials")
        return call[:at] + call[at + 2:]

    def set_secret(self, key, value):
        self.ctl("secret", "set", key, text=value)

    def import_command(self):
        return self.call("webhook", "import", "--replace")

    def replace(self, hook):
        self.ctl("webhook", "import", "--replace", text=json.dumps(hook))

    def in_keychain(self):
        """How many secrets it holds, whether their names are known or not."""
        found = subprocess.run(["secret-tool", "search", "--all", "server", "tocsin"], check=True, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
        return sum(line.startswith("label = ") for line in found.stdout.splitlines())

    def only_webhook(self):
        return self.ctl("webhook", "show", "target")


class Poster(threading.Thread):
    """Posts events of several integrations without end."""

    def __init__(self, serve):
        super().__init__(daemon=True)
        self.serve, self.stopping, self.failure = serve, threading.Event(), None

    def run(self):
        number = 0
        try:
            while not self.stopping.wait(0.02):
                number += 1
                status, answer = self.serve.post(event(f"integration-{number % 8}", number))
                assert status == 202, answer
        except Exception as failure:
            self.failure = failure

    def stop(self):
        self.stopping.set()
        self.join()
        if self.failure:
            raise self.failure


def numbered(number, recorder):
    """URL and token are one another's."""
    hook = document("target", recorder.url_of(f"/{number}"), recorder)
    hook["type"]["http_request"]["headers"] = {"DD-API-KEY": f"token-number-{number}"}
    return hook


def replace_or_die(place, hook, usual):
    """Whether the import was killed, somewhen in the seconds that it usually takes."""
    with subprocess.Popen(place.import_command(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True) as process:
        process.stdin.write(json.dumps(hook))
        process.stdin.close()
        if chance.random() < KILLED:
            try:
                process.wait(timeout=chance.uniform(0, 1.2 * usual))
            except subprocess.TimeoutExpired:
                process.kill()
                return True
        told = process.stderr.read()
        assert process.wait(timeout=PATIENCE) == 0, told
    return False


def story_of_replacements(place):
    """URL and token are replaced together, again and again, by imports some of which are killed: no request carries another
    document's token, and the keys of killed imports go when they are old enough."""
    turn = iter(range(1 << 30))
    recorder = Recorder(place.folder / "target", lambda *_: (500 if next(turn) % 7 == 3 else 200, {}))
    place.webhooks(numbered(0, recorder))
    begun = time.monotonic()
    place.replace(numbered(0, recorder))
    usual, kills = time.monotonic() - begun, 0
    with Serve(place) as serve:
        poster = Poster(serve)
        poster.start()
        for number in range(1, REPLACEMENTS + 1):
            kills += replace_or_die(place, numbered(number, recorder), usual)
            before = len(recorder.arrivals)
            wait_for(lambda: len(recorder.arrivals) > before + 2, f"seed {SEED}: nothing goes out any more")
        poster.stop()
        place.replace(numbered(REPLACEMENTS + 1, recorder))
        place.wait_until_finished()
        serve.stop()
    with recorder.lock:
        sent = [(path, headers["DD-API-KEY"]) for (path, *_), (headers, _) in zip(recorder.arrivals, recorder.requests)]
    wrong = [pair for pair in sent if pair[1] != f"token-number-{pair[0][1:]}"]
    paths = {path for path, _ in sent}
    keys = {row["key"] for row in place.ctl("secret", "list")}
    clock = MovedClock(place.folder)
    clock.move(2 * 3600)
    subprocess.run(place.call("webhook", "list"), check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, **clock.environment})
    left = {row["key"]: row["webhooks"] for row in place.ctl("secret", "list")}
    print(f"seed {SEED}: {REPLACEMENTS} replacements, {kills} of them killed; {len(sent)} requests to {len(paths)} URLs, "
          f"{len(wrong)} with another document's token; {len(keys)} keys, {len(left)} two hours later")
    assert not wrong, wrong[:10]
    assert kills > 5 and len(paths) > REPLACEMENTS / 3, (kills, paths)
    assert place.in_keychain() == len(left), f"{place.in_keychain()} secrets in the keychain"
    del left["ingest/token"]
    assert list(left.values()) == [["target"]], left
    assert {d["state"] for d in place.deliveries()} == {"delivered"}
    recorder.close()


def story_of_one_gone_late(place):
    """The old URL answers 410 when the webhook has a new one already: it stays active, and the event arrives there."""
    release = threading.Event()
    recorder = Recorder(place.folder / "target", lambda path, _: (200, {}) if path == "/2" else (410, {}, release.wait))
    place.webhooks(numbered(1, recorder))
    place.emit([event("integration", 1), event("integration", 2)])
    with Serve(place, listens=False) as serve:
        wait_for(lambda: recorder.arrived("/1"), "nothing was sent")
        place.replace(numbered(2, recorder))
        release.set()
        finished = place.wait_until_finished()
        serve.stop()
    print(f"{[(d['state'], d['attempts'], d['last_reason']) for d in finished]}")
    assert {d["state"] for d in finished} == {"delivered"}, finished
    assert [a[1] for a in recorder.arrived("/2")] == [1, 2] and len(recorder.arrived("/1")) == 1, recorder.arrivals
    assert place.only_webhook()["active"]
    recorder.close()


def story_of_a_missing_secret(place):
    """A secret that is gone is no failure of the target: what waits for it says so, once, and goes out when the webhook
    refers to another one."""
    recorder = Recorder(place.folder / "target", lambda *_: (200, {}))
    hook = document("target", recorder.url_of("/hook"), recorder)

    def with_key(key):
        return {**hook, "type": {"http_request": {**hook["type"]["http_request"], "headers": {"X-Api-Key": "${secret:%s}" % key}}}}

    place.set_secret("team/one", "key-number-one")
    place.webhooks(with_key("team/one"))
    place.ctl("secret", "delete", "team/one")
    place.emit(event(f"integration-{n}", n) for n in range(1, 5))
    with Serve(place, listens=False) as serve:
        wait_for(lambda: any("team/one" in d["last_reason"] for d in place.deliveries()), place.deliveries)
        waiting = place.deliveries()
        assert {d["attempts"] for d in waiting} == {0}, waiting
        assert {d["state"] for d in waiting} <= {"pending", "sending"}, waiting
        place.set_secret("team/two", "key-number-two")
        place.replace(with_key("team/two"))
        wait_for(lambda: len(recorder.requests) == 4, "they were not sent")
        finished = place.wait_until_finished()
        serve.stop()
    assert {(d["state"], d["attempts"]) for d in finished} == {("delivered", 1)}, finished
    assert {headers["X-Api-Key"] for headers, _ in recorder.requests} == {"key-number-two"}
    print("4 events waited for a secret without an attempt, and went out with another")
    recorder.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as place:
        {"replaced": story_of_replacements, "gone_late": story_of_one_gone_late,
         "missing_secret": story_of_a_missing_secret}[sys.argv[2]](KeychainPlace(place))
