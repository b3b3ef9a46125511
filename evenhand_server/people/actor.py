"""Who acts: a person, and the party for which they do it, through a membership."""

from dataclasses import dataclass

from evenhand_server.people.models import Membership, Party, Person
from evenhand_server.people.roles import MAY, Act, Role
from evenhand_server.storage.errors import ForbiddenActionError


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one membership. Every action takes one, every journal entry names both."""

    person: Person
    membership: Membership

    @property
    def party(self) -> Party:
        """Whom they act for."""
        return self.membership.party

    @property
    def person_id(self) -> int:
        """The person's row."""
        return self.person.pk

    @property
    def party_id(self) -> int:
        """The party's row."""
        return self.membership.party_id

    @property
    def role(self) -> str:
        """In which role."""
        return self.membership.role

    def may(self, act: Act) -> bool:
        """Whether the role includes this."""
        return act in MAY[Role(self.role)]

    def must_be_allowed(self, act: Act) -> None:
        """Refuse what the role does not include."""
        if not self.may(act):
            raise ForbiddenActionError(act=act.value, role=self.role)
