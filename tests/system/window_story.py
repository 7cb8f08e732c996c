#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in the real window, as a screen reader does it: from Add Webhook to Save, against a real nginx over TLS, with a
real keyring. Then what was typed is looked for in every place where it must not be. Run in with-desktop:

    window_story.py BINARIES
"""
import json
import pathlib
import subprocess

import accessible
from accessible import Program, key, type_text, until
from target import Target

TOKEN = "tok-6b1f0c9e-typed-in-the-window"
NAME = "Datadog alerts"
BODY = """{
  "ddsource": "tocsin",
  "service": "{{data.name}}",
  "issues": [{"message": "{{data.issues.message}}"}]
}"""


def focus(program, name, roles):
    node = program.find(name, roles)
    node.queryComponent().grabFocus()
    until(lambda: accessible.has(node, accessible.pyatspi.STATE_FOCUSED), f"{name!r} did not take the focus")
    return node


def choose(program, name, option):
    """In a combo box, as a person at the keyboard does: focus it, type the option's first letters."""
    box = focus(program, name, ("combo box",))
    type_text(option)
    until(lambda: accessible.text_of(box) == option, f"{name!r} did not change to {option!r}")


def fill_in(program, target, name=NAME):
    program.press("Add Webhook")
    program.write("Integration Webhook Name", name)
    program.write("URL", target.url)
    program.write("Body Template", BODY)
    choose(program, "Authentication Type", "Custom")
    program.write("Key", "DD-API-KEY")
    program.write("Value", TOKEN)
    filters = program.find("Filters")
    program.press("Status", within=filters)
    program.press("Error", ("check box", "list item"))
    key("Escape")
    program.write("Timeout in seconds", "20")
    program.press("Advanced")
    program.write("CA certificates", target.authority)
    program.press("+ Add")
    program.write("Json Path", "$.data.status")
    focus(program, "Expected Values", accessible.TEXTS)
    type_text("ok")
    key("Return")
    until(lambda: program.matches("Remove ok"), "Enter did not make a chip of the expected value")


def reached(target, times):
    """nginx writes its log after the answer has gone out."""
    until(lambda: len(target.arrived()) >= times, f"the target was not reached {times} times")
    assert len(target.arrived()) == times, f"the target was reached {len(target.arrived())} times, not {times}"


def look_at_the_invocation(program, target):
    program.press("Test")
    program.says("Test successful", 30)
    reached(target, 1)
    request = target.arrived()[0]
    assert request["method"] == "POST" and request["api_key"] == TOKEN, request
    assert request["content_type"] == "application/json", request
    body = json.loads(request["body"])
    assert body["ddsource"] == "tocsin" and body["issues"] and all(i["message"] for i in body["issues"]), body
    program.press("View Invocation Data")
    program.says("202")
    program.press("TLS", ("page tab",))
    program.says("TLSv1.")
    program.silent_about(TOKEN)


def save(program):
    program.press("Save Webhook")
    program.says(NAME)
    program.find("Add Webhook", ("push button", "button"))


def nowhere(profile, program):
    """The token must be in the keyring only: not in the profile, what the program writes, or its arguments and environment."""
    needle = TOKEN.encode()
    files = [p for p in profile.rglob("*") if p.is_file()]
    assert files, f"{profile} is empty: the search would prove nothing"
    assert any(NAME.encode() in p.read_bytes() for p in files), "not even the webhook's name is in the profile"
    process = pathlib.Path("/proc") / str(program.process.pid)
    for place in [*files, process / "cmdline", process / "environ"]:
        assert needle not in place.read_bytes(), f"{place} holds the token"
    assert TOKEN not in program.said(), "the program wrote the token"
    keyring = subprocess.run(["secret-tool", "search", "--all", "server", "tocsin"], capture_output=True, text=True)
    assert TOKEN in keyring.stdout, "the keyring does not hold the token"


def at_the_command_line(ctl, profile):
    def run(*arguments):
        return subprocess.run([ctl, "--profile", profile, *arguments], capture_output=True, text=True)

    shown = run("webhook", "show", NAME, "--json")
    assert shown.returncode == 0, shown.stderr
    document = json.loads(shown.stdout)
    assert document["type"]["http_request"]["headers"]["DD-API-KEY"].startswith("${secret:"), document
    assert document["filters"]["status"] == ["Error"] and document["timeout_in_sec"] == 20, document
    assert document["response_validators"] == [{"json_path": "$.data.status", "expected_values": ["ok"]}], document
    tested = run("test", "--webhook", NAME, "--json")
    assert tested.returncode == 0, tested.stdout + tested.stderr
    invocation = json.loads(tested.stdout)
    assert invocation["verdict"] == "successful" and invocation["sent"] == 1, invocation
    for text in (shown.stdout, shown.stderr, tested.stdout, tested.stderr):
        assert TOKEN not in text
    assert run("webhook", "deactivate", NAME).returncode == 0


def story(binaries, folder):
    profile = folder / "profile"
    target = Target(folder / "target")
    tocsin = [str(binaries / "tocsin"), "--profile", str(profile)]
    try:
        with Program(tocsin) as program:
            fill_in(program, target)
            look_at_the_invocation(program, target)
            save(program)
            nowhere(profile, program)
            at_the_command_line(str(binaries / "tocsinctl"), str(profile))
            program.says("Inactive")  # what the command line changed shows in the window
        with Program(tocsin) as program:
            program.says(NAME)
            reach = len(target.arrived())
            table = program.find("Webhooks", ("table", "tree table"))
            table.queryComponent().grabFocus()
            key("Home", "Return")
            program.find("Integration Webhook Name", accessible.TEXTS)
            program.press("Test")
            program.says("Test successful", 30)
            reached(target, reach + 1)
            assert target.arrived()[-1]["api_key"] == TOKEN, "the token did not come back from the keychain"
            nowhere(profile, program)
    finally:
        target.close()


if __name__ == "__main__":
    accessible.tell(story)
