"""The data that reading needs (category tree, lexicons, places), opened when it is first asked for."""

from functools import cache, lru_cache
from importlib.resources import files

from django.conf import settings

from evenhand.measures import Area, distance_km
from evenhand.words.jargon import Jargon
from evenhand.words.places_build import name_keys
from evenhand.words.sources import Sources, open_sources


@cache
def sources() -> Sources:
    """The reader's data; the places file must have been built, as every start of the server does."""
    return open_sources(settings.ENVIRONMENT.places_file)


@cache
def jargon() -> Jargon:
    """The list of words that friends would not say aloud."""
    return Jargon.load(files("evenhand.words") / "data" / "en" / "jargon.tsv")


NEAR_KM = 50.0
"""A place that was chosen on the map is meant only if it lies about there; else another name was written since."""


def place_called(name: str, country: str, *, radius_km: float, near: Area | None = None) -> Area | None:
    """The largest town or region of this name, of this country if one is named; none where nothing is called so.

    ``near`` tells places of one name apart: the one next to it is meant, if there is one about there.
    """
    keys = name_keys(name)
    regions = [place for key in keys for place in sources().regions.get(key, ())]
    towns = [place for each in sources().gazetteer.find(keys).values() for place in each]
    places = [place for place in (*regions, *towns) if not country or place.country == country]
    if not places:
        return None
    best = max(places, key=lambda place: (place.main, place.population, -place.id))
    areas = [Area(place.name, place.country, place.lat, place.lon, radius_km) for place in (best, *places)]
    closest = min(areas, key=lambda area: distance_km(area, near)) if near else areas[0]
    return closest if near and distance_km(closest, near) <= NEAR_KM else areas[0]


IN_PHRASES = 5
"""A word that stands in so many phrases of the lexicon is said of things, whoever says it."""


@cache
def kinds_of_words() -> frozenset[str]:
    """The words by which many things are known, and those of conditions and values; none of illness, faith or love.

    A word of one phrase alone may be a name, or say more of a person than of a thing.
    """
    lexicons = sources().lexicons.values()
    known = (lexicon.small_vocabulary | lexicon.often(IN_PHRASES) for lexicon in lexicons)
    return frozenset[str]().union(*known) - sources().intimate


@lru_cache(maxsize=4096)
def people_within(lat: float, lon: float, km: float) -> int:
    """About how many people live within so many km of a point; asked of snapped places, so mostly known already."""
    return sources().gazetteer.people_within(lat, lon, km)
