"""Roughly: how many sellers there are, told in round numbers, so that nobody counts others by trying."""

from evenhand.matching.match import Reason

FEW = 5
MOST = 1000
STEPS = ((50, 5), (100, 10), (500, 50), (MOST, 100))
"""Below the first number a count is told to the nearest so many."""


def roughly(count: int) -> Reason:
    """A number as people hear it: none, fewer than five, about so many, or more than a thousand."""
    if count <= 0:
        return Reason("roughly_none")
    if count < FEW:
        return Reason("roughly_few", {"count": str(FEW)})
    step = next((step for below, step in STEPS if count < below), 0)
    if not step:
        return Reason("roughly_many", {"count": str(MOST)})
    return Reason("roughly", {"count": str((2 * count + step) // (2 * step) * step)})
