"""Rates: what money of one currency is in another, exactly, from a table given as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from evenhand.measures import decimals_of


@dataclass(frozen=True, slots=True)
class Rates:
    """``per_reference`` holds, for each currency, how much of it one unit of a common reference buys."""

    per_reference: Mapping[str, Decimal] = field(default_factory=dict)

    def factor(self, source: str, target: str) -> Fraction | int | None:
        """What one minor unit of ``source`` is in minor units of ``target``; ``None`` where it is not known."""
        if source == target:
            return 1
        if source not in self.per_reference or target not in self.per_reference:
            return None
        major = Fraction(self.per_reference[target]) / Fraction(self.per_reference[source])
        return major * Fraction(10) ** (decimals_of(target) - decimals_of(source))


NO_RATES = Rates()
"""Money of two currencies is not compared."""
