"""Sellers show that a domain is theirs, by a code or by a record; else they are labelled "not verified"."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from evenhand_server.domains.actions import claim_domain, show_by_record
from evenhand_server.domains.asked import code_of, place_of, record_of
from evenhand_server.domains.forms import is_domain
from evenhand_server.domains.models import DomainClaim
from evenhand_server.journal.models import DueRow, Entry
from evenhand_server.market.actions import name_operator
from evenhand_server.news.models import News
from evenhand_server.people.actions import keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party
from evenhand_server.relationships.actions import wish_to_go_on
from evenhand_server.safety.actions import report
from evenhand_server.safety.queries import things_on
from evenhand_server.terms.actions import answer_terms, disclose
from evenhand_server.terms.models import Outcome, Stage
from evenhand_server.workers.run import work_all
from tests.deal import accepted, dealing_after_matching
from tests.market import browser_of
from tests.programs import program_of

pytestmark = pytest.mark.django_db
ZONE: dict[str, list[str]] = {}
MAIL = {"domain": "https://www.HullCycles.example/shop", "way": "mail", "mailbox": "webmaster"}
DNS = {"domain": "hullcycles.example", "way": "dns", "mailbox": "postmaster"}


def records_of(name: str) -> list[str]:
    """A small DNS for these tests."""
    return ZONE.get(name, [])


@pytest.fixture(autouse=True)
def _own_dns(settings: Any) -> None:
    """Ask the small DNS."""
    settings.DOMAIN_RESOLVER = f"{__name__}.records_of"
    ZONE.clear()


def is_verified(actor: Actor) -> bool:
    """As others see it now."""
    return Party.objects.get(pk=actor.party_id).is_verified


def test_a_code_goes_to_the_domain_and_comes_back(hull_cycles: Actor) -> None:
    browser = browser_of(hull_cycles)
    assert browser.post("/me/domain", MAIL).status_code == 302
    work_all()
    sent = mail.outbox[-1]
    assert sent.to == ["webmaster@hullcycles.example"]
    claim = DomainClaim.objects.get()
    assert code_of(claim) in sent.body
    assert "Hull Cycles" not in sent.body
    answer = browser.post("/me/domain/code", {"code": "no"})
    assert answer.status_code == 422
    assert "not the code" in answer.content.decode()
    assert not is_verified(hull_cycles)
    assert browser.post("/me/domain/code", {"code": f" {code_of(claim)} "}).status_code == 302
    assert is_verified(hull_cycles)
    assert "Verified" in browser.get("/me/domain").content.decode()


def test_a_code_cannot_be_guessed_and_does_not_last(hull_cycles: Actor) -> None:
    browser, claim = browser_of(hull_cycles), claim_domain(hull_cycles, domain="hullcycles.example", way="mail")
    for number in range(5):
        browser.post("/me/domain/code", {"code": f"{number:06d}x"})
    assert "five times" in browser.post("/me/domain/code", {"code": code_of(claim)}).content.decode()
    claim = claim_domain(hull_cycles, domain="hullcycles.example", way="mail")
    DomainClaim.objects.update(at=timezone.now() - timedelta(days=2))
    answer = program_of(hull_cycles).post("/me/domain/proof", {"code": code_of(claim)})
    assert (answer.status, answer["code"]) == (409, "domain_not_shown")
    assert not is_verified(hull_cycles)


def test_a_record_in_dns_shows_it_too(hull_cycles: Actor) -> None:
    browser = browser_of(hull_cycles)
    browser.post("/me/domain", DNS)
    claim = DomainClaim.objects.get()
    page = browser.get("/me/domain").content.decode()
    assert record_of(claim) in page
    assert "_evenhand.hullcycles.example" in page
    answer = browser.post("/me/domain/record")
    assert answer.status_code == 422
    assert "does not have the record yet" in answer.content.decode()
    ZONE[place_of(claim)] = ["something else", record_of(claim)]
    assert browser.post("/me/domain/record").status_code == 302
    assert is_verified(hull_cycles)


def test_the_record_is_looked_at_month_by_month(hull_cycles: Actor) -> None:
    claim = claim_domain(hull_cycles, domain="hullcycles.example", way="dns")
    ZONE[place_of(claim)] = [record_of(claim)]
    show_by_record(hull_cycles, claim, records_of(place_of(claim)))
    look(after_days=31)
    assert is_verified(hull_cycles)
    ZONE.clear()
    look(after_days=31)
    assert not is_verified(hull_cycles)
    assert News.objects.filter(what="domain_lapsed", person=hull_cycles.person).exists()
    assert Entry.objects.filter(event="domain.lapsed").exists()


def look(after_days: int) -> None:
    """The worker's next look; the row that waits for it is that old then."""
    due = DueRow.objects.get(step="look_at_domain")
    assert due.next_at < timezone.now() + timedelta(days=after_days)
    DueRow.objects.filter(pk=due.pk).update(next_at=timezone.now())
    work_all()


