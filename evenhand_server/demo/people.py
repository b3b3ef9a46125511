"""The demo's people, owner-run shops and organisations, each with a confirmed mailbox and the one password."""

from collections.abc import Mapping

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from evenhand_server.demo.rows import rows_of
from evenhand_server.people.actions import add_member, found_organisation, join, keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.people.queries import actor_of
from evenhand_server.people.roles import Role

PASSWORD = "even-terms-for-all"  # noqa: S105 - printed for everybody who tries the demo
DETAILS = ("phone", "street")
ROLES = (Role.BUYER, Role.APPROVER, Role.SELLER)

Actors = dict[str, Actor]
"""By user name, each as they act in the demo: for themself, or for the organisation they work for."""


def bring_people() -> Actors:
    """Let everybody join; hashing a password is slow on purpose, so all of them share one hash."""
    shared = make_password(PASSWORD)
    everybody = [*rows_of("people"), *(row for row in rows_of("vendors") if row["name"])]
    actors = {row["username"]: bring_person(row, shared) for row in everybody}
    for row in rows_of("organisations"):
        actors |= found(actors, row)
    return actors


def bring_person(row: Mapping[str, str], hashed: str) -> Actor:
    """One person, or one owner-run shop, acting for themself."""
    person = Person.objects.create(
        username=row["username"],
        name=row["name"],
        email=address_of(row["username"]),
        country=row["country"],
        time_zone=row["time_zone"],
        password=hashed,
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    actor = join(person)
    if row.get("street"):
        details = {field: row[field] for field in DETAILS if row[field]}
        keep_details(actor, {"name": person.name, "email": person.email, **details})
    return actor


def address_of(username: str) -> str:
    """A mailbox nobody can own: example.org is reserved. Source: RFC 2606."""
    return f"{username}@example.org"


def found(actors: Actors, row: Mapping[str, str]) -> Actors:
    """An organisation with its steward, and those who buy, approve or sell for it."""
    founder = actors[row["steward"]]
    membership = found_organisation(founder, name=row["name"], country=row["country"], about=row["about"])
    steward = actor_of(founder.person, membership.public_id)
    members = {row[role.value]: role for role in ROLES if row.get(role.value)}
    working = {name: add_member(steward, username=name, role=role) for name, role in members.items()}
    return {row["steward"]: steward} | {name: Actor(actors[name].person, one) for name, one in working.items()}


def is_invented() -> bool:
    """Whether the demo's people are here; whoever tries out erasing themself is no longer among them."""
    names = [row["username"] for table in ("people", "vendors") for row in rows_of(table)]
    return Person.objects.filter(email__in=[address_of(name) for name in names]).exists()


def has_strangers() -> bool:
    """Whether people are here whom nobody invented."""
    return Person.objects.exists() and not is_invented()
