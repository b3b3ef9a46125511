"""An offer: what a vendor answers to an intent, as a value and as a plain record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from evenhand.measures import Money
from evenhand.plain import (
    FORMAT,
    Record,
    check_format,
    day_in,
    decimal_in,
    decimal_text,
    if_said,
    money_in,
    money_record,
    record_in,
    records_in,
    text_in,
    texts_in,
    whole_in,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on offer: ``unit_price`` in major units (pounds), ``total`` in minor units of the offer's currency."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    total: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """When it comes: by a day, or within days of acceptance (0: not said); ``cost`` in minor units."""

    by: date | None = None
    within_days: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Leaving:
    """What it costs to leave, in minor units, and how many days of notice it needs."""

    cost: int = 0
    notice_days: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """Who stands behind an offer, by plain names: who makes it, who moves it, who supports it afterwards."""

    makes: str = ""
    moves: str = ""
    supports: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Lines, a total that includes delivery, what it takes to leave; in free words a note, payment, contact."""

    lines: tuple[Line, ...]
    total: Money
    delivery: Delivery = field(default_factory=Delivery)
    included: tuple[str, ...] = ()
    leaving: Leaving = field(default_factory=Leaving)
    chain: Chain = field(default_factory=Chain)
    valid_until: date | None = None
    note: str = ""
    payment: str = ""
    contact: str = ""


def as_record(offer: Offer) -> Record:
    """The offer as a canonical, JSON-able record: decimals as text, money in minor units, null where unsaid."""
    return {
        "format": FORMAT,
        "lines": [_line_record(line) for line in offer.lines],
        "total": money_record(offer.total),
        "delivery": {
            "by": _day_text(offer.delivery.by),
            "within_days": offer.delivery.within_days,
            "cost": offer.delivery.cost,
        },
        "included": list(offer.included),
        "leaving": {"cost": offer.leaving.cost, "notice_days": offer.leaving.notice_days},
        "chain": {"makes": offer.chain.makes, "moves": offer.chain.moves, "supports": offer.chain.supports},
        "valid_until": _day_text(offer.valid_until),
        "note": offer.note,
        "payment": offer.payment,
        "contact": offer.contact,
    }


def from_record(record: Record) -> Offer:
    """Read an offer back from its record.

    Raises:
        RecordUnreadableError: a field is missing or of another kind.
    """
    check_format(record)
    delivery, leaving, chain = (record_in(record, name) for name in ("delivery", "leaving", "chain"))
    return Offer(
        lines=tuple(_line_from(line) for line in records_in(record, "lines")),
        total=money_in(record, "total"),
        delivery=Delivery(
            if_said(delivery, "by", day_in), whole_in(delivery, "within_days"), whole_in(delivery, "cost")
        ),
        included=texts_in(record, "included"),
        leaving=Leaving(whole_in(leaving, "cost"), whole_in(leaving, "notice_days")),
        chain=Chain(text_in(chain, "makes"), text_in(chain, "moves"), text_in(chain, "supports")),
        valid_until=if_said(record, "valid_until", day_in),
        note=text_in(record, "note"),
        payment=text_in(record, "payment"),
        contact=text_in(record, "contact"),
    )


def _line_record(line: Line) -> Mapping[str, object]:
    return {
        "description": line.description,
        "quantity": decimal_text(line.quantity),
        "unit_price": decimal_text(line.unit_price),
        "total": line.total,
    }


def _line_from(record: Record) -> Line:
    return Line(
        text_in(record, "description"),
        decimal_in(record, "quantity"),
        decimal_in(record, "unit_price"),
        whole_in(record, "total"),
    )


def _day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None
