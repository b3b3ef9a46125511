"""What a person put right in a reading before publishing, as codes and ids that say nothing of the person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evenhand.intents.wish import Wish
from evenhand.words.reading import Found, Reading, ReadWish
from evenhand_server.intents.alternatives import budget_choice, quantity_choice
from evenhand_server.intents.meant import conditions_of, is_same, single_fields

LONGEST_WORDS = 80


@dataclass(frozen=True, slots=True)
class PutRight:
    """One field: what was read and what was meant; the words it was read from only of a kind of thing."""

    field: str
    language: str
    words: str
    read: str
    meant: str


def put_right(reading: Reading, read: ReadWish, wish: Wish) -> tuple[PutRight, ...]:
    """Where a wish differs from its reading.

    Never kept: free words (must-haves and the like), and values, which may tell what somebody believes in.
    """
    found = [different(reading, name, one, value_of(wish, name)) for name, one in single_fields(read)]
    before, after = {one.value for one in conditions_of(read)}, wish.conditions
    if before and before != after:
        found.append(PutRight("conditions", reading.language, "", " ".join(sorted(before)), " ".join(sorted(after))))
    return tuple(one for one in found if one is not None)


def different(reading: Reading, name: str, found: Found[Any] | None, value: Any) -> PutRight | None:
    """A field with one value that was read otherwise. What was not read at all was left out, not misread.

    The kind of thing is needed in any case: where it was not read, the reader should have known it.
    """
    if found is None and name != "category":
        return None
    if not value or (found is not None and is_same(found.value, value)):
        return None
    write = WRITE[name]
    words = words_of(reading, found) if found and name == "category" else ""
    return PutRight(name, reading.language, words, write(found.value) if found else "", write(value))


def value_of(wish: Wish, name: str) -> Any:
    """What a wish says in one field; nothing for a place that is none."""
    if name == "place":
        return wish.area if wish.area.is_circle else None
    return getattr(wish, name)


def words_of(reading: Reading, found: Found[str]) -> str:
    """The few words that a kind was read from; none where some of them are held back, or where they are many."""
    if any(
        held.span.start < one.end and one.start < held.span.end for held in reading.held_back for one in found.spans
    ):
        return ""
    words = " ".join(" ".join(reading.text[one.start : one.end] for one in found.spans).casefold().split())
    return words if len(words) <= LONGEST_WORDS else ""


WRITE: dict[str, Callable[[Any], str]] = {
    "category": str,
    "place": lambda area: f"{area.name}, {area.country}"[:120],
    "budget": lambda budget: budget_choice(budget)[0],
    "quantity": lambda quantity: quantity_choice(quantity)[0],
    "needed_by": lambda day: str(day.isoformat()),
}
