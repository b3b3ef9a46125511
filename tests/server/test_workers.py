"""Workers: each due row is done once, what fails is tried later, what keeps failing waits for the operator."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from evenhand_server.intents.models import Intent
from evenhand_server.intents.queries import newest_wish
from evenhand_server.journal.actions import MOST_ATTEMPTS, claim_due, finish_due, leave_due, leave_due_once
from evenhand_server.journal.models import DueRow
from evenhand_server.journal.queries import count_dead, has_due
from evenhand_server.matching.models import Matching
from evenhand_server.people.actor import Actor
from evenhand_server.terms.queries import ceremony_of
from evenhand_server.workers.run import do_step, work_all, work_once, work_until
from tests.deal import dealing_after_matching

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_work_a_worker_says_so() -> None:
    assert not work_once()


def test_work_of_tomorrow_is_not_done_today() -> None:
    leave_due("match_interest", 1, at=timezone.now() + timedelta(days=1))
    assert not has_due(timezone.now())
    assert not work_once()
    assert work_once(timezone.now() + timedelta(days=2))


def test_a_claimed_row_is_nobody_elses_until_the_lease_ends() -> None:
    leave_due("match_interest", 1)
    now = timezone.now()
    (first,) = claim_due(now)
    assert claim_due(now) == []
    (again,) = claim_due(now + timedelta(minutes=5))
    assert not finish_due(first)
    assert finish_due(again)


def test_a_row_that_another_worker_has_finished_is_not_done_again(rosa: Actor, hull_cycles: Actor) -> None:
    dealing_after_matching(rosa)
    leave_due("match_intent", newest_wish(Intent.objects.get()).pk)
    (due,) = claim_due(timezone.now())
    before = Matching.objects.get().at
    finish_due(due)
    do_step(due)
    assert Matching.objects.get().at == before


def test_rows_are_claimed_together_and_each_goes_its_own_way(rosa: Actor, hull_cycles: Actor) -> None:
    leave_due("juggle", 1)
    dealing_after_matching(rosa)
    assert DueRow.objects.filter(step="juggle", last_error="KeyError").count() == 1
    assert Matching.objects.count() == 1


def test_what_fails_is_tried_again_and_in_the_end_given_up() -> None:
    leave_due("match_intent", 999_999)
    now = timezone.now()
    for _ in range(MOST_ATTEMPTS):
        work_once(now)
        now += timedelta(hours=3)
    row = DueRow.objects.get()
    assert (row.attempts, row.is_dead, row.last_error) == (MOST_ATTEMPTS, True, "DoesNotExist")
    assert count_dead() == 1
    assert not work_once(now)


def test_an_unknown_step_harms_no_other() -> None:
    leave_due("juggle", 1)
    leave_due("match_interest", 1)
    assert work_all() == 2
    assert DueRow.objects.get().last_error == "KeyError"


def test_one_daily_look_serves_all_who_wait_for_it() -> None:
    look = timezone.now() + timedelta(hours=5)
    leave_due_once("match_interest", 1, at=look)
    leave_due_once("match_interest", 2, at=look)
    assert DueRow.objects.count() == 1


def test_a_worker_outlives_its_database() -> None:
    rests: list[int] = []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evenhand_server_duerow RENAME TO away")
    try:
        work_until(lambda: len(rests) > 1, lambda: rests.append(1))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO evenhand_server_duerow")
    assert len(rests) == 2


def test_silence_is_expired(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = dealing_after_matching(rosa)
    work_all(timezone.now() + timedelta(days=8))
    ceremony = ceremony_of(dealing)
    assert ceremony is not None
    assert ceremony.state == "expired"


def test_an_intent_whose_time_is_over_is_closed_and_the_sellers_told(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = dealing_after_matching(rosa, days=3)
    work_all(timezone.now() + timedelta(days=4))
    dealing.refresh_from_db()
    assert dealing.intent.closure.reason == "expired"
    assert dealing.decline.reason == "expired"


def test_mail_says_only_that_there_is_something(rosa: Actor, hull_cycles: Actor) -> None:
    dealing_after_matching(rosa)
    (letter,) = mail.outbox
    assert letter.to == ["hull_cycles@example.org"]
    for word in ("bike", "Hull", "500", "Rosa"):
        assert word not in letter.subject + re.sub("/dealings/[0-9a-f]+", "", letter.body)
    assert "/dealings/" in letter.body


def test_nobody_without_a_mailbox_is_written_to(rosa: Actor, hull_cycles: Actor) -> None:
    hull_cycles.person.email = ""
    hull_cycles.person.save()
    dealing_after_matching(rosa)
    assert mail.outbox == []
