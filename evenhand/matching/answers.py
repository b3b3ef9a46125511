"""Answers: for each intent of a file the interests that match best, one line each."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from evenhand.matching.fit import fit
from evenhand.matching.lines import IntentLine, InterestLine, match_line
from evenhand.matching.match import Match
from evenhand.matching.rates import NO_RATES, Rates
from evenhand.words.tree import Tree


def answer_lines(
    intents: Iterable[IntentLine],
    interests: Sequence[InterestLine],
    *,
    tree: Tree,
    on: date,
    top: int,
    rates: Rates = NO_RATES,
) -> Iterator[str]:
    """One line for each intent, in their order: the total and the ``top`` best; of equal scores the earlier line."""
    for intent in intents:
        found = list(_matches(intent, interests, tree=tree, on=on, rates=rates))
        best = sorted(found, key=lambda pair: -pair[1].score)[:top]
        yield match_line(intent.id, len(found), best)


def _matches(
    intent: IntentLine, interests: Iterable[InterestLine], *, tree: Tree, on: date, rates: Rates
) -> Iterator[tuple[str, Match]]:
    for one in interests:
        match = fit(
            intent.wish,
            one.interest,
            tree=tree,
            on=on,
            proffered=intent.terms,
            experience=one.experience,
            rates=rates,
        )
        if match:
            yield one.id, match
