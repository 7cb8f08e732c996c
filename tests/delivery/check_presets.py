#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every preset in every status, with every sample, against its target's rules. check_presets.py PRESETREQUESTS TARGETS"""
import html
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

import jsonschema

from preset_meanings import MEANINGS, SECRET_HEADERS, STATUSES

PROGRAM, TARGETS = sys.argv[1], pathlib.Path(sys.argv[2])
HOSTILE = ("say \"hi\" \\\" \\n \\u0041 \\", "line\nfeed\r\n\ttab \b\f \x01\x1f\x7f", "</script><!-- & 'quoted' --> <b>bold</b>",
           "<!channel> <@U1> @everyone @here @channel <users/all> <at>all</at> [a](https://evil.test) ``` *b*",
           "{{data.id}} ${secret:KEY} {\"json\": [1, \"two\"]}", "\"}]}\", \"injected\": \"", "nul \0 inside", "\n\n", " ", "..",
           "emoji \U0001f514\U0001f469‍\U0001f469‍\U0001f467‍\U0001f466 日本語 \u2028\u2029",
           "id,env:prod,status:ok", "a/b", "DOMAIN\\host/c", "\n" + 23 * "`" + "\n`````````` \n```\n*b*")
failures = []


def units(text):
    """A target counts code points or UTF-16 code units: the more of the two."""
    return len(text.encode("utf-16-le")) // 2


def longest(_, limit, value, __):
    if isinstance(value, str) and units(value) > limit:
        yield jsonschema.ValidationError(f"of {units(value)} characters, {limit} are the most")


def largest(_, limit, value, __):
    size = len((value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).encode())
    if size > limit:
        yield jsonschema.ValidationError(f"of {size} bytes, {limit} are the most")


def within(validator, schema, value, _):
    """JSON in a string."""
    try:
        yield from validator.descend(json.loads(value), schema)
    except ValueError as error:
        yield jsonschema.ValidationError(f"not JSON in a string: {error}")


Rules = jsonschema.validators.extend(jsonschema.Draft202012Validator,
                                     {"maxLength": longest, "x-maxBytes": largest, "x-contentSchema": within})


def rules(target):
    schema = json.loads((TARGETS / f"{target}.schema.json").read_text(encoding="utf-8"))
    if "$ref" in schema:
        schema = json.loads((TARGETS / schema["$ref"]).read_text(encoding="utf-8"))
    Rules.check_schema(schema)
    return schema


def faults(schema, body):
    """What a target's rules say of a body's text."""
    try:
        value = json.loads(body)
    except ValueError as error:
        return [f"not JSON: {error}"]
    said = [f"{error.json_path}: {error.message[:200]}" for error in Rules(schema).iter_errors(value)]
    if schema.get("x-oneLine") and "\n" in body.removesuffix("\n"):
        said.append("of more than one line")
    return said


def event(status, issues, at=1696263265.851, **changes):
    data = {"id": "6f1c2a40", "name": "orders-db", "type": "postgresql", "status": status, "issues": issues}
    data.update({name: value for name, value in changes.items() if name in data})
    if issues is None:
        del data["issues"]
    return {"event_type": changes.get("event_type", "IntegrationStatusChanged"), "event_time": at, "data": data}


def samples():
    """(name, event) of each status."""
    one = [{"status": "Error", "message": "Connector prod-eu is unreachable."}]
    long, wide, joined = "x" * 20_000, "\U0001f514" * 8_000, "e\u0301" * 8_000
    stacked, families = ("e" + 400 * "\u0301") * 40, 800 * "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
    for status in STATUSES:
        yield "no issues", event(status, [])
        yield "issues absent", event(status, None)
        yield "one", event(status, one)
        yield "many", event(status, [{"status": "Warning", "message": f"{i}: " + "m" * 100} for i in range(200)])
        yield "bare issues", event(status, [{}, {"status": "Error"}, {"message": ""}])
        yield "empty names", event(status, one, name="", type="")
        yield "time as text", event(status, one, at="2023-10-02T18:14:25.851+02:00")
        yield "whole seconds", event(status, one, at=1696263265)
        yield "a long id", event(status, one, id="i" * 2_000)
        for text in (long, wide, joined, stacked, families, 8_000 * "<", 8_000 * "`"):
            yield "long", event(status, [{"status": text[:200], "message": text}] * 3, name=text, type=text[:10_000])
        for text in HOSTILE:
            issue = {"status": text, "message": text}
            yield "hostile", event(status, [issue, issue], id=text, name=text, type=text, event_type=text)


def google_chat_shows(body):
    """Cards read HTML's tags."""
    return html.unescape(body["cardsV2"][0]["card"]["sections"][0]["widgets"][1]["textParagraph"]["text"].replace("<", "&#0;"))


def within_fence(text, fence):
    """What stands between a fence and the next line that would end it, where that is the last."""
    found = re.fullmatch(f"{fence}\n(.*)\n{fence}", text, re.DOTALL)
    ends = found and re.search(f"^ *{fence}`* *$", found[1], re.MULTILINE)
    return None if not found or ends else found[1].replace("\u200b", "")


