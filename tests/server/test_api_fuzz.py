"""Hundreds of requests that nobody thought of: none makes the server fail, and every answer is as described.

The same again: pytest --hypothesis-seed=NUMBER
Ten thousand and more, with their number: FUZZ_CASES=115 pytest -s tests/server/test_api_fuzz.py
"""

import os
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from evenhand_server.api import api
from evenhand_server.interests.queries import interests_of
from evenhand_server.offers.actions import ask
from evenhand_server.people.actions import keep_details, make_token
from evenhand_server.people.actor import Actor
from evenhand_server.terms.actions import disclose
from evenhand_server.workers.run import work_all
from tests.deal import accepted, agree_on_terms, announce, dealing_after_matching, offered, reread
from tests.market import person, sells_mountain_bikes, shop

CASES_OF_EACH = int(os.environ.get("FUZZ_CASES", "5"))
"""Of each operation, or as many different ones as it has."""
TRIED: Counter[str] = Counter()
"""How many requests were made, by the kind of their answer."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    allow_header_conformance,
    ignored_auth,
]
"""Data that fits the description may still be refused, where no place or kind is called so."""

pytestmark = pytest.mark.xdist_group("fuzz")
described = schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))
OPERATIONS = [found.ok() for found in described.get_all_operations()]


@dataclass
class Busy:
    """A market in which much has happened already: whose tokens there are, and the ids of what exists."""

    secrets: list[str]
    ids: dict[str, list[str]]


@pytest.fixture(scope="module")
def busy(django_db_setup: None, django_db_blocker: Any, places: None) -> Any:
    """Made once; every request is taken back afterwards."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # Or each request would close the transaction that it is in.
    with django_db_blocker.unblock(), transaction.atomic():
        yield lived_in()
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def lived_in() -> Busy:
    """One deal is done, in another there are questions and an offer, a third has just begun."""
    rosa, hull_cycles = person("rosa", name="Rosa"), shop("hull_cycles", "Hull Cycles", sells_mountain_bikes())
    keep_details(rosa, {"name": "Rosa", "phone": "01482 555 0199"})
    done, _ = accepted(rosa, hull_cycles)
    talking = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    offered(hull_cycles, talking)
    question = ask(hull_cycles, talking, "How tall are you?")
    announce(rosa)
    work_all()
    return Busy(
        secrets=[make_token(who, "fuzz")[1] for who in (rosa, hull_cycles)],
        ids={
            "dealing_id": [one.public_id for one in (done, reread(talking))],
            "intent_id": [one.intent.public_id for one in (done, talking)],
            "disclosure_id": [disclose(rosa, done, "phone").public_id],
            "interest_id": interests_of_shop(hull_cycles),
            "answers": [question.public_id],
        },
    )


def interests_of_shop(vendor: Actor) -> list[str]:
    """The ids of what a vendor answers."""
    return [version.interest.public_id for version in interests_of(vendor)]


def checks_for(case: Case) -> list[CheckFunction]:
    """A body that does not fit must be refused; wrong ids and tokens were put right above."""
    body = case.meta.components.get(ParameterLocation.BODY) if case.meta else None
    is_wrong = body is not None and body.mode == GenerationMode.NEGATIVE
    return [*CHECKS, negative_data_rejection] if is_wrong else CHECKS


@cache
def application() -> WSGIHandler:
    """The server in this process; made once the settings for tests stand."""
    return WSGIHandler()


@pytest.mark.django_db
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
def test_no_request_makes_the_server_fail(busy: Busy, operation: Any) -> None:
    described.app = application()
    kinds = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @settings(
        max_examples=CASES_OF_EACH,
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=some.one_of(kinds), secret=some.sampled_from(busy.secrets), data=some.data())
    def ask_for(case: Case, secret: str, data: some.DataObject) -> None:
        for name in case.path_parameters:
            if name in busy.ids and data.draw(some.booleans()):
                case.path_parameters[name] = data.draw(some.sampled_from(busy.ids[name]))
        with transaction.atomic():
            headers = {"Authorization": f"Bearer {secret}"}
            answer = case.call_and_validate(headers=headers, checks=checks_for(case), app=described.app)
            transaction.set_rollback(True)
        TRIED[f"{answer.status_code // 100}xx"] += 1

    ask_for()


def test_so_many_were_tried() -> None:
    by_kind = ", ".join(f"{number} {kind}" for kind, number in sorted(TRIED.items()))
    print(f"\n{TRIED.total()} requests to {len(OPERATIONS)} operations on {connection.vendor}: {by_kind}")  # noqa: T201 - seen with -s.
    assert TRIED.total() >= len(OPERATIONS)
    assert TRIED["2xx"] > TRIED.total() / 10  # Or nothing but refusals was tried.
