#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the README's pictures from the real window. Run in with-desktop:

    pictures.py BINARIES FOLDER
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from accessible import Program, key, picture, pyatspi, until
from history import History
from target import Target
from window_story import BODY, fill_in, look_at_the_invocation

SAMPLES = [
    ("Datadog alerts", True, "datadog.example", {"type": ["postgresql", "mysql"]}),
    ("PagerDuty", True, "events.pagerduty.example", {"status": ["Error"]}),
    ("ServiceNow incidents", False, "acme.service-now.example", {"type": ["aws-account"]}),
    ("Slack on-call", True, "hooks.slack.example", {}),
]


def samples(ctl, profile):
    documents = [{"name": name, "active": active, "type": {"http_request": {"method": "POST", "url": f"https://{host}/v1/events"}},
                  "body_template": BODY, "filters": filters} for name, active, host, filters in SAMPLES]
    subprocess.run([ctl, "--profile", profile, "webhook", "import", "-"], input=json.dumps(documents), text=True, check=True)


def start(binaries, profile):
    return Program([str(binaries / "tocsin"), "--profile", str(profile)], env=dict(os.environ, LANGUAGE="en", LC_ALL="C.UTF-8"))


def active_window():
    """In the size that the pictures have."""
    window = until(lambda: subprocess.run(["xdotool", "getactivewindow"], capture_output=True, text=True).stdout.strip(),
                   "no window is active")
    subprocess.run(["xdotool", "windowsize", "--sync", window, "1440", "900"], check=True)
    return window


def take_editor(binaries, pictures, folder):
    target = Target(folder / "target")
    profile = str(folder / "profile")
    samples(str(binaries / "tocsinctl"), profile)
    try:
        with start(binaries, profile) as program:
            window = active_window()
            program.says("Slack on-call")
            picture(pictures / "webhooks.png", window)
            fill_in(program, target, name="Orders database")
            look_at_the_invocation(program, target)
            program.press("Response", ("page tab",))
            picture(pictures / "editor.png", window)
    finally:
        target.close()


def take_deliveries(binaries, pictures, folder):
    target = Target(folder / "target")
    profile = folder / "profile"
    moved_clock = binaries.parent / "tests" / "system" / "libmovedclock.so"
    History(binaries / "tocsinctl", profile, target, moved_clock, folder).tell(seed=5)
    (profile / "window.ini").write_text("[General]\nappearance=dark\n")
    try:
        with start(binaries, profile) as program:
            window = active_window()
            program.says("Slack on-call")
            key("ctrl+2")
            program.find("gcp-org", ("table cell",))
            click(program.matches("PagerDuty", ("table cell",))[-1])  # the page before has one, too
            program.says("Delivery dead")
            program.press("Troubleshoot", ("page tab",))
            picture(pictures / "deliveries.png", window)
    finally:
        target.close()


def click(node):
    place = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    subprocess.run(["xdotool", "mousemove", "--sync", str(place.x + place.width // 2), str(place.y + place.height // 2), "click", "1"],
                   check=True)


def take(binaries, pictures):
    pictures.mkdir(parents=True, exist_ok=True)
    for pictures_of in (take_editor, take_deliveries):
        with tempfile.TemporaryDirectory(prefix="tocsin-pictures.") as name:
            pictures_of(binaries, pictures, pathlib.Path(name))


if __name__ == "__main__":
    take(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]))
