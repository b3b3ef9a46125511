"""A wish as a record: written without floats, read back as it was."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.intents.wish import Wish, as_record, from_record
from evenhand.measures import Area, Budget, Quantity
from evenhand.plain import RecordUnreadableError

texts = st.text(max_size=8)
sets = st.frozensets(texts, max_size=3)
areas = st.builds(
    Area, texts, texts, st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 20015.2, allow_subnormal=False)
)
wishes = st.builds(
    Wish,
    category=texts,
    area=areas,
    budget=st.none() | st.builds(Budget, st.integers(0), st.integers(0), texts, texts),
    quantity=st.none() | st.builds(Quantity, st.decimals(0, 10**9, places=3), texts),
    needed_by=st.none() | st.dates(),
    conditions=sets,
    values=sets,
    required_values=sets,
    must_haves=st.lists(texts, max_size=3).map(tuple),
    nice_to_haves=st.lists(texts, max_size=3).map(tuple),
    exclusions=st.lists(texts, max_size=3).map(tuple),
    languages=sets,
    words=sets,
)


@given(wishes)
def test_a_wish_comes_back_from_its_record_as_it_was(wish: Wish) -> None:
    assert from_record(json.loads(json.dumps(as_record(wish)))) == wish


def refuse_floats(number: str) -> None:
    raise AssertionError(number)


@given(wishes)
def test_a_wish_holds_no_floats_once_it_is_a_record(wish: Wish) -> None:
    json.loads(json.dumps(as_record(wish)), parse_float=refuse_floats)


def test_rosas_wish_reads_well_as_a_record() -> None:
    wish = Wish(
        category="mountain_bikes",
        area=Area("Hull", "GB", 53.74, -0.33, 10.0),
        budget=Budget(0, 50000, "GBP"),
        quantity=Quantity(Decimal(1)),
        needed_by=date(2026, 5, 1),
    )
    record = as_record(wish)
    assert record["area"] == {"name": "Hull", "country": "GB", "lat": "53.74", "lon": "-0.33", "radius_km": "10.0"}
    assert record["budget"] == {"least": 0, "most": 50000, "currency": "GBP", "period": ""}
    assert record["quantity"] == {"value": "1", "unit": ""}
    assert record["needed_by"] == "2026-05-01"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 2),
        ("format", True),
        ("category", None),
        ("area", "Hull"),
        ("area", {"name": "Hull", "country": "GB", "lat": "north", "lon": "0", "radius_km": "1"}),
        ("area", {"name": "Hull", "country": "GB", "lat": "NaN", "lon": "0", "radius_km": "1"}),
        ("budget", {"least": 0.5, "most": 1, "currency": "GBP", "period": ""}),
        ("needed_by", "soon"),
        ("values", "fair_trade"),
        ("words", [1]),
    ],
)
def test_a_record_of_another_shape_is_refused(field: str, value: object) -> None:
    with pytest.raises(RecordUnreadableError):
        from_record({**as_record(Wish()), field: value})


def test_a_record_that_lacks_a_field_is_refused() -> None:
    record = {name: value for name, value in as_record(Wish()).items() if name != "budget"}
    with pytest.raises(RecordUnreadableError, match="budget"):
        from_record(record)
