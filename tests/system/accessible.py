# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program's window as a screen reader meets it: found and used by role and name over the accessibility bus.

Needs the desktop of with-desktop and the system's Python (/usr/bin/python3).
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback

import pyatspi
from gi.repository import GLib

TEXTS = ("text", "entry", "password text", "spin button", "combo box", "editbar")
PRESSES = ("Press", "Toggle", "Click", "press", "click", "toggle", "ShowMenu", "Activate")


class Missing(AssertionError):
    """Something that should be on the screen is not there for a screen reader."""


def until(condition, what, seconds=15):
    """The first truthy value of condition(); what it waits for is said when it never comes."""
    end = time.monotonic() + seconds
    while True:
        try:
            value = condition()
        except GLib.Error:  # something went away while it was looked at
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise Missing(what)
        time.sleep(0.05)


def walk(node, depth=0):
    yield node, depth
    try:
        count = min(node.childCount, 500)
    except Exception:  # the widget went away while it was looked at
        return
    for index in range(count):
        try:
            child = node.getChildAtIndex(index)
        except Exception:
            continue
        if child is not None:
            yield from walk(child, depth + 1)


def text_of(node):
    try:
        return node.queryText().getText(0, -1)
    except (NotImplementedError, GLib.Error):
        return ""


def has(node, state):
    try:
        return node.getState().contains(state)
    except Exception:
        return False


class Program:
    """A program with its window. As a context, it ends with its context, and well; where something failed, it says what the
    window showed and what the program had to say, or how it had ended. The library TOCSIN_PRELOADED is loaded into it.
    """

    def __init__(self, argv, env=None, **popen):
        self.output = tempfile.TemporaryFile()
        environment = dict(os.environ if env is None else env)
        if "TOCSIN_PRELOADED" in environment:
            environment["LD_PRELOAD"] = environment["TOCSIN_PRELOADED"]
        self.process = subprocess.Popen(argv, stdout=self.output, stderr=self.output, env=environment, **popen)
        try:
            self.root = until(self._find_root, f"{argv[0]} never came onto the accessibility bus", 30)
        except BaseException:
            self.close()
            print(self.said(), file=sys.stderr)
            raise

    def _find_root(self):
        if self.process.poll() is not None:
            raise Missing(f"the program ended with {self.process.returncode}")
        desktop = pyatspi.Registry.getDesktop(0)
        for index in range(desktop.childCount):
            child = desktop.getChildAtIndex(index)
            if child is not None and child.get_process_id() == self.process.pid and child.childCount:
                return child
        return None

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            ended = self.process.poll()
            print(self.outline() if ended is None else f"The program has ended with {ended}.", file=sys.stderr)
        self.close()
        ended = self.process.returncode
        if kind is not None or ended != 0:
            print(self.said(), file=sys.stderr)
        if kind is None and ended != 0:
            raise Missing(f"the program ended with {ended}, not with 0")

    def said(self):
        """What it has written so far, on either channel."""
        file = self.output.fileno()
        return os.pread(file, os.fstat(file).st_size, 0).decode(errors="replace")

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def showing(self):
        for node, _ in walk(self.root):
            if has(node, pyatspi.STATE_SHOWING):
                yield node

    def matches(self, name, roles=None, within=None):
        nodes = self.showing() if within is None else (n for n, _ in walk(within) if has(n, pyatspi.STATE_SHOWING))
        return [n for n in nodes if n.name == name and (roles is None or n.getRoleName() in roles)]

    def find(self, name, roles=None, within=None, seconds=10):
        """The visible element that is called exactly so."""
        return until(lambda: (self.matches(name, roles, within) or [None])[0],
                     f"nothing is called {name!r}" + (f" with a role of {roles}" if roles else ""), seconds)

    def press(self, name, roles=None, within=None, seconds=10):
        def usable():
            for node in self.matches(name, roles, within):
                try:
                    action = node.queryAction()
                except NotImplementedError:
                    continue
                names = [action.getName(i) for i in range(action.nActions)]
                for wanted in PRESSES:
                    if wanted in names and has(node, pyatspi.STATE_ENABLED):
                        return node, action, names.index(wanted)
            return None

        node, action, index = until(usable, f"nothing that can be pressed is called {name!r}", seconds)
        action.doAction(index)
        return node

    def write(self, name, text, within=None, seconds=10):
        node = self.find(name, TEXTS, within, seconds)
        node.queryEditableText().setTextContents(text)
        until(lambda: text_of(node) == text or has(node, pyatspi.STATE_EDITABLE) and "password" in node.getRoleName(),
              f"{name!r} did not take the text")
        return node

    def says(self, text, seconds=15):
        """Waits until a visible element's name or text holds these words."""
        def heard():
            for node in self.showing():
                if text in (node.name or "") or text in text_of(node):
                    return node
            return None

        return until(heard, f"the window never said {text!r}", seconds)

    def silent_about(self, text):
        for node in self.showing():
            if text in (node.name or "") or text in text_of(node) or text in (node.description or ""):
                raise Missing(f"the window says {text!r} in {node.getRoleName()} {node.name!r}")

    def outline(self):
        """Every role and name on the screen, for a failure's report."""
        def line(node, depth):
            try:
                return "  " * depth + f"{node.getRoleName()} {node.name!r} {text_of(node)[:60]!r}"
            except GLib.Error as error:
                return "  " * depth + f"({error.message})"

        return "\n".join(line(node, depth) for node, depth in walk(self.root) if depth < 2 or has(node, pyatspi.STATE_SHOWING))


def key(*names):
    subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "30", *names], check=True)


def type_text(text):
    for number, line in enumerate(text.split("\n")):
        if number:
            key("Return")  # xdotool would type a line feed
        if line:
            subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "6", "--", line], check=True)


def picture(path, window="root"):
    subprocess.run(["import", "-window", window, str(path)], check=True)


def tell(story):
    """Runs `story(BINARIES, FOLDER)`, with the program's first argument and a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="tocsin-story.") as name:
        try:
            story(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(name))
        except Exception:
            traceback.print_exc()
            sys.exit(1)
    print("The story was told to its end.")
