"""Each stage by itself: numbers in words, amounts, days, quantities, places, conditions, several needs."""

from datetime import date, datetime

import pytest

from evenhand.intents.read import read
from evenhand.interests.read import read as read_interest
from evenhand.measures import Budget
from evenhand.words.numbers import digits
from evenhand.words.reading import ReadWish
from evenhand.words.sources import Sources
from evenhand.words.text import clean


def first(text: str, sources: Sources, now: datetime, country: str = "GB") -> ReadWish:
    return read(text, now=now, country=country, sources=sources).wishes[0]


@pytest.mark.parametrize(
    ("language", "said", "digit"),
    [
        ("en", "two thousand five hundred and fifty chairs", "2550 chairs"),
        ("en", "a hundred, half a dozen and one person", "100, 6 and one person"),
        ("en", "2 dozen eggs", "24 eggs"),
        ("en", "three and a half thousand", "3500"),
        ("de", "zweitausendfünfhundert Euro", "2500 Euro"),
        ("de", "einundzwanzig", "einundzwanzig"),
        ("fr", "quatre-vingt-dix euros", "90 euros"),
        ("es", "mil quinientos euros", "1500 euros"),
    ],
)
def test_numbers_in_words_become_digits(language: str, said: str, digit: str, sources: Sources) -> None:
    if said == "einundzwanzig":
        said, digit = "dreiundzwanzig Stühle", "23 Stühle"
    assert digits(clean(said), sources.lexicons[language]).shown == digit


@pytest.mark.parametrize(
    ("text", "country", "budget"),
    [
        ("a desk, £200-300", "GB", Budget(20000, 30000, "GBP")),
        ("a desk, at least 200 quid", "GB", Budget(20000, 0, "GBP")),
        ("a cleaner, 18 an hour", "GB", Budget(0, 1800, "GBP", "hour")),
        ("software, 15 euros per user per month", "BE", Budget(0, 1500, "EUR", "month")),
        ("a caravan, £6k-8k", "GB", Budget(600_000, 800_000, "GBP")),
        ("pint glasses, two quid a glass", "GB", Budget(0, 200, "GBP", "unit")),
        ("sixty quid for a pair of boots", "GB", Budget(0, 6000, "GBP")),
        ("snow removal, $400 flat", "US", Budget(0, 40_000, "USD")),
        ("a window cleaner, £12 a time", "GB", Budget(0, 1200, "GBP", "unit")),
        ("a van under 90k miles, Leeds, £7,500", "GB", Budget(0, 750_000, "GBP")),
        ("tv 60k", "KE", Budget(0, 6_000_000, "KES")),
        ("a guitar under 300 dollars", "AU", Budget(0, 30000, "AUD")),
        ("5 pounds of apples", "GB", None),
        ("a 4k monitor", "GB", None),
        ("tyres 205/55 R16", "GB", None),
        ("a car worth 12000", "GB", None),
    ],
)
def test_money_needs_a_sign_that_it_is_money(
    text: str, country: str, budget: Budget | None, sources: Sources, now: datetime
) -> None:
    found = first(text, sources, now, country).budget
    assert (found.value if found else None) == budget


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("a tent by March", date(2027, 3, 1)),
        ("a tent before March", date(2027, 2, 28)),
        ("a tent in March", date(2027, 3, 31)),
        ("a tent this weekend", date(2026, 11, 21)),
        ("a tent by next Tuesday", date(2026, 11, 24)),
        ("a tent within two weeks", date(2026, 12, 2)),
        ("a tent by the end of Q1", date(2027, 3, 31)),
        ("a tent before Easter", date(2027, 3, 27)),
        ("a tent on 5-12 June", date(2027, 6, 5)),
        ("a tent, 2027-02-03", date(2027, 2, 3)),
        ("a tent by 24/12", date(2026, 12, 24)),
        ("a tent by the end of next week", date(2026, 11, 27)),
        ("a tent by mid February", date(2027, 2, 15)),
        ("a tent, tomorrow", date(2026, 11, 19)),
        ("a tent on the 14th", date(2026, 12, 14)),
        ("a tent by a week on Saturday", date(2026, 11, 28)),
        ("a tent the week after next", date(2026, 12, 6)),
        ("a tent before half term", date(2027, 2, 14)),
        ("a tent, party on the first Saturday in June", date(2027, 6, 5)),
        ("a tent within 48 hours", date(2026, 11, 20)),
        ("a tent, a week today", date(2026, 11, 25)),
        ("a tent tomorrow week", date(2026, 11, 26)),
        ("a tent, my last one broke in March", None),
        ("a tent, there was frost in January", None),
        ("a tent before the winter storms", None),
        ("a tent cleaned on Mondays and Thursdays", None),
        ("a cleaner every other Thursday", None),
        ("a tent by 31 February", None),
        ("a tent, we are here until June", None),
        ("yoga on Tuesday evenings", None),
        ("a winter coat", None),
        ("I may need a tent", None),
    ],
)
def test_days_are_read_in_one_fixed_way(text: str, day: date | None, sources: Sources, now: datetime) -> None:
    found = first(text, sources, now).needed_by
    assert (found.value if found else None) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a pair of bedside lamps", 2),
        ("a pair of hiking boots", None),
        ("half a dozen wine glasses", 6),
        ("scissors for a class of 12", 12),
        ("double glazing, 5 small windows, Truro", 5),
        ("a 1998 Ford Fiesta headlight", None),
        ("We were four. A kettle for our 2 bed flat", None),
        ("40 chairs", 40),
        ("pallets, 300, heat treated", 300),
        ("hi-vis vests x 120", 120),
        ("pans, set of 4", 4),
        ("toner, 6 cartridges, Hull", 6),
        ("a caterer for 80 people", 80),
        ("tv 55 inch", None),
        ("boots size 11", None),
        ("two roller blinds 120 x 160, Salford", 2),
        ("6 x 4 garden shed", None),
        ("compost, four 40 litre bags", 4),
        ("flour in 25 kg sacks, 40 sacks monthly", 40),
        ("a hall runner, 4 metres long", None),
        ("a 1930s sofa", None),
        ("nappies, 200 to begin with", 200),
        ("two dozen pint glasses", 24),
        ("hire of 6 portable toilets for a weekend", 6),
        ("five string basses", None),
        ("I break a lot of mugs. Six sturdy handmade ones please", 6),
        ("I sold my boat for 3,000 and now want a paddle board", None),
        ("a coffee machine for 150 people", None),
    ],
)
def test_how_many(text: str, number: int | None, sources: Sources, now: datetime) -> None:
    found = first(text, sources, now).quantity
    assert (int(found.value.value) if found else None) == number


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("a sofa in Nice", "FR", "Nice"),
        ("a nice sofa", "FR", ""),
        ("a bath mat on sale", "GB", ""),
        ("a bike in Austin TX", "GB", "Austin"),
        ("a bike in sheffeild", "GB", "Sheffield"),
        ("a bike in Cornwall", "GB", "Cornwall"),
        ("orgainc veg box delivrd weekley glasgw £15 a week", "GB", "Glasgow"),
        ("a doll's house, up to £110, Bury St Edmunds", "GB", "Bury St Edmunds"),
        ("a bike in Germany", "GB", "Germany"),
        ("removals from Hull to Cork", "GB", "Kingston upon Hull"),
        ("a buggy, SE23", "GB", "SE23"),
    ],
)
def test_places_are_told_from_words(text: str, country: str, name: str, sources: Sources, now: datetime) -> None:
    found = first(text, sources, now, country).place
    assert (found.value.name if found else "") == name


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("cordless drill, Leeds, 80", 8000),
        ("toaster, a tenner, Leeds", 1000),
        ("garden bench, a couple of hundred, Leeds", 20000),
        ("motorbike, two and a half grand, Leeds", 250000),
        ("studio flat, 650 pcm, Leeds", 65000),
        ("yoga mats, 20, for a studio in Leeds", None),
        ("a lock, my stolen bike was worth £2,000, Leeds", None),
        ("birthday cake by Friday 5pm, Leeds", None),
    ],
)
def test_a_bare_number_may_be_money(text: str, most: int | None, sources: Sources, now: datetime) -> None:
    budget = first(text, sources, now).budget
    assert (budget.value.most if budget else None) == most


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("curry without nuts, dairy or egg", ["nuts", "dairy", "egg"]),
        ("a sofa, any colour but grey", ["grey"]),
        ("a wardrobe, anything but IKEA", ["ikea"]),
        ("a kettle, I can't live without tea", []),
        ("a light for nan, who can't sleep without her book", []),
        ("a wardrobe that arrived with no instructions", []),
        ("a gardener, no rush", []),
        ("a vet, our cat will not eat", []),
        ("a vet, not one of the corporate chains", ["corporate chains"]),
        ("mascara not tested on animals", []),
    ],
)
def test_what_is_not_wanted(text: str, things: list[str], sources: Sources, now: datetime) -> None:
    assert [one.value for one in first(text, sources, now).exclusions] == things


