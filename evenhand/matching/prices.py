"""Prices: whether a budget and a vendor's prices overlap, in exact minor units."""

import math
from fractions import Fraction

from evenhand.intents.wish import Wish
from evenhand.interests.interest import Interest
from evenhand.matching.rates import Rates
from evenhand.measures import Budget

TOP = 2**62
"""Stands for "no top" and bounds every price, so that sums stay within 64 bits."""
BY_THE_PIECE = frozenset({"", "unit"})

Range = tuple[int, int]


def asking(interest: Interest) -> Range | None:
    """The lowest and highest price a vendor named; ``None`` where it named none."""
    if interest.lowest <= 0 and interest.highest <= 0:
        return None
    return _bounded(interest.lowest), _bounded(interest.highest) if interest.highest > 0 else TOP


def affordable(wish: Wish, *, currency: str, period: str, rates: Rates) -> Range | None:
    """The prices in ``currency`` per ``period`` that a budget allows; ``None`` where they can't be compared.

    A budget for many pieces is compared both ways, as one price for all and as a price for each, because people say
    either: what may fit is not lost.
    """
    budget = wish.budget
    if budget is None or not _same_period(budget.period, period):
        return None
    factor = rates.factor(budget.currency, currency)
    if factor is None:
        return None
    least, most = _both_ways(budget, _pieces(wish) if period in BY_THE_PIECE else 1)
    return _bounded(math.floor(least * factor)), _bounded(math.ceil(most * factor)) if most > 0 else TOP


def budget_fit(budget: Range, prices: Range) -> float | None:
    """The share of the budget's range that the prices cover, 0 to 1; ``None`` where the two do not overlap."""
    (least, most), (lowest, highest) = budget, prices
    if lowest > most or highest < least:
        return None
    if most >= TOP or most <= least:
        return 1.0
    covered = float(min(highest, most) - max(lowest, least)) / float(most - least)
    return max(covered, 0.0)


def _same_period(one: str, other: str) -> bool:
    return one == other or (one in BY_THE_PIECE and other in BY_THE_PIECE)


def _both_ways(budget: Budget, pieces: Fraction | int) -> tuple[Fraction | int, Fraction | int]:
    if pieces == 1:
        return budget.least, budget.most
    return (budget.least, budget.most * pieces) if budget.period else (budget.least / Fraction(pieces), budget.most)


def _bounded(minor: int) -> int:
    return max(0, min(minor, TOP))


def _pieces(wish: Wish) -> Fraction | int:
    if wish.quantity is None or wish.quantity.unit:
        return 1
    return max(Fraction(wish.quantity.value), Fraction(1))
