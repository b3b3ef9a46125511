"""What people do about themselves: join, found an organisation, invite members, keep details, let programs in."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evenhand.records import digest
from evenhand.terms.preferences import Preferences
from evenhand_server.journal.actions import note, note_change
from evenhand_server.journal.events import Event
from evenhand_server.people.actor import Actor
from evenhand_server.people.errors import LastStewardError, NoSuchPersonError
from evenhand_server.people.models import (
    Departure,
    Detail,
    KeptDeals,
    Membership,
    Organisation,
    Party,
    Pause,
    Person,
    TermsPreference,
    Token,
)
from evenhand_server.people.roles import COME_BY_THEMSELVES, Act, Role
from evenhand_server.people.terms import Stand, terms_for
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.storage.rows import new_id

TOKEN_BYTES = 32


@transaction.atomic
def join(person: Person) -> Actor:
    """Give a new person the party that is themself."""
    if not person.name:
        person.name = person.username
        person.save(update_fields=["name"])
    party = Party.objects.create(person=person, name=person.name, at=timezone.now())
    actor = Actor(person, add_membership(person, party, Role.SELF))
    note(Event.PERSON_JOINED, person.public_id, actor)
    return actor


@transaction.atomic
def found_organisation(actor: Actor, *, name: str, country: str = "", website: str = "", about: str = "") -> Membership:
    """Found an organisation; who founds it is its first steward."""
    party = Party.objects.create(name=name, at=timezone.now())
    Organisation.objects.create(party=party, country=country, website=website, about=about)
    membership = add_membership(actor.person, party, Role.STEWARD)
    note(Event.ORGANISATION_FOUNDED, party.public_id, actor)
    return membership


@transaction.atomic
def found_organisations(person: Person, names: Sequence[str]) -> dict[str, int]:
    """Found many at once, as an import does; who they are founded for is the first steward of each."""
    now = timezone.now()
    parties = Party.objects.bulk_create(Party(name=name, at=now) for name in names)
    Organisation.objects.bulk_create(Organisation(party=party, country=person.country) for party in parties)
    Membership.objects.bulk_create(
        Membership(person=person, party=party, role=Role.STEWARD, at=now) for party in parties
    )
    return {party.name: party.pk for party in parties}


@transaction.atomic
def add_member(actor: Actor, *, username: str, role: Role) -> Membership:
    """Let another person act for this organisation in a role."""
    actor.must_be_allowed(Act.KEEP_MEMBERS)
    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None or role in COME_BY_THEMSELVES:
        raise NoSuchPersonError(username=username)
    Departure.objects.filter(membership__person=person, membership__party=actor.party, membership__role=role).delete()
    membership = add_membership(person, actor.party, role)
    note(Event.MEMBERSHIP_BEGUN, membership.public_id, actor, role=role.value)
    return membership


@transaction.atomic
def end_membership(actor: Actor, membership_id: str) -> None:
    """Let a person act for this organisation no longer; their tokens for it die with it."""
    actor.must_be_allowed(Act.KEEP_MEMBERS)
    rows = Membership.objects.filter(party=actor.party, departure__isnull=True)
    membership = rows.filter(public_id=membership_id).first()
    if membership is None:
        raise NotFoundError
    if membership.role == Role.STEWARD and rows.filter(role=Role.STEWARD).count() == 1:
        raise LastStewardError
    Departure.objects.create(membership=membership, by=actor.person, at=timezone.now())
    Token.objects.filter(membership=membership).delete()
    note(Event.MEMBERSHIP_ENDED, membership.public_id, actor)


@transaction.atomic
def keep_details(actor: Actor, details: Mapping[str, str]) -> None:
    """Keep what may later be disclosed, field by field; an empty value removes the field."""
    actor.must_be_allowed(Act.KEEP_DETAILS)
    for field, value in details.items():
        if value:
            Detail.objects.update_or_create(party=actor.party, field=field, defaults={"value": value})
        else:
            Detail.objects.filter(party=actor.party, field=field).delete()
    note(Event.DETAILS_CHANGED, actor.party.public_id, actor, fields=sorted(details))


@transaction.atomic
def keep_person(actor: Actor, *, name: str, country: str, time_zone: str) -> None:
    """Keep how Evenhand speaks to a person; their own party goes by the same name."""
    person = actor.person
    person.name, person.country, person.time_zone = name, country, time_zone
    person.save(update_fields=["name", "country", "time_zone"])
    Party.objects.filter(person=person).update(name=name)
    note(Event.DETAILS_CHANGED, person.public_id, actor, fields=["name", "country", "time_zone"])


@transaction.atomic
def keep_preferences(actor: Actor, preferences: Preferences) -> None:
    """Keep what the party thinks of which terms; what is named nowhere is asked about each time."""
    actor.must_be_allowed(Act.KEEP_DETAILS)
    said = dict.fromkeys((terms.id for terms in terms_for(actor.party)), Stand.ASK)
    listed = [*preferences.always, *preferences.if_asked]
    stands = {
        **dict.fromkeys(preferences.if_asked, Stand.IF_ASKED),
        **dict.fromkeys(preferences.always, Stand.ALWAYS),
        **dict.fromkeys(sorted(preferences.never), Stand.NEVER),
    }
    ordered = {
        **{name: stands[name] for name in listed},
        **stands,
        **{n: s for n, s in said.items() if n not in stands},
    }
    TermsPreference.objects.filter(party=actor.party).delete()
    TermsPreference.objects.bulk_create(
        TermsPreference(party=actor.party, terms=name, stand=stand, place=place, at=timezone.now())
        for place, (name, stand) in enumerate(ordered.items())
    )
    note_change(actor.party.pk)
    note(
        Event.PREFERENCES_SET,
        actor.party.public_id,
        actor,
        never=sorted(preferences.never),
        always=list(preferences.always),
    )


@transaction.atomic
def make_token(actor: Actor, name: str) -> tuple[Token, str]:
    """Let a program act as this person in this membership; its secret is shown once and never kept."""
    actor.must_be_allowed(Act.MAKE_TOKEN)
    secret = f"evenhand_{secrets.token_urlsafe(TOKEN_BYTES)}"
    token = Token.objects.create(
        membership=actor.membership, name=name, digest=digest(secret.encode()), at=timezone.now()
    )
    note(Event.TOKEN_MADE, token.public_id, actor)
    return token, secret


@transaction.atomic
def revoke_token(actor: Actor, token_id: str) -> None:
    """Let a program in no longer."""
    token = Token.objects.filter(membership__person=actor.person, public_id=token_id).first()
    if token is None:
        raise NotFoundError
    token.delete()
    note(Event.TOKEN_REVOKED, token_id, actor)


def admit_guest(name: str) -> Membership:
    """Somebody who came by an invitation: they may answer it, have no account, and can sign in nowhere.

    Who invites calls this in their transaction, and writes the journal entry.
    """
    person = Person(username=f"guest-{new_id()}", is_active=False)
    person.set_unusable_password()
    person.save()
    party = Party.objects.create(person=person, name=name[:120], at=timezone.now())
    return add_membership(person, party, Role.GUEST)


def make_person(username: str, email: str, password: str) -> Actor:
    """A new account for somebody whose mailbox is known to be theirs; callers write what else there is to write."""
    person = Person(username=username, email=email)
    person.set_password(password)
    person.save()
    return join(person)


def hand_over_guest(membership: Membership, person: Person) -> Membership:
    """Make a guest's party an organisation whose steward this person is; the guest leaves."""
    party = membership.party
    party.person = None
    party.save(update_fields=["person"])
    Organisation.objects.create(party=party, country=person.country)
    Departure.objects.create(membership=membership, by=person, at=timezone.now())
    return add_membership(person, party, Role.STEWARD)


def pause(party_id: int, *, why: str, until: datetime) -> None:
    """Let a party neither ask nor answer until then; who decided it writes the journal entry."""
    Pause.objects.create(party_id=party_id, why=why, until=until)


def end_pause(why: str) -> None:
    """Let it ask and answer again."""
    Pause.objects.filter(why=why).delete()


def keep_verified(party_id: int, domain: str, until: datetime) -> None:
    """Let others read beside the party's name that this domain is its own."""
    Party.objects.filter(pk=party_id).update(verified_domain=domain, verified_until=until)


def lose_verified(party_id: int) -> None:
    """Let others read that it is not verified."""
    Party.objects.filter(pk=party_id).update(verified_domain="", verified_until=None)


def keep_count(party_id: int, count: int) -> None:
    """Keep with how many others a party kept a deal; called by the worker that counted."""
    KeptDeals.objects.update_or_create(party_id=party_id, defaults={"count": count, "at": timezone.now()})


def add_membership(person: Person, party: Party, role: Role) -> Membership:
    """The membership of a person in a role for a party, as it was or new."""
    membership, _ = Membership.objects.get_or_create(
        person=person, party=party, role=role, defaults={"at": timezone.now()}
    )
    return membership
