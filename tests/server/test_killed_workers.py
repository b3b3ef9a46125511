"""A worker that is killed in the middle loses nothing and does nothing twice."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from evenhand_server.dealings.models import Dealing
from evenhand_server.journal.actions import LEASE
from evenhand_server.journal.models import DueRow
from evenhand_server.matching.models import Matching
from evenhand_server.people.actor import Actor
from evenhand_server.workers.run import work_all
from tests.deal import announce
from tests.market import sells_mountain_bikes, shop

INTENTS, SHOPS = 12, 3
WORKER = """
import sys
import evenhand_server.boot
from django.db import connection
from evenhand_server.workers import introduce
from evenhand_server.workers.run import work_all

connection.close()
connection.settings_dict["NAME"] = sys.argv[1]
done, proffer = [], introduce.proffer_terms

def proffer_and_say(*args, **named):
    proffer(*args, **named)
    done.append(1)
    if len(done) == int(sys.argv[2]):
        print("in the middle", flush=True)
        sys.stdin.read()

introduce.proffer_terms = proffer_and_say
work_all()
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", [1, 5])
def test_what_a_killed_worker_left_is_done_once_by_others(rosa: Actor, at: int) -> None:
    for number in range(SHOPS):
        shop(f"shop{number}", f"Shop {number}", sells_mountain_bikes())
    for _ in range(INTENTS):
        announce(rosa)
    name = str(connection.settings_dict["NAME"])
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, name, str(at)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "evenhand_server.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "in the middle\n"
        worker.send_signal(signal.SIGKILL)
    assert Dealing.objects.count() == at // SHOPS * SHOPS
    work_all(timezone.now() + LEASE + timedelta(seconds=1))
    assert Matching.objects.count() == INTENTS
    assert Dealing.objects.count() == INTENTS * SHOPS
    assert Dealing.objects.values("intent", "vendor").distinct().count() == INTENTS * SHOPS
    assert not DueRow.objects.filter(step="match_intent").exists()
