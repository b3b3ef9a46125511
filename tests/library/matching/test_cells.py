"""Cells: whoever can reach each other meets in exactly one key, wherever on Earth they are."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.interests.interest import Interest
from evenhand.matching.cells import (
    GRIDS,
    How,
    codes_of,
    country_code,
    lookups,
)
from evenhand.matching.engine.filing import filed
from evenhand.matching.engine.names import Names
from evenhand.matching.engine.numbering import Numbering
from evenhand.matching.engine.writing import Writer
from evenhand.matching.places import nearness, reach, squared_distance
from evenhand.measures import Area
from evenhand.words.tree import Tree

RADII_KM = [0.001, 1.0, 7.9, 8.0, 8.1, 31.0, 32.0, 33.0, 128.0, 500.0, 513.0, 2000.0, 9000.0, 19000.0, 20015.0]
EDGES = [0.0, 0.001, 8.0, 53.74, 60.0, 84.0, 88.9, 89.5, 90.0]

countries = st.sampled_from(["GB", "DE", ""])
lats = st.sampled_from([*EDGES, *(-lat for lat in EDGES)]) | st.floats(-90, 90)
lons = st.sampled_from([0.0, 179.9999999, -180.0, 180.0, -179.95, 120.0]) | st.floats(-180, 180)
circles = st.builds(Area, st.just(""), countries, lats, lons, st.sampled_from(RADII_KM))
places = circles | st.builds(Area, st.just(""), countries)


@st.composite
def near_pairs(draw: st.DrawFn) -> tuple[Area, Area]:
    """Two circles not far from each other, in units of their reach."""
    one = draw(circles)
    steps = st.floats(-1.2, 1.2)
    lat = min(90.0, max(-90.0, one.lat + draw(steps) * one.radius_km / 111.2))
    lon = (one.lon + draw(steps) * one.radius_km / 111.2 + 180) % 360 - 180
    return one, Area("", one.country, lat, lon, draw(st.sampled_from(RADII_KM)))


def meetings(wished: Area, served: Area) -> Iterator[How]:
    """Every key in which the two meet and what has to hold does."""
    for first, last, how in lookups(wished):
        for code in codes_of(served):
            if first <= code <= last and holds(how, wished, served):
                yield how


def holds(how: How, wished: Area, served: Area) -> bool:
    if how in {How.COUNTRY, How.ANYWHERE}:
        return True
    squared, own = squared_distance(wished, served), reach(served.radius_km) ** 2
    return squared <= own if how is How.REACHED else own < squared <= reach(wished.radius_km) ** 2


@given(places, places)
def test_who_reaches_whom_meets_in_exactly_one_key(wished: Area, served: Area) -> None:
    assert len(list(meetings(wished, served))) == (nearness(wished, served) is not None)


@given(near_pairs())
def test_neighbours_meet_in_exactly_one_key_both_ways(pair: tuple[Area, Area]) -> None:
    for wished, served in (pair, pair[::-1]):
        assert len(list(meetings(wished, served))) == (nearness(wished, served) is not None)


@given(places)
def test_ranges_ascend_and_codes_fit_into_31_bits(area: Area) -> None:
    ranges = lookups(area)
    assert all(first <= last for first, last, _ in ranges)
    assert all(before[1] < after[0] for before, after in pairwise(ranges))
    assert all(0 <= code < 2**31 for code in codes_of(area))


@given(st.lists(places, max_size=8))
def test_many_are_filed_as_each_alone(areas: list[Area]) -> None:
    tree = Tree.load(files("evenhand.words") / "data" / "categories.tsv")
    writer = Writer(Names(), Numbering.of(tree))
    for number, area in enumerate(areas):
        writer.append(number, Interest(area=area), 0.5)
    rows, codes = filed(writer.rows(len(areas)))
    pairs = sorted(zip(rows.tolist(), codes.tolist(), strict=True))
    assert pairs == sorted((row, code) for row, area in enumerate(areas) for code in set(codes_of(area)))


def test_a_circle_is_filed_in_few_cells() -> None:
    assert max(len(codes_of(Area("", "GB", 53.74, -0.33, radius))) for radius in RADII_KM) <= 11


def test_a_wish_of_usual_reach_looks_through_few_ranges() -> None:
    assert len(lookups(Area("", "GB", 53.74, -0.33, 25.0))) <= 16


@pytest.mark.parametrize("level", range(len(GRIDS)))
def test_a_grid_has_fewer_cells_than_a_code_has_numbers(level: int) -> None:
    assert GRIDS[level].starts[-1] + GRIDS[level].columns[-1] < 2**28


def test_countries_have_codes_of_their_own() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    known = [one + two for one in letters for two in letters] + ["GB-EN", "GB-E", "001", "gb", "Neverland", "\ud800"]
    codes = {country_code(country) for country in known}
    assert len(codes) == len(known)
    assert max(codes) < 2**28
