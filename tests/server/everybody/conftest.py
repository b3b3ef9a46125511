"""The world in which everybody tries everything: made once, and every request is taken back afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings

from tests.page_world import PageWorld, make_page_world
from tests.world import World

UNHURRIED = {
    "OPEN_INTENTS": 50,
    "INVITATIONS_A_DAY": 500,
    "LIMITS": "all=off",
    "ACCOUNT_RATE_LIMITS": False,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}
"""Nobody here is told to come back later, and no password takes a while."""


@pytest.fixture(scope="package")
def page_world(django_db_setup: None, django_db_blocker: Any, places: None) -> Iterator[PageWorld]:
    """The market, its people, and their browsers."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # Or each request would close the transaction that it is in.
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**UNHURRIED):
        yield make_page_world()
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(page_world: PageWorld) -> World:
    """What the API knows of it."""
    return page_world.world
