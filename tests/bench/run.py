#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares Tocsin with other programs, side by side in one run, and prints the ratios.

run.py BINARIES NODE_MODULES: the folder of the release build, the folder in which npm put what is compared with.
"""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import delivery
from loop import Loop, row

HERE = pathlib.Path(__file__).resolve().parent
ROUNDS = 9
STORIES = ("counted_stories", "window_story", "keyboard_story", "integrations_story", "deliveries_story", "pages_apart",
           "ending_story", "second_story", "many_hands")


def loops(binaries, modules):
    data = [str(HERE / "data" / name) for name in ("page-example.template", "event.json", "answer.json", "helpers.template")]
    # npm resolves from the script's place: a copy beside node_modules finds the libraries there
    script = shutil.copy(HERE / "reference.mjs", modules)
    shutil.copy(HERE.parent / "template" / "handlebars" / "helpers.mjs", modules)
    ours = Loop([str(binaries / "bench_core"), *data])
    theirs = Loop(["node", str(script), *data])
    for name, count, what, goal in (("render", 200_000, "render the page's example, Handlebars.js", "at least 6"),
                                    ("helpers", 200_000, "render it with eq, map and date, Handlebars.js", "at least 4"),
                                    ("jsonpath", 200_000, "$.data.id on a document, jsonpath-plus", "at least 2")):
        ours.nanoseconds(name, count), theirs.nanoseconds(name, count)
        pairs = [(ours.nanoseconds(name, count), theirs.nanoseconds(name, count)) for _ in range(ROUNDS)]
        row(what, f"{statistics.median(a for a, _ in pairs):.0f}", f"{statistics.median(b for _, b in pairs):.0f}",
            statistics.median(b / a for a, b in pairs), goal, "ns")
    ours.close(), theirs.close()


def whole_process(argv):
    """Seconds, and the peak of memory in MiB, of one process and what it waited for."""
    start = time.perf_counter()
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{argv[0]} ended with {process.returncode}:\n{output.decode()}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def one_test(binaries, modules, folder):
    authority = folder / "authority.pem"
    answer = {"id": "a81bc81b", "ok": True, "status": "accepted"}
    receiver = subprocess.Popen([binaries / "tocsinctl", "receiver", "--listen", "127.0.0.1:0", "--ca", authority, "--answer",
                                 json.dumps(answer), "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    url = json.loads(receiver.stdout.readline())["url"]
    checks = [("$.status", "200"), ("$.data.id", "a81bc81b"), ("$.data.ok", "true"), ("$.data.status", "accepted")]
    body = (HERE / "data" / "page-example.template").read_text()
    webhook = folder / "webhook.json"
    webhook.write_text(json.dumps({
        "name": "bench", "type": {"http_request": {"method": "POST", "url": url}}, "body_template": body,
        "response_validators": [{"json_path": path, "expected_values": [value]} for path, value in checks],
        "tls": {"ca_certificates": authority.read_text()}}))
    script = ["pm.test('status', () => pm.response.to.have.status(200));"] + [
        f"pm.test('{name}', () => pm.expect(pm.response.json().{name}).to.eql({json.dumps(value)}));" for name, value in answer.items()]
    collection = folder / "collection.json"
    collection.write_text(json.dumps({
        "info": {"name": "bench", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{"name": "one", "event": [{"listen": "test", "script": {"type": "text/javascript", "exec": script}}],
                  "request": {"method": "POST", "url": url, "header": [{"key": "Content-Type", "value": "application/json"}],
                              "body": {"mode": "raw", "raw": (HERE / "data" / "event.json").read_text()}}}]}))
    profile = folder / "profile"
    ours = [str(binaries / "tocsinctl"), "--profile", str(profile), "test", "--webhook", str(webhook)]
    theirs = ["node", str(modules / "node_modules" / "newman" / "bin" / "newman.js"), "run", str(collection),
              "--ssl-extra-ca-certs", str(authority), "--reporters", "cli"]
    try:
        whole_process(ours), whole_process(theirs)
        pairs = [(whole_process(ours), whole_process(theirs)) for _ in range(ROUNDS)]
    finally:
        receiver.terminate()
        receiver.wait()
    for index, what, goal, unit, scale in ((0, "one request, four checks: time, newman", "at least 8", "ms", 1000),
                                           (1, "one request, four checks: memory, newman", "at least 4", "MiB", 1)):
        row(what, f"{scale * statistics.median(a[index] for a, _ in pairs):.1f}",
            f"{scale * statistics.median(b[index] for _, b in pairs):.1f}",
            statistics.median(b[index] / a[index] for a, b in pairs), goal, unit)


def until_painted(argv, environment):
    start = time.perf_counter()
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    line = process.stdout.readline()
    taken = time.perf_counter() - start
    _, errors = process.communicate()
    if line != "painted\n":
        sys.exit(f"{argv[0]} did not paint:\n{errors}")
    return taken


def profile_of(binaries, folder, count):
    """A profile with so many webhooks."""
    webhooks = [{"name": f"Orders {number:05}", "active": True, "body_template": '{"name": "{{data.name}}"}', "filters": {},
                 "type": {"http_request": {"method": "POST", "url": f"https://host{number % 40}.example/hooks/{number}", "headers": {}}}}
                for number in range(count)]
    profile = folder / f"window-{count}"
    subprocess.run([str(binaries / "tocsinctl"), "--profile", str(profile), "webhook", "import"], input=json.dumps(webhooks), text=True,
                   check=True, stdout=subprocess.DEVNULL)
    return profile


def first_paint(binaries, folder):
    """The empty window and Tocsin's with its list of webhooks, in turns."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        display = pipe.readline().strip()
    environment = dict(os.environ, DISPLAY=f":{display}", QT_QPA_PLATFORM="xcb")
    ours, theirs = [str(binaries / "bench_window")], [str(binaries / "bench_emptywindow")]
    try:
        for count, goal in ((10, "at most 2 (ours/theirs)"), (10_000, "at most 2.5 (ours/theirs)")):
            full = dict(environment, TOCSIN_PROFILE=str(profile_of(binaries, folder, count)))
            until_painted(ours, full), until_painted(theirs, environment)
            pairs = [(until_painted(ours, full), until_painted(theirs, environment)) for _ in range(ROUNDS)]
            row(f"first paint with {count:,} webhooks, an empty QMainWindow", f"{1000 * statistics.median(a for a, _ in pairs):.0f}",
                f"{1000 * statistics.median(b for _, b in pairs):.0f}", statistics.median(a / b for a, b in pairs), goal, "ms")
    finally:
        server.terminate()
        server.wait()


