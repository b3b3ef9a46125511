"""The chain: a dealing's records in their order, each citing the one before; what is broken is found and named."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from evenhand.errors import EvenhandError
from evenhand.records import SignedRecord, is_signed_by
from evenhand.terms.agreement import missing_signers
from evenhand.terms.record import SIGNED_BY_BOTH, Record, read_record
from evenhand.terms.rotation import Rotation, read_rotation, succeeds

NOTES = frozenset(
    {"text_erased", "attachment_erased", "moment_earlier", "container_rewritten", "file_unknown", "signature_lapsed"}
)
"""Findings that are worth telling but break nothing."""
REFERENCES = ("under", "disclosure", "agreement", "unsigned")
"""The fields of a body that name an earlier record by its digest."""


class Finding(NamedTuple):
    """Something found when checking: a code, and the data that says where."""

    code: str
    data: dict[str, object]

    @property
    def is_note(self) -> bool:
        """Worth telling, but nothing is broken."""
        return self.code in NOTES


@dataclass(frozen=True, slots=True)
class Chain:
    """What was read of a chain: its readable records and everything found wrong on the way."""

    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    digests: tuple[str, ...] = field(default=())

    @property
    def head(self) -> str:
        """The digest of the last record, or nothing."""
        return self.digests[-1] if self.digests else ""


def follow(signed: Sequence[SignedRecord], *, rotations: Iterable[SignedRecord] = ()) -> Chain:
    """Follow a chain from its first record, checking every link and every signature; never raises.

    Findings: chain_empty, record_malformed, chain_broken (number or prev), dealing_changed, signature_missing,
    signature_stranger, key_changed, reference_unknown, rotation_invalid; moment_earlier is a note, and so is
    signature_lapsed: a record that binds both was never signed, and a later one says that it binds nobody.
    """
    steps, findings = _rotations(rotations)
    records: list[Record] = []
    digests: list[str] = []
    for position, one in enumerate(signed, start=1):
        try:
            record = read_record(one.data)
        except EvenhandError as error:
            findings.append(Finding("record_malformed", {"record": position, **error.data}))
        else:
            found = _check(record, one, position=position, before=records, digests=digests, rotations=steps)
            findings.extend(found)
            records.append(record)
        digests.append(one.digest)
    if not signed:
        findings.append(Finding("chain_empty", {}))
    lapsed = _lapsed(records, digests)
    return Chain(tuple(records), tuple(_as_lapsed(one, lapsed) for one in findings), tuple(digests))


def _lapsed(records: Sequence[Record], digests: Sequence[str]) -> frozenset[object]:
    """The places of the records that a later one says were not signed in time."""
    unsigned = {str(one.body["unsigned"]) for one in records if "unsigned" in one.body}
    binding = {one.digest for one in records if one.kind in SIGNED_BY_BOTH}
    return frozenset(place for place, one in enumerate(digests, start=1) if one in unsigned & binding)


def _as_lapsed(finding: Finding, lapsed: frozenset[object]) -> Finding:
    """That a signature is missing breaks nothing where a later record says so."""
    is_said = finding.code == "signature_missing" and finding.data["record"] in lapsed
    return Finding("signature_lapsed", finding.data) if is_said else finding


def _rotations(signed: Iterable[SignedRecord]) -> tuple[list[Rotation], list[Finding]]:
    steps: list[Rotation] = []
    findings: list[Finding] = []
    for position, one in enumerate(signed, start=1):
        try:
            steps.append(read_rotation(one))
        except EvenhandError as error:
            findings.append(Finding("rotation_invalid", {"rotation": position, **error.data}))
    return steps, findings


def _check(
    record: Record,
    signed: SignedRecord,
    *,
    position: int,
    before: Sequence[Record],
    digests: Sequence[str],
    rotations: Sequence[Rotation],
) -> Iterator[Finding]:
    yield from _check_link(record, position, digests)
    if before:
        yield from _check_continuity(record, before[-1], position, rotations)
    for role in missing_signers(signed):
        yield Finding("signature_missing", {"record": position, "role": str(role)})
    for signature in signed.signatures:
        sides = (side for side in record.heading.sides if side.custody == signature.custody)
        if not any(is_signed_by(signed.data, signature, key=side.key) for side in sides):
            yield Finding("signature_stranger", {"record": position, "key": signature.key})
    for name in REFERENCES:
        if name in record.body and record.body[name] not in digests:
            yield Finding("reference_unknown", {"record": position, "field": name})


def _check_link(record: Record, position: int, digests: Sequence[str]) -> Iterator[Finding]:
    if record.heading.number != position:
        yield Finding("chain_broken", {"record": position, "field": "number"})
    if record.heading.prev != (digests[-1] if digests else ""):
        yield Finding("chain_broken", {"record": position, "field": "prev"})


def _check_continuity(record: Record, last: Record, position: int, rotations: Sequence[Rotation]) -> Iterator[Finding]:
    if record.heading.dealing != last.heading.dealing:
        yield Finding("dealing_changed", {"record": position})
    if record.heading.moment < last.heading.moment:
        yield Finding("moment_earlier", {"record": position})
    for side in record.heading.sides:
        if not succeeds(side.key, last.key_of(side.role), rotations=rotations):
            yield Finding("key_changed", {"record": position, "role": str(side.role)})
