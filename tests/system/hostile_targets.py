#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every fault that a target can have, at once, beside one that is healthy: hostile_targets.py BIN matrix [FAULT …]."""
import collections
import http.client
import sys
import threading
import time

from hostile import ACTED, BELOW_TLS, JUDGED, WRITTEN, HostileTarget
from recorder import Recorder
from serving import MEMORY, Serve, document, event, tell, wait_for

AT_ONCE = 12  # faults; more of them, and the targets here would be what is slow
ROUNDS = 2  # so that each webhook is seen to go on after its fault

# Kinds that an attempt may end with, where it is not "protocol"; None: successful, but for its validator.
JUDGED_ONLY = {None, "validator"}
KINDS = {
    **dict.fromkeys(["no-reason", "status-999"], {"validator", "http"}),
    **dict.fromkeys(["switches", "redirects", "wild-location", "retry-never"], {"http"}),
    **dict.fromkeys(["closes", "aborts", "aborts-in-status", "aborts-in-fields", "aborts-in-body", "closes-in-body", "cut-chunks"],
                    {"reset", "protocol"}),
    **dict.fromkeys(["fields-900", "no-content", "gzip-bomb", "deflate-bomb", "lone-surrogates", "not-utf-8", "utf-16", "unknown-charset",
                     "nothing-but-nul", "floods-the-body", *(name for name in WRITTEN if name.startswith("json-"))], JUDGED_ONLY),
    **dict.fromkeys(["floods-chunks", "floods-an-answered-one", "gzip-in-gzip", "gzip-many"], {*JUDGED_ONLY, "timeout", "protocol"}),
    **dict.fromkeys(["silent", "drips-the-status", "drips-the-fields", "drips-the-body", "stalls-in-status", "stalls-in-fields",
                     "stalls-in-body", "accepts-and-is-silent"], {"timeout"}),
    **dict.fromkeys(["floods-interim", "floods-an-extension"], {"timeout", "protocol"}),
    **dict.fromkeys(["accepts-and-aborts", "speaks-plain-http", "speaks-garbage", "sends-an-alert"], {"tls", "reset"}),
    "floods-before-tls": {"tls", "reset", "timeout"},
    **{name: {"timeout"} if "stalls" in name else {"tls", "reset"} if "aborts" in name else {"timeout", *JUDGED_ONLY}
       for name in BELOW_TLS if name.startswith("tls-")},
}
NAMES = sys.argv[3:] or [*WRITTEN, *ACTED, *BELOW_TLS]


def hostile_documents(target):
    members = {"timeout_in_sec": 6, "delivery": {"retry_delays_in_sec": []},
               "response_validators": [{"json_path": JUDGED, "expected_values": ["1"]}]}
    return [document(name, target.url_of(name), target, filters={"integration": [f"hostile-{index // AT_ONCE}"]}, **members)
            for index, name in enumerate(NAMES)]


class Health:
    """Asks for /healthz, and posts events to the healthy target, until told to stop."""

    def __init__(self, serve, moments):
        self.serve, self.moments = serve, moments
        self.posted = {}
        self.answers = []
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._go, daemon=True)
        self.thread.start()

    def _go(self):
        number = 0
        while not self.ended.wait(0.1):
            began = time.monotonic()
            connection = http.client.HTTPConnection("127.0.0.1", self.serve.port, timeout=30)
            connection.request("GET", "/healthz")
            assert connection.getresponse().status == 200
            connection.close()
            self.answers.append(time.monotonic() - began)
            number += 1
            self.posted[number] = time.monotonic()
            status, answer = self.serve.post(event(f"healthy-{number % 10}", number))
            assert status == 202, answer

    def stop(self):
        self.ended.set()
        self.thread.join()


def hostile(deliveries):
    return [d for d in deliveries if d["webhook"]["name"] != "healthy"]


def percentile(values, share):
    return sorted(values)[int(len(values) * share)]


def story_of_a_matrix(place):
    target = HostileTarget(place.folder / "hostile")
    moments = {}

    def answer(_, body):
        moments[body["sequence"]] = time.monotonic()
        return 200, {}

    healthy = Recorder(place.folder / "healthy", answer)
    integrations = {"integration": [f"healthy-{n}" for n in range(10)]}
    place.webhooks(document("healthy", healthy.url_of("/hook"), healthy, filters=integrations), *hostile_documents(target))
    with Serve(place) as serve:
        health = Health(serve, moments)

        def is_done():
            assert serve.process.poll() is None, f"serve ended with {serve.process.returncode}: {serve.log.read_text()[-2000:]}"
            return not hostile(place.unfinished())

        for group in range(-(-len(NAMES) // AT_ONCE)):
            for number in range(1, ROUNDS + 1):
                assert serve.post(event(f"hostile-{group}", number))[0] == 202
            wait_for(is_done, lambda: f"unfinished: {hostile(place.unfinished())[:5]}")
        health.stop()
        finished = place.wait_until_finished()
        memory = serve.peak_memory()
        serve.stop()
    ended = collections.Counter()
    wrong = []
    for one in hostile(finished):
        name = one["webhook"]["name"]
        attempts = place.ctl("delivery", "show", one["id"])["invocations"]
        kinds = [(attempt.get("error") or {}).get("kind") for attempt in attempts]
        ended[kinds[-1]] += 1
        if len(attempts) != 1 or kinds[0] not in KINDS.get(name, {"protocol"}):
            wrong.append((name, one["state"], kinds, [(a.get("error") or {}).get("message") for a in attempts]))
        target.requests[name] -= sum(attempt["sent"] for attempt in attempts)
    assert not wrong, "\n".join(map(str, wrong))
    # what is lost between here and the target was sent all the same
    different = {name: count for name, count in target.requests.items() if count > 0 or (count and name not in BELOW_TLS)}
    assert not different, f"requests on the wire beyond those told: {different}"
    good = [d for d in finished if d["webhook"]["name"] == "healthy"]
    assert len(good) == len(health.posted) and {(d["state"], d["attempts"]) for d in good} == {("delivered", 1)}, good
    assert memory < MEMORY, f"{memory:.0f} MiB"
    taken = [moments[number] - posted for number, posted in health.posted.items()]
    print(f"{len(NAMES)} faults, {ROUNDS} events each: {dict(ended)}; beside them {len(good)} healthy deliveries, p95 "
          f"{1000 * percentile(taken, 0.95):.0f} ms, /healthz at most {1000 * max(health.answers):.0f} ms; {memory:.0f} MiB")


if __name__ == "__main__":
    tell({"matrix": story_of_a_matrix})
