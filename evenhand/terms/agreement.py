"""Agreements: the records both sides sign when terms or an offer are accepted."""

from collections.abc import Mapping
from datetime import date

from evenhand.errors import EvenhandError
from evenhand.measures import Money
from evenhand.records import Signature, SignedRecord, is_signed_by
from evenhand.terms.record import EMPTY, Heading, Kind, Record, Role, read_record
from evenhand.terms.roster import Terms


class NotSignedByBothError(EvenhandError):
    """A record lacks the valid signature of somebody who must sign it. Data: missing, the roles."""

    code = "not_signed"


def terms_record(
    heading: Heading,
    *,
    terms: Terms,
    proffered: Terms | None = None,
    proffered_by: Role = Role.ASKING,
    until: date | None = None,
    texts: Mapping[str, str] = EMPTY,
) -> Record:
    """The record of accepted terms: their id, roster and version, and the hash of the exact text.

    ``proffered`` are the terms first named, where a counter was accepted instead; ``until`` is the last day they
    hold, none for as long as their text says.
    """
    first = proffered or terms
    body = {
        "terms": cited(terms),
        "gates": terms.gates,
        "proffered": cited(first),
        "proffered_by": proffered_by,
        "countered": first.id != terms.id,
        "until": until.isoformat() if until else "",
    }
    return Record(heading, Kind.TERMS, tuple(Role), body, texts)


def offer_record(
    heading: Heading,
    *,
    offer: str,
    under: str,
    total: Money,
    details: Mapping[str, object] | None = None,
    texts: Mapping[str, str] = EMPTY,
) -> Record:
    """The record of an accepted offer: its id, the digest of the terms it stands ``under``, and what it costs.

    ``details`` is plain data of the offers room (lines, delivery, leaving, links of the chain): ids, enums, amounts
    and dates; whatever people wrote belongs into ``texts``.
    """
    body = {"offer": offer, "under": under, "total": amount(total), "details": dict(details or {})}
    return Record(heading, Kind.OFFER, tuple(Role), body, texts)


def amount(money: Money) -> dict[str, object]:
    """Money as records write it: integer minor units and a currency."""
    return {"minor": money.minor, "currency": money.currency}


def cited(terms: Terms) -> dict[str, object]:
    """Terms as records cite them; what counts is the hash of the text."""
    return {"id": terms.id, "text": terms.text_digest, "roster": terms.roster, "version": terms.version}


def agree(record: Record, *signatures: Signature) -> SignedRecord:
    """The record with the signatures of everybody who must sign it; raises while one is missing or wrong."""
    signed = SignedRecord(record.data).signed(*signatures)
    missing = missing_signers(signed)
    if missing:
        raise NotSignedByBothError(missing=missing)
    return signed


def missing_signers(signed: SignedRecord) -> tuple[Role, ...]:
    """Who must still sign a record; a signature that is wrong or claims another custody counts for nothing."""
    record = read_record(signed.data)
    return tuple(role for role in record.signers if not _has_signed(record, role, signed))


def _has_signed(record: Record, role: Role, signed: SignedRecord) -> bool:
    side = next(side for side in record.heading.sides if side.role == role)
    return any(
        one.custody == side.custody and is_signed_by(signed.data, one, key=side.key) for one in signed.signatures
    )
