"""What the API keeps to itself: Tom sees nothing, and a vendor sees no more of Rosa than she lets it."""

import json
from collections.abc import Iterator

import pytest

from evenhand_server.dealings.queries import dealings_of_intent
from evenhand_server.intents.queries import intent_of
from evenhand_server.people.actions import keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import actor_of
from evenhand_server.terms.actions import disclose
from evenhand_server.workers.run import work_all
from tests.deal import accepted, agree_on_terms, announce, dealing_after_matching, offered, reread
from tests.market import sells_mountain_bikes, shop
from tests.programs import program_of

NOBODYS = "0" * 32


def addresses_of_a_deal(rosa: Actor, hull_cycles: Actor) -> Iterator[str]:
    """Everything that exists of a deal, by its address, with the same address of nothing."""
    keep_details(rosa, {"phone": "01482 555 0199"})
    dealing, _ = accepted(rosa, hull_cycles)
    given = disclose(rosa, dealing, "phone").public_id
    for one, another in ((dealing.intent.public_id, dealing.public_id), (NOBODYS, NOBODYS)):
        yield f"/intents/{one}"
        for part in ("wishes", "withdrawal", "matches", "dealings", "offers", "comparison"):
            yield f"/intents/{one}/{part}"
        yield f"/dealings/{another}"
        for part in ("messages", "offer", "disclosures", "records", "bundle", "decline", "terms_answer"):
            yield f"/dealings/{another}/{part}"
        for part in ("counter_answer", "offer/withdrawal", "offer/acceptance", "relationship"):
            yield f"/dealings/{another}/{part}"
        yield f"/dealings/{another}/disclosures/{given}/revocation"


BODIES: dict[str, object] = {
    "dealings": {"match": NOBODYS},
    "wishes": {"text": "A mountain bike in Hull"},
    "messages": {"text": "Hello"},
    "decline": {"reason": "other"},
    "terms_answer": {"outcome": "accepted"},
    "counter_answer": {"accepts": True},
    "acceptance": {"version": 1},
    "relationship": {"terms": "SD-BASE-DP"},
    "disclosures": {"field": "phone"},
    "offer": {"currency": "GBP", "lines": [{"description": "A bike", "unit_price": "1"}], "valid_until": "2090-01-01"},
}


@pytest.mark.django_db(transaction=True)
def test_tom_gets_the_same_answer_for_what_exists_and_what_does_not(
    rosa: Actor, hull_cycles: Actor, tom: Actor
) -> None:
    toms = program_of(tom)
    for address in list(addresses_of_a_deal(rosa, hull_cycles)):
        last = address.rpartition("/")[-1]
        for answer in (toms.get(address), toms.post(address, BODIES.get(last))):
            assert answer.status in {404, 405}, address
            if answer.status == 404:
                assert answer.body == toms.get("/intents/" + NOBODYS).body


def test_an_id_that_is_none_leads_nowhere(tom: Actor) -> None:
    toms = program_of(tom)
    for name in ("1", "x" * 32, "0" * 31, "%00", "A" * 32, "..%2f"):
        assert toms.get(f"/dealings/{name}").status == 404


def test_tom_sees_no_lists_of_others(rosa: Actor, hull_cycles: Actor, tom: Actor) -> None:
    dealing_after_matching(rosa)
    toms = program_of(tom)
    for path in ("/intents", "/inbox", "/interests", "/relationships", "/me/disclosures", "/me/evidence"):
        assert toms.get(path).items == []


@pytest.mark.django_db(transaction=True)
def test_a_vendor_learns_nothing_of_rosa_before_she_discloses_it(rosa: Actor, hull_cycles: Actor) -> None:
    keep_details(rosa, {"name": "Rosa Lindqvist", "phone": "01482 555 0199", "street": "7 Humber Row"})
    sentence = (
        "Mountain bike in Hull for Rosa Lindqvist, 7 Humber Row, rosa@example.org, 01482 555 0199, up to 487 pounds"
    )
    made = program_of(rosa).post("/intents", {"text": sentence})
    work_all()
    dealing = agree_on_terms(hull_cycles, dealings_of_intent(intent_of(rosa, made["id"]))[0])
    offered(hull_cycles, dealing)
    shops = program_of(hull_cycles)
    path = f"/dealings/{dealing.public_id}"
    parts = ("", "/messages", "/offer", "/disclosures", "/records")
    seen = [shops.get(path + part).body for part in parts]
    seen += [shops.get(one).body for one in ("/inbox", "/relationships", "/me/journal")]
    told = json.dumps(seen)
    secrets = ["Lindqvist", "Humber Row", "rosa@", "555 0199", "487 pounds", dealing.intent.public_id]
    secrets += [rosa.party.public_id, rosa.person.public_id, rosa.membership.public_id]
    assert [secret for secret in secrets if secret in told] == []
    assert "Mountain bike" in told


