#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the compiler cannot check: the conventions of CONTRIBUTING.md, held against every file. check_sources.py ROOT"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1]).resolve()
CODE = {".cpp", ".h"}
findings = []


def find(path, line, text):
    findings.append(f"{path.relative_to(ROOT)}:{line}: {text}")


def files(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "node_modules" not in path.parts and "__pycache__" not in path.parts:
                yield path


WINDOW = re.compile(r'#include <(?:QtWidgets/|QtGui/|Q(?:Widget|Application|MainWindow|Dialog|Label|Icon|Color|Pixmap|Painter)>)')
SQL = re.compile(r"#include <QSql")
NETWORK = re.compile(r"#include <Q(?:NetworkAccessManager|NetworkReply|SslSocket|TcpSocket)>")
CURL = re.compile(r"#include <curl/")
QJSON = re.compile(r"\bQJson(?:Document|Object|Array|Value)\b")
LINES = (
    (re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b"), "left for later"),
    (re.compile(r"\b(?:SIGNAL|SLOT)\("), "a string connect: use pointers to members"),
    (re.compile(r"\bQThread::create\("), "a thread of which ThreadSanitizer tells nothing: use FunctionThread"),
    (re.compile(r"^\s*class (?!Q[A-Z])\w*(?:Manager|Helper|Utils)\b"), "a name that says nothing"),
    (re.compile(r"\bconnect\([^,;]+, &\w+(?:::\w+)*, \["), "a connect to a lambda without a context object"),
)
WAITS = re.compile(r"QTest::(?:qWait|qSleep)\(|QThread::(?:m|u)?sleep\(|sleep_for\(")


def check_code(path, text):
    folder = path.relative_to(ROOT).parts
    in_source = folder[0] == "src"
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, message in LINES:
            if pattern.search(line):
                find(path, number, message)
        if in_source and folder[1] != "desktop" and WINDOW.search(line):
            find(path, number, "a window's type outside src/desktop")
        if in_source and folder[1] != "store" and SQL.search(line):
            find(path, number, "SQL outside src/store")
        if in_source and folder[1] not in ("http", "delivery") and NETWORK.search(line):
            find(path, number, "a connection to elsewhere outside src/http and src/delivery")
        if folder[:2] not in (("src", "http"), ("tests", "bench")) and CURL.search(line):
            find(path, number, "libcurl outside src/http")
        if QJSON.search(line):
            find(path, number, "a second JSON type: use Json")
        if folder[0] == "tests" and WAITS.search(line):
            find(path, number, "a test waits for time, not for a condition")
    count = text.count("\n")
    if count > 600:
        find(path, count, "longer than 600 lines")
    if path.suffix == ".h" and "#pragma once" not in text:
        find(path, 1, "no #pragma once")


def main():
    for path in files("src", "tests", "ui", "packaging"):
        if path.suffix in {".json", ".png", ".svg", ".pem", ".ts", ".template", ".npmrc"} or path.name == ".npmrc":
            continue
        if (ROOT / "tests/fuzz/seeds") in path.parents:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix in {".cpp", ".h", ".py", ".cmake", ".mjs"} or path.name == "CMakeLists.txt":
            if "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(text.splitlines()[:4]):
                find(path, 1, "no SPDX header")
        if path.suffix in CODE:
            check_code(path, text)
        if path.suffix == ".ui":
            if "<connections>" in text:
                find(path, 1, "a connection in a .ui file: connect in code")
            if text.count("\n") > 600:
                find(path, 1, "longer than 600 lines")
    print("\n".join(findings) or "The sources keep the conventions.")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
