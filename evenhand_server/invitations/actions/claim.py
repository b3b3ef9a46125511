"""A guest stays: says what they are called, and takes what they did into an account, new or their own."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand_server.invitations.errors import AccountExistsError
from evenhand_server.invitations.models import Claim, Guest
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.people.actions import hand_over_guest, make_person
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Membership, Party


@transaction.atomic
def name_guest(actor: Actor, name: str) -> None:
    """What the asker calls this seller from now on: the seller's own word counts, not the asker's list."""
    Party.objects.filter(pk=actor.party_id).update(name=name)
    note(Event.GUEST_NAMED, actor.party.public_id, actor)


@transaction.atomic
def claim_with_new_account(guest: Guest, *, username: str, password: str) -> Membership:
    """Make an account; the mailbox counts as confirmed, since the code that was sent there let them in."""
    if EmailAddress.objects.filter(email__iexact=guest.email, verified=True).exists():
        raise AccountExistsError
    try:
        with transaction.atomic():
            newcomer = make_person(username, guest.email, password)
    except IntegrityError as error:
        raise AccountExistsError from error
    EmailAddress.objects.create(user=newcomer.person, email=guest.email, verified=True, primary=True)
    return claim(guest, newcomer)


@transaction.atomic
def claim(guest: Guest, actor: Actor) -> Membership:
    """Put what the guest did into this person's hands, as an organisation that they may act for."""
    membership = hand_over_guest(guest.membership, actor.person)
    Claim.objects.create(guest=guest, by=actor.person, at=timezone.now())
    note(Event.GUEST_CLAIMED, guest.party.public_id, Actor(actor.person, membership))
    return membership
