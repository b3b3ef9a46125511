"""Money, places and amounts as the whole library counts them: minor units, kilometres, decimals."""

import math
from dataclasses import dataclass
from decimal import Decimal

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

DECIMALS_OF_CURRENCY = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV"), 0),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
"""Currencies whose minor unit is not a hundredth. Source: ISO 4217."""


def decimals_of(currency: str) -> int:
    """How many decimals an amount in this ISO 4217 currency is written with."""
    return DECIMALS_OF_CURRENCY.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: ``minor`` units (pence, cents) of an ISO 4217 ``currency``."""

    minor: int
    currency: str

    @property
    def major(self) -> Decimal:
        """The amount in pounds, euros, yen."""
        return Decimal(self.minor).scaleb(-decimals_of(self.currency))


@dataclass(frozen=True, slots=True)
class Budget:
    """What somebody would spend: from ``least`` to ``most`` minor units; ``most`` 0 means that no top was named.

    ``period`` is one of hour, day, week, month, year, unit, or empty for once and for all.
    """

    least: int
    most: int
    currency: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A circle of ``radius_km`` round a point, a whole country (``country`` and no radius), or anywhere (neither).

    ``name`` is what people call the place; ``lat`` and ``lon`` are degrees and mean nothing where ``radius_km`` is 0.
    """

    name: str = ""
    country: str = ""
    lat: float = 0.0
    lon: float = 0.0
    radius_km: float = 0.0

    @property
    def is_circle(self) -> bool:
        """A place with a reach, rather than a country or anywhere."""
        return self.radius_km > 0

    @property
    def is_anywhere(self) -> bool:
        """No place and no country was named."""
        return not self.is_circle and not self.country


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of something: a positive ``value`` and a ``unit`` (empty for pieces)."""

    value: Decimal
    unit: str = ""


def distance_km(one: Area, other: Area) -> float:
    """Great-circle distance between two centres in km (haversine; Sinnott, Sky & Telescope 68, 1984)."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat = math.sin((lat2 - lat1) / 2) ** 2
    half_lon = math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    chord = half_lat + math.cos(lat1) * math.cos(lat2) * half_lon
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))
