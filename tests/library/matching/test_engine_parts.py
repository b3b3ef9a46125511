"""The engine's small parts: bits are counted, the best are kept in order, and kept code knows its source."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.matching.engine import best, judging
from evenhand.matching.engine.compiled import source_stamp
from evenhand.matching.engine.numbering import Numbering
from evenhand.words.tree import Node, Tree


@given(st.integers(0, 2**64 - 1))
def test_bits_are_counted(mask: int) -> None:
    assert judging.bits(np.uint64(mask)) == mask.bit_count()


@given(
    st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.3]), st.integers(0, 99)), unique_by=lambda pair: pair[1]),
    st.integers(0, 8),
)
def test_the_best_are_kept_in_order_and_of_equals_the_lower_id(pairs: list[tuple[float, int]], top: int) -> None:
    scores, ids, count = np.empty(top), np.empty(top, np.int64), 0
    for score, id_ in pairs:
        count = best.keep(scores, ids, count, score, id_)
    best.put_in_order(scores, ids, count)
    kept = list(zip(scores[:count].tolist(), ids[:count].tolist(), strict=True))
    assert kept == sorted(pairs, key=lambda pair: (-pair[0], pair[1]))[:top]


def test_the_stamp_changes_with_the_source() -> None:
    assert source_stamp(best) != source_stamp(judging)
    assert source_stamp(best, judging) == source_stamp(best, judging)


@pytest.fixture
def numbering() -> Numbering:
    nodes = [("sports", ""), ("bicycles", "sports"), ("mountain_bikes", "bicycles"), ("tents", "sports"), ("books", "")]
    return Numbering.of(Tree({id_: Node(id_, parent, id_) for id_, parent in nodes}))


def test_a_subtree_is_an_interval(numbering: Numbering) -> None:
    assert numbering.ids == ("sports", "bicycles", "mountain_bikes", "tents", "books")
    assert numbering.wished("bicycles") == ((0, 1, 5), (2, 3))
    assert numbering.wished("sports") == ((0, 5), (0, 0))
    assert numbering.wished("moon_dust") == ((5,), (0, 0))


def test_a_node_below_another_named_one_adds_nothing(numbering: Numbering) -> None:
    assert numbering.offered(frozenset({"sports", "mountain_bikes", "books", "moon_dust"})) == (0, 4)
