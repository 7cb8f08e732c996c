#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two hands on one profile: a second start brings the first window forward, what tocsinctl changes meanwhile is noticed in the
form and nothing is lost; and Qt's own options work. Run in with-desktop:

    second_story.py BINARIES
"""
import json
import subprocess

import accessible
from accessible import Program, key, until

PATIENCE = 60  # seconds


def is_active(program):
    return any(accessible.has(frame, accessible.pyatspi.STATE_ACTIVE) for frame in program.root)


def story(binaries, folder):
    tocsin = [str(binaries / "tocsin"), "--profile", str(folder / "profile")]
    ctl = [str(binaries / "tocsinctl"), "--profile", str(folder / "profile")]

    def run(*arguments, text=None):
        return subprocess.run([*ctl, *arguments], input=text, text=True, check=True, capture_output=True).stdout

    def stored():
        return json.loads(run("--json", "webhook", "show", "orders"))

    run("webhook", "import", "-", text=json.dumps(
        {"name": "orders", "type": {"http_request": {"url": "https://127.0.0.1:1/hook"}}, "body_template": "{}"}))

    with Program(tocsin) as program:
        program.find("orders", seconds=PATIENCE)
        with Program([str(binaries / "tocsin"), "--profile", str(folder / "another"), "-style", "fusion", "-reverse"]) as other:
            other.find("Add Webhook", seconds=PATIENCE)
            until(lambda: is_active(other) and not is_active(program), "another profile has no window of its own", PATIENCE)
            second = subprocess.run(tocsin, timeout=PATIENCE, check=False, capture_output=True, text=True)
            assert second.returncode == 0 and not second.stderr, second
            until(lambda: is_active(program), "a second start does not bring the first window forward", PATIENCE)

        key("Home", "Return")
        until(lambda: accessible.text_of(program.find("Integration Webhook Name", accessible.TEXTS)) == "orders",
              "the form is empty", PATIENCE)
        program.write("Timeout in seconds", "7")
        run("webhook", "deactivate", "orders")
        program.says("This webhook was changed elsewhere while it is being edited here.", PATIENCE)
        program.press("Save Webhook")
        assert stored()["active"] is False and stored().get("timeout_in_sec") != 7, stored()
        program.press("Compare", seconds=PATIENCE)
        program.find("Elsewhere", seconds=PATIENCE)
        program.press("Keep Mine", within=program.find("Changed elsewhere"), seconds=PATIENCE)
        program.press("Save Webhook", seconds=PATIENCE)
        until(lambda: stored()["timeout_in_sec"] == 7, "what was typed is not saved", PATIENCE)
        assert stored()["active"] is True, stored()

    refused = subprocess.run([*tocsin, "-reverse", "--no-such"], timeout=PATIENCE, check=False, capture_output=True, text=True)
    assert refused.returncode == 2 and "no-such" in refused.stderr, refused


if __name__ == "__main__":
    accessible.tell(story)
