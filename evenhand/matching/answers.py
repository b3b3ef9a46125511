"""Answers: for each intent of a file the interests that match best, one line each."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from evenhand.matching.fit import fit
from evenhand.matching.index import Index, Standing
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
    """One line for each intent, in their order: the total and the ``top`` best; of equal scores the earlier line.

    The index finds them; reasons are made only for those that are told.
    """
    index = Index(tree, (Standing(number, one.interest, one.experience) for number, one in enumerate(interests)))
    for intent in intents:
        found = index.match(intent.wish, on=on, top=top, rates=rates)
        told = [interests[number] for number in found.ids]
        matches = ((one.id, _match(intent, one, tree=tree, on=on, rates=rates)) for one in told)
        yield match_line(intent.id, found.total, [(id_, match) for id_, match in matches if match])


def _match(intent: IntentLine, one: InterestLine, *, tree: Tree, on: date, rates: Rates) -> Match | None:
    return fit(
        intent.wish,
        one.interest,
        tree=tree,
        on=on,
        proffered=intent.terms,
        experience=one.experience,
        rates=rates,
    )
