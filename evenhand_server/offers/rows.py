"""What programs get of dealings in a list: to the asker the vendor by name, to the vendor the teaser alone."""

from datetime import datetime

from django.utils import timezone

from evenhand_server.dealings.models import Dealing
from evenhand_server.dealings.queries import is_open
from evenhand_server.dealings.schemas import DeclineShown
from evenhand_server.intents.queries import teaser_of
from evenhand_server.intents.readings import TeaserShown
from evenhand_server.matching.schemas import ReasonShown
from evenhand_server.offers.queries import offer_counts
from evenhand_server.people.schemas import PartyShown
from evenhand_server.programs.fields import Shown
from evenhand_server.terms.queries import ceremonies_of
from evenhand_server.terms.schemas import CeremonyShown


class DealingRow(Shown):
    """A dealing in a list."""

    id: str
    at: datetime
    is_open: bool
    terms: CeremonyShown | None
    reasons: list[ReasonShown]
    has_offer: bool
    decline: DeclineShown | None


class AskersRow(DealingRow):
    """A dealing as the asker sees it: with which vendor."""

    vendor: PartyShown


class InboxRow(DealingRow):
    """A dealing as the vendor sees it: what is wanted, roughly, and what to call whoever wants it."""

    called: str
    teaser: TeaserShown


def askers_rows(dealings: list[Dealing]) -> list[AskersRow]:
    """These dealings for the asker."""
    return [
        AskersRow(
            vendor=PartyShown.of(dealing.vendor),
            **dict(row) | {"reasons": ReasonShown.all_of(dealing.match.reasons if dealing.match else [])},
        )
        for dealing, row in rows_of(dealings)
    ]


def inbox_rows(dealings: list[Dealing]) -> list[InboxRow]:
    """These dealings for the vendor."""
    return [
        InboxRow(called=dealing.pairwise_name, teaser=TeaserShown.of(teaser_of(dealing.wish)), **dict(row))
        for dealing, row in rows_of(dealings)
    ]


def rows_of(dealings: list[Dealing]) -> list[tuple[Dealing, DealingRow]]:
    """Each dealing with what both sides see of it."""
    numbers, now = [dealing.pk for dealing in dealings], timezone.now()
    ceremonies, totals = ceremonies_of(numbers), offer_counts(numbers)
    return [
        (
            dealing,
            DealingRow(
                id=dealing.public_id,
                at=dealing.at,
                is_open=is_open(dealing, now),
                terms=CeremonyShown.of(ceremonies[dealing.pk]) if dealing.pk in ceremonies else None,
                reasons=ReasonShown.for_vendor(dealing.match),
                has_offer=dealing.pk in totals,
                decline=DeclineShown.on(dealing),
            ),
        )
        for dealing in dealings
    ]
