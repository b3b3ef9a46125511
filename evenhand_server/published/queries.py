"""What organisations publish: the terms they accept, and the key they sign with."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from evenhand.records import Custody
from evenhand.terms.well_known import publish_key, publish_terms
from evenhand_server.interests.models import Interest, StandingAcceptance
from evenhand_server.interests.queries import standing_terms
from evenhand_server.people.models import Organisation
from evenhand_server.people.terms import roster
from evenhand_server.records.models import SigningKey
from evenhand_server.records.queries import published_key, rotations_to
from evenhand_server.storage.errors import NotFoundError

MOST_LISTED = 1000


def organisation_called(party_id: str) -> Organisation:
    """An organisation that answers or has answered; who only asks publishes nothing."""
    found = Organisation.objects.select_related("party").filter(party__public_id=party_id).first()
    if found is None or not is_vendor(found.party_id):
        raise NotFoundError
    return found


def is_vendor(party_id: int) -> bool:
    """Whether a party ever stood ready to answer, accepted terms from anybody, or signed as a vendor."""
    return any(
        rows.exists()
        for rows in (
            Interest.objects.filter(party_id=party_id),
            StandingAcceptance.objects.filter(party_id=party_id),
            SigningKey.objects.filter(party_id=party_id, is_published=True),
        )
    )


def accepting() -> QuerySet[Organisation]:
    """The organisations that accept terms from anybody, by their number: the list says nothing of rank."""
    ids = StandingAcceptance.objects.values_list("party_id", flat=True).distinct()
    return Organisation.objects.filter(party_id__in=ids).select_related("party").order_by("party_id")


def terms_document(organisation: Organisation) -> dict[str, Any]:
    """The terms that one organisation accepts from anybody."""
    party = organisation.party
    return dict(
        publish_terms(
            standing_terms(party.pk),
            roster=roster(),
            since=accepted_since(party.pk) or party.at,
            page=address(reverse("published:organisation", args=[party.public_id])),
            text_at=address(reverse("terms:list") + "/"),
        )
    )


def key_document(organisation: Organisation) -> dict[str, Any]:
    """The key that one organisation signs with, and the signed steps that led to it."""
    key = published_key(organisation.party_id)
    if key is None:
        raise NotFoundError
    return dict(publish_key(key.public, custody=Custody(key.custody), rotations=rotations_to({key.public})))


def server_document() -> dict[str, Any]:
    """What the server's own address says: of its one organisation, or where to find each of several."""
    found = list(accepting()[:MOST_LISTED])
    if len(found) == 1:
        return terms_document(found[0])
    document = publish_terms(
        frozenset(),
        roster=roster(),
        since=datetime.fromisoformat("2026-01-01T00:00:00+00:00"),
        page=address(reverse("terms:list")),
        text_at=address(reverse("terms:list") + "/"),
    )
    document.pop("effective_date")
    return {**document, "organisations": [where(one) for one in found]}


def server_keys() -> dict[str, Any]:
    """The key documents of this server's organisations: of the one itself, or where to find each."""
    found = list(accepting()[:MOST_LISTED])
    if len(found) == 1:
        return key_document(found[0])
    return {"format": 1, "organisations": [where(one) for one in found]}


def where(organisation: Organisation) -> dict[str, str]:
    """Who it is, and where its page and documents are."""
    party = organisation.party
    return {
        "name": party.name,
        "page": address(reverse("published:organisation", args=[party.public_id])),
        "terms": address(reverse("published:terms", args=[party.public_id])),
        "key": address(reverse("published:key", args=[party.public_id])),
    }


def accepted_since(party_id: int) -> datetime | None:
    """When the party last said what it accepts."""
    rows = StandingAcceptance.objects.filter(party_id=party_id).order_by("-at")
    return rows.values_list("at", flat=True).first()


def address(path: str) -> str:
    """A path as others reach it."""
    environment = settings.ENVIRONMENT
    return (environment.address or f"http://localhost:{environment.port}") + path
