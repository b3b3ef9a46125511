"""From a published wish to a signed deal, a relationship, and a bundle that needs no server."""

import json

import pytest

from evenhand.relationships.bundle import unpack
from evenhand.relationships.verify import verify
from evenhand.words.reading import Reading
from evenhand_server.account.actions import erase_person
from evenhand_server.dealings.queries import dealings_of_intent
from evenhand_server.intents.actions import change_intent
from evenhand_server.intents.wanted import wanted
from evenhand_server.journal.models import DueRow, Entry
from evenhand_server.offers.actions import accept_offer, ask
from evenhand_server.people.actions import keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.relationships.actions import wish_to_go_on
from evenhand_server.relationships.queries import bundle_for, relationship_on
from evenhand_server.terms.actions import answer_terms, disclose, revoke
from evenhand_server.terms.models import Outcome, Record, Stage
from evenhand_server.workers.run import work_all
from tests.deal import BIKE, accepted, agree_on_terms, announce, dealing_after_matching, offered, reread
from tests.market import sells_mountain_bikes, shop

pytestmark = pytest.mark.django_db(transaction=True)

WAIT = {"count_kept_deals", "expire_intent", "expire_proffer", "match_interest", "post_letter"}
"""What waits for its day; a letter, for the hour of the daily mail."""


