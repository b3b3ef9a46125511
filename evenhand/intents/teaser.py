"""A teaser: the little that a vendor sees of an intent before it has accepted the person's terms."""

from dataclasses import dataclass
from datetime import date

from evenhand.intents.budget import Visibility, banded
from evenhand.intents.place import snapped
from evenhand.intents.veil import cut
from evenhand.intents.wish import Wish
from evenhand.measures import Budget
from evenhand.plain import FORMAT, Record, budget_record


@dataclass(frozen=True, slots=True)
class Teaser:
    """What is wanted, roughly where, by when, with which values, and the band of the budget unless it is hidden.

    ``within_km`` 0 means that no circle was named; places have no coordinates.
    """

    category: str
    place: str = ""
    country: str = ""
    within_km: int = 0
    needed_by: date | None = None
    values: frozenset[str] = frozenset()
    budget: Budget | None = None


def teaser(wish: Wish, *, visibility: Visibility = Visibility.BANDED) -> Teaser:
    """The teaser of a wish. A shown budget is a band here too: the amount is for those who accepted the terms."""
    area = snapped(wish.area)
    return Teaser(
        category=wish.category,
        place=cut(area.name),
        country=area.country,
        within_km=round(area.radius_km),
        needed_by=wish.needed_by,
        values=wish.values | wish.required_values,
        budget=banded(wish.budget) if wish.budget and visibility is not Visibility.HIDDEN else None,
    )


def as_record(teaser: Teaser) -> Record:
    """The teaser as a canonical record."""
    return {
        "format": FORMAT,
        "category": teaser.category,
        "place": teaser.place,
        "country": teaser.country,
        "within_km": teaser.within_km,
        "needed_by": teaser.needed_by.isoformat() if teaser.needed_by else None,
        "values": sorted(teaser.values),
        "budget": budget_record(teaser.budget) if teaser.budget else None,
    }
