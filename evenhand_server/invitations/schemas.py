"""What programs send and get about lists of sellers, invitations and links."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from evenhand_server.invitations.models import Link, Supplier, SupplierList
from evenhand_server.invitations.queries import Standing
from evenhand_server.invitations.sheet import MOST_ROWS
from evenhand_server.messages import say
from evenhand_server.programs.fields import Asked, Id, Line, Shown

MAILBOX = r"^[A-Za-z0-9._+-]{1,64}@([A-Za-z0-9][A-Za-z0-9-]{0,61}\.){1,8}[A-Za-z]{2,24}$"

Mailbox = Annotated[str, Field(max_length=254, pattern=MAILBOX, examples=["sales@hull-cycles.example"])]


class SellerAsked(Asked):
    """A seller who is not here, and what you call them."""

    email: Mailbox
    name: Annotated[Line, Field(max_length=120)] = ""


class InvitationsAsked(Asked):
    """Whom to ask: sellers by their mailboxes, a list of yours (one group of it), or both."""

    sellers: Annotated[list[SellerAsked], Field(max_length=500)] = []
    list: Id | None = None
    group: Annotated[Line, Field(max_length=60)] = ""


class InvitationShown(Shown):
    """How an invitation stands: sent, opened, bounced, revoked or over; opened ones have a dealing that says more."""

    id: str
    email: str
    name: str
    state: str
    sentence: str
    dealing: str | None
    at: datetime

    @classmethod
    def of(cls, standing: Standing) -> Self:
        """This invitation."""
        one = standing.invitation
        return cls(
            id=one.public_id,
            email=one.email,
            name=one.name,
            state=standing.state,
            sentence=say(f"invitation_{standing.state}"),
            dealing=one.dealing.public_id if one.dealing is not None else None,
            at=one.at,
        )


class PublicLinkShown(Shown):
    """A link that may be passed on: it opens the teaser, and who wants to answer asks for one of their own."""

    address: str
    expires_at: datetime

    @classmethod
    def of(cls, link: Link, address: str) -> Self:
        """This link."""
        return cls(address=address, expires_at=link.expires_at)


class SupplierAsked(SellerAsked):
    """A seller in a list; the note is your own."""

    note: Annotated[Line, Field(max_length=500)] = ""
    group: Annotated[Line, Field(max_length=60)] = ""


class SupplierListAsked(Asked):
    """Sellers under a name. Into a list that is there they are added, and what is known is renewed."""

    name: Annotated[Line, Field(min_length=1, max_length=80, pattern=r"\S")]
    suppliers: Annotated[list[SupplierAsked], Field(min_length=1, max_length=MOST_ROWS)]


class SupplierListShown(Shown):
    """A list of sellers, and how many stand in it."""

    id: str
    name: str
    size: int

    @classmethod
    def of(cls, row: SupplierList) -> Self:
        """This list, as the query counted it."""
        return cls(id=row.public_id, name=row.name, size=row.size)  # type: ignore[attr-defined] # The query adds it.


class SupplierShown(Shown):
    """A seller in a list."""

    id: str
    email: str
    name: str
    note: str
    group: str

    @classmethod
    def of(cls, row: Supplier) -> Self:
        """This seller."""
        return cls(id=row.public_id, email=row.email, name=row.name, note=row.note, group=row.group)
