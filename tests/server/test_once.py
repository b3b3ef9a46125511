"""A double click, the back button, a repeated call: nothing is made twice."""

import threading

import pytest
from django.db import connection

from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.journal.models import Entry
from evenhand_server.people.actor import Actor
from evenhand_server.records.models import OnceDone
from evenhand_server.records.once import once
from evenhand_server.storage.errors import KeyUsedOtherwiseError


def write() -> str:
    """Something that must not happen twice."""
    return str(note(Event.EXPORT_TAKEN, "subject").pk)


@pytest.mark.django_db
def test_the_second_time_says_what_the_first_made(rosa: Actor) -> None:
    before = Entry.objects.count()
    first = once(rosa.person_id, "key", "asked", write)
    second = once(rosa.person_id, "key", "asked", write)

    assert (first.is_new, second.is_new) == (True, False)
    assert first.made == second.made
    assert Entry.objects.count() == before + 1


@pytest.mark.django_db
def test_one_key_for_two_requests_is_refused(rosa: Actor) -> None:
    once(rosa.person_id, "key", "asked", write)
    with pytest.raises(KeyUsedOtherwiseError):
        once(rosa.person_id, "key", "asked something else", write)


@pytest.mark.django_db
def test_two_people_may_use_the_same_key(rosa: Actor, tom: Actor) -> None:
    assert once(rosa.person_id, "key", "asked", write).is_new
    assert once(tom.person_id, "key", "asked", write).is_new


@pytest.mark.django_db(transaction=True)
def test_what_failed_was_not_done_and_may_be_tried_again(rosa: Actor) -> None:
    def fail() -> str:
        write()
        raise ValueError("half done")

    before = Entry.objects.count()
    with pytest.raises(ValueError, match="half done"):
        once(rosa.person_id, "key", "asked", fail)
    assert Entry.objects.count() == before
    assert once(rosa.person_id, "key", "asked", write).is_new


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_one(rosa: Actor) -> None:
    before = Entry.objects.count()
    made: list[str] = []

    def click() -> None:
        made.append(once(rosa.person_id, "key", "asked", write).made)
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(8)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1
    assert Entry.objects.count() == before + 1
    assert OnceDone.objects.count() == 1
