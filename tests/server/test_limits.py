"""Limits: whoever comes too often waits, over all processes and restarts, and is told until when."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from evenhand_server.environment import read_environment
from evenhand_server.journal.models import DueRow
from evenhand_server.limits.actions import give_back, prune_allowances, spend
from evenhand_server.limits.models import Allowance
from evenhand_server.limits.rates import DEFAULTS, Limit, Rate, read_rates
from evenhand_server.limits.subjects import address_of
from evenhand_server.messages import say, write_wait
from evenhand_server.people.actor import Actor
from evenhand_server.storage.errors import TooOftenError
from evenhand_server.workers.run import work_all
from tests.market import PASSWORD, SENTENCE, browser_of
from tests.programs import program_of

pytestmark = pytest.mark.django_db
WRITERS = 2
TRIES = 30
ALLOWED = 20
SPENDER = f"""
import evenhand_server.boot
from evenhand_server.limits.actions import spend
from evenhand_server.limits.rates import Limit
from evenhand_server.storage.errors import TooOftenError
done = 0
for _ in range({TRIES}):
    try:
        spend(Limit.PUBLISH, "the same")
        done += 1
    except TooOftenError:
        pass
print(done)
"""


def use_up(limit: Limit, subject: str) -> int:
    """Spend until nothing is left, and say how often that was."""
    for times in range(1000):
        try:
            spend(limit, subject)
        except TooOftenError:
            return times
    raise AssertionError("There seems to be no limit.")


def test_one_may_do_as_much_as_is_allowed_and_then_has_to_wait(settings: Any) -> None:
    settings.LIMITS = "publish=3/hour"
    assert use_up(Limit.PUBLISH, "a") == 3
    with pytest.raises(TooOftenError) as told:
        spend(Limit.PUBLISH, "a")
    assert told.value.data["limit"] == "publish"
    assert 1190 <= int(str(told.value.data["retry_after"])) <= 1200
    assert use_up(Limit.PUBLISH, "b") == 3


def test_what_was_used_comes_back_evenly(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LIMITS = "publish=3/hour"
    use_up(Limit.PUBLISH, "a")
    start = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: start + timedelta(minutes=21))
    assert use_up(Limit.PUBLISH, "a") == 1
    monkeypatch.setattr(timezone, "now", lambda: start + timedelta(days=30))
    assert use_up(Limit.PUBLISH, "a") == 3


def test_several_at_once_are_all_allowed_or_none_of_them(settings: Any) -> None:
    settings.LIMITS = "invite=5/hour"
    spend(Limit.INVITE, "a", times=4)
    with pytest.raises(TooOftenError):
        spend(Limit.INVITE, "a", times=2)
    with pytest.raises(TooOftenError):
        spend(Limit.INVITE, "b", times=6)
    spend(Limit.INVITE, "a")


def test_what_was_given_back_can_be_used_again(settings: Any) -> None:
    settings.LIMITS = "publish=1/hour"
    spend(Limit.PUBLISH, "a")
    give_back(Limit.PUBLISH, "a")
    spend(Limit.PUBLISH, "a")


def test_a_limit_that_is_off_counts_nothing(settings: Any) -> None:
    settings.LIMITS = "publish=off"
    spend(Limit.PUBLISH, "a", times=10**9)
    give_back(Limit.PUBLISH, "a")
    assert not Allowance.objects.exists()


def test_what_says_nothing_any_more_is_pruned_by_a_worker(settings: Any) -> None:
    settings.LIMITS = "publish=60/minute, answer=60/day"
    spend(Limit.PUBLISH, "a")
    spend(Limit.ANSWER, "a")
    assert DueRow.objects.filter(step="prune_allowances").count() == 1
    Allowance.objects.filter(kind=Limit.PUBLISH).update(full_at=1)
    work_all(timezone.now() + timedelta(hours=3))
    assert [row.kind for row in Allowance.objects.all()] == [Limit.ANSWER]
    assert prune_allowances(timezone.now() + timedelta(days=2)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_processes_together_are_allowed_no_more_than_one(tmp_path: Path) -> None:
    """On SQLite in a file of its own, on PostgreSQL in the test's database; a new process remembers."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    environment |= {"EVENHAND_LIMITS": f"publish={ALLOWED}/10days", "EVENHAND_DATA": str(tmp_path)}
    environment |= {"DJANGO_SETTINGS_MODULE": "evenhand_server.settings"}
    if connection.vendor == "postgresql":
        name, whole = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
        environment["DATABASE_URL"] = whole.rpartition("/")[0] + f"/{name}"
    else:
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    assert together(environment) == ALLOWED
    assert together(environment) == 0


def together(environment: dict[str, str]) -> int:
    """How often two processes were allowed, starting at the same time."""
    command = [sys.executable, "-c", SPENDER]
    writers = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(WRITERS)]
    return sum(int(writer.communicate()[0]) for writer in writers)


def test_a_page_says_when_to_try_again_and_nothing_was_done(rosa: Actor, settings: Any) -> None:
    settings.LIMITS = "draft=1/hour"
    browser = browser_of(rosa)
    assert browser.post("/intents/drafts", {"text": SENTENCE}).status_code == 302
    answer = browser.post("/intents/drafts", {"text": SENTENCE})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert "Try again in" in answer.content.decode()
    assert browser.get("/intents").status_code == 200


def test_a_program_is_told_in_seconds_and_in_a_sentence(rosa: Actor, settings: Any) -> None:
    settings.LIMITS = "read=1/hour"
    rosas = program_of(rosa)
    assert rosas.post("/readings", {"text": SENTENCE}).status == 200
    answer = rosas.post("/readings", {"text": SENTENCE})
    assert (answer.status, answer["code"], answer["limit"]) == (429, "too_often", "read")
    assert int(answer.headers["Retry-After"]) == answer["retry_after"]
    assert "minute" in answer["detail"] or "hour" in answer["detail"]


