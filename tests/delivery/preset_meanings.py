# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each target makes of a status: read off the request, and as it has to be."""
STATUSES = ("Error", "Warning", "Active", "Disabled", "Initializing", "Refreshing")
MEANINGS = {}
PROBLEMS = {"Error", "Warning"}
RECOVERY = PROBLEMS | {"Active"}  # one who reads hears that it is over
ENDING = RECOVERY | {"Disabled"}  # what is open is closed; a log, or a program, knows of all that lasts

SECRET_HEADERS = {
    "alertmanager": {"Authorization"}, "datadog": {"DD-API-KEY", "DD-APPLICATION-KEY"}, "generic": {"Authorization"},
    "okta-workflows": {"x-api-client-token"}, "opsgenie": {"Authorization"}, "servicenow": {"Authorization"},
    "splunk": {"Authorization"}, "torq": {"Authorization"}}


def means(*targets, told, error, warning, active, disabled, otherwise):
    """`otherwise` is for Initializing and Refreshing, of which no preset tells unless its owner wants it."""
    def mark(read):
        read.filter = told
        read.by_status = dict(zip(STATUSES, (error, warning, active, disabled, otherwise, otherwise)))
        MEANINGS.update({target: read for target in targets})
        return read
    return mark


@means("pagerduty", told=ENDING, error=("trigger", "critical"), warning=("trigger", "warning"), active=("resolve", "info"),
       disabled=("resolve", "info"), otherwise=("trigger", "info"))
def pagerduty(body, _):
    return body["event_action"], body["payload"]["severity"]


@means("datadog", told=ENDING, error=("error", "error", "status:error"), warning=("warning", "warning", "status:warning"),
       active=("ok", "success", "status:active"), disabled=("info", "info", "status:disabled"), otherwise=("info", "info", "status:other"))
def datadog(body, _):
    tag = body["ddtags"].split(",")[-1]
    return body["status"], body["alert_type"], tag if tag not in ("status:initializing", "status:refreshing") else "status:other"


RED, YELLOW, GREEN, GREY = "#d32f2f", "#f9a825", "#2e7d32", "#757575"


@means("slack", told=RECOVERY, error=(RED, "🔴"), warning=(YELLOW, "🟠"), active=(GREEN, "🟢"), disabled=(GREY, "⚪"),
       otherwise=(GREY, "⚪"))
def slack(body, _):
    attachment = body["attachments"][0]
    return attachment["color"], attachment["blocks"][0]["text"]["text"].split(" ")[0]


@means("mattermost", told=RECOVERY, error=RED, warning=YELLOW, active=GREEN, disabled=GREY, otherwise=GREY)
def mattermost(body, _):
    return body["attachments"][0]["color"]


@means("discord", told=RECOVERY, error=RED, warning=YELLOW, active=GREEN, disabled=GREY, otherwise=GREY)
def discord(body, _):
    return f"#{body['embeds'][0]['color']:06x}"


@means("teams", told=RECOVERY, error="attention", warning="warning", active="good", disabled="emphasis", otherwise="emphasis")
def teams(body, _):
    return body["attachments"][0]["content"]["body"][0]["style"]


@means("google-chat", told=RECOVERY, error=RED, warning="#b26a00", active=GREEN, disabled=GREY, otherwise=GREY)
def google_chat(body, target):
    assert "messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD" in target
    first = body["cardsV2"][0]["card"]["sections"][0]["widgets"][0]
    return first["textParagraph"]["text"].split('"')[1]


@means("ntfy", told=RECOVERY, error=(5, "rotating_light"), warning=(4, "warning"), active=(3, "white_check_mark"),
       disabled=(2, "information_source"), otherwise=(2, "information_source"))
def ntfy(body, _):
    return body["priority"], body["tags"][0]


@means("servicenow", told=PROBLEMS, error=("1", "2"), warning=("2", "3"), active=("3", "3"), disabled=("3", "3"), otherwise=("3", "3"))
def servicenow(body, _):
    return body["urgency"], body["impact"]


@means("splunk", told=ENDING, error="critical", warning="medium", active="informational", disabled="informational",
       otherwise="informational")
def splunk(body, _):
    return body["fields"]["severity"]


@means("grafana", told=ENDING, error=("alerting", "critical"), warning=("alerting", "warning"), active=("ok", "info"),
       disabled=("ok", "info"), otherwise=(None, "info"))
def grafana(body, _):
    return body.get("state"), body["severity"]


@means("logz.io", told=ENDING, error="error", warning="warn", active="info", disabled="info", otherwise="info")
def logz(body, _):
    return body["level"]


@means("generic", "torq", "tines", "okta-workflows", told=ENDING, error=("critical", False), warning=("warning", False),
       active=("info", True), disabled=("info", True), otherwise=("info", False))
def any_json(body, _):
    return body["severity"], body["resolved"]


@means("opsgenie", told=ENDING, error=("create", "P1"), warning=("create", "P3"), active=("close", None), disabled=("close", None),
       otherwise=("create", "P5"))
def opsgenie(body, target):
    if target.endswith("/close?identifierType=alias") and target.startswith("/v2/alerts/"):
        return "close", body.get("priority")
    return ("create" if target == "/v2/alerts" else target), body.get("priority")


@means("alertmanager", told=ENDING, error={"critical": "fires", "warning": "ended"}, warning={"critical": "ended", "warning": "fires"},
       active={"critical": "ended", "warning": "ended"}, disabled={"critical": "ended", "warning": "ended"}, otherwise={})
def alertmanager(body, _):
    """Both severities each time: an alert is known by its labels, and one that is no more has to be ended."""
    others = [{name: value for name, value in alert["labels"].items() if name != "severity"} for alert in body]
    assert all(labels == others[0] for labels in others), others
    # An end that is ahead of Alertmanager's clock is merged away (2199 rules); one long ago ends it whatever the clocks say.
    ends = {"2199": "fires", "2000": "ended"}
    return {alert["labels"]["severity"]: ends.get(alert["endsAt"][:4]) if ("startsAt" in alert) == (alert["endsAt"] > "2100") else None
            for alert in body}
