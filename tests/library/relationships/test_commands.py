"""The commands for records: anybody can verify a bundle, make a key and sign on their own device."""

from pathlib import Path

import pytest

from evenhand.__main__ import WHAT_WAS_FOUND, main
from evenhand.records import Custody, SignedRecord, sign, signing_key
from evenhand.relationships.verify import verify
from evenhand.terms.agreement import missing_signers
from evenhand.terms.chain import NOTES
from evenhand.terms.own_device import read_signature
from evenhand.terms.record import Record, Role, Side


@pytest.fixture
def file(packed: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "dealing.zip"
    path.write_bytes(packed)
    return path


def test_a_good_bundle_is_said_to_be_valid(file: Path, packed: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(file), "--digest", verify(packed).head]) == 0
    told = capsys.readouterr().out
    assert "valid. 5 records of dealing d3a1" in told


def test_a_broken_bundle_says_in_plain_words_what_is_broken(
    file: Path, packed: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(file), "--digest", "sha256:" + "0" * 64]) == 1
    assert "No record has the digest you were told" in capsys.readouterr().out
    file.write_bytes(packed.replace(b"mountain bike", b"mountain bite"))
    assert main(["verify", str(file)]) == 1
    assert "NOT VALID" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_said_not_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path / "nowhere.zip")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_every_note_is_called_a_note() -> None:
    for code, sentence in WHAT_WAS_FOUND.items():
        assert sentence.startswith("Note:") == (code in NOTES)


def test_hull_cycles_makes_a_key_and_signs_with_it(
    dealing,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],  # type: ignore[no-untyped-def]
) -> None:
    key_file, record_file = tmp_path / "hull.key", tmp_path / "record.json"
    assert main(["key", str(key_file)]) == 0
    public = capsys.readouterr().out.strip()
    assert key_file.stat().st_mode & 0o777 == 0o600
    dealing.hull_cycles = signing_key(bytes.fromhex(key_file.read_text()), custody=Custody.OWN_DEVICE)
    assert dealing.hull_cycles.public == public
    record = Record(dealing.heading(), "offer", tuple(Role), {"offer": "o2"})
    record_file.write_bytes(record.data)

    assert main(["sign", str(record_file), "--key", str(key_file)]) == 0
    told = capsys.readouterr()
    assert '"offer": "o2"' in told.err
    assert record.digest in told.err
    signed = SignedRecord(record.data).signed(read_signature(told.out.encode()), sign(record.data, key=dealing.rosa))
    assert missing_signers(signed) == ()


def test_a_key_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").write_text("dear to me")
    assert main(["key", str(tmp_path / "mine")]) == 2
    assert (tmp_path / "mine").read_text() == "dear to me"
    assert "cannot be made" in capsys.readouterr().err


def test_what_cannot_be_signed_says_why(dealing, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    record, key = tmp_path / "record.json", tmp_path / "key"
    record.write_bytes(dealing.last.data)
    key.write_text("no key")
    assert main(["sign", str(record), "--key", str(key)]) == 2
    assert "no key file" in capsys.readouterr().err
    key.write_text("00\n")
    assert main(["sign", str(record), "--key", str(key)]) == 2
    assert "no key file" in capsys.readouterr().err
    key.write_text("00" * 32)
    assert main(["sign", str(record), "--key", str(key)]) == 1
    assert "does not ask for your key" in capsys.readouterr().err
    record.write_bytes(b"{}")
    assert main(["sign", str(record), "--key", str(key)]) == 2
    assert "no record that we can read" in capsys.readouterr().err
    assert main(["sign", str(tmp_path / "nowhere"), "--key", str(key)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_sides_know_each_other() -> None:
    assert Side(Role.ASKING, "k", Custody.SERVER).role.other is Role.ANSWERING
