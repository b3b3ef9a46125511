"""The API room by room, where the story does not come by: vendors' interests, offers that do not add up, oneself."""

import json
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from ninja.errors import Throttled

from evenhand.interests.interest import Interest
from evenhand.measures import Area
from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.models import Intent
from evenhand_server.interests.actions import change_interest
from evenhand_server.interests.queries import interests_of
from evenhand_server.people.actor import Actor
from evenhand_server.programs.problems import crossed, spoken
from evenhand_server.workers.run import work_all
from tests.deal import agree_on_terms, announce, dealing_after_matching
from tests.market import SENTENCE, in_days, shop
from tests.programs import Program, program_of


@pytest.fixture
def dealing(rosa: Actor, hull_cycles: Actor) -> Dealing:
    """A dealing on which terms stand."""
    return agree_on_terms(hull_cycles, dealing_after_matching(rosa))


def offer(**changes: Any) -> dict[str, Any]:
    """An offer as a program sends it."""
    line = {"description": "Trailhead 29er", "quantity": "1", "unit_price": "450"}
    return {"currency": "GBP", "lines": [line], "valid_until": in_days(5).isoformat()} | changes


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines": []}, "lines"),
        ({"lines": [{"description": "A bike", "unit_price": "4.505"}]}, "lines.0.unit_price"),
        ({"lines": [{"description": "A bike", "unit_price": "-5"}]}, "lines.0.unit_price"),
        ({"lines": [{"description": "A bike", "unit_price": 5}]}, "lines.0.unit_price"),
        ({"lines": [{"description": "", "unit_price": "5"}]}, "lines.0.description"),
        ({"lines": [{"description": "A bike", "unit_price": "5", "quantity": "0"}]}, "lines.0.quantity"),
        ({"currency": "JPY", "lines": [{"description": "A bike", "unit_price": "12.50"}]}, "lines.0.unit_price"),
        ({"currency": "GBPX"}, "currency"),
        ({"delivery": {"cost": -1}}, "delivery.cost"),
        ({"delivery": {"by": "soon"}}, "delivery.by"),
        ({"leaving": {"notice_days": 9999}}, "leaving.notice_days"),
        ({"chain": {"makes": "x" * 121}}, "chain.makes"),
        ({"included": ["x" * 200] * 20}, "included"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
    ],
)
def test_an_offer_that_does_not_add_up_is_refused_field_by_field(
    hull_cycles: Actor, dealing: Dealing, change: dict[str, Any], field: str
) -> None:
    answer = program_of(hull_cycles).post(f"/dealings/{dealing.public_id}/offer", offer(**change))
    assert answer.status == 422
    assert answer.wrong == {field}


def test_no_total_is_larger_than_a_database_can_count(hull_cycles: Actor, dealing: Dealing) -> None:
    lines = [{"description": "Bikes", "quantity": "999999999", "unit_price": "999999999"}]
    answer = program_of(hull_cycles).post(f"/dealings/{dealing.public_id}/offer", offer(lines=lines))
    assert (answer.status, answer.wrong) == (422, {"lines.0.unit_price"})


