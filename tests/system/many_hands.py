#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two windows, on two desktops, and tocsinctl work on one profile at once: each edit is saved, or its conflict is told while what
was typed stands in the form; and every event is delivered once. Run in with-desktop:

    many_hands.py BINARIES          (starts the second desktop itself, with `many_hands.py BINARIES other FOLDER`)
"""
import json
import pathlib
import subprocess
import sys
import threading

import accessible
from accessible import Program, key, text_of, until
from counted import PATIENCE, focus_comes_to
from target import Target

TOLD = "This webhook was changed elsewhere while it is being edited here."
TIMEOUT = "Timeout in seconds"
EVENTS = 40


class Profile:
    def __init__(self, binaries, folder):
        self.tocsin = [str(binaries / "tocsin"), "--profile", str(folder / "profile")]
        self.ctl = [str(binaries / "tocsinctl"), "--profile", str(folder / "profile")]
        self.folder = folder

    def run(self, *arguments, given=None):
        return subprocess.run([*self.ctl, *arguments], input=given, text=True, check=True, stdout=subprocess.PIPE).stdout

    def stored(self, name):
        return json.loads(self.run("--json", "webhook", "show", name))

    def timeout_of(self, name):
        return self.stored(name).get("timeout_in_sec")


class Stage:
    """The two desktops go on together: each says where it is, and waits for the other."""

    def __init__(self, folder, own, other):
        self.folder, self.own, self.other = folder, own, other

    def __call__(self, name):
        (self.folder / f"{name}.{self.own}").touch()
        until((self.folder / f"{name}.{self.other}").exists, f"the other desktop never came to {name!r}", 2 * PATIENCE)


def opens(program, downs, name):
    key("ctrl+1", "Home", *["Down"] * downs, "Return")
    until(lambda: text_of(program.find("Integration Webhook Name", accessible.TEXTS)) == name, f"the form does not show {name!r}", PATIENCE)


def types_timeout(program, seconds):
    program.write(TIMEOUT, seconds, seconds=PATIENCE)


def holds(program, seconds):
    assert text_of(program.find(TIMEOUT, accessible.TEXTS)) == seconds, "what was typed is gone"


def saves(program):
    program.press("Save Webhook", seconds=PATIENCE)
    program.find("Add Webhook", ("push button", "button"), seconds=PATIENCE)  # the list again


def first_desktop(profile, stage):
    with Program(profile.tocsin) as program:
        program.find("shared", seconds=PATIENCE)
        stage("begun")
        # both in the same webhook: the other one saves first
        opens(program, 1, "shared")
        stage("both have it open")
        types_timeout(program, "11")
        stage("both have typed")
        stage("the other has saved")
        program.says(TOLD, PATIENCE)
        holds(program, "11")
        program.press("Save Webhook")
        holds(program, "11")
        assert profile.timeout_of("shared") == 12, profile.stored("shared")
        program.press("Keep Mine", seconds=PATIENCE)
        saves(program)
        assert profile.timeout_of("shared") == 11, profile.stored("shared")
        # each in its own, and tocsinctl in both of them
        opens(program, 0, "mine")
        types_timeout(program, "21")
        stage("each has typed in its own")
        profile.run("webhook", "deactivate", "mine")
        program.says(TOLD, PATIENCE)
        holds(program, "21")
        program.press("Keep Mine", seconds=PATIENCE)
        saves(program)
        stage("each has saved its own")
        until(lambda: not program.matches(TOLD), "a conflict that was settled is still told", PATIENCE)
        stage("delivered")


def second_desktop(profile, stage):
    with Program(profile.tocsin) as program:
        program.find("shared", seconds=PATIENCE)
        stage("begun")
        opens(program, 1, "shared")
        stage("both have it open")
        types_timeout(program, "12")
        stage("both have typed")
        saves(program)
        stage("the other has saved")
        opens(program, 2, "theirs")
        types_timeout(program, "22")
        stage("each has typed in its own")
        saves(program)
        stage("each has saved its own")
        stage("delivered")


def sends(profile, number):
    event = {"event_type": "IntegrationStatusChanged", "event_time": 1,
             "data": {"id": f"id {number}", "name": f"event {number}", "type": "mysql", "status": "Error"}}
    profile.run("emit", given=json.dumps(event))


def each_once(target, count):
    until(lambda: target.count() >= count, f"{target.count()} of {count} were delivered", 2 * PATIENCE)
    names = [json.loads(request["body"])["name"] for request in target.arrived()]
    assert sorted(names) == sorted(f"event {number}" for number in range(count)), names


def story(binaries, folder):
    target = Target(folder / "target")
    profile = Profile(binaries, folder)
    profile.run("webhook", "import", "-", given=json.dumps([
        {"name": name, "type": {"http_request": {"url": target.url}}, "body_template": '{"name": "{{data.name}}"}',
         "tls": {"ca_certificates": target.authority}, "filters": {"type": [kind]}}
        for name, kind in (("mine", "none"), ("shared", "mysql"), ("theirs", "none either"))]))
    here = pathlib.Path(__file__).resolve().parent
    other = subprocess.Popen([here / "with-desktop", sys.executable, __file__, binaries, "other", folder])
    errors = []

    def sender():
        try:
            for number in range(EVENTS):
                sends(profile, number)
        except Exception as error:
            errors.append(error)

    sending = threading.Thread(target=sender)
    try:
        sending.start()  # while the windows are worked in
        stage = Stage(folder, "first", "second")
        first_desktop(profile, stage)
        sending.join()
        assert not errors, errors
        assert other.wait(2 * PATIENCE) == 0, "the second desktop failed"
        each_once(target, EVENTS)
        assert [profile.timeout_of(name) for name in ("mine", "shared", "theirs")] == [21, 11, 22]
        assert profile.stored("mine")["active"] is True
    finally:
        if other.poll() is None:
            other.terminate()
            other.wait()
        target.close()


if __name__ == "__main__":
    if sys.argv[2:3] == ["other"]:
        place = pathlib.Path(sys.argv[3])
        accessible.tell(lambda binaries, _: second_desktop(Profile(binaries, place), Stage(place, "second", "first")))
    else:
        accessible.tell(story)
