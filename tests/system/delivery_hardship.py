#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What deliveries stand: delivery_hardship.py BIN STORY, where STORY is one of those below."""
import json
import os
import resource
import struct
import threading

from recorder import Recorder
from serving import SANITIZED, Serve, check_order, document, event, tell, wait_for
from target import Target

DAY = 24 * 3600


def story_of_two_processes(place):
    """Two processes on one profile, and events from both and from a third one: nothing twice, all in order."""
    target = Target(place.folder / "target")
    place.webhooks(document("target", target.url, target))
    lanes = 16
    with Serve(place) as one, Serve(place) as other:
        for turn in range(10):
            batch = range(turn * 60 + 1, turn * 60 + 61)
            events = [event(f"integration-{n % lanes}", n) for n in batch]
            if turn % 3 == 2:
                place.emit(events)
            else:
                status, answer = (one, other)[turn % 3].post(events)
                assert status == 202, answer
        finished = place.wait_until_finished()
        one.stop()
        other.stop()
    assert {(d["state"], d["attempts"]) for d in finished} == {("delivered", 1)}
    arrivals = target.sequences()
    check_order([(n % lanes, n) for n in arrivals])
    assert sorted(arrivals) == list(range(1, 601)), f"{len(arrivals)} arrivals"
    target.close()
    print("600 events, two processes: 600 arrivals, no duplicates, in order")


class MovedClock:
    """The calendar clock of those who get `environment`."""

    def __init__(self, folder):
        self.file = folder / "clock"
        self.move(0)
        # a sanitizer's own library does not come first then, and need not
        self.environment = {"LD_PRELOAD": os.environ["TOCSIN_MOVED_CLOCK"], "TOCSIN_CLOCK_MOVED": str(self.file),
                            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}

    def move(self, seconds):
        with open(self.file, "r+b" if self.file.exists() else "w+b") as file:
            file.write(struct.pack("=q", seconds))


def story_of_a_clock_that_jumps(place):
    """Forwards and backwards while deliveries wait for their next try, and while one is on the wire: none is sent sooner
    twice, and none is forgotten until the clock has come to where it was."""
    clock = MovedClock(place.folder)
    good, release = threading.Event(), threading.Event()

    def answer(path, _):
        if path == "/never":
            return 500, {}
        if path == "/held":
            return 200, {}, release.wait
        return (200 if good.is_set() else 500), {}

    recorder = Recorder(place.folder / "target", answer)
    patient = {"retry_delays_in_sec": [2] * 12 + [30] * 8}
    place.webhooks(document("later", recorder.url_of("/later"), recorder, delivery=patient),
                   document("held", recorder.url_of("/held"), recorder, timeout_in_sec=300),
                   document("never", recorder.url_of("/never"), recorder, delivery={"retry_delays_in_sec": [1] * 4}))
    place.emit([event("integration", 1)])

    def tries():
        return len(recorder.arrived("/later"))

    keep = "--keep", "36500"  # what is finished grows old with the clock
    with Serve(place, *keep, environment=clock.environment) as one, Serve(place, *keep, environment=clock.environment) as other:
        wait_for(lambda: recorder.arrived("/held"), "the one that is held was not sent")
        for number, days in enumerate((1, -2, 365, -365, 0), start=1):
            clock.move(days * DAY)
            status, told = (one, other)[number % 2].post(event(f"other-{number}", number))
            assert status == 202, told
            before = tries()
            wait_for(lambda: tries() > before, f"nothing was tried again with the clock {days} days off")
        wait_for(lambda: len(recorder.arrived("/held")) >= 6, "not all that is held was sent")
        good.set()
        release.set()
        finished = place.wait_until_finished()
        one.stop()
        other.stop()
    states = {name: {(d["state"]) for d in finished if d["webhook"]["name"] == name} for name in ("later", "held", "never")}
    assert states == {"later": {"delivered"}, "held": {"delivered"}, "never": {"dead"}}, states
    for name in ("later", "held", "never"):
        tried = sum(d["attempts"] for d in finished if d["webhook"]["name"] == name)
        assert tried == len(recorder.arrived("/" + name)), f"{name}: {tried} attempts"
    assert {d["attempts"] for d in finished if d["webhook"]["name"] == "never"} == {5}, finished
    assert len(recorder.arrived("/held")) == 6, recorder.arrived("/held")  # once, though the clock jumped over the lease
    print(f"five jumps up to a year: {len(recorder.arrived('/later'))} attempts until the target was well, 5 until given up, "
          "1 of what was on the wire")


