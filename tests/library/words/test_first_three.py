"""The three sentences that everything began with, and what a vendor says of itself."""

from datetime import date, datetime
from decimal import Decimal

from evenhand.intents.read import read, wish_from
from evenhand.interests.read import interest_from
from evenhand.interests.read import read as read_interest
from evenhand.measures import Budget, Quantity
from evenhand.words.sources import Sources

BIKE = "Looking for a mountain bike in Hull, 500 pounds to spend - p.s. I ride the hard trails and am rather tall!"
STROLLER = (
    "A child's stroller, Lewisham area, I have 150 for it. "
    "p.s. I belong to the fair trade alliance, so ethical products appeal to me"
)
LAPTOPS = "We need 40 refurbished laptops for our school in Leeds before Easter, budget 12k"
VENDOR = "We sell and repair mountain bikes within 30 km of Hull, £250 to £2,000, Fair Trade certified, not for resale"


def test_a_mountain_bike_in_hull(sources: Sources, now: datetime) -> None:
    reading = read(BIKE, now=now, country="GB", sources=sources)
    wish = wish_from(reading.wishes[0], text=BIKE, language=reading.language)
    assert wish.category == "mountain_bikes"
    assert wish.area.name == "Kingston upon Hull"
    assert wish.budget == Budget(0, 50000, "GBP")
    assert wish.nice_to_haves == ("I ride the hard trails and am rather tall",)
    assert {"hard", "trails"} <= wish.words


def test_a_stroller_in_the_lewisham_area(sources: Sources, now: datetime) -> None:
    wish = read(STROLLER, now=now, country="GB", sources=sources).wishes[0]
    assert wish.category
    assert wish.category.value == "baby_strollers"
    assert wish.place
    assert (wish.place.value.name, wish.place.value.country) == ("Lewisham", "GB")
    assert wish.budget
    assert wish.budget.value == Budget(0, 15000, "GBP")
    assert {found.value for found in wish.values} == {"fair_trade", "ethical"}


def test_forty_laptops_for_a_school(sources: Sources, now: datetime) -> None:
    reading = read(LAPTOPS, now=now, country="GB", sources=sources)
    wish = wish_from(reading.wishes[0], text=LAPTOPS)
    assert wish.category == "laptops"
    assert wish.area.name == "Leeds"
    assert wish.quantity == Quantity(Decimal(40))
    assert wish.needed_by == date(2027, 3, 27)
    assert wish.budget == Budget(0, 1200000, "GBP")
    assert wish.conditions == {"refurbished"}


def test_spans_lead_back_to_what_was_typed(sources: Sources, now: datetime) -> None:
    wish = read(BIKE, now=now, country="GB", sources=sources).wishes[0]
    assert wish.place
    assert wish.category
    said = [BIKE[span.start : span.end] for found in (wish.place, wish.category) for span in found.spans]
    assert said == ["Hull", "mountain bike"]


def test_a_vendor_says_what_it_answers(sources: Sources, now: datetime) -> None:
    interest = interest_from(read_interest(VENDOR, now=now, country="GB", sources=sources))
    assert interest.categories == {"mountain_bikes", "bicycle_repair"}
    assert (interest.area.name, interest.area.radius_km) == ("Kingston upon Hull", 30)
    assert (interest.lowest, interest.highest, interest.currency) == (25000, 200000, "GBP")
    assert {claim.value for claim in interest.values} == {"fair_trade"}
    assert interest.words_excluded == {"resale"}
    assert "repair" in interest.conditions


def test_what_would_identify_the_writer_is_held_back(sources: Sources, now: datetime) -> None:
    text = (
        "Need a plumber at 12 Mill Lane, HU5 3AB, call 07700 900123 or rosa@example.org, "
        "see www.rosa.example. Kind regards, Rosa Kowalska"
    )
    reading = read(text, now=now, country="GB", own=("Rosa Kowalska",), sources=sources)
    held = {(one.kind, text[one.span.start : one.span.end]) for one in reading.held_back}
    assert ("email", "rosa@example.org") in held
    assert ("phone", "07700 900123") in held
    assert ("postcode", "HU5 3AB") in held
    assert ("street", "12 Mill Lane") in held
    assert {"url", "name"} <= {kind for kind, _ in held}


def test_the_accounts_own_name_and_street_are_held_back_wherever_they_stand(sources: Sources, now: datetime) -> None:
    text = "rosa here from Spring Bank, I want a tent"
    reading = read(text, now=now, own=("Rosa Kowalska", "Rosa", "Spring Bank"), sources=sources)
    assert {text[one.span.start : one.span.end] for one in reading.held_back} >= {"rosa", "Spring Bank"}


def test_what_is_held_back_is_called_what_it_is(sources: Sources, now: datetime) -> None:
    own = ("Rosa Kowalska", "01632 960174", "7 Humber Row", "HU1 2AB", "rosa@example.org")
    reading = read(f"A tent, {', '.join(own)}", now=now, own=own, sources=sources)
    assert [one.kind for one in reading.held_back] == ["name", "phone", "street", "postcode", "email"]
