"""What programs send and get about evidence."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from evenhand_server.messages import VALUES
from evenhand_server.programs.fields import Asked, Day, Line, Shown, one_of
from evenhand_server.purpose.models import Evidence


class EvidenceAsked(Asked):
    """Who vouches that your party stands for a value, and until when."""

    value: Annotated[str, one_of(VALUES)]
    issuer: Annotated[Line, Field(min_length=1, max_length=120, examples=["Fair Trade Alliance"])]
    number: Annotated[Line, Field(max_length=80)] = ""
    valid_until: Day


class EvidenceShown(Shown):
    """Evidence that a party stands for a value."""

    id: str
    value: str
    issuer: str
    number: str
    valid_until: date

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """This evidence."""
        return cls(
            id=evidence.public_id,
            value=evidence.value,
            issuer=evidence.issuer,
            number=evidence.number,
            valid_until=evidence.valid_until,
        )
