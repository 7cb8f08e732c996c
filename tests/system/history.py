# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A day of deliveries in a profile: real events, delivered by a real `tocsinctl serve` whose calendar clock is moved along."""
import json
import os
import random
import struct
import subprocess
import time

INTEGRATIONS = [("orders-db", "postgresql"), ("billing-db", "mysql"), ("aws-prod", "aws-account"), ("aws-stage", "aws-account"),
                ("gcp-org", "gcp-organization"), ("k8s-eu", "kubernetes"), ("vault", "hashicorp-vault")]
HOUR = 3600  # seconds


def webhook(target, name, path="/api/v2/logs", **members):
    return {"name": name, "type": {"http_request": {"url": f"https://localhost:{target.port}{path}"}},
            "body_template": '{"id": "{{data.id}}", "status": "{{data.status}}", "text": "{{data.name}} is {{data.status}}"}',
            "tls": {"ca_certificates": target.authority}, **members}


def webhooks(target):
    return [webhook(target, "Datadog alerts"),
            webhook(target, "Slack on-call", filters={"status": ["Error"]}),
            webhook(target, "ServiceNow", filters={"type": ["kubernetes", "aws-account"], "status": ["Error", "Warning"]}),
            webhook(target, "PagerDuty", "/refuse", filters={"integration": ["gcp-org"], "status": ["Error"]},
                    delivery={"retry_delays_in_sec": [1]})]


def events(dice, count):
    for _ in range(count):
        name, kind = dice.choice(INTEGRATIONS)
        yield {"event_type": "IntegrationStatusChanged", "event_time": int(time.time()),
               "data": {"id": name, "name": name, "type": kind, "status": dice.choice(["Error", "Warning", "Active"]),
                        "issues": [{"status": "Error", "message": "connection timed out"}]}}


class History:
    """Fills `profile` with what happened in the last day; the same each time but for the moment."""

    def __init__(self, ctl, profile, target, moved_clock, folder):
        self.call = [str(ctl), "--json", "--profile", str(profile)]
        self.target = target
        self.clock = folder / "clock"
        self.environment = dict(os.environ, LD_PRELOAD=str(moved_clock), TOCSIN_CLOCK_MOVED=str(self.clock))

    def tell(self, seed=11):
        dice = random.Random(seed)
        subprocess.run([*self.call, "webhook", "import", "-"], input=json.dumps(webhooks(self.target)), text=True, check=True,
                       stdout=subprocess.DEVNULL)
        for ago in [*range(24 * HOUR, 3 * HOUR, -HOUR), *range(3 * HOUR, 0, -HOUR // 4)]:
            self.clock.write_bytes(struct.pack("=q", -ago + dice.randrange(HOUR // 5)))
            count = dice.randrange(2, 14) if ago > 3 * HOUR else dice.randrange(1, 4)
            self._ctl("emit", "--force", text="\n".join(json.dumps(event) for event in events(dice, count)))
            self._deliver()

    def _ctl(self, *arguments, text=None):
        return json.loads(subprocess.run([*self.call, *arguments], input=text, text=True, check=True, env=self.environment,
                                         stdout=subprocess.PIPE).stdout)

    def _deliver(self):
        serve = subprocess.Popen([*self.call, "serve"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            end = time.monotonic() + 60
            while any(self._ctl("delivery", "list", "--state", state) for state in ("pending", "sending", "waiting")):
                if time.monotonic() > end:
                    raise SystemExit("an hour's deliveries did not end")
                time.sleep(0.1)
        finally:
            serve.terminate()
            serve.wait()
