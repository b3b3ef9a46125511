"""Relaxations: the single changes of a wish that may bring it more answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from evenhand.intents.wish import Wish

RADII_KM = (25, 50, 100)
MORE_PERCENT = (25, 50, 100)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A wish with one thing changed: a code with data says what."""

    code: str
    wish: Wish
    data: Mapping[str, str] = field(default_factory=dict)


def relaxations(wish: Wish) -> tuple[Relaxation, ...]:
    """All single changes, each kind from the gentlest on."""
    return (*_wider(wish), *_dearer(wish), *_without_evidence(wish), *_any_condition(wish))


def _wider(wish: Wish) -> Iterator[Relaxation]:
    for radius in RADII_KM if wish.area.is_circle else ():
        if radius > wish.area.radius_km:
            area = replace(wish.area, radius_km=float(radius))
            yield Relaxation("wider", replace(wish, area=area), {"radius_km": str(radius)})


def _dearer(wish: Wish) -> Iterator[Relaxation]:
    if wish.budget is None or wish.budget.most <= 0:
        return
    for percent in MORE_PERCENT:
        most = wish.budget.most * (100 + percent) // 100
        data = {"most": str(most), "currency": wish.budget.currency, "percent": str(percent)}
        yield Relaxation("dearer", replace(wish, budget=replace(wish.budget, most=most)), data)


def _without_evidence(wish: Wish) -> Iterator[Relaxation]:
    """The value stays wanted, so that who has it still comes first."""
    for value in sorted(wish.required_values):
        others = wish.required_values - {value}
        relaxed = replace(wish, required_values=others, values=wish.values | {value})
        yield Relaxation("without_evidence", relaxed, {"value": value})
    if len(wish.required_values) > 1:
        relaxed = replace(wish, required_values=frozenset(), values=wish.values | wish.required_values)
        yield Relaxation("without_any_evidence", relaxed)


def _any_condition(wish: Wish) -> Iterator[Relaxation]:
    if wish.conditions:
        yield Relaxation("any_condition", replace(wish, conditions=frozenset()))
