#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `tocsinctl serve` is to its neighbours: delivery_service.py BIN STORY, where STORY is one of those below."""
import contextlib
import http.client
import json
import os
import pathlib
import socket
import subprocess
import sys
import threading

from recorder import Recorder
from serving import PATIENCE, SANITIZED, TOKEN, Serve, document, event, tell, wait_for

OLD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NEW_SECRET = "whsec_9pJbY0GnXk3mZ2cVqTfRsA7eLwHdUyBo"
OTHER_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"


class Manager:
    """A service manager that hears what the process with its environment tells (sd_notify(3))."""

    def __init__(self, folder):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(folder / "notify"))
        self.socket.settimeout(PATIENCE)
        self.environment = {"NOTIFY_SOCKET": self.socket.getsockname()}
        self.heard = []

    def hear(self, word, times=1):
        """Until it was said as often from the beginning on."""
        while sum(word in message for message in self.heard) < times:
            self.heard.append(self.socket.recv(4096).decode())

    def close(self):
        self.socket.close()


def story_of_signatures(place):
    """npm's standardwebhooks verifies what arrives: with both secrets while one is replaced, and with no other one,
    however a secret is spelled."""
    recorder = Recorder(place.folder / "target", lambda *_: (200, {}))
    hook = document("target", recorder.url_of("/hook"), recorder, body_template='{"text": "ü 🔔 {{data.name}}", "id": "{{data.id}}", '
                    '"integration": "{{data.id}}", "sequence": {{event_time}}}')
    place.secret("signing/old", OLD_SECRET.removeprefix("whsec_") + "\n")
    place.secret("signing/new", "v1," + NEW_SECRET)
    signings = ({"secret": "${secret:signing/old}"},
                {"secret": "${secret:signing/new}", "previous_secret": "${secret:signing/old}"},
                {"secret": "${secret:signing/new}"})
    place.webhooks({**hook, "signing": signings[0]})
    with Serve(place, listens=False) as serve:
        for number, signing in enumerate(signings, start=1):
            place.ctl("webhook", "import", "--replace", text=json.dumps({**hook, "signing": signing}))
            place.emit([event("integration", number)])
            place.wait_until_finished()
        serve.stop()
    assert len(recorder.requests) == 3, recorder.arrivals
    assert [headers["webhook-signature"].count("v1,") for headers, _ in recorder.requests] == [1, 2, 1]
    cases, expected = [], []
    for (headers, body), good in zip(recorder.requests, ({OLD_SECRET}, {OLD_SECRET, NEW_SECRET}, {NEW_SECRET})):
        for secret in (OLD_SECRET, NEW_SECRET, OTHER_SECRET):
            cases.append({"secret": secret, "headers": headers, "body": body})
            expected.append("verified" if secret in good else "No matching signature found")
        for change in ({"body": body.replace("integration", "integrations")},
                       {"headers": {**headers, "webhook-id": "msg_of_another"}},
                       {"headers": {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 1)}}):
            cases.append({"secret": sorted(good)[0], "headers": headers, "body": body, **change})
            expected.append("No matching signature found")
    run = subprocess.run(["node", os.environ["TOCSIN_STANDARD_WEBHOOKS"]], input=json.dumps(cases), check=True,
                         stdout=subprocess.PIPE, text=True)
    verdicts = json.loads(run.stdout)
    assert verdicts == expected, list(zip(verdicts, expected))
    print(f"{verdicts.count('verified')} of {len(verdicts)} verified, as they should")


def story_of_changed_secrets(place):
    """A header's secret and the ingest's token are changed while it runs: the new ones count, the old ones no more."""
    recorder = Recorder(place.folder / "target", lambda *_: (200, {}))
    hook = document("target", recorder.url_of("/hook"), recorder)
    hook["type"]["http_request"]["headers"] = {"X-Api-Key": "${secret:key}"}
    place.secret("key", "key-one-123456")
    place.webhooks(hook)
    numbers = iter(range(1, 10_000))

    def post(token):
        status, answer = serve.post(event("integration", next(numbers)), token)
        assert status in (202, 401), answer
        return status

    def keys():
        with recorder.lock:
            return [headers["X-Api-Key"] for headers, _ in recorder.requests]

    with Serve(place) as serve:
        assert post(TOKEN) == 202
        wait_for(keys, "nothing arrived")
        place.secret("key", "key-two-123456")
        place.secret("ingest/token", "another-token")
        wait_for(lambda: post("another-token") == 202, "the new token is not taken")
        wait_for(lambda: post(TOKEN) == 401, "the old token is still taken")

        def comes_anew():
            assert post("another-token") == 202
            return keys()[-1] == "key-two-123456"

        wait_for(comes_anew, "the new key is not sent")
        place.wait_until_finished()
        serve.stop()
    sent = keys()
    assert sent == sorted(sent) and set(sent) == {"key-one-123456", "key-two-123456"}, sent
    assert "key-" not in json.dumps(place.ctl("delivery", "show", place.deliveries()[0]["id"])), "a secret was kept"
    print(f"{len(sent)} deliveries; token and key followed")


