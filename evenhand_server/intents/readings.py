"""What programs get of a reading, and of exactly what sellers will see."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, Self, TypeVar

from evenhand.intents.teaser import Teaser
from evenhand.intents.veil import Veiled
from evenhand.measures import Area, Budget, Quantity
from evenhand.words.reading import Doubt, Found, HeldBack, Reading, ReadWish, Span
from evenhand_server.intents.schemas import WishFields
from evenhand_server.intents.wanted import Wanted
from evenhand_server.messages import say
from evenhand_server.programs.fields import Shown
from evenhand_server.words.sources import sources

Value = TypeVar("Value")
T = TypeVar("T")


class SpanShown(Shown):
    """Characters of the text as typed, counted in Unicode code points; the end is not included."""

    start: int
    end: int

    @classmethod
    def of(cls, span: Span) -> Self:
        """This span."""
        return cls(start=span.start, end=span.end)


class FoundShown(Shown, Generic[Value]):
    """One field as read: its value, where it was said, how sure we are (0 to 1), and what else it may be."""

    value: Value
    spans: list[SpanShown]
    confidence: float
    is_sure: bool
    alternatives: list[Value]


class PlaceShown(Shown):
    """A place with its reach, a whole country (0 km), or anywhere (neither)."""

    name: str
    country: str
    radius_km: float

    @classmethod
    def of(cls, area: Area) -> Self:
        """This area, without its degrees."""
        return cls(name=area.name, country=area.country, radius_km=area.radius_km)


class BudgetRange(Shown):
    """From least to most, in minor units; 0 where no such end was named."""

    least: int
    most: int
    currency: str
    period: str

    @classmethod
    def of(cls, budget: Budget) -> Self:
        """This budget."""
        return cls(least=budget.least, most=budget.most, currency=budget.currency, period=budget.period)


class QuantityShown(Shown):
    """How many or how much; no unit for pieces."""

    value: str
    unit: str

    @classmethod
    def of(cls, quantity: Quantity) -> Self:
        """This quantity."""
        return cls(value=f"{quantity.value:f}", unit=quantity.unit)


class ReadWishShown(Shown):
    """One need as read; null is a field that was not mentioned."""

    category: FoundShown[str] | None
    place: FoundShown[PlaceShown] | None
    budget: FoundShown[BudgetRange] | None
    quantity: FoundShown[QuantityShown] | None
    needed_by: FoundShown[str] | None
    condition: FoundShown[str] | None
    tolerances: list[FoundShown[str]]
    values: list[FoundShown[str]]
    must_haves: list[FoundShown[str]]
    nice_to_haves: list[FoundShown[str]]
    exclusions: list[FoundShown[str]]

    @classmethod
    def of(cls, read: ReadWish) -> Self:
        """This need."""
        return cls(
            category=found(read.category, str),
            place=found(read.place, PlaceShown.of),
            budget=found(read.budget, BudgetRange.of),
            quantity=found(read.quantity, QuantityShown.of),
            needed_by=found(read.needed_by, str),
            condition=found(read.condition, str),
            tolerances=all_found(read.tolerances),
            values=all_found(read.values),
            must_haves=all_found(read.must_haves),
            nice_to_haves=all_found(read.nice_to_haves),
            exclusions=all_found(read.exclusions),
        )


class DoubtShown(Shown):
    """A question left to ask, with up to three choices to pick from."""

    code: str
    field: str
    question: str
    choices: list[str]

    @classmethod
    def of(cls, doubt: Doubt) -> Self:
        """This doubt."""
        question = say(f"doubt_{doubt.code}", doubt.data)
        return cls(code=doubt.code, field=doubt.field, question=question, choices=list(doubt.choices))


class HeldBackShown(SpanShown):
    """Words that sellers will not see, and why."""

    kind: str

    @classmethod
    def of_reading(cls, held: HeldBack) -> Self:
        """These words."""
        return cls(kind=held.kind, start=held.span.start, end=held.span.end)


class ReadingShown(Shown):
    """What was understood of a text: its needs (one or more), what is held back, and what is left to ask."""

    text: str
    language: str
    wishes: list[ReadWishShown]
    held_back: list[HeldBackShown]
    doubts: list[DoubtShown]

    @classmethod
    def of(cls, reading: Reading) -> Self:
        """This reading."""
        return cls(
            text=reading.text,
            language=reading.language,
            wishes=[ReadWishShown.of(read) for read in reading.wishes],
            held_back=[HeldBackShown.of_reading(held) for held in reading.held_back],
            doubts=[DoubtShown.of(doubt) for doubt in reading.doubts],
        )


class TeaserShown(Shown):
    """The little that a vendor sees before it has accepted the terms."""

    category: str
    category_path: list[str]
    place: str
    country: str
    within_km: int
    needed_by: str
    values: list[str]
    budget: BudgetRange | None

    @classmethod
    def of(cls, teaser: Teaser) -> Self:
        """This teaser."""
        return cls(
            category=teaser.category,
            category_path=list(sources().tree.path(teaser.category)),
            place=teaser.place,
            country=teaser.country,
            within_km=teaser.within_km,
            needed_by=teaser.needed_by.isoformat() if teaser.needed_by else "",
            values=sorted(teaser.values),
            budget=BudgetRange.of(teaser.budget) if teaser.budget else None,
        )


class VeiledShown(Shown):
    """What a vendor sees once it has accepted the terms: the words without what identifies their writer."""

    text: str
    fields: WishFields

    @classmethod
    def of(cls, veiled: Veiled) -> Self:
        """This veiled intent."""
        return cls(text=veiled.sentence, fields=WishFields.of(veiled.wish))


class PreviewShown(Shown):
    """Exactly what sellers will see; a caution where what is told, taken together, may fit one person only."""

    teaser: TeaserShown
    veiled: VeiledShown
    caution: str | None

    @classmethod
    def of(cls, what: Wanted) -> Self:
        """What would be published."""
        return cls(
            teaser=TeaserShown.of(what.teaser),
            veiled=VeiledShown.of(what.veiled),
            caution=say(what.caution.code, what.caution.data) if what.caution else None,
        )


def found(read: Found[T] | None, show: Callable[[T], Any]) -> FoundShown[Any] | None:
    """One field as read, or nothing where it was not mentioned."""
    if read is None:
        return None
    return FoundShown(
        value=show(read.value),
        spans=[SpanShown.of(span) for span in read.spans],
        confidence=read.confidence,
        is_sure=read.is_sure,
        alternatives=[show(other) for other in read.alternatives],
    )


def all_found(read: Iterable[Found[str]]) -> list[FoundShown[Any]]:
    """Several of one field."""
    return [shown for one in read if (shown := found(one, str)) is not None]