def test_pages_and_programs_of_one_person_share_what_is_allowed(rosa: Actor, settings: Any) -> None:
    settings.LIMITS = "read=1/hour"
    assert browser_of(rosa).post("/intents/readings", {"text": SENTENCE}).status_code == 200
    assert program_of(rosa).post("/readings", {"text": SENTENCE}).status == 429


def test_founding_organisations_brings_no_more(rosa: Actor, hull_cycles: Actor, settings: Any) -> None:
    settings.LIMITS = "read=1/hour"
    assert program_of(Actor(hull_cycles.person, hull_cycles.membership)).post("/readings", {"text": "a"}).status == 200
    browser = Client()
    browser.force_login(hull_cycles.person)
    assert browser.post("/intents/readings", {"text": SENTENCE}).status_code == 429
    assert browser_of(rosa).post("/intents/readings", {"text": SENTENCE}).status_code == 200


def test_guessing_a_password_is_stopped_also_where_the_right_one_follows(rosa: Actor, settings: Any) -> None:
    settings.LIMITS = "try_password=3/hour"
    thief = Client()
    statuses = [sign_in(thief, "rosa", f"guess number {number}") for number in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert sign_in(thief, "ROSA", PASSWORD) == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), "rosa", PASSWORD) == 302


def test_guessing_from_many_addresses_is_stopped_too(rosa: Actor, settings: Any) -> None:
    settings.LIMITS = "try_account=3/hour"
    statuses = [sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), "rosa", "a guess here") for number in range(1, 5)]
    assert statuses == [200, 200, 200, 429]


def test_who_knows_the_password_signs_in_as_often_as_they_like(rosa: Actor, settings: Any) -> None:
    settings.LIMITS = "try_password=2/hour, try_account=2/hour"
    assert [sign_in(Client(), "rosa", PASSWORD) for _ in range(4)] == [302] * 4


def sign_in(browser: Client, name: str, password: str) -> int:
    """Try it."""
    return browser.post("/account/login/", {"login": name, "password": password}).status_code


@pytest.mark.parametrize(
    ("limit", "path"),
    [("sign_in", "/account/login/"), ("sign_up", "/account/signup/"), ("ask_for_mail", "/account/password/reset/")],
)
def test_the_doors_to_an_account_are_limited_by_address_and_looking_is_free(
    settings: Any, limit: str, path: str
) -> None:
    settings.LIMITS = f"{limit}=1/hour"
    browser = Client()
    assert browser.post(path, {}).status_code == 200
    assert browser.post(path, {}).status_code == 429
    assert browser.get(path).status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.7").post(path, {}).status_code == 200


def request_from(nearest: str, forwarded: str = "") -> HttpRequest:
    """A request as it reaches us."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=nearest, headers=headers)


@pytest.mark.parametrize(
    ("proxies", "nearest", "forwarded", "found"),
    [
        (0, "192.0.2.7", "198.51.100.1", "192.0.2.7"),
        (1, "127.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "127.0.0.1", "203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "127.0.0.1", "198.51.100.1", "127.0.0.1"),
        (1, "127.0.0.1", "not an address", "127.0.0.1"),
        (1, "127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "127.0.0.1", "::ffff:192.0.2.7", "192.0.2.7"),
        (1, "", "", ""),
    ],
)
def test_an_address_is_believed_only_from_our_own_proxies(
    settings: Any, proxies: int, nearest: str, forwarded: str, found: str
) -> None:
    settings.PROXIES = proxies
    assert address_of(request_from(nearest, forwarded)) == found


def test_a_server_behind_tls_has_a_proxy_unless_the_operator_says_otherwise() -> None:
    address = {"EVENHAND_ADDRESS": "https://evenhand.example"}
    assert read_environment({}).proxies == 0
    assert read_environment(address).proxies == 1
    assert read_environment({**address, "EVENHAND_PROXIES": "2"}).proxies == 2


def test_the_table_tells_nobody_who_it_was(settings: Any) -> None:
    settings.LIMITS = ""
    Client(REMOTE_ADDR="192.0.2.7").post("/intents/drafts", {"text": SENTENCE})
    assert "192.0.2" not in Allowance.objects.get().subject


def test_an_operator_says_limits_as_people_do() -> None:
    rates = read_rates("publish=5/hour, read=60/10seconds,sign_up = off , invite=7 / 2 days")
    assert rates[Limit.PUBLISH] == Rate(5, 3600)
    assert rates[Limit.READ] == Rate(60, 10)
    assert rates[Limit.INVITE] == Rate(7, 172_800)
    assert Limit.SIGN_UP not in rates
    assert rates[Limit.ANSWER] == DEFAULTS[Limit.ANSWER]
    assert read_rates("all=off") == {}
    assert set(DEFAULTS) == set(Limit)


@pytest.mark.parametrize(
    "wrong", ["publish", "publish=", "publish=0/hour", "publish=5/0hours", "x=5/hour", "read=1/aeon"]
)
def test_a_mistake_in_the_limits_is_told_at_the_start(wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EVENHAND_LIMITS"):
        read_rates(wrong)


def test_waiting_is_told_in_words() -> None:
    assert [write_wait(seconds) for seconds in (1, 59, 60, 61, 3599, 3600, 7201)] == [
        "in 1 second",
        "in 59 seconds",
        "in 1 minute",
        "in 2 minutes",
        "in 1 hour",
        "in 1 hour",
        "in 3 hours",
    ]
    assert say("too_often", {"retry_after": 90}).endswith("Try again in 2 minutes.")