@pytest.mark.parametrize(("budget_shown", "after"), [("banded", 50_000), ("hidden", None), ("shown", 50_000)])
@pytest.mark.django_db(transaction=True)
def test_a_vendor_sees_as_much_of_the_budget_as_rosa_chose(
    rosa: Actor, hull_cycles: Actor, budget_shown: str, after: int | None
) -> None:
    dealing = dealing_after_matching(rosa, budget_shown=budget_shown)
    shops = program_of(hull_cycles)
    teaser = shops.get("/inbox").items[0]["teaser"]
    assert (teaser["budget"] is None) is (budget_shown == "hidden")
    reasons = {reason["code"] for reason in shops.get("/inbox").items[0]["reasons"]}
    assert not reasons & {"within_budget", "partly_within_budget"}
    agree_on_terms(hull_cycles, dealing)
    fields = shops.get(f"/dealings/{dealing.public_id}")["veiled"]["fields"]
    assert fields["budget_most"] == (after or 0)


@pytest.mark.django_db(transaction=True)
def test_a_vendor_sees_nothing_of_other_vendors(rosa: Actor, hull_cycles: Actor) -> None:
    slow = shop("slow", "Slow Wheels", sells_mountain_bikes())
    intent = announce(rosa)
    work_all()
    program = program_of(slow)
    mine = program.get("/inbox").items[0]["id"]
    theirs = program_of(hull_cycles).get("/inbox").items[0]["id"]
    assert mine != theirs
    assert program.get(f"/dealings/{theirs}").status == 404
    assert program.get(f"/intents/{intent.public_id}/offers").status == 404
    assert "Hull Cycles" not in json.dumps(program.get(f"/dealings/{mine}").body)


@pytest.mark.django_db(transaction=True)
def test_what_only_the_other_side_may_do_is_not_there_for_this_one(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    offered(hull_cycles, dealing)
    path = f"/dealings/{reread(dealing).public_id}"
    shops, rosas = program_of(hull_cycles), program_of(rosa)
    assert shops.post(f"{path}/offer/acceptance", {"version": 1}).status == 404
    assert shops.post(f"{path}/counter_answer", {"accepts": True}).status == 404
    assert shops.post(f"{path}/disclosures", {"field": "phone"}).status == 404
    assert rosas.post(f"{path}/terms_answer", {"outcome": "accepted"}).status == 404
    assert rosas.post(f"{path}/offer", BODIES["offer"]).status == 404


def test_a_token_for_an_organisation_keeps_the_person_to_themself(rosa: Actor, hull_cycles: Actor) -> None:
    shops = program_of(hull_cycles)
    assert len(shops.get("/me")["memberships"]) == 1
    assert (shops.get("/me/export").status, shops.get("/me/export")["code"]) == (403, "own_token_needed")
    assert shops.put("/me", {"name": "X", "time_zone": "UTC"}).status == 403
    assert shops.post("/organisations", {"name": "Another"}).status == 403
    assert {entry["event"] for entry in shops.get("/me/journal").items} == {"interest.opened", "token.made"}


def test_the_role_says_what_a_program_may_do(rosa: Actor, hull_cycles: Actor) -> None:
    member = program_of(hull_cycles).post("/members", {"username": "rosa", "role": "buyer"})
    buyers = program_of(actor_of(rosa.person, member["id"]))
    forbidden = buyers.post("/interests", {"text": "Bikes", "fields": {"categories": ["mountain_bikes"]}})
    assert (forbidden.status, forbidden["code"]) == (403, "forbidden_action")
    assert (forbidden["act"], forbidden["role"]) == ("stand_ready", "buyer")
