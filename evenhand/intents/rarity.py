"""Rarity: a warning that what a wish tells, taken together, may fit one person only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evenhand.intents.wish import Wish

SMALL_PLACE_KM = 25
TELLING = 4
"""So many telling details at once, in a small place, deserve a look."""
UNUSUAL_PIECES = 20


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a person should look at before it is published, as a code with data."""

    code: str
    data: Mapping[str, str] = field(default_factory=dict)


def rare_combination(wish: Wish) -> Caution | None:
    """A caution when a small place and many details stand together; its data names the fields that tell them."""
    if not wish.area.is_circle or wish.area.radius_km > SMALL_PLACE_KM:
        return None
    details = _details(wish)
    if sum(details.values()) < TELLING:
        return None
    return Caution("rare_combination", {"fields": " ".join(details), "place": wish.area.name})


def _details(wish: Wish) -> dict[str, int]:
    """How many telling details each field holds."""
    counts = {
        "quantity": int(wish.quantity is not None and wish.quantity.value >= UNUSUAL_PIECES),
        "needed_by": int(wish.needed_by is not None),
        "values": len(wish.values | wish.required_values),
        "must_haves": len(wish.must_haves),
        "nice_to_haves": len(wish.nice_to_haves),
        "exclusions": len(wish.exclusions),
        "languages": len(wish.languages),
    }
    return {name: count for name, count in counts.items() if count}
