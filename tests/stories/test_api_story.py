"""The whole story without a page: two programs come from a plain sentence to a signed deal and part with it."""

import pytest

from evenhand.relationships.verify import verify
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import actor_of
from evenhand_server.workers.run import work_all
from tests.deal import accepted
from tests.market import SENTENCE, in_days, person, shop
from tests.programs import Answer, Program, program_of

pytestmark = pytest.mark.django_db(transaction=True)

OFFER = {
    "currency": "GBP",
    "lines": [{"description": "Trailhead 29er, size L", "quantity": "1", "unit_price": "450.00"}],
    "delivery": {"within_days": 7, "cost": 1500},
    "included": ["first service"],
    "leaving": {"notice_days": 14},
    "chain": {"makes": "Trailhead", "moves": "Humber Couriers", "supports": "Hull Cycles"},
    "note": "Come and try it.",
    "payment": "By card on delivery.",
    "contact": "Ask for the workshop.",
}


def test_two_programs_come_from_a_sentence_to_a_signed_deal(rosa: Actor) -> None:
    shops = program_of(shop("hull_cycles", "Hull Cycles"))
    rosas = program_of(rosa)
    listen(shops)

    intent = announce(rosas)
    work_all()
    assert rosas.get(f"/intents/{intent['id']}/matches")["total"] == 1

    heard = shops.get("/inbox").items[0]
    assert heard["teaser"]["category"] == "mountain_bikes"
    agree(shops, heard["id"])
    talk(shops, rosas, heard["id"])

    offer = shops.post(f"/dealings/{heard['id']}/offer", OFFER | {"valid_until": in_days(10).isoformat()})
    assert offer["content"]["total"] == {"minor": 46_500, "currency": "GBP"}
    assert offer["content"]["payment"] == "By card on delivery."
    comparison = rosas.get(f"/intents/{intent['id']}/comparison")
    assert [row["dealing"] for row in comparison["rows"]] == [heard["id"]]

    yes = rosas.post(f"/dealings/{heard['id']}/offer/acceptance", {"version": offer["version"]})
    assert yes.status == 201
    work_all()
    assert rosas.get(f"/intents/{intent['id']}")["state"] == "accepted"

    disclose_and_take_back(rosas, shops, heard["id"])
    go_on(rosas, shops, heard["id"])
    take_home(rosas, shops, heard["id"], yes)


def listen(shops: Program) -> None:
    """The vendor says in plain words, and corrects in fields, what it answers."""
    said = {
        "text": "We sell mountain bikes in Hull, 200 to 2000 pounds",
        "fields": {"categories": ["mountain_bikes"], "place": "Hull", "country": "GB", "radius_km": 30},
    }
    made = shops.post("/interests", said)
    assert made.status == 201
    assert made["fields"]["categories"] == ["mountain_bikes"]
    work_all()


def announce(rosas: Program) -> Answer:
    """She reads what was understood, sees exactly what sellers will see, and publishes."""
    reading = rosas.post("/readings", {"text": SENTENCE})
    assert reading["wishes"][0]["category"]["value"] == "mountain_bikes"
    wanted = {"text": SENTENCE, "corrections": {"nice_to_haves": ["size L"]}}
    preview = rosas.post("/previews", wanted)
    assert "hard trails" in preview["veiled"]["text"]
    assert "500" not in preview["veiled"]["text"]
    made = rosas.post("/intents", wanted | {"seller_limit": 5, "closes_on": in_days(20).isoformat()})
    assert made.status == 201
    assert made["wish"]["fields"]["nice_to_haves"] == ["size L"]
    assert made["wish"]["fields"]["budget_most"] == 50_000
    return made


def agree(shops: Program, dealing_id: str) -> None:
    """The vendor sees the teaser; once it has accepted the terms, the words."""
    before = shops.get(f"/dealings/{dealing_id}")
    assert before["veiled"] is None
    assert before["terms"]["state"] == "proffered"
    assert shops.post(f"/dealings/{dealing_id}/terms_answer", {"outcome": "accepted"})["state"] == "accepted"
    assert "hard trails" in shops.get(f"/dealings/{dealing_id}")["veiled"]["text"]


def talk(shops: Program, rosas: Program, dealing_id: str) -> None:
    """A question and its answer."""
    question = shops.post(f"/dealings/{dealing_id}/messages", {"text": "How tall are you?"})
    rosas.post(f"/dealings/{dealing_id}/messages", {"text": "One metre ninety-one", "answers": question["id"]})
    told = shops.get(f"/dealings/{dealing_id}/messages").items
    assert [(one["text"], one["answer"]["text"]) for one in told] == [("How tall are you?", "One metre ninety-one")]


def disclose_and_take_back(rosas: Program, shops: Program, dealing_id: str) -> None:
    """She lets the vendor know her phone, then takes it back."""
    rosas.put("/me/details", {"phone": "01482 555 0199"})
    given = rosas.post(f"/dealings/{dealing_id}/disclosures", {"field": "phone"})
    assert shops.get(f"/dealings/{dealing_id}/disclosures").items[0]["value"] == "01482 555 0199"
    assert rosas.get("/me/disclosures").items[0]["vendor"]["name"] == "Hull Cycles"
    rosas.post(f"/dealings/{dealing_id}/disclosures/{given['id']}/revocation")
    assert shops.get(f"/dealings/{dealing_id}/disclosures").items[0]["value"] is None


