"""A reading: what was understood of plain words, where it was said, how sure we are, and what is left to ask."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from evenhand.measures import Area, Budget, Quantity

SURE = 0.9
"""At this confidence a field is filled in; below it the person is asked, with up to three choices."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (end not included) of the text as it was typed."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One field of a reading: its value, where it stands in the text, how sure we are (0 to 1), what else it may be."""

    value: T
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0
    alternatives: tuple[T, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Sure enough to be filled in without asking."""
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question left to ask: a code with data, about one field; ``choices`` are up to three values to pick from."""

    code: str
    field: str
    choices: tuple[str, ...] = ()
    data: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Words that would identify the writer: kind is email, phone, url, postcode, street, signature or name."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReadWish:
    """One need as read; ``None`` is a field that was not mentioned.

    ``category`` is a node id of the category tree. ``conditions`` are among new, used, refurbished, hire, repair;
    ``tolerances`` are conditions that would do as well ("used is fine"). ``values`` are ids such as fair_trade.
    """

    category: Found[str] | None = None
    place: Found[Area] | None = None
    budget: Found[Budget] | None = None
    quantity: Found[Quantity] | None = None
    needed_by: Found[date] | None = None
    condition: Found[str] | None = None
    tolerances: tuple[Found[str], ...] = ()
    values: tuple[Found[str], ...] = ()
    must_haves: tuple[Found[str], ...] = ()
    nice_to_haves: tuple[Found[str], ...] = ()
    exclusions: tuple[Found[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says: one or more wishes (never none), its language, what is held back, and the doubts left."""

    text: str
    language: str = ""
    wishes: tuple[ReadWish, ...] = (ReadWish(),)
    held_back: tuple[HeldBack, ...] = ()
    doubts: tuple[Doubt, ...] = ()
