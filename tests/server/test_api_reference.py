"""The API's own page and description say all there is, and say it truly."""

import re
from typing import Any

import pytest
from django.test import Client

from evenhand_server.api import api
from evenhand_server.people.actor import Actor
from evenhand_server.programs.reference import body_of, example_of
from tests.programs import Program, program_of

METHODS = {"get", "post", "put", "delete"}


def described() -> dict[str, Any]:
    """The description."""
    return api.get_openapi_schema()


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation with its method and path."""
    return [(method, path, one) for path, found in described()["paths"].items() for method, one in found.items()]


@pytest.fixture
def page(db: None) -> str:
    """The page as a browser without a script gets it."""
    response = Client().get("/api/v1/docs")
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_every_operation_with_an_example(page: str) -> None:
    for method, path, operation in operations():
        assert f'id="{operation["operationId"]}"' in page
        assert operation["summary"].replace("'", "&#x27;") in page
        assert f"$EVENHAND{path.replace('{', '$').replace('}', '')}" in page
        assert method.upper() in page


def test_every_problem_leads_to_its_line_on_the_page(page: str, rosa: Actor) -> None:
    for answer in (Program().get("/me"), program_of(rosa).get("/nothing"), program_of(rosa).post("/readings", {})):
        assert f'id="{answer["type"].partition("#")[2]}"' in page


def test_the_page_needs_nothing_from_elsewhere(page: str) -> None:
    assert not re.search(r"<script(?![^>]*src=\"/)|<style|style=\"|onclick", page)
    assert not re.search(r"(src|href)=\"https?:", page)


def test_the_description_is_a_file_for_tools(db: None) -> None:
    found = Client().get("/api/v1/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert found["components"]["securitySchemes"]["Token"]["scheme"] == "bearer"


def test_every_operation_says_in_plain_words_what_it_does() -> None:
    found = [one for _, _, one in operations()]
    assert len({one["operationId"] for one in found}) == len(found)
    assert all(one["summary"] and one["description"] and one["tags"] for one in found)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", one["operationId"]) for one in found)


def test_addresses_hold_plural_nouns_and_snake_case() -> None:
    for _, path, _ in operations():
        assert re.fullmatch(r"/api/v1(/[a-z_]+|/\{[a-z_]+\})+", path), path


def test_every_operation_says_which_problems_it_may_answer() -> None:
    for method, path, operation in operations():
        codes = set(operation["responses"])
        assert codes & {"200", "201", "204"}
        assert "405" in codes
        assert ("401" in codes) is not path.startswith(("/api/v1/terms", "/api/v1/market"))
        assert ("404" in codes) or "{" not in path
        if "requestBody" in operation:
            assert codes >= {"400", "401", "403", "413", "422"}
        if method != "get" and path not in {"/api/v1/readings", "/api/v1/previews", "/api/v1/previews/sellers"}:
            assert "409" in codes
            assert any(one["name"] == "Idempotency-Key" for one in operation["parameters"])


def test_nothing_can_be_sent_beside_what_is_asked() -> None:
    schemas = described()["components"]["schemas"]
    taken = [name for name in schemas if name.endswith(("Asked", "Corrections", "Fields")) and name != "WishFields"]
    assert len(taken) > 15
    assert all(schemas[name]["additionalProperties"] is False for name in taken)


def test_the_examples_on_the_page_can_be_sent_as_they_are(rosa: Actor) -> None:
    rosas, schemas = program_of(rosa), described()["components"]["schemas"]
    for method, path, operation in operations():
        body = body_of(operation, schemas)
        if not body:
            continue
        address = re.sub(r"\{\w+\}", "0" * 32, path.removeprefix("/api/v1"))
        answer = rosas.send(method.upper(), address, example_of(body, schemas))
        assert answer.status != 400
        assert answer.status < 500
        assert answer.status != 422 or answer["code"] != "input_invalid", (path, answer.body)
