"""The life of an index: many tags, many writes, several threads, files; what it says is what the definition says."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from evenhand.intents.wish import Wish
from evenhand.interests.interest import EvidencedValue, Interest
from evenhand.matching.engine.files import SegmentStaleError, SegmentUnreadableError
from evenhand.matching.engine.search import Found, Search, by_loops, by_vectors
from evenhand.matching.fit import score_of
from evenhand.matching.index import Index, Standing
from evenhand.measures import Area, Budget
from evenhand.words.tree import Tree

TREE = Tree.load(files("evenhand.words") / "data" / "categories.tsv")
TODAY = date(2026, 3, 1)
HULL = Area("Hull", "GB", 53.7446, -0.3353, 10.0)
ROSA = Wish(category="mountain_bikes", area=HULL, words=frozenset({"hard", "trails"}))
HULL_CYCLES = Interest(categories=frozenset({"bicycles"}), area=HULL, terms=frozenset({"SD-BASE"}))
ENGINES = pytest.mark.parametrize("engine", [by_loops, by_vectors])


def by_definition(interests: dict[int, Interest], wish: Wish) -> tuple[int, ...]:
    scores = {id_: score_of(wish, interest, tree=TREE, on=TODAY) for id_, interest in interests.items()}
    return tuple(
        sorted((id_ for id_, score in scores.items() if score is not None), key=lambda i: (-(scores[i] or 0), i))
    )


def matched(index: Index, wish: Wish = ROSA, *, proffered: str = "", accepting_only: bool = False) -> Found:
    return index.match(wish, on=TODAY, top=100, proffered=proffered, accepting_only=accepting_only)


def many(kind: str, count: int = 130) -> list[str]:
    return [f"{kind}-{number}" for number in range(count)]


def evidence(value: str, days: int = 1) -> EvidencedValue:
    return EvidencedValue(value, "Federation", TODAY + timedelta(days=days))


# More tags than a mask holds


@ENGINES
def test_more_values_than_a_mask_holds_are_still_told_apart(engine: Search) -> None:
    interests = {
        number: replace(HULL_CYCLES, values=(evidence(value), evidence("value-3", number % 2 - 1)))
        for number, value in enumerate(many("value"))
    }
    index = Index(TREE, [Standing(*one) for one in interests.items()], search=engine)
    for required, wanted in (
        ({"value-120"}, set()),
        ({"value-3"}, {"value-119"}),
        (set(), {"value-70", "value-71", "none"}),
    ):
        wish = replace(ROSA, required_values=frozenset(required), values=frozenset(wanted))
        assert matched(index, wish).ids == by_definition(interests, wish)[:100]
    assert matched(index, replace(ROSA, required_values=frozenset({"none"}))) == Found()


@ENGINES
def test_more_languages_than_a_mask_holds_are_still_told_apart(engine: Search) -> None:
    interests = {
        number: replace(HULL_CYCLES, languages=frozenset({language, f"language-{number + 1}"}))
        for number, language in enumerate(many("language"))
    }
    interests[500] = replace(HULL_CYCLES, words_excluded=frozenset({"hard"}))
    interests[501] = replace(HULL_CYCLES, words_wanted=frozenset({"hard"}), languages=frozenset(many("language")))
    index = Index(TREE, [Standing(*one) for one in interests.items()], search=engine)
    for spoken in ({"language-3"}, {"language-100"}, {"language-3", "language-100"}, {"unspoken"}, set()):
        wish = replace(ROSA, languages=frozenset(spoken))
        assert matched(index, wish).ids == by_definition(interests, wish)[:100]


@ENGINES
def test_more_terms_than_a_mask_holds_are_still_told_apart(engine: Search) -> None:
    interests = [replace(HULL_CYCLES, terms=frozenset({term, "term-129"})) for term in many("term")]
    index = Index(TREE, [Standing(*one) for one in enumerate(interests)], search=engine)
    for term, accepting in ("term-5", 1), ("term-100", 1), ("term-129", 130), ("term-1000", 0), ("", 0):
        found = matched(index, proffered=term)
        assert (found.total, found.accepting) == (130, accepting)
        assert matched(index, proffered=term, accepting_only=True).total == accepting


# What is looked through, and what was just written


@ENGINES
@pytest.mark.parametrize("area", [HULL, Area("United Kingdom", "GB"), Area()])
@pytest.mark.parametrize("category", ["bicycles", "mountain_bikes", "cycling"])
def test_what_has_many_categories_is_met_once_in_buffers_and_in_segments(
    engine: Search, area: Area, category: str
) -> None:
    nodes = ({"mountain_bikes", "road_bikes", "books"}, {"kids_bikes"}, {"bicycles"}, {"books"})
    places = (HULL, Area("Rome", "IT", 41.9, 12.5, 10.0), Area("Italy", "IT"), Area())
    sellers = {
        10 * one + two: Interest(categories=frozenset(sold), area=place)
        for one, sold in enumerate(nodes)
        for two, place in enumerate(places)
    }
    index = Index(TREE, search=engine)
    for id_, interest in sellers.items():
        index.add(id_, interest)
    wish = Wish(category=category, area=area)
    assert matched(index, wish).ids == by_definition(sellers, wish)
    index.merge_all()
    assert matched(index, wish).ids == by_definition(sellers, wish)


@ENGINES
def test_a_budget_of_one_amount_is_covered_or_not(engine: Search) -> None:
    sellers = {
        number: replace(HULL_CYCLES, lowest=lowest, highest=highest, currency="GBP")
        for number, (lowest, highest) in enumerate([(100, 100), (50, 150), (150, 50), (101, 200), (0, 0), (0, 100)])
    }
    index = Index(TREE, [Standing(*one) for one in sellers.items()], search=engine)
    for budget in (Budget(100, 100, "GBP"), Budget(50, 0, "GBP"), Budget(0, 0, "GBP"), Budget(90, 110, "GBP")):
        wish = replace(ROSA, budget=budget)
        assert matched(index, wish).ids == by_definition(sellers, wish)


# Writes


@ENGINES
def test_what_was_written_is_found_at_once_and_once(engine: Search) -> None:
    index = Index(TREE, search=engine)
    assert matched(index) == Found()
    index.add(1, HULL_CYCLES)
    index.add(1, HULL_CYCLES, experience=0.9)
    assert matched(index).ids == (1,)
    index.add(1, replace(HULL_CYCLES, categories=frozenset({"books"})))
    assert matched(index).ids == ()
    index.add(1, HULL_CYCLES)
    assert index.remove(1)
    assert not index.remove(1)
    assert matched(index).ids == ()


@ENGINES
def test_of_several_interests_with_one_id_the_last_counts(engine: Search) -> None:
    others = replace(HULL_CYCLES, categories=frozenset({"books"}))
    index = Index(TREE, [Standing(1, HULL_CYCLES), Standing(2, HULL_CYCLES), Standing(1, others)], search=engine)
    assert matched(index).ids == (2,)


@ENGINES
def test_full_buffers_become_segments_and_segments_are_merged(engine: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evenhand.matching.index.CAPACITY", 4)
    index = Index(TREE, search=engine)
    known: dict[int, Interest] = {}
    chance = np.random.default_rng(7)
    for _ in range(400):
        id_, node = int(chance.integers(0, 60)), str(chance.choice(["bicycles", "road_bikes", "mountain_bikes"]))
        if chance.random() < 0.3:
            assert index.remove(id_) == (known.pop(id_, None) is not None)
        else:
            known[id_] = replace(HULL_CYCLES, categories=frozenset({node}))
            index.add(id_, known[id_])
        if chance.random() < 0.05:
            index.merge_next()
        assert matched(index).ids == by_definition(known, ROSA)
    while index.merge_next():
        assert matched(index).ids == by_definition(known, ROSA)


@ENGINES
def test_who_leaves_altogether_leaves_nothing(engine: Search) -> None:
    index = Index(TREE, [Standing(1, HULL_CYCLES)], search=engine)
    index.remove(1)
    index.merge_all()
    index.merge_all()
    assert matched(index) == Found()


@ENGINES
def test_matching_goes_on_beside_a_writer_and_a_merger(engine: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look sees each interest exactly once, in its old or its new shape, whatever is written meanwhile."""
    monkeypatch.setattr("evenhand.matching.index.CAPACITY", 16)
    stays = dict.fromkeys(range(40), HULL_CYCLES)
    index = Index(TREE, [Standing(*one) for one in stays.items()], search=engine)
    done = threading.Event()

    def write() -> None:
        for number in range(800):
            index.add(number % 40, HULL_CYCLES, experience=0.5)
        done.set()

    def merge() -> None:
        while not done.is_set():
            index.merge_next()

    threads = [threading.Thread(target=work) for work in (write, merge)]
    for thread in threads:
        thread.start()
    looks = 0
    while not done.is_set() or looks == 0:
        assert matched(index).ids == tuple(range(40))
        looks += 1
    for thread in threads:
        thread.join()
    index.merge_all()
    assert matched(index).ids == tuple(range(40))


