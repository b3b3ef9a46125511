"""Erasing a person: names, words and salts go; signed records stay true, and nameless."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from evenhand_server.account.erasures import remember_erasure
from evenhand_server.account.errors import StewardOfOthersError
from evenhand_server.account.queries import everything_of
from evenhand_server.dealings.models import Side
from evenhand_server.dealings.queries import open_dealings_of_vendor
from evenhand_server.domains.actions import drop as drop_domain
from evenhand_server.intents.actions import close_intent
from evenhand_server.intents.models import Closure, Draft, Intent, Wish
from evenhand_server.interests.actions import take_out
from evenhand_server.interests.models import Interest, InterestVersion, Retirement, StandingAcceptance
from evenhand_server.invitations.actions.guest import forget_guest
from evenhand_server.invitations.actions.invite import forget_invited
from evenhand_server.invitations.models import Guest
from evenhand_server.invitations.queries import guests_of_mailbox
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.news.actions import forget_person
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Block, Departure, Detail, Membership, Party, Person, TermsPreference, Token
from evenhand_server.people.queries import memberships_of
from evenhand_server.people.roles import Role
from evenhand_server.purpose.models import Evidence
from evenhand_server.records.actions import erase_files, erase_texts
from evenhand_server.safety.actions import end_kindly


@transaction.atomic
def take_export(actor: Actor) -> dict[str, Any]:
    """Everything kept of the person, and a note that it was taken."""
    note(Event.EXPORT_TAKEN, actor.person.public_id, actor)
    return everything_of(actor)


@transaction.atomic
def erase_person(actor: Actor) -> None:
    """Empty everything that says who the person is or what they wrote for themself, and end what they had open."""
    person = actor.person
    check_leaves_nobody_behind(person)
    note(Event.PERSON_ERASED, person.public_id, actor)
    for party in Party.objects.filter(person=person):
        erase_party(party, person)
    for membership in memberships_of(person):
        Departure.objects.get_or_create(membership=membership, defaults={"by": person, "at": timezone.now()})
    Token.objects.filter(membership__person=person).delete()
    Draft.objects.filter(person=person).delete()
    forget_person(person)
    EmailAddress.objects.filter(user=person).delete()
    remember_erasure(person.public_id)
    empty_person(person)


@transaction.atomic
def erase_guest(guest: Guest) -> None:
    """Erase a seller who answered from a mailbox without an account, whoever had asked it."""
    for one in guests_of_mailbox(guest):
        erase_person(Actor(one.membership.person, one.membership))


def erase_party(party: Party, person: Person) -> None:
    """End what is open, then empty the words."""
    now = timezone.now()
    for dealing in open_dealings_of_vendor(party.pk, now):
        end_kindly(dealing, Side.VENDOR)
    forget_guest(party, person)
    for intent in Intent.objects.filter(party=party, closure__isnull=True):
        close_intent(intent, Closure.Reason.WITHDRAWN)
    for interest in Interest.objects.filter(party=party, retirement__isnull=True):
        Retirement.objects.create(interest=interest, by=person, at=now)
        take_out(interest.pk)
    Wish.objects.filter(intent__party=party).update(record={})
    InterestVersion.objects.filter(interest__party=party).update(record={}, is_newest=False)
    for rows in (Detail, Evidence, StandingAcceptance, TermsPreference, Block):
        rows.objects.filter(party=party).delete()
    erase_texts([party.pk])
    erase_files([party.pk])
    forget_invited(party, person)
    drop_domain(party.pk)
    party.refresh_from_db()
    party.name = ""
    party.save(update_fields=["name"])


def empty_person(person: Person) -> None:
    """Leave a row that says nothing, so that what it did in the past still has somebody."""
    person.username = f"erased-{person.public_id}"
    person.email = person.name = person.country = ""
    person.time_zone = "UTC"
    person.is_active = False
    person.last_login = None
    person.set_unusable_password()
    person.save()


def check_leaves_nobody_behind(person: Person) -> None:
    """The last steward of an organisation with other members must hand over first."""
    for mine in Membership.objects.filter(person=person, role=Role.STEWARD, departure__isnull=True):
        others = Membership.objects.filter(party=mine.party, departure__isnull=True).exclude(person=person)
        if others.exists() and not others.filter(role=Role.STEWARD).exists():
            raise StewardOfOthersError(organisation=mine.party.name)
