"""Adding and removing evidence of what a party stands for."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from evenhand.interests.interest import EvidencedValue
from evenhand_server.journal.actions import note, note_change
from evenhand_server.journal.events import Event
from evenhand_server.people.actor import Actor
from evenhand_server.people.roles import Act
from evenhand_server.purpose.models import Evidence
from evenhand_server.purpose.queries import evidence_of
from evenhand_server.storage.errors import NotFoundError


@transaction.atomic
def add_evidence(actor: Actor, *, value: str, issuer: str, number: str, valid_until: date) -> Evidence:
    """Show who vouches that the party stands for a value, and until when."""
    actor.must_be_allowed(Act.KEEP_DETAILS)
    evidence = Evidence.objects.create(
        party=actor.party, value=value, issuer=issuer, number=number, valid_until=valid_until, at=timezone.now()
    )
    note_change(actor.party.pk)
    note(Event.EVIDENCE_ADDED, evidence.public_id, actor, value=value)
    return evidence


@transaction.atomic
def remove_evidence(actor: Actor, evidence_id: str) -> None:
    """Take evidence back."""
    actor.must_be_allowed(Act.KEEP_DETAILS)
    evidence = evidence_of(actor.party_id).filter(public_id=evidence_id).first()
    if evidence is None:
        raise NotFoundError
    evidence.delete()
    note_change(actor.party.pk)
    note(Event.EVIDENCE_REMOVED, evidence_id, actor)


def add_evidence_of(shown: Iterable[tuple[int, EvidencedValue]]) -> None:
    """Keep what several parties have shown elsewhere, each piece once; part of an import's transaction."""
    new = {(party_id, one.value, one.issuer, one.valid_until) for party_id, one in shown}
    mine = Evidence.objects.filter(party_id__in={party_id for party_id, *_ in new})
    known = set(mine.values_list("party_id", "value", "issuer", "valid_until"))
    now = timezone.now()
    Evidence.objects.bulk_create(
        Evidence(party_id=party_id, value=value, issuer=issuer, valid_until=until, at=now)
        for party_id, value, issuer, until in sorted(new - known)
    )
