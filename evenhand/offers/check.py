"""Checking an offer: what does not add up, and what the vendor should know before sending it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from evenhand.intents.wish import Wish
from evenhand.measures import decimals_of
from evenhand.offers.arrival import arrives
from evenhand.offers.offer import Offer
from evenhand.offers.spending import most_for_all

ERRORS = frozenset({"no_lines", "line_total_differs", "total_differs", "amount_negative", "no_longer_valid"})
"""With one of these an offer can't be made; everything else is for the vendor to judge."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an offer, as a code with data."""

    code: str
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Whether the offer can't be made like this."""
        return self.code in ERRORS


def check(offer: Offer, wish: Wish, *, on: date) -> tuple[Finding, ...]:
    """Everything found, errors first. ``on`` is the day the offer is made."""
    findings = (*_adds_up(offer), *_amounts(offer), *_still_valid(offer, on), *_suits(offer, wish, on))
    return tuple(sorted(findings, key=lambda finding: not finding.is_error))


def line_total(quantity: Decimal, unit_price: Decimal, currency: str) -> int:
    """Quantity times unit price in minor units, halves rounded up, as shops do."""
    return int((quantity * unit_price).scaleb(decimals_of(currency)).to_integral_value(ROUND_HALF_UP))


def _adds_up(offer: Offer) -> Iterator[Finding]:
    if not offer.lines:
        yield Finding("no_lines")
    for number, line in enumerate(offer.lines, start=1):
        expected = line_total(line.quantity, line.unit_price, offer.total.currency)
        if line.total != expected:
            yield Finding("line_total_differs", {"line": str(number), **_both(line.total, expected, offer)})
    expected = sum(line.total for line in offer.lines) + offer.delivery.cost
    if offer.total.minor != expected:
        yield Finding("total_differs", _both(offer.total.minor, expected, offer))


def _amounts(offer: Offer) -> Iterator[Finding]:
    """A line may be a discount; a total, the delivery and the leaving may not be below nothing."""
    amounts = {"total": offer.total.minor, "delivery": offer.delivery.cost, "leaving": offer.leaving.cost}
    yield from (Finding("amount_negative", {"field": name}) for name, minor in amounts.items() if minor < 0)


def _still_valid(offer: Offer, on: date) -> Iterator[Finding]:
    if offer.valid_until is not None and offer.valid_until < on:
        yield Finding("no_longer_valid", {"valid_until": offer.valid_until.isoformat()})


def _suits(offer: Offer, wish: Wish, on: date) -> Iterator[Finding]:
    most = most_for_all(wish)
    if wish.budget is not None and wish.budget.currency != offer.total.currency:
        yield Finding("currency_differs", {"currency": offer.total.currency, "wanted": wish.budget.currency})
    elif most is not None and offer.total.minor > most:
        yield Finding("over_budget", _both(offer.total.minor, most, offer))
    day = arrives(offer, on=on)
    if wish.needed_by is not None and day is not None and day > wish.needed_by:
        yield Finding("later_than_needed", {"arrives": day.isoformat(), "needed_by": wish.needed_by.isoformat()})


def _both(said: int, expected: int, offer: Offer) -> dict[str, str]:
    return {"said": str(said), "expected": str(expected), "currency": offer.total.currency}
