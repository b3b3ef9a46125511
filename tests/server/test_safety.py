"""Blocking, reporting, deciding, appealing: on pages and by programs, and nobody else finds any of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evenhand_server.dealings.errors import DealingEndedError
from evenhand_server.dealings.models import Dealing, Message
from evenhand_server.intents.models import Intent
from evenhand_server.journal.models import Entry
from evenhand_server.market.actions import name_operator
from evenhand_server.news.models import News
from evenhand_server.offers.actions import ask
from evenhand_server.people.actor import Actor
from evenhand_server.people.errors import PausedError
from evenhand_server.people.models import Block, Pause
from evenhand_server.people.newcomers import kept_deals
from evenhand_server.safety.actions import block, decide, end_after_block
from evenhand_server.safety.models import Appeal, Decision, Report
from evenhand_server.workers.run import work_all
from tests.deal import accepted, agree_on_terms, announce, dealing_after_matching, offered, reread
from tests.market import browser_of, person
from tests.programs import program_of

pytestmark = pytest.mark.django_db
SPAM = {"what": "", "reason": "spam", "words": "This is the third one today."}


@pytest.fixture
def olive(db: None) -> Actor:
    """Olive, who looks after this server."""
    actor = person("olive", name="Olive Keeper")
    name_operator(actor.person)
    return actor


@pytest.fixture
def dealing(rosa: Actor, hull_cycles: Actor) -> Dealing:
    """Rosa's terms are agreed, Hull Cycles has asked something and made an offer."""
    found = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    ask(hull_cycles, found, "How tall are you?")
    offered(hull_cycles, found)
    return reread(found)


def reported(actor: Actor, dealing: Dealing, subject: str = "message") -> Report:
    """A report made by a program."""
    answer = program_of(actor).post(f"/dealings/{dealing.public_id}/reports", {"subject": subject, "reason": "spam"})
    assert answer.status == 201, answer.body
    return Report.objects.get(public_id=answer["id"])


