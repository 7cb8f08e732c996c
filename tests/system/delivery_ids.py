#!/usr/bin/python3
# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event with an id of its own is taken once, whatever is killed (-9), and however often it is sent: delivery_ids.py BIN
STORY [SEED], where STORY is one of those below."""
import http.client
import json
import random
import subprocess
import sys
import threading
import time

from recorder import Recorder
from serving import TOKEN, Serve, document, event, tell, wait_for

KILLS = 12
SENDERS = 8
ONES, BODIES, BODY = 13, 3, 4  # of each sender: events with an id, bodies with one, events in such a body
IDS = SENDERS * (ONES + BODIES * BODY)
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)


class Sender(threading.Thread):
    """Sends its bodies again and again, each time to any of the servers, and remembers what was answered."""

    def __init__(self, number, servers, stopping):
        super().__init__(daemon=True)
        self.servers, self.stopping = servers, stopping
        self.chance = random.Random(f"{SEED} {number}")
        self.answers, self.faults, self.unanswered, self.conflicts = {}, [], 0, 0
        self.bodies = []  # (fields, events, their ids)
        for n in range(ONES):
            own = f"sender {number} event {n} 🔔"
            self.bodies.append(({}, [{"id": own, **event(f"{number}-{n}", 1)}], [own]))
        for n in range(BODIES):
            own = f"sender-{number}-body-{n}"
            self.bodies.append(({self.chance.choice(["webhook-id", "Idempotency-Key"]): own},
                                [event(f"{number}-body-{n}-{item}", 1) for item in range(BODY)],
                                [f"{own}/{item}" for item in range(BODY)]))

    def run(self):
        while not self.stopping.is_set():
            self.send(self.chance.choice(self.bodies))
            if self.chance.random() < 0.2:
                self.send_another(self.chance.choice(self.bodies))

    def post(self, fields, events):
        connection = http.client.HTTPConnection("127.0.0.1", self.chance.choice(self.servers).port, timeout=20)
        try:
            connection.request("POST", "/v1/events?force=true", json.dumps(events, sort_keys=self.chance.random() < 0.5),
                               {"Authorization": f"Bearer {TOKEN}", **fields})
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        except (OSError, http.client.HTTPException):
            self.unanswered += 1
            return None, None
        finally:
            connection.close()

    def send(self, body):
        """Whether it was answered as it should be."""
        fields, events, ids = body
        status, answer = self.post(fields, events)
        if status == 202 and [taken["event_own_id"] for taken in answer["events"]] == ids:
            for taken in answer["events"]:
                self.answers.setdefault(taken.pop("event_own_id"), []).append(taken)
            return True
        if status is not None:
            self.faults.append((status, answer))
        return False

    def send_another(self, body):
        """Other content under ids that were answered: never taken, nor said to have been."""
        fields, events, ids = body
        if any(own not in self.answers for own in ids):
            return
        others = [{**one, "event_time": 99} for one in events]
        status, answer = self.post(fields, others)
        if status == 409 and [fault["event_own_id"] for fault in answer["faults"]] == ids:
            self.conflicts += 1
        elif status is not None:
            self.faults.append((status, answer))


def check_answers(senders):
    """All to one id are the same, and no more than one of them is the first."""
    for sender in senders:
        assert not sender.faults, sender.faults[:3]
        for own, answers in sender.answers.items():
            first = [answer for answer in answers if not answer.pop("duplicate", False)]
            assert len(first) <= 1, f"{own} was taken {len(first)} times"
            assert all(answer == answers[0] for answer in answers), f"{own}: {answers}"


def check_deliveries(place, recorder, ids):
    deliveries = place.wait_until_finished()
    assert sorted(delivery["event_own_id"] for delivery in deliveries) == sorted(ids), len(deliveries)
    messages = {}
    for _, message, body, _ in recorder.arrivals:
        assert body["sequence"] == 1, body
        messages.setdefault(body["integration"], set()).add(message)
    assert len(messages) == len(ids) and all(len(one) == 1 for one in messages.values()), messages
    assert {message for one in messages.values() for message in one} == {d["message_id"] for d in deliveries}


def story_of_kills(place):
    """Two servers on one profile, of which one or the other is killed."""
    recorder = Recorder(place.folder / "target", lambda *_: (200, {}))
    place.webhooks(document("target", recorder.url_of("/hook"), recorder, filters={"type": ["mysql"]}))
    chance = random.Random(SEED)

    def start():
        return Serve(place, "--lease", "1")

    servers, stopping = [start(), start()], threading.Event()
    senders = [Sender(n, servers, stopping) for n in range(SENDERS)]
    for sender in senders:
        sender.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.1, 0.8))
        killed = chance.randrange(2)
        servers[killed].__exit__()
        servers[killed] = start()
    stopping.set()
    for sender in senders:
        sender.join()
        for body in sender.bodies:
            wait_for(lambda: sender.send(body), "an answer")
    check_answers(senders)
    ids = [own for sender in senders for body in sender.bodies for own in body[2]]
    assert len(ids) == IDS
    check_deliveries(place, recorder, ids)
    for server in servers:
        server.stop()
    answered = sum(len(answers) for sender in senders for answers in sender.answers.values())
    unanswered, conflicts = (sum(getattr(sender, name) for sender in senders) for name in ("unanswered", "conflicts"))
    print(f"seed {SEED}: {IDS} ids answered {answered} times, {unanswered} requests unanswered, {KILLS} kills, "
          f"{conflicts} with other content refused")
    assert unanswered > 0 and conflicts > 0 and answered > 3 * IDS
    recorder.close()


def story_of_emits(place):
    """Two `emit` at once, again and again, with some of the same events each, most of them killed."""
    recorder = Recorder(place.folder / "target", lambda *_: (200, {}))
    place.webhooks(document("target", recorder.url_of("/hook"), recorder))
    chance = random.Random(SEED)
    ids = [f"event-{n}" for n in range(IDS)]
    killed = 0
    with Serve(place, listens=False) as serve:
        for _ in range(KILLS):
            emits = [subprocess.Popen(place.call("emit", "--force"), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
                     for _ in range(2)]
            for emit in emits:
                some = [{**event(own, 1), "id": own} for own in chance.sample(ids, IDS // 10)]
                emit.stdin.write("\n".join(map(json.dumps, some)).encode())
                emit.stdin.close()
            time.sleep(chance.uniform(0.01, 0.15))
            for emit in emits:
                emit.kill()
                killed += emit.wait() != 0
        answers = place.emit([{**event(own, 1), "id": own} for own in ids])
        again = place.emit([{**event(own, 1), "id": own} for own in reversed(ids)])
        assert all(answer["duplicate"] for answer in again)
        first = {answer["event_own_id"]: answer["event_id"] for answer in answers}
        assert first == {answer["event_own_id"]: answer["event_id"] for answer in again}
        check_deliveries(place, recorder, ids)
        serve.stop()
    print(f"seed {SEED}: {killed} of {2 * KILLS} killed, {sum('duplicate' not in a for a in answers)} ids were left for the last")
    recorder.close()


if __name__ == "__main__":
    tell({"kills": story_of_kills, "emits": story_of_emits})
