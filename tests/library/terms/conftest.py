"""Rosa asks and Hull Cycles answers: their keys, the roster and the heading of their first record."""

from datetime import UTC, datetime
from importlib import resources

import pytest

from evenhand.records import Custody, SigningKey, signing_key
from evenhand.terms.record import Heading, Role, Side
from evenhand.terms.roster import Roster


@pytest.fixture(scope="session")
def roster() -> Roster:
    return Roster.load(resources.files("evenhand.terms") / "data")


@pytest.fixture(scope="session")
def rosa() -> SigningKey:
    return signing_key(b"rosa" * 8, custody=Custody.SERVER)


@pytest.fixture(scope="session")
def hull_cycles() -> SigningKey:
    return signing_key(b"hull" * 8, custody=Custody.OWN_DEVICE)


@pytest.fixture
def sides(rosa: SigningKey, hull_cycles: SigningKey) -> tuple[Side, Side]:
    return (
        Side(Role.ASKING, rosa.public, rosa.custody),
        Side(Role.ANSWERING, hull_cycles.public, hull_cycles.custody),
    )


@pytest.fixture
def heading(sides: tuple[Side, Side]) -> Heading:
    return Heading("d3a1", sides, datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
