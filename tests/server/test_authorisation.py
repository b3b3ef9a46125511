"""Every operation of the API, for everybody, in every role, in every state: each answer is the declared one."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.test import override_settings

from evenhand.records import Custody, signing_key
from evenhand_server.api import api
from tests.authorisation import RULES
from tests.authorisation import STATES as EVERY_STATE
from tests.market import SENTENCE, in_days
from tests.programs import ROOT, Program
from tests.world import Ids, World, make_world

OPERATIONS = [
    f"{method.upper()} {path.removeprefix(ROOT)}"
    for path, operations in api.get_openapi_schema()["paths"].items()
    for method in operations
]

pytestmark = [
    pytest.mark.xdist_group("authorisation"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about roles"),
]
STATES = EVERY_STATE if os.environ.get("THOROUGH") else EVERY_STATE[::2]
"""Every other state; all of them on request: THOROUGH=1 pytest tests/server/test_authorisation.py"""
OWN_KEY = signing_key(bytes(32), custody=Custody.OWN_DEVICE).public


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, places: None) -> Iterator[World]:
    """Made once; every request is taken back afterwards."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # Or each request would close the transaction that it is in.
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(OPEN_INTENTS=50):
        yield make_world()
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_has_its_rule() -> None:
    assert set(OPERATIONS) == set(RULES)


@pytest.mark.django_db
@pytest.mark.parametrize("operation", RULES)
def test_everybody_gets_the_declared_answer(world: World, operation: str) -> None:
    rule, method = RULES[operation], operation.split(maxsplit=1)[0]
    wrong = []
    for (who, role), secret in world.secrets.items():
        for state in STATES if "{" in operation else STATES[:1]:
            ids = world.ids[state]
            with transaction.atomic():
                answer = Program(secret).send(method, address(operation, ids), bodies(ids).get(operation))
                transaction.set_rollback(True)
            expected = rule.expected(who, role, state)
            if answer.status != expected:
                wrong.append(f"{who} as {role}, {state}: {answer.status}, not {expected}: {answer.body!r:.200}")
    assert wrong == []


def address(operation: str, ids: Ids) -> str:
    """The operation's address with the ids of a state; what a state does not have gets an id that nothing has."""
    return re.sub(r"{(\w+)}", lambda found: ids.get(found[1], "0" * 32), operation.split()[1])


def bodies(ids: Ids) -> dict[str, dict[str, Any]]:
    """A body that each operation would take."""
    offer = {"currency": "GBP", "lines": [{"description": "A bike", "unit_price": "450"}]}
    evidence = {"value": "fair_trade", "issuer": "Alliance", "valid_until": in_days(50).isoformat()}
    dealing = "POST /dealings/{dealing_id}"
    signature = {"custody": "own_device", "key": OWN_KEY, "value": "A" * 86}
    return {
        **{f"POST /{name}": {"text": SENTENCE} for name in ("readings", "previews", "previews/sellers", "intents")},
        "POST /intents/{intent_id}/wishes": {"text": SENTENCE},
        "POST /intents/{intent_id}/dealings": {"match": ids["match"]},
        "POST /intents/{intent_id}/invitations": {"sellers": [{"email": "b@x.example"}]},
        "POST /suppliers": {"name": "Others", "suppliers": [{"email": "a@x.example"}]},
        "POST /interests": {"text": "We sell mountain bikes in Hull"},
        "PUT /interests/{interest_id}": {"text": "We sell mountain bikes in Leeds"},
        "PUT /standing_acceptances": {"terms": ["PDC-INTENT"]},
        f"{dealing}/messages": {"text": "How tall are you?"},
        f"{dealing}/offer": {**offer, "valid_until": in_days(5).isoformat()},
        f"{dealing}/offer/acceptance": {"version": 1},
        "PUT /me/domain": {"domain": "example.org", "way": "dns"},
        "POST /me/domain/proof": {"code": "123456"},
        f"{dealing}/reports": {"subject": "party", "reason": "spam"},
        "POST /reports/{report_id}/appeal": {"words": "It was no advertising."},
        "POST /operator/reports/{report_id}/decision": {"outcome": "upheld", "words": "It was."},
        f"{dealing}/decline": {"reason": "not_for_us"},
        f"{dealing}/terms_answer": {"outcome": "accepted"},
        f"{dealing}/counter_answer": {"accepts": True},
        f"{dealing}/disclosures": {"field": "name"},
        f"{dealing}/relationship": {"terms": "EH-WORK-BASE-DP"},
        "PUT /me": {"name": "Tom", "time_zone": "Europe/London"},
        "PUT /me/details": {"name": "Tom"},
        "PUT /me/terms": {"always": []},
        "POST /vendor_changes": {"kind": "owner"},
        "PUT /me/mail": {"offers": "daily"},
        "POST /key_changes": {"key": OWN_KEY},
        "POST /key_changes/{change_id}/signatures": signature,
        "POST /awaited_signatures/{awaited_id}/signature": signature,
        "POST /organisations": {"name": "A new one"},
        "POST /members": {"username": "newcomer", "role": "buyer"},
        "POST /me/evidence": evidence,
    }
