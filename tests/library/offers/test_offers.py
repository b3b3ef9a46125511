"""Offers: written down, checked, compared; Hull Cycles and others answer Rosa."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.intents.wish import Wish
from evenhand.interests.interest import EvidencedValue
from evenhand.matching.match import Reason
from evenhand.matching.rates import Rates
from evenhand.measures import Area, Budget, Money, Quantity
from evenhand.offers.check import check, line_total
from evenhand.offers.compare import CRITERIA, Answer, compare
from evenhand.offers.offer import Chain, Delivery, Leaving, Line, Offer, as_record, from_record
from evenhand.plain import RecordUnreadableError

TODAY = date(2026, 3, 1)
HULL = Area("Hull", "GB", 53.7446, -0.3353, 10.0)
ROSA = Wish(
    category="mountain_bikes",
    area=HULL,
    budget=Budget(0, 50000, "GBP"),
    needed_by=date(2026, 3, 20),
    values=frozenset({"fair_trade"}),
)
BIKE = Line("Hardtail, 19 inch", Decimal(1), Decimal("449.00"), 44900)
BELL = Line("Bell", Decimal(2), Decimal("5.25"), 1050)
OFFER = Offer(
    lines=(BIKE, BELL),
    total=Money(46950, "GBP"),
    delivery=Delivery(by=date(2026, 3, 10), cost=1000),
    included=("first service",),
    leaving=Leaving(cost=0, notice_days=0),
    chain=Chain(makes="Hull Cycles", moves="Hull Cycles", supports="Hull Cycles"),
    valid_until=date(2026, 3, 31),
    note="It is set up for tall riders.",
    payment="By card on delivery.",
    contact="Ask for the workshop.",
)

texts = st.text(max_size=8)
amounts = st.integers(-(10**12), 10**12)
decimals = st.decimals(-(10**6), 10**6, places=4)
days = st.none() | st.dates()
offers = st.builds(
    Offer,
    lines=st.lists(st.builds(Line, texts, decimals, decimals, amounts), max_size=3).map(tuple),
    total=st.builds(Money, amounts, texts),
    delivery=st.builds(Delivery, days, st.integers(0, 999), amounts),
    included=st.lists(texts, max_size=2).map(tuple),
    leaving=st.builds(Leaving, amounts, st.integers(0, 999)),
    chain=st.builds(Chain, texts, texts, texts),
    valid_until=days,
    note=texts,
    payment=texts,
    contact=texts,
)


# Written down


@given(offers)
def test_an_offer_comes_back_from_its_record_as_it_was(offer: Offer) -> None:
    assert from_record(json.loads(json.dumps(as_record(offer)))) == offer


def test_an_offer_of_another_shape_is_refused() -> None:
    with pytest.raises(RecordUnreadableError):
        from_record({**as_record(OFFER), "chain": None})


# Checked


def codes(offer: Offer, wish: Wish = ROSA) -> list[str]:
    return [finding.code for finding in check(offer, wish, on=TODAY)]


def test_an_offer_that_adds_up_and_suits_has_no_findings() -> None:
    assert codes(OFFER) == []


def test_a_line_that_does_not_add_up_is_an_error() -> None:
    [line, total] = check(replace(OFFER, lines=(replace(BIKE, total=44000), BELL)), ROSA, on=TODAY)
    assert line.is_error
    assert line.code == "line_total_differs"
    assert line.data == {"line": "1", "said": "44000", "expected": "44900", "currency": "GBP"}
    assert total.code == "total_differs"


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        (replace(OFFER, lines=(), total=Money(1000, "GBP")), "no_lines"),
        (replace(OFFER, total=Money(46951, "GBP")), "total_differs"),
        (replace(OFFER, leaving=Leaving(cost=-1)), "amount_negative"),
        (replace(OFFER, valid_until=date(2026, 2, 28)), "no_longer_valid"),
        (replace(OFFER, total=Money(46950, "EUR")), "currency_differs"),
        (replace(OFFER, delivery=Delivery(by=date(2026, 3, 21), cost=1000)), "later_than_needed"),
        (replace(OFFER, delivery=Delivery(within_days=20, cost=1000)), "later_than_needed"),
        (replace(OFFER, delivery=Delivery(within_days=10**9, cost=1000)), "later_than_needed"),
    ],
)
def test_what_is_wrong_is_found(offer: Offer, code: str) -> None:
    assert codes(offer) == [code]


def test_over_budget_is_a_warning_and_comes_after_the_errors() -> None:
    dear = replace(OFFER, total=Money(60000, "GBP"))
    findings = check(dear, ROSA, on=TODAY)
    assert [(finding.code, finding.is_error) for finding in findings] == [
        ("total_differs", True),
        ("over_budget", False),
    ]


def test_a_budget_for_each_is_multiplied_and_one_by_the_month_is_not_compared() -> None:
    pair = replace(ROSA, budget=Budget(0, 25000, "GBP", "unit"), quantity=Quantity(Decimal(2)))
    assert codes(OFFER, pair) == []
    assert codes(OFFER, replace(pair, quantity=None)) == ["over_budget"]
    assert codes(OFFER, replace(pair, budget=Budget(0, 1, "GBP", "month"))) == []


def test_what_was_not_promised_or_needed_is_not_late() -> None:
    assert codes(replace(OFFER, delivery=Delivery(cost=1000))) == []
    assert codes(replace(OFFER, delivery=Delivery(within_days=19, cost=1000))) == []
    assert codes(OFFER, Wish()) == []


@pytest.mark.parametrize(
    ("quantity", "price", "currency", "minor"),
    [("3", "0.335", "GBP", 101), ("0.5", "1", "JPY", 1), ("1", "0.0005", "KWD", 1), ("-1", "5", "EUR", -500)],
)
def test_halves_are_rounded_up_in_the_currencys_own_decimals(
    quantity: str, price: str, currency: str, minor: int
) -> None:
    assert line_total(Decimal(quantity), Decimal(price), currency) == minor


# Compared

FAIR_TRADE = EvidencedValue("fair_trade", "Fair Trade Federation", date(2027, 6, 30))
HULL_CYCLES = Answer("hull", OFFER, area=HULL, values=(FAIR_TRADE,), experience=0.914)
CHEAPER = Answer(
    "cheaper",
    replace(
        OFFER,
        total=Money(30000, "GBP"),
        delivery=Delivery(within_days=30),
        leaving=Leaving(cost=2500, notice_days=14),
    ),
    area=Area("York", "GB", 53.9576, -1.0827, 100.0),
)


def test_every_criterion_names_who_is_ahead() -> None:
    comparison = compare(ROSA, [HULL_CYCLES, CHEAPER], on=TODAY)
    assert comparison.best == {
        "price": ("cheaper",),
        "purpose": ("hull",),
        "experience": (),
        "distance": ("hull",),
        "delivery": ("hull",),
        "leaving": ("hull",),
    }


def test_every_cell_says_why() -> None:
    [hull, cheaper] = compare(ROSA, [HULL_CYCLES, CHEAPER], on=TODAY).rows
    assert hull.id == "hull"
    assert hull.reasons == {
        "price": (Reason("price", {"minor": "46950", "currency": "GBP"}), Reason("within_budget")),
        "purpose": (
            Reason(
                "value_evidenced",
                {"value": "fair_trade", "issuer": "Fair Trade Federation", "valid_until": "2027-06-30"},
            ),
        ),
        "experience": (Reason("experience", {"percent": "91"}),),
        "distance": (Reason("near", {"under_km": "5"}),),
        "delivery": (Reason("arrives", {"day": "2026-03-10"}), Reason("in_time")),
        "leaving": (Reason("free_to_leave"),),
    }
    assert cheaper.reasons["purpose"] == (Reason("no_value_evidenced"),)
    assert cheaper.reasons["experience"] == (Reason("experience_unknown"),)
    assert cheaper.reasons["distance"] == (Reason("near", {"under_km": "100"}),)
    assert cheaper.reasons["delivery"] == (Reason("arrives", {"day": "2026-03-31"}), Reason("too_late"))
    assert cheaper.reasons["leaving"] == (
        Reason("leaving_costs", {"minor": "2500", "currency": "GBP"}),
        Reason("notice", {"days": "14"}),
    )


def test_equals_are_told_as_equals() -> None:
    comparison = compare(ROSA, [HULL_CYCLES, replace(HULL_CYCLES, id="twin")], on=TODAY)
    assert set(comparison.best.values()) == {()}
    third = compare(ROSA, [HULL_CYCLES, replace(HULL_CYCLES, id="twin"), CHEAPER], on=TODAY)
    assert third.best["distance"] == ("hull", "twin")


def test_other_money_is_compared_only_at_a_known_rate() -> None:
    in_euros = replace(CHEAPER, offer=replace(CHEAPER.offer, total=Money(56000, "EUR")))
    unknown = compare(ROSA, [HULL_CYCLES, in_euros], on=TODAY)
    assert unknown.best["price"] == ()
    assert unknown.rows[1].reasons["price"][1] == Reason("price_not_compared", {"currency": "GBP"})
    assert unknown.best["leaving"] == ()
    rates = Rates({"GBP": Decimal("0.8"), "EUR": Decimal(1)})
    known = compare(ROSA, [HULL_CYCLES, in_euros], on=TODAY, rates=rates)
    assert known.best["price"] == ("cheaper",)
    assert known.best["leaving"] == ("hull",)


def test_where_nothing_was_asked_everything_is_still_compared() -> None:
    wide = replace(
        CHEAPER, area=Area("Rome", "IT", 41.9, 12.5, 10.0), offer=replace(CHEAPER.offer, delivery=Delivery())
    )
    comparison = compare(Wish(area=HULL), [HULL_CYCLES, wide], on=TODAY)
    assert comparison.best == {
        "price": ("cheaper",),
        "purpose": ("hull",),
        "experience": (),
        "distance": ("hull",),
        "delivery": (),
        "leaving": ("hull",),
    }
    assert comparison.rows[1].reasons["distance"] == (Reason("far", {"over_km": "500"}),)
    assert comparison.rows[1].reasons["delivery"] == (Reason("arrival_not_said"),)
    assert comparison.rows[0].reasons["delivery"] == (Reason("arrives", {"day": "2026-03-10"}),)
    assert comparison.rows[0].reasons["price"] == (Reason("price", {"minor": "46950", "currency": "GBP"}),)


def test_a_seller_anywhere_has_no_distance() -> None:
    nowhere = replace(CHEAPER, area=Area())
    comparison = compare(ROSA, [HULL_CYCLES, nowhere], on=TODAY)
    assert comparison.best["distance"] == ()
    assert comparison.rows[1].reasons["distance"] == (Reason("anywhere"),)


def test_over_budget_is_said() -> None:
    dear = replace(HULL_CYCLES, offer=replace(OFFER, total=Money(50001, "GBP")))
    assert compare(ROSA, [dear], on=TODAY).rows[0].reasons["price"][1] == Reason("over_budget")


def test_no_offers_compare_to_nothing() -> None:
    comparison = compare(Wish(), [], on=TODAY)
    assert comparison.rows == ()
    assert set(comparison.best) == set(CRITERIA)
