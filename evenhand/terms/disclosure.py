"""Disclosures: one field of identity given under one agreement, and taken back."""

from datetime import date

from evenhand.terms.record import Heading, Kind, Record, Role


def disclosure_record(
    heading: Heading, *, field: str, value: str, under: str, by: Role = Role.ASKING, until: date | None = None
) -> Record:
    """The record that ``by`` gave one ``field`` to the other side under the agreement with digest ``under``.

    ``value`` is the salted digest of what was given; the words themselves lie beside the record and can be erased.
    """
    body = {"field": field, "to": by.other, "under": under, "until": until.isoformat() if until else ""}
    return Record(heading, Kind.DISCLOSURE, (by,), body, {"value": value})


def revocation_record(heading: Heading, *, disclosure: str, by: Role = Role.ASKING) -> Record:
    """The record that ``by`` took back what the record with digest ``disclosure`` had given."""
    return Record(heading, Kind.REVOCATION, (by,), {"disclosure": disclosure, "to": by.other})


def agreement_revocation_record(heading: Heading, *, agreement: str, by: Role = Role.ASKING) -> Record:
    """The record that ``by`` took back the terms that the record with digest ``agreement`` had granted the other."""
    return Record(heading, Kind.REVOCATION, (by,), {"agreement": agreement, "to": by.other})