def discord_shows(body):
    """A title's Markdown, without what a backslash takes it from."""
    title = body["embeds"][0]["title"]
    bare = re.sub(r"\\([!-/:-@\[-`{-~])", "", title)
    return None if re.search(r"[*_~`|<\[\\#:]", bare) else re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", title)


def misread(target, data, body):
    """Text of an event's that a target takes for markup of its own."""
    said = "\n".join(issue["message"] for issue in data.get("issues", ()) if issue.get("message") is not None)
    short = units(said) < 1_000
    if target == "google-chat" and short and google_chat_shows(body) != (said or "No issues are reported."):
        yield "issues are read as HTML"
    if target == "mattermost" and data.get("issues") and within_fence(body["attachments"][0]["text"], 10 * "`") is None:
        yield "an issue ends the fence"
    if target == "discord":
        description = body["embeds"][0]["description"]
        fenced = description[4:-4] if description.startswith("```\n") and description.endswith("\n```") else "```"
        if data.get("issues") and "```" in fenced or short and data.get("issues") and fenced.replace("\u200b", "") != said:
            yield "an issue ends the fence"
        if units(data["name"]) < 100 and discord_shows(body) != f"{data['name']} is {data['status']}":
            yield "a name is read as Markdown"


ALIASES = {}


def check_alias(data, request):
    """Opsgenie closes what it opened: a value in a path that every server takes for one, and that is the same in a body."""
    path = request["target"].split("?")[0].split("/")
    alias = urllib.parse.unquote(path[3]) if len(path) == 5 else json.loads(request["body"])["alias"]
    if "/" in alias or "\\" in alias or alias in (".", ".."):
        yield f"the alias {alias!r} would change the path"
    if ALIASES.setdefault(data["id"], alias) != alias:
        yield f"the alias is {alias!r} where it was {ALIASES[data['id']]!r}"


def check(target, name, sample, request):
    data = sample["data"]
    status, where = data["status"], f"{target}, {data['status']}, {name}: "
    if "error" in request:
        failures.append(where + request["error"])
        return
    said = faults(SCHEMAS[target], request["body"])
    failures.extend(where + text for text in said)
    if said:
        return
    failures.extend(where + text for text in misread(target, data, json.loads(request["body"])))
    if target == "opsgenie":
        failures.extend(where + text for text in check_alias(data, request))
    meant = MEANINGS[target](json.loads(request["body"]), request["target"])
    expected = MEANINGS[target].by_status[status]
    if meant != expected:
        failures.append(f"{where}means {meant}, not {expected}")


def check_document(target, webhook):
    http = webhook["type"]["http_request"]
    if not http["url"].startswith("https://"):
        failures.append(f"{target}: not https")
    if set(http["headers"]) != SECRET_HEADERS.get(target, set()):
        failures.append(f"{target}: headers {sorted(http['headers'])}")
    statuses = set(webhook["filters"]["status"])
    wanted = MEANINGS[target].filter
    if statuses != wanted:
        failures.append(f"{target}: is told of {sorted(statuses)}, not {sorted(wanted)}")


def objects(value):
    """Every object in a value."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(part)


def check_strict(target, body):
    """No object takes a member that is not known, or is not the text that a free one has to be."""
    value = json.loads(body)
    for part in objects(value):
        part["unknown"] = 1
        if not faults(SCHEMAS[target], json.dumps(value)):
            failures.append(f"{target}: the rules take a member that no target knows: {json.dumps(value)[:300]}")
        del part["unknown"]


def check_refused():
    """The rules can fail: what the first presets sent for an Error without issues breaks each of them."""
    for target, body in json.loads((TARGETS / "refused.json").read_text(encoding="utf-8")).items():
        if not faults(SCHEMAS[target], body):
            failures.append(f"{target}: what is wrong keeps its rules: {body}")


given = list(samples())
lines = "".join(json.dumps(sample) + "\n" for _, sample in given)
ran = subprocess.run([PROGRAM], input=lines, text=True, stdout=subprocess.PIPE, timeout=100, check=True)
documents, *answers = [json.loads(line) for line in ran.stdout.split("\n") if line]
assert len(answers) == len(given), (len(answers), len(given))
assert set(documents) == set(MEANINGS), set(documents) ^ set(MEANINGS)
SCHEMAS = {target: rules(target) for target in documents}
for target, made in documents.items():
    failures.extend(f"{target}: {text}" for text in made["problems"])
    check_document(target, made["webhook"])
for (name, sample), requests in zip(given, answers):
    for target, request in requests.items():
        check(target, name, sample, request)
for target, request in answers[[name for name, _ in given].index("one")].items():
    check_strict(target, request["body"])
check_refused()
print("\n".join(failures[:60]) or f"{len(documents)} presets kept their targets' rules in {len(given) * len(documents)} requests.")
sys.exit(1 if failures else 0)
