#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rules of a webhook and a mute promise holds, whatever is killed (-9): delivery_rules.py BIN STORY [SEED], where
STORY is one of those below."""
import collections
import datetime
import itertools
import json
import random
import socket
import sys
import threading
import time

from recorder import Recorder
from serving import Serve, check_order, document, event, tell, wait_for

KILLS = 6
INTEGRATIONS = 4
STATUSES = ["Error", "Warning", "Active"]  # the filters let the first two through
RATE = 30
BURST = 200  # changes that come at once
MAXIMUM_AGE = 3600  # seconds
UNFINISHED = "pending,sending,waiting"
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)


class Target(Recorder):
    """Answers well, late, badly or not at all, and remembers when each request came, by the wall clock."""

    def __init__(self, folder):
        self.moments = []
        turns = itertools.count(1)

        def answer(path, _):
            self.moments.append(time.time())
            turn = next(turns) if path in ("/newest", "/settle") else 1
            if turn % 5 == 0:
                return 500, {}
            if turn % 7 == 0:
                return None
            return 200, {}, lambda: time.sleep(0.2 if path == "/newest" else 0)

        super().__init__(folder, answer)

    def came(self, path):
        """(moment, webhook-id, integration, sequence, status), in order."""
        with self.lock:
            return [(moment, message, body["integration"], body["sequence"], status)
                    for moment, (where, message, body, status) in zip(self.moments, self.arrivals) if where == path]


class Emitter(threading.Thread):
    """Emits changes until it is told to stop: of each integration in order, several of one at once among them."""

    def __init__(self, place, stopping):
        super().__init__(daemon=True)
        self.place, self.stopping = place, stopping
        self.chance = random.Random(f"{SEED} emitter")
        self.sequence = itertools.count(1)
        self.status, self.last, self.answers, self.fault = {}, {}, [], None

    def change(self, integration, statuses):
        status = self.chance.choice([one for one in statuses if one != self.status.get(integration)])
        self.status[integration] = status
        self.last[integration] = next(self.sequence)
        return event(integration, self.last[integration], status=status)

    def emit(self, events):
        self.answers += self.place.ctl("emit", text="\n".join(json.dumps(one) for one in events))

    def run(self):
        try:
            while not self.stopping.is_set():
                names = [f"integration-{n}" for n in range(INTEGRATIONS)]
                chosen = self.chance.sample(names, 2) + [self.chance.choice(names)]
                self.emit([self.change(name, STATUSES) for name in chosen])
                self.stopping.wait(self.chance.uniform(0.05, 1))
        except BaseException as fault:  # told by who waits for it
            self.fault = fault

    def end(self):
        """What is so at last: a status that every webhook is told."""
        self.emit([self.change(f"integration-{n}", STATUSES[:2]) for n in range(INTEGRATIONS)])


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def import_webhooks(place, target, deaf):
    def of(name, types, rules, **members):
        return document(name, target.url_of(f"/{name}"), target, filters={"type": types},
                        delivery={"retry_delays_in_sec": [1] * 20, "concurrency": 8, **rules}, **members)

    aged = of("age", ["aged"], {"maximum_age_in_sec": MAXIMUM_AGE, "retry_delays_in_sec": [600] * 3})
    aged["type"]["http_request"]["url"] = f"https://localhost:{deaf}/hook"
    place.webhooks(of("newest", ["mysql"], {"keep": "newest"}), of("settle", ["mysql"], {"settle_in_sec": 2}),
                   of("rate", ["burst"], {"rate_per_minute": RATE}), of("muted", ["quiet"], {}), aged)


def mute(place):
    """Changes that came while the webhook was muted: until when, and what was answered to them."""
    def emit(number):
        return place.ctl("emit", text=json.dumps(event("quiet", number, type="quiet")))[0]

    for first in itertools.count(1, 3):  # on a slow machine it may be over before anything came
        until = moment(place.ctl("webhook", "mute", "muted", "--for", "5s")["mute"]["until"])
        answers = [emit(number) for number in range(first, first + 3)]
        held = [answer for answer in answers if any(one["held_by"] == "mute" for one in answer.get("held", []))]
        if len(held) > 1:
            return until, first, held


def check_newest(place, target, emitter):
    came = target.came("/newest")
    check_order((integration, sequence) for _, _, integration, sequence, _ in came)
    told = {integration: sequence for _, _, integration, sequence, status in came if status == 200}
    assert told == emitter.last, (told, emitter.last)
    assert place.deliveries("--webhook", "newest", "--state", "superseded"), "no newer status came before an older one went out"


def check_settle(place, target):
    came = target.came("/settle")
    superseded = {one["message_id"] for one in place.deliveries("--webhook", "settle", "--state", "superseded")}
    assert superseded, "changes that were emitted at once did not supersede one another"
    assert not superseded & {message for _, message, *_ in came}, "what was superseded arrived"
    check_order((integration, sequence) for _, _, integration, sequence, _ in came)
    return len(superseded)


def check_rate(place, target):
    """A request arrives some time after it was claimed, and that is what counts: so the windows are ten seconds shorter."""
    moments = [one[0] for one in target.came("/rate")]
    for first in moments:
        burst = sum(first <= one < first + 50 for one in moments)
        assert burst <= RATE, f"{burst} within a minute"
    wait_for(lambda: any(one["held_by"] == "rate" for one in place.deliveries("--webhook", "rate")), "one that the rate holds")
    return len(moments)


def check_mute(place, target, until, first, held):
    """`first`: the number of the first change while it was muted; nothing came in before."""
    came = [one for one in target.came("/muted") if one[3] >= first]
    assert all(one[0] > until - 0.1 for one in came), f"arrived while muted: {came}, until {until}"
    states = {one["id"]: one["state"] for one in place.deliveries("--webhook", "muted")}
    overtaken = [states[answer["delivery_ids"][0]] for answer in held[:-1]]
    assert overtaken == ["superseded"] * len(overtaken), states
    # what came after the mute has gone out too, and the newest last
    assert came and came[-1][3] == first + 2, came


def check_age(place):
    aged = wait_for(lambda: [one for one in place.deliveries("--webhook", "age") if one["state"] == "waiting"],
                    "one that waits to be tried again")
    assert len(aged) == 1 and aged[0]["attempts"] >= 1, aged
    left = moment(aged[0]["expires_at"]) - moment(aged[0]["created_at"])
    assert abs(left - MAXIMUM_AGE) < 2, left


def story_of_kills(place):
    """One server, killed and started again, while integrations change their status."""
    chance = random.Random(SEED)
    target = Target(place.folder / "target")
    deaf = socket.socket()  # its port is ours, and nobody listens there
    deaf.bind(("127.0.0.1", 0))
    import_webhooks(place, target, deaf.getsockname()[1])
    place.emit([event("aged", 1, type="aged")] + [event(f"burst-{n}", 1, type="burst") for n in range(BURST)])
    stopping = threading.Event()
    emitter = Emitter(place, stopping)
    serve = Serve(place, "--lease", "1", listens=False)
    emitter.start()
    muting = []
    muter = threading.Thread(target=lambda: muting.append(mute(place)), daemon=True)
    muter.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.3, 2))
        serve.__exit__()
        serve = Serve(place, "--lease", "1", listens=False)
    muter.join()
    stopping.set()
    emitter.join()
    assert not emitter.fault, emitter.fault
    emitter.end()
    for name in ("newest", "settle", "muted"):
        wait_for(lambda: not place.deliveries("--webhook", name, "--state", UNFINISHED), f"the end of what {name} is told")
    rate = check_rate(place, target)
    check_age(place)
    serve.stop()
    check_newest(place, target, emitter)
    superseded = check_settle(place, target)
    check_mute(place, target, *muting[0])
    arrived = collections.Counter(path for path, *_ in target.arrivals)
    print(f"seed {SEED}: {len(emitter.answers)} changes, {KILLS} kills; arrived: {dict(arrived)}; {superseded} did not last; "
          f"{rate} at the rate")
    target.close()
    deaf.close()


if __name__ == "__main__":
    tell({"kills": story_of_kills})
