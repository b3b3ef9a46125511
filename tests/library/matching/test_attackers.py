"""Attackers: a vendor that invents interests to find a person out learns no more than what it is told anyway."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from evenhand.intents.budget import Visibility, banded, visible
from evenhand.intents.matched import as_matched
from evenhand.intents.place import snapped
from evenhand.intents.wish import Wish
from evenhand.interests.interest import Interest
from evenhand.matching.fit import fit
from evenhand.measures import Area, Budget
from evenhand.words.tree import Tree

TREE = Tree.load(files("evenhand.words") / "data" / "categories.tsv")
TODAY = date(2026, 3, 1)
ROSA = Wish(category="mountain_bikes", area=Area("Hull", "GB", 53.7446, -0.3353, 10.0), budget=Budget(0, 50000, "GBP"))
SENTENCE = "Looking for a bike, […] to spend. […]"
PROBE = Interest(categories=frozenset({"bicycles"}), currency="GBP")

steps = st.floats(-0.03, 0.03)
radii = st.floats(0.01, 40)
visibilities = st.sampled_from(Visibility)


def hears(probe: Interest, wish: Wish, visibility: Visibility = Visibility.BANDED) -> bool:
    return fit(as_matched(wish, sentence=SENTENCE, visibility=visibility), probe, tree=TREE, on=TODAY) is not None


@given(steps, steps, st.lists(st.tuples(steps, steps, radii), max_size=12))
def test_trilateration_finds_the_cell_and_no_more(
    north: float, east: float, probes: list[tuple[float, float, float]]
) -> None:
    neighbour = replace(ROSA, area=replace(ROSA.area, lat=ROSA.area.lat + north, lon=ROSA.area.lon + east))
    if snapped(neighbour.area) != snapped(ROSA.area):
        return
    for up, right, radius in probes:
        circle = replace(PROBE, area=Area("", "GB", ROSA.area.lat + 5 * up, ROSA.area.lon + 5 * right, radius))
        assert hears(circle, ROSA) == hears(circle, neighbour)


@given(st.integers(1, 10**7), st.lists(st.integers(1, 10**8), max_size=20), visibilities)
def test_bisecting_a_budget_finds_the_band_and_no_more(most: int, prices: list[int], visibility: Visibility) -> None:
    other = replace(ROSA, budget=Budget(0, most, "GBP"))
    if visible(other.budget, visibility) != visible(ROSA.budget, visibility):
        return
    for price in prices:
        dear = replace(PROBE, lowest=price)
        assert hears(dear, ROSA, visibility) == hears(dear, other, visibility)


def test_a_hidden_budget_excludes_nobody_and_so_tells_nothing() -> None:
    dear = replace(PROBE, lowest=10**9)
    assert hears(dear, ROSA, Visibility.HIDDEN)
    assert not hears(dear, ROSA, Visibility.BANDED)


def test_a_band_reaches_down_to_nothing_where_no_least_was_named() -> None:
    cheap = replace(PROBE, highest=100)
    assert hears(cheap, ROSA)
    assert not hears(cheap, replace(ROSA, budget=Budget(20000, 50000, "GBP")))
    assert as_matched(ROSA, sentence="", visibility=Visibility.SHOWN).budget == ROSA.budget
    assert as_matched(replace(ROSA, budget=None), sentence="", visibility=Visibility.SHOWN).budget is None


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_what_is_matched_holds_the_true_budget(most: int, least: int) -> None:
    wish = replace(ROSA, budget=Budget(least, most, "GBP"))
    matched = as_matched(wish, sentence="", visibility=Visibility.BANDED).budget
    assert matched
    assert matched.least <= least
    assert matched.most >= most
    assert matched.most == banded(Budget(0, most, "GBP")).most


def test_words_that_were_cut_can_not_be_asked_for_one_by_one() -> None:
    wish = replace(ROSA, words=frozenset({"looking", "bike", "meier", "500"}))
    assert hears(replace(PROBE, words_wanted=frozenset({"bike"})), wish)
    assert not hears(replace(PROBE, words_wanted=frozenset({"meier"})), wish)
    assert not hears(replace(PROBE, words_wanted=frozenset({"500"})), wish)
    assert hears(replace(PROBE, words_excluded=frozenset({"meier"})), wish)
