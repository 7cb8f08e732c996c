# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody does to a window with mouse and keyboard, counted. One action is a click, a key chord (or a run of one key), or the
filling of the field that has the focus, with Return at its end; the way to a field that has not the focus is one more.
"""
import subprocess

import accessible
from accessible import Missing, key, text_of, type_text, until

PATIENCE = 60  # seconds
BUTTON = ("push button", "button", "toggle button")
FOCUSED = accessible.pyatspi.STATE_FOCUSED
# Those that say that they have the focus for something inside them.
AROUND = ("frame", "application", "table cell", "filler", "panel", "menu", "popup menu")


def focused(program):
    found = None
    for node in program.showing():
        if accessible.has(node, FOCUSED) and node.getRoleName() not in AROUND:
            found = node
    return found


def focus_comes_to(program, name):
    seen = [None]

    def there():
        node = focused(program)
        seen[0] = node and f"{node.getRoleName()} {node.name!r}"
        return node if node and node.name == name else None

    try:
        return until(there, "", PATIENCE)
    except Missing:
        raise Missing(f"the focus is not in {name!r} but in {seen[0]}") from None


def extents(node):
    return node.queryComponent().getExtents(accessible.pyatspi.DESKTOP_COORDS)


def middle(node):
    """Where somebody clicks; None where that is out of sight: a scroll area shows a part of what is in it."""
    box = extents(node)
    x, y = box.x + box.width // 2, box.y + box.height // 2
    around = node.parent
    while around is not None and around.getRoleName() not in ("application", "frame", "popup menu"):
        outer = extents(around)
        if outer.width > 0 and not (outer.x <= x < outer.x + outer.width and outer.y <= y < outer.y + outer.height):
            return None
        around = around.parent
    return x, y


class Actions:
    """Those of one story, which has a bound; as a context, it is held to that at its end."""

    def __init__(self, program, story, most):
        self.program, self.story, self.most = program, story, most
        self.done = []

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        print(f"{self.story}: {len(self.done)} actions of at most {self.most}: " + " · ".join(self.done), flush=True)
        if kind is None and len(self.done) > self.most:
            raise Missing(f"{self.story} took {len(self.done)} actions, more than {self.most}")

    def click(self, name, roles=BUTTON, within=None):
        def clickable():
            for node in self.program.matches(name, roles, within):
                place = middle(node)
                if place and accessible.has(node, accessible.pyatspi.STATE_ENABLED):
                    return place
            return None

        x, y = until(clickable, f"nothing in sight that can be clicked is called {name!r}", PATIENCE)
        self.click_at(x, y, name)

    def click_at(self, x, y, what):
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)
        self.done.append(f"click {what}")

    def rest_on(self, node, words):
        """The mouse comes to a text and stays; that is no action."""
        place = text_of(node).index(words) + 1
        x, y, width, height = node.queryText().getCharacterExtents(place, accessible.pyatspi.DESKTOP_COORDS)
        for step in (-3, 0):  # it has to be seen to come
            subprocess.run(["xdotool", "mousemove", str(x + width // 2 + step), str(y + height // 2)], check=True)

    def press(self, *keys):
        """One chord, or a run of one key."""
        assert len(set(keys)) == 1, keys
        key(*keys)
        self.done.append(keys[0] if len(keys) == 1 else f"{len(keys)} × {keys[0]}")

    def type(self, text):
        """Into what has the focus, which is known."""
        type_text(text)
        self.done.append(f"type {text.splitlines()[0][:24]!r}")

    def fill(self, name, text, replaces=False, returns=False):
        """The field of that name, which has to have the focus by itself; what stands there is to be selected then."""
        node = focus_comes_to(self.program, name)
        is_secret = "password" in node.getRoleName()  # its text is told to nobody
        until(lambda: not text_of(node) or replaces, f"{name!r} is not empty", PATIENCE)
        self.type(text)
        until(lambda: is_secret or text_of(node) == text, f"{name!r} did not take {text!r}", PATIENCE)
        if returns:
            key("Return")  # belongs to what was typed
            until(lambda: focused(self.program) != node, f"Return did not lead on from {name!r}", PATIENCE)

    def tab_to(self, name, role=None, most=40):
        """A run of Tab, as by somebody who knows where it is."""
        step = "Tab"
        for _ in range(most):
            before = focused(self.program)
            if before is not None and before.name == name and role in (None, before.getRoleName()):
                self.done.append(f"{step} to {name}")
                return
            key(step)
            until(lambda: focused(self.program) not in (None, before), f"{step} did not move the focus", PATIENCE)
        raise Missing(f"{step} never came to {name!r}")

    def says(self, text):
        return self.program.says(text, PATIENCE)
