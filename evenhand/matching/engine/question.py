"""A question: a wish in the numbers that rows are compared with."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evenhand.intents.wish import Wish
from evenhand.matching import conditions, pieces, prices
from evenhand.matching.cells import country_code, lookups
from evenhand.matching.engine.names import (
    ALL_LANGUAGES,
    ANY_LANGUAGE,
    MASKED,
    MASKED_LANGUAGES,
    Names,
    language_mask,
    mask,
    numbers,
    unmasked,
)
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
    REQUIRED_END,
    KNOWN_END,
    LANGUAGES_END,
    ABOVE,
) = range(23)
"""Places in ``Question.numbers``: how many values are WANTED; SPEAKS a language; whether some wanted value is UNMASKED;
the interval of categories BELOW the wish; the TERM proffered, or -1; the last write that is SEEN; where the kinds of
tags end; and from ABOVE on the categories that are looked up one by one."""
REQUIRED_MASK, KNOWN_MASK, LANGUAGE_MASK = range(3)
LEAST, MOST, COMPARED = range(3)
FIRST, LAST, HOW = range(3)
NEVER_MORE_PIECES = 2**40


class Question(NamedTuple):
    """``tags`` are required values, known wanted values, languages beyond the mask and words, each kind ascending.

    ``prices`` holds a line for each kind of price, ``lookups`` one for each range of codes, ascending.
    """

    numbers: npt.NDArray[np.int64]
    masks: npt.NDArray[np.uint64]
    tags: npt.NDArray[np.uint32]
    prices: npt.NDArray[np.int64]
    lookups: npt.NDArray[np.int64]


def ask(
    wish: Wish, *, names: Names, numbering: Numbering, tree: Tree, on: date, proffered: str, rates: Rates
) -> Question | None:
    """The question of a wish; ``None`` where it requires a value that no interest ever named."""
    required = numbers(names.values, wish.required_values)
    if len(required) < len(wish.required_values):
        return None
    wanted = wish.values | wish.required_values
    known = numbers(names.values, wanted)
    languages, words = numbers(names.languages, wish.languages), numbers(names.words, wish.words)
    unmasked_languages = unmasked(languages, MASKED_LANGUAGES)
    spoken = language_mask(languages) | ANY_LANGUAGE if wish.languages else ALL_LANGUAGES
    above, below = numbering.wished(wish.category)
    area = wish.area
    numbers_ = (
        on.toordinal(),
        sum(CONDITION_BITS[name] for name in conditions.acceptable(wish, tree)),
        *(pieces.wanted(wish) or (NEVER_MORE_PIECES, -1)),
        *((*point(area.lat, area.lon), reach(area.radius_km) ** 2) if area.is_circle else (0, 0, 0, 0)),
        country_code(area.country) if area.country else 0,
        area.is_circle,
        area.is_anywhere,
        len(wanted),
        bool(wish.languages),
        bool(known) and known[-1] >= MASKED,
        *below,
        names.terms.get(proffered, -1),
        False,
        0,
        len(required),
        len(required) + len(known),
        len(required) + len(known) + len(unmasked_languages),
        *above,
    )
    return Question(
        numbers=np.array(numbers_, np.int64),
        masks=np.array((mask(required), mask(known), spoken), np.uint64),
        tags=np.array((*required, *known, *unmasked_languages, *words), np.uint32),
        prices=_prices(wish, names, rates),
        lookups=_table(lookups(area)),
    )


def _prices(wish: Wish, names: Names, rates: Rates) -> npt.NDArray[np.int64]:
    """What the budget allows in each kind of price; everything where nothing is compared, as in the first line."""
    anything = (0, prices.TOP, 0)
    if wish.budget is None:
        return _table([anything] * (len(names.prices) + 1))
    lines = [anything]
    for currency, period in tuple(names.prices):
        budget = prices.affordable(wish, currency=currency, period=period, rates=rates)
        lines.append((*budget, 1) if budget else anything)
    return _table(lines)


def _table(lines: Sequence[tuple[int, int, int]]) -> npt.NDArray[np.int64]:
    return np.fromiter(chain.from_iterable(lines), np.int64, 3 * len(lines)).reshape(-1, 3)
