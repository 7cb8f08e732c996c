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
from accessible import Program
from counted import PATIENCE, Actions, focus_comes_to
from target import CONFIGURATION, Target
from tunnel import Tunnel

DATADOG = "http-intake.logs.datadoghq.com"
ANSWERING = CONFIGURATION.replace("location /refuse", """location /token {{
            if ($http_authorization = "Basic Y2xpZW50OnJpZ2h0") {{ return 200 '{{"access_token":"abc","token_type":"Bearer","expires_in":600}}'; }}
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
        program.find("OAuth", ("table cell",), seconds=PATIENCE)
        accessible.key("Home", "Return")
        focus_comes_to(program, "Integration Webhook Name")
        accessible.key("ctrl+Return")
        program.says("Test failed", PATIENCE)
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
        program.find("Answering", ("table cell",), seconds=PATIENCE)
        accessible.key("Home", "Return")
        focus_comes_to(program, "Integration Webhook Name")
        accessible.key("ctrl+Return")
        program.says("Test successful", PATIENCE)
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


def story(binaries, folder):
    target = Target(folder / "target", ANSWERING, [DATADOG])
    tunnel = Tunnel(target.port)
    try:
        for told in (datadog_from_its_preset, failing_oauth, validator_from_an_answer):
            told(Desk(binaries, folder / told.__name__, target, tunnel))
    finally:
        tunnel.close()
        target.close()


if __name__ == "__main__":
    accessible.tell(story)
