#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing of a page that is not shown is told to a screen reader: with every page full, each is shown in turn, and what says
that it is showing has to belong to it. Run in with-desktop:

    pages_apart.py BINARIES
"""
import json
import subprocess

import accessible
from accessible import Missing, Program, has, key, until, walk
from counted import PATIENCE, focus_comes_to
from target import Target

SHOWING = accessible.pyatspi.STATE_SHOWING
# What only this page shows, of its table; the pages are as Ctrl and their number.
PAGES = {"Webhooks": "Not tested yet", "Deliveries": "Delivered", "Integrations": "Orders", "Local Receiver": "POST"}


def is_corner(node):
    """Qt's own corner between a table's headers, without a word, says always that it is showing."""
    return node.getRoleName() == "panel" and not node.name and node.parent.getRoleName() in ("table", "tree table")


def hidden_but_showing(program):
    """Nodes that say that they are showing within something that says that it is not."""
    found, hidden_at = [], None
    for node, depth in walk(program.root):
        if hidden_at is not None and depth <= hidden_at:
            hidden_at = None
        if hidden_at is None and depth > 1 and not has(node, SHOWING):
            hidden_at = depth
        elif hidden_at is not None and has(node, SHOWING) and not is_corner(node):
            found.append(f"{node.getRoleName()} {node.name!r} under {node.parent.getRoleName()} {node.parent.name!r}")
    return found


def cells(program):
    return [node.name for node in program.showing() if node.getRoleName() == "table cell"]


def tells_of_itself_alone(program, page):
    until(lambda: PAGES[page] in cells(program), f"the page {page} does not show {PAGES[page]!r}", PATIENCE)
    tells_of_nothing_hidden(program)
    tables = {node.name for node in program.showing() if node.getRoleName() in ("table", "tree table")}
    others = {"Webhooks", "Deliveries", "Integrations", "Requests"} - {"Requests" if page == "Local Receiver" else page}
    assert not tables & others, f"{page} shows {tables}"


def tells_of_nothing_hidden(program):
    told = []

    def is_alone():
        told[:] = hidden_but_showing(program)
        return not told

    try:  # what is just being hidden may still say what it was
        until(is_alone, "", 10)
    except Missing:
        raise Missing(f"{len(told)} nodes of what is hidden are told, such as {told[:5]}") from None


def fills_the_receiver(program):
    key("ctrl+4")
    program.press("Add Webhook for It", seconds=PATIENCE)
    focus_comes_to(program, "Integration Webhook Name")
    key("ctrl+Return")
    program.says("Test successful", PATIENCE)
    key("ctrl+shift+i")
    program.says("200 OK", PATIENCE)
    tells_of_nothing_hidden(program)
    key("ctrl+s")


def story(binaries, folder):
    target = Target(folder / "target")
    profile = ["--profile", str(folder / "profile")]

    def ctl(*arguments, given):
        subprocess.run([str(binaries / "tocsinctl"), *profile, *arguments], input=json.dumps(given), text=True, check=True,
                       stdout=subprocess.DEVNULL)

    ctl("webhook", "import", "-", given=[
        {"name": f"webhook {number}", "type": {"http_request": {"url": target.url}}, "body_template": "{}",
         "tls": {"ca_certificates": target.authority}, "filters": {"type": ["mysql" if number else "postgresql"]}} for number in range(4)])
    try:
        with Program([str(binaries / "tocsin"), *profile]) as program:
            program.find("webhook 1", ("table cell",), seconds=PATIENCE)
            for name in ("Orders", "Stock"):
                ctl("emit", given={"event_type": "IntegrationStatusChanged", "event_time": 1,
                                   "data": {"id": name, "name": name, "type": "mysql", "status": "Error"}})
            until(lambda: target.count() == 6, "the deliveries did not arrive", PATIENCE)
            fills_the_receiver(program)
            for number, page in [*enumerate(PAGES, 1), (1, "Webhooks")]:  # at last, all of them have been shown
                key(f"ctrl+{number}")
                tells_of_itself_alone(program, page)
    finally:
        target.close()


if __name__ == "__main__":
    accessible.tell(story)
