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


def lapse_record(heading: Heading, *, unsigned: str, by: Role) -> Record:
    """The record that a signature did not come in time: what has the digest ``unsigned`` binds nobody.

    ``by`` is the side that waited. Only records that bind both sides can lapse.
    """
    return Record(heading, Kind.INTERACTION, (by,), {"outcome": Outcome.EXPIRED, "unsigned": unsigned})