def policies_of(process, name):
    """How the system schedules its threads of that name (sched(7))."""
    policies = set()
    for thread in (pathlib.Path("/proc") / str(process.pid) / "task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it may end meanwhile
            if (thread / "comm").read_text().strip() == name:
                policies.add(os.sched_getscheduler(int(thread.name)))
    return policies


def batch_policy():
    """What a process gets that asks for SCHED_BATCH: a sandbox may forbid it."""
    run = subprocess.run([sys.executable, "-c", "import contextlib, os\nwith contextlib.suppress(PermissionError): "
                          "os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))\nprint(os.sched_getscheduler(0))"],
                         check=True, stdout=subprocess.PIPE, text=True)
    return int(run.stdout)


def story_of_a_stop(place):
    """SIGTERM while a delivery is on the wire: it is finished, the rest stays for later; what takes too long is given back
    when the grace is over, and is sent again by the next one."""
    release, patient = threading.Event(), threading.Event()
    paths = {"/slow": release, "/never": patient}
    recorder = Recorder(place.folder / "target", lambda path, _: (200, {}, paths[path].wait))
    place.webhooks(*(document(name, recorder.url_of("/" + name), recorder, timeout_in_sec=300) for name in ("slow", "never")))
    place.emit([event("integration", 1), event("integration", 2)])

    def states():
        return sorted((d["webhook"]["name"], d["state"], d["attempts"]) for d in place.deliveries())

    manager = Manager(place.folder)
    with Serve(place, listens=False, environment=manager.environment) as serve:
        wait_for(lambda: recorder.arrived("/slow") and recorder.arrived("/never"), "they were not sent")
        batch = batch_policy()
        assert os.sched_getscheduler(serve.process.pid) == batch, "the first thread is not scheduled as batch work"
        for name in ("tocsin-outbox", "tocsinctl"):  # SQL, network
            policies = policies_of(serve.process, name)
            assert batch in policies if SANITIZED else policies == {batch}, name  # a sanitizer may have a thread of its own
        serve.ask_to_stop()
        manager.hear("STOPPING=1")
        release.set()
        serve.process.wait(timeout=PATIENCE)
        assert serve.process.returncode == 0, serve.log.read_text()
    assert states() == [("never", "pending", 0), ("never", "pending", 0), ("slow", "delivered", 1), ("slow", "pending", 0)], states()
    manager.close()
    patient.set()
    with Serve(place, listens=False) as serve:
        place.wait_until_finished()
        serve.stop()
    assert states() == [("never", "delivered", 1), ("never", "delivered", 1), ("slow", "delivered", 1), ("slow", "delivered", 1)]
    assert [len(recorder.arrived(path)) for path in paths] == [2, 3], recorder.arrivals
    print("stopped with two on the wire: one finished, one given back and sent again")


def story_of_bad_requests(place):
    """Each is told what is wrong, and none keeps others from being served."""
    event_text = json.dumps(event("integration", 1))
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    far = {**event("integration", 1), "data": {**event("integration", 1)["data"], "status": "Odd"}}
    cases = [  # (method, path, headers, body), status, header and its value or None, a part of the answer
        (("POST", "/v1/events", {}, event_text), 401, ("WWW-Authenticate", "Bearer"), "must bear the token"),
        (("POST", "/v1/events", {"Authorization": f"Bearer {TOKEN}x"}, event_text), 401, None, "must bear the token"),
        (("POST", "/v1/events", {"Authorization": f"Basic {TOKEN}"}, event_text), 401, None, "must bear the token"),
        (("POST", "/v1/events", bearer, "hello"), 400, None, '"line":1'),
        (("POST", "/v1/events", bearer, json.dumps([event("a", 1), far, far])), 400, None, '"path":"$[1].data.status"'),
        (("POST", "/v1/events", bearer, event_text + "\n{}\n"), 400, None, '"line":2'),
        (("POST", "/v1/event", bearer, event_text), 404, None, "/v1/events, /healthz and /metrics"),
        (("PUT", "/v1/events", bearer, event_text), 405, ("Allow", "POST"), "POST only"),
        (("GET", "/v1/events", bearer, None), 405, ("Allow", "POST"), "POST only"),
        (("DELETE", "/metrics", bearer, None), 405, ("Allow", "GET, HEAD"), "GET, HEAD only"),
        (("POST", "/v1/events", bearer, " " * (16 * 1024 * 1024 + 1)), 413, None, "16 MiB"),
    ]
    with Serve(place) as serve:
        greedy = [socket.create_connection(("127.0.0.1", serve.port)) for _ in range(40)]  # most of what an address may have
        slow = greedy[0]
        slow.sendall(b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n")
        for call, status, header, part in cases:
            connection = http.client.HTTPConnection("127.0.0.1", serve.port, timeout=PATIENCE)
            try:
                connection.request(*call[:2], call[3], call[2])
            except (BrokenPipeError, ConnectionResetError):
                pass  # it need not hear all of what is too much
            response = connection.getresponse()
            answer = response.read().decode()
            assert response.status == status and part in answer, (call[:2], response.status, answer)
            assert header is None or response.headers[header[0]] == header[1], (call[:2], response.headers.items())
            assert "tok-" not in answer, answer
            connection.close()
        greedy += [socket.create_connection(("127.0.0.1", serve.port)) for _ in range(300)]  # far beyond it
        elsewhere = http.client.HTTPConnection("127.0.0.1", serve.port, timeout=PATIENCE, source_address=("127.0.0.9", 0))
        elsewhere.request("POST", "/v1/events", event_text, bearer)
        response = elsewhere.getresponse()
        assert response.status == 202, response.read()
        elsewhere.close()
        for sender in greedy:
            sender.close()
        serve.stop()
    assert len(place.ctl("delivery", "list")) == 0
    print(f"{len(cases)} bad requests told; another address was served beside {len(greedy)} greedy connections")


def story_of_a_manager(place):
    """A service manager hears that it is ready, what it does, that it lives and that it stops."""
    recorder = Recorder(place.folder / "target", lambda *_: (200, {}))
    place.webhooks(document("target", recorder.url_of("/hook"), recorder))
    manager = Manager(place.folder)
    place.emit([event("integration", 1)])
    watched = {**manager.environment, "WATCHDOG_USEC": "200000"}
    with Serve(place, listens=False, environment=watched) as serve:
        manager.hear("READY=1")
        manager.hear("STATUS=1 delivered, 0 failed, 0 dead")
        manager.hear("WATCHDOG=1", times=3)
        serve.ask_to_stop()
        manager.hear("STOPPING=1")
        assert serve.process.wait(timeout=PATIENCE) == 0
    manager.close()
    assert manager.heard[0] == "READY=1", manager.heard
    print(f"{len(manager.heard)} messages, from READY=1 to STOPPING=1")


def story_of_emitted_rows(place):
    """A bad row is named by file and line, and nothing of its file is taken unless told so; a terminal shows how far it is."""
    recorder = Recorder(place.folder / "target", lambda *_: (200, {}))
    place.webhooks(document("target", recorder.url_of("/hook"), recorder))
    rows = [json.dumps(event(f"integration-{n}", n)) for n in range(1, 3001)]
    rows[1499] = rows[1499].replace("Warning", "Odd")
    rows[2499] = rows[2499][:-2]
    file = place.folder / "events.ndjson"
    file.write_text("\n".join(rows))

    def emit(*options):
        terminal, theirs = os.openpty()
        printed = place.folder / "printed.json"
        with printed.open("w") as out, subprocess.Popen(place.call("emit", *options, file), stdout=out, stderr=theirs) as process:
            os.close(theirs)
            told = b""
            try:
                while part := os.read(terminal, 4096):
                    told += part
            except OSError:  # how a terminal ends
                pass
        os.close(terminal)
        return process.returncode, json.loads(printed.read_text() or "[]"), told.decode()

    status, accepted, told = emit()
    assert (status, [one["line"] for one in accepted if one["refused"]], len(place.deliveries())) == (2, [1500, 2500], 0), accepted
    assert f"{file}:1500:" in told and f"{file}:2500:" in told and "Odd" in told and "Checked " in told, told
    status, accepted, told = emit("--skip-invalid")
    accepted = [one for one in accepted if "refused" not in one]
    assert (status, len(accepted), len(place.deliveries())) == (0, 2998, 2998), (status, len(accepted))
    assert f"{file}:1500:" in told and "Storing 2998 events" in told, told
    print(f"2 bad rows of {len(rows)} named; none taken, then {len(accepted)}")


if __name__ == "__main__":
    tell({"signatures": story_of_signatures, "changed_secrets": story_of_changed_secrets, "stop": story_of_a_stop,
          "bad_requests": story_of_bad_requests, "manager": story_of_a_manager,
          "emitted_rows": story_of_emitted_rows})
