#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`cmake --install` puts every file in its place, and what is installed agrees: check_install.py CMAKE BUILD VERSION"""
import configparser
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

FILES = {"bin/tocsin", "bin/tocsinctl", "share/man/man1/tocsin.1", "share/man/man1/tocsinctl.1",
         "lib/systemd/system/tocsin.service", "lib/sysusers.d/tocsin.conf", "share/applications/tocsin.desktop",
         "share/metainfo/org.tocsin.Tocsin.metainfo.xml", "share/icons/hicolor/scalable/apps/tocsin.svg"}


def output(*call):
    return subprocess.run([str(word) for word in call], check=True, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}).stdout


def plain(page):
    """A manual page's text without its markup."""
    return re.sub(r"\s+", " ", re.sub(r'\\f[BIR]|\\-|^\.\w+|"', lambda m: "-" if m[0] == "\\-" else "", page, flags=re.M))


def commands_of(text):
    """{command: its options}, as help tells them."""
    listed = text.split("Commands:")[1].split("\n\n")[0]
    found = {}
    for line in listed.strip().splitlines():
        words = line.split("  ")[1].split()
        name = " ".join(word for word in words if word.islower() and word.isalpha())
        found[name] = set(re.findall(r"^  (--[a-z-]+)", output(ctl, *name.split(), "--help"), flags=re.M))
    return found


cmake, build, version = sys.argv[1:]
with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
    prefix = pathlib.Path(folder)
    subprocess.run([cmake, "--install", build, "--prefix", folder], check=True, stdout=subprocess.DEVNULL)
    installed = {str(path.relative_to(prefix)) for path in prefix.rglob("*") if path.is_file()}
    assert installed == FILES, f"missing {FILES - installed}, unexpected {installed - FILES}"

    ctl = prefix / "bin/tocsinctl"
    assert output(ctl, "--version").strip() == f"tocsinctl {version}"
    assert output(prefix / "bin/tocsin", "--version").strip().endswith(version)

    page = plain((prefix / "share/man/man1/tocsinctl.1").read_text())
    commands = commands_of(output(ctl, "--help"))
    assert len(commands) > 15, commands
    for command, options in commands.items():
        for word in (command, *options):
            assert word in page, f"tocsinctl(1) does not tell of {word!r} of {command!r}"
    window_page = plain((prefix / "share/man/man1/tocsin.1").read_text())
    for option in re.findall(r"--[a-z]+", output(prefix / "bin/tocsin", "--help")):
        assert option in window_page or option == "--help-all", f"tocsin(1) does not tell of {option}"

    unit = configparser.RawConfigParser(strict=False, comment_prefixes="#")
    unit.optionxform = str
    unit.read(prefix / "lib/systemd/system/tocsin.service")
    started = unit["Service"]["ExecStart"].split()
    assert pathlib.Path(started[0]).name == "tocsinctl" and started[-2:] == ["--listen", "${TOCSIN_LISTEN}"], started
    entry = configparser.RawConfigParser()
    entry.read(prefix / "share/applications/tocsin.desktop")
    assert (prefix / "bin" / entry["Desktop Entry"]["exec"]).exists()
    metainfo = xml.etree.ElementTree.parse(prefix / "share/metainfo/org.tocsin.Tocsin.metainfo.xml")
    assert metainfo.findtext("launchable") == "tocsin.desktop"
    print(f"{len(installed)} files; {len(commands)} commands agree with tocsinctl(1)")
