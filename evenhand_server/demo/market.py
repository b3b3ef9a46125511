"""The demo market as a whole: invented in one transaction or not at all, once, and only where nobody else is."""

from dataclasses import dataclass

from django.db import transaction

from evenhand_server.demo.people import bring_people, has_strangers, is_invented
from evenhand_server.demo.rows import rows_of
from evenhand_server.demo.server import settle_the_market
from evenhand_server.demo.stories import tell_stories
from evenhand_server.demo.vendors import open_shops


class OthersAreHereError(Exception):
    """Real people are in this database; nothing is invented beside them."""


@dataclass(frozen=True, slots=True)
class Market:
    """How much there is in the market."""

    people: int
    vendors: int
    interests: int

    def __str__(self) -> str:
        """Say it in words."""
        shops = f"{self.vendors} vendors who stand ready for {self.interests} kinds of request"
        return f"{shops}, {self.people} people to sign in as, and one deal already lived through"


@transaction.atomic
def invent_market() -> Market | None:
    """Invent everything; nothing the second time.

    Raises:
        OthersAreHereError: the database holds people whom the demo did not invent.
    """
    if is_invented():
        return None
    if has_strangers():
        raise OthersAreHereError
    actors = bring_people()
    settle_the_market(actors)
    interests = open_shops(actors)
    tell_stories(actors)
    return Market(len(actors), len(rows_of("vendors")), interests)
