"""A reading and what its writer made of it: each field as read, or as it was put right since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evenhand.intents.wish import Wish
from evenhand.measures import Area
from evenhand.words.reading import Found, ReadWish

SEVERAL = ("must_haves", "nice_to_haves", "exclusions")


@dataclass(frozen=True, slots=True)
class Meant:
    """One field: what it is called, what it says, and whether a person put it right."""

    field: str
    found: Found[Any]
    is_corrected: bool = False


def meant(read: ReadWish, wish: Wish | None = None) -> list[Meant]:
    """The fields in the order of the form; as read where there is no ``wish`` that was corrected."""
    return list(as_corrected(read, wish) if wish else as_read(read))


def as_read(read: ReadWish) -> Iterator[Meant]:
    """Every field that was mentioned."""
    for name, found in single_fields(read):
        if found:
            yield Meant(name, found)
    yield from (Meant("conditions", found) for found in conditions_of(read))
    for name in ("values", *SEVERAL):
        yield from (Meant(name, found) for found in getattr(read, name))


def as_corrected(read: ReadWish, wish: Wish) -> Iterator[Meant]:
    """Every field that is meant. Its words stay where they were read, and what was read stays an alternative."""
    values = {name: getattr(wish, name) for name in ("budget", "quantity", "needed_by")}
    values |= {"category": wish.category, "place": wish.area}
    if read.category and not wish.category:  # Not answered yet, which is not the same as not meant.
        yield Meant("category", read.category)
    for name, found in single_fields(read):
        yield from one_meant(name, found, values[name])
    yield from several_meant("conditions", conditions_of(read), sorted(wish.conditions))
    yield from several_meant("values", read.values, sorted(wish.values))
    for name in SEVERAL:
        yield from several_meant(name, getattr(read, name), getattr(wish, name))


def single_fields(read: ReadWish) -> tuple[tuple[str, Found[Any] | None], ...]:
    """The fields that have one value."""
    names = ("category", "place", "budget", "quantity", "needed_by")
    return tuple((name, getattr(read, name)) for name in names)


def conditions_of(read: ReadWish) -> tuple[Found[str], ...]:
    """The condition that was asked for, and those that would do."""
    return (read.condition, *read.tolerances) if read.condition else read.tolerances


def one_meant(name: str, found: Found[Any] | None, value: Any) -> Iterator[Meant]:
    """A field with one value; nothing where it says nothing (a country alone was not said, only assumed)."""
    if not value or (isinstance(value, Area) and not value.is_circle):
        return
    if found is None:
        yield Meant(name, Found(value), is_corrected=True)
    elif is_same(found.value, value):
        yield Meant(name, replace(found, confidence=1.0))
    else:
        others = (found.value, *(other for other in found.alternatives if not is_same(other, value)))
        yield Meant(name, replace(found, value=value, confidence=1.0, alternatives=others), is_corrected=True)


def several_meant(name: str, read: Sequence[Found[str]], values: Sequence[str]) -> Iterator[Meant]:
    """A field with several values: those that were read and are still meant, then those that were added."""
    yield from (Meant(name, found) for found in read if found.value in values)
    known = {found.value for found in read}
    yield from (Meant(name, Found(value), is_corrected=True) for value in values if value not in known)


def is_same(one: Any, other: Any) -> bool:
    """The same value; of places, the same spot with the same reach."""
    return bool(place_key(one) == place_key(other)) if isinstance(one, Area) else bool(one == other)


def place_key(area: Area) -> tuple[str, float, float, float]:
    """What makes a place this one: places of one name are kilometres apart."""
    return area.country, round(area.lat, 2), round(area.lon, 2), area.radius_km
