"""Anybody can check a bundle, with our verifier or the stand-alone one: what does not fit is found by both."""

import importlib.util
import io
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.measures import Money
from evenhand.records import Custody, SignedRecord, digest, sign, signing_key
from evenhand.relationships.bag import bag_info, put_in_bag
from evenhand.relationships.bundle import Bundle, BundleUnfitError, BundleUnreadableError, file_path, pack, unpack
from evenhand.relationships.container import Container, read_container, write_container
from evenhand.relationships.verify import verify
from evenhand.terms.agreement import offer_record
from evenhand.terms.disclosure import agreement_revocation_record
from evenhand.terms.interaction import lapse_record
from evenhand.terms.record import Role
from evenhand.terms.rotation import rotate

ROOT = Path(__file__).resolve().parents[3]
CHAIN = "data/chain.jsonl"
SALT = bytes(range(32))
PLAN, FRAME = b"%PDF-1.4 a plan", b"\x89PNG a frame"


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def stranger() -> ModuleType:
    """The stand-alone verifier of the documentation."""
    return module(ROOT / "docs" / "verify_bundle.py")


Codes = Callable[..., set[str]]


@pytest.fixture
def codes(stranger: ModuleType) -> Codes:
    """What is broken in a bundle, having made sure that the stand-alone verifier agrees whether anything is."""

    def found(data: bytes, *expected: str) -> set[str]:
        report = verify(data, expected=expected)
        try:
            stranger.verify(data, list(expected))
            stranger_minds = False
        except stranger.DAMAGE:
            stranger_minds = True
        assert stranger_minds != report.is_valid
        return {finding.code for finding in report.findings}

    return found


