"""Spending: the most that a wish's budget allows for everything asked, in exact minor units."""

import math
from decimal import Decimal

from evenhand.intents.wish import Wish


def most_for_all(wish: Wish) -> int | None:
    """The top of the budget for the whole order; ``None`` where none was named, or it is by the hour or month."""
    budget = wish.budget
    if budget is None or budget.most <= 0 or budget.period not in {"", "unit"}:
        return None
    pieces = wish.quantity.value if budget.period and wish.quantity else Decimal(1)
    return math.ceil(budget.most * pieces)
