"""Every operation of the API and every page, for everybody, in every role, in every state: as declared.

An ordinary run tries a part of all cells, so that each declared answer is met; all of them with THOROUGH=1.
"""

import os
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from evenhand.records import Custody, signing_key
from evenhand_server.api import api
from tests.authorisation import RULES, STATES
from tests.market import SENTENCE, in_days
from tests.page_rules import PAGES, PLAIN
from tests.page_world import PATHS, PageWorld, tried
from tests.programs import ROOT, Program
from tests.world import Ids, Seat, World

OPERATIONS = [
    f"{method.upper()} {path.removeprefix(ROOT)}"
    for path, operations in api.get_openapi_schema()["paths"].items()
    for method in operations
]

pytestmark = [
    pytest.mark.xdist_group("authorisation"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about roles"),
]
IS_THOROUGH = bool(os.environ.get("THOROUGH"))
OF_NO_MATTER = {"sign in", "no form", 401}
"""Who gets this answer gets it whoever they are."""
BESIDES = {"django_session", "allowance", "oncedone", "mailtest"}
"""What is noted of a form whatever came of it."""
LEAVES_A_TRACE = {
    "relationships:dealing": {"news"},  # The news that led there counts as seen.
    "account:export": {"entry"},  # The journal says that everything was taken along.
}
"""Looking changes nothing, but for this."""
Cell = tuple[Seat, str, Any]
"""Somebody, a state, and the answer that they get."""
OWN_KEY = signing_key(bytes(32), custody=Custody.OWN_DEVICE).public


def test_every_operation_has_its_rule() -> None:
    assert set(OPERATIONS) == set(RULES)


@pytest.mark.django_db
@pytest.mark.parametrize("operation", RULES)
def test_everybody_gets_the_declared_answer(world: World, operation: str) -> None:
    rule, method = RULES[operation], operation.split(maxsplit=1)[0]
    states = STATES if "{" in operation else STATES[:1]
    cells = [(seat, state, rule.expected(*seat, state)) for seat in world.secrets for state in states]
    wrong = []
    for (who, role), state, expected in part_of(cells, list(RULES).index(operation)):
        ids = world.ids[state]
        with transaction.atomic():
            answer = Program(world.secrets[who, role]).send(method, path_of(operation, ids), bodies(ids).get(operation))
            transaction.set_rollback(True)
        if answer.status != expected:
            wrong.append(f"{who} as {role}, {state}: {answer.status}, not {expected}: {answer.body!r:.200}")
    assert wrong == []


def part_of(cells: list[Cell], number: int) -> list[Cell]:
    """All cells, or one of each answer to each side; another number takes another one."""
    alike: dict[Any, list[Cell]] = {}
    for cell in cells:
        (who, _), _, answer = cell
        alike.setdefault((answer, "" if answer in OF_NO_MATTER else who), []).append(cell)
    return cells if IS_THOROUGH else [group[number % len(group)] for group in alike.values()]


def test_every_page_has_its_rule() -> None:
    assert set(PATHS) == set(PAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_gives_the_declared_answer(page_world: PageWorld, name: str, method: str) -> None:
    page, path = PAGES[name], PATHS[name]
    states = page_world.ids if "{" in path else ["asked"]
    on_dealing = "{dealing_id}" in path
    cells = [
        (seat, state, page.expected(method, *seat, state, on_dealing=on_dealing))
        for seat in page_world.cookies
        for state in states
    ]
    wrong = []
    for seat, state, expected in part_of(cells, list(PAGES).index(name)):
        answer, written = tried(page_world, name, method, seat, state)
        told = plainly(answer, written)
        if told != expected:
            wrong.append(f"{seat[0]} as {seat[1]}, {state}: {told}, not {expected}")
        if method == "GET" and not written <= LEAVES_A_TRACE.get(name, set()):
            wrong.append(f"{seat[0]} as {seat[1]}, {state}: looking wrote to {written}")
    assert wrong == []


def plainly(answer: HttpResponse, written: set[str]) -> str:
    """What an answer means."""
    if answer.status_code != HTTPStatus.FOUND:
        return PLAIN.get(answer.status_code, str(answer.status_code))
    if answer["Location"].startswith("/account/login/?next="):
        return "sign in"
    return "done" if written - BESIDES else "led"


def path_of(operation: str, ids: Ids) -> str:
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
