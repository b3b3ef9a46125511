"""A reading as plain data: what ``python -m evenhand read`` prints, amounts in major units."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from evenhand.measures import Area, Budget, Money, Quantity
from evenhand.words.reading import Doubt, Found, HeldBack, Reading, ReadWish, Span
from evenhand.words.tree import Tree

Shown = str | int | float | None | list["Shown"] | dict[str, "Shown"]


def show(reading: Reading, tree: Tree) -> dict[str, Shown]:
    """The first wish at top level, the others under ``more_wishes``."""
    first, *more = reading.wishes
    return {
        "language": reading.language,
        **_wish(first, tree),
        "held_back": [_held_back(one) for one in reading.held_back],
        "doubts": [_doubt(one) for one in reading.doubts],
        "more_wishes": [_wish(one, tree) for one in more],
    }


def _wish(wish: ReadWish, tree: Tree) -> dict[str, Shown]:
    return {
        "category": _category(wish.category, tree),
        "place": _place(wish.place),
        "budget": _budget(wish.budget),
        "quantity": _quantity(wish.quantity),
        "needed_by": wish.needed_by.value.isoformat() if wish.needed_by else None,
        "values": _values(wish.values),
        "exclusions": _values(wish.exclusions),
        "must_haves": _values(wish.must_haves),
        "nice_to_haves": _values(wish.nice_to_haves),
        "condition": wish.condition.value if wish.condition else None,
        "tolerances": _values(wish.tolerances),
    }


def _values(found: Sequence[Found[str]]) -> list[Shown]:
    return [one.value for one in found]


def _category(found: Found[str] | None, tree: Tree) -> Shown:
    if found is None:
        return None
    return {
        "id": found.value,
        "path": list(tree.path(found.value)),
        "confidence": found.confidence,
        "span": _span(found.spans),
        "alternatives": list(found.alternatives),
    }


def _place(found: Found[Area] | None) -> Shown:
    if found is None:
        return None
    area = found.value
    at: Mapping[str, Shown] = {
        "lat": area.lat if area.is_circle else None,
        "lon": area.lon if area.is_circle else None,
        "radius_km": round(area.radius_km, 1) if area.is_circle else None,
    }
    return {
        "name": area.name,
        "country": area.country,
        **at,
        "confidence": found.confidence,
        "span": _span(found.spans),
    }


def _budget(found: Found[Budget] | None) -> Shown:
    if found is None:
        return None
    budget = found.value
    return {
        "min": _major(budget.least, budget.currency),
        "max": _major(budget.most, budget.currency),
        "currency": budget.currency or None,
        "period": budget.period or None,
        "confidence": found.confidence,
        "span": _span(found.spans),
    }


def _major(minor: int, currency: str) -> Shown:
    return _number(Money(minor, currency).major) if minor else None


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _quantity(found: Found[Quantity] | None) -> Shown:
    if found is None:
        return None
    return {"value": _number(found.value.value), "unit": found.value.unit or None, "span": _span(found.spans)}


def _span(spans: Sequence[Span]) -> Shown:
    return [spans[0].start, spans[0].end] if spans else None


def _held_back(one: HeldBack) -> Shown:
    return {"kind": one.kind, "span": [one.span.start, one.span.end]}


def _doubt(one: Doubt) -> Shown:
    return {"code": one.code, "field": one.field, "choices": list(one.choices), "data": dict(one.data)}
