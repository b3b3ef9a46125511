"""The data that reading needs (category tree, lexicons, places), opened when it is first asked for."""

from functools import cache

from django.conf import settings

from evenhand.measures import Area
from evenhand.words.places_build import name_keys
from evenhand.words.sources import Sources, open_sources


@cache
def sources() -> Sources:
    """The reader's data; the places file must have been built, as every start of the server does."""
    return open_sources(settings.ENVIRONMENT.places_file)


def place_called(name: str, country: str, *, radius_km: float) -> Area | None:
    """The largest place of this name, of this country if one is named; none where nothing is called so."""
    found = sources().gazetteer.find(name_keys(name))
    places = [place for each in found.values() for place in each if not country or place.country == country]
    if not places:
        return None
    best = max(places, key=lambda place: (place.main, place.population, -place.id))
    return Area(best.name, best.country, best.lat, best.lon, radius_km)
