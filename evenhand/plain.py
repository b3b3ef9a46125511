"""Plain records: the library's values as JSON-able mappings without floats, written and strictly read back."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from evenhand.errors import EvenhandError
from evenhand.measures import Area, Budget, Money, Quantity

FORMAT = 1
"""Every record that outlives a process says which format it is in."""

Record = Mapping[str, object]
T = TypeVar("T")


class RecordUnreadableError(EvenhandError):
    """A record lacks a field, or holds something else there than its format says."""

    code = "record_unreadable"  # data: field


def check_format(record: Record) -> None:
    """Refuse a record that is not in the format this version writes."""
    if whole_in(record, "format") != FORMAT:
        raise RecordUnreadableError(field="format")


def text_in(record: Record, name: str) -> str:
    """The text that stands in a field."""
    return _typed(record, name, str)


def whole_in(record: Record, name: str) -> int:
    """The whole number that stands in a field."""
    if isinstance(record.get(name), bool):
        raise RecordUnreadableError(field=name)
    return _typed(record, name, int)


def texts_in(record: Record, name: str) -> tuple[str, ...]:
    """The list of texts that stands in a field."""
    texts = _typed(record, name, list)
    if not all(isinstance(text, str) for text in texts):
        raise RecordUnreadableError(field=name)
    return tuple(texts)


def record_in(record: Record, name: str) -> Record:
    """The record that stands in a field."""
    return _typed(record, name, dict)


def records_in(record: Record, name: str) -> tuple[Record, ...]:
    """The list of records that stands in a field."""
    records = _typed(record, name, list)
    if not all(isinstance(one, dict) for one in records):
        raise RecordUnreadableError(field=name)
    return tuple(records)


def decimal_in(record: Record, name: str) -> Decimal:
    """The finite decimal that a field spells out as text."""
    try:
        value = Decimal(text_in(record, name))
    except InvalidOperation as error:
        raise RecordUnreadableError(field=name) from error
    if not value.is_finite():
        raise RecordUnreadableError(field=name)
    return value


def day_in(record: Record, name: str) -> date:
    """The ISO 8601 day that a field spells out as text."""
    try:
        return date.fromisoformat(text_in(record, name))
    except ValueError as error:
        raise RecordUnreadableError(field=name) from error


def if_said(record: Record, name: str, read: Callable[[Record, str], T]) -> T | None:
    """What ``read`` finds in a field, or nothing where the field holds null."""
    if name in record and record[name] is None:
        return None
    return read(record, name)


def decimal_text(value: Decimal | float) -> str:
    """A number as plain digits without an exponent; a float in the shortest form that reads back as the same."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return f"{exact:f}"


def area_record(area: Area) -> Record:
    """An area with its degrees and kilometres spelt out as decimals."""
    return {
        "name": area.name,
        "country": area.country,
        "lat": decimal_text(area.lat),
        "lon": decimal_text(area.lon),
        "radius_km": decimal_text(area.radius_km),
    }


def area_in(record: Record, name: str) -> Area:
    """The area that stands in a field."""
    area = record_in(record, name)
    return Area(
        text_in(area, "name"),
        text_in(area, "country"),
        float(decimal_in(area, "lat")),
        float(decimal_in(area, "lon")),
        float(decimal_in(area, "radius_km")),
    )


def budget_record(budget: Budget) -> Record:
    """A budget in minor units."""
    return {"least": budget.least, "most": budget.most, "currency": budget.currency, "period": budget.period}


def budget_in(record: Record, name: str) -> Budget:
    """The budget that stands in a field."""
    budget = record_in(record, name)
    return Budget(
        whole_in(budget, "least"), whole_in(budget, "most"), text_in(budget, "currency"), text_in(budget, "period")
    )


def quantity_record(quantity: Quantity) -> Record:
    """A quantity with its value spelt out as a decimal."""
    return {"value": decimal_text(quantity.value), "unit": quantity.unit}


def quantity_in(record: Record, name: str) -> Quantity:
    """The quantity that stands in a field."""
    quantity = record_in(record, name)
    return Quantity(decimal_in(quantity, "value"), text_in(quantity, "unit"))


def money_record(money: Money) -> Record:
    """An amount in minor units."""
    return {"minor": money.minor, "currency": money.currency}


def money_in(record: Record, name: str) -> Money:
    """The amount that stands in a field."""
    money = record_in(record, name)
    return Money(whole_in(money, "minor"), text_in(money, "currency"))


def _typed(record: Record, name: str, kind: type[T]) -> T:
    value = record.get(name)
    if not isinstance(value, kind):
        raise RecordUnreadableError(field=name)
    return value
