"""A question: a wish in the numbers that rows are compared with."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evenhand.intents.wish import Wish
from evenhand.matching import conditions, pieces, prices
from evenhand.matching.cells import country_code, lookups
from evenhand.matching.engine.names import MASKED, Names, mask, numbers, unmasked
from evenhand.matching.engine.numbering import Numbering
from evenhand.matching.engine.writing import CONDITION_BITS
from evenhand.matching.places import point, reach
from evenhand.matching.rates import Rates
from evenhand.words.tree import Tree

(
    DAY,
    CONDITIONS,
    PIECES_DOWN,
    PIECES_UP,
    X,
    Y,
    Z,
    REACH_SQUARED,
    ASKED_COUNTRY,
    IS_CIRCLE,
    IS_ANYWHERE,
    WANTED,
    SPEAKS,
    UNMASKED,
    BELOW,
    BELOW_END,
    TERM,
    ACCEPTING_ONLY,
    SEEN,
) = range(19)
"""Places in ``Question.numbers``: how many values are WANTED; SPEAKS a language; whether some wanted value is UNMASKED;
the interval of categories BELOW the wish; the TERM proffered, or -1; the last write that is SEEN."""
REQUIRED_MASK, WANTED_MASK, LANGUAGE_MASK = range(3)
LEAST, MOST, COMPARED = range(3)
NEVER_MORE_PIECES = 2**40


class Question(NamedTuple):
    """Everything ascending, so that members are found by halving. ``prices`` holds a line for each kind of price."""

    numbers: npt.NDArray[np.int64]
    masks: npt.NDArray[np.uint64]
    required: npt.NDArray[np.uint32]
    wanted: npt.NDArray[np.uint32]
    languages: npt.NDArray[np.uint32]
    words: npt.NDArray[np.uint32]
    prices: npt.NDArray[np.int64]
    above: npt.NDArray[np.int64]
    firsts: npt.NDArray[np.uint32]
    lasts: npt.NDArray[np.uint32]
    hows: npt.NDArray[np.uint8]


def ask(
    wish: Wish, *, names: Names, numbering: Numbering, tree: Tree, on: date, proffered: str, rates: Rates
) -> Question | None:
    """The question of a wish; ``None`` where it requires a value that no interest ever named."""
    if any(value not in names.values for value in wish.required_values):
        return None
    required, wanted = numbers(names.values, wish.required_values), wish.values | wish.required_values
    known, languages = numbers(names.values, wanted), numbers(names.languages, wish.languages)
    above, below = numbering.wished(wish.category)
    down, up = pieces.wanted(wish) or (NEVER_MORE_PIECES, -1)
    area = wish.area
    place = (*point(area.lat, area.lon), reach(area.radius_km) ** 2) if area.is_circle else (0, 0, 0, 0)
    found = lookups(area)
    return Question(
        numbers=np.array(
            (
                on.toordinal(),
                sum(CONDITION_BITS[name] for name in conditions.acceptable(wish, tree)),
                down,
                up,
                *place,
                country_code(area.country) if area.country else 0,
                area.is_circle,
                area.is_anywhere,
                len(wanted),
                bool(wish.languages),
                bool(known) and known[-1] >= MASKED,
                *below,
                names.terms.get(proffered, -1),
                0,
                0,
            ),
            np.int64,
        ),
        masks=np.array((mask(required), mask(known), mask(languages)), np.uint64),
        required=_ascending(required),
        wanted=_ascending(known),
        languages=_ascending(unmasked(languages)),
        words=_ascending(numbers(names.words, wish.words)),
        prices=_prices(wish, names, rates),
        above=np.array(above, np.int64),
        firsts=_ascending(lookup.first for lookup in found),
        lasts=_ascending(lookup.last for lookup in found),
        hows=np.array([lookup.how for lookup in found], np.uint8),
    )


def _ascending(numbers: Iterable[int]) -> npt.NDArray[np.uint32]:
    return np.array(list(numbers), np.uint32)


def _prices(wish: Wish, names: Names, rates: Rates) -> npt.NDArray[np.int64]:
    """What the budget allows in each kind of price; everything where nothing is compared, as in the first line."""
    table = np.empty((len(names.prices) + 1, 3), np.int64)
    table[:] = (0, prices.TOP, 0)
    if wish.budget is not None:
        for line, (currency, period) in enumerate(tuple(names.prices), start=1):
            budget = prices.affordable(wish, currency=currency, period=period, rates=rates)
            if budget is not None:
                table[line] = (*budget, 1)
    return table
