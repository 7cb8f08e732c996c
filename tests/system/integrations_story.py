#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events sent from the real window, as a screen reader does it, and delivered by it to a real nginx over TLS; paused, resumed,
and a notification on the desktop for the one that dies. Run in with-desktop:

    integrations_story.py BINARIES
"""
import json
import pathlib
import subprocess
import sys
import threading

from gi.repository import Gio, GLib

import accessible
from accessible import Program, until
from target import Target

PATIENCE = 60  # seconds

NOTIFICATIONS = """
<node><interface name="org.freedesktop.Notifications">
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/>
    <arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>"""


class Listener:
    """What shows notifications on a desktop: keeps what it was given, and can be clicked."""

    def __init__(self):
        self.seen = []
        self.connection = None
        self.owned = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()
        if not self.owned.wait(PATIENCE):
            raise SystemExit("org.freedesktop.Notifications could not be taken")

    def _run(self):
        context = GLib.MainContext()
        context.push_thread_default()
        interface = Gio.DBusNodeInfo.new_for_xml(NOTIFICATIONS).interfaces[0]

        def acquired(connection, _):
            self.connection = connection
            connection.register_object("/org/freedesktop/Notifications", interface, self._called, None, None)

        Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, acquired,
                         lambda *_: self.owned.set(), None)
        GLib.MainLoop(context).run()

    def _called(self, _connection, _sender, _path, _interface, _method, parameters, invocation):
        application, _, _, title, text, actions, *_ = parameters.unpack()
        self.seen.append({"application": application, "title": title, "text": text, "actions": actions})
        invocation.return_value(GLib.Variant("(u)", (7,)))

    def click(self):
        self.connection.emit_signal(None, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked",
                                    GLib.Variant("(us)", (7, "default")))


def webhook(target, name, url=None, **members):
    return {"name": name, "type": {"http_request": {"url": url or target.url}},
            "body_template": '{"id": "{{data.id}}", "status": "{{data.status}}"}',
            "tls": {"ca_certificates": target.authority}, **members}


def statuses(target):
    return [json.loads(request["body"])["status"] for request in target.arrived()]


def choose(program, name, option):
    """In a combo box, as a person at the keyboard does: focus it, type the option's first letters."""
    box = program.find(name, ("combo box",))
    box.queryComponent().grabFocus()
    until(lambda: accessible.has(box, accessible.pyatspi.STATE_FOCUSED), f"{name!r} did not take the focus", PATIENCE)
    accessible.type_text(option)
    until(lambda: accessible.text_of(box) == option, f"{name!r} did not change to {option!r}", PATIENCE)


def send(program, status):
    choose(program, "Status", status)
    program.press("Send Event", ("push button", "button"))


def first_event(program, target):
    program.press("Integrations", ("page tab",))
    program.press("Send Event…", ("push button", "button"), seconds=PATIENCE)
    program.write("ID", "orders-db")
    program.write("Name", "Orders database")
    program.write("Type", "postgresql")
    program.says("Datadog alerts: fires", PATIENCE)
    program.says("Idle: is inactive")
    send(program, "Error")
    program.says("Accepted, 1 webhook fires.", PATIENCE)
    until(lambda: statuses(target) == ["Error"], "the event did not arrive", PATIENCE)


def same_status(program, target):
    program.says("Suppressed: the status is Error since", PATIENCE)
    program.press("Send Event", ("push button", "button"))
    program.says("Accepted and suppressed.", PATIENCE)
    program.press("Close", ("push button", "button"))
    program.says("Orders database", PATIENCE)
    assert statuses(target) == ["Error"], statuses(target)


def paused(program, target):
    from_the_menu(program, "Pause Deliveries")
    program.says("Paused", PATIENCE)
    program.press("Send Event…", ("push button", "button"))
    program.find("Send Event", ("push button", "button"), seconds=PATIENCE)
    send(program, "Warning")
    program.says("Accepted, 1 webhook fires.", PATIENCE)
    program.press("Close", ("push button", "button"))
    program.says("1 waiting", PATIENCE)
    assert statuses(target) == ["Error"], statuses(target)
    from_the_menu(program, "Resume Deliveries")
    until(lambda: statuses(target) == ["Error", "Warning"], "what waited did not arrive", PATIENCE)
    program.says("0 waiting · 2 today", PATIENCE)


def from_the_menu(program, name):
    program.press("File", ("menu item",), seconds=PATIENCE)
    program.press(name, ("menu item",), seconds=PATIENCE)


def a_dead_one(program, ctl, target, listener):
    document = webhook(target, "Refused", f"https://localhost:{target.port}/refuse", filters={"type": ["mysql"]}, delivery={"retry_delays_in_sec": []})
    imported = pathlib.Path(target.folder / "refused.json")
    imported.write_text(json.dumps(document))
    subprocess.run([*ctl, "webhook", "import", str(imported)], check=True)
    event = {"event_type": "x", "event_time": 1, "data": {"id": "m", "name": "<b>Billing</b>", "type": "mysql", "status": "Error"}}
    subprocess.run([*ctl, "emit"], input=json.dumps(event), text=True, check=True)
    until(lambda: listener.seen, "nothing was told of the dead delivery", PATIENCE)
    notice = listener.seen[0]
    assert notice["application"] == "Tocsin" and notice["title"] == "A delivery to Refused is dead", notice
    assert "&lt;b&gt;Billing" in notice["text"] and "401" in notice["text"], notice
    listener.click()
    program.says("Deliveries — Tocsin", PATIENCE)
    until(lambda: any(accessible.has(chip, accessible.pyatspi.STATE_CHECKED) for chip in program.matches("Dead", ("radio button",))),
          "the dead ones were not chosen", PATIENCE)
    until(lambda: any(accessible.text_of(box) == "Refused" for box in program.matches("Webhook", ("combo box",))),
          "the webhook that the notification is about was not chosen", PATIENCE)


def story(binaries, folder):
    profile = folder / "profile"
    target = Target(folder / "target")
    listener = Listener()
    ctl = [str(binaries / "tocsinctl"), "--profile", str(profile)]
    webhooks = folder / "webhooks.json"
    webhooks.write_text(json.dumps([webhook(target, "Datadog alerts", filters={"type": ["postgresql"]}),
                                    webhook(target, "Idle", active=False)]))
    subprocess.run([*ctl, "webhook", "import", str(webhooks)], check=True)
    try:
        with Program([str(binaries / "tocsin"), "--profile", str(profile)]) as program:
            program.says("Delivering", PATIENCE)
            first_event(program, target)
            same_status(program, target)
            paused(program, target)
            a_dead_one(program, ctl, target, listener)
    except BaseException:
        print(listener.seen, file=sys.stderr)
        raise
    finally:
        target.close()


if __name__ == "__main__":
    accessible.tell(story)
