# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stories about delivery are told with: a profile of its own with credentials, `tocsinctl` and `tocsinctl serve`."""
import http.client
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

BIN = pathlib.Path(sys.argv[1]) / "tocsinctl"
TOKEN = "tok-8d1f4c2b9a7e"
SIGNING_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SANITIZED = any(mark in BIN.read_bytes() for mark in (b"__asan_init", b"__tsan_init"))
MEMORY = 1600 if SANITIZED else 400  # MiB that `serve` may take, whatever comes
PATIENCE = 90  # seconds that a condition may take, on a machine that has much else to do


def event(integration, number, **members):
    """`event_time` is the event's number, so that its order can be seen at the target."""
    return {"event_type": "IntegrationStatusChanged", "event_time": number,
            "data": {"id": integration, "name": integration, "type": "mysql",
                     "status": "Error" if number % 2 else "Warning", "issues": [], **members}}


def wait_for(condition, what, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise SystemExit(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.1)


def document(name, url, target, **members):
    """Retries after a second; the body tells which event of which integration it is."""
    return {"name": name, "type": {"http_request": {"method": "POST", "url": url}},
            "body_template": '{"integration": "{{data.id}}", "sequence": {{event_time}}}',
            "tls": {"ca_certificates": target.authority},
            "delivery": {"retry_delays_in_sec": [1] * 20, "concurrency": 32}, **members}


class Place:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.profile = self.folder / "profile"
        self.credentials = self.folder / "credentials"
        self.credentials.mkdir(mode=0o700)
        self.secret("ingest/token", TOKEN)

    def secret(self, key, value):
        """In place of the old one at once, as systemd does it."""
        new = self.folder / "new-secret"
        new.touch(mode=0o600)
        new.write_text(value)
        new.rename(self.credentials / key.replace("/", "."))

    def call(self, *arguments):
        return [str(a) for a in (BIN, "--json", "--profile", self.profile, "--credentials", self.credentials, *arguments)]

    def ctl(self, *arguments, text=None):
        run = subprocess.run(self.call(*arguments), check=True, stdout=subprocess.PIPE, input=text, text=True)
        return json.loads(run.stdout)

    def webhooks(self, *documents):
        return self.ctl("webhook", "import", text=json.dumps(documents))

    def emit(self, events):  # in an order that is kept
        return self.ctl("emit", "--force", text="\n".join(json.dumps(one) for one in events))

    def deliveries(self, *filters):
        return self.ctl("delivery", "list", "--limit", "100000", *filters)

    def unfinished(self):
        return self.deliveries("--state", "pending,sending,waiting")

    def wait_until_finished(self):
        wait_for(lambda: not self.unfinished(), lambda: f"unfinished: {self.unfinished()[:5]}")
        return self.deliveries()


class Serve:
    """One `tocsinctl serve`, until it is stopped or killed."""

    def __init__(self, place, *options, listens=True, environment=None, **process):
        listening = ["--listen", "127.0.0.1:0"] if listens else []
        number = len(list(place.folder.glob("serve-*.log")))
        self.log = place.folder / f"serve-{number}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(place.call("serve", *listening, *options), stdout=subprocess.PIPE, stderr=log,
                                            env={**os.environ, **(environment or {})}, **process)
        announced = self.process.stdout.readline()
        if not announced:
            raise SystemExit(f"serve did not start: {self.log.read_text()}")
        self.port = int(json.loads(announced)["url"].rstrip("/").rsplit(":", 1)[1]) if listens else 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def post(self, body, token=TOKEN, path="/v1/events?force=true"):
        """The status, and the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("POST", path, json.dumps(body), {"Authorization": f"Bearer {token}"})
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def metric(self, name):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/metrics")
            lines = connection.getresponse().read().decode().splitlines()
            return float(next(line.split()[1] for line in lines if line.startswith(name + " ")))
        finally:
            connection.close()

    def peak_memory(self):
        """The most that it held so far, in MiB."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        raise SystemExit("no VmHWM")

    def ask_to_stop(self):
        self.process.send_signal(signal.SIGTERM)

    def stop(self):
        self.ask_to_stop()
        status = self.process.wait(timeout=PATIENCE)
        assert status == 0, f"serve ended with {status}: {self.log.read_text()}"


def check_order(arrivals):
    """Of (integration, sequence) in the order of arrival: none is later than one that came after it."""
    last = {}
    for integration, sequence in arrivals:
        assert sequence >= last.get(integration, 0), f"{integration}: {sequence} came after {last[integration]}"
        last[integration] = sequence


def tell(stories):
    """Runs one of them, as the command line says, in a folder of its own."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        stories[sys.argv[2]](Place(folder))
