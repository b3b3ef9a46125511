"""A vendor that changes must agree anew; what was disclosed has an end; both sides are told every digest."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from evenhand.relationships.verify import verify
from evenhand_server.dealings.models import Dealing
from evenhand_server.interests.actions import set_standing_acceptances
from evenhand_server.interests.queries import standing_terms
from evenhand_server.news.models import News
from evenhand_server.offers.actions import ask
from evenhand_server.people.actions import keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.relationships.actions import announce_change, wish_to_go_on
from evenhand_server.relationships.models import VendorChange
from evenhand_server.relationships.queries import bundle_for
from evenhand_server.storage.errors import ForbiddenActionError
from evenhand_server.terms.actions import answer_terms, disclose, revoke_all
from evenhand_server.terms.errors import DayOverError, NoAgreementError
from evenhand_server.terms.models import Disclosure, Outcome, Proffer, Record, Stage
from evenhand_server.terms.queries import ceremony_of, has_agreed
from evenhand_server.workers.run import work_all
from tests.deal import accepted, agree_on_terms, dealing_after_matching, reread
from tests.programs import program_of

pytestmark = pytest.mark.django_db
OWNER, TERMS = VendorChange.Kind.OWNER, VendorChange.Kind.TERMS


@pytest.fixture
def dealing(rosa: Actor, hull_cycles: Actor) -> Dealing:
    """Rosa and Hull Cycles agreed on her terms, and she gave her phone number."""
    agreed = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    keep_details(rosa, {"phone": "0199 496 0100", "town": "Hull"})
    disclose(rosa, agreed, "phone")
    return agreed


@pytest.mark.parametrize("kind", [OWNER, TERMS])
def test_a_changed_vendor_sees_and_does_nothing_until_it_agrees_again(
    hull_cycles: Actor, dealing: Dealing, kind: VendorChange.Kind
) -> None:
    shops = program_of(hull_cycles)
    path = f"/dealings/{dealing.public_id}"
    assert shops.get(f"{path}/disclosures").items[0]["value"] == "0199 496 0100"
    announce_change(hull_cycles, kind)
    work_all()
    assert not has_agreed(dealing)
    assert shops.get(path)["veiled"] is None
    assert shops.get(f"{path}/disclosures").items[0]["value"] is None
    with pytest.raises(NoAgreementError):
        ask(hull_cycles, dealing, "How tall?")
    answer_terms(hull_cycles, reread(dealing), Outcome.ACCEPTED)
    assert has_agreed(dealing)
    assert shops.get(f"{path}/disclosures").items[0]["value"] == "0199 496 0100"
    assert [row.kind for row in Record.objects.order_by("id")] == ["terms", "disclosure", "terms"]


def test_nothing_can_be_given_to_a_vendor_that_has_not_agreed_again(
    rosa: Actor, hull_cycles: Actor, dealing: Dealing
) -> None:
    announce_change(hull_cycles, OWNER)
    work_all()
    with pytest.raises(NoAgreementError):
        disclose(rosa, reread(dealing), "town")


def test_a_new_owner_has_accepted_nothing_yet(rosa: Actor, hull_cycles: Actor) -> None:
    set_standing_acceptances(hull_cycles, frozenset({"PDC-INTENT"}))
    dealing = dealing_after_matching(rosa)
    announce_change(hull_cycles, TERMS)
    work_all()
    ceremony = ceremony_of(dealing)
    assert ceremony is not None
    assert ceremony.state == "proffered"
    assert standing_terms(hull_cycles.party_id) == {"PDC-INTENT"}
    announce_change(hull_cycles, OWNER)
    assert standing_terms(hull_cycles.party_id) == frozenset()


def test_a_relationship_waits_for_the_changed_vendor_and_its_silence_is_recorded(
    rosa: Actor, hull_cycles: Actor
) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=[], months=12)
    answer_terms(hull_cycles, dealing, Outcome.ACCEPTED, stage=Stage.RELATIONSHIP)
    work_all()
    announce_change(hull_cycles, OWNER)
    work_all()
    assert Proffer.objects.filter(dealing=dealing, round=2).count() == 2
    answer_terms(hull_cycles, reread(dealing), Outcome.ACCEPTED)
    assert not has_agreed(dealing)
    work_all(timezone.now() + timedelta(days=9))
    onward = ceremony_of(dealing, Stage.RELATIONSHIP)
    assert onward is not None
    assert onward.state == "expired"
    assert Record.objects.latest("id").kind == "interaction"
    assert verify(bundle_for(rosa, reread(dealing))).is_valid


def test_told_twice_or_by_the_wrong_person_nothing_more_happens(
    rosa: Actor, hull_cycles: Actor, dealing: Dealing, shops_browser: Client, tom: Actor
) -> None:
    assert shops_browser.post("/me/changes", {}).status_code == 422
    for _ in range(2):
        sent = {"kind": "owner", "idempotency_key": "one"}
        assert shops_browser.post("/me/changes", sent).status_code == 302
    assert VendorChange.objects.count() == 1
    work_all()
    page = shops_browser.get(f"/dealings/{dealing.public_id}").content.decode()
    assert "do you agree to their terms" in page.lower()
    announce_change(tom, OWNER)
    work_all()
    assert Proffer.objects.filter(dealing=dealing).count() == 2


def test_a_detail_given_until_a_day_is_closed_after_it(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    today = timezone.localdate()
    with pytest.raises(DayOverError):
        disclose(rosa, dealing, "town", until=today - timedelta(days=1))
    given = disclose(rosa, dealing, "town", until=today)
    assert given.stands_on(today)
    Disclosure.objects.filter(pk=given.pk).update(until=today - timedelta(days=1))
    shown = program_of(hull_cycles).get(f"/dealings/{dealing.public_id}/disclosures").items[1]
    assert shown["value"] is None
    assert b"Hull\n" not in bundle_for(hull_cycles, reread(dealing))


def test_everything_is_taken_back_at_once_and_each_is_recorded(rosa: Actor, dealing: Dealing) -> None:
    disclose(rosa, dealing, "town")
    assert revoke_all(rosa, dealing) == 2
    assert revoke_all(rosa, dealing) == 0
    assert Record.objects.filter(kind="revocation").count() == 2


def test_both_sides_are_told_the_digest_of_everything_that_is_signed(
    rosa: Actor, hull_cycles: Actor, dealing: Dealing
) -> None:
    work_all()
    signed = set(Record.objects.values_list("digest", flat=True))
    for actor in (rosa, hull_cycles):
        told = News.objects.filter(person=actor.person, what="record_signed")
        assert set(told.values_list("digest", flat=True)) == signed
    assert len(signed) == 2
    work_all(timezone.now() + timedelta(days=2))
    sent = [one for one in mail.outbox if any(digest in str(one.body) for digest in signed)]
    assert {one.to[0] for one in sent} == {"rosa@example.org", "hull_cycles@example.org"}
    assert not any("0199" in str(one.body) for one in sent)


def test_a_seller_without_the_right_tells_of_no_change(hull_cycles: Actor, dealing: Dealing) -> None:
    assert program_of(hull_cycles).post("/vendor_changes", {"kind": "elsewhere"}).wrong == {"kind"}
    assert program_of(hull_cycles).post("/vendor_changes", {"kind": "terms"})["kind"] == "terms"
    support = Actor(hull_cycles.person, hull_cycles.membership)
    support.membership.role = "support"
    with pytest.raises(ForbiddenActionError):
        announce_change(support, TERMS)


def test_what_rosa_agreed_stands_on_one_page_with_what_ends_soon(
    rosa: Actor, dealing: Dealing, rosas_browser: Client, toms_browser: Client, shops_browser: Client
) -> None:
    disclose(rosa, dealing, "town", until=timezone.localdate() + timedelta(days=3))
    page = rosas_browser.get("/me/agreements").content.decode()
    for told in ("Hull Cycles", "0199 496 0100", "Ends soon", "Terms agreed"):
        assert told in page
    assert "0199 496 0100" not in shops_browser.get("/me/agreements").content.decode()
    assert dealing.pairwise_name in shops_browser.get("/me/agreements").content.decode()
    assert "Hull Cycles" not in toms_browser.get("/me/agreements").content.decode()