def test_a_blocked_seller_never_meets_rosa_again(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    browser = browser_of(rosa)
    page = browser.get(f"/dealings/{dealing.public_id}/block").content.decode()
    assert "Block Hull Cycles?" in page
    assert browser.post(f"/dealings/{dealing.public_id}/block")["Location"] == "/me/blocks"
    assert reread(dealing).decline.reason == "not_going_on"
    announce(rosa)
    work_all()
    assert Dealing.objects.count() == 1
    with pytest.raises(DealingEndedError):
        ask(hull_cycles, reread(dealing), "Hello?")
    assert "Hull Cycles" in browser.get("/me/blocks").content.decode()
    assert "blocked" not in browser_of(hull_cycles).get(f"/dealings/{dealing.public_id}").content.decode()


def test_a_block_is_lifted_and_they_meet_in_requests_to_come(rosa: Actor, dealing: Dealing) -> None:
    browser, row = browser_of(rosa), block(rosa, dealing)
    assert browser.post(f"/me/blocks/{row.public_id}/removal").status_code == 302
    assert not Block.objects.exists()
    announce(rosa)
    work_all()
    assert Dealing.objects.count() == 2
    assert hasattr(reread(dealing), "decline")
    assert "Nobody" in browser.get("/me/blocks").content.decode()


def test_other_open_dealings_end_each_at_its_own_moment(rosa: Actor, hull_cycles: Actor) -> None:
    dealings = [dealing_after_matching(rosa) for _ in range(4)]
    block(rosa, dealings[0])
    assert [hasattr(reread(one), "decline") for one in dealings] == [True, False, False, False]
    work_all(timezone.now() + timedelta(days=3))
    assert all(reread(one).decline.reason == "not_going_on" for one in dealings)


def test_a_lifted_block_ends_nothing_more(rosa: Actor, hull_cycles: Actor) -> None:
    first, second = dealing_after_matching(rosa), dealing_after_matching(rosa)
    block(rosa, first).delete()
    end_after_block(second)
    assert not hasattr(reread(second), "decline")


def test_a_seller_who_blocks_learns_not_which_requests_are_of_one_person(rosa: Actor, hull_cycles: Actor) -> None:
    first, second = dealing_after_matching(rosa), dealing_after_matching(rosa)
    shops = program_of(hull_cycles)
    made = [shops.post(f"/dealings/{one.public_id}/block") for one in (first, second)]
    assert [one.status for one in made] == [201, 201]
    assert made[0]["id"] != made[1]["id"]
    assert [one["called"] for one in shops.get("/blocks").items] == [second.pairwise_name, first.pairwise_name]
    work_all(timezone.now() + timedelta(days=3))
    shops.delete(f"/blocks/{made[0]['id']}")
    announce(rosa)
    work_all()
    assert Dealing.objects.count() == 2


def test_what_was_signed_stays_but_nobody_writes_any_more(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    block(rosa, dealing)
    assert not hasattr(reread(dealing), "decline")
    with pytest.raises(DealingEndedError):
        ask(hull_cycles, reread(dealing), "Hello?")
    assert browser_of(hull_cycles).get(f"/dealings/{dealing.public_id}/bundle").status_code == 200


def test_blocking_twice_is_blocking_once(rosa: Actor, dealing: Dealing) -> None:
    assert block(rosa, dealing) == block(rosa, dealing)
    assert Entry.objects.filter(event="party.blocked").count() == 1
    assert "already" in browser_of(rosa).get(f"/dealings/{dealing.public_id}/block").content.decode()


def test_a_report_is_made_on_a_page_and_waits_for_the_operator(
    rosa: Actor, hull_cycles: Actor, olive: Actor, dealing: Dealing
) -> None:
    browser, message = browser_of(rosa), Message.objects.get()
    page = browser.get(f"/dealings/{dealing.public_id}/reports").content.decode()
    assert "How tall are you?" in page
    sent = {**SPAM, "what": f"message:{message.public_id}", "idempotency_key": "once"}
    answers = [browser.post(f"/dealings/{dealing.public_id}/reports", sent) for _ in range(2)]
    assert len({answer["Location"] for answer in answers}) == 1
    assert Report.objects.count() == 1
    assert "Not decided yet" in browser.get(answers[0]["Location"]).content.decode()
    assert browser_of(hull_cycles).get(answers[0]["Location"]).status_code == 404
    assert News.objects.filter(person=olive.person, what="report_waits").exists()
    queue = browser_of(olive).get("/operator/reports").content.decode()
    assert "Hull Cycles" in queue
    assert "Rosa" not in queue
    looked = browser_of(olive).get(f"/operator/reports/{Report.objects.get().public_id}").content.decode()
    assert "How tall are you?" in looked
    assert "third one today" in looked
    assert "Rosa" not in looked


@pytest.mark.parametrize("subject", ["offer", "party", "message"])
def test_an_asker_reports_whatever_a_seller_did(rosa: Actor, olive: Actor, dealing: Dealing, subject: str) -> None:
    report = reported(rosa, dealing, subject)
    assert report.about_id == dealing.vendor_id
    assert browser_of(olive).get(f"/operator/reports/{report.public_id}").status_code == 200
    page = browser_of(rosa).get(f"/reports/{report.public_id}").content.decode()
    assert "What you reported of Hull Cycles" in page


@pytest.mark.parametrize("subject", ["request", "party"])
def test_a_seller_reports_a_request_or_whoever_asks(
    rosa: Actor, hull_cycles: Actor, olive: Actor, dealing: Dealing, subject: str
) -> None:
    report = reported(hull_cycles, dealing, subject)
    assert report.about_id == rosa.party_id
    page = browser_of(olive).get(f"/operator/reports/{report.public_id}").content.decode()
    assert dealing.pairwise_name in page
    assert program_of(hull_cycles).get("/reports").items[0]["called"] == dealing.pairwise_name


def test_what_is_not_there_cannot_be_reported(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    shops, path = program_of(hull_cycles), f"/dealings/{dealing.public_id}/reports"
    for wrong in ({"subject": "offer"}, {"subject": "message"}, {"subject": "request", "target": "0" * 32}):
        assert shops.post(path, {"reason": "spam", **wrong}).status == 422
    assert shops.post(path, {"reason": "dull", "subject": "request"}).wrong == {"reason"}
    answer = browser_of(hull_cycles).post(path, {**SPAM, "what": "offer:1"})
    assert answer.status_code == 422
    assert "Something needs another look" in answer.content.decode()
    assert browser_of(hull_cycles).post(path, {"idempotency_key": "x"}).status_code == 422


def test_the_same_thing_is_reported_once(rosa: Actor, dealing: Dealing) -> None:
    reported(rosa, dealing)
    again = program_of(rosa).post(f"/dealings/{dealing.public_id}/reports", {"subject": "message", "reason": "rude"})
    assert (again.status, again["code"]) == (409, "already_reported")


def test_a_decision_tells_both_sides_why(rosa: Actor, hull_cycles: Actor, olive: Actor, dealing: Dealing) -> None:
    report = reported(rosa, dealing)
    olives = browser_of(olive)
    path = f"/operator/reports/{report.public_id}"
    assert olives.post(path, {"outcome": "upheld", "words": ""}).status_code == 422
    assert olives.post(path, {"outcome": "upheld", "words": "Please keep to the request."})["Location"] == (
        "/operator/reports"
    )
    for actor in (rosa, hull_cycles):
        page = browser_of(actor).get(f"/reports/{report.public_id}").content.decode()
        assert "Please keep to the request." in page
        assert News.objects.filter(party=actor.party, what="report_decided").exists()
    shops = browser_of(hull_cycles).get("/reports").content.decode()
    assert dealing.pairwise_name in shops
    assert "Rosa" not in shops
    again = program_of(olive).post(f"{path}/decision", {"outcome": "dismissed", "words": "No."})
    assert (again.status, again["code"]) == (409, "already_decided")


def test_one_appeal_and_its_decision_is_the_last(
    rosa: Actor, hull_cycles: Actor, olive: Actor, dealing: Dealing
) -> None:
    report = reported(rosa, dealing)
    decide(olive, report, outcome="paused", words="This goes too far.")
    shops, olives = program_of(hull_cycles), program_of(olive)
    path = f"/reports/{report.public_id}"
    assert program_of(rosa).post(f"{path}/appeal", {"words": "Hm"})["code"] == "no_appeal"
    assert shops.get(path)["may_appeal"]
    assert shops.post(f"{path}/appeal", {"words": "It was a question."})["state"] == "appealed"
    assert shops.post(f"{path}/appeal", {"words": "Again."})["code"] == "no_appeal"
    assert [row["appeal"] for row in olives.get("/operator/reports", waiting="true").items] == ["It was a question."]
    answer = olives.post(f"/operator{path}/decision", {"outcome": "dismissed", "words": "So it was."})
    assert (answer["state"], [one["round"] for one in answer["decisions"]]) == ("dismissed", [1, 2])
    assert not Pause.objects.exists()
    assert not shops.get(path)["may_appeal"]
    assert olives.get("/operator/reports", waiting="true").items == []


def test_an_appeal_on_the_page(rosa: Actor, hull_cycles: Actor, olive: Actor, dealing: Dealing) -> None:
    report = reported(rosa, dealing)
    decide(olive, report, outcome="dismissed", words="I see nothing.")
    browser = browser_of(rosa)
    assert "Is this wrong?" in browser.get(f"/reports/{report.public_id}").content.decode()
    assert "Is this wrong?" not in browser_of(hull_cycles).get(f"/reports/{report.public_id}").content.decode()
    assert browser.post(f"/reports/{report.public_id}", {"words": " "}).status_code == 422
    assert browser.post(f"/reports/{report.public_id}", {"words": "Look at the sentence."}).status_code == 302
    assert Appeal.objects.get().words.body == "Look at the sentence."
    assert "You appealed" in browser.get(f"/reports/{report.public_id}").content.decode()
    assert "The appeal" in browser_of(olive).get(f"/operator/reports/{report.public_id}").content.decode()


def test_an_appeal_comes_in_time_or_not_at_all(rosa: Actor, olive: Actor, dealing: Dealing) -> None:
    report = reported(rosa, dealing)
    decide(olive, report, outcome="dismissed", words="I see nothing.")
    Decision.objects.update(at=timezone.now() - timedelta(days=15))
    assert program_of(rosa).post(f"/reports/{report.public_id}/appeal", {"words": "Late"})["code"] == "no_appeal"


def test_who_is_paused_neither_asks_nor_answers_and_hears_of_nothing(
    rosa: Actor, hull_cycles: Actor, olive: Actor, dealing: Dealing
) -> None:
    decide(olive, reported(rosa, dealing), outcome="paused", words="This goes too far.")
    with pytest.raises(PausedError):
        ask(hull_cycles, reread(dealing), "Sorry?")
    with pytest.raises(PausedError):
        offered(hull_cycles, reread(dealing))
    with pytest.raises(PausedError):
        announce(hull_cycles, terms="EH-WORK-REQUEST")
    told = program_of(hull_cycles).post("/interests", {"text": "We sell mountain bikes in Hull"})
    assert (told.status, told["code"]) == (409, "paused")
    announce(rosa)
    work_all()
    assert Dealing.objects.count() == 1
    Pause.objects.update(until=timezone.now())
    ask(hull_cycles, reread(dealing), "Sorry?")


def test_a_deal_rightly_complained_of_is_not_kept(rosa: Actor, hull_cycles: Actor, olive: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    later = timezone.now() + timedelta(days=8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        work_all(later)
        assert kept_deals(hull_cycles.party_id) == 1
        decide(olive, reported(rosa, dealing, "party"), outcome="upheld", words="They did not come.")
        work_all(later)
    assert kept_deals(hull_cycles.party_id) == 0


def test_nobody_else_finds_any_of_it(rosa: Actor, tom: Actor, olive: Actor, dealing: Dealing) -> None:
    report, row = reported(rosa, dealing), block(rosa, dealing)
    toms, program = browser_of(tom), program_of(tom)
    for number in (dealing.public_id, "0" * 32):
        assert toms.get(f"/dealings/{number}/block").status_code == 404
        assert toms.post(f"/dealings/{number}/reports", SPAM).status_code == 404
        assert program.post(f"/dealings/{number}/block").status == 404
    for number in (report.public_id, "0" * 32):
        assert toms.get(f"/reports/{number}").status_code == 404
        assert toms.get(f"/operator/reports/{number}").status_code == 404
        assert program.get(f"/reports/{number}").status == 404
        assert program.post(f"/operator/reports/{number}/decision", {"outcome": "upheld", "words": "x"}).status == 404
    for number in (row.public_id, "0" * 32):
        assert toms.post(f"/me/blocks/{number}/removal").status_code == 404
        assert program.delete(f"/blocks/{number}").status == 404
    assert toms.get("/operator/reports").status_code == 404
    assert program.get("/operator/reports").status == 404
    assert toms.get("/me/blocks").status_code == toms.get("/reports").status_code == 200
    assert Client().get("/reports").status_code == 302


def test_reports_are_limited(rosa: Actor, dealing: Dealing, settings: Any) -> None:
    settings.LIMITS = "report=1/hour"
    reported(rosa, dealing)
    path = f"/dealings/{dealing.public_id}/reports"
    assert program_of(rosa).post(path, {"subject": "party", "reason": "spam"}).status == 429


def test_an_export_holds_blocks_and_reports(rosa: Actor, dealing: Dealing) -> None:
    reported(rosa, dealing)
    block(rosa, dealing)
    found = program_of(rosa).get("/me/export")
    assert found["blocks"] == [dealing.public_id]
    assert found["reports"][0]["subject"] == "message"
    assert Intent.objects.count() == 1