def go_on(rosas: Program, shops: Program, dealing_id: str) -> None:
    """Both want to go on, so a relationship begins."""
    asked = rosas.post(f"/dealings/{dealing_id}/relationship", {"terms": "SD-BASE-DP", "months": 12})
    assert asked["state"] == "proffered"
    shops.post(f"/dealings/{dealing_id}/terms_answer", {"outcome": "accepted", "stage": "relationship"})
    work_all()
    begun = shops.get("/relationships").items[0]
    assert begun["partner"] == shops.get(f"/dealings/{dealing_id}")["called"]
    assert rosas.get("/relationships").items[0]["partner"] == "Hull Cycles"
    assert rosas.get(f"/relationships/{begun['id']}")["agreed"]["separation"]["notice_days"] == 14


def take_home(rosas: Program, shops: Program, dealing_id: str, yes: Answer) -> None:
    """Both hold the same records, and each takes home a bundle that is valid without the server."""
    hers, theirs = (who.get(f"/dealings/{dealing_id}/records").items for who in (rosas, shops))
    assert hers == theirs
    assert [one["kind"] for one in hers] == ["terms", "offer", "disclosure", "revocation", "terms", "relationship"]
    assert yes["record"] == hers[1]["digest"]
    for who in (rosas, shops):
        bundle = who.get(f"/dealings/{dealing_id}/bundle")
        assert bundle.headers["Content-Type"] == "application/zip"
        assert verify(bundle.body).is_valid


def test_other_terms_for_going_on_are_asked_for_and_accepted(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = f"/dealings/{accepted(rosa, hull_cycles)[0].public_id}"
    rosas, shops = program_of(rosa), program_of(hull_cycles)
    asked = rosas.post(f"{dealing}/relationship", {"terms": "SD-BASE-DP", "months": 6})
    assert "SD-BASE" in asked["counters"]

    instead = {"outcome": "countered", "counter": "SD-BASE-A", "stage": "relationship"}
    countered = shops.post(f"{dealing}/terms_answer", instead)
    assert (countered["state"], countered["terms"]) == ("countered", "SD-BASE-A")
    answered = rosas.post(f"{dealing}/counter_answer", {"accepts": True, "stage": "relationship"})
    assert answered["state"] == "accepted"


def test_each_side_can_say_no(rosa: Actor, hull_cycles: Actor) -> None:
    rosas, shops = program_of(rosa), program_of(hull_cycles)
    intent = announce(rosas)
    work_all()
    dealing = shops.get("/inbox").items[0]

    assert shops.post(f"/dealings/{dealing['id']}/decline", {"reason": "no_capacity"})["side"] == "vendor"
    assert rosas.get(f"/intents/{intent['id']}/dealings").items[0]["decline"]["reason"] == "no_capacity"
    late = shops.post(f"/dealings/{dealing['id']}/terms_answer", {"outcome": "accepted"})
    assert (late.status, late["code"]) == (409, "dealing_ended")


def test_an_offer_is_changed_and_taken_back(rosa: Actor, hull_cycles: Actor) -> None:
    rosas, shops = program_of(rosa), program_of(hull_cycles)
    intent = announce(rosas)
    work_all()
    dealing = f"/dealings/{shops.get('/inbox').items[0]['id']}"
    shops.post(f"{dealing}/terms_answer", {"outcome": "accepted"})
    good = OFFER | {"valid_until": in_days(10).isoformat()}
    shops.post(f"{dealing}/offer", good)
    changed = shops.post(f"{dealing}/offer", good | {"included": []})

    assert changed["version"] == 2
    stale = rosas.post(f"{dealing}/offer/acceptance", {"version": 1})
    assert (stale.status, stale["code"]) == (409, "offer_changed")
    assert shops.post(f"{dealing}/offer/withdrawal")["state"] == "withdrawn"
    assert rosas.get(f"/intents/{intent['id']}/offers").items[0]["state"] == "withdrawn"
    assert rosas.get(f"/intents/{intent['id']}/comparison")["rows"] == []


def test_a_wish_is_said_better_and_withdrawn(rosa: Actor) -> None:
    rosas = program_of(rosa)
    intent = announce(rosas)
    better = rosas.post(f"/intents/{intent['id']}/wishes", {"text": "A used mountain bike in Hull, up to £600"})
    assert better["number"] == 2
    assert [wish["number"] for wish in rosas.get(f"/intents/{intent['id']}/wishes").items] == [2, 1]
    assert rosas.post(f"/intents/{intent['id']}/withdrawal")["state"] == "withdrawn"
    again = rosas.post(f"/intents/{intent['id']}/withdrawal")
    assert (again.status, again["code"]) == (409, "intent_closed")


def test_an_organisation_takes_somebody_in_and_lets_them_go(rosa: Actor) -> None:
    person("tom")
    rosas = program_of(rosa)
    founded = rosas.post("/organisations", {"name": "Humber Primary School", "country": "GB"})
    assert founded["role"] == "steward"
    assert len(rosas.get("/me")["memberships"]) == 2

    schools = program_of(actor_of(rosa.person, founded["id"]))
    member = schools.post("/members", {"username": "tom", "role": "buyer"})
    assert {one["username"] for one in schools.get("/members").items} == {"rosa", "tom"}
    assert schools.delete(f"/members/{member['id']}").status == 204
    assert {one["username"] for one in schools.get("/members").items} == {"rosa"}
