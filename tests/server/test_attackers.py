"""Attackers: with any number of interests and accounts a vendor finds the cell, the band, and no person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.intents.place import snapped
from evenhand.intents.wish import Wish
from evenhand.interests.answering import as_answering
from evenhand.interests.interest import Interest
from evenhand.measures import Area, Budget
from evenhand.words.tokens import words_of
from evenhand_server.dealings.queries import dealings_of_intent
from evenhand_server.intents.actions import withdraw_intent
from evenhand_server.intents.models import WordSaid
from evenhand_server.intents.queries import newest_wish
from evenhand_server.intents.words_said import FEWEST_PARTIES, said_by_many
from evenhand_server.interests import actions as interests
from evenhand_server.interests.errors import TooManyChangesError
from evenhand_server.interests.queries import interests_of
from evenhand_server.matching.asking import Question, find
from evenhand_server.matching.queries import question_of
from evenhand_server.people.actions import found_organisation
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import actor_of
from evenhand_server.words.sources import sources
from evenhand_server.workers.run import work_all
from tests.deal import BIKE, announce
from tests.market import HULL, person, sells_mountain_bikes, shop

pytestmark = pytest.mark.django_db
BIKES = frozenset({"mountain_bikes"})
PROBE = Interest(BIKES, currency="GBP")


def question(asker: Actor, wish: Wish, sentence: str = "A mountain bike", budget_shown: str = "banded") -> Question:
    """What matching asks for an intent; the intent is withdrawn so that one party may ask many times."""
    intent = announce(asker, sentence, wish, budget_shown=budget_shown)
    asked = question_of(newest_wish(intent), timezone.localdate())
    withdraw_intent(asker, intent)
    return replace(asked, but_not=frozenset())


def heard_by(asked: Question) -> set[int]:
    """The interests that this intent would be told to, each of a vendor of its own."""
    return {best.vendor_id for best in find(asked, top=1000, tree=sources().tree).best}


def test_trilateration_finds_the_cell_and_no_more(rosa: Actor) -> None:
    north, east = BIKE.area.lat, BIKE.area.lon
    circles = [
        Area("", "GB", north + 0.03 * up, east + 0.05 * right, radius)
        for up in range(-4, 5)
        for right in range(-4, 5)
        for radius in (0.001, 3.0, 7.7)
    ]
    spread([replace(PROBE, area=circle) for circle in circles])
    homes = [replace(BIKE.area, radius_km=1.0, lat=north + shift, lon=east - shift) for shift in (0.0, 0.003, 0.007)]
    assert len({snapped(home) for home in homes}) == 1
    heard = [heard_by(question(rosa, replace(BIKE, area=home))) for home in homes]
    assert 0 < len(heard[0]) < len(circles)
    assert heard[0] == heard[1] == heard[2]


def spread(probes: list[Interest]) -> None:
    """Many accounts, each with one interest: what limits one account limits none of them."""
    for number, probe in enumerate(probes):
        founder = person(f"prober{number}")
        interests.stand_ready(founder, "Bikes", probe)


def test_a_person_in_a_lonely_place_is_told_with_a_wider_one(rosa: Actor) -> None:
    in_the_highlands = Area("Nowhere", "GB", 57.6, -5.3, 5.0)
    lonely = question(rosa, replace(BIKE, area=in_the_highlands)).wish.area
    assert lonely.radius_km > 5
    assert sources().gazetteer.people_within(lonely.lat, lonely.lon, lonely.radius_km) >= 1000
    assert question(rosa, replace(BIKE, area=replace(BIKE.area, radius_km=5.0))).wish.area.radius_km == 5


def test_bisecting_a_budget_finds_the_band_and_no_more(rosa: Actor) -> None:
    spread([replace(PROBE, lowest=price, highest=price + 1) for price in range(30_000, 60_001, 1500)])
    heard = [
        heard_by(question(rosa, replace(BIKE, budget=Budget(0, most, "GBP")))) for most in (30_000, 43_210, 50_000)
    ]
    assert heard[0] == heard[1] == heard[2]
    hidden = [
        heard_by(question(rosa, replace(BIKE, budget=Budget(0, most, "GBP")), budget_shown="hidden"))
        for most in (100, 9_000_000)
    ]
    assert hidden[0] == hidden[1]


def test_a_rare_word_tells_nobody_who_says_it(rosa: Actor) -> None:
    sentence = "A mountain bike, easy to mount after chemotherapy"
    spread([replace(PROBE, words_wanted=frozenset({word})) for word in ("chemotherapy", "lindqvist", "bike")])
    spread_without = replace(PROBE, words_excluded=frozenset({"chemotherapy"}))
    interests.stand_ready(person("careful"), "Bikes", spread_without)
    wish = replace(BIKE, words=frozenset(words_of(sentence)))
    heard = heard_by(question(rosa, wish, sentence))
    assert heard == heard_by(question(rosa, replace(BIKE, words=frozenset({"mountain", "bike"}))))
    assert len(heard) == 2


@pytest.mark.parametrize("word", ["chemotherapy", "dementia", "muslim", "divorce", "lindqvist", "titanic"])
def test_what_says_more_of_a_person_than_of_a_thing_is_not_asked_for(word: str) -> None:
    assert not said_by_many(frozenset({word}))
    assert said_by_many(frozenset({"mountain", "bike", "kettle"})) == {"mountain", "bike", "kettle"}


def test_a_word_that_several_have_said_may_be_asked_for(rosa: Actor) -> None:
    wish = replace(BIKE, words=frozenset({"velotraum"}))
    for number in range(FEWEST_PARTIES):
        assert not said_by_many(wish.words)
        asker = person(f"asker{number}")
        question(asker, wish, "A Velotraum")
        question(asker, wish, "A Velotraum")
    assert said_by_many(wish.words) == {"velotraum"}
    assert WordSaid.objects.filter(word__contains="velotraum").count() == 0


def test_new_interests_wait_for_the_daily_look_whoever_owns_them(rosa: Actor) -> None:
    intent = announce(rosa)
    work_all()
    for number in range(5):
        shop(f"late{number}", f"Late {number}", sells_mountain_bikes())
    work_all()
    assert not dealings_of_intent(intent).exists()


def test_nobody_changes_interests_all_day_however_many_parties_they_found(
    rosa: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interests, "MOST_CHANGES_A_DAY", 3)
    seller = person("prober")
    interests.stand_ready(seller, "Bikes", PROBE)
    interests.change_interest(seller, interests_of(seller).get(), "Bikes", PROBE)
    other = found_organisation(seller, name="Another front", country="GB")
    front = actor_of(seller.person, other.public_id)
    interests.stand_ready(front, "Bikes", PROBE)
    with pytest.raises(TooManyChangesError):
        interests.stand_ready(front, "Bikes", PROBE)
    with pytest.raises(TooManyChangesError):
        interests.change_interest(seller, interests_of(seller).get(), "Bikes", PROBE)
    interests.retire_interest(seller, interests_of(seller).get())
    monkeypatch.setattr(timezone, "now", lambda now=timezone.now: now() + timedelta(days=2))
    interests.stand_ready(seller, "Bikes", PROBE)


def test_there_is_an_end_to_interests_that_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interests, "MOST_STANDING", 1)
    seller = person("prober")
    interests.stand_ready(seller, "Bikes", PROBE)
    with pytest.raises(TooManyChangesError):
        interests.stand_ready(seller, "Bikes", PROBE)


def test_a_tiny_circle_and_a_narrow_price_are_widened() -> None:
    narrow = Interest(BIKES, replace(HULL, radius_km=0.001), lowest=40_000, highest=40_001, currency="GBP")
    answering = as_answering(narrow)
    assert (answering.area.radius_km, answering.lowest, answering.highest) == (5.0, 40_000, 50_000)
    wide = Interest(BIKES, HULL, lowest=10_000, highest=90_000, currency="GBP")
    assert as_answering(wide) == wide
    assert as_answering(Interest(BIKES)) == Interest(BIKES)
