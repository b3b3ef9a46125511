"""What is installed is pinned, hashed, the same for running and testing, and needs nothing but Python to get there."""

import re
import subprocess
import sys

from tests.house.source import ROOT, listed

PIN = re.compile(r"^([\w.-]+(?:\[[\w,]+\])?)==(\S+)", re.MULTILINE)
ASKED = re.compile(r"^(?!-)[\w-]+", re.MULTILINE)
HASH = "--hash=sha256:"


def text_of(name: str) -> str:
    """One of the requirements files."""
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def test_tests_run_on_the_versions_that_people_run() -> None:
    run, tested = (set(PIN.findall(text_of(name))) for name in ("run.txt", "test.txt"))
    found = [f"{name}=={version}" for name, version in sorted(run - tested)]
    assert not found, listed(found, "run: make lock")


def test_every_package_is_checked_by_its_hash() -> None:
    for name in ("run.txt", "test.txt"):
        entries = re.split(r"\n(?=\S)", text_of(name).strip())
        found = [entry.splitlines()[0] for entry in entries if HASH not in entry]
        assert not found, listed(found)


def test_what_is_asked_for_is_pinned() -> None:
    for name in ("run", "test"):
        pinned = {plain(pin) for pin, _ in PIN.findall(text_of(f"{name}.txt"))}
        found = [package for package in ASKED.findall(text_of(f"{name}.in")) if plain(package) not in pinned]
        assert not found, listed(found, "run: make lock")


def test_every_package_that_is_asked_for_says_why_it_is_here() -> None:
    reasons = (ROOT / "docs" / "decisions" / "002-dependencies.md").read_text(encoding="utf-8")
    named = {plain(name) for cell in re.findall(r"^\| ([^|]+) \|", reasons, re.MULTILINE) for name in cell.split(", ")}
    asked = {plain(name) for file in ("run.in", "test.in") for name in ASKED.findall(text_of(file))}
    assert sorted(asked - named) == []


def plain(name: str) -> str:
    """A package's name without extras, as all spellings of it read."""
    return re.sub(r"[-_.]+", "-", name.split("[", maxsplit=1)[0]).lower()


def test_the_way_in_needs_nothing_but_python() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", ROOT / "bootstrap.py", "elsewhere"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "Evenhand: There is no environment called elsewhere; there are: run, test.\n"


def test_the_pip_that_lies_here_runs_from_its_file() -> None:
    wheel = next((ROOT / "bootstrap").glob("pip-*.whl"))
    done = subprocess.run(
        [sys.executable, "-I", wheel / "pip", "--version"], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("pip ")
