"""What the words tests share: everything the reader knows, opened once."""

import fcntl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evenhand.words.places_build import build_places, is_built
from evenhand.words.sources import Sources, open_sources

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of places, built once for all processes of a test run."""
    shared = tmp_path_factory.getbasetemp().parent / "places.sqlite"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_built(shared):
            build_places(shared)
    return shared


@pytest.fixture(scope="session")
def sources(places: Path) -> Sources:
    """Tree, lexicons and places."""
    return open_sources(places)


@pytest.fixture
def now() -> datetime:
    """A Wednesday in November."""
    return NOW
