"""Signing on one's own device: the record comes as a file, the signature goes back as one, the key never moves."""

from evenhand.errors import EvenhandError
from evenhand.records import Custody, Purpose, Signature, canonical, parse, read_line, sign, signing_key
from evenhand.terms.record import Record, Role, read_record
from evenhand.terms.rotation import keys_of


class NotYoursToSignError(EvenhandError):
    """A record does not ask for a signature of this key, kept on its owner's device. Data: key."""

    code = "not_yours_to_sign"


def role_of(record: Record, key: str) -> Role | None:
    """The side that signs this record with this key on its own device, if any."""
    sides = (side for side in record.heading.sides if (side.key, side.custody) == (key, Custody.OWN_DEVICE))
    return next((side.role for side in sides if side.role in record.signers), None)


def sign_on_own_device(data: bytes, *, seed: bytes) -> Signature:
    """The signature of a record's bytes with one's own key; raises unless the record asks for exactly this key.

    A change of keys asks for the old and the new one, and is signed for that purpose alone.
    """
    key = signing_key(seed, custody=Custody.OWN_DEVICE)
    if key.public in keys_of(data):
        return sign(data, key=key, purpose=Purpose.ROTATION)
    if role_of(read_record(data), key.public) is None:
        raise NotYoursToSignError(key=key.public)
    return sign(data, key=key)


def write_signature(signature: Signature) -> bytes:
    """A signature as a file: one line of canonical JSON with custody, key and value."""
    return canonical({"custody": signature.custody, "key": signature.key, "value": signature.value}) + b"\n"


def read_signature(content: bytes) -> Signature:
    """The signature in such a file; whether it is right must still be checked against the record."""
    beside = canonical({"record": {}, "signatures": [parse(content.strip())]})
    return read_line(beside).signatures[0]
