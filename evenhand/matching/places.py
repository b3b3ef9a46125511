"""Places: when a seller and somebody who asks can reach each other, in whole numbers that every engine repeats."""

import math

from evenhand.measures import EARTH_RADIUS_KM, Area

UNITS = 2**30
"""The Earth's radius in the whole units that points are counted in: one unit is about six millimetres."""
KM_PER_UNIT = EARTH_RADIUS_KM / UNITS
EVERYWHERE = 2 * UNITS + 8
"""A reach beyond any two points, whatever their rounding."""

HALF_NEAR_KM = 25.0
"""At this distance nearness is one half."""
NEAR_IN_COUNTRY = 0.2
"""Nearness where only the country is known to agree: as a hundred kilometres."""
NEAR_ANYWHERE = 0.1
"""Nearness where a side named no place."""

Point = tuple[int, int, int]


def point(lat: float, lon: float) -> Point:
    """A place on the sphere as a vector of whole units, so that distances compare exactly."""
    phi, theta = math.radians(lat), math.radians(lon)
    east = math.cos(phi)
    return round(UNITS * east * math.cos(theta)), round(UNITS * east * math.sin(theta)), round(UNITS * math.sin(phi))


def reach(radius_km: float) -> int:
    """The straight line (chord) through the Earth that a radius along its surface spans, in units."""
    half_angle = radius_km / (2 * EARTH_RADIUS_KM)
    return EVERYWHERE if half_angle >= math.pi / 2 else round(2 * UNITS * math.sin(half_angle))


def squared_chord(one: Point, other: Point) -> int:
    """How far two points are apart, squared, in units; at most 2**62, which any 64-bit integer holds."""
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2


def squared_distance(one: Area, other: Area) -> int:
    """How far the centres of two circles are apart, squared, in units."""
    return squared_chord(point(one.lat, one.lon), point(other.lat, other.lon))


def nearness(wished: Area, served: Area) -> float | None:
    """How near the two are, from 0 to 1; ``None`` where neither reaches the other.

    Two circles meet when either centre lies in the other circle: the seller comes to you, or you go there. A country
    meets what lies in it. Who named no place meets everybody.
    """
    if wished.is_anywhere or served.is_anywhere:
        return NEAR_ANYWHERE
    if not (wished.is_circle and served.is_circle):
        return NEAR_IN_COUNTRY if wished.country == served.country else None
    squared = squared_distance(wished, served)
    if squared > max(reach(wished.radius_km), reach(served.radius_km)) ** 2:
        return None
    return nearness_at(squared)


def nearness_at(squared: int) -> float:
    """Nearness at a squared distance in units: 1 at the door, one half at 25 km, towards 0 far away."""
    return HALF_NEAR_KM / (HALF_NEAR_KM + math.sqrt(float(squared)) * KM_PER_UNIT)
