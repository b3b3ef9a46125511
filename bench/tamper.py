"""Damage a bundle byte by byte and see whether both verifiers, ours and the stand-alone one, find every change.

``python bench/tamper.py [COUNT]`` changes COUNT single bytes (100,000 by default), each in a fresh copy. Half of the
changes hit the file anywhere; the other half hit something signed, and all checksums are made to fit again.
"""

import importlib.util
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from types import ModuleType

from evenhand.measures import Money
from evenhand.records import Custody, SignedRecord, salted_digest, sign, signing_key
from evenhand.relationships.bag import bag_info, put_in_bag
from evenhand.relationships.begin import SeparationPlan, TimeBox, begin
from evenhand.relationships.bundle import Bundle, Text, pack
from evenhand.relationships.container import Container, read_container, write_container
from evenhand.relationships.verify import verify
from evenhand.terms.agreement import agree, offer_record, terms_record
from evenhand.terms.record import Heading, Record, Role, Side, following
from evenhand.terms.roster import Roster, Terms
from evenhand.terms.rotation import rotate

MORNING = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SIGNED = ("data/chain", "data/rotations", "data/terms/", "data/texts/")
SALT = bytes(range(32))
SENTENCE = "Looking for a mountain bike in Hull, 500 pounds to spend."
ROSTER = Roster.load(resources.files("evenhand.terms") / "data")


def stand_alone() -> ModuleType:
    """The verifier of the documentation, which imports nothing of ours."""
    path = Path(__file__).resolve().parent.parent / "docs" / "verify_bundle.py"
    spec = importlib.util.spec_from_file_location("verify_bundle", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sample() -> bytes:
    """A bundle with every part: a rotated key, terms, an offer, a relationship, and texts."""
    rosa = signing_key(b"rosa" * 8, custody=Custody.SERVER)
    before = signing_key(b"hull" * 8, custody=Custody.SERVER)
    after = signing_key(b"HULL" * 8, custody=Custody.OWN_DEVICE)
    sides = tuple(
        (Side(Role.ASKING, rosa.public, rosa.custody), Side(Role.ANSWERING, key.public, key.custody))
        for key in (before, after)
    )
    text = {"sentence": salted_digest(SENTENCE, SALT)}
    first = terms_record(Heading("d3a1", sides[0], MORNING), terms=known("PDC-INTENT"), texts=text)
    second = offer_record(
        following(first, moment=MORNING + timedelta(hours=1), sides=sides[1]),
        offer="o1",
        under=first.digest,
        total=Money(45000, "GBP"),
    )
    third = begin(
        following(second, moment=MORNING + timedelta(hours=2)),
        wanted_by=frozenset(Role),
        box=TimeBox(date(2026, 3, 1), date(2027, 2, 28), date(2027, 1, 31)),
        plan=SeparationPlan(30, 14, 30, ("final_invoice",)),
        terms=known("SD-BASE-DP"),
        under=second.digest,
    )

    def signed(record: Record, *keys: object) -> SignedRecord:
        return agree(record, *(sign(record.data, key=key) for key in keys))  # type: ignore[arg-type]

    bundle = Bundle(
        records=(signed(first, rosa, before), signed(second, rosa, after), signed(third, rosa, after)),
        packed_on=date(2026, 3, 2),
        texts={text["sentence"]: Text(SENTENCE, SALT)},
        terms=frozenset({known("PDC-INTENT").text, known("SD-BASE-DP").text}),
        rotations=(rotate(before, after, moment=MORNING),),
        about={"category": "mountain_bikes"},
        page="<!doctype html><title>What we agreed</title>",
    )
    return pack(bundle)


def known(name: str) -> Terms:
    """Terms that are certainly on the roster."""
    terms = ROSTER.find(name)
    assert terms is not None
    return terms


def stranger_finds(module: ModuleType) -> Callable[[bytes], bool]:
    """Whether the stand-alone verifier finds something in a bundle that it ought to."""

    def finds(data: bytes) -> bool:
        try:
            told: str = module.verify(data, [])
        except module.DAMAGE:
            return True
        return "packed anew" in told

    return finds


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The same bytes, but for one."""
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    return bytes(changed)


def damaged_with_new_checksums(data: bytes, chance: random.Random) -> bytes:
    """One byte of what was signed is changed, and whoever did it made zip and manifests fit again."""
    container = read_container(data)
    signed = [name for name in sorted(container.files) if name.startswith(SIGNED)]
    name = chance.choice(signed)
    payload = {path: content for path, content in container.files.items() if path.startswith("data/")}
    payload[name] = damaged(payload[name], chance)
    return write_container(Container(container.base, put_in_bag(payload, bag_info(container.files))))


def main(count: int) -> None:
    """Damage, check, tell."""
    data, chance, start = sample(), random.Random(6), time.perf_counter()
    stranger, missed_by_us, missed_by_it = stranger_finds(stand_alone()), 0, 0
    assert verify(data).findings == ()
    assert not stranger(data)
    for turn in range(count):
        changed = damaged(data, chance) if turn % 2 else damaged_with_new_checksums(data, chance)
        missed_by_us += not verify(changed).findings
        missed_by_it += not stranger(changed)
    seconds = time.perf_counter() - start
    print(f"{count} single-byte changes in a bundle of {len(data)} bytes, {seconds:.0f} s")
    print(f"missed by python -m evenhand verify: {missed_by_us}; missed by docs/verify_bundle.py: {missed_by_it}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
