#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Deliveries page of the real window, as a screen reader meets it: what is sent from the window and by tocsinctl appears while
one looks, is filtered, searched, opened and replayed, and waits while deliveries are paused. One target is a real nginx over
TLS, another one is down at first. Run in with-desktop:

    deliveries_story.py BINARIES
"""
import json
import subprocess

import accessible
from accessible import Missing, Program, key, until
from target import CONFIGURATION, Target
from window_story import choose, focus

PATIENCE = 60  # seconds
BUTTON = ("push button", "button")
STATE, WEBHOOK, INTEGRATION, STATUS, HTTP, ATTEMPTS = range(1, 7)

# What came back can be told from what was sent.
ANSWERING = CONFIGURATION.replace('"status":"ok"', '"receipt":"quartz"')


def webhook(target, name, kind, **members):
    return {"name": name, "type": {"http_request": {"url": target.url}},
            "body_template": '{"name": "{{data.name}}", "status": "{{data.status}}"}', "filters": {"type": [kind]},
            "tls": {"ca_certificates": target.authority}, **members}


def event(name, kind, status="Error"):
    return {"event_type": "IntegrationStatusChanged", "event_time": 1,
            "data": {"id": name.lower(), "name": name, "type": kind, "status": status}}


def names(target, count):
    """Whose events arrived, when so many have: nginx writes its log after the answer has gone out."""
    until(lambda: len(target.arrived()) >= count, f"{count} requests did not arrive", PATIENCE)
    return [json.loads(request["body"])["name"] for request in target.arrived()]


class Page:
    """The page that is being looked at, the last one: that before it may still be said to be showing while it goes."""

    def __init__(self, program, ctl):
        self.program, self.ctl = program, ctl

    def emit(self, *events):
        subprocess.run([*self.ctl, "emit"], input="\n".join(map(json.dumps, events)), text=True, check=True, stdout=subprocess.DEVNULL)

    def table(self):
        return (self.program.matches("Deliveries", ("table", "tree table")) or [None])[-1]

    def rows(self):
        """(integration, state) of each row; none where the table is not shown, or changed meanwhile."""
        try:
            cells = self.table().queryTable()
            return [(cells.getAccessibleAt(row, INTEGRATION).name, cells.getAccessibleAt(row, STATE).name) for row in range(cells.nRows)]
        except Exception:
            return None

    def shows(self, *expected):
        """Waits until these are the rows, the newest first."""
        seen = []

        def there():
            seen[:] = [self.rows()]
            return seen[0] == list(expected)

        try:
            until(there, "", PATIENCE)
        except Missing:
            raise Missing(f"the table shows {seen[0]}, not {list(expected)}") from None

    def cell(self, row, column):
        return self.table().queryTable().getAccessibleAt(row, column).name

    def select(self, row):
        """With the keyboard, from the chart, which can be told to take the focus."""
        focus(self.program, "Deliveries over time", ("chart",))
        key("Tab", "ctrl+Home", "Down", "Up", *["Down"] * row)
        until(lambda: accessible.has(self.table().queryTable().getAccessibleAt(row, STATE), accessible.pyatspi.STATE_SELECTED),
              f"row {row} was not selected", PATIENCE)

    def press(self, name, roles=BUTTON):
        self.program.press(name, roles, seconds=PATIENCE)

    def says(self, text):
        self.program.says(text, PATIENCE)

    def bars(self):
        """The chart's bars; each says of a time what was delivered, failed and died."""
        chart = self.program.find("Deliveries over time", seconds=PATIENCE)
        return [chart.getChildAtIndex(bar) for bar in range(chart.childCount)]


def begins_empty(page, target):
    page.press("Deliveries", ("page tab",))
    page.says("No deliveries yet")
    page.press("Send Event…")
    page.program.write("ID", "orders-db", seconds=PATIENCE)
    page.program.write("Name", "Orders")
    page.program.write("Type", "postgresql")
    page.says("Datadog alerts: fires")
    choose(page.program, "Status", "Error")
    page.press("Send Event")
    page.says("Accepted, 1 webhook fires.")
    page.press("Close")
    page.shows(("Orders", "Delivered"))
    assert [page.cell(0, column) for column in (WEBHOOK, STATUS, HTTP, ATTEMPTS)] == ["Datadog alerts", "Error", "202", "1"], page.rows()
    assert names(target, 1) == ["Orders"], target.arrived()


DEAD = [("Gamma", "Dead"), ("Beta", "Dead"), ("Alpha", "Dead")]
ORDERS = ("Orders", "Delivered")


def follows_what_is_sent(page):
    for name in ("Alpha", "Beta", "Gamma"):
        page.emit(event(name, "mysql"))
    page.shows(*DEAD, ORDERS)


