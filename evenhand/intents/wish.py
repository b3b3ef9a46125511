"""A wish: the structured meaning of an intent, as a value and as a plain record."""

from dataclasses import dataclass, field
from datetime import date

from evenhand.measures import Area, Budget, Quantity
from evenhand.plain import (
    FORMAT,
    Record,
    area_in,
    area_record,
    budget_in,
    budget_record,
    check_format,
    day_in,
    if_said,
    quantity_in,
    quantity_record,
    text_in,
    texts_in,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted. Empty values mean that nothing was said.

    ``category`` is a node id of the category tree; ``conditions`` are those that would do (none said: any);
    ``values`` are wanted values, of which ``required_values`` must be evidenced; ``languages`` are ISO 639-1 codes
    that would do (none said: any); ``words`` are the words of the sentence, lower case, for wanted and excluded words.
    """

    category: str = ""
    area: Area = field(default_factory=Area)
    budget: Budget | None = None
    quantity: Quantity | None = None
    needed_by: date | None = None
    conditions: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    required_values: frozenset[str] = frozenset()
    must_haves: tuple[str, ...] = ()
    nice_to_haves: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def as_record(wish: Wish) -> Record:
    """The wish as a canonical, JSON-able record: sets sorted, decimals as text, null where nothing was said."""
    return {
        "format": FORMAT,
        "category": wish.category,
        "area": area_record(wish.area),
        "budget": budget_record(wish.budget) if wish.budget else None,
        "quantity": quantity_record(wish.quantity) if wish.quantity else None,
        "needed_by": wish.needed_by.isoformat() if wish.needed_by else None,
        "conditions": sorted(wish.conditions),
        "values": sorted(wish.values),
        "required_values": sorted(wish.required_values),
        "must_haves": list(wish.must_haves),
        "nice_to_haves": list(wish.nice_to_haves),
        "exclusions": list(wish.exclusions),
        "languages": sorted(wish.languages),
        "words": sorted(wish.words),
    }


def from_record(record: Record) -> Wish:
    """Read a wish back from its record.

    Raises:
        RecordUnreadableError: a field is missing or of another kind.
    """
    check_format(record)
    return Wish(
        category=text_in(record, "category"),
        area=area_in(record, "area"),
        budget=if_said(record, "budget", budget_in),
        quantity=if_said(record, "quantity", quantity_in),
        needed_by=if_said(record, "needed_by", day_in),
        conditions=frozenset(texts_in(record, "conditions")),
        values=frozenset(texts_in(record, "values")),
        required_values=frozenset(texts_in(record, "required_values")),
        must_haves=texts_in(record, "must_haves"),
        nice_to_haves=texts_in(record, "nice_to_haves"),
        exclusions=texts_in(record, "exclusions"),
        languages=frozenset(texts_in(record, "languages")),
        words=frozenset(texts_in(record, "words")),
    )
