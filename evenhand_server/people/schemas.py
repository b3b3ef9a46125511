"""What programs send and get about people, parties and who may act for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from evenhand.terms.preferences import Preferences
from evenhand_server.people.actor import Actor
from evenhand_server.people.forms import ROLES
from evenhand_server.people.models import Membership, Party
from evenhand_server.people.roles import Role
from evenhand_server.programs.fields import Asked, Country, Line, Shown, Text, one_of

Detail = Annotated[Line, Field(max_length=200)]


class PartyShown(Shown):
    """A party that others may know by name. ``verified_domain`` is empty while it has not shown that one is its own."""

    id: str
    name: str
    verified_domain: str

    @classmethod
    def of(cls, party: Party) -> Self:
        """This party; an erased one has no name."""
        verified_domain = party.verified_domain if party.is_verified else ""
        return cls(id=party.public_id, name=party.name, verified_domain=verified_domain)


class MembershipShown(Shown):
    """A person in a role for a party."""

    id: str
    party: PartyShown
    role: str
    since: datetime

    @classmethod
    def of(cls, membership: Membership) -> Self:
        """This membership."""
        party = PartyShown.of(membership.party)
        return cls(id=membership.public_id, party=party, role=membership.role, since=membership.at)


class MemberShown(Shown):
    """Somebody who acts for the organisation."""

    id: str
    username: str
    name: str
    role: str
    since: datetime

    @classmethod
    def of(cls, membership: Membership) -> Self:
        """This member."""
        person = membership.person
        return cls(
            id=membership.public_id,
            username=person.username,
            name=person.name,
            role=membership.role,
            since=membership.at,
        )


class MeShown(Shown):
    """Who acts with this token, and for whom; the person's other memberships only with a token of their own."""

    name: str
    country: str
    time_zone: str
    acting: MembershipShown
    memberships: list[MembershipShown]

    @classmethod
    def of(cls, actor: Actor, memberships: list[Membership]) -> Self:
        """The person, and what they may act for."""
        person = actor.person
        return cls(
            name=person.name,
            country=person.country,
            time_zone=person.time_zone,
            acting=MembershipShown.of(actor.membership),
            memberships=[MembershipShown.of(one) for one in memberships],
        )


class PersonAsked(Asked):
    """How Evenhand speaks to the person."""

    name: Annotated[Line, Field(min_length=1, max_length=120)]
    country: Country = ""
    time_zone: Annotated[Line, Field(max_length=60, examples=["Europe/London"])]


class DetailsAsked(Asked):
    """What may be disclosed, field by field; what is empty is not kept."""

    name: Detail = ""
    email: Detail = ""
    phone: Detail = ""
    street: Detail = ""
    town: Detail = ""
    postcode: Detail = ""


class DetailsShown(Shown):
    """What may be disclosed, as it is kept."""

    name: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    town: str = ""
    postcode: str = ""

    @classmethod
    def of(cls, details: Mapping[str, str]) -> Self:
        """The details as kept."""
        return cls.model_validate(dict(details))


TermsNamed = Annotated[Line, Field(min_length=1, max_length=40, examples=["SD-BASE-DP"])]
SomeTerms = Annotated[list[TermsNamed], Field(max_length=60)]


class PreferencesAsked(Asked):
    """Which terms you name yourself (best first), which are fine if asked for, and which you never take."""

    always: SomeTerms = []
    if_asked: SomeTerms = []
    never: SomeTerms = []

    @property
    def as_preferences(self) -> Preferences:
        """The preferences."""
        return Preferences(tuple(self.always), tuple(self.if_asked), frozenset(self.never))


class PreferencesShown(Shown):
    """What your party thinks of which terms; about all others you are asked."""

    always: list[str]
    if_asked: list[str]
    never: list[str]

    @classmethod
    def of(cls, preferences: Preferences) -> Self:
        """These preferences."""
        return cls(
            always=list(preferences.always), if_asked=list(preferences.if_asked), never=sorted(preferences.never)
        )


class OrganisationAsked(Asked):
    """What others may know of an organisation."""

    name: Annotated[Line, Field(min_length=1, max_length=120)]
    country: Country = ""
    website: Annotated[Line, Field(max_length=200, examples=["https://hullcycles.example"])] = ""
    about: Annotated[Text, Field(max_length=2021)] = ""


class MemberAsked(Asked):
    """Who else acts for the organisation, and as what."""

    username: Annotated[Line, Field(min_length=1, max_length=60)]
    role: Annotated[str, one_of(ROLES)]

    @property
    def as_role(self) -> Role:
        """The role."""
        return Role(self.role)
