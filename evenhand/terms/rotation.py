"""Rotation: a party's new key, vouched for by the old one; what the old one signed stays valid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from evenhand.errors import EvenhandError
from evenhand.records import Custody, Purpose, SignedRecord, SigningKey, canonical, is_key, is_signed_by, parse, sign
from evenhand.terms.record import MOMENT, written

FORMAT = 1


class RotationInvalidError(EvenhandError):
    """A rotation is not what it says. Data: reason (form, key, signature)."""

    code = "rotation_invalid"


@dataclass(frozen=True, slots=True)
class Rotation:
    """From this key on, that one; ``moment`` as records write it."""

    old: str
    new: str
    moment: str


def rotate(old: SigningKey, new: SigningKey, *, moment: datetime) -> SignedRecord:
    """The statement that ``new`` takes over from ``old``, signed by both: the one allows, the other proves it exists.

    Source: the idea of key continuity, as in RFC 5011 (DNSSEC trust anchors) and TUF's root rotation.
    """
    data = statement(old.public, new.public, custody=new.custody, moment=moment)
    return SignedRecord(data).signed(*(sign(data, key=key, purpose=Purpose.ROTATION) for key in (old, new)))


def statement(old: str, new: str, *, custody: Custody, moment: datetime) -> bytes:
    """The bytes that both keys sign; ``custody`` says who holds the new one."""
    _refuse_unless(is_key(old) and is_key(new) and old != new, "key")
    return canonical(
        {"format": FORMAT, "kind": "rotation", "old": old, "new": new, "custody": custody, "moment": written(moment)}
    )


def keys_of(data: bytes) -> tuple[str, ...]:
    """The old key and the new one of a statement, signed or not; nothing when it is no such statement."""
    match parse(data):
        case {"format": 1, "kind": "rotation", "old": str(old), "new": str(new), "custody": str(), "moment": str()}:
            return old, new
    return ()


def read_rotation(signed: SignedRecord) -> Rotation:
    """What a rotation says, once both of its signatures hold; raises otherwise."""
    match parse(signed.data):
        case {
            "format": 1,
            "kind": "rotation",
            "old": str(old),
            "new": str(new),
            "custody": str(custody),
            "moment": str(moment),
            **rest,
        } if not rest and old != new and MOMENT.fullmatch(moment):
            _refuse_unless(is_key(old) and is_key(new), "key")
            _refuse_unless(len(signed.signatures) == 2, "signature")
            _refuse_unless(all(_is_signed(signed, key) for key in (old, new)), "signature")
            _refuse_unless(any(one.key == new and one.custody == custody for one in signed.signatures), "signature")
            return Rotation(old, new, moment)
    raise RotationInvalidError(reason="form")


def succeeds(new: str, old: str, *, rotations: Iterable[Rotation]) -> bool:
    """Whether a chain of rotations leads from the ``old`` key to the ``new`` one; every key succeeds itself."""
    steps = tuple(rotations)
    reached, found = {old}, True
    while found and new not in reached:
        fresh = {step.new for step in steps if step.old in reached} - reached
        reached, found = reached | fresh, bool(fresh)
    return new in reached


def _is_signed(signed: SignedRecord, key: str) -> bool:
    return any(is_signed_by(signed.data, one, key=key, purpose=Purpose.ROTATION) for one in signed.signatures)


def _refuse_unless(fine: bool, reason: str) -> None:
    if not fine:
        raise RotationInvalidError(reason=reason)
