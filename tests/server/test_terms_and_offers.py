"""The ceremony of terms, offers, disclosures: what may happen, once, by whom, and in which order."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from evenhand.interests.interest import Interest
from evenhand.measures import Area, Money
from evenhand.terms.answer import CounterNotOnRosterError
from evenhand.terms.preferences import Preferences
from evenhand_server.dealings.errors import AlreadyAnsweredError, DealingEndedError
from evenhand_server.dealings.models import Dealing
from evenhand_server.dealings.queries import dealings_of_intent, messages_of
from evenhand_server.intents.actions import withdraw_intent
from evenhand_server.intents.queries import newest_wish
from evenhand_server.interests.actions import change_interest
from evenhand_server.interests.queries import interests_of
from evenhand_server.matching.queries import matches_of
from evenhand_server.offers.actions import accept_offer, ask, let_hear, make_offer, withdraw_offer
from evenhand_server.offers.errors import OfferChangedError, OfferWrongError
from evenhand_server.offers.queries import acceptance_of, is_won, offers_for, standing_offer
from evenhand_server.people.actions import found_organisation, keep_details, keep_preferences
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import actor_of
from evenhand_server.relationships.actions import months_after, wish_to_go_on
from evenhand_server.relationships.queries import bundle_for, relationship_of, relationships_of
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms.actions import answer_counter, answer_terms, disclose, expire_proffer, revoke
from evenhand_server.terms.errors import (
    NoAgreementError,
    NothingToDiscloseError,
    TermsNotProfferedError,
    UnknownTermsError,
)
from evenhand_server.terms.models import Outcome, Record, Stage
from evenhand_server.terms.queries import ceremony_of, disclosures_by
from evenhand_server.terms.roster import terms_called
from evenhand_server.workers.run import work_all
from tests.deal import accepted, agree_on_terms, an_offer, announce, dealing_after_matching, offered, reread
from tests.market import browser_of, shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def dealing(rosa: Actor, hull_cycles: Actor) -> Dealing:
    """Rosa's intent has reached Hull Cycles, which has not answered her terms."""
    return dealing_after_matching(rosa)


@pytest.fixture
def work_dealing(rosa: Actor, hull_cycles: Actor) -> tuple[Actor, Dealing]:
    """An organisation asks, under terms between organisations, and wants to be asked about all others."""
    school = actor_of(rosa.person, found_organisation(rosa, name="School").public_id)
    keep_preferences(school, Preferences(always=("EH-WORK-REQUEST",)))
    return school, dealing_after_matching(school, terms="EH-WORK-REQUEST")


@pytest.mark.parametrize(
    "act",
    [
        lambda vendor, dealing: make_offer(vendor, dealing, an_offer()),
        lambda vendor, dealing: ask(vendor, dealing, "How tall?"),
    ],
)
def test_before_the_terms_are_agreed_a_vendor_neither_asks_nor_offers(
    hull_cycles: Actor, dealing: Dealing, act: Callable[[Actor, Dealing], object]
) -> None:
    with pytest.raises(NoAgreementError):
        act(hull_cycles, dealing)


