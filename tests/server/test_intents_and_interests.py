"""Publishing, changing and withdrawing intents; standing ready and retiring; honest about nobody."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from evenhand.interests.interest import Interest, from_record
from evenhand.measures import Area, Budget
from evenhand.words.reading import Reading
from evenhand_server.dealings.actions import decline
from evenhand_server.dealings.errors import DealingEndedError
from evenhand_server.dealings.queries import dealing_of, dealings_of_intent, dealings_of_vendor
from evenhand_server.intents import actions as intents
from evenhand_server.intents.errors import (
    IntentClosedError,
    MailboxUnconfirmedError,
    NothingWantedError,
    TooManyOpenIntentsError,
)
from evenhand_server.intents.queries import intent_of, newest_wish, teaser_of, veiled_of, wish_value
from evenhand_server.intents.wanted import wanted
from evenhand_server.interests import actions as interests
from evenhand_server.interests.errors import NothingOfferedError
from evenhand_server.interests.queries import interest_of, interests_of, standing_terms
from evenhand_server.matching.models import Match
from evenhand_server.matching.queries import matches_of, matching_of
from evenhand_server.people.actor import Actor
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.workers.introduce import MOST_NOTICES, match_interest
from evenhand_server.workers.run import work_all
from tests.deal import BIKE, announce, dealing_after_matching, reread
from tests.market import HULL, sells_mountain_bikes, shop

pytestmark = pytest.mark.django_db


def test_nobody_publishes_without_a_confirmed_mailbox(rosa: Actor) -> None:
    EmailAddress.objects.all().update(verified=False)
    with pytest.raises(MailboxUnconfirmedError):
        announce(rosa)


@pytest.mark.parametrize(("sentence", "category"), [("  ", "mountain_bikes"), ("something", "")])
def test_an_intent_needs_words_and_a_kind(rosa: Actor, sentence: str, category: str) -> None:
    with pytest.raises(NothingWantedError):
        announce(rosa, sentence, replace(BIKE, category=category))


def test_there_is_an_end_to_open_intents(rosa: Actor, settings: Any) -> None:
    settings.OPEN_INTENTS = 1
    announce(rosa)
    with pytest.raises(TooManyOpenIntentsError):
        announce(rosa)


def test_saying_it_better_makes_a_new_version_and_keeps_the_old(rosa: Actor, hull_cycles: Actor) -> None:
    intent = announce(rosa)
    cheaper = replace(BIKE, budget=Budget(0, 30_000, "GBP"))
    what = wanted(Reading("A mountain bike for 300"), cheaper, own_words=(), budget_shown="shown")
    intents.change_intent(rosa, intent, what)
    work_all()

    assert newest_wish(intent).number == 2
    assert wish_value(newest_wish(intent)).budget == Budget(0, 30_000, "GBP")
    assert [dealing.wish.number for dealing in dealings_of_intent(intent)] == [2]


def test_a_withdrawn_intent_is_closed_for_good(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = dealing_after_matching(rosa)
    intents.withdraw_intent(rosa, dealing.intent)
    work_all()
    assert reread(dealing).decline.reason == "withdrawn"
    with pytest.raises(IntentClosedError):
        intents.withdraw_intent(rosa, dealing.intent)
    intents.expire_intent(dealing.intent)
    assert dealing.intent.closure.reason == "withdrawn"


def test_tom_finds_nothing_of_rosas(rosa: Actor, hull_cycles: Actor, tom: Actor) -> None:
    dealing = dealing_after_matching(rosa)
    with pytest.raises(NotFoundError):
        intent_of(tom, dealing.intent.public_id)
    with pytest.raises(NotFoundError):
        dealing_of(tom, dealing.public_id)
    assert not dealings_of_vendor(tom).exists()


def test_the_teaser_keeps_the_sentence_back(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = dealing_after_matching(rosa)
    teaser = teaser_of(dealing.wish)
    assert teaser.category == "mountain_bikes"
    assert teaser.budget == Budget(20_000, 50_000, "GBP")
    assert "hard trails" in veiled_of(dealing.wish).sentence


def test_nobody_fits_is_said_with_the_nearest_miss(rosa: Actor) -> None:
    shop("far", "Far Bikes", Interest(frozenset({"mountain_bikes"}), replace(HULL, lat=54.15, radius_km=10.0)))
    intent = announce(rosa)
    work_all()

    found = matching_of(newest_wish(intent).pk)
    assert found is not None
    assert found.total == 0
    assert found.nearest_miss["misses"][0] == {"code": "wider", "gained": 1, "radius_km": "50"}


def test_who_only_mentions_the_words_is_a_second_list(rosa: Actor) -> None:
    seller = shop("words", "Words", Interest(frozenset({"plumber"}), Area()))
    interests.change_interest(
        seller, interests_of(seller).get(), "We know every mountain bike by heart", Interest(frozenset({"plumber"}))
    )
    intent = announce(rosa)
    work_all()

    (match,) = matches_of(newest_wish(intent).pk)
    assert match.kind == "mention"
    assert match.reasons == [{"code": "mentions", "words": "mountain bike"}]
    assert not dealings_of_intent(intent).exists()


def test_nobody_matches_themself(rosa: Actor) -> None:
    interests.stand_ready(rosa, "I sell bikes too", sells_mountain_bikes())
    intent = announce(rosa)
    work_all()
    assert not dealings_of_intent(intent).exists()


def test_an_interest_needs_a_kind(hull_cycles: Actor) -> None:
    with pytest.raises(NothingOfferedError):
        interests.stand_ready(hull_cycles, "Anything", Interest())


def test_a_retired_interest_hears_no_more(rosa: Actor, hull_cycles: Actor) -> None:
    interests.retire_interest(hull_cycles, interests_of(hull_cycles).get())
    intent = announce(rosa)
    work_all()
    assert not dealings_of_intent(intent).exists()
    assert not interests_of(hull_cycles).exists()


def test_another_vendors_interest_is_not_found(hull_cycles: Actor, tom: Actor) -> None:
    with pytest.raises(NotFoundError):
        interest_of(tom, interests_of(hull_cycles).get().interest.public_id)


def test_a_new_interest_meets_open_intents_in_the_daily_look_and_not_at_once(rosa: Actor) -> None:
    intent = announce(rosa)
    work_all()
    late = shop("late", "Late Bikes", sells_mountain_bikes())
    work_all()
    assert not dealings_of_intent(intent).exists()
    match_interest(0)
    work_all()
    assert dealings_of_intent(intent).get().vendor == late.party
    match_interest(0)
    work_all()
    assert dealings_of_intent(intent).count() == 1


def test_only_the_best_hear_and_the_rest_is_told_as_a_round_number(rosa: Actor, rosas_browser: Client) -> None:
    for number in range(17):
        shop(f"shop{number}", f"Shop {number}", sells_mountain_bikes())
    intent = announce(rosa, sellers=5)
    work_all()
    assert dealings_of_intent(intent).count() == 5
    page = rosas_browser.get(f"/intents/{intent.public_id}").content.decode()
    assert "about 10 more sellers fit" in page


def test_where_any_number_may_hear_there_is_a_limit_all_the_same(rosa: Actor) -> None:
    for number in range(MOST_NOTICES + 2):
        shop(f"shop{number}", f"Shop {number}", sells_mountain_bikes())
    intent = announce(rosa, sellers=0)
    work_all()
    match_interest(0)
    work_all()
    assert dealings_of_intent(intent).count() == MOST_NOTICES


def test_who_only_mentioned_the_words_may_fit_since(rosa: Actor) -> None:
    seller = shop("tools", "Bike Tools", Interest(frozenset({"plumber"})))
    change_words(seller, "Tools for every mountain bike.")
    intent = announce(rosa)
    work_all()
    (match,) = matches_of(newest_wish(intent).pk)
    assert match.kind == Match.Kind.MENTION
    interests.stand_ready(seller, "And mountain bikes.", sells_mountain_bikes())
    match_interest(0)
    work_all()
    (match,) = matches_of(newest_wish(intent).pk)
    assert match.kind == Match.Kind.FIT
    assert dealings_of_intent(intent).get().vendor == seller.party


def change_words(seller: Actor, sentence: str) -> None:
    """Say the same in other words."""
    newest = interests_of(seller).get()
    interests.change_interest(seller, newest, sentence, from_record(newest.record))


def test_the_daily_look_is_at_three() -> None:
    noon = timezone.now().replace(hour=12)
    assert interests.next_daily_look(noon).hour == 3
    assert interests.next_daily_look(noon) - noon < timedelta(days=1)
    early = noon.replace(hour=1)
    assert interests.next_daily_look(early).date() == early.date()


def test_terms_accepted_from_anybody_are_set_and_taken_back(hull_cycles: Actor) -> None:
    interests.set_standing_acceptances(hull_cycles, frozenset({"PDC-INTENT", "SD-BASE"}))
    interests.set_standing_acceptances(hull_cycles, frozenset({"SD-BASE"}))
    assert standing_terms(hull_cycles.party_id) == {"SD-BASE"}


def test_a_no_ends_a_dealing(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = dealing_after_matching(rosa)
    decline(hull_cycles, dealing, "no_capacity")
    with pytest.raises(DealingEndedError):
        decline(rosa, reread(dealing), "other")
