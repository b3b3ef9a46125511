"""What programs send and get about blocks and reports."""

from datetime import datetime
from typing import Annotated, Self

from django.utils import timezone
from pydantic import Field

from evenhand_server.messages import say
from evenhand_server.people.models import Block
from evenhand_server.programs.fields import Asked, Id, Shown, Text, Words, one_of
from evenhand_server.safety.forms import LONGEST_WORDS, OUTCOMES, REASONS
from evenhand_server.safety.models import Decision, Report, Subject
from evenhand_server.safety.queries import decisions_of, may_appeal, name_of_other, state_of

Long = Annotated[Words, Field(max_length=LONGEST_WORDS)]


class BlockShown(Shown):
    """Somebody your party does not meet again, called as in the dealing where it met them."""

    id: str
    called: str
    dealing: str
    at: datetime

    @classmethod
    def of(cls, row: Block) -> Self:
        """This block."""
        called = name_of_other(row.party_id, row.dealing)
        return cls(id=row.public_id, called=called, dealing=row.dealing.public_id, at=row.at)


class ReportAsked(Asked):
    """What is wrong, and with what. ``target`` is the id of a message; for all else the dealing says which is meant."""

    subject: Annotated[str, one_of(Subject.choices)]
    target: Id | None = None
    reason: Annotated[str, one_of(REASONS)]
    words: Annotated[Text, Field(max_length=LONGEST_WORDS)] = ""


class DecisionAsked(Asked):
    """What an operator decides, and why, for both sides to read."""

    outcome: Annotated[str, one_of(OUTCOMES)]
    words: Long


class AppealAsked(Asked):
    """What was overlooked."""

    words: Long


class DecisionShown(Shown):
    """What was decided, and why."""

    round: int
    outcome: str
    sentence: str
    words: str
    at: datetime

    @classmethod
    def of(cls, row: Decision) -> Self:
        """This decision."""
        sentence = say(f"state_{row.outcome}")
        return cls(round=row.round, outcome=row.outcome, sentence=sentence, words=row.words.body, at=row.at)


class ReportShown(Shown):
    """A report as one side sees it; ``words`` are those of whoever reported, and shown to nobody else.

    ``state`` is waiting, dismissed, upheld, paused or appealed.
    """

    id: str
    is_mine: bool
    dealing: str
    called: str
    subject: str
    reason: str
    words: str | None
    state: str
    decisions: list[DecisionShown]
    may_appeal: bool
    at: datetime

    @classmethod
    def of(cls, row: Report, party_id: int) -> Self:
        """This report, for one of the two parties."""
        is_mine = row.party_id == party_id
        return cls(
            id=row.public_id,
            is_mine=is_mine,
            dealing=row.dealing.public_id,
            called=name_of_other(party_id, row.dealing),
            subject=row.subject,
            reason=row.reason,
            words=row.words.body if is_mine and row.words else None,
            state=state_of(row),
            decisions=[DecisionShown.of(one) for one in decisions_of(row)],
            may_appeal=may_appeal(party_id, row, timezone.now()),
            at=row.at,
        )


class ReportInQueue(Shown):
    """A report as an operator sees it."""

    id: str
    seller: str
    asker_called: str
    by_seller: bool
    subject: str
    reason: str
    words: str
    appeal: str
    state: str
    decisions: list[DecisionShown]
    at: datetime

    @classmethod
    def of(cls, row: Report) -> Self:
        """This report."""
        appeal = getattr(row, "appeal", None)
        return cls(
            id=row.public_id,
            seller=row.dealing.vendor.name,
            asker_called=row.dealing.pairwise_name,
            by_seller=row.party_id == row.dealing.vendor_id,
            subject=row.subject,
            reason=row.reason,
            words=row.words.body if row.words else "",
            appeal=appeal.words.body if appeal is not None else "",
            state=state_of(row),
            decisions=[DecisionShown.of(one) for one in decisions_of(row)],
            at=row.at,
        )