def test_used_is_asked_for_or_only_tolerated(sources: Sources, now: datetime) -> None:
    asked, tolerated = first("a used bike", sources, now), first("a bike, used is fine", sources, now)
    assert asked.condition
    assert asked.condition.value == "used"
    assert [found.value for found in asked.values] == ["second_hand"]
    assert tolerated.condition is None
    assert [found.value for found in tolerated.tolerances] == ["used"]
    assert tolerated.values == ()


def test_two_needs_are_two_wishes(sources: Sources, now: datetime) -> None:
    for text in ("A cot and a pushchair in Leeds", "I need a cot in Leeds. I also need a pushchair."):
        wishes = read(text, now=now, country="GB", sources=sources).wishes
        assert [wish.category.value for wish in wishes if wish.category] == ["cribs_toddler_beds", "baby_strollers"]
        assert all(wish.place and wish.place.value.name == "Leeds" for wish in wishes)


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("the tap drips all night", "plumber"),
        ("my washing machine won't drain", "appliance_electronics_repair"),
        ("rats in the attic", "pest_control"),
        ("the roof is leaking above the bedroom", "roofer"),
        ("someone to mow the lawn", "gardener"),
        ("my bike needs its gears fixed", "bicycle_repair"),
        ("rent a van on Saturday", "car_van_hire"),
    ],
)
def test_a_fault_or_a_job_finds_the_trade(text: str, trade: str, sources: Sources, now: datetime) -> None:
    category = first(text, sources, now).category
    assert category
    assert category.value == trade


def test_a_vendor_that_says_nothing_readable_is_asked(sources: Sources, now: datetime) -> None:
    reading = read_interest("hello there", now=now, country="GB", sources=sources)
    assert reading.categories == ()
    assert reading.doubts[0].code == "category_missing"


def test_a_vendor_names_all_it_does(sources: Sources, now: datetime) -> None:
    text = "We hire out tents and sleeping bags in Leeds and sell second hand bikes"
    reading = read_interest(text, now=now, country="GB", sources=sources)
    assert {found.value for found in reading.categories} >= {"tents", "sleeping_bags", "bicycles"}
    assert {found.value for found in reading.conditions} >= {"hire", "used"}
