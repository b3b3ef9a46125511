"""The import contracts catch what they are for: five breaches are planted in a copy of the tree, each is found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import LIBRARY, ROOT, SERVER

LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
NOT_COPIED = shutil.ignore_patterns("__pycache__", "static", "templates", "locale", "*.tsv")

LIBRARY_ALONE = "The library stands alone"
DOWNWARDS = "The server's rooms import downwards only, and a new room chooses its place"
INSIDE = "Inside a room: pages and api call actions, actions and queries use models, never back"
OWN_ACTIONS = "Pages and api call the actions of their own room only"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The two houses and their contracts, to be spoilt."""
    for package in (LIBRARY, SERVER):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=NOT_COPIED)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(copy: Path, file: str, line: str) -> None:
    """Write a line into a file of the copy; where the file or its room is missing, make them."""
    path = copy / file
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / "__init__.py").touch()
    with path.open("a", encoding="utf-8") as text:
        text.write(f"\n{line}\n")


def lint_imports(copy: Path) -> tuple[int, str]:
    """Run import-linter as make test does; its exit code, and its words with the line breaks taken out."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(copy), environment.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache"],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_the_tree_as_it_is_keeps_every_contract(copy: Path) -> None:
    code, words = lint_imports(copy)
    assert code == 0, words
    assert "0 broken" in words


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        pytest.param("evenhand/terms/plant.py", "import django.conf", LIBRARY_ALONE, id="Django in the library"),
        pytest.param(
            "evenhand_server/journal/plant.py",
            "import evenhand_server.people.models",
            DOWNWARDS,
            id="an import upwards",
        ),
        pytest.param(
            "evenhand_server/offers/views.py",
            "import evenhand_server.terms.actions",
            OWN_ACTIONS,
            id="a page that calls another room's action",
        ),
        pytest.param(
            "evenhand_server/interests/plant.py",
            "import evenhand_server.intents.models",
            DOWNWARDS,
            id="one sibling looks into the other",
        ),
        pytest.param("evenhand_server/attic/plant.py", "import json", DOWNWARDS, id="a new room without a place"),
        pytest.param(
            "evenhand_server/intents/models.py",
            "import evenhand_server.intents.actions",
            INSIDE,
            id="a model that calls an action",
        ),
        pytest.param(
            "evenhand/words/plant.py", "import evenhand_server.messages", LIBRARY_ALONE, id="library to server"
        ),
    ],
)
def test_a_breach_is_caught(copy: Path, file: str, line: str, contract: str) -> None:
    plant(copy, file, line)
    code, words = lint_imports(copy)
    assert code != 0
    assert f"{contract} BROKEN" in words
