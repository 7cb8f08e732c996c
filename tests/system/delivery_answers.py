#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of deliveries as their target behaves: delivery_answers.py BIN STORY, where STORY is one of those below."""
import collections
import email.utils
import threading
import time

from recorder import Recorder
from serving import Serve, check_order, document, event, tell, wait_for
from target import Target


def story_of_an_outage(place):
    """nginx is down, comes, goes and comes: each event is there once, in order."""
    target = Target(place.folder / "target")
    target.stop()
    place.webhooks(document("target", target.url, target))
    place.emit(event(f"integration-{n % 8}", n) for n in range(1, 41))
    with Serve(place, listens=False) as serve:
        wait_for(lambda: place.deliveries("--state", "waiting"), "nothing was tried")
        target.start()
        place.wait_until_finished()
        target.stop()
        place.emit(event(f"integration-{n % 8}", n) for n in range(41, 81))
        wait_for(lambda: any(d["attempts"] for d in place.unfinished()), "nothing was tried")
        target.start()
        finished = place.wait_until_finished()
        serve.stop()
    assert {d["state"] for d in finished} == {"delivered"}, finished
    arrivals = [(f"integration-{n % 8}", n) for n in target.sequences()]
    check_order(arrivals)
    assert sorted(n for _, n in arrivals) == list(range(1, 81)), arrivals
    target.close()
    tries = sum(d["attempts"] for d in finished)
    print(f"80 events, two outages, {tries} attempts, 80 arrivals, in order")


def story_of_a_slow_one(place):
    """A target that takes its time gets no more at once than its webhook allows, and holds up nobody else."""
    release, under_way, most = threading.Event(), [0], [0]

    def hold():
        release.wait()
        with recorder.lock:
            under_way[0] -= 1

    def answer(path, _):
        if path == "/quick":
            return 200, {}
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        return 200, {}, hold

    recorder = Recorder(place.folder / "target", answer)
    place.webhooks(document("slow", recorder.url_of("/slow"), recorder, delivery={"concurrency": 3}, timeout_in_sec=300),
                   document("quick", recorder.url_of("/quick"), recorder))
    place.emit(event(f"integration-{n % 20}", n) for n in range(1, 101))
    with Serve(place, listens=False) as serve:
        wait_for(lambda: len(recorder.arrived("/quick")) == 100 and len(recorder.arrived("/slow")) == 3,
                 lambda: f"{len(recorder.arrived('/quick'))} quick, {len(recorder.arrived('/slow'))} slow")
        release.set()
        finished = place.wait_until_finished()
        serve.stop()
    assert {(d["state"], d["attempts"]) for d in finished} == {("delivered", 1)}, finished
    assert most[0] == 3, most
    for path in ("/quick", "/slow"):
        check_order([arrival[:2] for arrival in recorder.arrived(path)])
        assert len(recorder.arrived(path)) == 100
    print("100 events to each: the slow one had 3 at once, the quick one was done before")


def story_of_a_flapping_one(place):
    """Good answers after bad ones: each event is taken once, in order, and each attempt is one request."""
    bad = [(500, {}), None, (503, {"Retry-After": "1"}), (302, {"Location": "/x"})]
    seen = collections.Counter()

    def answer(_, body):  # up to three bad answers to an event, each another one
        number = body["sequence"]
        seen[number] += 1
        return bad[(number + seen[number]) % len(bad)] if seen[number] <= number % 4 else (200, {})

    recorder = Recorder(place.folder / "target", answer)
    place.webhooks(document("target", recorder.url_of("/hook"), recorder))
    place.emit(event(f"integration-{n % 15}", n) for n in range(1, 61))
    with Serve(place, listens=False) as serve:
        finished = place.wait_until_finished()
        serve.stop()
    arrivals = recorder.arrived()
    check_order([arrival[:2] for arrival in arrivals])
    taken = sorted(sequence for _, sequence, status in arrivals if status == 200)
    assert taken == list(range(1, 61)), taken
    assert sum(d["attempts"] for d in finished) == len(arrivals), "attempts and requests differ"
    for _, message, body, _ in recorder.arrivals:
        assert {a[1] for a in recorder.arrivals if a[2] == body} == {message}, "the webhook-id changed"
    assert len(arrivals) == 60 + sum(n % 4 for n in range(1, 61)), len(arrivals)
    print(f"60 events, {len(arrivals)} attempts, {dict(collections.Counter(a[2] for a in arrivals))}, each taken once")


