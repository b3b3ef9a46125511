"""Records: the one byte form of a value, its digest, and signatures that say who holds the key."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evenhand.errors import EvenhandError

DEEPEST = 24
"""Levels of nesting that a record may have; deeper ones are an attack rather than a record."""
LARGEST_INTEGER = 2**53 - 1
"""What every JSON reader takes exactly. Source: RFC 8785 section 3.2.2.3 (IEEE 754 doubles)."""
SEED_BYTES = 32
MOST_SIGNATURES = 4
"""Beside one record; two sides sign it, and nobody should make us check thousands."""
SALT_BYTES = range(16, 65)
"""At least 128 bits of chance; at most the block of SHA-256, beyond which HMAC hashes the key first."""

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_MULTICODEC = b"\xed\x01"
FIELD_PRIME = 2**255 - 19
WEAK_Y = frozenset(
    {
        0,
        1,
        FIELD_PRIME - 1,
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    }
)
"""The y of the eight points of small order on Curve25519: under such a key one signature fits every message."""


class NotCanonicalError(EvenhandError):
    """A value has no canonical form. Data: reason (float, key, type, integer, text, depth, bytes) and at, its path."""

    code = "not_canonical"


class WeakSaltError(EvenhandError):
    """A salt is too short to hide anything, or too long for HMAC. Data: bytes."""

    code = "weak_salt"


class BadKeyError(EvenhandError):
    """A key is no Ed25519 key that can be trusted. Data: reason (form, weak, seed)."""

    code = "bad_key"


class Custody(StrEnum):
    """Who holds a signing key."""

    SERVER = "server"
    OWN_DEVICE = "own_device"
    ONE_TIME_LINK = "one_time_link"


class Purpose(StrEnum):
    """What a signature is for; one made for one purpose is worth nothing for another."""

    RECORD = "record"
    ROTATION = "rotation"


def canonical(value: object) -> bytes:
    """The one byte form of a plain value: RFC 8785 without floats, for which use integers or decimal strings."""
    _refuse_what_differs(value, at="", depth=DEEPEST)
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]  # Checked just above.
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise NotCanonicalError(reason="text", at="") from error


def parse(data: bytes) -> object:
    """The value of canonical bytes; any other bytes, also other spellings of the same value, are refused."""
    try:
        value: object = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError(reason="bytes", at="") from error
    if canonical(value) != data:
        raise NotCanonicalError(reason="bytes", at="")
    return value


def _refuse_what_differs(value: object, *, at: str, depth: int) -> None:
    if isinstance(value, str | bool) or value is None:
        return
    if isinstance(value, int):
        _refuse_unless(abs(value) <= LARGEST_INTEGER, reason="integer", at=at)
        return
    _refuse_unless(depth > 0, reason="depth", at=at)
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _refuse_unless(isinstance(name, str), reason="key", at=at)
            _refuse_what_differs(inner, at=f"{at}/{name}", depth=depth - 1)
    elif isinstance(value, list | tuple):
        for position, inner in enumerate(value):
            _refuse_what_differs(inner, at=f"{at}/{position}", depth=depth - 1)
    else:
        raise NotCanonicalError(reason="float" if isinstance(value, float) else "type", at=at)


def _refuse_unless(fine: bool, *, reason: str, at: str) -> None:
    if not fine:
        raise NotCanonicalError(reason=reason, at=at)


def digest(data: bytes) -> str:
    """SHA-256 of the bytes as ``sha256:<64 hex digits>``."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def salted_digest(text: str, salt: bytes) -> str:
    """A digest of a text that says nothing about it to whoever lacks the salt: ``hmac-sha256:<64 hex digits>``.

    HMAC-SHA256 with the salt as key and the text's UTF-8 bytes as message. Whoever has text and salt can check it;
    once both are erased nobody can tell a right guess from a wrong one. Sources: RFC 2104, FIPS 198-1.
    """
    if len(salt) not in SALT_BYTES:
        raise WeakSaltError(bytes=len(salt))
    return "hmac-sha256:" + hmac.digest(salt, _utf8(text), "sha256").hex()


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonicalError(reason="text", at="") from error


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and who holds it; ``public`` is its did:key, which is also its id."""

    public: str
    custody: Custody
    private: Ed25519PrivateKey = field(repr=False, compare=False)


def signing_key(seed: bytes, *, custody: Custody) -> SigningKey:
    """The key that 32 random bytes stand for; the same bytes always give the same key (RFC 8032)."""
    if len(seed) != SEED_BYTES:
        raise BadKeyError(reason="seed")
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return SigningKey(public=_did_key(private.public_key().public_bytes_raw()), custody=custody, private=private)


@dataclass(frozen=True, slots=True, order=True)
class Signature:
    """A detached Ed25519 signature: the did:key that made it, who holds that key, and 64 bytes in base64url."""

    key: str
    custody: Custody
    value: str


def sign(data: bytes, *, key: SigningKey, purpose: Purpose = Purpose.RECORD) -> Signature:
    """Sign the bytes for one purpose; custody is signed along, so nobody can claim another one later."""
    made = key.private.sign(message_to_sign(data, custody=key.custody, purpose=purpose))
    return Signature(key=key.public, custody=key.custody, value=_base64url(made))


def is_signed_by(data: bytes, signature: Signature, *, key: str, purpose: Purpose = Purpose.RECORD) -> bool:
    """Whether this signature over these bytes was made by this did:key; never raises."""
    if signature.key != key:
        return False
    message = message_to_sign(data, custody=signature.custody, purpose=purpose)
    try:
        Ed25519PublicKey.from_public_bytes(public_bytes(key)).verify(_from_base64url(signature.value), message)
    except (BadKeyError, InvalidSignature, ValueError):
        return False
    return True


def message_to_sign(data: bytes, *, custody: Custody, purpose: Purpose = Purpose.RECORD) -> bytes:
    """What a key really signs: three lines (Evenhand, the purpose, the custody), then the bytes themselves."""
    return f"evenhand-signature-1\n{purpose}\n{custody}\n".encode() + data


def public_bytes(key: str) -> bytes:
    """The 32 bytes of a did:key for Ed25519; raises for any other text and for keys under which all would verify.

    Source: the did:key method, https://w3c-ccg.github.io/did-key-spec/ (multicodec ed25519-pub, base58btc).
    """
    number = 0
    for letter in key.removeprefix("did:key:z")[:64]:
        number = number * 58 + BASE58.find(letter)
    raw = number.to_bytes(64, "big")[-SEED_BYTES:] if 0 <= number < 1 << 512 else b""
    if len(raw) != SEED_BYTES or _did_key(raw) != key:
        raise BadKeyError(reason="form")
    y = int.from_bytes(raw, "little") & ((1 << 255) - 1)
    if y >= FIELD_PRIME or y in WEAK_Y:
        raise BadKeyError(reason="weak")
    return raw


def is_key(key: str) -> bool:
    """Whether a text is the did:key of an Ed25519 key that can be trusted; never raises."""
    try:
        return bool(public_bytes(key))
    except BadKeyError:
        return False


def _did_key(raw: bytes) -> str:
    number, letters = int.from_bytes(ED25519_MULTICODEC + raw, "big"), ""
    while number:
        number, place = divmod(number, 58)
        letters = BASE58[place] + letters
    return f"did:key:z{letters}"


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def _from_base64url(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _base64url(data) != text:
        raise ValueError(text)  # Two spellings of one signature would let a changed byte pass unseen.
    return data


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """Canonical bytes and the signatures beside them; both sides hold the same bytes and so the same digest."""

    data: bytes
    signatures: tuple[Signature, ...] = ()

    @property
    def digest(self) -> str:
        """The digest both sides are told, and that the next record of the chain cites."""
        return digest(self.data)

    def signed(self, *signatures: Signature) -> "SignedRecord":
        """The same record with more signatures, each once, in the order of their keys."""
        return SignedRecord(self.data, tuple(sorted({*self.signatures, *signatures})))

    def line(self) -> bytes:
        """One line of a chain file: canonical JSON in which the record's own bytes stand unchanged."""
        beside = [{"custody": one.custody, "key": one.key, "value": one.value} for one in self.signatures]
        return canonical({"record": parse(self.data), "signatures": beside})


def read_line(line: bytes) -> SignedRecord:
    """The signed record of one line of a chain file; raises when the line is not exactly what ``line`` writes."""
    match parse(line):
        case {"record": dict() as record, "signatures": list() as beside, **rest} if not rest:
            return SignedRecord(canonical(record), _signatures(beside))
    raise NotCanonicalError(reason="type", at="")


def _signatures(beside: Sequence[object]) -> tuple[Signature, ...]:
    found = []
    for one in beside:
        match one:
            case {"custody": str(custody), "key": str(key), "value": str(value), **rest} if not rest:
                found.append(Signature(key, _custody(custody), value))
            case _:
                raise NotCanonicalError(reason="type", at="/signatures")
    if found != sorted(set(found)) or len(found) > MOST_SIGNATURES:
        raise NotCanonicalError(reason="type", at="/signatures")
    return tuple(found)


def _custody(text: str) -> Custody:
    try:
        return Custody(text)
    except ValueError as error:
        raise NotCanonicalError(reason="type", at="/signatures/custody") from error
