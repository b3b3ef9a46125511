"""What programs send and get about a domain."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from evenhand_server.domains.asked import place_of, record_of
from evenhand_server.domains.forms import MAILBOXES, WAYS
from evenhand_server.domains.models import DomainClaim
from evenhand_server.programs.fields import Asked, Line, Shown, one_of


class DomainAsked(Asked):
    """Which domain is yours, and how you show it."""

    domain: Annotated[Line, Field(min_length=1, max_length=253, examples=["hullcycles.example"])]
    way: Annotated[str, one_of(WAYS)]
    mailbox: Annotated[str, one_of(MAILBOXES)] = "postmaster"


class CodeAsked(Asked):
    """The code from the mail; empty asks DNS for the record instead."""

    code: Annotated[Line, Field(max_length=20)] = ""


class DomainShown(Shown):
    """What your party says of its domain. ``verified_until`` is null until it is shown."""

    domain: str
    way: str
    mailbox: str
    record_name: str
    record: str
    verified_until: datetime | None

    @classmethod
    def of(cls, claim: DomainClaim) -> Self:
        """This domain."""
        proof = getattr(claim, "proof", None)
        is_dns = claim.way == DomainClaim.Way.DNS
        return cls(
            domain=claim.domain,
            way=claim.way,
            mailbox=claim.mailbox,
            record_name=place_of(claim) if is_dns else "",
            record=record_of(claim) if is_dns else "",
            verified_until=proof.until if proof is not None else None,
        )
