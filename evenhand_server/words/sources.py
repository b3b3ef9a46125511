"""The data that reading needs (category tree, lexicons, places), opened when it is first asked for."""

from functools import cache

from django.conf import settings
from evenhand.words.sources import Sources, open_sources


@cache
def sources() -> Sources:
    """The reader's data; the places file must have been built, as every start of the server does."""
    return open_sources(settings.ENVIRONMENT.places_file)
