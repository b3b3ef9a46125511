"""The master key changes while keys are in use; whoever kills the change halfway loses nothing."""

import os
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings as django_settings

from evenhand_server.environment import Environment, make_secret, read_secret
from evenhand_server.people.actor import Actor
from evenhand_server.records import master
from evenhand_server.records.actions import make_key, register_key
from evenhand_server.records.keys import MASTER, NEXT, RETIRED
from evenhand_server.records.models import SigningKey
from evenhand_server.records.queries import seed_of

KEYS = 7


@pytest.fixture
def folder(tmp_path: Path, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of secrets of its own, and small steps."""
    values = {name: getattr(django_settings.ENVIRONMENT, name) for name in Environment.__dataclass_fields__}
    settings.ENVIRONMENT = Environment(**{**values, "data": tmp_path})  # type: ignore[attr-defined]
    rewrap = master.rewrap_keys
    monkeypatch.setattr(master, "rewrap_keys", lambda key: rewrap(key, at_once=2))
    return tmp_path / "secrets"


def seeds() -> list[bytes]:
    """All private keys, opened."""
    return [seed_of(key) for key in SigningKey.objects.exclude(wrapped=b"").order_by("pk")]


@pytest.mark.django_db
def test_broken_off_after_any_step_every_key_still_opens_and_the_next_run_finishes(rosa: Actor, folder: Path) -> None:
    register_key(rosa.party_id, "did:key:z6MkSomebodysDevice")
    for _ in range(KEYS):
        make_key(rosa.party_id)
    expected, first, most = seeds(), read_secret(folder, MASTER), 100
    for steps in range(1, most):
        change = master.rotate_master_key(settle=0)
        made = sum(1 for _ in islice(change, steps))
        change.close()
        assert seeds() == expected
        list(master.rotate_master_key(settle=0))
        assert seeds() == expected
        assert not (folder / NEXT).exists()
        assert not (folder / RETIRED).exists()
        if made < steps:
            break
    assert KEYS < steps < most - 1
    assert read_secret(folder, MASTER) != first


@pytest.mark.django_db
def test_a_key_made_while_the_master_key_changes_opens_afterwards(rosa: Actor, folder: Path) -> None:
    for made, _ in enumerate(master.rotate_master_key(settle=0)):
        if made < KEYS:
            make_key(rosa.party_id)
        expected = seeds()
    assert seeds() == expected
    assert len(expected) >= 3


@pytest.mark.django_db
def test_a_stolen_old_master_key_opens_nothing_afterwards(rosa: Actor, folder: Path) -> None:
    make_key(rosa.party_id)
    old = (folder / MASTER).read_bytes()
    list(master.rotate_master_key(settle=0))
    (folder / MASTER).write_bytes(old)
    with pytest.raises(InvalidTag):
        seeds()


MARKET = """
import evenhand_server.boot
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.utils import timezone
from evenhand_server.people.models import Party
from evenhand_server.records.actions import make_key
party = Party.objects.create(name="Hull Cycles", at=timezone.now())
for _ in range(600):
    make_key(party.pk)
"""
OPEN_ALL = """
import evenhand_server.boot
from evenhand_server.records.models import SigningKey
from evenhand_server.records.queries import seed_of
print(sum(1 for key in SigningKey.objects.all() if seed_of(key)))
"""


@pytest.mark.skipif(not os.environ.get("THOROUGH"), reason="takes long: set THOROUGH")
def test_a_real_kill_in_the_middle_loses_no_key(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    variables = {**kept, "EVENHAND_DATA": str(tmp_path)}
    subprocess.run([sys.executable, "-c", MARKET], env=variables, check=True)
    command = [sys.executable, "-m", "evenhand_server.records.master"]
    secrets = tmp_path / "secrets"
    make_secret(secrets / NEXT)  # As if broken off right after the first step: it goes on from there.
    for pause in (0.0, 0.03, 0.1):
        process = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL)
        wait_for_a_change(tmp_path / "evenhand.sqlite3-wal", process)
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert opened(variables) == 600
    subprocess.run(command, env=variables, check=True, stdout=subprocess.DEVNULL)
    assert opened(variables) == 600
    assert not list(secrets.glob("master.key.*"))


def wait_for_a_change(file: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until the process writes to the database."""
    before = file.stat().st_size if file.exists() else 0
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if (file.stat().st_size if file.exists() else 0) != before:
            return
        time.sleep(0.002)


def opened(variables: dict[str, str]) -> int:
    """How many keys a fresh process can open."""
    told = subprocess.run([sys.executable, "-c", OPEN_ALL], env=variables, check=True, capture_output=True, text=True)
    return int(told.stdout)
