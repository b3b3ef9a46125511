"""Anybody can check a bundle: what does not fit is found, and what was erased is only missing."""

import random
from collections.abc import Callable

from evenhand.relationships.bundle import Bundle, pack
from evenhand.relationships.verify import verify


def test_a_bundle_as_it_was_packed_is_valid(packed: bytes) -> None:
    report = verify(packed)
    assert report.findings == ()
    assert report.is_valid
    assert report.dealing == "d3a1"
    assert len(report.records) == 5


def test_what_rosa_erased_is_named_and_breaks_nothing(rebuilt: Callable[..., Bundle]) -> None:
    report = verify(pack(rebuilt(texts={})))
    assert report.is_valid
    assert report.erased == ("0001-sentence", "0002-words", "0003-value")


def test_any_single_changed_byte_is_found(packed: bytes) -> None:
    chance = random.Random(6)  # noqa: S311  # Invented damage, no secret.
    for _ in range(500):
        changed = bytearray(packed)
        changed[chance.randrange(len(packed))] ^= chance.randrange(1, 256)
        assert verify(bytes(changed)).findings


def test_a_digest_that_rosa_was_told_must_be_in_the_chain(packed: bytes) -> None:
    head = verify(packed).head
    assert verify(packed, expected=[head]).is_valid
    found = verify(packed, expected=["sha256:" + "0" * 64]).findings
    assert [finding.code for finding in found] == ["digest_not_found"]
