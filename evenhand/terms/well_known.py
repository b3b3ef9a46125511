"""What an organisation publishes at well-known addresses: the terms it accepts, and its signing key."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime

from evenhand.records import Custody, NotCanonicalError, SignedRecord, canonical, is_key, parse, read_line
from evenhand.terms.roster import Roster
from evenhand.terms.rotation import Rotation, RotationInvalidError, read_rotation, succeeds

FORMAT = 1
ACCEPTED_TERMS = "/.well-known/myterms.json"
SIGNING_KEY = "/.well-known/evenhand-key.json"


def publish_terms(
    accepts: frozenset[str], *, roster: Roster, since: datetime, page: str, text_at: str
) -> dict[str, object]:
    """The document that says which terms are accepted; ``page`` tells people, ``text_at`` begins each text's address.

    No standard fixes its shape. The names of the fields follow tinyMyTerms (agreements, effective_date, tos_url), so
    that its clients find the ids; the hash of the text is ours.
    """
    agreements = [
        {"id": terms.id, "url": text_at + terms.id, "text": terms.text_digest, "addresses": list(terms.aliases)}
        for terms in roster
        if terms.id in accepts
    ]
    return {
        "format": FORMAT,
        "effective_date": format_datetime(since),
        "agreements": agreements,
        "tos_url": page,
        "roster": {"id": roster.id, "version": roster.version},
    }


def read_accepted(document: object, *, roster: Roster) -> frozenset[str]:
    """The ids of our roster that somebody's document accepts; what is unknown or has another text is left out."""
    listed = document.get("agreements") if isinstance(document, Mapping) else None
    entries = [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []
    found = [(roster.find(str(entry.get("id", ""))), entry.get("text")) for entry in entries]
    return frozenset(terms.id for terms, text in found if terms and text in {None, terms.text_digest})


def publish_key(key: str, *, custody: Custody, rotations: Sequence[SignedRecord] = ()) -> dict[str, object]:
    """The document that says with which key an organisation signs, and which keys that one took over from."""
    return {
        "format": FORMAT,
        "key": key,
        "custody": custody,
        "rotations": [parse(one.line()) for one in rotations],
    }


def read_key(document: object, *, known: str = "") -> tuple[str, tuple[Rotation, ...]]:
    """The published key and the signed steps that led to it; raises unless they lead from the key already ``known``."""
    match document:
        case {"format": 1, "key": str(key), "custody": str(), "rotations": list(lines)} if is_key(key):
            steps = tuple(_rotation(line) for line in lines)
            if known and not succeeds(key, known, rotations=steps):
                raise RotationInvalidError(reason="key")
            return key, steps
    raise RotationInvalidError(reason="form")


def _rotation(line: object) -> Rotation:
    try:
        return read_rotation(read_line(canonical(line)))
    except NotCanonicalError as error:
        raise RotationInvalidError(reason="form") from error
