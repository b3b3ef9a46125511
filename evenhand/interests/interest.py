"""An interest: what a vendor stands ready to answer, as a value and as a plain record."""

from dataclasses import dataclass, field
from datetime import date

from evenhand.measures import Area
from evenhand.plain import (
    FORMAT,
    Record,
    area_in,
    area_record,
    check_format,
    day_in,
    records_in,
    text_in,
    texts_in,
    whole_in,
)


@dataclass(frozen=True, slots=True)
class EvidencedValue:
    """A value with evidence: who vouches for it and until when (inclusive)."""

    value: str
    issuer: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Interest:
    """What a vendor answers. Empty values mean no limit.

    ``categories`` are node ids, each with its whole subtree; prices are minor units of ``currency``, ``highest`` 0
    means no top, and ``period`` is that of a budget (empty: for one piece or one job); quantities are whole pieces,
    ``largest`` 0 means no top; ``words_wanted`` must all stand in the intent's words, ``words_excluded`` none;
    ``terms`` are the roster ids it accepts as they are.
    """

    categories: frozenset[str] = frozenset()
    area: Area = field(default_factory=Area)
    lowest: int = 0
    highest: int = 0
    currency: str = ""
    smallest: int = 0
    largest: int = 0
    conditions: frozenset[str] = frozenset()
    values: tuple[EvidencedValue, ...] = ()
    languages: frozenset[str] = frozenset()
    words_wanted: frozenset[str] = frozenset()
    words_excluded: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    period: str = ""


def as_record(interest: Interest) -> Record:
    """The interest as a canonical, JSON-able record: sets sorted, decimals as text."""
    return {
        "format": FORMAT,
        "categories": sorted(interest.categories),
        "area": area_record(interest.area),
        "lowest": interest.lowest,
        "highest": interest.highest,
        "currency": interest.currency,
        "period": interest.period,
        "smallest": interest.smallest,
        "largest": interest.largest,
        "conditions": sorted(interest.conditions),
        "values": [_value_record(value) for value in interest.values],
        "languages": sorted(interest.languages),
        "words_wanted": sorted(interest.words_wanted),
        "words_excluded": sorted(interest.words_excluded),
        "terms": sorted(interest.terms),
    }


def from_record(record: Record) -> Interest:
    """Read an interest back from its record.

    Raises:
        RecordUnreadableError: a field is missing or of another kind.
    """
    check_format(record)
    return Interest(
        categories=frozenset(texts_in(record, "categories")),
        area=area_in(record, "area"),
        lowest=whole_in(record, "lowest"),
        highest=whole_in(record, "highest"),
        currency=text_in(record, "currency"),
        period=text_in(record, "period"),
        smallest=whole_in(record, "smallest"),
        largest=whole_in(record, "largest"),
        conditions=frozenset(texts_in(record, "conditions")),
        values=tuple(_value_from(value) for value in records_in(record, "values")),
        languages=frozenset(texts_in(record, "languages")),
        words_wanted=frozenset(texts_in(record, "words_wanted")),
        words_excluded=frozenset(texts_in(record, "words_excluded")),
        terms=frozenset(texts_in(record, "terms")),
    )


def _value_record(value: EvidencedValue) -> Record:
    return {"value": value.value, "issuer": value.issuer, "valid_until": value.valid_until.isoformat()}


def _value_from(record: Record) -> EvidencedValue:
    return EvidencedValue(text_in(record, "value"), text_in(record, "issuer"), day_in(record, "valid_until"))
