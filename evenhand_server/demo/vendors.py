"""What the demo's vendors stand ready to answer, what they stand for, and the terms they accept from anybody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from evenhand.interests.interest import Interest
from evenhand.interests.read import InterestReading, interest_from, read
from evenhand.measures import Area
from evenhand_server.demo.people import Actors
from evenhand_server.demo.rows import rows_of
from evenhand_server.interests.actions import set_standing_acceptances, stand_ready
from evenhand_server.messages import read_money
from evenhand_server.purpose.actions import add_evidence
from evenhand_server.words.sources import place_called, sources


def open_shops(actors: Actors) -> int:
    """Let every vendor stand ready; says with how many interests."""
    for row in rows_of("vendors"):
        if row["terms"]:
            set_standing_acceptances(actors[row["username"]], frozenset(row["terms"].split()))
    show_evidence(actors)
    rows = rows_of("interests")
    for row in rows:
        vendor = actors[row["vendor"]]
        country = vendor.person.country
        stand_ready(vendor, row["sentence"], corrected(interest_from(reading_of(row, country)), row, country))
    return len(rows)


def show_evidence(actors: Actors) -> None:
    """Certificates and memberships of issuers as invented as the vendors; some run out soon."""
    today = timezone.localdate()
    for row in rows_of("evidence"):
        add_evidence(
            actors[row["vendor"]],
            value=row["value"],
            issuer=row["issuer"],
            number=row["number"],
            valid_until=today + timedelta(days=int(row["days"])),
        )


def reading_of(row: Mapping[str, str], country: str) -> InterestReading:
    """What the product's own reader makes of a vendor's sentence."""
    return read(row["sentence"], now=timezone.localtime(), country=country, sources=sources())


def corrected(value: Interest, row: Mapping[str, str], country: str) -> Interest:
    """The interest as a careful vendor would correct it on the page: what the table says wins over what was read."""
    if row["categories"]:
        value = replace(value, categories=frozenset(row["categories"].split()))
    if row["conditions"]:
        value = replace(value, conditions=frozenset(row["conditions"].split()))
    if row["place"]:
        value = replace(value, area=area_called(row["place"], country, float(row["radius_km"])))
    if row["price"]:
        prices, currency = row["price"].split()
        lowest, highest = (read_money(amount, currency) for amount in prices.split("-"))
        value = replace(value, lowest=lowest, highest=highest, currency=currency)
    return replace(value, values=())


def area_called(name: str, country: str, radius_km: float) -> Area:
    """The place of this name; the demo names only places that there are."""
    found = place_called(name, country, radius_km=radius_km)
    assert found is not None, name
    return found
