"""Newcomers: little at first, more with every deal kept; and what is not traded here."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from evenhand.interests.interest import Interest
from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.actions import withdraw_intent
from evenhand_server.intents.errors import TooManyOpenIntentsError
from evenhand_server.intents.models import Intent
from evenhand_server.interests.actions import stand_ready
from evenhand_server.market.errors import NotTradedError
from evenhand_server.market.models import Market
from evenhand_server.offers.models import Acceptance
from evenhand_server.offers.queries import kept_deals_of
from evenhand_server.people.actions import add_member, found_organisation, keep_count
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import KeptDeals, Party
from evenhand_server.people.newcomers import invitations_allowed, kept_deals, open_intents_allowed
from evenhand_server.people.queries import actor_of
from evenhand_server.people.roles import Role
from evenhand_server.people.signs import FEWEST, sign_of
from evenhand_server.workers.run import work_all
from tests.deal import accepted, announce, dealing_after_matching
from tests.market import SENTENCE, browser_of, in_days, person, sells_mountain_bikes, shop
from tests.programs import program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(settings: Any) -> None:
    """Limits as a server has them that strangers may reach."""
    settings.OPEN_INTENTS, settings.INVITATIONS_A_DAY = 3, 20


@pytest.mark.usefixtures("few")
def test_a_newcomer_who_tries_to_farm_prices_is_stopped_at_the_limits(rosa: Actor, hull_cycles: Actor) -> None:
    """Asking for more, withdrawing and asking again, founding organisations, programs: nothing gets past three."""
    for _ in range(3):
        announce(rosa)
    with pytest.raises(TooManyOpenIntentsError) as told:
        announce(rosa)
    assert told.value.data["limit"] == 3
    withdraw_intent(rosa, Intent.objects.earliest("id"))
    with pytest.raises(TooManyOpenIntentsError):
        announce(rosa)
    for number in range(3):
        membership = found_organisation(rosa, name=f"Front {number}", country="GB")
        with pytest.raises(TooManyOpenIntentsError):
            announce(actor_of(rosa.person, membership.public_id), terms="EH-WORK-INTENT")
    answer = program_of(rosa).post("/intents", {"text": SENTENCE})
    assert (answer.status, answer["code"], answer["limit"]) == (409, "too_many_open_intents", 3)
    work_all()
    assert Intent.objects.count() == 3
    assert Dealing.objects.count() == 2


@pytest.mark.usefixtures("few")
def test_a_withdrawn_request_stops_counting_after_a_day(rosa: Actor) -> None:
    for _ in range(3):
        announce(rosa)
    withdraw_intent(rosa, Intent.objects.earliest("id"))
    Intent.objects.update(at=timezone.now() - timedelta(days=2))
    announce(rosa)
    with pytest.raises(TooManyOpenIntentsError):
        announce(rosa)


@pytest.mark.usefixtures("few")
def test_what_a_buyer_asks_for_an_established_organisation_is_not_their_own(rosa: Actor, hull_cycles: Actor) -> None:
    add_member(hull_cycles, username="rosa", role=Role.BUYER)
    buyer = next(Actor(rosa.person, one) for one in [*memberships(rosa)] if one.party_id == hull_cycles.party_id)
    keep_count(hull_cycles.party_id, 3)
    for _ in range(4):
        announce(buyer)
    announce(rosa)


def memberships(actor: Actor) -> Any:
    """All that somebody may act for."""
    return type(actor.membership).objects.filter(person=actor.person).select_related("party")


@pytest.mark.usefixtures("few")
def test_with_every_deal_kept_one_may_do_more(rosa: Actor) -> None:
    allowed = []
    for kept in (0, 1, 5, 1000):
        keep_count(rosa.party_id, kept)
        allowed.append((open_intents_allowed(rosa.party_id), invitations_allowed(rosa.party_id)))
    assert allowed == [(3, 20), (5, 40), (13, 120), (50, 500)]


def test_an_operator_who_allows_more_from_the_start_is_obeyed(rosa: Actor, settings: Any) -> None:
    settings.OPEN_INTENTS = 1000
    keep_count(rosa.party_id, 5)
    assert open_intents_allowed(rosa.party_id) == 1000


def test_a_deal_counts_as_kept_a_week_after_it_was_made_and_for_both(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    work_all()
    assert kept_deals(rosa.party_id) == 0
    Acceptance.objects.update(at=timezone.now() - timedelta(days=8))
    work_all(timezone.now() + timedelta(days=8))
    assert [kept_deals(party) for party in (rosa.party_id, dealing.vendor_id)] == [1, 1]


def test_deals_with_the_same_side_count_once_and_with_oneself_never(rosa: Actor, hull_cycles: Actor) -> None:
    later = timezone.now() + timedelta(days=1)
    accepted(rosa, hull_cycles)
    accepted(rosa, hull_cycles)
    assert kept_deals_of(rosa.party_id, later) == 1
    add_member(hull_cycles, username="rosa", role=Role.SUPPORT)
    assert kept_deals_of(rosa.party_id, later) == 0
    assert kept_deals_of(hull_cycles.party_id, later) == 0


def test_a_sign_is_told_in_bands_that_several_share(rosa: Actor) -> None:
    now = timezone.now()
    assert sign_of(rosa.party, now) == ("", "")
    for number in range(FEWEST):
        person(f"neighbour{number}")
    assert sign_of(rosa.party, now) == ("new", "none")
    assert sign_of(rosa.party, now + timedelta(days=100)) == ("quarter", "none")
    assert sign_of(rosa.party, now + timedelta(days=400)) == ("year", "none")
    keep_count(rosa.party_id, 1)
    assert sign_of(rosa.party, now) == ("", "")
    for party in Party.objects.exclude(pk=rosa.party_id)[: FEWEST - 1]:
        KeptDeals.objects.create(party=party, count=4, at=now)
    assert sign_of(rosa.party, now) == ("new", "some")
    KeptDeals.objects.update(count=5)
    assert sign_of(rosa.party, now) == ("new", "many")


def test_sellers_see_the_sign_and_it_stays_as_it_was(rosa: Actor, hull_cycles: Actor) -> None:
    for number in range(FEWEST):
        person(f"neighbour{number}")
    dealing = dealing_after_matching(rosa)
    page = browser_of(hull_cycles).get(f"/dealings/{dealing.public_id}").content.decode()
    assert "mailbox is confirmed" in page
    assert "Here for less than three months" in page
    keep_count(rosa.party_id, 100)
    shown = program_of(hull_cycles).get(f"/dealings/{dealing.public_id}")
    assert (shown["asker_since"], shown["asker_kept"]) == ("new", "none")


def test_no_more_sellers_hear_than_was_chosen_however_often_it_is_changed(rosa: Actor) -> None:
    for number in range(7):
        shop(f"shop{number}", f"Shop {number}", sells_mountain_bikes(), sells_mountain_bikes())
    intent = announce(rosa, sellers=5)
    work_all()
    rosas = program_of(rosa)
    assert rosas.post(f"/intents/{intent.public_id}/wishes", {"text": SENTENCE}).status == 201
    work_all()
    assert Dealing.objects.filter(intent=intent).count() == 5
    assert "5 of at most 5" in browser_of(rosa).get(f"/intents/{intent.public_id}").content.decode()
    everybody = announce(rosa, sellers=0)
    work_all()
    assert Dealing.objects.filter(intent=everybody).count() == 7


@pytest.fixture
def strict_market(db: None) -> Market:
    """A market where nobody trades in bicycles, nor in anything called a fire stick."""
    return Market.objects.create(
        name="Quiet Streets",
        operator="Rosa",
        contact="rosa@example.org",
        kinds_not_traded=["cycling"],
        words_not_traded=["Fire Stick"],
        strangers_may_register=True,
        at=timezone.now(),
    )


@pytest.mark.usefixtures("strict_market")
def test_what_is_not_traded_here_is_neither_asked_for_nor_answered(rosa: Actor, tom: Actor) -> None:
    with pytest.raises(NotTradedError):
        announce(rosa)
    answer = program_of(rosa).post("/intents", {"text": SENTENCE})
    assert (answer.status, answer["code"]) == (422, "not_traded")
    assert "not traded on this server" in answer["detail"]
    words = {"text": "I sell mountain bikes in Hull", "fields": {}}
    assert program_of(tom).post("/interests", words)["code"] == "not_traded"


@pytest.mark.usefixtures("strict_market")
def test_words_are_meant_as_words_and_wider_kinds_are_let_through(rosa: Actor) -> None:
    wide = stand_ready(rosa, "All sports goods, sticks and fires", Interest(frozenset({"sporting_goods"})))
    assert wide.pk
    with pytest.raises(NotTradedError) as told:
        stand_ready(rosa, "All sports goods and a fire-stick", Interest(frozenset({"sporting_goods"})))
    assert told.value.data["what"] == "Fire Stick"


@pytest.mark.usefixtures("strict_market")
def test_the_preview_says_so_before_anybody_publishes(rosa: Actor) -> None:
    browser = browser_of(rosa)
    draft = browser.post("/intents/drafts", {"text": SENTENCE})["Location"]
    page = browser.get(f"{draft}/preview").content.decode()
    assert "is not traded on this server" in page
    assert f"{draft}/publication" not in page
    answer = browser.post(f"{draft}/publication")
    assert answer.status_code == 409
    assert "is not traded on this server" in answer.content.decode()
    assert not Intent.objects.exists()


def test_nothing_is_refused_before_the_operator_said_what(rosa: Actor) -> None:
    assert announce(rosa, days=(in_days(3) - in_days(0)).days).pk