def rebagged(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The bundle with some files changed or gone, all checksums made to fit again."""
    container = read_container(data)
    kept = {**container.files, **changes}
    payload = {name: content for name, content in kept.items() if name.startswith("data/") and content is not None}
    return write_container(Container(container.base, put_in_bag(payload, bag_info(container.files))))


def rewritten(data: bytes, changes: Mapping[str, bytes | None], base: str = "") -> bytes:
    """The bundle with some files changed or gone, and nothing else made to fit."""
    container = read_container(data)
    kept = {name: content for name, content in {**container.files, **changes}.items() if content is not None}
    return write_container(Container(base or container.base, kept))


def lines(data: bytes) -> list[bytes]:
    return read_container(data).files[CHAIN].splitlines(keepends=True)


def test_a_bundle_as_it_was_packed_is_valid(packed: bytes, codes: Codes) -> None:
    report = verify(packed)
    assert codes(packed) == set()
    assert report.is_valid
    assert report.dealing == "d3a1"
    assert len(report.records) == 5


def test_what_rosa_erased_is_named_and_breaks_nothing(rebuilt: Callable[..., Bundle], codes: Codes) -> None:
    data = pack(rebuilt(texts={}))
    assert codes(data) == {"text_erased"}
    assert verify(data).is_valid
    assert verify(data).erased == ("0001-sentence", "0002-words", "0003-value")


def test_any_single_changed_byte_is_found_by_both(codes: Codes, packed: bytes, stranger: ModuleType) -> None:
    chance = random.Random(6)  # noqa: S311  # Invented damage, no secret.
    tamper = module(ROOT / "bench" / "tamper.py")
    finds = tamper.stranger_finds(stranger)
    for turn in range(1_000):
        changed = (tamper.damaged if turn % 2 else tamper.damaged_with_new_checksums)(packed, chance)
        assert verify(changed).findings
        assert finds(changed)


def test_a_rotated_key_is_followed_by_both(bundle: Bundle, rebuilt: Callable[..., Bundle], codes: Codes) -> None:
    tamper = module(ROOT / "bench" / "tamper.py")
    data = tamper.sample()
    assert codes(data) == set()
    without = unpack(data)
    assert codes(pack(replace(without, rotations=()))) == {"key_changed"}
    half = tuple(replace(one, signatures=one.signatures[:1]) for one in without.rotations)
    assert codes(pack(replace(without, rotations=half))) == {"rotation_invalid", "key_changed"}


def test_dropped_records_are_missed(packed: bytes, codes: Codes) -> None:
    for gone in range(len(lines(packed))):
        kept = [line for place, line in enumerate(lines(packed)) if place != gone]
        assert codes(rebagged(packed, {CHAIN: b"".join(kept)})) & {"chain_broken", "chain_cut"}


def test_reordered_records_are_found(packed: bytes, codes: Codes) -> None:
    chance = random.Random(7)  # noqa: S311  # Invented damage, no secret.
    for _ in range(20):
        shuffled = lines(packed)
        chance.shuffle(shuffled)
        if shuffled != lines(packed):
            assert "chain_broken" in codes(rebagged(packed, {CHAIN: b"".join(shuffled)}))


def test_a_doubled_record_is_found(packed: bytes, codes: Codes) -> None:
    assert "chain_broken" in codes(rebagged(packed, {CHAIN: b"".join([*lines(packed), lines(packed)[-1]])}))


def test_a_chain_cut_off_with_every_trace_removed_needs_the_digest_that_rosa_was_told(
    bundle: Bundle, rebuilt: Callable[..., Bundle], packed: bytes, codes: Codes
) -> None:
    head = verify(packed).head
    assert codes(packed, head) == set()
    cut = pack(rebuilt(records=bundle.records[:-1]))
    assert codes(cut) == set()
    assert codes(cut, head) == {"digest_not_found"}


def test_a_line_cut_in_the_middle_is_found(packed: bytes, codes: Codes) -> None:
    whole = read_container(packed).files[CHAIN]
    assert codes(rebagged(packed, {CHAIN: whole[:-1]})) & {"bundle_unreadable", "not_canonical"}
    assert codes(rebagged(packed, {CHAIN: whole[:-40] + b"\n"})) == {"not_canonical"}


def test_a_chain_without_end_is_not_followed(packed: bytes) -> None:
    report = verify(rebagged(packed, {CHAIN: b"{}\n" * 10_001}))
    assert [finding.code for finding in report.findings] == ["bundle_unreadable"]


def test_an_empty_chain_is_found(packed: bytes, codes: Codes) -> None:
    assert codes(rebagged(packed, {CHAIN: b""})) >= {"chain_empty", "chain_cut"}


def test_an_unsigned_record_is_found(bundle: Bundle, rebuilt: Callable[..., Bundle], codes: Codes) -> None:
    bare = tuple(replace(one, signatures=()) for one in bundle.records)
    assert codes(pack(rebuilt(records=bare))) == {"signature_missing"}


def test_a_signature_that_never_came_breaks_nothing_once_a_record_says_so(
    dealing,  # type: ignore[no-untyped-def]
    rebuilt: Callable[..., Bundle],
    codes: Codes,
) -> None:
    agreed = dealing.records[1]
    half = replace(agreed, signatures=tuple(one for one in agreed.signatures if one.key == dealing.rosa.public))
    dealing.add(lapse_record(dealing.heading(), unsigned=agreed.digest, by=Role.ASKING))
    chain = [dealing.records[0], half, *dealing.records[2:]]
    data = pack(rebuilt(records=tuple(chain)))
    assert codes(data) == {"signature_lapsed"}
    assert verify(data).is_valid
    assert codes(pack(rebuilt(records=tuple(chain[:-1])))) == {"signature_missing"}
    unsaid = [*chain[:-1], replace(chain[-1], signatures=())]
    assert codes(pack(rebuilt(records=tuple(unsaid)))) == {"signature_lapsed", "signature_missing"}


def test_only_what_binds_both_can_lapse(dealing, rebuilt: Callable[..., Bundle], codes: Codes) -> None:  # type: ignore[no-untyped-def]
    given = dealing.records[2]
    dealing.add(lapse_record(dealing.heading(), unsigned=given.digest, by=Role.ANSWERING))
    dealing.records[2] = replace(given, signatures=())
    assert codes(pack(rebuilt(records=tuple(dealing.records)))) == {"signature_missing"}


def test_a_lapse_of_nothing_that_is_there_is_found(dealing, rebuilt: Callable[..., Bundle], codes: Codes) -> None:  # type: ignore[no-untyped-def]
    dealing.add(lapse_record(dealing.heading(), unsigned="sha256:" + "0" * 64, by=Role.ASKING))
    assert codes(pack(rebuilt(records=tuple(dealing.records)))) == {"reference_unknown"}


def test_a_whole_agreement_taken_back_names_it_and_stays_valid(
    dealing,  # type: ignore[no-untyped-def]
    rebuilt: Callable[..., Bundle],
    codes: Codes,
) -> None:
    dealing.add(agreement_revocation_record(dealing.heading(), agreement=dealing.records[0].digest))
    assert codes(pack(rebuilt(records=tuple(dealing.records)))) == set()
    dealing.add(agreement_revocation_record(dealing.heading(), agreement="sha256:" + "0" * 64))
    assert codes(pack(rebuilt(records=tuple(dealing.records)))) == {"reference_unknown"}


def with_files(dealing, rebuilt: Callable[..., Bundle], *kept: bytes) -> Bundle:  # type: ignore[no-untyped-def]
    """A bundle in which an offer with a plan and a picture was accepted, with some of the two still there."""
    details = {"attachments": sorted(map(digest, (PLAN, FRAME)))}
    offer = offer_record(
        dealing.heading(), offer="o2", under=dealing.records[0].digest, total=Money(1, "GBP"), details=details
    )
    dealing.add(offer)
    return rebuilt(records=tuple(dealing.records), files=frozenset(kept))


def test_the_files_of_an_offer_lie_in_the_bundle_as_they_were_signed(
    dealing,  # type: ignore[no-untyped-def]
    rebuilt: Callable[..., Bundle],
    codes: Codes,
) -> None:
    data = pack(with_files(dealing, rebuilt, PLAN, FRAME))
    assert codes(data) == set()
    assert unpack(data).files == {PLAN, FRAME}
    lie_at = sorted(name for name in read_container(data).files if name.startswith("data/files/"))
    assert [name.partition(".")[2] for name in lie_at] == [file_path(one).partition(".")[2] for one in ordered()]
    assert codes(rebagged(data, {file_path(PLAN): b"%PDF another"})) == {"attachment_changed"}
    assert codes(rebagged(data, {"data/files/" + "0" * 64 + ".pdf": PLAN})) == {"attachment_unknown"}
    assert codes(rebagged(data, {file_path(PLAN): None})) == {"attachment_erased"}
    elsewhere = {file_path(PLAN): None, file_path(PLAN).replace(".pdf", ".exe"): PLAN}
    assert codes(rebagged(data, elsewhere)) == {"container_rewritten"}


def ordered() -> list[bytes]:
    """The two files by their digest."""
    return sorted((PLAN, FRAME), key=digest)


def test_a_file_that_no_record_names_is_not_packed(bundle: Bundle) -> None:
    with pytest.raises(BundleUnfitError):
        pack(replace(bundle, files=frozenset({PLAN})))


def test_tom_s_signature_is_found(bundle: Bundle, rebuilt: Callable[..., Bundle], codes: Codes) -> None:
    tom = signing_key(b"tom." * 8, custody=Custody.SERVER)
    first, *rest = bundle.records
    data = pack(rebuilt(records=(first.signed(sign(first.data, key=tom)), *rest)))
    assert codes(data) == {"signature_stranger"}


def test_a_forged_record_at_the_end_is_found(dealing, rebuilt: Callable[..., Bundle], codes: Codes) -> None:  # type: ignore[no-untyped-def]
    tom = signing_key(b"tom." * 8, custody=Custody.OWN_DEVICE)
    dealing.hull_cycles = tom
    dealing.add(replace(dealing.last, heading=dealing.heading(), signers=(Role.ANSWERING,)))
    assert codes(pack(rebuilt(records=tuple(dealing.records)))) == {"key_changed"}


def test_a_new_key_that_the_old_one_vouched_for_is_fine(dealing, rebuilt: Callable[..., Bundle], codes: Codes) -> None:  # type: ignore[no-untyped-def]
    old, new = dealing.hull_cycles, signing_key(b"newk" * 8, custody=Custody.SERVER)
    dealing.hull_cycles = new
    dealing.add(replace(dealing.last, heading=dealing.heading(), signers=(Role.ANSWERING,)))
    step = rotate(old, new, moment=dealing.heading().moment)
    data = pack(rebuilt(records=tuple(dealing.records), rotations=(step,)))
    assert codes(data) == set()
    assert unpack(data).rotations == (step,)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"data/texts/0001-sentence.txt": b"Looking for a car."}, {"text_changed"}),
        ({"data/texts/0001-sentence.salt": b"00" * 32 + b"\n"}, {"text_changed"}),
        ({"data/texts/0001-sentence.salt": b"00\n"}, {"text_changed"}),
        ({"data/texts/0001-sentence.salt": SALT.hex().upper().encode() + b"\n"}, {"text_changed"}),
        ({"data/texts/0001-sentence.salt": SALT.hex().encode()}, {"text_changed"}),
        ({"data/texts/0001-sentence.salt": b"salt"}, {"text_changed"}),
        ({"data/texts/0001-sentence.salt": None}, {"text_half_erased"}),
        ({"data/texts/0001-sentence.txt": None}, {"text_half_erased"}),
        ({"data/texts/0009-sentence.txt": b"We never said this."}, {"text_unknown"}),
        ({"data/terms/" + "0" * 64 + ".txt": b"Give me all."}, {"terms_unknown"}),
        ({"data/dealing.json": b"[]"}, {"bundle_unreadable"}),
        ({"data/dealing.json": b"{ }"}, {"not_canonical"}),
        ({"data/dealing.json": None}, {"bundle_unreadable"}),
        ({"data/readme.html": None}, {"bundle_unreadable"}),
        ({CHAIN: None}, {"bundle_unreadable"}),
        ({CHAIN: b"{}\n"}, {"not_canonical"}),
        ({CHAIN: b'{"record":{},"signatures":[]}\n'}, {"record_malformed"}),
        ({"data/rotations.jsonl": b'{"record":{},"signatures":[]}\n'}, {"rotation_invalid"}),
        ({"data/terms.txt": b"hello"}, {"file_unknown"}),
    ],
)
def test_what_was_changed_with_care_is_found_all_the_same(
    packed: bytes, codes: Codes, changes: Mapping[str, bytes | None], expected: set[str]
) -> None:
    assert codes(rebagged(packed, changes)) == expected


def test_half_a_character_in_a_text_is_found(packed: bytes) -> None:
    report = verify(rebagged(packed, {"data/texts/0001-sentence.txt": b"\xff"}))
    assert [finding.code for finding in report.findings] == ["bundle_unreadable"]


def test_terms_must_be_there_and_must_be_those_that_were_signed(packed: bytes, codes: Codes) -> None:
    terms = [name for name in read_container(packed).files if name.startswith("data/terms/")]
    for name in terms:
        assert codes(rebagged(packed, {name: None})) == {"terms_missing"}
        assert codes(rebagged(packed, {name: b"Anything goes.\n"})) == {"terms_changed"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"bagit.txt": b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"}, {"not_a_bag"}),
        ({"manifest-sha256.txt": None}, {"not_a_bag"}),
        ({"manifest-sha256.txt": b"nonsense\n"}, {"manifest_malformed", "file_unlisted", "file_changed"}),
        ({"tagmanifest-sha256.txt": b"no end"}, {"manifest_malformed", "file_unlisted"}),
        ({"bag-info.txt": b"Payload-Oxum: 1.1\n"}, {"bundle_unreadable", "bag_count", "file_changed"}),
        ({"data/readme.html": None}, {"bundle_unreadable", "bag_count", "file_missing"}),
        ({"data/readme.html": b"<p>changed</p>"}, {"file_changed", "bag_count"}),
        ({"data/more.txt": b"?"}, {"file_unlisted", "bag_count", "file_unknown"}),
        ({"more.txt": b"?"}, {"file_unlisted"}),
    ],
)
def test_a_bag_whose_lists_do_not_fit_is_found(
    packed: bytes, codes: Codes, changes: Mapping[str, bytes | None], expected: set[str]
) -> None:
    assert codes(rewritten(packed, changes)) == expected


def test_a_bundle_that_somebody_packed_anew_is_valid_and_said_to_be(packed: bytes, codes: Codes) -> None:
    container, buffer = read_container(packed), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir(container.base)
        for name, content in container.files.items():
            archive.writestr(f"{container.base}/{name}", content)
    assert codes(buffer.getvalue()) == {"container_rewritten"}
    assert unpack(buffer.getvalue()) == unpack(packed)


def zipped(*entries: tuple[str, bytes], packing: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


HOSTILE = {
    "nothing": b"",
    "no zip": b"hello" * 100,
    "an empty zip": zipped(),
    "only a folder": zipped(("base/", b"")),
    "a path upwards": zipped(("base/../../etc/passwd", b"root")),
    "an absolute path": zipped(("/etc/passwd", b"root")),
    "a path of another system": zipped(("base\\data\\x", b"")),
    "two bases": zipped(("one/bagit.txt", b""), ("two/bagit.txt", b"")),
    "a base with dots": zipped(("../bagit.txt", b"")),
    "a name with letters that look alike": zipped(("base/data/ch\u0430in.jsonl", b"")),
    "another way of packing": zipped(("base/bagit.txt", b"a" * 100), packing=zipfile.ZIP_LZMA),
    "a bomb": zipped(("base/bagit.txt", bytes(70_000_000)), packing=zipfile.ZIP_DEFLATED),
    "too many files": zipped(*((f"base/data/{number}", b"") for number in range(10_001))),
    "a comment": zipped(("base/bagit.txt", b""))[:-2] + b"\x01\x00x",
    "a larger kind of zip": zipped(("base/bagit.txt", b""))[:-22] + b"PK\x06\x07" + bytes(16) + zipped()[-22:],
    "a directory said to be huge": zipped(("base/bagit.txt", b""))[:-12] + b"\x01\x00\xff\xff\xff\x7f" + bytes(6),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_without_harm(name: str, codes: Codes) -> None:
    found = codes(HOSTILE[name])
    assert found & {"container_unreadable", "not_a_bag"}
    with pytest.raises((BundleUnreadableError, Exception)):
        unpack(HOSTILE[name])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(packed: bytes, codes: Codes) -> None:
    container = read_container(packed)
    entries = [(f"{container.base}/{name}", content) for name, content in container.files.items()]
    assert codes(zipped(*entries, entries[0])) == {"container_unreadable"}


def test_a_locked_file_is_refused(packed: bytes, codes: Codes) -> None:
    locked = bytearray(packed)
    locked[6] |= 1
    directory = struct.unpack("<L", packed[-6:-2])[0]
    locked[directory + 8] |= 1
    assert codes(bytes(locked)) == {"container_unreadable"}


def test_a_file_too_large_to_be_a_bundle_is_not_even_opened(codes: Codes) -> None:
    assert codes(bytes(64 * 1024 * 1024 + 1)) == {"container_unreadable"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.binary(max_size=300))
def test_no_bytes_make_a_verifier_stumble(codes: Codes, data: bytes) -> None:
    assert codes(data)
    assert codes(zipped(("base/bagit.txt", data)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(place=st.integers(0, 4), at=st.integers(0, 10**6), piece=st.binary(max_size=12), gone=st.integers(0, 12))
def test_no_change_inside_the_chain_makes_a_verifier_stumble(
    packed: bytes, codes: Codes, place: int, at: int, piece: bytes, gone: int
) -> None:
    changed = lines(packed)
    line = changed[place]
    at %= len(line)
    changed[place] = line[:at] + piece + line[at + gone :]
    if changed != lines(packed):
        assert codes(rebagged(packed, {CHAIN: b"".join(changed)}))


def test_the_stand_alone_verifier_is_short_and_needs_none_of_our_code(packed: bytes, tmp_path: Path) -> None:
    source = (ROOT / "docs" / "verify_bundle.py").read_text()
    assert len(source.splitlines()) <= 200
    assert "import evenhand" not in source
    assert "from evenhand" not in source
    (tmp_path / "verify_bundle.py").write_text(source)
    (tmp_path / "good.zip").write_bytes(packed)
    (tmp_path / "bad.zip").write_bytes(packed[:-1])
    assert ran(tmp_path, "good.zip") == (0, True)
    assert ran(tmp_path, "good.zip", verify(packed).head) == (0, True)
    assert ran(tmp_path, "good.zip", "bad.zip") == (1, False)
    assert ran(tmp_path, "good.zip", "sha256:" + "0" * 64) == (1, False)
    assert ran(tmp_path, "nowhere.zip") == (2, False)
    assert ran(tmp_path) == (2, True)


def ran(folder: Path, *arguments: str) -> tuple[int, bool]:
    command = [sys.executable, "-I", "verify_bundle.py", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, "NOT VALID" not in done.stdout and "cannot be read" not in done.stdout


def test_a_record_of_no_shape_at_all_is_no_bundle(bundle: Bundle, rebuilt: Callable[..., Bundle]) -> None:
    with pytest.raises(Exception, match="record_malformed"):
        pack(rebuilt(records=(SignedRecord(b"{}"),)))
