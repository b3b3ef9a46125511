"""One record on a dealing's chain: who, when, what kind, after which record, and what it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from evenhand.errors import EvenhandError
from evenhand.records import Custody, canonical, digest, is_key, parse

FORMAT = 1
"""The version of the envelope; a reader that meets another one says so instead of guessing."""
EMPTY: Mapping[str, str] = MappingProxyType({})

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
SALTED = re.compile(r"hmac-sha256:[0-9a-f]{64}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class RecordMalformedError(EvenhandError):
    """A record breaks the envelope's rules. Data: field, the one that does."""

    code = "record_malformed"


class Role(StrEnum):
    """The two sides of a dealing."""

    ASKING = "asking"
    ANSWERING = "answering"

    @property
    def other(self) -> "Role":
        """The side across the table."""
        return Role.ANSWERING if self is Role.ASKING else Role.ASKING


class Kind(StrEnum):
    """The kinds of record we write; later rooms may add kinds of their own."""

    TERMS = "terms"
    OFFER = "offer"
    RELATIONSHIP = "relationship"
    INTERACTION = "interaction"
    DISCLOSURE = "disclosure"
    REVOCATION = "revocation"


SIGNED_BY_BOTH = frozenset({Kind.TERMS, Kind.OFFER, Kind.RELATIONSHIP})
"""Kinds that bind both sides, and so are worth nothing with one signature."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dealing as records know it: a role and a key; never a name."""

    role: Role
    key: str
    custody: Custody


@dataclass(frozen=True, slots=True)
class Heading:
    """What every record begins with: which dealing, which two sides, when, and after which record.

    ``sides`` is the asking side, then the answering one; ``prev`` is the digest of record ``number`` - 1, or empty.
    """

    dealing: str
    sides: tuple[Side, Side]
    moment: datetime
    number: int = 1
    prev: str = ""

    def __post_init__(self) -> None:
        """Refuse what no reader would accept, before anybody signs it."""
        _check(ID.fullmatch(self.dealing) is not None, "dealing")
        _check(tuple(side.role for side in self.sides) == (Role.ASKING, Role.ANSWERING), "parties")
        _check(self.sides[0].key != self.sides[1].key, "parties")
        _check(all(is_key(side.key) for side in self.sides), "parties")
        _check(self.moment.tzinfo is not None, "moment")
        _check(self.number >= 1 and self.number is not True, "number")
        _check((self.prev == "") == (self.number == 1), "prev")
        _check(self.prev == "" or DIGEST.fullmatch(self.prev) is not None, "prev")


@dataclass(frozen=True, slots=True)
class Record:
    """A heading and what happened: the ``kind``, who must sign, digests of texts by name, and plain data.

    ``body`` holds ids, enums, amounts, dates and digests only; ``texts`` salted digests of words that lie elsewhere.
    """

    heading: Heading
    kind: str
    signers: tuple[Role, ...]
    body: Mapping[str, object]
    texts: Mapping[str, str] = field(default_factory=lambda: EMPTY)

    def __post_init__(self) -> None:
        """Refuse what no reader would accept, before anybody signs it."""
        _check(NAME.fullmatch(self.kind) is not None, "kind")
        _check(self.signers in {(Role.ASKING,), (Role.ANSWERING,), tuple(Role)}, "signers")
        _check(self.kind not in SIGNED_BY_BOTH or self.signers == tuple(Role), "signers")
        _check(all(NAME.fullmatch(name) and SALTED.fullmatch(value) for name, value in self.texts.items()), "texts")

    @property
    def plain(self) -> dict[str, object]:
        """The record as plain JSON data."""
        heading = self.heading
        return {
            "format": FORMAT,
            "kind": self.kind,
            "dealing": heading.dealing,
            "number": heading.number,
            "prev": heading.prev,
            "moment": written(heading.moment),
            "parties": [{"role": side.role, "key": side.key, "custody": side.custody} for side in heading.sides],
            "signers": list(self.signers),
            "texts": dict(self.texts),
            "body": dict(self.body),
        }

    @property
    def data(self) -> bytes:
        """The bytes that are signed and that both sides keep."""
        return canonical(self.plain)

    @property
    def digest(self) -> str:
        """The digest of the bytes."""
        return digest(self.data)

    def key_of(self, role: Role) -> str:
        """The key with which this side signs this record."""
        return next(side.key for side in self.heading.sides if side.role == role)


def following(previous: Record, *, moment: datetime, sides: tuple[Side, Side] | None = None) -> Heading:
    """The heading of the next record of the same dealing; ``sides`` when a key has changed since."""
    last = previous.heading
    return Heading(last.dealing, sides or last.sides, moment, number=last.number + 1, prev=previous.digest)


def written(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC to the second, such as ``2026-03-01T09:30:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_record(data: bytes) -> Record:
    """The record of canonical bytes; raises a code for anything that ``Record.data`` would not have written."""
    match parse(data):
        case {
            "format": 1,
            "kind": str(kind),
            "dealing": str(dealing),
            "number": int(number),
            "prev": str(prev),
            "moment": str(moment),
            "parties": [dict(asking), dict(answering)],
            "signers": list(signers),
            "texts": dict(texts),
            "body": dict(body),
        }:
            heading = Heading(dealing, (_side(asking), _side(answering)), _moment(moment), number, prev)
            record = Record(heading, kind, tuple(_role(one) for one in signers), body, _texts(texts))
        case _:
            raise RecordMalformedError(field="format")
    _check(record.data == data, "format")
    return record


def _side(plain: Mapping[str, object]) -> Side:
    try:
        return Side(Role(str(plain["role"])), str(plain["key"]), Custody(str(plain["custody"])))
    except (KeyError, ValueError) as error:
        raise RecordMalformedError(field="parties") from error


def _role(plain: object) -> Role:
    try:
        return Role(str(plain))
    except ValueError as error:
        raise RecordMalformedError(field="signers") from error


def _texts(plain: Mapping[str, object]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else "" for name, value in plain.items()}


def _moment(text: str) -> datetime:
    _check(MOMENT.fullmatch(text) is not None, "moment")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise RecordMalformedError(field="moment") from error


def _check(fine: bool, name: str) -> None:
    if not fine:
        raise RecordMalformedError(field=name)
