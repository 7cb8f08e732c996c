#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs as they were built make a fault of memory hard to use: check_hardening.py READELF PROGRAM…"""
import os
import re
import subprocess
import sys

readelf, *programs = sys.argv[1:]
findings = []


def said(option, program):
    return subprocess.run([readelf, "--wide", option, program], check=True, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "LC_ALL": "C"}).stdout


def check(program):
    segments, dynamic, symbols = (said(option, program) for option in ("--segments", "--dynamic", "--dyn-syms"))
    flags = " ".join(re.findall(r"\(FLAGS(?:_1)?\)\s+(?:Flags: )?(.*)", dynamic)).split()
    stack = re.search(r"GNU_STACK(?:\s+0x\w+){5}\s+([RWE ]+?)\s+0x", segments)
    used = set(re.findall(r"\b(\w+)@", symbols))
    for holds, fault in (
            ("PIE" in flags and "(Position-Independent" in segments, "is loaded at one address (no PIE)"),
            ("GNU_RELRO" in segments, "leaves its relocated data writable (no RELRO)"),
            ("NOW" in flags, "leaves its table of functions writable (no BIND_NOW)"),
            (stack and "E" not in stack[1], "has an executable stack"),
            (not re.search(r"LOAD(?:\s+0x\w+){5}\s+R?WE", segments), "has memory that is both written and run"),
            ("__stack_chk_fail" in used, "has no stack canaries"),
            (any(re.fullmatch(r"__(?!stack)\w+_chk", symbol) for symbol in used), "has no fortified calls"),
            ("RUNPATH" not in dynamic and "RPATH" not in dynamic, "looks for libraries elsewhere than the system"),
    ):
        if not holds:
            findings.append(f"{program} {fault}")


for program in programs:
    check(program)
print("\n".join(findings) or f"{len(programs)} programs are hardened.")
sys.exit(1 if findings or not programs else 0)
