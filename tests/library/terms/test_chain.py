"""A chain can be followed by anybody, and whatever does not fit is named."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from evenhand.records import Custody, Purpose, SignedRecord, SigningKey, canonical, parse, sign, signing_key
from evenhand.terms.chain import Finding, follow
from evenhand.terms.record import Heading, Record, Role, Side, following
from evenhand.terms.rotation import Rotation, RotationInvalidError, read_rotation, rotate, succeeds

MORNING = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
NEW = signing_key(b"newk" * 8, custody=Custody.SERVER)
NEWER = signing_key(b"more" * 8, custody=Custody.SERVER)


def signed(record: Record, *keys: SigningKey) -> SignedRecord:
    return SignedRecord(record.data).signed(*(sign(record.data, key=key) for key in keys))


@pytest.fixture
def records(heading: Heading) -> list[Record]:
    first = Record(heading, "note", tuple(Role), {"said": "one"})
    second = Record(following(first, moment=MORNING + timedelta(hours=1)), "note", tuple(Role), {"under": first.digest})
    third = Record(following(second, moment=MORNING + timedelta(hours=2)), "note", (Role.ASKING,), {})
    return [first, second, third]


@pytest.fixture
def chain(records: list[Record], rosa: SigningKey, hull_cycles: SigningKey) -> list[SignedRecord]:
    first, second, third = records
    return [signed(first, rosa, hull_cycles), signed(second, rosa, hull_cycles), signed(third, rosa)]


def codes(chain: Sequence[SignedRecord], *rotations: SignedRecord) -> set[str]:
    return {finding.code for finding in follow(chain, rotations=rotations).findings}


def test_a_whole_chain_has_nothing_to_find(chain: list[SignedRecord], records: list[Record]) -> None:
    found = follow(chain)
    assert found.findings == ()
    assert found.records == tuple(records)
    assert found.head == records[-1].digest


def test_an_empty_chain_says_so() -> None:
    assert follow([]).findings == (Finding("chain_empty", {}),)
    assert follow([]).head == ""


def test_a_dropped_record_is_missed(chain: list[SignedRecord]) -> None:
    assert "chain_broken" in codes(chain[1:])
    assert "chain_broken" in codes([chain[0], chain[2]])


def test_reordered_and_doubled_records_are_found(chain: list[SignedRecord]) -> None:
    first, second, third = chain
    assert "chain_broken" in codes([second, first, third])
    assert "chain_broken" in codes([first, third, second])
    assert "chain_broken" in codes([first, first, second, third])


def test_a_record_from_another_dealing_is_found(
    records: list[Record], rosa: SigningKey, hull_cycles: SigningKey
) -> None:
    heading = replace(following(records[0], moment=MORNING), dealing="another")
    stray = Record(heading, "note", tuple(Role), {})
    chain = [signed(records[0], rosa, hull_cycles), signed(stray, rosa, hull_cycles)]
    assert codes(chain) == {"dealing_changed"}


def test_an_earlier_moment_is_only_noted(records: list[Record], rosa: SigningKey, hull_cycles: SigningKey) -> None:
    early = Record(following(records[0], moment=MORNING - timedelta(seconds=1)), "note", tuple(Role), {})
    (finding,) = follow([signed(records[0], rosa, hull_cycles), signed(early, rosa, hull_cycles)]).findings
    assert finding.code == "moment_earlier"
    assert finding.is_note


def test_a_missing_and_a_foreign_signature_are_found(records: list[Record], rosa: SigningKey) -> None:
    tom = signing_key(b"tom." * 8, custody=Custody.SERVER)
    assert codes([signed(records[0], rosa)]) == {"signature_missing"}
    assert codes([signed(records[0], rosa, tom)]) == {"signature_missing", "signature_stranger"}


def test_the_other_side_may_sign_what_it_need_not(
    chain: list[SignedRecord], records: list[Record], hull_cycles: SigningKey
) -> None:
    chain[2] = chain[2].signed(sign(records[2].data, key=hull_cycles))
    assert codes(chain) == set()


def test_bytes_that_are_no_record_are_found(chain: list[SignedRecord]) -> None:
    assert "record_malformed" in codes([chain[0], SignedRecord(b"{}"), chain[1]])


def test_a_record_may_only_refer_to_what_came_before(
    records: list[Record], rosa: SigningKey, hull_cycles: SigningKey
) -> None:
    for name in ("under", "disclosure"):
        stray = replace(records[0], body={name: "sha256:" + "0" * 64})
        assert codes([signed(stray, rosa, hull_cycles)]) == {"reference_unknown"}


def after_rotation(records: list[Record], key: SigningKey) -> Record:
    asking, _ = records[0].heading.sides
    sides = (asking, Side(Role.ANSWERING, key.public, key.custody))
    return Record(following(records[0], moment=MORNING, sides=sides), "note", tuple(Role), {})


def test_a_vendor_s_new_key_leaves_old_records_valid(
    records: list[Record], rosa: SigningKey, hull_cycles: SigningKey
) -> None:
    later = after_rotation(records, NEWER)
    chain = [signed(records[0], rosa, hull_cycles), signed(later, rosa, NEWER)]
    steps = (rotate(NEW, NEWER, moment=MORNING), rotate(hull_cycles, NEW, moment=MORNING))
    assert codes(chain, *steps) == set()
    assert codes(chain, steps[0]) == {"key_changed"}
    assert codes(chain) == {"key_changed"}


def test_the_old_key_is_worth_nothing_once_it_was_replaced(
    records: list[Record], rosa: SigningKey, hull_cycles: SigningKey
) -> None:
    later = after_rotation(records, NEW)
    back = Record(following(later, moment=MORNING, sides=records[0].heading.sides), "note", tuple(Role), {})
    chain = [signed(records[0], rosa, hull_cycles), signed(later, rosa, NEW), signed(back, rosa, hull_cycles)]
    assert codes(chain, rotate(hull_cycles, NEW, moment=MORNING)) == {"key_changed"}


def test_a_rotation_says_from_which_key_to_which(hull_cycles: SigningKey) -> None:
    made = rotate(hull_cycles, NEW, moment=MORNING)
    assert read_rotation(made) == Rotation(hull_cycles.public, NEW.public, "2026-03-01T09:30:00Z")


def test_a_rotation_that_only_one_key_signed_is_none(hull_cycles: SigningKey) -> None:
    made = rotate(hull_cycles, NEW, moment=MORNING)
    for one in made.signatures:
        assert codes_of_rotation(replace(made, signatures=(one,))) == "signature"


def codes_of_rotation(made: SignedRecord) -> str:
    with pytest.raises(RotationInvalidError) as refused:
        read_rotation(made)
    return str(refused.value.data["reason"])


def test_a_record_s_signature_is_no_rotation_s(hull_cycles: SigningKey) -> None:
    data = rotate(hull_cycles, NEW, moment=MORNING).data
    as_record = SignedRecord(data).signed(*(sign(data, key=key) for key in (hull_cycles, NEW)))
    assert codes_of_rotation(as_record) == "signature"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": 2}, "form"),
        ({"kind": "terms"}, "form"),
        ({"more": 1}, "form"),
        ({"moment": "soon"}, "form"),
        ({"new": "a key"}, "key"),
        ({"custody": "own_device"}, "signature"),
    ],
)
def test_a_rotation_of_another_shape_is_none(hull_cycles: SigningKey, changes: dict[str, object], reason: str) -> None:
    plain = parse(rotate(hull_cycles, NEW, moment=MORNING).data)
    assert isinstance(plain, dict)
    data = canonical({**plain, **changes})
    made = SignedRecord(data).signed(*(sign(data, key=key, purpose=Purpose.ROTATION) for key in (hull_cycles, NEW)))
    assert codes_of_rotation(made) == reason


def test_a_broken_rotation_is_found_and_vouches_for_nothing(chain: list[SignedRecord]) -> None:
    assert codes(chain, SignedRecord(b"{}")) == {"rotation_invalid"}


def test_keys_succeed_each_other_in_any_order_and_without_end() -> None:
    steps = [Rotation("b", "c", ""), Rotation("a", "b", ""), Rotation("c", "a", "")]
    assert succeeds("c", "a", rotations=steps)
    assert succeeds("a", "a", rotations=[])
    assert not succeeds("d", "a", rotations=steps)
