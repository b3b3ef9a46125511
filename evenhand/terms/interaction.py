"""Interactions: every proffer ends in a recorded state, also when it is refused or nobody answers."""

from enum import StrEnum

from evenhand.terms.agreement import cited
from evenhand.terms.record import Heading, Kind, Record, Role
from evenhand.terms.roster import Terms


class Outcome(StrEnum):
    """How a proffer ended, or for a counter, how it stands."""

    ACCEPTED = "accepted"
    COUNTERED = "countered"
    REFUSED = "refused"
    EXPIRED = "expired"


def interaction_record(
    heading: Heading, *, outcome: Outcome, proffered: Terms, by: Role, counter: Terms | None = None
) -> Record:
    """The record of what came of a proffer, signed by who says so: it may be kept and shown by either side.

    ``by`` answered, or, where it expired, waited in vain. ``counter`` are the terms named instead, if any were.
    """
    body = {
        "outcome": outcome,
        "proffered": cited(proffered),
        "counter": cited(counter) if counter else {},
    }
    return Record(heading, Kind.INTERACTION, (by,), body)
