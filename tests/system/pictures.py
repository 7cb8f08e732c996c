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

from accessible import Program, picture, until
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


def take(binaries, pictures):
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tocsin-pictures.") as name:
        folder = pathlib.Path(name)
        target = Target(folder / "target")
        profile = str(folder / "profile")
        samples(str(binaries / "tocsinctl"), profile)
        program = Program([str(binaries / "tocsin"), "--profile", profile], env=dict(os.environ, LANGUAGE="en", LC_ALL="C.UTF-8"))
        try:
            program.says("Slack on-call")
            window = until(lambda: subprocess.run(["xdotool", "getactivewindow"], capture_output=True, text=True).stdout.strip(),
                           "no window is active")
            resize(window)
            picture(pictures / "webhooks.png", window)
            fill_in(program, target, name="Orders database")
            look_at_the_invocation(program, target)
            program.press("Response", ("page tab",))
            picture(pictures / "editor.png", window)
        finally:
            program.close()
            target.close()


def resize(window):
    subprocess.run(["xdotool", "windowsize", "--sync", window, "1440", "900"], check=True)


if __name__ == "__main__":
    take(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]))
