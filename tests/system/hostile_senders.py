#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What senders cannot do to `tocsinctl serve`: hostile_senders.py BIN STORY, where STORY is one of those below."""
import contextlib
import gzip
import http.client
import json
import os
import random
import socket
import threading
import time

from recorder import Recorder
from serving import MEMORY, PATIENCE, TOKEN, Serve, check_order, document, event, tell, wait_for

SECONDS = float(os.environ.get("TOCSIN_HOSTILE_SECONDS", 15))
MOST = 16 * 1024 * 1024  # bytes of a body
BEARER = f"Authorization: Bearer {TOKEN}\r\n"


def repeated(part, size=MOST - 1024):
    return part * (size // len(part))


def hostile(**members):
    return json.dumps({**event("hostile", 1), "data": {**event("hostile", 1, **members)["data"], "type": "hostile"}})


BODIES = {
    "zeros": b"[" + repeated(b"0,") + b"0]",
    "empty arrays": b"[" + repeated(b"[],") + b"0]",
    "empty objects": b"[" + repeated(b'{"":{}},') + b"0]",
    "deep": repeated(b"["),
    "open objects in rows": b"{}\n" + repeated(b"{\n"),
    "lines": repeated(b"\n"),
    "numbers in rows": repeated(b"1\n"),
    "zeros in an event": hostile(pad=0).replace('"pad": 0', '"pad": [' + repeated("0,") + "0]").encode(),
    "many events": b"[" + b",".join([hostile().encode()] * 10_000) + b"]",
    "one long string": hostile(pad="x" * (MOST - 1024)).encode(),
    "no UTF-8": b'"' + repeated(b"\xff\xfe") + b'"',
}
PACKED = {
    "bomb": gzip.compress(b" " * (256 * 1024 * 1024)),
    "zeros, packed": gzip.compress(BODIES["zeros"]),
    "half": gzip.compress(BODIES["empty arrays"])[:-9],
    "no gzip": b"\x1f\x8b" + bytes(1000),
}
HEADS = (
    "GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + "x" * 100_000 + "\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n" * 20_000 + "\r\n",
    "GET /" + "x" * 100_000 + " HTTP/1.1\r\nHost: x\r\n\r\n",
    f"POST /v1/events HTTP/1.1\r\nHost: x\r\n{BEARER}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    f"POST /v1/events HTTP/1.1\r\nHost: x\r\n{BEARER}Content-Length: 99999999999999999999\r\n\r\n",
    f"POST /v1/events HTTP/1.1\r\nHost: x\r\n{BEARER}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    "\x00\x01\x02 / HTTP/9.9\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
)


class Hostile:
    """Those who send until they are told to end; what they are answered does not matter, but for its status."""

    def __init__(self, port):
        self.port = port
        self.ending = threading.Event()
        self.statuses = {}
        self.lock = threading.Lock()
        self.threads = []

    def start(self, send):
        def until_the_end():
            while not self.ending.is_set():
                with contextlib.suppress(OSError, http.client.HTTPException):
                    send()

        self.threads.append(threading.Thread(target=until_the_end, daemon=True))
        self.threads[-1].start()

    def end(self):
        self.ending.set()
        for thread in self.threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a sender waits for ever"

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def post(self, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("POST", "/v1/events?force=true", body, headers)
            status = connection.getresponse().status
            with self.lock:
                self.statuses[status] = self.statuses.get(status, 0) + 1
        finally:
            connection.close()

    def send_bodies(self, bodies, **headers):
        for body in random.sample(bodies, len(bodies)):
            if self.ending.is_set():
                return
            self.post(body, {"Authorization": f"Bearer {TOKEN}", **headers})

    def send_without_a_token(self):
        self.post(BODIES["zeros"], {"Authorization": "Bearer guessed"})

    def send_heads(self):
        for head in HEADS:
            with self.connect() as sender:
                sender.sendall(head.encode("latin-1"))
                sender.settimeout(0.2)
                with contextlib.suppress(TimeoutError):
                    sender.recv(4096)

    def keep_places(self):
        """Far more connections than an address may have, on which hardly anything comes."""
        kept = []
        try:
            for number in range(200):
                kept.append(self.connect())
                if number % 3 == 1:
                    kept[-1].sendall(b"POST /v1/events HTTP/1.1\r\nX-Slow: ")
                if number % 3 == 2:
                    kept[-1].sendall(f"POST /v1/events HTTP/1.1\r\nHost: x\r\n{BEARER}Content-Length: 9999\r\n\r\n[".encode())
                if number % 5 == 0:
                    kept[-1].shutdown(socket.SHUT_WR)
            for _ in range(10):
                self.ending.wait(0.2)
                for one in kept:
                    with contextlib.suppress(OSError):
                        one.sendall(b" ")
        finally:
            for one in kept:
                one.close()


class Monitor:
    """Asks for /healthz all the time, from the address from which the others send."""

    def __init__(self, port):
        self.port = port
        self.ending = threading.Event()
        self.times, self.failures = [], []
        self.thread = threading.Thread(target=self.ask, daemon=True)
        self.thread.start()

    def ask(self):
        while not self.ending.wait(0.1):
            start = time.monotonic()
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                connection.request("GET", "/healthz")
                status = connection.getresponse().status
                if status != 200:
                    self.failures.append(status)
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(repr(error))
            finally:
                connection.close()
            self.times.append(time.monotonic() - start)

    def end(self):
        self.ending.set()
        self.thread.join(PATIENCE)


def post_until_taken(serve, body):
    """A sender that is told to come again does so."""
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, answer = serve.post(body)
            if status == 202:
                return answer["events"][0]["delivery_ids"]
            assert status == 503, answer
        time.sleep(0.1)


def story_of_hostile_senders(place):
    """Bombs, floods, slow and silent ones at once: what a good sender is told to be taken arrives, a monitor is answered
    all the time, and memory stays within its bound."""
    recorder = Recorder(place.folder / "target", lambda path, _: (200, {}, (lambda: time.sleep(0.3)) if path == "/slow" else int))
    place.webhooks(document("good", recorder.url_of("/hook"), recorder, filters={"type": ["mysql"]}),
                   document("large", recorder.url_of("/slow"), recorder, filters={"type": ["large"]}))
    large = [{**event(f"large-{n}", 1), "data": {**event(f"large-{n}", 1, pad="x" * 4_000_000)["data"], "type": "large"}}
             for n in range(30)]
    with Serve(place) as serve:
        for one in large:
            post_until_taken(serve, one)
        monitor, others = Monitor(serve.port), Hostile(serve.port)
        for _ in range(2):
            others.start(lambda: others.send_bodies(list(BODIES.values())))
        others.start(lambda: others.send_bodies(list(PACKED.values()), **{"Content-Encoding": "gzip"}))
        others.start(others.send_without_a_token)
        others.start(others.send_heads)
        others.start(others.keep_places)
        end = time.monotonic() + SECONDS
        taken = 0
        while time.monotonic() < end:
            taken += 1
            post_until_taken(serve, event(f"good-{taken % 8}", taken))
            time.sleep(0.02)
        others.end()
        monitor.end()
        assert not monitor.failures, f"/healthz: {len(monitor.failures)} of {len(monitor.times)}: {monitor.failures[:5]}"
        wait_for(lambda: len({one[1] for one in recorder.arrived()}) == taken,
                 lambda: f"{len(recorder.arrived())} of {taken} arrived")
        wait_for(lambda: len(recorder.arrived("/slow")) == len(large), lambda: f"{len(recorder.arrived('/slow'))} large ones")
        memory = serve.peak_memory()
        serve.stop()
    check_order([one[:2] for one in recorder.arrived()])
    assert memory < MEMORY, f"{memory:.0f} MiB"
    print(f"{taken} good events arrived, in order; {len(monitor.times)} times healthy, {max(monitor.times):.2f} s at the worst; "
          f"{dict(sorted(others.statuses.items()))} told to hostile ones; at most {memory:.0f} MiB")


def story_of_stops(place):
    """It is told to stop at any moment of its work: it ends well each time, and what it said to have taken is there."""
    recorder = Recorder(place.folder / "target", lambda *_: (200, {}))
    place.webhooks(document("target", recorder.url_of("/hook"), recorder))
    taken, lock, seed = [], threading.Lock(), random.randrange(1 << 32)
    moments = random.Random(seed)
    number = 0

    def send(serve, ending):
        nonlocal number
        while not ending.is_set():
            with lock:
                number += 1
                mine = number
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, _ = serve.post(event(f"integration-{mine}", mine))
                if status == 202:
                    with lock:
                        taken.append(mine)

    rounds = 12
    for _ in range(rounds):
        with Serve(place) as serve:
            ending = threading.Event()
            senders = [threading.Thread(target=send, args=(serve, ending)) for _ in range(6)]
            for sender in senders:
                sender.start()
            before = len(taken)
            wait_for(lambda: len(taken) > before + 5, f"nothing is taken (seed {seed})")
            time.sleep(moments.uniform(0, 0.2))
            serve.stop()
            ending.set()
            for sender in senders:
                sender.join(PATIENCE)
    with Serve(place, listens=False) as serve:
        place.wait_until_finished()
        serve.stop()
    arrived = {one[1] for one in recorder.arrived()}
    assert arrived.issuperset(taken), f"lost: {sorted(set(taken) - arrived)[:5]} (seed {seed})"
    print(f"stopped {rounds} times under load: {len(taken)} taken, {len(arrived)} arrived")


if __name__ == "__main__":
    tell({"senders": story_of_hostile_senders, "stops": story_of_stops})
