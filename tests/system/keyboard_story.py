#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job with the keyboard alone: bad input first, then from Ctrl+N to Ctrl+S, and the table's own keys. The
accessibility bus is only listened to: it says where the focus is and what the window shows. Run in with-desktop:

    keyboard_story.py BINARIES
"""

import accessible
from accessible import Program, key, text_of, type_text, until
from target import Target
from window_story import reached

NAME = "Orders alerts"
BODY = '{"service": "{{data.name}}"}'

# What Tab goes through beside an empty form, in the order in which it stands there.
STOPS = ["Integration Webhook Name", "Status", "Type", "Method", "URL", "View event's payload schema", "Preview", "Body Template",
         "Authentication Type", "Key", "Value", "Keep header 1 in keychain", "Integration", "Type", "Status", "Timeout in seconds", "+ Add", "Failure message",
         "Delivery", "Advanced", "Test", "Check", "Cancel", "Save Webhook", "Settings", "Webhooks", "Back to Webhooks", "Use a preset"]


def focused(program):
    """The innermost with a name; a table's current cell says that it has the focus whether its table has it or not."""
    found = None
    for node in program.showing():
        if node.name and accessible.has(node, accessible.pyatspi.STATE_FOCUSED) and node.getRoleName() not in ("frame", "table cell"):
            found = node
    return found


def focus_is(program, name):
    seen = []

    def there():
        node = focused(program)
        seen.append(node.name if node else None)
        return node if node and node.name == name else None

    try:
        return until(there, "", 10)
    except accessible.Missing:
        raise accessible.Missing(f"the focus is not in {name!r} but in {seen[-1]!r}") from None


def tab_to(program, name, most=40):
    """Tab until the field has the focus, as somebody does who knows where it is."""
    for _ in range(most):
        before = focused(program)
        if before is not None and before.name == name:
            return before
        key("Tab")
        until(lambda: focused(program) not in (None, before), "Tab did not move the focus")
    raise accessible.Missing(f"Tab never came to {name!r}")


def replace(program, name, text):
    """What stands in the focused line is replaced."""
    node = focus_is(program, name)
    key("ctrl+a")
    type_text(text)
    until(lambda: text_of(node) == text, f"{name!r} did not take {text!r}")


def walks_through_the_form(program):
    key("ctrl+n")
    for name in STOPS:
        focus_is(program, name)
        key("Tab")
    focus_is(program, STOPS[0])
    for name in reversed(STOPS[-6:]):
        key("shift+Tab")
        focus_is(program, name)
    key(*["Tab"] * 6)
    focus_is(program, STOPS[0])


def is_told_what_is_wrong(program):
    """Every problem stands beside its field; Save goes to the first that is left."""
    tab_to(program, "URL")
    replace(program, "URL", "http://internal.example/hook")
    program.says("https")  # as one types
    tab_to(program, "Timeout in seconds")
    replace(program, "Timeout in seconds", "abc")
    key("ctrl+s")
    focus_is(program, "Integration Webhook Name")
    program.says("The timeout is not a number")
    program.says("The webhook is not saved")
    replace(program, "Integration Webhook Name", NAME)
    key("ctrl+s")
    focus_is(program, "URL")


def fills_the_form_in(program, target):
    replace(program, "URL", target.url)
    body = tab_to(program, "Body Template")
    key("ctrl+a")
    type_text(BODY)
    until(lambda: text_of(body) == BODY, "the body is not what was typed")
    key("ctrl+s")
    focus_is(program, "Timeout in seconds")
    replace(program, "Timeout in seconds", "20")
    tab_to(program, "Advanced")
    key("space", "Tab")
    authority = focus_is(program, "CA certificates")
    type_text(target.authority)
    until(lambda: text_of(authority).strip() == target.authority.strip(), "the authority is not what was typed")


def checks_tests_and_saves(program, target):
    """A check tells the target nothing: the test is the first that arrives there."""
    key("ctrl+shift+Return")
    program.says("Check successful; nothing was sent", 30)
    program.find("TLS: OK")
    key("ctrl+Return")
    program.says("Test successful", 30)
    reached(target, 1)
    key("ctrl+shift+i")
    program.says("202 Accepted")
    key("ctrl+s")
    program.find(NAME, ("table cell",))


def table_has_the_focus(program):
    def there():
        node = focused(program)
        return node is not None and node.getRoleName() in ("table", "tree table")

    until(there, "the focus is not in the table")


def uses_the_table(program):
    table_has_the_focus(program)
    key("Home", "Down", "Return")
    field = focus_is(program, "Integration Webhook Name")
    until(lambda: text_of(field) == NAME, "the webhook did not come back into the form")
    key("Escape")
    table_has_the_focus(program)
    key("F2", "ctrl+a")
    type_text("Renamed")
    key("Return")
    program.find("Renamed", ("table cell",))
    until(lambda: not program.matches(NAME), "the old name is still there")
    key("Delete")
    program.says("Deleted Renamed.")
    until(lambda: not program.matches("Renamed", ("table cell",)), "the deleted webhook is still in the table")
    key("ctrl+z")
    program.find("Renamed", ("table cell",))


def story(binaries, folder):
    target = Target(folder / "target")
    try:
        with Program([str(binaries / "tocsin"), "--profile", str(folder / "profile")]) as program:
            program.says("No webhooks yet")
            walks_through_the_form(program)
            is_told_what_is_wrong(program)
            fills_the_form_in(program, target)
            checks_tests_and_saves(program, target)
            uses_the_table(program)
    finally:
        target.close()


if __name__ == "__main__":
    accessible.tell(story)
