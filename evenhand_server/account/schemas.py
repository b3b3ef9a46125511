"""What programs get of the journal."""

from datetime import datetime
from typing import Any, Self

from evenhand_server.journal.models import Entry
from evenhand_server.programs.fields import Shown


class EntryShown(Shown):
    """One thing that happened: which event, about what (its id), in which role, and when."""

    at: datetime
    event: str
    subject: str
    role: str
    data: dict[str, Any]

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """This entry."""
        return cls(at=entry.at, event=entry.event, subject=entry.subject, role=entry.role, data=entry.data)
