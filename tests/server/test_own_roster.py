"""An operator adds terms of their own; nobody mints what belongs to a standard, and a mistake is told at the start."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

TEXT = "You may look after the village hall, and nothing else.\n"


def write(folder: Path, name: str, *, digest: str = "") -> None:
    """A roster with one entry."""
    (folder / "roster").mkdir()
    (folder / "roster" / "hall.txt").write_text(TEXT)
    entry = {
        "id": name,
        "title": "The village hall",
        "file": "hall.txt",
        "sha256": digest or sha256(TEXT.encode()).hexdigest(),
        "between": "person_and_organisation",
        "gates": "relationship",
        "lasts": "ongoing",
        "clauses": {"permitted": ["service_delivery"], "prohibited": [], "required": []},
    }
    whole = {
        "format": 1,
        "id": "village",
        "version": "1",
        "source": "Our own.",
        "rights": ["service_delivery"],
        "duties": [],
        "terms": [entry],
    }
    (folder / "roster" / "roster.json").write_text(json.dumps(whole))


def asked(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the command says of the roster."""
    command = [sys.executable, "-m", "evenhand_server.cli", "roster"]
    variables = {**os.environ, "EVENHAND_DATA": str(folder)}
    return subprocess.run(command, env=variables, check=False, capture_output=True, text=True)


def test_own_terms_stand_after_the_rosters(tmp_path: Path) -> None:
    write(tmp_path, "VILLAGE-HALL")
    told = asked(tmp_path)
    assert told.returncode == 0
    assert told.stdout.splitlines()[-1].startswith("VILLAGE-HALL\tThe village hall\tvillage 1\tsha256:")
    assert told.stdout.startswith("SD-BASE\t") or "\nSD-BASE\t" in told.stdout


@pytest.mark.parametrize("name", ["SD-BASE-X", "PDC-MINE", "sd-hall", "EH-HALL", "SD-BASE"])
def test_nobody_mints_the_standards_ids(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    told = asked(tmp_path)
    assert told.returncode == 1
    assert name in told.stderr


def test_a_text_with_another_hash_is_refused_and_the_right_one_told(tmp_path: Path) -> None:
    write(tmp_path, "VILLAGE-HALL", digest="0" * 64)
    told = asked(tmp_path)
    assert told.returncode == 1
    assert sha256(TEXT.encode()).hexdigest() in told.stderr
