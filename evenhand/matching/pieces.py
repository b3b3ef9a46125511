"""Pieces: whether what is wanted lies within what a vendor takes."""

import math

from evenhand.intents.wish import Wish
from evenhand.interests.interest import Interest

MANY = 10**9
"""A billion pieces and more count as a billion, so that a number stays within 32 bits."""

Pieces = tuple[int, int]


def wanted(wish: Wish) -> Pieces | None:
    """The pieces wanted, rounded down and up; one where no number was named; ``None`` for kilos and metres."""
    if wish.quantity is None:
        return 1, 1
    if wish.quantity.unit:
        return None
    return min(math.floor(wish.quantity.value), MANY), min(math.ceil(wish.quantity.value), MANY)


def taken(interest: Interest) -> Pieces:
    """The fewest and the most pieces that a vendor takes."""
    most = min(interest.largest, MANY) if interest.largest > 0 else MANY
    return max(0, min(interest.smallest, MANY)), most


def pieces_fit(wish: Wish, interest: Interest) -> bool:
    """Whether the pieces wanted lie within those taken; what is not counted in pieces is not compared."""
    pieces = wanted(wish)
    if pieces is None:
        return True
    (down, up), (fewest, most) = pieces, taken(interest)
    return fewest <= down and up <= most