def test_what_a_mail_showed_counts_for_a_year(hull_cycles: Actor) -> None:
    claim = claim_domain(hull_cycles, domain="hullcycles.example", way="mail")
    program_of(hull_cycles).post("/me/domain/proof", {"code": code_of(claim)})
    work_all(timezone.now() + timedelta(days=364))
    assert is_verified(hull_cycles)
    work_all(timezone.now() + timedelta(days=366))
    assert not is_verified(hull_cycles)


def test_another_domain_begins_anew_and_none_is_none(hull_cycles: Actor) -> None:
    shops = program_of(hull_cycles)
    assert shops.get("/me/domain").status == 404
    claim = claim_domain(hull_cycles, domain="hullcycles.example", way="mail")
    assert shops.post("/me/domain/proof", {"code": code_of(claim)})["verified_until"]
    assert shops.put("/me/domain", {"domain": "other.example", "way": "dns"})["verified_until"] is None
    assert not is_verified(hull_cycles)
    assert browser_of(hull_cycles).post("/me/domain/removal").status_code == 302
    assert shops.get("/me/domain").status == 404
    assert shops.delete("/me/domain").status == 204


@pytest.mark.parametrize("wrong", ["", "hull", "127.0.0.1", "[::1]", "a b.example", "-x.example", "x" * 300, "a..b"])
def test_what_is_no_domain_is_refused(hull_cycles: Actor, wrong: str) -> None:
    assert browser_of(hull_cycles).post("/me/domain", {**MAIL, "domain": wrong}).status_code == 422
    assert program_of(hull_cycles).put("/me/domain", {"domain": wrong, "way": "dns"}).status == 422
    assert not DomainClaim.objects.exists()


def test_names_of_all_scripts_are_domains() -> None:
    assert is_domain("xn--bcher-kva.example")
    assert not is_domain("example.7")


def test_a_wrong_way_or_mailbox_is_refused(hull_cycles: Actor) -> None:
    browser = browser_of(hull_cycles)
    assert browser.post("/me/domain", {**MAIL, "mailbox": "rosa"}).status_code == 422
    assert browser.post("/me/domain", {**MAIL, "way": "luck"}).status_code == 422
    assert browser.post("/me/domain/code", {"code": "1"}).status_code == 404


def test_askers_see_the_label_wherever_a_seller_is_shown(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = dealing_after_matching(rosa)
    browser, rosas = browser_of(rosa), program_of(rosa)
    pages = (f"/intents/{dealing.intent.public_id}", f"/dealings/{dealing.public_id}")
    assert all("not verified" in browser.get(page).content.decode() for page in pages)
    assert rosas.get(f"/intents/{dealing.intent.public_id}/matches").items[0]["vendor"]["verified_domain"] == ""
    claim = claim_domain(hull_cycles, domain="hullcycles.example", way="mail")
    program_of(hull_cycles).post("/me/domain/proof", {"code": code_of(claim)})
    assert all("hullcycles.example" in browser.get(page).content.decode() for page in pages)
    assert rosas.get(f"/dealings/{dealing.public_id}")["vendor"]["verified_domain"] == "hullcycles.example"


def test_tries_are_limited(hull_cycles: Actor, settings: Any) -> None:
    settings.LIMITS = "verify=1/hour"
    assert program_of(hull_cycles).put("/me/domain", {"domain": "a.example", "way": "dns"}).status == 200
    assert browser_of(hull_cycles).post("/me/domain/record").status_code == 429


def test_wherever_a_seller_is_named_it_stands_whether_its_website_is_shown(rosa: Actor, hull_cycles: Actor) -> None:
    keep_details(rosa, {"phone": "01482 555 0199"})
    name_operator(rosa.person)
    dealing, _ = accepted(rosa, hull_cycles)
    disclose(rosa, dealing, "phone")
    wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=[], months=12)
    answer_terms(hull_cycles, dealing, Outcome.ACCEPTED, stage=Stage.RELATIONSHIP)
    work_all()
    what = next(one.value for one in things_on(rosa, dealing) if one.subject == "party")
    found = report(rosa, dealing, what=what, reason="spam", words="")
    pages = [f"/dealings/{dealing.public_id}", "/relationships", "/me/agreements", "/me/disclosures"]
    pages += [f"/intents/{dealing.intent.public_id}", f"/operator/reports/{found.public_id}"]
    browser = browser_of(rosa)
    for page in pages:
        text = browser.get(page).content.decode()
        assert "Hull Cycles" in text, page
        assert "not verified" in text, page
    Party.objects.filter(pk=hull_cycles.party_id).update(
        verified_domain="hullcycles.example", verified_until=timezone.now() + timedelta(days=1)
    )
    assert [page for page in pages if "not verified" in browser.get(page).content.decode()] == []