def story_of_bad_answers(place):
    """500 to the end, closing without an answer, 429 with seconds and with a date."""
    seen, moments = collections.Counter(), {}

    def answer(path, _):
        seen[path] += 1
        if path == "/error":
            return 500, {}
        if path == "/silent":
            return None
        if seen[path] > 1:
            moments[path, "came"] = time.time()
            return 200, {}
        after = 2 if path == "/seconds" else email.utils.formatdate(time.time() + 3, usegmt=True)
        moments[path, "asked"] = time.time() + 2 if path == "/seconds" else email.utils.parsedate_to_datetime(after).timestamp()
        return 429, {"Retry-After": str(after)}

    recorder = Recorder(place.folder / "target", answer)
    silent = Recorder(place.folder / "silent", answer)  # with no connection that another webhook's request kept alive
    recorders = {"error": recorder, "silent": silent, "seconds": recorder, "date": recorder}
    few = {"retry_delays_in_sec": [1, 1]}
    place.webhooks(*(document(name, one.url_of("/" + name), one, delivery=few) for name, one in recorders.items()))
    place.emit([event("integration", 1)])
    with Serve(place, listens=False) as serve:
        finished = {d["webhook"]["name"]: d for d in place.wait_until_finished()}
        serve.stop()
    results = {name: (d["state"], d["attempts"], len(recorders[name].arrived("/" + name))) for name, d in finished.items()}
    assert results == {"error": ("dead", 3, 3), "silent": ("dead", 3, 3), "seconds": ("delivered", 2, 2),
                       "date": ("delivered", 2, 2)}, results
    for name in ("error", "silent"):
        assert finished[name]["last_reason"].startswith("Given up at attempt 3: "), finished[name]
    for path in ("/seconds", "/date"):
        assert moments[path, "came"] >= moments[path, "asked"], f"{path}: sooner than it was asked for"
    print(f"(state, attempts, requests): {results}")


def story_of_one_that_is_gone(place):
    """410: the webhook is deactivated, and what waits for it is dead and says why; a Test deactivates nothing."""
    recorder = Recorder(place.folder / "target", lambda *_: (410, {}))
    place.webhooks(document("target", recorder.url_of("/hook"), recorder, delivery={"concurrency": 1}))
    place.emit(event(f"integration-{n % 2}", n) for n in range(1, 7))
    with Serve(place) as serve:
        # Before any other process looks: each lets die what is to, and the metrics count what their own process did.
        wait_for(lambda: serve.metric("tocsin_deliveries_dead_total") == 6, "the metrics do not know of six dead ones")
        finished = place.wait_until_finished()
        wait_for(lambda: not place.ctl("webhook", "list")[0]["active"], "the webhook is still active")
        later = place.emit([event("integration-0", 9)])
        serve.stop()
    assert {d["state"] for d in finished} == {"dead"}, finished
    assert {d["last_reason"] for d in finished} == {"The target answered 410 Gone, so the webhook was deactivated."}, finished
    assert len(recorder.arrived()) == 1 and later[0]["delivery_ids"] == [], later
    print("6 events: one request, six dead with the reason, the webhook inactive")


if __name__ == "__main__":
    tell({"outage": story_of_an_outage, "slow": story_of_a_slow_one, "flapping": story_of_a_flapping_one,
          "bad_answers": story_of_bad_answers, "gone": story_of_one_that_is_gone})
