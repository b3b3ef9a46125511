"""Place and budget made coarse, and the warning that a wish may fit one person only."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.intents.budget import Visibility, banded, visible
from evenhand.intents.place import HALF_ROUND_THE_EARTH_KM, snapped
from evenhand.intents.rarity import rare_combination
from evenhand.intents.wish import Wish
from evenhand.measures import Area, Budget, Quantity, distance_km

areas = st.builds(
    Area, st.just("Hull"), st.just("GB"), st.floats(-90, 90), st.floats(-180, 180), st.floats(0.001, 20015.2)
)


@given(areas)
def test_a_place_moves_four_km_at_most_and_then_stays(area: Area) -> None:
    once = snapped(area)
    assert distance_km(area, once) < 4
    assert once.radius_km >= area.radius_km
    assert snapped(once) == once


def test_a_country_stays_as_it_is_and_tells_no_point() -> None:
    assert snapped(Area("Germany", "DE", 51.0, 10.0)) == Area("Germany", "DE")


def test_all_the_earth_is_the_last_band() -> None:
    assert snapped(Area(radius_km=10001)).radius_km == HALF_ROUND_THE_EARTH_KM


@pytest.mark.parametrize(
    ("least", "most", "band"),
    [
        (0, 50000, (20000, 50000)),
        (0, 50001, (50000, 100000)),
        (0, 100, (50, 100)),
        (0, 1, (0, 1)),
        (30000, 45000, (20000, 50000)),
        (30000, 0, (20000, 0)),
        (0, 0, (0, 0)),
    ],
)
def test_a_budget_is_told_in_a_band(least: int, most: int, band: tuple[int, int]) -> None:
    assert banded(Budget(least, most, "GBP", "day")) == Budget(*band, "GBP", "day")


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_band_holds_the_budget_and_is_the_same_for_all_in_it(most: int, other: int) -> None:
    band = banded(Budget(0, most, "GBP"))
    assert band.least < most <= band.most
    if band.least < other <= band.most:
        assert banded(Budget(0, other, "GBP")) == band


def test_a_budget_that_was_not_named_is_not_shown() -> None:
    assert visible(None, Visibility.SHOWN) is None


CROWD = Wish(
    area=Area("Beverley", "GB", 53.85, -0.43, 10.0),
    quantity=Quantity(Decimal(40)),
    needed_by=date(2026, 5, 1),
    must_haves=("left-handed", "blue"),
)


def test_a_rare_combination_in_a_small_place_is_warned_of() -> None:
    caution = rare_combination(CROWD)
    assert caution
    assert caution.code == "rare_combination"
    assert caution.data == {"fields": "quantity needed_by must_haves", "place": "Beverley"}


def test_few_details_or_a_wide_place_hide_anyone() -> None:
    assert rare_combination(replace(CROWD, must_haves=())) is None
    assert rare_combination(replace(CROWD, area=replace(CROWD.area, radius_km=50.0))) is None
    assert rare_combination(replace(CROWD, area=Area("United Kingdom", "GB"))) is None