def code_views(binaries):
    """Compared with nothing but their goals: a key press within 16 ms in the median, an answer within 150 ms."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    print(subprocess.run([str(binaries / "bench_codeviews")], env=environment, check=True, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True).stdout, end="")


def stories(binaries, folder):
    """The longest work on the window's thread while each story is told, in the real window and with a screen reader attached."""
    system = HERE.parent / "system"
    for story in STORIES:
        times = folder / story
        times.mkdir()
        environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", TOCSIN_PRELOADED=str(binaries.parent / "tests/bench/libloopwatch.so"),
                           TOCSIN_LOOP_TIMES=str(times))
        subprocess.run([HERE.parent / "isolated", system / "with-desktop", "/usr/bin/python3", system / f"{story}.py", binaries],
                       env=environment, check=True, stdout=subprocess.DEVNULL)
        worked = sorted((float(line) for path in times.iterdir() for line in path.read_text().split()), reverse=True)
        print(f"{story}: the longest works on the window's thread {', '.join(f'{one:.0f}' for one in worked[:5])} ms (at most 50)",
              flush=True)


def main():
    binaries, modules = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    print(f"{'what, and against whom':<50} {'Tocsin':>12} {'the other':>12} {'':<5} {'ratio':>8}  goal")
    with tempfile.TemporaryDirectory(prefix="tocsin-bench.") as name:
        folder = pathlib.Path(name)
        loops(binaries, modules)
        one_test(binaries, modules, folder)
        first_paint(binaries, folder)
        delivery.run(binaries, folder)
        stories(binaries, folder)
    code_views(binaries)
    print(f"Medians of {ROUNDS} rounds, taken in turn; the ratio is the median of the rounds' ratios.")


if __name__ == "__main__":
    main()