def filters_and_searches(page):
    page.press("Dead", ("radio button",))
    page.shows(*DEAD)
    page.press("Delivered", ("radio button",))
    page.shows(ORDERS)
    page.press("All", ("radio button",))
    page.shows(*DEAD, ORDERS)
    for text, found in (("quartz", [ORDERS]), ("alpha", [DEAD[2]]), ("nowhere", [])):
        page.program.write("Search requests and responses", text)
        if found:
            page.shows(*found)
        else:
            page.says("Nothing found")
    page.press("Clear Filters")
    page.shows(*DEAD, ORDERS)


def ended(bar):
    """How many deliveries a bar of the chart says were delivered or died."""
    delivered, _, dead = (int(part.split()[0]) for part in bar.name.rsplit(": ", 1)[1].split(", "))
    return delivered + dead


def filters_by_the_chart(page):
    """Those that ended may stand in two bars, when the clock has just turned to the next one."""
    until(lambda: sum(map(ended, page.bars())) == 4, "the chart does not show the four that ended", PATIENCE)
    bar = next(bar for bar in page.bars() if ended(bar))
    count = ended(bar)
    press(bar)
    until(lambda: len(page.rows() or []) == count, f"a bar of {count} does not show as many", PATIENCE)
    press(next(bar for bar in page.bars() if not ended(bar)))
    page.says("Nothing found")
    focus(page.program, "Deliveries over time", ("chart",))
    key("Escape")
    page.shows(*DEAD, ORDERS)


def press(node):
    action = node.queryAction()
    names = [action.getName(index) for index in range(action.nActions)]
    action.doAction(names.index("Press"))


def opens_an_attempt(page):
    page.select(3)
    page.press("Request", ("page tab",))
    page.says('"name": "Orders"')
    page.says("application/json")
    page.press("Response", ("page tab",))
    page.says('"receipt": "quartz"')
    page.select(0)
    page.says("Delivery dead")


def leads_to_what_is_to_be_mended(page):
    """The form opens at the field, with the attempt beside it, and Back leads to the delivery again."""
    page.press("Edit URL")
    url = page.program.find("URL", accessible.TEXTS, seconds=PATIENCE)
    until(lambda: accessible.has(url, accessible.pyatspi.STATE_FOCUSED), "the URL has not the focus", PATIENCE)
    page.says("Attempt failed")
    page.press("Back to Deliveries")
    page.says("Delivery dead")
    assert page.cell(0, WEBHOOK) == "On call", page.rows()


def replays(page, silent):
    silent.start()
    page.select(0)
    key("ctrl+r")
    page.shows(("Gamma", "Delivered"), *DEAD[1:], ORDERS)
    until(lambda: page.cell(0, ATTEMPTS) == "2", "the second attempt is not counted", PATIENCE)
    assert names(silent, 1) == ["Gamma"], silent.arrived()
    page.press("Delivery", ("menu item",))
    page.press("Replay All Dead of", ("menu item",))
    page.press("On call (2)", ("menu item",))
    key("Escape", "Escape")  # pressed so, it leaves its menus open
    page.shows(*((name, "Delivered") for name, _ in DEAD), ORDERS)
    assert sorted(names(silent, 3)) == ["Alpha", "Beta", "Gamma"], silent.arrived()


def waits_while_paused(page, target):
    page.press("Pause Deliveries")
    page.says("Paused")
    page.emit(event("Delta", "postgresql"))
    page.shows(("Delta", "Pending"), *((name, "Delivered") for name, _ in DEAD), ORDERS)
    page.press("Waiting", ("radio button",))
    page.shows(("Delta", "Pending"))
    assert names(target, 1) == ["Orders"], target.arrived()
    page.press("Resume Deliveries")
    page.says("Nothing found")
    page.press("All", ("radio button",))
    page.shows(("Delta", "Delivered"), *((name, "Delivered") for name, _ in DEAD), ORDERS)
    assert names(target, 2) == ["Orders", "Delta"], target.arrived()


def story(binaries, folder):
    profile = folder / "profile"
    target, silent = Target(folder / "target", ANSWERING), Target(folder / "silent")
    silent.stop()
    ctl = [str(binaries / "tocsinctl"), "--profile", str(profile)]
    webhooks = folder / "webhooks.json"
    webhooks.write_text(json.dumps([webhook(target, "Datadog alerts", "postgresql"),
                                    webhook(silent, "On call", "mysql", delivery={"retry_delays_in_sec": []})]))
    subprocess.run([*ctl, "webhook", "import", str(webhooks)], check=True, stdout=subprocess.DEVNULL)
    try:
        with Program([str(binaries / "tocsin"), "--profile", str(profile)]) as program:
            page = Page(program, ctl)
            program.says("Delivering", PATIENCE)
            begins_empty(page, target)
            follows_what_is_sent(page)
            filters_and_searches(page)
            filters_by_the_chart(page)
            opens_an_attempt(page)
            leads_to_what_is_to_be_mended(page)
            replays(page, silent)
            waits_while_paused(page, target)
    finally:
        target.close()
        silent.close()


if __name__ == "__main__":
    accessible.tell(story)
