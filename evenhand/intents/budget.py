"""Budget: how much of it others may see: the amount, its band (the default), or nothing."""

from enum import StrEnum

from evenhand.measures import Budget


class Visibility(StrEnum):
    """What a person lets others see of a budget."""

    SHOWN = "shown"
    BANDED = "banded"
    HIDDEN = "hidden"


def visible(budget: Budget | None, visibility: Visibility) -> Budget | None:
    """The budget as others may see it after they accepted terms."""
    if budget is None or visibility is Visibility.HIDDEN:
        return None
    return budget if visibility is Visibility.SHOWN else banded(budget)


def banded(budget: Budget) -> Budget:
    """The budget in fixed bands whose edges are 1, 2 and 5 times a power of ten in minor units.

    Fixed edges can't be bisected: however often it is asked, a band says the same. Where no least was named, the
    band of the most is told: 500 becomes "from 200 to 500". A band stays as it is when it is banded again.
    """
    most = _edge_above(budget.most) if budget.most > 0 else 0
    below = budget.least + 1 if budget.least > 0 else budget.most
    least = _edge_below(below) if below > 0 else 0
    return Budget(least, most, budget.currency, budget.period)


def _edge_above(minor: int) -> int:
    """The lowest edge that is not below the amount."""
    power: int = 10 ** (len(str(minor)) - 1)
    return next(edge * power for edge in (1, 2, 5, 10) if edge * power >= minor)


def _edge_below(minor: int) -> int:
    """The highest edge that is below the amount; 0 below the lowest."""
    power: int = 10 ** (len(str(minor)) - 1)
    return next((edge * power for edge in (5, 2, 1) if edge * power < minor), power // 2)