def test_nothing_is_offered_before_terms_stand(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = dealing_after_matching(rosa)
    shops = program_of(hull_cycles)
    path = f"/dealings/{dealing.public_id}"
    for answer in (shops.post(f"{path}/offer", offer()), shops.post(f"{path}/messages", {"text": "Hello"})):
        assert (answer.status, answer["code"]) == (409, "no_agreement")
    assert shops.get(f"{path}/offer").status == 404
    assert shops.get(f"{path}/bundle").status == 404


def test_a_question_is_answered_once(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    path = f"/dealings/{dealing.public_id}/messages"
    question = program_of(hull_cycles).post(path, {"text": "How tall are you?"})
    rosas, answer = program_of(rosa), {"text": "Rather", "answers": question["id"]}
    assert rosas.post(path, answer).status == 201
    assert rosas.post(path, answer)["code"] == "already_answered"
    assert rosas.post(path, answer | {"answers": "0" * 32}).status == 404


def test_an_interest_is_said_in_fields_alone_changed_and_retired(hull_cycles: Actor) -> None:
    shops = program_of(hull_cycles)
    fields = {
        "categories": ["mountain_bikes"],
        "lowest": 10_050,
        "highest": 90_000,
        "currency": "EUR",
        "radius_km": 12.5,
        "place": "Kingston upon Hull",
        "country": "GB",
        "conditions": ["used"],
        "words_excluded": ["electric"],
        "smallest": 1,
        "largest": 9,
    }
    made = shops.post("/interests", {"fields": fields})
    assert made.status == 201
    assert made["text"] == ""
    assert {name: made["fields"][name] for name in fields} == fields

    path = f"/interests/{made['id']}"
    changed = shops.put(path, {"text": "We repair bicycles in Hull"}, key="once")
    assert (changed.status, changed["number"]) == (200, 2)
    assert shops.put(path, {"text": "We repair bicycles in Hull"}, key="once").headers["Idempotency-Replayed"]
    assert shops.get(path)["number"] == 2
    assert shops.post(f"{path}/retirement").status == 204
    assert shops.get(path).status == 404
    assert shops.post(f"{path}/retirement").status == 404
    assert len(shops.get("/interests").items) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "fields.categories"),
        ({"fields": {"categories": ["no_such_kind"]}}, "fields.categories"),
        ({"fields": {"categories": ["mountain_bikes"], "lowest": 9, "highest": 5}}, "fields.highest"),
        ({"fields": {"categories": ["mountain_bikes"], "place": "Nowhere At All"}}, "fields.place"),
        ({"fields": {"categories": ["mountain_bikes"], "words_wanted": ["a\nb"]}}, "fields.words_wanted.0"),
        ({"fields": {"categories": ["mountain_bikes"] * 21}}, "fields.categories"),
        ({"text": "x" * 4001}, "text"),
    ],
)
def test_an_interest_that_cannot_be_used_is_refused_field_by_field(
    hull_cycles: Actor, body: dict[str, Any], field: str
) -> None:
    answer = program_of(hull_cycles).post("/interests", body)
    assert (answer.status, answer["code"]) == (422, "input_invalid")
    assert answer.wrong == {field}


def test_terms_are_accepted_from_anybody_once_and_for_all(rosa: Actor, hull_cycles: Actor) -> None:
    shops = program_of(hull_cycles)
    assert shops.put("/standing_acceptances", {"terms": ["PDC-INTENT"]})["terms"] == ["PDC-INTENT"]
    unknown = shops.put("/standing_acceptances", {"terms": ["SD-NOTHING"]})
    assert (unknown.status, unknown.wrong) == (422, {"terms"})
    assert shops.get("/standing_acceptances")["terms"] == ["PDC-INTENT"]

    dealing = dealing_after_matching(rosa)
    shown = shops.get(f"/dealings/{dealing.public_id}")
    assert (shown["terms"]["state"], shown["terms"]["is_standing"]) == ("accepted", True)
    assert shown["veiled"]["text"]


def test_a_vendor_found_by_words_alone_hears_when_rosa_says_so(rosa: Actor) -> None:
    seller = shop("words", "Words", Interest(frozenset({"plumber"}), Area()))
    plumbing = Interest(frozenset({"plumber"}))
    change_interest(seller, interests_of(seller).get(), "We know every mountain bike by heart", plumbing)
    intent = announce(rosa)
    work_all()
    rosas, path = program_of(rosa), f"/intents/{intent.public_id}"
    found = rosas.get(f"{path}/matches")
    assert [one["kind"] for one in found.items] == ["mention"]

    heard = rosas.post(f"{path}/dealings", {"match": found.items[0]["id"]})
    assert (heard.status, heard["vendor"]["name"]) == (201, "Words")
    assert program_of(seller).get("/inbox").items[0]["id"] == heard["id"]
    assert rosas.post(f"{path}/dealings", {"match": "0" * 32}).status == 404


def test_with_no_match_the_nearest_miss_is_told(rosa: Actor, hull_cycles: Actor) -> None:
    wanted = {"text": SENTENCE, "corrections": {"budget_most": 9_000}}
    rosas = program_of(rosa)
    intent = rosas.post("/intents", wanted)
    path = f"/intents/{intent['id']}/matches"
    assert rosas.get(path)["looked_at"] is None
    work_all()
    found = rosas.get(path)
    assert (found["total"], found.items) == (0, [])
    assert found["looked_at"]
    assert {miss["code"] for miss in found["nearest_misses"]} == {"dearer"}


def test_an_intent_is_open_to_the_end_of_the_day_where_rosa_lives(rosa: Actor) -> None:
    rosas = program_of(rosa)
    rosas.put("/me", {"name": "Rosa", "country": "NZ", "time_zone": "Pacific/Auckland"})
    made = rosas.post("/intents", {"text": SENTENCE, "country": "GB", "closes_on": in_days(10).isoformat()})
    closes = Intent.objects.get(public_id=made["id"]).closes_at
    assert made["time_zone"] == "Pacific/Auckland"
    assert closes.hour in {11, 12}


