"""What sellers do to show that a domain is theirs; and the look, month by month, whether it still is."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from evenhand_server.domains.asked import code_of, record_of
from evenhand_server.domains.errors import DomainNotShownError
from evenhand_server.domains.models import DomainClaim, DomainProof
from evenhand_server.journal.actions import leave_due, note
from evenhand_server.journal.events import Event
from evenhand_server.letters.actions import write_letter
from evenhand_server.news.actions import tell
from evenhand_server.people.actions import keep_verified, lose_verified
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import people_to_tell
from evenhand_server.people.roles import Act

DOMAIN_CODE = "domain_code"
LOOK_AGAIN = "look_at_domain"
COUNTS = timedelta(days=365)
EVERY = timedelta(days=30)
CODE_LASTS = timedelta(days=1)
MOST_TRIES = 5


@transaction.atomic
def claim_domain(actor: Actor, *, domain: str, way: str, mailbox: str = "") -> DomainClaim:
    """Say which domain is one's own; what was shown of another counts no longer."""
    actor.must_be_allowed(Act.KEEP_DETAILS)
    drop(actor.party_id)
    to = (mailbox or "postmaster") if way == DomainClaim.Way.MAIL else ""
    claim = DomainClaim.objects.create(party=actor.party, domain=domain, way=way, mailbox=to, at=timezone.now())
    if to:
        write_letter(DOMAIN_CODE, target=claim.pk)
    note(Event.DOMAIN_CLAIMED, claim.public_id, actor, way=way)
    return claim


@transaction.atomic
def give_domain_up(actor: Actor) -> None:
    """Say nothing of a domain any more."""
    actor.must_be_allowed(Act.KEEP_DETAILS)
    drop(actor.party_id)
    note(Event.DOMAIN_GIVEN_UP, actor.party.public_id, actor)


def drop(party_id: int) -> None:
    """Forget what was said and shown."""
    DomainClaim.objects.filter(party_id=party_id).delete()
    lose_verified(party_id)


def show_by_code(actor: Actor, claim: DomainClaim, typed: str) -> DomainProof:
    """Type in the code that was mailed to the domain. A wrong try counts, whatever becomes of the rest."""
    actor.must_be_allowed(Act.KEEP_DETAILS)
    with transaction.atomic():
        found = DomainClaim.objects.select_for_update().get(pk=claim.pk)
        DomainClaim.objects.filter(pk=claim.pk).update(tries=found.tries + 1)
    is_late = timezone.now() > found.at + CODE_LASTS or found.tries >= MOST_TRIES
    if found.way != DomainClaim.Way.MAIL or is_late or not constant_time_compare(typed.strip(), code_of(found)):
        raise DomainNotShownError(reason="code_old" if is_late else "code")
    return prove(actor, found)


def show_by_record(actor: Actor, claim: DomainClaim, records: Iterable[str]) -> DomainProof:
    """DNS was asked: these are its records."""
    actor.must_be_allowed(Act.KEEP_DETAILS)
    if claim.way != DomainClaim.Way.DNS or record_of(claim) not in records:
        raise DomainNotShownError(reason="record")
    return prove(actor, claim)


@transaction.atomic
def prove(actor: Actor, claim: DomainClaim) -> DomainProof:
    """It is shown: from now on others read it beside the name."""
    now = timezone.now()
    proof, is_new = DomainProof.objects.update_or_create(claim=claim, defaults={"at": now, "until": now + COUNTS})
    keep_verified(claim.party_id, claim.domain, proof.until)
    if is_new:
        leave_due(LOOK_AGAIN, claim.pk, at=now + EVERY if claim.way == DomainClaim.Way.DNS else proof.until)
        note(Event.DOMAIN_VERIFIED, claim.public_id, actor, way=claim.way)
    return proof


@transaction.atomic
def look_again(claim: DomainClaim, records: Iterable[str]) -> None:
    """Month by month: the record must still be there; what a mail showed counts for a year."""
    now = timezone.now()
    if claim.way == DomainClaim.Way.DNS and record_of(claim) in records:
        DomainProof.objects.filter(claim=claim).update(until=now + COUNTS)
        keep_verified(claim.party_id, claim.domain, now + COUNTS)
        leave_due(LOOK_AGAIN, claim.pk, at=now + EVERY)
        return
    DomainProof.objects.filter(claim=claim).delete()
    lose_verified(claim.party_id)
    note(Event.DOMAIN_LAPSED, claim.public_id)
    for person in people_to_tell(claim.party_id, Act.KEEP_DETAILS):
        tell(person, "domain_lapsed", party_id=claim.party_id, path="/me/domain")
