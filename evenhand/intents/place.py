"""Place: where somebody is, made coarse before it is matched or shown."""

from collections.abc import Callable
from dataclasses import replace

from evenhand.measures import Area

STEP_DEGREES = 0.05
"""Centres are moved to this grid, so by four kilometres at most."""
RADII_KM = (5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000)
"""Radii are widened to the next of these; beyond the last is anywhere on Earth."""
FEWEST_PEOPLE = 1000
"""Nobody hears of an intent from where fewer people could be meant."""
HALF_ROUND_THE_EARTH_KM = 20015.2


def snapped(area: Area) -> Area:
    """The area with its centre on a coarse grid and its radius in a band; countries and anywhere stay as they are."""
    if not area.is_circle:
        return Area(area.name, area.country)
    return replace(area, lat=_snap(area.lat), lon=_snap(area.lon), radius_km=band_km(area.radius_km))


def among_many(area: Area, people_within: Callable[[float, float, float], int]) -> Area:
    """A snapped area in which at least a thousand people live; a lonely one is widened, or it would tell who asks.

    ``people_within`` says how many live within so many km of a latitude and a longitude.
    """
    if not area.is_circle:
        return area
    wider = (band for band in RADII_KM if band >= area.radius_km)
    enough = (band for band in wider if people_within(area.lat, area.lon, float(band)) >= FEWEST_PEOPLE)
    return replace(area, radius_km=float(next(enough, area.radius_km)))


def band_km(radius_km: float) -> float:
    """The narrowest band that holds a radius."""
    return next((float(band) for band in RADII_KM if radius_km <= band), HALF_ROUND_THE_EARTH_KM)


def _snap(degrees: float) -> float:
    """Rounded twice: the grid first, then the binary dust of the multiplication."""
    return round(round(degrees / STEP_DEGREES) * STEP_DEGREES, 2)
