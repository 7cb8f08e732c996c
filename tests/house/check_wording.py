#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the sources word what a person reads: check_wording.py ROOT"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1]).resolve()
COUNTED = ("times events deliveries webhooks integrations attempts headers validators matches problems secrets issues "
           "seconds minutes hours days rows").split()
LITERALS = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
SHOWN = re.compile(r"\b(tr|say|sayCounted)\(\s*" + LITERALS)
FILE_TEXT = re.compile(r"<string[^>]*>([^<]*)</string>")
MAKER = re.compile(r'SentenceMaker say(?:Counted)?\{"([\w:]+)"\}')
NO_SENTENCE = re.compile(r"(?<!void )(?<!::)\bsay(?:Counted)?\(\s*[^\"\s)]")
FROZEN = re.compile(r"\bSentence\(\s*(?:\w+::)?tr\(")
WORDINGS = (
    (re.compile(r"%L?\d+ (?:more )?(?:" + "|".join(COUNTED) + r")\b"), "a number before a plural: say it with %n"),
    (re.compile(r"%L?\d+ \w+\(s\)"), "a plural that no number decides: say it with %n"),
    (re.compile(r"(?<![.“])\.\.(?![.”])"), "two full stops"),
    (re.compile(r"!(?:$|\s)"), "an exclamation mark"),
    (re.compile(r"\b[Pp]lease\b|\b[Oo]ops\b"), "a word that says nothing"),
)
findings = []


def find(path, text, at, fault):
    findings.append(f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, at) + 1}: {fault}")


def check_wording(path, text, at, shown):
    for pattern, fault in WORDINGS:
        if pattern.search(shown):
            find(path, text, at, f"{fault}: {shown}")


def check_makers(path, text):
    """lupdate takes a sentence's context from the class in which its maker stands, the program from the maker."""
    for match in MAKER.finditer(text):
        context = match[1]
        name = context.rsplit("::", 1)[-1]
        scope = text[max(0, match.start() - 400):match.end() + 400]
        declared = f"Q_DECLARE_TR_FUNCTIONS({context})" in scope
        is_object = re.search(rf"class {name} (?:final )?:[^{{;]*\{{\s*Q_OBJECT", text)
        if not declared and not is_object:
            find(path, text, match.start(), f"the sentences of {context} stand in a class of another context")
    for match in NO_SENTENCE.finditer(text):
        find(path, text, match.start(), "lupdate reads say() as a sentence, and finds no text: use another name")
    for match in FROZEN.finditer(text):
        find(path, text, match.start(), "a sentence that is frozen in its writer's language: use say()")


def main():
    shown = 0
    for path in sorted([*(ROOT / "src").rglob("*.cpp"), *(ROOT / "src").rglob("*.h")]):
        text = path.read_text(encoding="utf-8")
        check_makers(path, text)
        for match in SHOWN.finditer(text):
            shown += 1
            words = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[2]))
            check_wording(path, text, match.start(), words)
    for path in sorted((ROOT / "ui").rglob("*.ui")):
        text = path.read_text(encoding="utf-8")
        for match in FILE_TEXT.finditer(text):
            shown += 1
            check_wording(path, text, match.start(), match[1])
    print("\n".join(findings) or f"{shown} texts are worded as they should be.")
    sys.exit(1 if findings or not shown else 0)


if __name__ == "__main__":
    main()
