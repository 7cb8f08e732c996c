#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every preset in every status, with every sample, against its target's rules. check_presets.py PRESETREQUESTS TARGETS"""
import json
import pathlib
import subprocess
import sys

import jsonschema

from preset_meanings import MEANINGS, SECRET_HEADERS, STATUSES

PROGRAM, TARGETS = sys.argv[1], pathlib.Path(sys.argv[2])
HOSTILE = ("say \"hi\" \\\" \\n \\u0041 \\", "line\nfeed\r\n\ttab \b\f \x01\x1f\x7f", "</script><!-- & 'quoted' --> <b>bold</b>",
           "<!channel> <@U1> @everyone @here @channel <users/all> <at>all</at> [a](https://evil.test) ``` *b*",
           "{{data.id}} ${secret:KEY} {\"json\": [1, \"two\"]}", "\"}]}\", \"injected\": \"", "nul \0 inside", "\n\n", " ", "..",
           "emoji \U0001f514\U0001f469‍\U0001f469‍\U0001f467‍\U0001f466 日本語 \u2028\u2029",
           "id,env:prod,status:ok", "a/b")
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
        for text in (long, wide, joined):
            yield "long", event(status, [{"status": text[:200], "message": text}] * 3, name=text, type=text[:10_000])
        for text in HOSTILE:
            issue = {"status": text, "message": text}
            yield "hostile", event(status, [issue, issue], id=text, name=text, type=text, event_type=text)


def leads_elsewhere(event_id):
    """An id that no segment of a path can hold."""
    return "/" in event_id or "\\" in event_id or event_id in (".", "..")


def check(target, name, sample, request):
    data = sample["data"]
    status, where = data["status"], f"{target}, {data['status']}, {name}: "
    closes = target == "opsgenie" and status in ("Active", "Disabled")
    if closes and leads_elsewhere(data["id"]):
        if "error" not in request:
            failures.append(where + "an id that would change the path was sent")
        return
    if "error" in request:
        failures.append(where + request["error"])
        return
    said = faults(SCHEMAS[target], request["body"])
    failures.extend(where + text for text in said)
    if said:
        return
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
