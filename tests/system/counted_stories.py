#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody came for, in a counted number of actions (counted.py), each from its beginning to what it was for. Run in
with-desktop:

    counted_stories.py BINARIES
"""
import json
import os
import subprocess

import accessible
from accessible import Program, until
from counted import PATIENCE, Actions, focus_comes_to
from target import CONFIGURATION, Target
from tunnel import Tunnel

DATADOG = "http-intake.logs.datadoghq.com"
ANSWERING = CONFIGURATION.replace("location /refuse", """location /token {{
            if ($http_authorization = "Basic Y2xpZW50OnJpZ2h0") {{
                return 200 '{{"access_token":"abc","token_type":"Bearer","expires_in":600}}';
            }}
            return 401 '{{"error":"invalid_client"}}';
        }}
        location /refuse""")  # client:right


class Desk:
    """A profile of its own, and the two programs, which trust the target and find it where Datadog's is."""

    def __init__(self, binaries, profile, target, tunnel):
        self.binaries, self.target = binaries, target
        self.profile = ["--profile", str(profile)]
        self.environment = {**os.environ, "SSL_CERT_FILE": str(target.folder / "ca.pem"), "https_proxy": tunnel.url, "no_proxy": "localhost"}

    def window(self):
        return Program([str(self.binaries / "tocsin"), *self.profile], env=self.environment)

    def ctl(self, *arguments, given=None):
        return subprocess.run([str(self.binaries / "tocsinctl"), *self.profile, *arguments], input=given and json.dumps(given),
                              text=True, check=True, stdout=subprocess.PIPE, env=self.environment).stdout

    def webhook(self, name):
        return json.loads(self.ctl("--json", "webhook", "show", name))


def is_saved(program, name):
    program.find(name, ("table cell",), seconds=PATIENCE)


def opens_and_tests(program, name, verdict):
    """The first webhook of the list, as it is before the counting begins."""
    program.find(name, ("table cell",), seconds=PATIENCE)
    accessible.key("Home", "Return")
    focus_comes_to(program, "Integration Webhook Name")
    accessible.key("ctrl+Return")
    program.says(verdict, PATIENCE)


def datadog_from_its_preset(desk):
    with desk.window() as program, Actions(program, "Datadog from preset to saved", 7) as user:
        user.says("No webhooks yet")
        user.click("Add Webhook")
        user.click("Use a preset")
        user.click("Datadog", ("menu item",))
        user.fill("Value", "the-api-key", returns=True)
        user.fill("Value", "the-application-key")
        user.click("Test")
        user.says("Test successful")
        user.click("Save Webhook")
        is_saved(program, "Datadog")
    assert desk.target.arrived()[-1]["api_key"] == "the-api-key", desk.target.arrived()
    assert set(desk.webhook("Datadog")["type"]["http_request"]["headers"]) == {"DD-API-KEY", "DD-APPLICATION-KEY"}


def failing_oauth(desk):
    """From a test that the authorization server refuses, to the webhook saved with the secret that it takes."""
    token = desk.target.url.replace("/api/v2/logs", "/token")
    desk.ctl("webhook", "import", "-", given={
        "name": "OAuth", "type": {"http_request": {"url": desk.target.url}}, "body_template": "{}",
        "authentication_config": {"oauth": {"client_id": "client", "client_secret": "wrong", "token_endpoint_url": token}}})
    with desk.window() as program:
        opens_and_tests(program, "OAuth", "Test failed")
        with Actions(program, "failing OAuth mended", 5) as user:
            user.click("View Invocation Data")
            user.click("Edit Client Secret")
            user.fill("Client Secret", "right", replaces=True)
            user.click("Test")
            user.says("Test successful")
            user.click("Save Webhook")
            is_saved(program, "OAuth")


def validator_from_an_answer(desk):
    desk.ctl("webhook", "import", "-", given={
        "name": "Answering", "type": {"http_request": {"url": desk.target.url}}, "body_template": "{}"})
    with desk.window() as program:
        opens_and_tests(program, "Answering", "Test successful")
        accessible.key("ctrl+shift+i")
        body = program.find("Response body", accessible.TEXTS, seconds=PATIENCE)
        with Actions(program, "validator from an answer", 1) as user:
            user.rest_on(body, '"ok"')
            user.click("Make a validator")
            focus_comes_to(program, "Expected Values")
            program.find("Remove ok", seconds=PATIENCE)
        accessible.key("ctrl+s")
        is_saved(program, "Answering")
    assert desk.webhook("Answering")["response_validators"] == [{"json_path": "$.data.status", "expected_values": ["ok"]}]


def dead_ones_replayed(desk):
    """From a list of webhooks to all that died for a wrong URL delivered."""
    desk.ctl("webhook", "import", "-", given={
        "name": "Dying", "type": {"http_request": {"url": "https://localhost:1/hook"}}, "body_template": '{"name": "{{data.name}}"}',
        "delivery": {"retry_delays_in_sec": []}})
    before = desk.target.count()
    with desk.window() as program:
        program.find("Dying", ("table cell",), seconds=PATIENCE)
        names = [f"event {number}" for number in range(3)]
        for name in names:
            desk.ctl("emit", given={"event_type": "IntegrationStatusChanged", "event_time": 1,
                                    "data": {"id": name, "name": name, "type": "mysql", "status": "Error"}})
        program.says("3 dead", PATIENCE)
        with Actions(program, "dead found, cause mended, replayed", 8) as user:
            user.click("Deliveries", ("page tab",))
            user.click("Dead", ("radio button",))
            user.click("Edit URL")
            user.fill("URL", desk.target.url, replaces=True)
            user.click("Test")
            user.says("Test successful")
            user.click("Save Webhook")
            user.click("Replay these 3")
            until(lambda: desk.target.count() == before + 4, "the three did not arrive", PATIENCE)
    assert sorted(json.loads(request["body"])["name"] for request in desk.target.arrived()[-3:]) == names, desk.target.arrived()


def all_by_keyboard(desk):
    with desk.window() as program, Actions(program, "everything by keyboard", 15) as user:
        user.says("No webhooks yet")
        user.press("ctrl+n")
        user.fill("Integration Webhook Name", "By keyboard")
        user.tab_to("URL")
        user.fill("URL", desk.target.url)
        user.tab_to("Body Template")
        user.type('{"name": "{{data.name}}"}')
        user.tab_to("Status", role="combo box")
        user.press("space")
        user.press("Down")
        user.press("space")
        user.press("Escape")
        user.press("ctrl+Return")
        user.says("Test successful")
        user.press("ctrl+shift+i")
        user.says("202 Accepted")
        user.press("ctrl+s")
        is_saved(program, "By keyboard")
    stored = desk.webhook("By keyboard")
    assert stored["body_template"] == '{"name": "{{data.name}}"}' and len(stored["filters"]["status"]) == 1, stored


def story(binaries, folder):
    target = Target(folder / "target", ANSWERING, [DATADOG])
    tunnel = Tunnel(target.port)
    try:
        for told in (datadog_from_its_preset, failing_oauth, validator_from_an_answer, dead_ones_replayed, all_by_keyboard):
            told(Desk(binaries, folder / told.__name__, target, tunnel))
    finally:
        tunnel.close()
        target.close()


if __name__ == "__main__":
    accessible.tell(story)