def story_of_a_full_disk(place):
    """Files may not grow: events are refused and their senders told, and those that were accepted survive; with room
    again, it goes on by itself."""
    recorder = Recorder(place.folder / "target", lambda *_: (200, {}))
    place.webhooks(document("target", recorder.url_of("/hook"), recorder))
    accepted, refused = [], []
    padding = {"padding": "x" * 20_000}
    with Serve(place) as serve:
        serve_limit = 4 * 1024 * 1024
        resource.prlimit(serve.process.pid, resource.RLIMIT_FSIZE, (serve_limit, resource.RLIM_INFINITY))
        number = 0
        while len(refused) < 5:
            number += 1
            status, answer = serve.post(event(f"integration-{number % 8}", number, **padding))
            (accepted if status == 202 else refused).append(number)
            if status != 202:
                assert status == 503 and "full" in answer["error"], answer
            assert number < 5000, "the limit does nothing"
        assert serve.process.poll() is None, "serve did not outlive it"
        resource.prlimit(serve.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

        def takes():
            nonlocal number
            number += 1
            status, _ = serve.post(event(f"integration-{number % 8}", number))
            (accepted if status == 202 else refused).append(number)
            return status == 202

        wait_for(takes, "nothing is accepted, though there is room")
        finished = place.wait_until_finished()
        serve.stop()
    assert {d["state"] for d in finished} == {"delivered"}, finished
    arrivals = recorder.arrived()
    check_order([arrival[:2] for arrival in arrivals])
    arrived = sorted(sequence for _, sequence, _ in arrivals)
    assert sorted(set(arrived)) == accepted, f"accepted {accepted}, arrived {arrived}"
    print(f"{len(accepted)} events accepted and delivered, {len(refused)} refused and told, "
          f"{len(arrived) - len(accepted)} duplicates")


def story_of_a_backlog(place):
    """A hundred thousand that wait: they come in order, and memory does not grow with them."""
    count, lanes = 100_000, 500
    seen = int(os.environ.get("TOCSIN_DRAINED", 5_000))  # what a busy machine sends soon
    limit = 800 if SANITIZED else 200  # MiB
    target = Target(place.folder / "target")
    place.webhooks(document("target", target.url, target))
    rows = "\n".join(json.dumps(event(f"integration-{n % lanes}", n)) for n in range(1, count + 1))
    accepted = place.ctl("emit", "--force", text=rows)
    assert len(accepted) == count
    with Serve(place, listens=False) as serve:
        wait_for(lambda: target.count() >= seen, lambda: f"{target.count()} arrived")
        memory = serve.peak_memory()
        serve.stop()
    arrivals = target.sequences()
    check_order([(n % lanes, n) for n in arrivals])
    assert len(set(arrivals)) == len(arrivals), "something arrived twice"
    lane = sorted(n for n in arrivals if n % lanes == 1)
    assert lane == list(range(1, 1 + lanes * len(lane), lanes)), "a lane has gaps"
    assert memory < limit, f"{memory:.0f} MiB"
    target.close()
    print(f"{count} waiting, {len(arrivals)} arrived, none twice, in order; at most {memory:.0f} MiB")


if __name__ == "__main__":
    tell({"two_processes": story_of_two_processes, "clock": story_of_a_clock_that_jumps, "full_disk": story_of_a_full_disk,
          "backlog": story_of_a_backlog})
