"""What a party agreed, with whom, what they hold of it and until when: the same for programs as on the page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand_server.dealings.models import Dealing
from evenhand_server.people.actions import keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.relationships.actions import wish_to_go_on
from evenhand_server.terms.actions import answer_terms, disclose, revoke_agreement
from evenhand_server.terms.models import Outcome, Record, Stage
from evenhand_server.workers.run import work_all
from tests.deal import accepted, agree_on_terms, dealing_after_matching, reread
from tests.programs import program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dealing(rosa: Actor, hull_cycles: Actor) -> Dealing:
    """A deal that goes on, with one detail given for three days."""
    keep_details(rosa, {"phone": "01632 960174"})
    found, _ = accepted(rosa, hull_cycles)
    disclose(rosa, found, "phone", until=timezone.localdate() + timedelta(days=3))
    wish_to_go_on(rosa, reread(found), terms="SD-BASE-DP", also=[], months=12)
    answer_terms(hull_cycles, reread(found), Outcome.ACCEPTED, stage=Stage.RELATIONSHIP)
    work_all()
    return reread(found)


def test_rosas_program_reads_what_she_agreed_and_what_they_hold(rosa: Actor, dealing: Dealing) -> None:
    (one,) = program_of(rosa).get("/me/agreements").items
    assert (one["dealing"], one["side"], one["vendor"]["name"]) == (dealing.public_id, "asker", "Hull Cycles")
    signed = set(Record.objects.filter(kind="terms").values_list("digest", flat=True))
    assert {terms["record"] for terms in one["terms"]} == signed
    assert [(terms["stage"], terms["terms"], terms["state"]) for terms in one["terms"]] == [
        ("intent", "PDC-INTENT", "accepted"),
        ("relationship", "SD-BASE-DP", "accepted"),
    ]
    (held,) = one["disclosures"]
    assert held["value"] == "01632 960174"
    assert one["next_end"] == held["until"] == (timezone.localdate() + timedelta(days=3)).isoformat()
    assert one["ends_on"] > one["next_end"]
    assert one["revoked_at"] is None


def test_the_vendors_program_reads_its_side_and_nobodys_name(hull_cycles: Actor, dealing: Dealing) -> None:
    answer = program_of(hull_cycles).get("/me/agreements")
    (one,) = answer.items
    assert (one["side"], one["called"], one["disclosures"]) == ("vendor", dealing.pairwise_name, [])
    for held in ("Rosa", "01632", dealing.intent.public_id, dealing.intent.party.public_id):
        assert held not in str(answer.body)


def test_tom_agreed_nothing(tom: Actor, dealing: Dealing) -> None:
    assert program_of(tom).get("/me/agreements").body == {"items": [], "next": None}


def test_what_was_taken_back_stays_listed_as_such_and_ends_no_more(rosa: Actor, dealing: Dealing) -> None:
    revoke_agreement(rosa, dealing)
    (one,) = program_of(rosa).get("/me/agreements").items
    assert {terms["state"] for terms in one["terms"]} == {"revoked"}
    assert one["revoked_at"] is not None
    assert one["disclosures"] == []
    assert one["next_end"] is None


def test_they_come_page_by_page_newest_first(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    second = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    program = program_of(rosa)
    first = program.get("/me/agreements", limit=1)
    assert [one["dealing"] for one in first.items] == [second.public_id]
    rest = program.get("/me/agreements", limit=1, cursor=first["next"])
    assert [one["dealing"] for one in rest.items] == [dealing.public_id]
    assert rest["next"] is None
