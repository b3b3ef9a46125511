"""Whether a vendor's own domain says the same as this server: the terms it accepts, and the key it signs with."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from evenhand.errors import EvenhandError
from evenhand.terms.well_known import ACCEPTED_TERMS, SIGNING_KEY, read_accepted, read_key
from evenhand_server.interests.queries import standing_terms
from evenhand_server.people.models import Party
from evenhand_server.people.terms import roster
from evenhand_server.published.queries import address, is_vendor
from evenhand_server.published.website import MOST_BYTES, Answer, WebsiteUnreachableError, follow
from evenhand_server.records.queries import published_key
from evenhand_server.storage.errors import NotFoundError

FOUND = 200


@dataclass(frozen=True, slots=True)
class Place:
    """An address at the vendor's own domain, and the document here that it should lead to or repeat."""

    at: str
    ours: str
    is_key: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What stands at a place: leads_here, same, differs, missing, unreadable or unreachable.

    ``missing`` and ``extra`` are ids of terms that only this server, or only the website, says are accepted.
    """

    place: Place
    state: str
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def places_of(party: Party) -> list[Place]:
    """Where a vendor with a verified domain may show what it publishes here."""
    if not party.is_verified or not party.is_organisation or not is_vendor(party.pk):
        raise NotFoundError
    terms = address(reverse("published:terms", args=[party.public_id]))
    key = address(reverse("published:key", args=[party.public_id]))
    home = f"https://{party.verified_domain}"
    found = [Place(f"{home}{ACCEPTED_TERMS}", terms, False)]
    return [*found, Place(f"{home}{SIGNING_KEY}", key, True)] if published_key(party.pk) else found


def look_around(party: Party) -> Iterator[Look]:
    """Ask the vendor's website now."""
    for place in places_of(party):
        try:
            answer = follow(place.at, [place.ours])
        except WebsiteUnreachableError:
            yield Look(place, "unreachable")
        else:
            yield compare(party, place, answer)


def compare(party: Party, place: Place, answer: Answer) -> Look:
    """What came back beside what this server says."""
    if answer.leads_to == place.ours:
        return Look(place, "leads_here")
    if answer.status != FOUND:
        return Look(place, "missing")
    try:
        document = json.loads(answer.content) if len(answer.content) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        return Look(place, "unreadable")
    return compare_key(party, place, document) if place.is_key else compare_terms(party, place, document)


def compare_terms(party: Party, place: Place, document: dict[str, object]) -> Look:
    """The terms that both say are accepted, by id and by the hash of their text."""
    here, there = standing_terms(party.pk), read_accepted(document, roster=roster())
    if here == there:
        return Look(place, "same")
    return Look(place, "differs", tuple(sorted(here - there)), tuple(sorted(there - here)))


def compare_key(party: Party, place: Place, document: dict[str, object]) -> Look:
    """The key that both say signs."""
    key = published_key(party.pk)
    assert key is not None
    try:
        named, _ = read_key(document)
    except EvenhandError:
        return Look(place, "unreadable")
    return Look(place, "same" if named == key.public else "differs")
