"""Distances in whole units, so that every engine says the same."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.matching.places import EVERYWHERE, KM_PER_UNIT, nearness, nearness_at, reach, squared_distance
from evenhand.measures import EARTH_RADIUS_KM, Area, distance_km

areas = st.builds(Area, st.just(""), st.just("GB"), st.floats(-90, 90), st.floats(-180, 180), st.just(1.0))


@given(areas, areas)
def test_the_straight_line_agrees_with_the_great_circle(one: Area, other: Area) -> None:
    straight = math.sqrt(squared_distance(one, other)) * KM_PER_UNIT
    assert straight == pytest.approx(
        2 * EARTH_RADIUS_KM * math.sin(distance_km(one, other) / 2 / EARTH_RADIUS_KM), abs=2e-5
    )


@given(areas, areas)
def test_half_round_the_earth_reaches_everybody(one: Area, other: Area) -> None:
    everywhere = Area(lat=one.lat, lon=one.lon, radius_km=20015.2)
    assert reach(everywhere.radius_km) == EVERYWHERE
    assert squared_distance(one, other) < 2**63
    assert nearness(everywhere, other) is not None


@given(areas)
def test_who_stands_at_the_door_is_reached_within_a_metre(one: Area) -> None:
    door = Area(lat=one.lat, lon=one.lon, radius_km=0.001)
    assert nearness(door, door) == 1.0


@pytest.mark.parametrize(("lon", "other"), [(179.99, -179.99), (-180.0, 180.0)])
def test_the_date_line_is_no_wall(lon: float, other: float) -> None:
    assert nearness(Area(lat=0, lon=lon, radius_km=5), Area(lat=0, lon=other, radius_km=5)) is not None


def test_all_meridians_meet_at_the_pole() -> None:
    assert nearness(Area(lat=90, lon=0, radius_km=0.001), Area(lat=90, lon=120, radius_km=0.001)) == 1.0


def test_nearness_is_one_half_at_twenty_five_km() -> None:
    assert nearness_at(round(25 / KM_PER_UNIT) ** 2) == pytest.approx(0.5)
