"""Reading persons, parties and memberships."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from evenhand.records import digest
from evenhand_server.people.actor import Actor
from evenhand_server.people.errors import PausedError
from evenhand_server.people.models import Block, Detail, Membership, Organisation, Party, Pause, Person, Token
from evenhand_server.people.roles import MAY, Act, Role
from evenhand_server.storage.errors import NotFoundError

SHORTEST_TELLING = 3


def memberships_of(person: Person) -> QuerySet[Membership]:
    """All that a person may act for, themself first."""
    rows = Membership.objects.filter(person=person, departure__isnull=True).select_related("party")
    return rows.order_by("id")


def actor_of(person: Person, membership_id: str = "") -> Actor:
    """This person in the chosen membership, or for themself where none is chosen or it has ended."""
    rows = memberships_of(person)
    chosen = rows.filter(public_id=membership_id).first() if membership_id else None
    chosen = chosen or rows.filter(role=Role.SELF).first()
    if chosen is None:
        raise NotFoundError
    return Actor(person, chosen)


def actor_of_token(secret: str) -> Actor | None:
    """Whoever gave a program this token, as long as their membership lasts."""
    token = (
        Token.objects.filter(digest=digest(secret.encode()), membership__departure__isnull=True)
        .select_related("membership__party", "membership__person")
        .first()
    )
    if token is None or not token.membership.person.is_active:
        return None
    return Actor(token.membership.person, token.membership)


def members_of(actor: Actor) -> QuerySet[Membership]:
    """Who acts for the actor's party."""
    rows = Membership.objects.filter(party_id=actor.party_id, departure__isnull=True)
    return rows.select_related("person").order_by("id")


def organisation_of(party: Party) -> Organisation | None:
    """What is known of a party that is an organisation."""
    return Organisation.objects.filter(party=party).first()


def details_of(party_id: int) -> Mapping[str, str]:
    """The party's details by field; those never given are not there."""
    return dict(Detail.objects.filter(party_id=party_id).order_by("id").values_list("field", "value"))


def own_words(actor: Actor) -> tuple[str, ...]:
    """What would identify the writer if it stood in their words: names, e-mail, phone, street of person and party.

    Of a person's name each part tells who it is; of an organisation's only the whole ("school" does not). The town is
    left out: it says where, which is part of what is wanted.
    """
    details = {field: value for field, value in details_of(actor.party_id).items() if field != Detail.Field.TOWN}
    names = [actor.person.name] if actor.party.is_organisation else [actor.person.name, details.get("name", "")]
    parts = [part for name in names for part in name.split()]
    words = [*names, *parts, actor.person.email, actor.person.username, actor.party.name, *details.values()]
    return tuple(dict.fromkeys(word.strip() for word in words if len(word.strip()) >= SHORTEST_TELLING))


def blocked_with(party_id: int) -> set[int]:
    """The parties that want to hear nothing of this one, or of which it wants to hear nothing."""
    pairs = Block.objects.filter(Q(party_id=party_id) | Q(blocked_id=party_id)).values_list("party_id", "blocked_id")
    return {one for pair in pairs for one in pair} - {party_id}


def paused_parties(now: datetime) -> set[int]:
    """The parties that may neither ask nor answer just now."""
    return set(Pause.objects.filter(until__gt=now).values_list("party_id", flat=True))


def must_not_be_paused(party_id: int, now: datetime) -> None:
    """Refuse who may neither ask nor answer just now."""
    until = Pause.objects.filter(party_id=party_id, until__gt=now).aggregate(last=Max("until"))["last"]
    if until is not None:
        raise PausedError(until=timezone.localtime(until).date().isoformat())


def tokens_of(actor: Actor) -> QuerySet[Token]:
    """The ways in that this person gave to programs for this party."""
    return Token.objects.filter(membership__person=actor.person, membership__party_id=actor.party_id).order_by("-at")


def people_to_tell(party_id: int, act: Act) -> list[Person]:
    """The members of a party whose role includes an act: they are told when something needs it."""
    rows = Membership.objects.filter(party_id=party_id, departure__isnull=True).select_related("person").order_by("id")
    return list({row.person_id: row.person for row in rows if act in MAY[Role(row.role)]}.values())
