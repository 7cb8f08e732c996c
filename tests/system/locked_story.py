#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token is typed, and the keychain cannot take it: it is locked (TOCSIN_KEYRING=locked), so that Save waits and can be
cancelled, or it is not there at all (none), so that Save fails with the reason. Nothing is stored either way, and the form
keeps what was typed. Run in with-desktop:

    locked_story.py BINARIES
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import traceback

import accessible
from accessible import Program, text_of, until
from window_story import NAME, TOKEN, choose

URL = "https://localhost:9/api/v2/logs"
BUTTONS = ("push button", "button")


def fill_in(program):
    program.press("Add Webhook")
    program.write("Integration Webhook Name", NAME)
    program.write("URL", URL)
    program.write("Body Template", '{"service": "{{data.name}}"}')
    choose(program, "Authentication Type", "Custom")
    program.write("Key", "DD-API-KEY")
    program.write("Value", TOKEN)


def waits_and_can_be_cancelled(program):
    program.press("Save Webhook")
    program.says("Waiting for the keychain")
    assert not accessible.has(program.find("Integration Webhook Name", accessible.TEXTS), accessible.pyatspi.STATE_ENABLED)
    program.press("Cancel saving")
    until(lambda: not program.matches("Cancel saving"), "Save still waits though it was cancelled")


def fails_with_the_reason(program):
    program.press("Save Webhook")
    program.says("The webhook is not saved")
    program.says("keychain")


def keeps_what_was_typed(program):
    name = program.find("Integration Webhook Name", accessible.TEXTS)
    until(lambda: accessible.has(name, accessible.pyatspi.STATE_ENABLED), "the form cannot be edited any more")
    assert text_of(name) == NAME
    assert text_of(program.find("URL", accessible.TEXTS)) == URL
    assert text_of(program.find("Key", accessible.TEXTS)) == "DD-API-KEY"
    value = program.find("Value", accessible.TEXTS)
    assert value.queryText().characterCount == len(TOKEN), "the token that was typed is gone"
    program.find("Save Webhook", BUTTONS)


def stores_nothing(binaries, profile):
    listed = subprocess.run([str(binaries / "tocsinctl"), "--profile", str(profile), "--json", "webhook", "list"], capture_output=True, text=True)
    assert listed.returncode == 0, listed.stderr
    assert NAME not in listed.stdout, listed.stdout
    for path in (p for p in profile.rglob("*") if p.is_file()):
        content = path.read_bytes()
        assert TOKEN.encode() not in content, f"{path} holds the token"
        assert NAME.encode() not in content, f"{path} holds the webhook that was not saved"


def story(binaries, folder, keyring):
    profile = folder / "profile"
    with Program([str(binaries / "tocsin"), "--profile", str(profile)]) as program:
        program.says("No webhooks yet")
        fill_in(program)
        if keyring == "locked":
            waits_and_can_be_cancelled(program)
        else:
            fails_with_the_reason(program)
        keeps_what_was_typed(program)
        stores_nothing(binaries, profile)


def main():
    keyring = os.environ["TOCSIN_KEYRING"]
    assert keyring in ("locked", "none"), keyring
    with tempfile.TemporaryDirectory(prefix="tocsin-story.") as name:
        try:
            story(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(name), keyring)
        except Exception:
            traceback.print_exc()
            sys.exit(1)
    print("The story was told to its end.")


if __name__ == "__main__":
    main()