def test_rosa_and_hull_cycles_come_from_a_wish_to_a_signed_deal(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, acceptance = accepted(rosa, hull_cycles)

    kinds = list(Record.objects.filter(dealing=dealing).order_by("number").values_list("kind", flat=True))
    assert kinds == ["terms", "offer"]
    assert verify(bundle_for(rosa, dealing)).is_valid
    assert verify(bundle_for(hull_cycles, dealing)).is_valid
    assert unpack(bundle_for(rosa, dealing)).records[-1].digest == acceptance.record.digest


def test_both_sides_hold_the_same_records(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)

    hers, theirs = unpack(bundle_for(rosa, dealing)), unpack(bundle_for(hull_cycles, dealing))
    assert hers.records == theirs.records


def test_the_others_get_a_friendly_no(rosa: Actor, hull_cycles: Actor) -> None:
    slow = shop("slow", "Slow Wheels", sells_mountain_bikes())
    dealing, _ = accepted(rosa, hull_cycles)

    other = dealings_of_intent(dealing.intent).get(vendor=slow.party)
    assert other.decline.reason == "went_with_another"
    assert not hasattr(dealing, "decline")


def test_a_question_is_asked_and_answered(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    question = ask(hull_cycles, dealing, "How tall are you?")
    answer = ask(rosa, dealing, "One metre ninety-one", answers=question.public_id)

    assert answer.answers_id == question.pk


def test_a_relationship_begins_only_when_both_want_it(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=[], months=12)
    work_all()
    assert relationship_on(dealing) is None

    answer_terms(hull_cycles, dealing, Outcome.ACCEPTED, stage=Stage.RELATIONSHIP)
    work_all()
    found = relationship_on(dealing)
    assert found is not None
    assert json.loads(found.record.data)["body"]["separation"]["notice_days"] == 14
    assert verify(bundle_for(hull_cycles, dealing)).is_valid


def test_without_a_wish_to_go_on_the_deal_ends_there(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=[], months=12)
    answer_terms(hull_cycles, dealing, Outcome.REFUSED, stage=Stage.RELATIONSHIP)
    work_all()

    assert relationship_on(dealing) is None
    assert verify(bundle_for(rosa, dealing)).is_valid


def test_a_counter_that_rosa_accepts_anyway_is_accepted_for_her(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=["SD-BASE"], months=6)
    answer_terms(hull_cycles, dealing, Outcome.COUNTERED, counter="SD-BASE", stage=Stage.RELATIONSHIP)
    work_all()

    found = relationship_on(dealing)
    assert found is not None
    assert json.loads(found.record.data)["body"]["terms"]["id"] == "SD-BASE"


def test_what_was_disclosed_can_be_taken_back(rosa: Actor, hull_cycles: Actor) -> None:
    keep_details(rosa, {"phone": "01482 555 0199"})
    dealing, _ = accepted(rosa, hull_cycles)
    given = disclose(rosa, dealing, "phone")
    assert "01482 555 0199" in bundle_text(hull_cycles, dealing)

    revoke(rosa, dealing, given.public_id)
    assert "01482 555 0199" not in bundle_text(hull_cycles, dealing)
    assert verify(bundle_for(hull_cycles, dealing)).is_valid


def test_erasing_rosa_leaves_the_vendors_bundle_valid_and_nameless(rosa: Actor, hull_cycles: Actor) -> None:
    keep_details(rosa, {"name": "Rosa Lindqvist", "street": "7 Humber Row"})
    dealing, _ = accepted(rosa, hull_cycles)
    disclose(rosa, dealing, "name")
    disclose(rosa, dealing, "street")
    erase_person(rosa)
    work_all()

    dealing = reread(dealing)
    report = verify(bundle_for(hull_cycles, dealing))
    assert report.is_valid
    assert {finding.code for finding in report.findings} >= {"text_erased"}
    for word in ("Rosa", "Lindqvist", "Humber", "hard trails"):
        assert word not in bundle_text(hull_cycles, dealing)


def test_an_offer_that_nobody_signed_is_not_in_the_bundle(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    offered(hull_cycles, dealing)
    assert verify(bundle_for(rosa, dealing)).is_valid
    assert "Trailhead" not in bundle_text(rosa, dealing)


def test_words_that_were_changed_after_the_terms_are_still_in_the_bundle(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    what = wanted(Reading("A mountain bike, any"), BIKE, own_words=(), budget_shown="shown")
    change_intent(rosa, dealing.intent, what)
    work_all()
    report = verify(bundle_for(hull_cycles, reread(dealing)))
    assert (report.is_valid, report.erased) == (True, ())


def test_only_as_many_sellers_hear_as_rosa_allows(rosa: Actor, hull_cycles: Actor) -> None:
    for number in range(6):
        shop(f"shop{number}", f"Shop {number}", sells_mountain_bikes())
    intent = announce(rosa, sellers=5)
    work_all()

    assert dealings_of_intent(intent).count() == 5


def test_standing_acceptance_makes_terms_one_step(rosa: Actor) -> None:
    quick = shop("quick", "Quick Wheels", sells_mountain_bikes(), terms=frozenset({"PDC-INTENT"}))
    dealing = dealing_after_matching(rosa)

    assert offered(quick, dealing).number == 1


def test_an_offer_is_accepted_once(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, acceptance = accepted(rosa, hull_cycles)
    with pytest.raises(Exception, match="dealing_ended"):
        accept_offer(rosa, dealing, acceptance.version.number)


def test_nothing_due_is_left_or_dead(rosa: Actor, hull_cycles: Actor) -> None:
    accepted(rosa, hull_cycles)

    assert not DueRow.objects.exclude(last_error="").exists()
    assert set(DueRow.objects.values_list("step", flat=True)) <= WAIT


def test_the_journal_names_everything_and_nobody(rosa: Actor, hull_cycles: Actor) -> None:
    accepted(rosa, hull_cycles)

    events = set(Entry.objects.values_list("event", flat=True))
    assert {
        "intent.published",
        "intent.matched",
        "dealing.born",
        "terms.accepted",
        "offer.made",
        "offer.accepted",
    } <= events
    told = json.dumps(list(Entry.objects.values("data", "subject")))
    assert "Rosa" not in told
    assert "mountain" not in told


def bundle_text(actor: Actor, dealing: object) -> str:
    """All files of a bundle as one text."""
    found = unpack(bundle_for(actor, dealing))  # type: ignore[arg-type]
    words = [text.words for text in found.texts.values()]
    return "\n".join([found.page, json.dumps(dict(found.about)), *words, *(one.data.decode() for one in found.records)])
