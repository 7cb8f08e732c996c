#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of deliveries as their target treats its connections: delivery_connections.py BIN STORY, where STORY is one of
those below."""
from connecting import ConnectionTarget
from serving import Serve, document, event, tell, wait_for

ONE_TRY = {"retry_delays_in_sec": [], "concurrency": 1}


def deliver_one_by_one(place, serve, count, between=lambda number: None):
    """Each event is finished before the next one comes."""
    for number in range(1, count + 1):
        status, answer = serve.post(event("integration", number))
        assert status == 202, answer
        place.wait_until_finished()
        between(number)


def attempts_of(place):
    """The invocations of each delivery, the oldest delivery first."""
    shown = [place.ctl("delivery", "show", delivery["id"]) for delivery in place.deliveries()]
    return [one["invocations"] for one in sorted(shown, key=lambda one: one["created_at"])]


def check_times(invocation):
    """What was sent, and how long it took in all, stands in each attempt."""
    assert invocation["sent"] == 1, invocation
    assert invocation["timings_ms"]["total"] > 0, invocation


def story_of_a_half_open_connection(place):
    """The target ends idle connections with close_notify and keeps the socket open: nothing is sent on them any more."""
    target = ConnectionTarget(place.folder / "target", lambda *_: "answer", idle=0.3)
    place.webhooks(document("target", target.url_of("/hook"), target, delivery=ONE_TRY))
    with Serve(place) as serve:
        deliver_one_by_one(place, serve, 5, lambda number: wait_for(lambda: target.ended == number, "it ended nothing"))
        serve.stop()
    finished = place.deliveries()
    assert [(d["state"], d["attempts"]) for d in finished] == [("delivered", 1)] * 5, finished
    assert target.sequences() == [1, 2, 3, 4, 5] and target.connections == 5, target.arrivals
    for invocations in attempts_of(place):
        assert len(invocations) == 1 and not invocations[0].get("connection_reused"), invocations
        check_times(invocations[0])
    print("5 events, each after the connection had been ended: 5 requests, no failure, no second try")


def story_of_a_body_that_close_notify_ends(place):
    """A body without a length is whole where close_notify ends it, though the socket stays open."""
    target = ConnectionTarget(place.folder / "target", lambda *_: "until closed")
    place.webhooks(document("target", target.url_of("/hook"), target, delivery=ONE_TRY))
    with Serve(place) as serve:
        deliver_one_by_one(place, serve, 3)
        serve.stop()
    finished = place.deliveries()
    assert [(d["state"], d["attempts"]) for d in finished] == [("delivered", 1)] * 3, finished
    assert target.sequences() == [1, 2, 3], target.arrivals
    print("3 events, 3 answers without a length: delivered")


def story_of_kept_connections_that_die(place):
    """Each connection takes one request and drops the second: that is sent again at once, on a fresh one, though the
    webhook allows no second try."""
    target = ConnectionTarget(place.folder / "target", lambda _, number, __: "abort" if number else "answer")
    place.webhooks(document("target", target.url_of("/hook"), target, delivery=ONE_TRY))
    with Serve(place) as serve:
        deliver_one_by_one(place, serve, 5)
        serve.stop()
    finished = place.deliveries()
    assert {d["state"] for d in finished} == {"delivered"}, finished
    assert target.sequences() == [1, 2, 2, 3, 3, 4, 4, 5, 5], target.arrivals
    assert target.connections == 5, target.connections
    first, *others = attempts_of(place)
    assert len(first) == 1 and len(others) == 4, first
    for invocations in others:
        lost, repeated = sorted(invocations, key=lambda one: one["started_at"])
        assert lost["error"]["kind"] == "reset" and lost["connection_reused"], lost
        assert repeated["verdict"] == "successful" and not repeated.get("connection_reused"), repeated
        for one in (lost, repeated):
            check_times(one)
    print("5 events, 4 lost with a kept connection: each sent again once, at once, as an attempt of its own")


def story_of_connections_that_always_die(place):
    """Fresh connections that are dropped count as ever; a request on a kept one is repeated once a try, no more."""
    def answering(count):
        return lambda connection, number, _: "answer" if connection + number < count else "abort"

    retries = {"once": [], "thrice": [1, 1], "good": [1]}
    targets = {name: ConnectionTarget(place.folder / name, answering(1 if name == "good" else 0)) for name in retries}
    place.webhooks(*(document(name, targets[name].url_of("/hook"), targets[name], delivery={"retry_delays_in_sec": delays})
                     for name, delays in retries.items()))
    with Serve(place) as serve:
        deliver_one_by_one(place, serve, 2)
        serve.stop()
    states = {}
    for delivery in place.deliveries():
        states.setdefault(delivery["webhook"]["name"], []).append(delivery["state"])
    assert {name: sorted(found) for name, found in states.items()} == {
        "once": ["dead"] * 2, "thrice": ["dead"] * 2, "good": ["dead", "delivered"]}, states
    # of the second event to the good one: the request on the kept connection, its repetition, and the second try
    arrived = {name: target.sequences() for name, target in targets.items()}
    assert arrived == {"once": [1, 2], "thrice": [1, 1, 1, 2, 2, 2], "good": [1, 2, 2, 2]}, arrived
    print(f"requests, by webhook: {({name: len(found) for name, found in arrived.items()})}")


if __name__ == "__main__":
    tell({"half_open": story_of_a_half_open_connection, "close_notify": story_of_a_body_that_close_notify_ends,
          "kept_connections": story_of_kept_connections_that_die, "dying_connections": story_of_connections_that_always_die})
