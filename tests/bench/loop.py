# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that run one round of a loop for each line that they are sent, and the table's rows."""
import subprocess


class Loop:
    """A program that runs one round of a named loop a line."""

    def __init__(self, argv, **popen):
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **popen)

    def nanoseconds(self, name, count):
        self.process.stdin.write(f"{name} {count}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def row(what, ours, theirs, ratio, goal, unit):
    print(f"{what:<50} {ours:>12} {theirs:>12} {unit:<5} {ratio:>8.2f}  {goal}", flush=True)