# Files


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    values = tuple(evidence(value) for value in many("value", 70))
    index = Index(TREE, [Standing(7, HULL_CYCLES), Standing(9, replace(HULL_CYCLES, values=values))])
    index.add(8, replace(HULL_CYCLES, words_wanted=frozenset({"hard"}), lowest=100, currency="GBP", period="hour"))
    index.remove(7)
    index.save(tmp_path / "interests.segment", upto=41)
    return tmp_path / "interests.segment"


@ENGINES
def test_an_index_comes_back_from_its_file_and_goes_on(saved: Path, engine: Search) -> None:
    index = Index.open(saved, TREE, search=engine)
    assert index.upto == 41
    assert matched(index).ids == (8, 9)
    assert matched(index, replace(ROSA, required_values=frozenset({"value-69"}))).ids == (9,)
    index.add(9, HULL_CYCLES)
    index.add(10, HULL_CYCLES)
    assert index.remove(8)
    assert matched(index).ids == (9, 10)
    index.save(saved)
    assert matched(Index.open(saved, TREE, search=engine)).ids == (9, 10)


def test_a_file_is_written_whole_or_not_at_all(saved: Path) -> None:
    assert [file.name for file in saved.parent.iterdir()] == ["interests.segment"]


def test_an_empty_index_is_a_file_too(tmp_path: Path) -> None:
    Index(TREE).save(tmp_path / "empty")
    assert matched(Index.open(tmp_path / "empty", TREE)) == Found()


def damages(whole: bytes) -> Iterator[bytes]:
    yield b""
    yield b"something else"
    yield whole[:-4096]
    yield whole[:200]
    yield whole.replace(b'"format": 1', b'"format": 2', 1)
    yield whole.replace(b'"upto"', b'"up_t"', 1)
    yield whole.replace(b'"prices": ["GBP",', b'"prices": [5    ,', 1)
    yield b"EVENHAND" + bytes(8)


def test_a_file_that_is_none_of_ours_is_refused(saved: Path) -> None:
    whole = saved.read_bytes()
    for damaged in damages(whole):
        saved.write_bytes(damaged)
        with pytest.raises(SegmentUnreadableError):
            Index.open(saved, TREE)


def test_a_file_for_another_tree_is_refused(saved: Path) -> None:
    smaller = Tree({id_: node for id_, node in TREE.nodes.items() if node.parent == ""})
    with pytest.raises(SegmentStaleError):
        Index.open(saved, smaller)