def test_terms_are_answered_by_the_vendor_and_once(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    with pytest.raises(NotFoundError):
        answer_terms(rosa, dealing, Outcome.ACCEPTED)
    answer_terms(hull_cycles, dealing, Outcome.REFUSED)
    with pytest.raises(AlreadyAnsweredError):
        answer_terms(hull_cycles, dealing, Outcome.ACCEPTED)


def test_a_refusal_is_recorded_and_signed(hull_cycles: Actor, dealing: Dealing) -> None:
    answer_terms(hull_cycles, dealing, Outcome.REFUSED)
    record = Record.objects.get(dealing=dealing)
    assert record.kind == "interaction"
    assert len(record.signatures) == 1


def test_silence_can_be_noted_but_not_chosen(hull_cycles: Actor, dealing: Dealing) -> None:
    with pytest.raises(TermsNotProfferedError):
        answer_terms(hull_cycles, dealing, Outcome.EXPIRED)
    with pytest.raises(TermsNotProfferedError):
        answer_terms(hull_cycles, dealing, Outcome.ACCEPTED, stage=Stage.RELATIONSHIP)


def test_only_terms_of_the_roster_for_the_same_thing_can_be_named_instead(hull_cycles: Actor, dealing: Dealing) -> None:
    with pytest.raises(CounterNotOnRosterError):
        answer_terms(hull_cycles, dealing, Outcome.COUNTERED, counter="PDC-AI")


@pytest.mark.parametrize(("accepts", "state"), [(True, "accepted"), (False, "refused")])
def test_a_counter_is_for_the_asker_to_answer(
    hull_cycles: Actor, work_dealing: tuple[Actor, Dealing], accepts: bool, state: str
) -> None:
    school, dealing = work_dealing
    answer_terms(hull_cycles, dealing, Outcome.COUNTERED, counter="EH-WORK-REQUEST-SUB")
    with pytest.raises(NotFoundError):
        answer_counter(hull_cycles, dealing, accepts=accepts)
    answer_counter(school, dealing, accepts=accepts)
    with pytest.raises(AlreadyAnsweredError):
        answer_counter(school, dealing, accepts=accepts)

    ceremony = ceremony_of(dealing)
    assert ceremony is not None
    assert (ceremony.state, ceremony.terms) == (state, "EH-WORK-REQUEST-SUB")


def test_a_counter_nobody_answers_expires(hull_cycles: Actor, work_dealing: tuple[Actor, Dealing]) -> None:
    _, dealing = work_dealing
    answer_terms(hull_cycles, dealing, Outcome.COUNTERED, counter="EH-WORK-REQUEST-SUB")
    work_all(timezone.now() + timedelta(days=8))
    ceremony = ceremony_of(dealing)
    assert ceremony is not None
    assert ceremony.state == "expired"
    expire_proffer(ceremony.proffer)
    assert Record.objects.filter(dealing=dealing).count() == 2


def test_terms_that_are_on_no_roster_are_nobodys_terms() -> None:
    with pytest.raises(UnknownTermsError):
        terms_called("SD-BASE-XYZ")


def test_a_question_is_answered_by_the_other_side_and_once(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    dealing = agree_on_terms(hull_cycles, dealing)
    question = ask(hull_cycles, dealing, "How tall are you?")
    with pytest.raises(AlreadyAnsweredError):
        ask(hull_cycles, dealing, "Tall", answers=question.public_id)
    ask(rosa, dealing, "Rather", answers=question.public_id)
    with pytest.raises(AlreadyAnsweredError):
        ask(rosa, dealing, "Very", answers=question.public_id)
    with pytest.raises(NotFoundError):
        ask(rosa, dealing, "Hm", answers="0" * 32)
    assert [message.answer.text.body for message in messages_of(dealing)] == ["Rather"]


def test_an_offer_that_does_not_add_up_is_not_made(hull_cycles: Actor, dealing: Dealing) -> None:
    dealing = agree_on_terms(hull_cycles, dealing)
    with pytest.raises(OfferWrongError) as wrong:
        make_offer(hull_cycles, dealing, an_offer(total=Money(1, "GBP")))
    assert wrong.value.data == {"finding": "total_differs"}


def test_what_was_read_is_what_is_accepted(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    dealing = agree_on_terms(hull_cycles, dealing)
    first = offered(hull_cycles, dealing, 450)
    offered(hull_cycles, dealing, 480)
    with pytest.raises(OfferChangedError):
        accept_offer(rosa, dealing, first.number)
    assert acceptance_of(dealing.intent) is None
    accept_offer(rosa, dealing, 2)
    assert is_won(dealing)


def test_a_withdrawn_offer_cannot_be_accepted_until_it_is_made_again(
    rosa: Actor, hull_cycles: Actor, dealing: Dealing
) -> None:
    dealing = agree_on_terms(hull_cycles, dealing)
    with pytest.raises(NotFoundError):
        withdraw_offer(hull_cycles, dealing)
    version = offered(hull_cycles, dealing)
    withdraw_offer(hull_cycles, dealing)
    with pytest.raises(OfferChangedError):
        accept_offer(rosa, dealing, version.number)
    assert accept_offer(rosa, dealing, offered(hull_cycles, dealing).number).version.number == 2


def test_only_the_vendor_offers_and_only_the_asker_accepts(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    dealing = agree_on_terms(hull_cycles, dealing)
    with pytest.raises(NotFoundError):
        make_offer(rosa, dealing, an_offer())
    version = offered(hull_cycles, dealing)
    with pytest.raises(NotFoundError):
        accept_offer(hull_cycles, dealing, version.number)
    with pytest.raises(NotFoundError):
        withdraw_offer(rosa, dealing)


def test_nothing_is_offered_or_answered_once_the_intent_is_withdrawn(
    rosa: Actor, hull_cycles: Actor, dealing: Dealing
) -> None:
    withdraw_intent(rosa, dealing.intent)
    with pytest.raises(DealingEndedError):
        answer_terms(hull_cycles, reread(dealing), Outcome.ACCEPTED)


def test_an_offer_stands_for_two_weeks_when_no_day_is_named(hull_cycles: Actor, dealing: Dealing) -> None:
    dealing = agree_on_terms(hull_cycles, dealing)
    make_offer(hull_cycles, dealing, an_offer(valid_until=None))
    standing = standing_offer(dealing)
    assert standing is not None
    assert standing.is_acceptable(timezone.now() + timedelta(days=13))
    assert not standing.is_acceptable(timezone.now() + timedelta(days=16))
    assert [one.version.pk for one in offers_for(dealing.intent)] == [standing.version.pk]


def test_a_detail_is_disclosed_by_the_asker_under_an_agreement(
    rosa: Actor, hull_cycles: Actor, dealing: Dealing
) -> None:
    with pytest.raises(NoAgreementError):
        disclose(rosa, dealing, "phone")
    dealing = agree_on_terms(hull_cycles, dealing)
    with pytest.raises(NothingToDiscloseError):
        disclose(rosa, dealing, "phone")
    keep_details(rosa, {"phone": "0199"})
    with pytest.raises(NotFoundError):
        disclose(hull_cycles, dealing, "phone")
    given = disclose(rosa, dealing, "phone")
    assert [one.text.body for one in disclosures_by(rosa.party_id)] == ["0199"]
    with pytest.raises(NotFoundError):
        revoke(hull_cycles, dealing, given.public_id)
    revoke(rosa, dealing, given.public_id)
    with pytest.raises(NotFoundError):
        revoke(rosa, dealing, given.public_id)


def test_going_on_is_for_the_asker_to_propose_after_a_deal_and_once(rosa: Actor, hull_cycles: Actor) -> None:
    early = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    with pytest.raises(NoAgreementError):
        wish_to_go_on(rosa, early, terms="SD-BASE-DP", also=[], months=6)
    dealing, _ = accepted(rosa, hull_cycles)
    with pytest.raises(NotFoundError):
        wish_to_go_on(hull_cycles, dealing, terms="SD-BASE-DP", also=[], months=6)
    with pytest.raises(UnknownTermsError):
        wish_to_go_on(rosa, dealing, terms="PDC-INTENT", also=[], months=6)
    wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=[], months=6)
    with pytest.raises(NoAgreementError):
        wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=[], months=6)


def test_a_relationship_is_its_two_sides_business(rosa: Actor, hull_cycles: Actor, tom: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=[], months=6)
    answer_terms(hull_cycles, dealing, Outcome.ACCEPTED, stage=Stage.RELATIONSHIP)
    work_all()
    found = relationships_of(rosa).get()
    assert relationship_of(hull_cycles, found.public_id) == found
    assert found.review_on < found.ends_on
    with pytest.raises(NotFoundError):
        relationship_of(tom, found.public_id)


def test_without_a_signed_record_there_is_no_bundle(rosa: Actor, dealing: Dealing) -> None:
    with pytest.raises(NotFoundError):
        bundle_for(rosa, dealing)


@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [("2026-08-31", 6, "2027-02-28"), ("2026-11-22", 12, "2027-11-22"), ("2027-12-31", 2, "2028-02-29")],
)
def test_a_month_later_is_the_same_day_or_the_last(begins: str, months: int, ends: str) -> None:
    assert months_after(date.fromisoformat(begins), months).isoformat() == ends


def test_a_seller_found_by_words_alone_hears_only_when_rosa_says_so(rosa: Actor, tom: Actor) -> None:
    seller = shop("words", "Words", Interest(frozenset({"plumber"}), Area()))
    newest = interests_of(seller).get()
    change_interest(seller, newest, "We know every mountain bike by heart", Interest(frozenset({"plumber"})))
    intent = announce(rosa)
    work_all()
    (match,) = matches_of(newest_wish(intent).pk)
    assert not dealings_of_intent(intent).exists()

    with pytest.raises(NotFoundError):
        let_hear(rosa, intent, "0" * 32)
    dealing = let_hear(rosa, intent, match.public_id)
    assert let_hear(rosa, intent, match.public_id) == dealing
    assert agree_on_terms(seller, reread(dealing)).vendor == seller.party
    browser = browser_of(rosa)
    browser.post(f"/intents/{intent.public_id}/dealings", {"match": match.public_id})
    assert dealings_of_intent(intent).count() == 1
    assert browser.get(f"/intents/{intent.public_id}").context["mentions"] == []