def test_details_are_kept_as_a_whole(rosa: Actor) -> None:
    rosas = program_of(rosa)
    rosas.put("/me/details", {"phone": "01482 555 0199", "town": "Hull"})
    assert rosas.put("/me/details", {"town": "Leeds"})["phone"] == ""
    assert rosas.get("/me/details")["town"] == "Leeds"
    assert rosas.put("/me/details", {"email": "no mailbox"}).wrong == {"email"}
    assert rosas.put("/me/details", {"shoe_size": "44"}).wrong == {"shoe_size"}


def test_how_evenhand_speaks_to_rosa_is_changed(rosa: Actor) -> None:
    rosas = program_of(rosa)
    changed = rosas.put("/me", {"name": "Rosa", "country": "GB", "time_zone": "Europe/Berlin"})
    assert (changed["name"], changed["time_zone"], changed["acting"]["role"]) == ("Rosa", "Europe/Berlin", "self")
    assert rosas.put("/me", {"name": "Rosa", "time_zone": "Mars/Olympus"}).wrong == {"time_zone"}


def test_an_organisation_that_cannot_be_founded_says_why(rosa: Actor) -> None:
    rosas = program_of(rosa)
    assert rosas.post("/organisations", {"name": "School", "website": "no address"}).wrong == {"website"}
    assert rosas.post("/organisations", {"name": ""}).wrong == {"name"}


def test_members_that_cannot_be_say_why(hull_cycles: Actor) -> None:
    shops = program_of(hull_cycles)
    nobody = shops.post("/members", {"username": "nobody", "role": "buyer"})
    assert (nobody.status, nobody["code"], nobody["username"]) == (422, "no_such_person", "nobody")
    assert shops.post("/members", {"username": "nobody", "role": "self"}).wrong == {"role"}
    last = shops.delete(f"/members/{hull_cycles.membership.public_id}")
    assert (last.status, last["code"]) == (409, "last_steward")


def test_evidence_that_has_run_out_shows_nothing(hull_cycles: Actor) -> None:
    shops = program_of(hull_cycles)
    old = {"value": "fair_trade", "issuer": "Fair Trade Alliance", "valid_until": "2020-01-01"}
    assert shops.post("/me/evidence", old).wrong == {"valid_until"}
    assert shops.post("/me/evidence", old | {"valid_until": in_days(9).isoformat()}).status == 201
    assert shops.get("/me/evidence").items[0]["issuer"] == "Fair Trade Alliance"


def test_rosa_takes_away_everything_kept_of_her_and_reads_her_journal(rosa: Actor) -> None:
    announce(rosa)
    rosas = program_of(rosa)
    taken = rosas.get("/me/export")
    assert taken["person"]["name"] == "Rosa Lindqvist"
    events = [entry["event"] for entry in rosas.get("/me/journal").items]
    assert events[0] == "export.taken"
    assert "intent.published" in events


def test_terms_for_going_on_must_be_such(rosa: Actor, dealing: Dealing) -> None:
    path = f"/dealings/{dealing.public_id}/relationship"
    rosas = program_of(rosa)
    assert rosas.post(path, {"terms": "PDC-INTENT"}).wrong == {"terms"}
    assert rosas.post(path, {"terms": "SD-BASE", "months": 7}).wrong == {"months"}
    early = rosas.post(path, {"terms": "SD-BASE"})
    assert (early.status, early["code"]) == (409, "no_agreement")


@pytest.mark.django_db(transaction=True)
def test_eight_programs_at_once_under_one_key_publish_once(rosa: Actor) -> None:
    secret, answers = program_of(rosa).secret, []

    def publish() -> None:
        answers.append(Program(secret).post("/intents", {"text": SENTENCE}, key="at-once"))
        connection.close()

    threads = [threading.Thread(target=publish) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status for answer in answers} == {201}
    assert len({answer["id"] for answer in answers}) == 1
    assert Intent.objects.count() == 1


def test_too_many_requests_and_crossing_ones_are_problems_too() -> None:
    request = RequestFactory().get("/api/v1/inbox")
    told = [
        json.loads(answer.content)["code"] for answer in (spoken(request, Throttled(wait=1)), crossed(request, None))
    ]
    assert told == ["too_many_requests", "crossed"]
