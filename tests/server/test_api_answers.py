"""How the API answers: problems for programs and people, strict input, writes done once, lists page by page."""

import json
from typing import Any

import pytest

from evenhand_server.intents.models import Intent
from evenhand_server.journal.models import Entry
from evenhand_server.people.actions import end_membership
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Membership
from tests.deal import announce, dealing_after_matching
from tests.market import SENTENCE, in_days, shop
from tests.programs import Answer, Program, program_of

WANTED: dict[str, Any] = {"text": SENTENCE}


def problem(answer: Answer) -> tuple[int, str]:
    """The status and the code, once it is sure that this is a problem as programs expect it."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer["status"] == answer.status
    assert answer["type"].endswith(f"/api/v1/docs#{answer['code']}")
    assert answer["detail"]
    assert answer["title"]
    return answer.status, answer["code"]


def test_nobody_gets_in_without_a_token(db: None) -> None:
    answer = Program().get("/intents")
    assert problem(answer) == (401, "token_needed")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("secret", ["evenhand_guessed", "", "\xe9\xe9", "x" * 5000])
def test_a_wrong_token_opens_nothing(db: None, secret: str) -> None:
    headers = {"Authorization": f"Bearer {secret}"}
    answer = Program().client.get("/api/v1/intents", headers=headers)
    assert answer.status_code == 401


def test_a_token_dies_with_its_membership(rosa: Actor, hull_cycles: Actor) -> None:
    shops = program_of(hull_cycles)
    second = shops.post("/members", {"username": "rosa", "role": "steward"})
    rosas = program_of(Actor(rosa.person, Membership.objects.get(public_id=second["id"])))
    assert rosas.get("/inbox").status == 200
    end_membership(hull_cycles, second["id"])
    assert rosas.get("/inbox").status == 401


def test_the_terms_can_be_read_without_a_token(db: None) -> None:
    found = Program().get("/terms").items
    assert found[0]["text"]
    assert Program().get(f"/terms/{found[0]['id']}")["text_digest"] == found[0]["text_digest"]
    assert problem(Program().get("/terms/SD-NOTHING")) == (404, "not_found")


def test_an_unknown_address_is_a_problem_and_no_page(rosa: Actor) -> None:
    for path in ("/nothing", "/", "/intents/", "/docs/x"):
        assert problem(program_of(rosa).get(path)) == (404, "not_found")


def test_an_unknown_method_is_a_problem_that_says_which_there_are(rosa: Actor) -> None:
    answer = program_of(rosa).delete("/intents")
    assert problem(answer) == (405, "method_not_allowed")
    assert set(answer.headers["Allow"].replace(" ", "").split(",")) == {"GET", "POST"}


@pytest.mark.parametrize("body", ["{", "nonsense", b"\xff\xfe", "[" * 100_000, ""])
def test_what_is_no_json_is_said_to_be_none(rosa: Actor, body: str | bytes) -> None:
    answer = program_of(rosa).post("/readings", body)
    assert problem(answer) == ((400, "malformed") if body else (422, "input_invalid"))


def test_too_much_at_once_is_refused(rosa: Actor) -> None:
    answer = program_of(rosa).post("/readings", {"text": "x" * 1_100_000})
    assert problem(answer) == (413, "too_large")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": 5}, "text"),
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"country": "gb"}, "country"),
        ({"colour": "red"}, "colour"),
        ({"seller_limit": True}, "seller_limit"),
        ({"seller_limit": "5"}, "seller_limit"),
        ({"seller_limit": 7}, "seller_limit"),
        ({"budget_shown": "loud"}, "budget_shown"),
        ({"terms": "SD-BASE"}, "terms"),
        ({"closes_on": 1_800_000_000}, "closes_on"),
        ({"closes_on": "2020-01-01"}, "closes_on"),
        ({"closes_on": "20301231"}, "closes_on"),
        ({"closes_on": "2026-02-30"}, "closes_on"),
        ({"corrections": {"radius_km": 0}}, "corrections.radius_km"),
        ({"corrections": {"radius_km": "5"}}, "corrections.radius_km"),
        ({"corrections": {"budget_most": False}}, "corrections.budget_most"),
        ({"corrections": {"budget_most": -1}}, "corrections.budget_most"),
        ({"corrections": {"budget_most": 10**16}}, "corrections.budget_most"),
        ({"corrections": {"budget_least": 90_000}}, "corrections.budget_most"),
        ({"corrections": {"currency": "GBPGBP"}}, "corrections.currency"),
        ({"corrections": {"category": "no_such_kind"}}, "corrections.category"),
        ({"corrections": {"place": "Nowhere At All"}}, "corrections.place"),
        ({"corrections": {"quantity": 4}}, "corrections.quantity"),
        ({"corrections": {"quantity": "NaN"}}, "corrections.quantity"),
        ({"corrections": {"needed_by": "tomorrow"}}, "corrections.needed_by"),
        ({"corrections": {"conditions": ["mint"]}}, "corrections.conditions.0"),
        ({"corrections": {"values": ["evil"]}}, "corrections.values.0"),
        ({"corrections": {"must_haves": ["a\nb"]}}, "corrections.must_haves.0"),
        ({"corrections": {"must_haves": ["x"] * 21}}, "corrections.must_haves"),
        ({"corrections": []}, "corrections"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_guessed(rosa: Actor, change: dict[str, Any], field: str) -> None:
    answer = program_of(rosa).post("/intents", WANTED | change)
    assert problem(answer) == (422, "input_invalid")
    assert field in answer.wrong
    assert not Intent.objects.exists()


def test_not_a_number_is_no_number(rosa: Actor) -> None:
    for word in ("NaN", "Infinity", "1e999"):
        body = json.dumps(WANTED)[:-1] + f', "corrections": {{"radius_km": {word}}}}}'
        assert program_of(rosa).post("/intents", body).wrong == {"corrections.radius_km"}


def test_every_wrong_field_is_named_at_once(rosa: Actor) -> None:
    answer = program_of(rosa).post("/intents", {"text": "", "terms": 5, "corrections": {"period": "aeon"}})
    assert answer.wrong == {"text", "terms", "corrections.period"}
    assert all(error["message"] for error in answer["errors"])


def test_a_page_is_not_longer_than_it_may_be_and_a_cursor_is_not_made_up(rosa: Actor) -> None:
    rosas = program_of(rosa)
    for query in ({"limit": "0"}, {"limit": "101"}, {"limit": "many"}, {"cursor": "../.."}, {"cursor": "QUJD"}):
        assert problem(rosas.get("/intents", **query)) == (422, "input_invalid")


def test_a_list_comes_page_by_page_and_new_rows_do_not_shift_it(rosa: Actor) -> None:
    rosas = program_of(rosa)
    made = [announce(rosa).public_id for _ in range(5)]
    first = rosas.get("/intents", limit=2)
    announce(rosa)
    second = rosas.get("/intents", limit=2, cursor=first["next"])
    third = rosas.get("/intents", limit=2, cursor=second["next"])

    ids = [one["id"] for page in (first, second, third) for one in page.items]
    assert ids == made[::-1]
    assert third["next"] is None


def test_matches_come_page_by_page(rosa: Actor, hull_cycles: Actor) -> None:
    shop("second", "Second Wheels")
    dealing = dealing_after_matching(rosa)
    path = f"/intents/{dealing.intent.public_id}/matches"
    page = program_of(rosa).get(path, limit=1)
    assert (len(page.items), page["next"], page["total"]) == (1, None, 1)
    assert all(reason["sentence"] for reason in page.items[0]["reasons"])


def test_a_write_repeated_under_its_key_is_done_once(rosa: Actor) -> None:
    rosas = program_of(rosa)
    first, second = (rosas.post("/intents", WANTED, key="one") for _ in range(2))

    assert (first.status, second.status) == (201, 201)
    assert second.body == first.body
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Intent.objects.count() == 1
    assert Entry.objects.filter(event="intent.published").count() == 1


def test_what_is_left_out_and_what_is_said_to_be_the_default_are_the_same_request(rosa: Actor) -> None:
    rosas = program_of(rosa)
    rosas.post("/intents", WANTED, key="one")
    again = rosas.post("/intents", {"seller_limit": 10, **WANTED}, key="one")
    assert again.headers["Idempotency-Replayed"] == "true"


def test_another_request_under_the_same_key_is_refused(rosa: Actor) -> None:
    rosas = program_of(rosa)
    rosas.post("/intents", WANTED, key="one")
    other = rosas.post("/intents", WANTED | {"seller_limit": 5}, key="one")
    assert problem(other) == (422, "key_used_otherwise")
    elsewhere = rosas.put("/me/details", {"name": "Rosa"}, key="one")
    assert problem(elsewhere) == (422, "key_used_otherwise")


def test_keys_of_two_people_are_their_own(rosa: Actor, tom: Actor) -> None:
    for who in (rosa, tom):
        assert program_of(who).post("/intents", WANTED, key="one").status == 201
    assert Intent.objects.count() == 2


def test_what_was_refused_may_be_tried_again_under_its_key(rosa: Actor) -> None:
    rosas = program_of(rosa)
    unknown = {"text": "qwertyuiop", "corrections": {"place": "Hull"}}
    assert rosas.post("/intents", unknown, key="one").status == 422
    assert rosas.post("/intents", WANTED, key="one").status == 201


@pytest.mark.parametrize("key", [" ", "two words", "x" * 101, "caf\xe9"])
def test_a_key_is_one_short_word(rosa: Actor, key: str) -> None:
    answer = program_of(rosa).post("/intents", WANTED, key=key)
    assert problem(answer) == (422, "input_invalid")
    assert answer.wrong == {"Idempotency-Key"}


def test_removing_twice_under_one_key_is_removing_once(rosa: Actor) -> None:
    rosas = program_of(rosa)
    shown = {"value": "fair_trade", "issuer": "Fair Trade Alliance", "valid_until": in_days(300).isoformat()}
    evidence = rosas.post("/me/evidence", shown)
    path = f"/me/evidence/{evidence['id']}"
    first, second = (rosas.delete(path, key="gone") for _ in range(2))
    assert (first.status, second.status) == (204, 204)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert problem(rosas.delete(path)) == (404, "not_found")


def test_a_repeat_of_what_is_gone_since_says_that_it_is_gone(rosa: Actor) -> None:
    rosas = program_of(rosa)
    shown = {"value": "fair_trade", "issuer": "Fair Trade Alliance", "valid_until": in_days(300).isoformat()}
    made = rosas.post("/me/evidence", shown, key="one")
    rosas.delete(f"/me/evidence/{made['id']}")
    assert problem(rosas.post("/me/evidence", shown, key="one")) == (404, "not_found")


def test_answers_are_kept_out_of_caches(rosa: Actor) -> None:
    assert program_of(rosa).get("/me").headers["Cache-Control"] == "no-store"


def test_words_nobody_understands_are_a_question_and_no_problem(rosa: Actor) -> None:
    for text in ("\U0001f6b2" * 50, "<script>alert(1)</script>", "x" * 4000, "\x01\x02 ?"):
        answer = program_of(rosa).post("/readings", {"text": text})
        assert answer.status == 200
        assert answer["doubts"]


def test_our_own_fault_is_told_to_the_log_and_not_to_the_program(rosa: Actor, caplog: pytest.LogCaptureFixture) -> None:
    Intent.objects.filter(pk=announce(rosa).pk).update(time_zone="x")
    Entry.objects.update(data=["not", "a", "mapping"])
    rosas = program_of(rosa)
    rosas.client.raise_request_exception = False
    answer = rosas.get("/me/journal")
    assert problem(answer) == (500, "server_error")
    assert "mapping" not in json.dumps(answer.body)
    assert "an operation failed" in caplog.text
