#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window when the session ends (SIGTERM): it asks nothing, ends what is on the wire, and leaves the rest to the next one. A
second signal, and what is on the wire is sent again by the next one. Run in with-desktop:

    ending_story.py BINARIES
"""
import json
import signal
import subprocess
import threading
import time

import accessible
from accessible import Program, until
from recorder import Recorder

PATIENCE = 60  # seconds
GRACE = 10  # seconds that the window gives what is on the wire


def webhook(target, name):
    return {"name": name, "type": {"http_request": {"url": target.url_of("/" + name)}}, "timeout_in_sec": 300,
            "body_template": '{"integration": "{{data.id}}", "sequence": {{event_time}}}',
            "tls": {"ca_certificates": target.authority}}


def event(number):
    return {"event_type": "IntegrationStatusChanged", "event_time": number,
            "data": {"id": "orders", "name": "Orders", "type": "mysql", "status": "Error" if number % 2 else "Warning"}}


class Place:
    def __init__(self, binaries, folder):
        self.tocsin = [str(binaries / "tocsin"), "--profile", str(folder / "profile")]
        self.ctl = [str(binaries / "tocsinctl"), "--profile", str(folder / "profile")]

    def run(self, *arguments, text=None):
        return subprocess.run([*self.ctl, *arguments], input=text, text=True, check=True, capture_output=True).stdout

    def states(self):
        """(webhook, state, attempts), sorted."""
        listed = json.loads(self.run("--json", "delivery", "list"))
        return sorted((d["webhook"]["name"], d["state"], d["attempts"]) for d in listed)


def is_on_screen(program):
    return any(accessible.has(frame, accessible.pyatspi.STATE_SHOWING) and frame.name.endswith("— Tocsin") for frame in program.root)


def story(binaries, folder):
    place = Place(binaries, folder)
    answers = {"/slow": threading.Event(), "/never": threading.Event()}
    target = Recorder(folder / "target", lambda path, _: (200, {}, answers[path].wait))
    place.run("webhook", "import", "-", text=json.dumps([webhook(target, "slow"), webhook(target, "never")]))
    place.run("emit", text="\n".join(json.dumps(event(number)) for number in (1, 2)))

    with Program(place.tocsin) as program:
        until(lambda: target.arrived("/slow") and target.arrived("/never"), "they were not sent", PATIENCE)
        program.press("Add Webhook", seconds=PATIENCE)
        program.write("Integration Webhook Name", "Not saved")
        assert is_on_screen(program), program.outline()
        asked = time.monotonic()
        program.process.send_signal(signal.SIGTERM)
        until(lambda: not is_on_screen(program), "the window is still shown", PATIENCE)
        assert program.process.poll() is None, program.said()
        answers["/slow"].set()
        until(lambda: ("slow", "delivered", 1) in place.states(), "what was on the wire did not end", PATIENCE)
        program.process.send_signal(signal.SIGINT)
        assert program.process.wait(PATIENCE) == 0, program.said()
        waited = time.monotonic() - asked
    *never, delivered, rest = place.states()
    assert (delivered, rest) == (("slow", "delivered", 1), ("slow", "pending", 0)), place.states()
    # what the second signal cut off is left to its lease; what the grace's end cut off is given back
    assert never == [("never", "pending", 0), ("never", "sending", 0)] or waited > GRACE, (never, waited)

    answers["/never"].set()
    with Program(place.tocsin):
        until(lambda: all(state == "delivered" for _, state, _ in place.states()), "the rest was not delivered", PATIENCE)
    assert [len(target.arrived(path)) for path in answers] == [2, 3], target.arrivals
    target.close()


if __name__ == "__main__":
    accessible.tell(story)
