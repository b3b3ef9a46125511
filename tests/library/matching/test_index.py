"""The index says what the definition says, to the last place in the order, whatever was written before."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.intents.wish import Wish
from evenhand.interests.interest import Interest
from evenhand.matching.engine.search import Found, Search, by_loops, by_vectors
from evenhand.matching.fit import score_of
from evenhand.matching.index import Index, Standing
from tests.fitting import RATES, TODAY, TREE, interests, wishes

ENGINES = [by_loops, by_vectors]


def by_definition(interests: Mapping[int, tuple[Interest, float]], wish: Wish, terms: str, top: int) -> Found:
    found = [
        (-score, id_, terms in interest.terms)
        for id_, (interest, experience) in interests.items()
        if (score := score_of(wish, interest, tree=TREE, on=TODAY, experience=experience, rates=RATES)) is not None
    ]
    best = sorted(found)[:top]
    return Found(
        tuple(id_ for _, id_, _ in best), tuple(-score for score, _, _ in best), len(found), sum(f[2] for f in found)
    )


def by_index(index: Index, wish: Wish, terms: str, top: int) -> Found:
    return index.match(wish, on=TODAY, top=top, proffered=terms, rates=RATES)


@pytest.mark.parametrize("engine", ENGINES)
@given(
    standing=st.lists(st.tuples(st.integers(0, 9), interests, st.sampled_from([0.0, 0.5, 0.9])), max_size=12),
    more=st.lists(st.tuples(st.integers(0, 9), st.none() | interests, st.sampled_from([0.0, 0.5])), max_size=8),
    asked=st.lists(wishes, min_size=1, max_size=4),
    top=st.integers(0, 5),
    proffered=st.sampled_from(["SD-BASE", "PDC-INTENT", "unheard", ""]),
)
def test_the_index_says_what_the_definition_says(
    engine: Search,
    standing: list[tuple[int, Interest, float]],
    more: list[tuple[int, Interest | None, float]],
    asked: list[Wish],
    top: int,
    proffered: str,
) -> None:
    index = Index(TREE, [Standing(*one) for one in standing], search=engine)
    known = {id_: (interest, experience) for id_, interest, experience in standing}
    for id_, interest, experience in more:
        if interest is None:
            assert index.remove(id_) == (known.pop(id_, None) is not None)
        else:
            index.add(id_, interest, experience=experience)
            known[id_] = (interest, experience)
    for wish in asked:
        assert by_index(index, wish, proffered, top) == by_definition(known, wish, proffered, top)
    index.merge_all()
    for wish in asked:
        assert by_index(index, wish, proffered, top) == by_definition(known, wish, proffered, top)
